// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.fault.FaultScript.Way;
import com.techpro.callclient.testkit.pbx.request.RecordedRequest;
import com.techpro.callclient.testkit.pbx.request.RequestJournal;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultScriptTest {
    private final FaultScript script = new FaultScript(new MediaFaults(Seeds.random(1)));

    @Test
    void without_rules_nothing_goes_wrong() {
        assertThat(script.next(Way.REQUEST_IN, "REGISTER", "1001", 0, null)).isNull();
        assertThat(script.fired()).isZero();
    }

    @Test
    void a_rule_is_for_its_direction_method_extension_and_status_alone() {
        script.onResponse("INVITE").from("1001").status(200).drop();

        assertThat(script.next(Way.RESPONSE_OUT, "INVITE", "1001", 180, null)).isNull();
        assertThat(script.next(Way.RESPONSE_OUT, "INVITE", "1002", 200, null)).isNull();
        assertThat(script.next(Way.RESPONSE_OUT, "BYE", "1001", 200, null)).isNull();
        assertThat(script.next(Way.RESPONSE_IN, "INVITE", "1001", 200, null)).isNull();
        assertThat(script.next(Way.RESPONSE_OUT, "INVITE", "1001", 200, null)).isInstanceOf(Fault.Drop.class);
    }

    @Test
    void the_first_ones_can_be_spared_and_the_number_limited() {
        script.onRequest("REGISTER").skip(1).times(2).unavailable(Duration.ofSeconds(30));

        assertThat(script.replyTo(register())).isNull();
        Reply second = script.replyTo(register());
        assertThat(second).isEqualTo(Reply.of(503).withHeader("Retry-After", "30"));
        assertThat(script.replyTo(register())).isEqualTo(second);
        assertThat(script.replyTo(register())).isNull();
        assertThat(script.fired()).isEqualTo(2);
    }

    @Test
    void a_copy_of_a_request_that_will_be_answered_is_let_in_and_does_not_count() {
        script.onRequest("REGISTER").times(1).answer(500);
        script.onRequest("REGISTER").drop();

        assertThat(script.next(Way.REQUEST_IN, "REGISTER", "1001", 0, register()))
                .isNull();
        assertThat(script.next(Way.REQUEST_IN, "REGISTER", "1001", 0, register()))
                .isNull();
        assertThat(script.replyTo(register())).isEqualTo(Reply.of(500));
        assertThat(script.next(Way.REQUEST_IN, "REGISTER", "1001", 0, register()))
                .isInstanceOf(Fault.Drop.class);
        assertThat(script.replyTo(register())).isNull();
    }

    @Test
    void a_stub_applies_only_to_its_matches_and_can_be_removed() {
        script.stub("REGISTER").from("1002").reply(403);
        script.stub("REGISTER").to("1002").reply(404);
        script.stub("REGISTER").when(request -> request.header("X-No") != null).reply(405);
        Stub once = script.stub("REGISTER").from("1001").to("1001").replyOnce(486, "Busy");
        Stub always = script.stub("REGISTER").reply(503);

        assertThat(script.replyTo(register())).isEqualTo(Reply.of(486, "Busy"));
        assertThat(script.replyTo(register())).isEqualTo(Reply.of(503));
        assertThat(once.hits()).isOne();
        assertThat(always.hits()).isOne();
        always.remove();
        assertThat(script.replyTo(register())).isNull();
        script.onRequest("REGISTER").answer(500);
        script.removeStubs();
        assertThat(script.replyTo(register())).isEqualTo(Reply.of(500));
    }

    @Test
    void a_rule_can_be_taken_away_and_the_others_stay() {
        FaultScript.Rule rule = script.onResponse("INVITE");
        rule.remove();
        rule.delay(Duration.ofMillis(500));
        script.onResponse("INVITE").status(200).drop();
        assertThat(script.next(Way.RESPONSE_OUT, "INVITE", "1001", 200, null)).isInstanceOf(Fault.Delay.class);

        rule.remove();
        assertThat(script.next(Way.RESPONSE_OUT, "INVITE", "1001", 200, null)).isInstanceOf(Fault.Drop.class);
    }

    @Test
    void a_stub_answers_finally_and_never_a_call() {
        assertThatThrownBy(() -> Reply.of(180)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> script.stub("INVITE").reply(200)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> script.stub("ACK").reply(400)).isInstanceOf(IllegalArgumentException.class);
        script.stub("MESSAGE").reply(200);
    }

    private static RecordedRequest register() {
        NameAddr user = NameAddr.of(SipUri.of("sip", "1001", "pbx.test", 0));
        SipRequest request = SipRequest.builder("REGISTER", SipUri.of("sip", null, "pbx.test", 0))
                .from(user.withTag("1"))
                .to(user)
                .callId("1")
                .cseq(1, "REGISTER")
                .build();
        return RequestJournal.view(
                request, VirtualTime.START, SipTransport.UDP, new InetSocketAddress("10.0.0.1", 5060));
    }

    @Test
    void a_rule_that_is_used_up_lets_the_next_one_work() {
        script.onRequest("INVITE").times(1).drop();
        script.onRequest("INVITE").times(1).duplicate();

        assertThat(script.next(Way.REQUEST_IN, "INVITE", null, 0, null)).isInstanceOf(Fault.Drop.class);
        assertThat(script.next(Way.REQUEST_IN, "INVITE", null, 0, null)).isInstanceOf(Fault.Duplicate.class);
    }

    @Test
    void only_requests_of_devices_can_be_answered_in_place_of_the_pbx() {
        FaultScript.Rule rule = script.onOutgoing("INVITE");

        assertThatThrownBy(() -> rule.answer(500)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void media_is_lost_in_the_share_asked_for() {
        MediaFaults media = script.media();
        media.loseShare(0.25);

        int lost = 0;
        for (int i = 0; i < 10_000; i++) {
            lost += media.loses() ? 1 : 0;
        }

        assertThat(lost).isBetween(2300, 2700);
    }
}
