// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.MediaProblem;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every way a call between two phones can end, and what each of them is told. */
class CallEndingsTest {
    private PhoneScene scene;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void twoPhones() {
        scene = new PhoneScene(1);
        alice = scene.phone("alice", "192.0.2.1").registered().speaking(440);
        bob = scene.phone("bob", "192.0.2.2").registered().speaking(880);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void busy_and_declined_are_told_apart() {
        alice.account.dial("bob");
        scene.until(() -> bob.incoming != null);
        bob.incoming.reject(RejectReason.BUSY);
        scene.until(() -> alice.ending() != null);
        assertThat(alice.ending()).isEqualTo(new CallEnding.Busy());

        bob.incoming = null;
        alice.events.clear();
        alice.account.dial("bob");
        scene.until(() -> bob.incoming != null);
        bob.incoming.reject(RejectReason.DECLINED);
        scene.until(() -> alice.ending() != null);

        assertThat(alice.ending()).isEqualTo(new CallEnding.Declined());
        assertThat(bob.ending()).isEqualTo(new CallEnding.RejectedHere(RejectReason.DECLINED));
        alice.assertQuiet();
        bob.assertQuiet();
        assertThat(bob.audio.opened())
                .as("C11: never a device for a call that was not taken")
                .isZero();
    }

    @Test
    void a_caller_that_cancels_leaves_a_missed_call() {
        Call call = alice.account.dial("bob");
        scene.until(() -> bob.incoming != null);

        call.hangUp();
        scene.until(() -> bob.ending() != null);

        assertThat(alice.ending()).isEqualTo(new CallEnding.Cancelled());
        assertThat(bob.ending()).isEqualTo(new CallEnding.CancelledByCaller());
        alice.assertQuiet();
        bob.assertQuiet();
    }

    @Test
    void RFC3326_a_call_that_another_phone_took_is_not_missed() {
        scene.proxy.between(message -> message instanceof SipRequest request && request.isMethod("CANCEL")
                ? request.toBuilder()
                        .add("Reason", "Q.850;cause=16;text=\"normal\"")
                        .add("Reason", "SIP;cause=200;text=\"Call completed elsewhere\"")
                        .build()
                : message);
        Call call = alice.account.dial("bob");
        scene.until(() -> bob.incoming != null);

        call.hangUp();
        scene.until(() -> bob.ending() != null);

        assertThat(bob.ending()).isEqualTo(new CallEnding.AnsweredElsewhere());
    }

    @Test
    void nobody_answers() {
        alice.account.dial("bob");

        scene.until(() -> alice.ending() != null && bob.ending() != null, Duration.ofSeconds(70));

        assertThat(alice.ending()).isEqualTo(new CallEnding.NoAnswer());
        alice.assertQuiet();
        bob.assertQuiet();
    }

    @Test
    void nobody_has_that_number() {
        Call call = alice.account.dial("nobody");

        scene.until(() -> alice.ending() != null);

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.NotFound());
        alice.assertQuiet();
    }

    @Test
    void RFC3261_9_1_an_answer_that_crosses_the_giving_up_is_ended_at_once() {
        Call call = alice.account.dial("bob");
        scene.until(() -> bob.incoming != null && call.snapshot().state() == CallState.RINGING_OUT);

        bob.incoming.answer();
        call.hangUp();
        scene.until(() -> bob.ending() != null);

        assertThat(alice.ending()).isEqualTo(new CallEnding.Cancelled());
        assertThat(bob.ending()).isEqualTo(new CallEnding.RemoteHangUp());
        assertThat(scene.proxy.requests("BYE")).isEqualTo(1);
        alice.assertQuiet();
        bob.assertQuiet();
        assertThat(alice.audio.opened()).isZero();
    }

    @Test
    void of_two_phones_that_answer_the_first_is_kept() {
        Phone carol = scene.phone("carol", "192.0.2.3").registered();
        scene.proxy.group("team", "bob", "carol");
        Call call = alice.account.dial("team");
        scene.until(() -> bob.incoming != null && carol.incoming != null);

        bob.incoming.answer();
        carol.incoming.answer();
        scene.until(() ->
                call.snapshot().state() == CallState.ESTABLISHED && (bob.ending() != null || carol.ending() != null));
        scene.pass(Duration.ofSeconds(2));

        assertThat(java.util.stream.Stream.of(bob, carol).filter(phone -> phone.ending() != null))
                .hasSize(1);
        call.hangUp();
        scene.until(() -> bob.ending() != null && carol.ending() != null);
        alice.assertQuiet();
        bob.assertQuiet();
        carol.assertQuiet();
    }

