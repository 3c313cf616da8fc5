// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call of ours while phones ring for it: each is an early dialog, in which the other side may speak (RFC 3261 §12.1.2, §13.2.2). */
class EarlyDialogScenarioTest {
    private static final String BOB = ScriptedPhoneSystem.HOST;
    private static final String CONTACT = "Contact: <sip:bob@192.0.2.10:5060>";
    private static final String IDENTITY = "P-Asserted-Identity: \"Carol\" <sip:carol@192.0.2.10>";

    private ScriptedPhoneSystem scene;
    private Call call;
    private ScriptedMessage invite;

    @BeforeEach
    void dial() {
        scene = ScriptedPhoneSystem.udp(1312).registered();
        call = scene.alice.dial("bob");
        scene.until(() -> !scene.pbx.received("INVITE").isEmpty());
        invite = scene.pbx.last("INVITE");
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void ring(String tag, String... more) {
        scene.pbx.respondWithTag(invite, "180 Ringing", tag, lines(CONTACT, more));
        settle();
    }

    private void earlyMedia(String tag, int port) {
        scene.pbx.respondWithTag(invite, "183 Session Progress", tag, lines(CONTACT, sdp(BOB, port, 1)));
        settle();
    }

    private void accept(String tag, String... body) {
        scene.pbx.respondWithTag(invite, "200 OK", tag, lines(CONTACT, body));
        settle();
    }

    /** The answer to a request in the early dialog of a phone. */
    private ScriptedMessage asked(String method, String tag, int cseq, String... lines) {
        scene.pbx.request(method, invite, cseq, tag, lines);
        settle();
        return scene.pbx.received("SIP/2.0 ").stream()
                .filter(answer -> answer.method().equals(method)
                        && answer.header("CSeq").startsWith(cseq + " ")
                        && tag.equals(answer.parameter("From", "tag")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no answer to " + method + ": " + scene.pbx.flow()));
    }

    private void settle() {
        scene.pass(Duration.ofMillis(50));
    }

    private List<String> sentTo(String tag, String method) {
        return scene.pbx.received(method).stream()
                .filter(request -> tag.equals(request.parameter("To", "tag")))
                .map(ScriptedMessage::summary)
                .toList();
    }

    private boolean soundGoesTo(int port) {
        scene.network.trace().clear();
        scene.pass(Duration.ofSeconds(1));
        return scene.network.trace().packets().stream()
                .anyMatch(packet -> packet.to().getPort() == port);
    }

    private void hangUpAndLeaveNothing() {
        scene.pbx.on("BYE", bye -> scene.pbx.respond(bye, "200 OK"));
        call.hangUp();
        scene.pass(Duration.ofSeconds(40));
        var counters = scene.client.counters().toCompletableFuture();
        scene.until(counters::isDone);
        assertThat(counters.join().dialogs()).as("dialogs").isZero();
        assertThat(counters.join().transactions()).as("transactions").isZero();
        assertThat(counters.join().calls()).as("calls").isZero();
    }

    @Test
    void RFC3311_an_UPDATE_just_before_the_answer_is_answered_and_the_call_goes_on() {
        ring("one");

        ScriptedMessage answer = asked("UPDATE", "one", 1, CONTACT, IDENTITY);
        accept("one", sdp(BOB, 40_000, 1));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Contact"))
                .as("a target refresh has a Contact (§5.2)")
                .contains("alice@");
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(sentTo("one", "ACK")).hasSize(1);
        hangUpAndLeaveNothing();
    }

    @Test
    void of_two_phones_that_ring_the_one_that_sent_an_UPDATE_answers() {
        ring("one");
        ring("two");

        assertThat(asked("UPDATE", "two", 1, CONTACT, IDENTITY).status()).isEqualTo(200);
        accept("two", sdp(BOB, 40_000, 1));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(asked("UPDATE", "one", 1, CONTACT).status())
                .as("the other's dialog is still there")
                .isEqualTo(200);
        assertThat(asked("BYE", "one", 2).status()).isEqualTo(200);
        assertThat(call.snapshot().state()).as("and is none of the call's").isEqualTo(CallState.ESTABLISHED);
        hangUpAndLeaveNothing();
    }

    @Test
    void RFC3261_13_2_2_4_an_unconfirmed_early_dialog_ends_64_T1_after_the_answer() {
        ring("one");
        ring("two");
        accept("two", sdp(BOB, 40_000, 1));

        scene.pass(Duration.ofSeconds(30));
        assertThat(asked("UPDATE", "one", 1, CONTACT).status()).isEqualTo(200);
        scene.pass(Duration.ofSeconds(3));

        assertThat(asked("UPDATE", "one", 2, CONTACT).status()).isEqualTo(481);
    }

    @Test
    void requests_of_the_confirmed_dialog_count_on_from_the_early_one() {
        ring("one");
        asked("UPDATE", "one", 7, CONTACT);
        accept("one", sdp(BOB, 40_000, 1));

        assertThat(asked("UPDATE", "one", 6, CONTACT).status())
                .as("overtaken (RFC 3261 §12.2.2)")
                .isEqualTo(500);
        assertThat(asked("UPDATE", "one", 8, CONTACT).status()).isEqualTo(200);
    }

    @Test
    void RFC3311_5_2_an_offer_in_UPDATE_waits_for_the_answer_to_ours() {
        ring("one");
        assertThat(asked("UPDATE", "one", 1, lines(CONTACT, sdp(BOB, 40_002, 1)))
                        .status())
                .isEqualTo(491);

        earlyMedia("one", 40_000);
        ScriptedMessage answer = asked("UPDATE", "one", 2, lines(CONTACT, sdp(BOB, 40_002, 2)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bodyLines("m=audio ")).hasSize(1);
        accept("one", sdp(BOB, 40_000, 1));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(soundGoesTo(40_002)).as("where the UPDATE wants it").isTrue();
        hangUpAndLeaveNothing();
    }

    /** Another phone of a fork may still answer with one that is usable (RFC 3261 §13.2.1). */
    @ParameterizedTest
    @ValueSource(strings = {"no description", "v=0\no=- 1 1 IN IP4 192.0.2.10\ns=-\nt=0 0\nm=audio 40000 RTP/AVP 18"})
    void a_description_before_the_answer_that_cannot_be_used_ends_no_call(String unusable) {
        scene.pbx.respondWithTag(
                invite, "183 Session Progress", "one", CONTACT, "Content-Type: application/sdp", "", unusable);
        settle();
        assertThat(call.snapshot().codecAgreed()).isFalse();

        accept("two", sdp(BOB, 40_000, 1));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(scene.pbx.received("CANCEL")).isEmpty();
    }

    /** RFC 5009 §8; the directions are those of whoever says it. */
    @Test
    void sound_before_an_answer_is_heard_unless_the_phone_system_withholds_it() {
        scene.pbx.respondWithTag(
                invite,
                "183 Session Progress",
                "one",
                lines("P-Early-Media: inactive", lines(CONTACT, sdp(BOB, 40_000, 1))));
        settle();
        assertThat(call.snapshot().codecAgreed()).isFalse();

        ring("one", "P-Early-Media: sendonly");
        assertThat(call.snapshot().codecAgreed()).isTrue();
        ring("one");
        assertThat(call.snapshot().codecAgreed()).isTrue();
        ring("one", "P-Early-Media: recvonly");
        assertThat(call.snapshot().codecAgreed()).isFalse();

        accept("one");
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(call.snapshot().codecAgreed()).isTrue();
    }

    @Test
    void the_2xx_without_an_answer_takes_the_early_answer_of_its_own_dialog() {
        earlyMedia("one", 40_000);
        earlyMedia("two", 41_000);

        accept("one");

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(soundGoesTo(40_000)).isTrue();
        assertThat(soundGoesTo(41_000)).isFalse();
    }

    @Test
    void the_early_answer_of_one_phone_is_not_the_answer_of_another() {
        earlyMedia("one", 40_000);

        accept("two");

        assertThat(call.snapshot().ending())
                .isEqualTo(new CallEnding.Failed(
                        new Failure.ProtocolViolation("an offer was accepted without an answer")));
        assertThat(sentTo("two", "ACK")).hasSize(1);
        assertThat(sentTo("two", "BYE")).isNotEmpty();
        hangUpAndLeaveNothing();
    }

    @Test
    void RFC3262_each_phone_that_rings_reliably_is_acknowledged_in_its_own_dialog() {
        ring("one", "Require: 100rel", "RSeq: 10");
        ring("two", "Require: 100rel", "RSeq: 70");
        ring("two", "Require: 100rel", "RSeq: 71");

        assertThat(scene.pbx.received("PRACK"))
                .extracting(prack -> prack.parameter("To", "tag") + " " + prack.header("RAck"))
                .containsExactly("one 10 1 INVITE", "two 70 1 INVITE", "two 71 1 INVITE");
        assertThat(scene.pbx.received("PRACK"))
                .extracting(prack -> prack.header("CSeq"))
                .containsExactly("2 PRACK", "2 PRACK", "3 PRACK");
        assertThat(asked("PRACK", "one", 1, "RAck: 1 1 INVITE").status())
                .as("we ring for nobody")
                .isEqualTo(481);
    }

    @Test
    void keys_by_INFO_are_heard_before_the_answer() {
        ring("one");

        ScriptedMessage answer =
                asked("INFO", "one", 1, "Content-Type: application/dtmf-relay", "", "Signal=5", "Duration=160");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(scene.told(CallEvent.DtmfReceived.class))
                .extracting(CallEvent.DtmfReceived::tone)
                .containsExactly('5');
    }

    @Test
    void other_requests_in_an_early_dialog_are_answered_and_the_call_continues() {
        ring("one");

        assertThat(asked("OPTIONS", "one", 1).status()).isEqualTo(200);
        assertThat(asked("NOTIFY", "one", 2, "Event: dialog", "Subscription-State: active")
                        .status())
                .as("there is no such subscription (RFC 6665 §4.1.3)")
                .isEqualTo(481);
        assertThat(asked("INVITE", "one", 3, lines(CONTACT, sdp(BOB, 40_000, 1)))
                        .status())
                .as("our own INVITE is in progress (RFC 3261 §14.2)")
                .isEqualTo(491);
        assertThat(asked("UPDATE", "none", 1).status()).as("no such dialog").isEqualTo(481);
        accept("one", sdp(BOB, 40_000, 1));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void a_phone_that_says_goodbye_leaves_the_others_ringing() {
        earlyMedia("one", 40_000);
        ring("two");

        assertThat(asked("BYE", "one", 1).status()).isEqualTo(200);
        assertThat(call.snapshot().state()).isEqualTo(CallState.RINGING_OUT);
        accept("two", sdp(BOB, 41_000, 1));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        hangUpAndLeaveNothing();
    }

    @Test
    void a_BYE_that_overtook_its_2xx_ends_the_call_when_that_comes() {
        ring("one");

        assertThat(asked("BYE", "one", 1).status()).isEqualTo(200);
        accept("one", sdp(BOB, 40_000, 1));

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.RemoteHangUp());
        assertThat(sentTo("one", "ACK")).hasSize(1);
        hangUpAndLeaveNothing();
    }

    @Test
    void a_final_no_ends_every_early_dialog() {
        ring("one");
        ring("two");

        scene.pbx.respondWithTag(invite, "486 Busy Here", "one");
        settle();

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Busy());
        assertThat(asked("UPDATE", "two", 1).status()).isEqualTo(481);
    }

    @Test
    void a_call_that_was_given_up_answers_in_its_early_dialogs_until_the_487() {
        ring("one");
        scene.pbx.on("CANCEL", cancel -> scene.pbx.respond(cancel, "200 OK"));
        call.hangUp();
        settle();

        assertThat(asked("INFO", "one", 1).status()).isEqualTo(200);
        assertThat(asked("BYE", "one", 2).status()).isEqualTo(200);
        scene.pbx.respondWithTag(invite, "487 Request Terminated", "one");
        settle();

        assertThat(asked("INFO", "one", 3).status()).isEqualTo(481);
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Cancelled());
    }
}
