// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Session timers (RFC 4028) between two phones; the proxy between them asks for the shortest life, as it may (§8.1). */
@Tag("slow")
class SessionTimerTest {
    private static final Failure EXPIRED = new Failure.TimedOut(Failure.Waited.SESSION);

    private PhoneScene scene;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void twoPhones() {
        scene = new PhoneScene(4028);
        alice = scene.phone("alice", "192.0.2.1").registered();
        bob = scene.phone("bob", "192.0.2.2").registered();
        rewriteInvites(request -> request.set("Session-Expires", "90"));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void rewriteInvites(UnaryOperator<SipRequest.Builder> rewriting) {
        scene.proxy.between(message -> message instanceof SipRequest request && request.isMethod("INVITE")
                ? rewriting.apply(request.toBuilder()).build()
                : message);
    }

    private List<SipRequest> requests(String method) {
        return scene.proxy.seen().stream()
                .filter(message -> message instanceof SipRequest request && request.isMethod(method))
                .map(SipRequest.class::cast)
                .toList();
    }

    private SipResponse answerTo(String method, int status) {
        return scene.proxy.seen().stream()
                .filter(SipResponse.class::isInstance)
                .map(SipResponse.class::cast)
                .filter(response -> response.cseq().method().equals(method) && response.status() == status)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_caller_refreshes_by_UPDATE_at_half_time_and_the_call_goes_on() {
        Call call = scene.talk(alice, bob);
        assertThat(answerTo("INVITE", 200).header("Session-Expires")).isEqualTo("90;refresher=uac");
        assertThat(answerTo("INVITE", 200).headers("Require")).containsExactly("timer");

        scene.pass(Duration.ofSeconds(200));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(requests("UPDATE")).hasSize(4).allSatisfy(update -> {
            assertThat(update.from().uri().user()).isEqualTo("alice");
            assertThat(update.header("Session-Expires")).isEqualTo("90;refresher=uac");
            assertThat(update.hasBody()).isFalse();
            assertThat(update.contacts()).hasSize(1);
        });
        call.hangUp();
        scene.until(() -> bob.ending() != null);
        alice.assertQuiet();
        bob.assertQuiet();
    }

    @Test
    void a_peer_without_UPDATE_is_refreshed_by_an_unchanged_reINVITE() {
        scene.proxy.between(message -> {
            if (message instanceof SipRequest request && request.isMethod("INVITE")) {
                return request.toBuilder().set("Session-Expires", "90").build();
            }
            return message instanceof SipResponse response && response.isSuccess()
                    ? response.toBuilder().set("Allow", "INVITE, ACK, BYE").build()
                    : message;
        });
        Call call = scene.talk(alice, bob);

        scene.pass(Duration.ofSeconds(100));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.NONE);
        List<SipRequest> invites = requests("INVITE").stream().distinct().toList();
        assertThat(requests("UPDATE")).isEmpty();
        assertThat(invites.size()).isGreaterThanOrEqualTo(3);
        assertThat(invites.get(1).to().tag()).isNotNull();
        assertThat(invites.get(1).bodyText()).isEqualTo(invites.get(0).bodyText());
    }

    @Test
    void a_session_is_refreshed_by_us_if_the_caller_does_not_support_timers() {
        rewriteInvites(request -> request.set("Session-Expires", "90").set("Supported", "path"));

        Call call = scene.talk(alice, bob);
        assertThat(answerTo("INVITE", 200).header("Session-Expires")).isEqualTo("90;refresher=uas");
        assertThat(answerTo("INVITE", 200).headers("Require")).isEmpty();
        scene.pass(Duration.ofSeconds(100));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(requests("UPDATE"))
                .hasSize(2)
                .allSatisfy(update -> assertThat(update.from().uri().user()).isEqualTo("bob"));
    }

    @Test
    void a_session_with_failing_refreshes_is_ended_before_it_expires() {
        scene.talk(alice, bob);
        scene.proxy.between(message -> message instanceof SipRequest request
                        && (request.isMethod("UPDATE")
                                || request.from().uri().user().equals("bob"))
                ? null
                : message);

        scene.pass(Duration.ofSeconds(59));
        assertThat(alice.ending()).isNull();
        scene.pass(Duration.ofSeconds(2));

        assertThat(alice.ending()).isEqualTo(new CallEnding.Failed(EXPIRED));
        assertThat(bob.ending()).isEqualTo(new CallEnding.Failed(EXPIRED));
        alice.assertQuiet();
        bob.assertQuiet();
    }

    @Test
    void a_session_that_is_not_refreshed_is_ended_before_it_expires() {
        scene.talk(alice, bob);
        scene.proxy.answer(request -> request.isMethod("UPDATE")
                ? SipResponse.respondTo(request, 200)
                        .set("Session-Expires", "90;refresher=uac")
                        .build()
                : null);

        scene.pass(Duration.ofSeconds(59));
        assertThat(bob.ending()).isNull();
        scene.pass(Duration.ofSeconds(2));

        assertThat(bob.ending()).isEqualTo(new CallEnding.Failed(EXPIRED));
        assertThat(alice.ending()).isEqualTo(new CallEnding.RemoteHangUp());
    }

    @Test
    void a_refresh_that_is_refused_for_now_is_tried_again_in_time() {
        Call call = scene.talk(alice, bob);
        int[] refusals = {2};
        scene.proxy.answer(request -> request.isMethod("UPDATE") && refusals[0]-- > 0
                ? SipResponse.respondTo(request, 500).build()
                : null);

        scene.pass(Duration.ofSeconds(80));

        assertThat(refusals[0]).isNegative();
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void a_refresh_for_a_call_that_is_gone_there_ends_it_here() {
        scene.talk(alice, bob);
        scene.proxy.answer(request ->
                request.isMethod("UPDATE") ? SipResponse.respondTo(request, 481).build() : null);

        scene.pass(Duration.ofSeconds(46));

        assertThat(alice.ending()).isInstanceOf(CallEnding.Failed.class);
        assertThat(requests("BYE")).isNotEmpty();
    }

    @Test
    void section_7_4_a_422_is_met_by_asking_for_as_much_as_it_says() {
        scene.proxy.between(message -> message);
        scene.proxy.answer(request -> {
            boolean tooShort = request.isMethod("INVITE") && request.number("Session-Expires") < 3_600;
            if (tooShort) {
                return SipResponse.respondTo(request, 422)
                        .toTag("proxy")
                        .set("Min-SE", "3600")
                        .build();
            }
            return request.isMethod("ACK") && "proxy".equals(request.to().tag())
                    ? SipResponse.respondTo(request, 100).build()
                    : null;
        });

        scene.talk(alice, bob);

        List<SipRequest> invites = requests("INVITE");
        SipRequest first = invites.get(0);
        SipRequest second = invites.get(invites.size() - 1);
        assertThat(first.header("Session-Expires")).isEqualTo("1800");
        assertThat(second.header("Session-Expires")).isEqualTo("3600");
        assertThat(second.header("Min-SE")).isEqualTo("3600");
        assertThat(second.callId()).isEqualTo(first.callId());
        assertThat(second.from()).isEqualTo(first.from());
        assertThat(second.cseq().number()).isEqualTo(first.cseq().number() + 1);
    }

    @Test
    void a_422_for_ever_ends_the_call() {
        scene.proxy.between(message -> message);
        scene.proxy.answer(request -> {
            if (request.isMethod("INVITE")) {
                return SipResponse.respondTo(request, 422)
                        .toTag("proxy")
                        .set("Min-SE", "1000")
                        .build();
            }
            return request.isMethod("ACK") ? SipResponse.respondTo(request, 100).build() : null;
        });

        alice.account.dial("bob");
        scene.until(() -> alice.ending() != null);

        assertThat(alice.ending()).isEqualTo(new CallEnding.Failed(new Failure.SessionIntervalTooSmall()));
        alice.assertQuiet();
    }

    @Test
    void section_9_less_than_ninety_seconds_are_refused_with_the_permitted_minimum() {
        rewriteInvites(request -> request.set("Session-Expires", "89"));

        alice.account.dial("bob");
        scene.until(() -> alice.ending() != null);

        assertThat(answerTo("INVITE", 422).header("Min-SE")).isEqualTo("90");
        assertThat(bob.incoming).isNull();
    }

    @Test
    void the_phones_themselves_ask_for_half_an_hour() {
        scene.proxy.between(message -> message);

        scene.talk(alice, bob);

        SipMessage invite = requests("INVITE").get(0);
        assertThat(invite.header("Session-Expires")).isEqualTo("1800");
        assertThat(invite.headers("Supported")).contains("timer");
    }
}
