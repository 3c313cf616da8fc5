// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.CallDirection;
import com.techpro.callclient.engine.CallEnding;
import com.techpro.callclient.engine.Failure;
import com.techpro.callclient.engine.HoldState;
import com.techpro.callclient.engine.RejectReason;
import com.techpro.callclient.engine.internal.call.CallMachine.Step;
import com.techpro.callclient.engine.internal.call.Phase.Exchange;
import com.techpro.callclient.engine.internal.call.Phase.Linger;
import com.techpro.callclient.engine.internal.call.Phase.Over;
import com.techpro.callclient.engine.internal.call.Phase.Sound;
import com.techpro.callclient.engine.internal.call.Phase.Talking;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.Negotiation;
import com.techpro.callclient.engine.internal.call.sdp.OfferAnswer;
import com.techpro.callclient.engine.internal.call.sdp.SdpException;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.media.Direction;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallMachineTest {
    private static final LocalMedia US =
            LocalMedia.create(new InetSocketAddress("192.0.2.1", 4000), SecurityFloor.DEFAULT, new Random(1));
    private static final LocalMedia THEM =
            LocalMedia.create(new InetSocketAddress("192.0.2.2", 5000), SecurityFloor.DEFAULT, new Random(2));
    private static final SessionDescription OUR_OFFER = OfferAnswer.offer(US, Direction.SENDRECV, null);
    private static final SessionDescription THEIR_OFFER = OfferAnswer.offer(THEM, Direction.SENDRECV, null);
    private static final SessionDescription THEIR_ANSWER = answerOf(THEM, OUR_OFFER, null);
    private static final SessionDescription CLEAR = description("m=audio 5000 RTP/AVP 0");

    private static final Phase PREPARING = new Phase.Preparing(false);
    private static final Phase DIALLING = new Phase.Dialling(US, OUR_OFFER, null, false, false);
    private static final Phase INCOMING = new Phase.Incoming(THEIR_OFFER);
    private static final Phase ANSWERED = step(INCOMING, new Input.Answer(US)).phase();
    private static final Phase TALKING =
            step(DIALLING, new Input.Accepted(THEIR_ANSWER)).phase();
    private static final Phase HOLDING = step(TALKING, new Input.Hold()).phase();
    private static final Phase AWAITING_ACK =
            step(TALKING, new Input.Offered(held(true))).phase();

    private static final Input DUE = new Input.RefreshDue(true);
    private static final Phase REFRESHING = step(TALKING, DUE).phase();

    private static final CallEnding BUSY = new CallEnding.Busy();
    private static final Input BYE = new Input.Goodbye(false);
    private static final Input TIMED_OUT = new Input.Unanswered(new Failure.TimedOut(Failure.Waited.RESPONSE));

    /** A row: the next phase and the effects are given in short, see {@link #shown}. */
    record Row(String name, Phase phase, Input input, String next, String effects) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                row("media open: invite", PREPARING, new Input.Ready(US), "Dialling", "Invite"),
                row("given up before anything was sent", PREPARING, new Input.HangUp(), "cancelled", ""),
                row("no media", PREPARING, new Input.Broken(new Failure.Unreachable()), "unreachable", ""),
                row("ringing", DIALLING, new Input.Progress(true, null), "Dialling", ""),
                row("answered", DIALLING, new Input.Accepted(THEIR_ANSWER), "Talking Settled", "Acknowledge"),
                row("answered without answer", DIALLING, new Input.Accepted(null), "protocol-violation", "Discard"),
                row("answered in clear", DIALLING, new Input.Accepted(CLEAR), "encryption-refused", "Discard"),
                row(
                        "early media makes up for an answer without answer",
                        step(DIALLING, new Input.Progress(false, THEIR_ANSWER)).phase(),
                        new Input.Accepted(null),
                        "Talking Settled",
                        "Acknowledge"),
                row("busy", DIALLING, new Input.Refused(486, BUSY), "busy", ""),
                row("no response", DIALLING, TIMED_OUT, "timeout-response", ""),
                row("given up", DIALLING, new Input.HangUp(), "cancelled FINAL_RESPONSE", "Cancel"),
                row("rang too long", DIALLING, new Input.RingTimeout(), "no-answer FINAL_RESPONSE", "Cancel"),
                row(
                        "their UPDATE before an answer",
                        DIALLING,
                        new Input.Updated(THEIR_OFFER),
                        "Dialling",
                        "RespondToUpdate 491"),
                row(
                        "given up, and confirmed",
                        new Over(BUSY, Linger.FINAL_RESPONSE),
                        new Input.Refused(487, BUSY),
                        "busy",
                        ""),
                row(
                        "given up, but answered",
                        new Over(BUSY, Linger.FINAL_RESPONSE),
                        new Input.Accepted(THEIR_ANSWER),
                        "busy",
                        "Discard"),
                row("answer", INCOMING, new Input.Answer(US), "Answered", "Respond 200+sdp"),
                row(
                        "answer, and we offer",
                        new Phase.Incoming(null),
                        new Input.Answer(US),
                        "Answered",
                        "Respond 200+sdp"),
                row(
                        "answer what cannot be",
                        new Phase.Incoming(CLEAR),
                        new Input.Answer(US),
                        "encryption-refused",
                        "Respond 488"),
                row("reject as busy", INCOMING, new Input.Reject(RejectReason.BUSY), "rejected-here", "Respond 486"),
                row("decline", INCOMING, new Input.Reject(RejectReason.DECLINED), "rejected-here", "Respond 603"),
                row("hang up while it rings", INCOMING, new Input.HangUp(), "rejected-here", "Respond 603"),
                row("rang too long here", INCOMING, new Input.RingTimeout(), "no-answer", "Respond 480"),
                row("caller gave up", INCOMING, new Input.GivenUp(false), "cancelled-by-caller", "Respond 487"),
                row("another phone answered", INCOMING, new Input.GivenUp(true), "answered-elsewhere", "Respond 487"),
                row("caller says goodbye early", INCOMING, BYE, "cancelled-by-caller", "Respond 487"),
                row("connection of the caller gone", INCOMING, new Input.Lost(), "unreachable", ""),
                row("acknowledged", ANSWERED, new Input.Acknowledged(null), "Talking Settled", ""),
                row(
                        "acknowledged with the answer to our offer",
                        step(new Phase.Incoming(null), new Input.Answer(US)).phase(),
                        new Input.Acknowledged(THEIR_ANSWER),
                        "Talking Settled",
                        ""),
                row(
                        "acknowledged without the answer to our offer",
                        step(new Phase.Incoming(null), new Input.Answer(US)).phase(),
                        new Input.Acknowledged(null),
                        "protocol-violation",
                        "Bye"),
                row(
                        "acknowledged in clear",
                        step(new Phase.Incoming(null), new Input.Answer(US)).phase(),
                        new Input.Acknowledged(CLEAR),
                        "encryption-refused",
                        "Bye"),
                row("never acknowledged", ANSWERED, new Input.AckMissing(), "timeout-response", "Bye"),
                row("hang up before the ACK", ANSWERED, new Input.HangUp(), "local-hang-up ACK", ""),
                row("then the ACK", new Over(BUSY, Linger.ACK), new Input.Acknowledged(null), "busy", "Bye"),
                row("or never", new Over(BUSY, Linger.ACK), new Input.AckMissing(), "busy", "Bye"),
                row("or their BYE", new Over(BUSY, Linger.ACK), BYE, "busy", ""),
                row(
                        "held before the ACK: told after it",
                        step(ANSWERED, new Input.Hold()).phase(),
                        new Input.Acknowledged(null),
                        "Talking Offering",
                        "Invite"),
                row("re-INVITE before the ACK", ANSWERED, new Input.Offered(THEIR_OFFER), "Answered", "Respond 491"),
                row("hang up", TALKING, new Input.HangUp(), "local-hang-up", "Bye"),
                row("they hang up", TALKING, BYE, "remote-hang-up", ""),
                row("media gone", TALKING, new Input.MediaMissing(), "media-timeout", "Bye"),
                row("hold", TALKING, new Input.Hold(), "Talking Offering", "Invite"),
                row("hold twice is once", HOLDING, new Input.Hold(), "Talking Offering", ""),
                row("resume while the hold is on its way: later", HOLDING, new Input.Resume(), "Talking Offering", ""),
                row(
                        "later is now",
                        step(HOLDING, new Input.Resume()).phase(),
                        new Input.Accepted(heldAnswer()),
                        "Talking Offering",
                        "Acknowledge Invite"),
                row("hold accepted", HOLDING, new Input.Accepted(heldAnswer()), "Talking Settled", "Acknowledge"),
                row(
                        "hold accepted without answer",
                        HOLDING,
                        new Input.Accepted(null),
                        "protocol-violation",
                        "Acknowledge Bye"),
                row(
                        "hold accepted in clear",
                        HOLDING,
                        new Input.Accepted(CLEAR),
                        "encryption-refused",
                        "Acknowledge Bye"),
                row("glare", HOLDING, new Input.Refused(491, BUSY), "Talking Pausing", "Pause"),
                row(
                        "after the pause, again",
                        step(HOLDING, new Input.Refused(491, BUSY)).phase(),
                        new Input.PauseOver(),
                        "Talking Offering",
                        "Invite"),
                row("they lost the call", HOLDING, new Input.Refused(481, BUSY), "busy", "Bye"),
                row("hold refused: kept here", HOLDING, new Input.Refused(488, BUSY), "Talking Settled", ""),
                row("no response to a hold", HOLDING, TIMED_OUT, "timeout-response", "Bye"),
                row(
                        "no connection for a hold: later",
                        HOLDING,
                        new Input.Unanswered(new Failure.Unreachable()),
                        "Talking Pausing",
                        "Pause"),
                row("hang up while a hold is on its way", HOLDING, new Input.HangUp(), "local-hang-up", "Bye"),
                row(
                        "whose answer is acknowledged all the same",
                        new Over(BUSY, Linger.NOTHING),
                        new Input.Accepted(heldAnswer()),
                        "busy",
                        "Acknowledge"),
                row(
                        "they offer while we do",
                        HOLDING,
                        new Input.Offered(THEIR_OFFER),
                        "Talking Offering",
                        "Respond 491"),
                row("they offer", TALKING, new Input.Offered(held(true)), "Talking AwaitingAck", "Respond 200+sdp"),
                row(
                        "they offer nothing we can do",
                        TALKING,
                        new Input.Offered(CLEAR),
                        "Talking Settled",
                        "Respond 488"),
                row(
                        "they want our offer",
                        TALKING,
                        new Input.Offered(null),
                        "Talking AwaitingAnswer",
                        "Respond 200+sdp"),
                row(
                        "their answer comes",
                        step(TALKING, new Input.Offered(null)).phase(),
                        new Input.Acknowledged(THEIR_ANSWER),
                        "Talking Settled",
                        ""),
                row(
                        "their answer does not come",
                        step(TALKING, new Input.Offered(null)).phase(),
                        new Input.Acknowledged(null),
                        "protocol-violation",
                        "Bye"),
                row("hold while their ACK is due: later", AWAITING_ACK, new Input.Hold(), "Talking AwaitingAck", ""),
                row(
                        "their ACK was due",
                        step(AWAITING_ACK, new Input.Hold()).phase(),
                        new Input.Acknowledged(null),
                        "Talking Offering",
                        "Invite"),
                row(
                        "their UPDATE refreshes",
                        TALKING,
                        new Input.Updated(null),
                        "Talking Settled",
                        "RespondToUpdate 200"),
                row(
                        "their UPDATE offers",
                        TALKING,
                        new Input.Updated(held(true)),
                        "Talking Settled",
                        "RespondToUpdate 200+sdp"),
                row(
                        "their UPDATE while we offer",
                        HOLDING,
                        new Input.Updated(held(true)),
                        "Talking Offering",
                        "RespondToUpdate 491"),
                row("refresh by UPDATE", TALKING, DUE, "Talking Refreshing", "Refresh"),
                row("refreshed", REFRESHING, new Input.Refreshed(), "Talking Settled", ""),
                row("not now: the clock asks again", REFRESHING, refreshRefused(500), "Talking Settled", ""),
                row("refresh of a call they lost", REFRESHING, refreshRefused(481), "busy", "Bye"),
                row(
                        "no response to a refresh",
                        REFRESHING,
                        new Input.RefreshUnanswered(new Failure.TimedOut(Failure.Waited.RESPONSE)),
                        "timeout-response",
                        "Bye"),
                row(
                        "no connection for a refresh: the clock asks again",
                        REFRESHING,
                        new Input.RefreshUnanswered(new Failure.Unreachable()),
                        "Talking Settled",
                        ""),
                row(
                        "hold while a refresh is on its way: later",
                        REFRESHING,
                        new Input.Hold(),
                        "Talking Refreshing",
                        ""),
                row(
                        "later is now, after the refresh",
                        step(REFRESHING, new Input.Hold()).phase(),
                        new Input.Refreshed(),
                        "Talking Offering",
                        "Invite"),
                row(
                        "their offer does not wait for our refresh",
                        REFRESHING,
                        new Input.Offered(held(true)),
                        "Talking AwaitingAck",
                        "Respond 200+sdp"),
                row(
                        "and is not disturbed by its answer",
                        step(REFRESHING, new Input.Offered(held(true))).phase(),
                        new Input.Refreshed(),
                        "Talking AwaitingAck",
                        ""),
                row("a hold on its way refreshes as well", HOLDING, DUE, "Talking Offering", ""),
                row("refresh by re-INVITE", TALKING, new Input.RefreshDue(false), "Talking Offering", "Invite"),
                row("nobody refreshed", TALKING, new Input.SessionExpired(), "timeout-session", "Bye"),
                row("which is nothing to a call that is over", new Over(BUSY, Linger.ACK), DUE, "busy ACK", ""),
                row(
                        "a re-INVITE after the end",
                        new Over(BUSY, Linger.ACK),
                        new Input.Offered(null),
                        "busy ACK",
                        "Respond 481"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void steps(Row row) {
        Step step = step(row.phase, row.input);

        assertThat(shown(step.phase())).isEqualTo(row.next);
        assertThat(step.effects().stream().map(CallMachineTest::shown).collect(Collectors.joining(" ")))
                .isEqualTo(row.effects);
    }

    @Test
    void C11_which_sound_is_due_follows_from_the_phase() {
        Phase early = step(DIALLING, new Input.Progress(false, THEIR_ANSWER)).phase();

        assertThat(PREPARING.sound()).isEqualTo(Sound.NONE);
        assertThat(DIALLING.sound()).isEqualTo(Sound.NONE);
        assertThat(early.sound()).as("early media is heard, nothing is said").isEqualTo(new Sound(false, true));
        assertThat(INCOMING.sound()).isEqualTo(Sound.NONE);
        assertThat(ANSWERED.sound()).isEqualTo(new Sound(true, true));
        assertThat(TALKING.sound()).isEqualTo(new Sound(true, true));
        assertThat(HOLDING.sound()).as("at once, before the other side agrees").isEqualTo(Sound.NONE);
        assertThat(AWAITING_ACK.sound())
                .as("held by them: their music is heard")
                .isEqualTo(new Sound(false, true));
        assertThat(new Over(BUSY, Linger.ACK).sound()).isEqualTo(Sound.NONE);
    }

    @Test
    void hold_is_the_sum_of_both_sides_wishes() {
        assertThat(TALKING.hold()).isEqualTo(HoldState.NONE);
        assertThat(HOLDING.hold()).isEqualTo(HoldState.LOCAL);
        assertThat(AWAITING_ACK.hold()).isEqualTo(HoldState.REMOTE);
        assertThat(step(AWAITING_ACK, new Input.Hold()).phase().hold()).isEqualTo(HoldState.BOTH);
    }

    @Test
    void a_refused_resume_stays_on_hold() {
        Phase held = step(HOLDING, new Input.Accepted(heldAnswer())).phase();
        Phase resuming = step(held, new Input.Resume()).phase();

        Phase after = step(resuming, new Input.Refused(488, BUSY)).phase();

        assertThat(after.hold()).isEqualTo(HoldState.LOCAL);
        assertThat(shown(step(after, new Input.Resume()).phase()))
                .as("and can be tried again")
                .isEqualTo("Talking Offering");
    }

    @Test
    void a_refresh_by_re_INVITE_that_is_refused_leaves_the_call_as_it_is() {
        Phase refreshing = step(TALKING, new Input.RefreshDue(false)).phase();

        Phase after = step(refreshing, new Input.Refused(488, BUSY)).phase();

        assertThat(shown(after)).isEqualTo("Talking Settled");
        assertThat(after.hold()).isEqualTo(HoldState.NONE);
        assertThat(after.sound()).isEqualTo(TALKING.sound());
    }

    @Test
    void glare_is_not_fought_for_ever() {
        Phase phase = HOLDING;
        int rounds = 0;
        while (phase instanceof Talking talking && !(talking.exchange() instanceof Exchange.Settled)) {
            phase = step(phase, new Input.Refused(491, BUSY)).phase();
            phase = step(phase, new Input.PauseOver()).phase();
            assertThat(++rounds).isLessThan(20);
        }
        assertThat(phase.hold()).isEqualTo(HoldState.LOCAL);
    }

    @Test
    void RFC3261_14_1_the_owner_of_the_Call_ID_waits_longer() {
        assertThat(pause(CallDirection.OUTGOING, 0)).isEqualTo(Duration.ofMillis(2_100));
        assertThat(pause(CallDirection.OUTGOING, 0.9999)).isEqualTo(Duration.ofMillis(4_000));
        assertThat(pause(CallDirection.INCOMING, 0)).isEqualTo(Duration.ZERO);
        assertThat(pause(CallDirection.INCOMING, 0.9999)).isEqualTo(Duration.ofMillis(2_000));
    }

    private static Duration pause(CallDirection direction, double chance) {
        return ((Effect.Pause) CallMachine.next(HOLDING, new Input.Refused(491, BUSY), direction, chance)
                        .effects()
                        .get(0))
                .length();
    }

    private static Input refreshRefused(int status) {
        return new Input.RefreshRefused(status, BUSY);
    }

    private static Row row(String name, Phase phase, Input input, String next, String effects) {
        return new Row(name, phase, input, next, effects);
    }

    private static Step step(Phase phase, Input input) {
        return CallMachine.next(phase, input, CallDirection.OUTGOING, 0.5);
    }

    private static String shown(Phase phase) {
        if (phase instanceof Over over) {
            return over.ending().code() + (over.linger() == Linger.NOTHING ? "" : " " + over.linger());
        }
        String name = phase.getClass().getSimpleName();
        return phase instanceof Talking talking
                ? name + " " + talking.exchange().getClass().getSimpleName()
                : name;
    }

    private static String shown(Effect effect) {
        String name = effect.getClass().getSimpleName();
        if (effect instanceof Effect.Respond respond) {
            return name + " " + respond.status() + (respond.description() == null ? "" : "+sdp");
        }
        if (effect instanceof Effect.RespondToUpdate respond) {
            return name + " " + respond.status() + (respond.description() == null ? "" : "+sdp");
        }
        return name;
    }

    /** Their later offer, holding or not. */
    private static SessionDescription held(boolean held) {
        return OfferAnswer.offer(THEM, held ? Direction.SENDONLY : Direction.SENDRECV, THEIR_ANSWER);
    }

    /** Their answer to our hold. */
    private static SessionDescription heldAnswer() {
        return answerOf(THEM, OfferAnswer.offer(US, Direction.SENDONLY, OUR_OFFER), THEIR_ANSWER);
    }

    private static SessionDescription answerOf(LocalMedia who, SessionDescription offer, SessionDescription previous) {
        return ((Negotiation.Agreed) OfferAnswer.answer(who, Direction.SENDRECV, offer, previous)).local();
    }

    private static SessionDescription description(String media) {
        String text = "v=0\r\no=- 1 1 IN IP4 192.0.2.2\r\ns=-\r\nc=IN IP4 192.0.2.2\r\nt=0 0\r\n" + media + "\r\n";
        try {
            return SessionDescription.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (SdpException e) {
            throw new AssertionError(e);
        }
    }
}