    @Test
    void S4_an_answer_that_drops_encryption_ends_the_call() {
        scene.proxy.between(sdp(text -> text.contains("a=crypto:1") && !text.contains("a=crypto:2")
                ? text.replace("RTP/SAVP", "RTP/AVP").replaceAll("a=crypto:[^\r]*\r\n", "")
                : text));
        Call call = alice.account.dial("bob");
        scene.until(() -> bob.incoming != null);

        bob.incoming.answer();
        scene.until(() -> bob.ending() != null);

        assertThat(call.snapshot().ending())
                .isEqualTo(new CallEnding.Failed(new Failure.MediaRefused(MediaProblem.ENCRYPTION_REFUSED)));
        assertThat(alice.audio.opened()).isZero();
        alice.assertQuiet();
        bob.assertQuiet();
    }

    @Test
    void S4_an_offer_without_encryption_does_not_even_ring() {
        scene.proxy.between(sdp(text -> text.replace("RTP/SAVP", "RTP/AVP").replaceAll("a=crypto:[^\r]*\r\n", "")));
        Call call = alice.account.dial("bob");

        scene.until(() -> alice.ending() != null);

        assertThat(call.snapshot().ending())
                .isEqualTo(new CallEnding.Failed(new Failure.MediaRefused(MediaProblem.REFUSED)));
        assertThat(bob.incoming).isNull();
    }

    @Test
    void media_that_never_comes_back_ends_the_call() {
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(1));

        scene.network.conditionsBetween("192.0.2.1", "192.0.2.2", LinkConditions.LAN.withPartition(true));
        scene.until(() -> alice.ending() != null && bob.ending() != null, Duration.ofSeconds(40));

        assertThat(java.util.List.of(alice.ending(), bob.ending())).contains(new CallEnding.MediaTimeout());
        assertThat(call.snapshot().state()).isEqualTo(CallState.ENDED);
        alice.assertQuiet();
        bob.assertQuiet();
    }

    @Test
    void RFC3261_15_a_hang_up_before_the_ACK_sends_BYE_after_it() {
        int[] acks = {0};
        scene.proxy.between(message ->
                message instanceof SipRequest request && request.isMethod("ACK") && ++acks[0] == 1 ? null : message);
        Call call = alice.account.dial("bob");
        scene.until(() -> bob.incoming != null);
        bob.incoming.answer();
        scene.until(() -> acks[0] == 1);

        bob.incoming.hangUp();
        scene.until(() -> alice.ending() != null);

        assertThat(bob.ending()).isEqualTo(new CallEnding.LocalHangUp());
        assertThat(alice.ending()).isEqualTo(new CallEnding.RemoteHangUp());
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.RemoteHangUp());
        alice.assertQuiet();
        bob.assertQuiet();
    }

    @Test
    void RFC3261_13_3_1_4_a_call_without_an_ACK_is_ended() {
        scene.proxy.between(
                message -> message instanceof SipRequest request && request.isMethod("ACK") ? null : message);
        alice.account.dial("bob");
        scene.until(() -> bob.incoming != null);
        bob.incoming.answer();

        scene.until(() -> bob.ending() != null && alice.ending() != null, Duration.ofSeconds(40));

        assertThat(bob.ending()).isEqualTo(new CallEnding.Failed(new Failure.TimedOut(Failure.Waited.RESPONSE)));
        assertThat(alice.ending()).isEqualTo(new CallEnding.RemoteHangUp());
        alice.assertQuiet();
        bob.assertQuiet();
    }

    @Test
    void S5_a_call_that_is_sent_elsewhere_does_not_go_there_and_says_so() throws IOException {
        List<String> heardElsewhere = new ArrayList<>();
        scene.network
                .host("203.0.113.5")
                .openDatagram(
                        new InetSocketAddress("203.0.113.5", 5060), (packet, from) -> heardElsewhere.add("packet"));
        scene.proxy.answer(request -> {
            if (request.isMethod("INVITE")) {
                return SipResponse.respondTo(request, 302)
                        .toTag("proxy")
                        .contact(NameAddr.of(SipUri.of("sip:0900@203.0.113.5")))
                        .build();
            }
            return request.isMethod("ACK") ? SipResponse.respondTo(request, 100).build() : null;
        });

        alice.account.dial("bob");
        scene.until(() -> alice.ending() != null);
        scene.pass(Duration.ofSeconds(40));

        assertThat(alice.ending()).isEqualTo(new CallEnding.Failed(new Failure.Redirected(302)));
        assertThat(alice.ending().code()).isEqualTo("redirected-302");
        assertThat(heardElsewhere).isEmpty();
        assertThat(scene.proxy.requests("INVITE")).isEqualTo(1);
        alice.assertQuiet();
    }

    /** Changes the session descriptions that pass. */
    private static java.util.function.Function<SipMessage, SipMessage> sdp(UnaryOperator<String> change) {
        return message -> {
            if (!"application/sdp".equals(message.contentType())) {
                return message;
            }
            String changed = change.apply(message.bodyText());
            return message instanceof SipRequest request
                    ? request.toBuilder().body("application/sdp", changed).build()
                    : ((SipResponse) message)
                            .toBuilder().body("application/sdp", changed).build();
        };
    }
}
