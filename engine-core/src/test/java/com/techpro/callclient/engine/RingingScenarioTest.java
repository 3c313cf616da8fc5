// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call that rings here: what its caller may still say, and that its INVITE is answered once and by whatever way there is. */
class RingingScenarioTest {
    private static final String BOB = ScriptedPhoneSystem.HOST;
    private static final String CONTACT = "Contact: <sip:bob@192.0.2.10:5060>";

    private ScriptedPhoneSystem scene;
    private ScriptedMessage ringing;
    private Call call;

    private void ring(ScriptedPhoneSystem made, String... more) {
        scene = made.registered();
        scene.invite("in-1", "z9hG4bKin1", 1, more.length == 0 ? sdp(BOB, 40_000, 1) : more);
        scene.until(() -> !scene.pbx.received("SIP/2.0 180").isEmpty());
        ringing = scene.pbx.last("SIP/2.0 180");
        call = scene.incoming.get(0);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void settle() {
        scene.pass(Duration.ofMillis(50));
    }

    /** The answer to a request in the dialog. */
    private ScriptedMessage asked(String method, int cseq, String... lines) {
        scene.pbx.request(method, ringing, cseq, "bob", lines);
        settle();
        return answers(method, cseq).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no answer to " + method + ": " + scene.pbx.flow()));
    }

    private List<ScriptedMessage> answers(String method, int cseq) {
        return scene.pbx.received("SIP/2.0 ").stream()
                .filter(answer -> answer.header("CSeq").equals(cseq + " " + method) && answer.status() >= 200)
                .toList();
    }

    private void answerAndTalk() {
        call.answer();
        scene.until(() -> !answers("INVITE", 1).isEmpty());
        ScriptedMessage ok = answers("INVITE", 1).get(0);
        assertThat(ok.status()).isEqualTo(200);
        scene.pbx.request("ACK", ok, 1, "bob");
        settle();
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    private static void assertLater(ScriptedMessage answer) {
        assertThat(answer.status()).isEqualTo(500);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(0, 10);
    }

    @Test
    void RFC3261_14_2_a_re_INVITE_while_ringing_gets_500_with_Retry_After() {
        ring(ScriptedPhoneSystem.udp(142));

        assertLater(asked("INVITE", 2, lines(CONTACT, sdp(BOB, 40_002, 2))));

        assertThat(call.snapshot().state()).isEqualTo(CallState.INCOMING);
        answerAndTalk();
    }

    @Test
    void a_re_INVITE_while_it_rings_keeps_neither_the_call_nor_the_account_from_ending() {
        ring(ScriptedPhoneSystem.udp(143));
        assertLater(asked("INVITE", 2, lines(CONTACT, sdp(BOB, 40_002, 2))));

        scene.alice.remove();
        settle();

        assertThat(answers("INVITE", 1)).extracting(ScriptedMessage::status).contains(486);
        var counters = scene.client.counters().toCompletableFuture();
        scene.until(counters::isDone);
        assertThat(counters.join().calls()).isZero();
        assertThat(counters.join().accounts()).isZero();
    }

    @Test
    void RFC3311_5_2_an_UPDATE_that_offers_before_our_answer_is_put_off() {
        ring(ScriptedPhoneSystem.udp(52));

        assertLater(asked("UPDATE", 2, lines(CONTACT, sdp(BOB, 40_002, 2))));

        answerAndTalk();
    }

    @Test
    void an_UPDATE_without_an_offer_is_answered_while_it_rings_and_the_dialog_stays_early() {
        ring(ScriptedPhoneSystem.udp(53));

        ScriptedMessage answer = asked("UPDATE", 2, CONTACT);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Contact")).contains("alice@");
        assertLater(asked("INVITE", 3, lines(CONTACT, sdp(BOB, 40_002, 2))));
        answerAndTalk();
    }

    @Test
    void an_UPDATE_that_offers_before_the_ACK_is_answered() {
        ring(ScriptedPhoneSystem.udp(54));
        call.answer();
        scene.until(() -> !answers("INVITE", 1).isEmpty());

        ScriptedMessage answer = asked("UPDATE", 2, lines(CONTACT, sdp(BOB, 40_002, 2)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bodyLines("m=audio ")).hasSize(1);
        scene.pbx.request("ACK", answers("INVITE", 1).get(0), 1, "bob");
        settle();
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void requests_from_the_caller_are_answered_while_the_phone_rings() {
        ring(ScriptedPhoneSystem.udp(55));

        assertThat(asked("OPTIONS", 2).status()).isEqualTo(200);
        assertThat(asked("INFO", 3).status()).isEqualTo(200);
        assertThat(asked("NOTIFY", 4, "Event: dialog", "Subscription-State: active")
                        .status())
                .isEqualTo(481);
        assertThat(asked("PRACK", 5, "RAck: 1 1 INVITE").status())
                .as("it does not ring reliably")
                .isEqualTo(481);
        answerAndTalk();
    }

    @Test
    void a_caller_that_requires_100rel_acknowledges_the_ringing() {
        ring(ScriptedPhoneSystem.udp(56), lines("Require: 100rel", sdp(BOB, 40_000, 1)));

        assertThat(asked("PRACK", 2, "RAck: " + ringing.header("RSeq") + " 1 INVITE")
                        .status())
                .isEqualTo(200);
        answerAndTalk();
    }

    @Test
    void RFC3261_15_1_2_a_BYE_while_it_rings_is_answered_and_the_INVITE_with_487() {
        ring(ScriptedPhoneSystem.udp(57));

        assertThat(asked("BYE", 2).status()).isEqualTo(200);

        assertThat(answers("INVITE", 1)).extracting(ScriptedMessage::status).contains(487);
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.CancelledByCaller());
    }

    @Test
    void CANCEL_comes_by_the_early_dialog() {
        ring(ScriptedPhoneSystem.udp(58));

        scene.pbx.send("CANCEL " + scene.pbx.last("REGISTER").uri("Contact") + " SIP/2.0\n"
                + "Via: SIP/2.0/UDP " + BOB + ":5060;branch=z9hG4bKin1\nMax-Forwards: 70\n"
                + "From: \"Bob\" <sip:bob@" + BOB + ">;tag=bob\nTo: <sip:alice@" + BOB + ">\n"
                + "Call-ID: in-1\nCSeq: 1 CANCEL\nReason: SIP;cause=200\nReason: Q.850;cause=16\n");
        settle();

        assertThat(answers("CANCEL", 1)).extracting(ScriptedMessage::status).containsExactly(200);
        assertThat(answers("INVITE", 1)).extracting(ScriptedMessage::status).contains(487);
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.AnsweredElsewhere());
    }

    @Test
    void RFC3261_9_2_a_CANCEL_after_the_answer_gets_its_To_tag_and_has_no_effect() {
        ring(ScriptedPhoneSystem.udp(66));
        answerAndTalk();

        scene.pbx.send("CANCEL " + scene.pbx.last("REGISTER").uri("Contact") + " SIP/2.0\n"
                + "Via: SIP/2.0/UDP " + BOB + ":5060;branch=z9hG4bKin1\nMax-Forwards: 70\n"
                + "From: \"Bob\" <sip:bob@" + BOB + ">;tag=bob\nTo: <sip:alice@" + BOB + ">\n"
                + "Call-ID: in-1\nCSeq: 1 CANCEL\n");
        settle();

        assertThat(answers("CANCEL", 1)).hasSize(1);
        assertThat(answers("CANCEL", 1).get(0).status()).isEqualTo(200);
        assertThat(answers("CANCEL", 1).get(0).parameter("To", "tag")).isEqualTo(ringing.parameter("To", "tag"));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void hanging_up_while_it_rings_is_busy_and_declining_stays_a_choice() {
        ring(ScriptedPhoneSystem.udp(59));
        call.hangUp();
        settle();
        assertThat(answers("INVITE", 1).get(0).status()).isEqualTo(486);
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.RejectedHere(RejectReason.BUSY));

        scene.invite("in-2", "z9hG4bKin2", 5, sdp(BOB, 40_000, 1));
        scene.until(() -> scene.incoming.size() == 2);
        scene.incoming.get(1).reject(RejectReason.DECLINED);
        settle();
        assertThat(answers("INVITE", 5).get(0).status()).isEqualTo(603);
    }

    @Test
    void RFC6026_8_8_ringing_outlives_its_connection_and_is_answered_on_the_next() {
        ring(ScriptedPhoneSystem.tcp(88));
        scene.pbx.forget();

        scene.pbx.disconnect();
        scene.until(() -> !scene.pbx.received("SIP/2.0 180").isEmpty());

        assertThat(call.snapshot().state()).isEqualTo(CallState.INCOMING);
        assertThat(scene.pbx.received("UPDATE"))
                .as("the caller does not say that it takes any")
                .isEmpty();
        answerAndTalk();
        assertThat(answers("INVITE", 1).get(0).uri("Contact"))
                .as("the ACK and what follows come by the new connection")
                .isEqualTo(scene.pbx.last("REGISTER").uri("Contact"));
    }

    @Test
    void a_call_that_is_taken_while_there_is_no_connection_is_answered_on_the_next() {
        ring(ScriptedPhoneSystem.tcp(89));
        scene.pbx.forget();
        scene.pbx.disconnect();
        scene.pass(Duration.ofMillis(1));
        assertThat(scene.pbx.openConnections()).isZero();

        answerAndTalk();
    }

    @Test
    void a_caller_that_allows_UPDATE_gets_our_new_Contact_after_a_lost_connection() {
        ring(ScriptedPhoneSystem.tcp(90), lines("Allow: INVITE, ACK, CANCEL, BYE, UPDATE", sdp(BOB, 40_000, 1)));
        scene.pbx.forget();
        scene.pbx.on("UPDATE", update -> scene.pbx.respond(update, "200 OK", CONTACT));

        scene.pbx.disconnect();
        scene.until(() -> !scene.pbx.received("UPDATE").isEmpty());

        assertThat(scene.pbx.last("UPDATE").body()).isEmpty();
        assertThat(scene.pbx.last("UPDATE").uri("Contact"))
                .isEqualTo(scene.pbx.last("REGISTER").uri("Contact"));
        answerAndTalk();
    }

    @Test
    void a_phone_system_that_forgot_the_call_says_so_and_it_rings_no_longer() {
        ring(ScriptedPhoneSystem.tcp(91), lines("Allow: INVITE, ACK, CANCEL, BYE, UPDATE", sdp(BOB, 40_000, 1)));
        scene.pbx.on("UPDATE", update -> scene.pbx.respond(update, "481 Call/Transaction Does Not Exist"));

        scene.pbx.disconnect();
        scene.until(() -> call.snapshot().ending() != null);

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Failed(new Failure.Unreachable()));
        scene.pass(Duration.ofSeconds(40));
        var counters = scene.client.counters().toCompletableFuture();
        scene.until(counters::isDone);
        assertThat(counters.join().transactions()).isZero();
        assertThat(counters.join().dialogs()).isZero();
    }

    @Test
    void RFC3261_8_2_2_2_a_fork_to_two_accounts_rings_both_and_a_merged_request_gets_482() {
        scene = ScriptedPhoneSystem.udp(822).registered();
        String alice = scene.pbx.last("REGISTER").uri("Contact");
        scene.client.addAccount(SipAccount.builder("team", BOB, Secret.of("pw"))
                .transport(SipTransport.UDP)
                .securityFloor(
                        SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia())
                .build());
        scene.until(() -> scene.pbx.last("REGISTER").uri("Contact").contains("team@"));
        String team = scene.pbx.last("REGISTER").uri("Contact");

        fork(alice, "a");
        fork(team, "b");
        assertThat(scene.incoming).hasSize(2);
        assertThat(scene.pbx.received("SIP/2.0 482")).isEmpty();

        fork(alice, "c");
        assertThat(scene.incoming).hasSize(2);
        assertThat(scene.pbx.received("SIP/2.0 482")).hasSize(1);
    }

    private void fork(String contact, String branch) {
        String[] body = sdp(BOB, 40_000, 1);
        scene.pbx.send("INVITE " + contact + " SIP/2.0\nVia: SIP/2.0/UDP " + BOB + ":5060;branch=z9hG4bK" + branch
                + "\nMax-Forwards: 70\nFrom: <sip:bob@" + BOB + ">;tag=bob\nTo: <sip:group@" + BOB
                + ">\nCall-ID: forked\nCSeq: 1 INVITE\n" + CONTACT + "\n" + String.join("\n", body) + "\n");
        settle();
    }
}
