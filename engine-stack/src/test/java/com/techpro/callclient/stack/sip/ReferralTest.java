// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.refer.Referral;
import com.techpro.callclient.stack.sip.refer.ReferralOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** REFER and its notifications against a scripted referee (RFC 3515). */
class ReferralTest {
    private static final SipUri ROOM = SipUri.of("sip:8000@pbx.example");

    private final SipScene scene = new SipScene();
    private final SipEndpoint endpoint = scene.endpoint();
    private final List<ReferralOutcome> outcomes = new ArrayList<>();
    private int notifyCseq;

    @BeforeEach
    void registered() {
        scene.register(endpoint);
        answering(202);
    }

    @AfterEach
    void nothing_is_left() {
        scene.assertQuiet();
        assertThat(scene.on(() -> scene.scheduler.pendingTimers())).isLessThanOrEqualTo(1);
    }

    @Test
    void the_REFER_names_its_target_and_method() {
        SipRequest refer = refer("sip:1003@pbx.example;method=BYE");

        assertThat(refer.requestUri()).isEqualTo(ROOM);
        assertThat(refer.header("Refer-To")).isEqualTo("<sip:1003@pbx.example;method=BYE>");
        assertThat(refer.contacts()).hasSize(1);
        assertThat(refer.to().tag()).isNull();
        scene.pass(Duration.ofMinutes(1).toMillis());
        assertThat(outcomes).as("accepted, and never told").containsExactly(new ReferralOutcome.Accepted());
    }

    @Test
    void the_referee_tells_how_it_went() {
        SipRequest refer = refer("sip:1003@pbx.example");
        notify(refer, "active;expires=60", "SIP/2.0 100 Trying\r\n");
        notify(refer, "active;expires=60", "SIP/2.0 180 Ringing");
        assertThat(outcomes).isEmpty();

        notify(refer, "terminated;reason=noresource", "SIP/2.0 200 OK\r\nTo: <sip:1003@pbx.example>\r\n");

        assertThat(outcomes).containsExactly(new ReferralOutcome.Done());
        assertThat(scene.pbx.statuses()).containsExactly(200, 200, 200);
        notify(refer, "terminated;reason=noresource", "SIP/2.0 200 OK");
        assertThat(scene.pbx.statuses()).as("nobody waits for more").endsWith(481);
    }

    @Test
    void a_busy_target_fails_the_referral() {
        SipRequest refer = refer("sip:1003@pbx.example");

        notify(refer, "terminated;reason=noresource", "SIP/2.0 486 Busy Here");

        assertThat(outcome()).isInstanceOf(ReferralOutcome.Failed.class);
        assertThat(((ReferralOutcome.Failed) outcome()).why().code()).isEqualTo("busy");
    }

    @Test
    void a_notification_may_overtake_the_answer() {
        answering(0);
        SipRequest refer = refer("sip:1003@pbx.example");

        notify(refer, "terminated;reason=noresource", "SIP/2.0 200 OK");
        scene.pbx.answer(refer, 202);
        scene.pass(20);

        assertThat(outcomes).containsExactly(new ReferralOutcome.Done());
    }

    @Test
    void a_refused_REFER_fails_the_referral() {
        answering(403);
        refer("sip:1003@pbx.example");

        assertThat(((ReferralOutcome.Failed) outcome()).why().code()).isEqualTo("forbidden");
    }

    @Test
    void a_referral_with_Refer_Sub_false_is_reported_as_accepted() {
        scene.pbx.script(request -> scene.pbx.send(
                scene.pbx.response(request, 200).set("Refer-Sub", "false").build()));
        refer("sip:1003@pbx.example");

        assertThat(outcomes).containsExactly(new ReferralOutcome.Accepted());
    }

    @Test
    void a_target_that_rings_too_long_times_out() {
        SipRequest refer = refer("sip:1003@pbx.example");
        notify(refer, "active;expires=3600", "SIP/2.0 180 Ringing");

        scene.pass(Duration.ofMinutes(4).toMillis());

        assertThat(((ReferralOutcome.Failed) outcome()).why().code()).isEqualTo("timeout-answer");
    }

    @Test
    void an_invalid_status_is_ignored_and_another_event_is_refused() {
        SipRequest refer = refer("sip:1003@pbx.example");

        notify(refer, "active", "SIP/2.0 20 OK");
        notify(refer, "active", "GET / HTTP/1.1\r\n\r\nSIP/2.0 200 OK");
        scene.pbx.send(notification(refer, "active").set("Event", "dialog").build());
        scene.pass(20);
        scene.pbx.send(notification(refer, "").build());
        scene.pass(20);
        assertThat(outcomes).isEmpty();
        assertThat(scene.pbx.statuses()).containsExactly(200, 200, 489, 400);

        notify(refer, "terminated;reason=timeout", "");
        assertThat(outcomes).containsExactly(new ReferralOutcome.Accepted());
    }

    private ReferralOutcome outcome() {
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0);
    }

    private void answering(int status) {
        scene.pbx.script(request -> {
            if (request.isMethod("REFER") && status > 0) {
                scene.pbx.answer(request, status);
            }
        });
    }

    private SipRequest refer(String target) {
        scene.run(() -> Referral.send(scene.loop, scene.stack, endpoint, ROOM, SipUri.of(target), outcomes::add));
        scene.pass(20);
        return scene.pbx.last("REFER");
    }

    private void notify(SipRequest refer, String state, String body) {
        SipRequest.Builder notify = notification(refer, state);
        scene.pbx.send((body.isEmpty() ? notify : notify.body("message/sipfrag;version=2.0", body)).build());
        scene.pass(20);
    }

    private SipRequest.Builder notification(SipRequest refer, String state) {
        SipRequest.Builder notify = scene.fromPbx(
                        "NOTIFY", refer.contacts().get(0).uri(), "n" + ++notifyCseq)
                .from(refer.to().withTag("focus"))
                .to(refer.from())
                .callId(refer.callId())
                .cseq(notifyCseq, "NOTIFY")
                .contact(NameAddr.of(SipUri.of("sip:8000@" + SipScene.PBX + ":5060")))
                .set("Event", "refer");
        return state.isEmpty() ? notify : notify.set("Subscription-State", state);
    }
}
