// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import static com.techpro.callclient.engine.internal.call.machine.CallSteps.ANSWERED;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.AWAITING_ACK;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.BUSY;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.BYE;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.CLEAR;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.CONFIRMED;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.DIALLING;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.HOLDING;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.INCOMING;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.OPENING_MEDIA;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.OUR_OFFER;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.THEIR_ANSWER;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.THEIR_OFFER;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.THEM;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.TIMED_OUT;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.US;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.accepted;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.answerOf;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.held;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.incoming;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.offered;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.progress;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.row;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.step;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.updated;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Linger;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Sound;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Terminated;
import com.techpro.callclient.engine.internal.call.machine.CallSteps.Row;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A call from its beginning to the moment both sides are there, and its end. */
class CallMachineTest {
    private static final Failure LOST = new Failure.Unreachable();

    static Stream<Row> rows() {
        return Stream.of(
                row("media open: invite", OPENING_MEDIA, new CallInput.Ready(US), "Dialling", "Invite"),
                row("given up before anything was sent", OPENING_MEDIA, new CallInput.HangUp(), "cancelled", ""),
                row("no media", OPENING_MEDIA, new CallInput.CallFailed(new Failure.Unreachable()), "unreachable", ""),
                row("ringing", DIALLING, progress(true, null), "Dialling", ""),
                row("answered", DIALLING, accepted(THEIR_ANSWER), "Confirmed Settled", "Acknowledge"),
                row("answered without answer", DIALLING, accepted(null), "protocol-violation", "Discard"),
                row("answered in clear", DIALLING, accepted(CLEAR), "encryption-refused", "Discard"),
                row(
                        "early media makes up for an answer without answer",
                        step(DIALLING, progress(false, THEIR_ANSWER)).phase(),
                        accepted(null),
                        "Confirmed Settled",
                        "Acknowledge"),
                row("busy", DIALLING, new CallInput.Refused(new SipStatus(486, ""), BUSY), "busy", ""),
                row("no response", DIALLING, TIMED_OUT, "timeout-response", ""),
                row("given up", DIALLING, new CallInput.HangUp(), "cancelled FINAL_RESPONSE", "Cancel"),
                row("rang too long", DIALLING, new CallInput.RingTimeout(), "no-answer FINAL_RESPONSE", "Cancel"),
                row("their UPDATE before an answer", DIALLING, updated(THEIR_OFFER), "Dialling", "RespondToUpdate 491"),
                row(
                        "given up, and confirmed",
                        new Terminated(BUSY, Linger.FINAL_RESPONSE),
                        new CallInput.Refused(new SipStatus(487, ""), BUSY),
                        "busy",
                        ""),
                row(
                        "given up, but answered",
                        new Terminated(BUSY, Linger.FINAL_RESPONSE),
                        accepted(THEIR_ANSWER),
                        "busy",
                        "Discard"),
                row("answer", INCOMING, new CallInput.Answer(US), "Answered", "Respond 200+sdp"),
                row("answer, and we offer", incoming(null), new CallInput.Answer(US), "Answered", "Respond 200+sdp"),
                row(
                        "answer what cannot be",
                        incoming(CLEAR),
                        new CallInput.Answer(US),
                        "encryption-refused",
                        "Respond 488"),
                row(
                        "reject as busy",
                        INCOMING,
                        new CallInput.Reject(RejectReason.BUSY),
                        "rejected-here",
                        "Respond 486"),
                row("decline", INCOMING, new CallInput.Reject(RejectReason.DECLINED), "rejected-here", "Respond 603"),
                row("send on", INCOMING, new CallInput.Forward(CallSteps.FORWARDING), "forwarded", "Respond 302"),
                row("hang up while it rings", INCOMING, new CallInput.HangUp(), "rejected-here", "Respond 486"),
                row("rang too long here", INCOMING, new CallInput.RingTimeout(), "no-answer", "Respond 480"),
                row(
                        "caller gave up",
                        INCOMING,
                        new CallInput.CancelReceived(false),
                        "cancelled-by-caller",
                        "Respond 487"),
                row(
                        "another phone answered",
                        INCOMING,
                        new CallInput.CancelReceived(true),
                        "answered-elsewhere",
                        "Respond 487"),
                row("caller says goodbye early", INCOMING, BYE, "cancelled-by-caller", "Respond 487"),
                row("no way back to the caller", INCOMING, new CallInput.FlowLost(), "unreachable", "Respond 500"),
                row("re-INVITE while it rings", INCOMING, offered(THEIR_OFFER), "Incoming", "Respond 500 later"),
                row("UPDATE while it rings", INCOMING, updated(null), "Incoming", "RespondToUpdate 200"),
                row(
                        "their UPDATE offers before ours has an answer",
                        INCOMING,
                        updated(THEIR_OFFER),
                        "Incoming",
                        "RespondToUpdate 500 later"),
                row("UPDATE before the ACK", ANSWERED, updated(null), "Answered", "RespondToUpdate 200"),
                row(
                        "their UPDATE offers before the ACK",
                        ANSWERED,
                        updated(held(true)),
                        "Answered",
                        "RespondToUpdate 200+sdp"),
                row(
                        "their UPDATE offers what cannot be, before the ACK",
                        ANSWERED,
                        updated(CLEAR),
                        "Answered",
                        "RespondToUpdate 488"),
                row(
                        "their UPDATE offers while our offer has no answer",
                        step(incoming(null), new CallInput.Answer(US)).phase(),
                        updated(THEIR_OFFER),
                        "Answered",
                        "RespondToUpdate 491"),
                row("acknowledged", ANSWERED, new CallInput.AckReceived(null), "Confirmed Settled", ""),
                row(
                        "acknowledged with the answer to our offer",
                        step(incoming(null), new CallInput.Answer(US)).phase(),
                        new CallInput.AckReceived(THEIR_ANSWER),
                        "Confirmed Settled",
                        ""),
                row(
                        "acknowledged without the answer to our offer",
                        step(incoming(null), new CallInput.Answer(US)).phase(),
                        new CallInput.AckReceived(null),
                        "protocol-violation",
                        "Bye"),
                row(
                        "acknowledged in clear",
                        step(incoming(null), new CallInput.Answer(US)).phase(),
                        new CallInput.AckReceived(CLEAR),
                        "encryption-refused",
                        "Bye"),
                row("never acknowledged", ANSWERED, new CallInput.AckTimeout(), "timeout-response", "Bye"),
                row("hang up before the ACK", ANSWERED, new CallInput.HangUp(), "local-hang-up ACK", ""),
                row("then the ACK", new Terminated(BUSY, Linger.ACK), new CallInput.AckReceived(null), "busy", "Bye"),
                row("or never", new Terminated(BUSY, Linger.ACK), new CallInput.AckTimeout(), "busy", "Bye"),
                row("or their BYE", new Terminated(BUSY, Linger.ACK), BYE, "busy", ""),
                row(
                        "held before the ACK: told after it",
                        step(ANSWERED, new CallInput.Hold()).phase(),
                        new CallInput.AckReceived(null),
                        "Confirmed Offering",
                        "Invite"),
                row("no microphone before the ACK", ANSWERED, new CallInput.CallFailed(LOST), "unreachable ACK", ""),
                row("they hang up before the ACK", ANSWERED, BYE, "remote-hang-up", ""),
                row(
                        "they hang up before the ACK, as another phone was faster",
                        ANSWERED,
                        new CallInput.ByeReceived(true),
                        "answered-elsewhere",
                        ""),
                row("no media while it rings", INCOMING, new CallInput.CallFailed(LOST), "unreachable", "Respond 500"),
                row(
                        "held before it was dialled: told once it is answered",
                        step(step(OPENING_MEDIA, new CallInput.Hold()).phase(), new CallInput.Ready(US))
                                .phase(),
                        accepted(answerOf(THEM, OUR_OFFER, null)),
                        "Confirmed Offering",
                        "Acknowledge Invite"),
                row(
                        "not held any more before it was dialled",
                        step(
                                        step(
                                                        step(OPENING_MEDIA, new CallInput.Hold())
                                                                .phase(),
                                                        new CallInput.Resume())
                                                .phase(),
                                        new CallInput.Ready(US))
                                .phase(),
                        accepted(answerOf(THEM, OUR_OFFER, null)),
                        "Confirmed Settled",
                        "Acknowledge"),
                row("re-INVITE before the ACK", ANSWERED, offered(THEIR_OFFER), "Answered", "Respond 491"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void steps(Row row) {
        CallSteps.check(row);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 5", "0.9999, 10"})
    void RFC3261_14_2_an_overlapping_offer_gets_a_Retry_After_of_up_to_ten_seconds(double chance, int seconds) {
        CallEffect effect = CallMachine.next(INCOMING, offered(THEIR_OFFER), CallDirection.INCOMING, chance)
                .effects()
                .get(0);

        assertThat(((CallEffect.Respond) effect).retryAfter()).isEqualTo(seconds);
    }

    @Test
    void the_user_sees_how_far_it_is() {
        assertThat(OPENING_MEDIA.state()).isEqualTo(CallState.DIALLING);
        assertThat(DIALLING.state()).isEqualTo(CallState.DIALLING);
        assertThat(step(DIALLING, progress(true, null)).phase().state()).isEqualTo(CallState.RINGING_OUT);
        assertThat(step(DIALLING, progress(false, THEIR_ANSWER)).phase().state())
                .isEqualTo(CallState.RINGING_OUT);
        assertThat(INCOMING.state()).isEqualTo(CallState.INCOMING);
        assertThat(ANSWERED.state()).isEqualTo(CallState.CONNECTING);
        assertThat(CONFIRMED.state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(new Terminated(BUSY, Linger.ACK).state()).isEqualTo(CallState.ENDED);
    }

    @Test
    void the_users_hold_is_seen_from_the_first_moment_on() {
        CallPhase opening = step(OPENING_MEDIA, new CallInput.Hold()).phase();
        assertThat(opening.hold()).isEqualTo(HoldState.LOCAL);
        assertThat(step(opening, new CallInput.Ready(US)).phase().hold()).isEqualTo(HoldState.LOCAL);
        assertThat(step(ANSWERED, new CallInput.Hold()).phase().hold()).isEqualTo(HoldState.LOCAL);
        assertThat(DIALLING.hold()).isEqualTo(HoldState.NONE);
        assertThat(INCOMING.hold()).isEqualTo(HoldState.NONE);
        assertThat(step(incoming(held(true)), new CallInput.Answer(US)).phase().hold())
                .isEqualTo(HoldState.REMOTE);
    }

    @Test
    void C11_which_sound_is_due_follows_from_the_phase() {
        CallPhase early = step(DIALLING, progress(false, THEIR_ANSWER)).phase();

        assertThat(OPENING_MEDIA.sound()).isEqualTo(Sound.NONE);
        assertThat(DIALLING.sound()).isEqualTo(Sound.NONE);
        assertThat(early.sound()).as("early media is heard, nothing is said").isEqualTo(new Sound(false, true));
        assertThat(INCOMING.sound()).isEqualTo(Sound.NONE);
        assertThat(ANSWERED.sound()).isEqualTo(new Sound(true, true));
        assertThat(CONFIRMED.sound()).isEqualTo(new Sound(true, true));
        assertThat(HOLDING.sound()).as("at once, before the other side agrees").isEqualTo(Sound.NONE);
        assertThat(AWAITING_ACK.sound())
                .as("held by them: their music is heard")
                .isEqualTo(new Sound(false, true));
        assertThat(new Terminated(BUSY, Linger.ACK).sound()).isEqualTo(Sound.NONE);
    }
}
