// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call that this side transfers, message by message (RFC 5589 §6.1, §7.3, RFC 3515, RFC 3891). */
class TransferTest {
    private static final String CONTACT = "Contact: <sip:bob@" + ScriptedPhoneSystem.HOST + ":5060>";

    private ScriptedPhoneSystem scene;
    private ScriptedPeer pbx;
    private Call call;
    /** Our 200 to the caller's INVITE. */
    private ScriptedMessage answer;

    private final List<TransferOutcome> outcomes = new ArrayList<>();

    @BeforeEach
    void talkingToBob() {
        scene = ScriptedPhoneSystem.udp(5589).registered();
        pbx = scene.pbx;
        scene.invite("one", "z9hG4bKone", 1, sdp("192.0.2.10", 40_000, 1));
        scene.until(() -> !scene.incoming.isEmpty());
        call = scene.incoming.get(0);
        call.answer();
        scene.until(() -> !pbx.received("SIP/2.0 200").isEmpty());
        answer = pbx.last("SIP/2.0 200");
        pbx.request("ACK", answer, 1, "bob");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        pbx.on("BYE", bye -> pbx.respond(bye, "200 OK"));
        pbx.forget();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void hold() {
        call.hold();
        scene.until(() -> !pbx.received("INVITE").isEmpty());
        pbx.respond(pbx.last("INVITE"), "200 OK", lines(CONTACT, sdp("192.0.2.10", 40_000, 2, "a=recvonly")));
        scene.until(() -> !pbx.received("ACK").isEmpty());
        pbx.forget();
    }

    private void transfer(CompletionStage<TransferOutcome> outcome) {
        outcome.thenAccept(outcomes::add);
        scene.until(() -> !pbx.received("REFER").isEmpty());
    }

    private ScriptedMessage refer() {
        return pbx.last("REFER");
    }

    private void accepted() {
        pbx.respond(refer(), "202 Accepted", CONTACT);
    }

    /** What Bob tells of the new call. */
    private ScriptedMessage notify(int cseq, String state, String statusLine) {
        return pbx.request(
                "NOTIFY",
                answer,
                cseq,
                "bob",
                CONTACT,
                "Event: refer",
                "Subscription-State: " + state,
                "Content-Type: message/sipfrag;version=2.0",
                "",
                statusLine);
    }

    @Test
    void a_transfer_sends_REFER_and_reports_its_progress() {
        transfer(call.transfer("carol"));

        assertThat(refer().header("Refer-To")).isEqualTo("<sip:carol@" + ScriptedPhoneSystem.HOST + ">");
        assertThat(refer().header("Referred-By")).isEqualTo("<sip:alice@" + ScriptedPhoneSystem.HOST + ">");
        assertThat(call.snapshot().transferring()).isTrue();
        accepted();
        notify(2, "active;expires=60", "SIP/2.0 100 Trying");
        notify(3, "active;expires=60", "SIP/2.0 180 Ringing");
        scene.until(() -> scene.told(CallEvent.TransferChanged.class).size() == 3);
        assertThat(scene.told(CallEvent.TransferChanged.class))
                .extracting(CallEvent.TransferChanged::status)
                .containsExactly(0, 100, 180);
        assertThat(outcomes).isEmpty();
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);

        notify(4, "terminated;reason=noresource", "SIP/2.0 200 OK");
        scene.until(() -> !pbx.received("BYE").isEmpty());

        assertThat(outcomes).containsExactly(new TransferOutcome.Transferred());
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Transferred());
        assertThat(pbx.received("SIP/2.0 200")).hasSize(3);
    }

    /** As Linphone 5.3 has it. */
    @Test
    void a_subscription_state_with_a_malformed_reason_is_one_all_the_same() {
        transfer(call.transfer("carol"));
        accepted();
        notify(2, "terminated;reason=reason=noresource", "SIP/2.0 200 Ok");
        scene.until(() -> !outcomes.isEmpty());

        assertThat(outcomes).containsExactly(new TransferOutcome.Transferred());
    }

    @Test
    void a_transfer_that_fails_leaves_the_call_as_it_was() {
        transfer(call.transfer("carol"));
        accepted();
        notify(2, "active;expires=60", "SIP/2.0 100 Trying");
        notify(3, "terminated;reason=noresource", "SIP/2.0 486 Busy Here");
        scene.until(() -> !outcomes.isEmpty());

        assertThat(outcomes).containsExactly(new TransferOutcome.Failed(new Failure.Busy()));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(call.snapshot().transferring()).isFalse();

        // A word of the transfer that is over is not one of the next.
        String first = refer().header("CSeq").split(" ")[0];
        pbx.forget();
        transfer(call.transfer("dora"));
        accepted();
        pbx.request(
                "NOTIFY",
                answer,
                4,
                "bob",
                CONTACT,
                "Event: refer;id=" + first,
                "Subscription-State: terminated",
                "Content-Type: message/sipfrag",
                "",
                "SIP/2.0 200 OK");
        scene.until(() -> !pbx.received("SIP/2.0 481").isEmpty());
        assertThat(outcomes).hasSize(1);
        assertThat(call.snapshot().transferring()).isTrue();
    }

    @Test
    void a_refused_REFER_leaves_the_call_as_it_was() {
        transfer(call.transfer("carol"));
        pbx.respond(refer(), "603 Decline");
        scene.until(() -> !outcomes.isEmpty());

        assertThat(outcomes).containsExactly(new TransferOutcome.Failed(new Failure.Declined()));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(call.snapshot().transferring()).isFalse();
    }

    @Test
    void a_transfer_accepted_without_notifications_ends_the_call_at_once() {
        transfer(call.transfer("carol"));
        pbx.respond(refer(), "200 OK", "Refer-Sub: false");
        scene.until(() -> !pbx.received("BYE").isEmpty());

        assertThat(outcomes).containsExactly(new TransferOutcome.TakenOver());
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Transferred());
    }

    @Test
    void a_goodbye_before_the_end_of_the_story_is_that_of_a_transfer() {
        transfer(call.transfer("carol"));
        accepted();
        notify(2, "active;expires=60", "SIP/2.0 100 Trying");
        pbx.request("BYE", answer, 3, "bob");
        scene.until(() -> !outcomes.isEmpty());

        assertThat(outcomes).containsExactly(new TransferOutcome.TakenOver());
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Transferred());
    }

    @Test
    void a_goodbye_before_an_answer_is_none_of_a_transfer() {
        transfer(call.transfer("carol"));
        pbx.request("BYE", answer, 2, "bob");
        scene.until(() -> !outcomes.isEmpty());

        assertThat(outcomes).containsExactly(new TransferOutcome.Refused(CommandRefusal.ENDED));
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.RemoteHangUp());
    }

    @Test
    void a_story_without_an_end_is_not_waited_for_longer_than_a_phone_rings() {
        hold();
        transfer(call.transfer("carol"));
        accepted();
        for (int i = 0; i < 30 && outcomes.isEmpty(); i++) {
            notify(2 + i, "active;expires=60", "SIP/2.0 100 Trying");
            scene.pass(Duration.ofSeconds(10));
        }

        assertThat(outcomes).containsExactly(new TransferOutcome.Failed(new Failure.TimedOut(Failure.Waited.ANSWER)));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(scene.told(CallEvent.TransferChanged.class).size()).isBetween(19, 23);
    }

    @Test
    void the_user_hangs_up_meanwhile() {
        transfer(call.transfer("carol"));
        accepted();
        notify(2, "active;expires=60", "SIP/2.0 100 Trying");
        scene.until(() -> pbx.received("SIP/2.0 200").size() == 1);
        call.hangUp();
        scene.until(() -> !outcomes.isEmpty());

        assertThat(outcomes).containsExactly(new TransferOutcome.Refused(CommandRefusal.ENDED));
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.LocalHangUp());
    }

    @Test
    void one_transfer_at_a_time() {
        transfer(call.transfer("carol"));
        call.transfer("dora").thenAccept(outcomes::add);
        scene.until(() -> !outcomes.isEmpty());

        assertThat(outcomes).containsExactly(new TransferOutcome.Refused(CommandRefusal.TRANSFERRING_ALREADY));
        assertThat(scene.told(CallEvent.CommandRefused.class)).hasSize(1);
        assertThat(pbx.received("REFER")).hasSize(1);
    }

    @Test
    void a_transfer_to_an_invalid_address_is_rejected() {
        assertThatThrownBy(() -> call.transfer("a b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> call.transferTo(call)).isInstanceOf(IllegalArgumentException.class);
    }

    private Call callCarol() {
        pbx.on("INVITE", invite -> pbx.respondWithTag(invite, "180 Ringing", "carol", CONTACT));
        Call other = scene.alice.dial("carol");
        scene.until(() -> other.snapshot().state() == CallState.RINGING_OUT);
        return other;
    }

    private ScriptedMessage carolAnswers() {
        ScriptedMessage invite = pbx.last("INVITE");
        pbx.respondWithTag(invite, "200 OK", "carol", lines(CONTACT, sdp("192.0.2.10", 40_010, 1)));
        return invite;
    }

    @Test
    void the_far_ends_of_two_calls_are_connected() {
        hold();
        Call other = callCarol();
        ScriptedMessage invite = carolAnswers();
        scene.until(() -> other.snapshot().state() == CallState.ESTABLISHED);
        pbx.on("INVITE", held -> {});
        transfer(call.transferTo(other));

        String from = invite.header("From");
        assertThat(refer().header("Call-ID")).isEqualTo("one");
        assertThat(refer().header("Refer-To"))
                .isEqualTo("<sip:carol@" + ScriptedPhoneSystem.HOST + "?Replaces="
                        + invite.header("Call-ID").replace("@", "%40") + "%3Bto-tag%3Dcarol%3Bfrom-tag%3D"
                        + from.substring(from.indexOf("tag=") + 4) + ">");
        accepted();
        notify(2, "terminated;reason=noresource", "SIP/2.0 200 OK");
        scene.until(() -> pbx.received("BYE").size() == 2);

        assertThat(outcomes).containsExactly(new TransferOutcome.Transferred());
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Transferred());
        assertThat(other.snapshot().ending()).isEqualTo(new CallEnding.Transferred());
    }

    @Test
    void a_BYE_by_the_target_before_the_outcome_ends_its_call_as_transferred() {
        Call other = callCarol();
        ScriptedMessage invite = carolAnswers();
        scene.until(() -> other.snapshot().state() == CallState.ESTABLISHED);
        pbx.on("INVITE", held -> pbx.respond(held, "488 Not Acceptable Here"));
        transfer(call.transferTo(other));
        accepted();
        scene.until(() -> true);
        pbx.request("BYE", invite, 1, "carol");
        scene.until(() -> other.snapshot().ending() != null);

        assertThat(other.snapshot().ending()).isEqualTo(new CallEnding.Transferred());
        assertThat(outcomes).isEmpty();
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void a_BYE_by_the_transferee_completes_the_transfer_and_the_other_call_may_end() {
        Call other = callCarol();
        ScriptedMessage invite = carolAnswers();
        scene.until(() -> other.snapshot().state() == CallState.ESTABLISHED);
        pbx.on("INVITE", held -> pbx.respond(held, "488 Not Acceptable Here"));
        transfer(call.transferTo(other));
        accepted();
        pbx.request("BYE", answer, 2, "bob");
        scene.until(() -> !outcomes.isEmpty());
        assertThat(outcomes).containsExactly(new TransferOutcome.TakenOver());
        pbx.request("BYE", invite, 1, "carol");
        scene.until(() -> other.snapshot().ending() != null);

        assertThat(other.snapshot().ending()).isEqualTo(new CallEnding.Transferred());
    }

    @Test
    void a_goodbye_after_a_transfer_that_failed_is_none_of_it() {
        Call other = callCarol();
        ScriptedMessage invite = carolAnswers();
        scene.until(() -> other.snapshot().state() == CallState.ESTABLISHED);
        pbx.on("INVITE", held -> pbx.respond(held, "488 Not Acceptable Here"));
        transfer(call.transferTo(other));
        pbx.respond(refer(), "603 Decline");
        scene.until(() -> !outcomes.isEmpty());
        pbx.request("BYE", invite, 1, "carol");
        scene.until(() -> other.snapshot().ending() != null);

        assertThat(other.snapshot().ending()).isEqualTo(new CallEnding.RemoteHangUp());
    }

    @Test
    void a_call_that_only_rings_is_given_up_and_its_target_called_by_the_other_side() {
        Call other = callCarol();
        transfer(call.transferTo(other));

        assertThat(pbx.received("CANCEL")).hasSize(1);
        assertThat(refer().header("Refer-To")).isEqualTo("<sip:carol@" + ScriptedPhoneSystem.HOST + ">");
        assertThat(other.snapshot().ending()).isEqualTo(new CallEnding.Cancelled());
        accepted();
        notify(2, "terminated;reason=noresource", "SIP/2.0 200 OK");
        scene.until(() -> !outcomes.isEmpty());
        assertThat(outcomes).containsExactly(new TransferOutcome.Transferred());
    }
}
