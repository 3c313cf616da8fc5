// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import static com.techpro.callclient.engine.internal.call.machine.CallSteps.AWAITING_ACK;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.BUSY;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.BYE;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.CLEAR;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.CONFIRMED;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.DUE;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.HOLDING;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.REFRESHING;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.THEIR_ANSWER;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.THEIR_OFFER;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.TIMED_OUT;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.accepted;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.held;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.heldAnswer;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.offered;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.refreshRefused;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.row;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.shown;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.step;
import static com.techpro.callclient.engine.internal.call.machine.CallSteps.updated;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Confirmed;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Exchange;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Linger;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Terminated;
import com.techpro.callclient.engine.internal.call.machine.CallSteps.Row;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A call in which both sides are there: hold, resume, refresh, and what the other side changes. */
class SessionModificationTest {
    private static final Failure GONE = new Failure.Unreachable();

    static Stream<Row> rows() {
        return Stream.of(
                row("hang up", CONFIRMED, new CallInput.HangUp(), "local-hang-up", "Bye"),
                row("they hang up", CONFIRMED, BYE, "remote-hang-up", ""),
                row("media gone", CONFIRMED, new CallInput.MediaMissing(), "media-timeout", "Bye"),
                row("hold", CONFIRMED, new CallInput.Hold(), "Confirmed Offering", "Invite"),
                row("hold twice is once", HOLDING, new CallInput.Hold(), "Confirmed Offering", ""),
                row(
                        "resume while the hold is on its way: later",
                        HOLDING,
                        new CallInput.Resume(),
                        "Confirmed Offering",
                        ""),
                row(
                        "later is now",
                        step(HOLDING, new CallInput.Resume()).phase(),
                        accepted(heldAnswer()),
                        "Confirmed Offering",
                        "Acknowledge Invite"),
                row("hold accepted", HOLDING, accepted(heldAnswer()), "Confirmed Settled", "Acknowledge"),
                row("hold accepted without answer", HOLDING, accepted(null), "protocol-violation", "Acknowledge Bye"),
                row("hold accepted in clear", HOLDING, accepted(CLEAR), "encryption-refused", "Acknowledge Bye"),
                row(
                        "glare",
                        HOLDING,
                        new CallInput.Refused(new SipStatus(491, ""), BUSY),
                        "Confirmed GlareBackoff",
                        "StartGlareBackoff"),
                row(
                        "after the pause, again",
                        step(HOLDING, new CallInput.Refused(new SipStatus(491, ""), BUSY))
                                .phase(),
                        new CallInput.GlareBackoffElapsed(),
                        "Confirmed Offering",
                        "Invite"),
                row("they lost the call", HOLDING, new CallInput.Refused(new SipStatus(481, ""), BUSY), "busy", "Bye"),
                row(
                        "hold refused: kept here",
                        HOLDING,
                        new CallInput.Refused(new SipStatus(488, ""), BUSY),
                        "Confirmed Settled",
                        ""),
                row("no response to a hold", HOLDING, TIMED_OUT, "timeout-response", "Bye"),
                row(
                        "no connection for a hold: later",
                        HOLDING,
                        new CallInput.InviteTimeout(new Failure.Unreachable()),
                        "Confirmed GlareBackoff",
                        "StartGlareBackoff"),
                row(
                        "a connection for a hold takes too long: later",
                        HOLDING,
                        new CallInput.InviteTimeout(new Failure.TimedOut(Failure.Waited.CONNECTION)),
                        "Confirmed GlareBackoff",
                        "StartGlareBackoff"),
                row("hang up while a hold is on its way", HOLDING, new CallInput.HangUp(), "local-hang-up", "Bye"),
                row(
                        "whose answer is acknowledged all the same",
                        new Terminated(BUSY, Linger.NOTHING),
                        accepted(heldAnswer()),
                        "busy",
                        "Acknowledge"),
                row("they offer while we do", HOLDING, offered(THEIR_OFFER), "Confirmed Offering", "Respond 491"),
                row("they offer", CONFIRMED, offered(held(true)), "Confirmed AwaitingAck", "Respond 200+sdp"),
                row("they offer nothing we can do", CONFIRMED, offered(CLEAR), "Confirmed Settled", "Respond 488"),
                row("they want our offer", CONFIRMED, offered(null), "Confirmed AwaitingAnswer", "Respond 200+sdp"),
                row(
                        "their answer comes",
                        step(CONFIRMED, offered(null)).phase(),
                        new CallInput.AckReceived(THEIR_ANSWER),
                        "Confirmed Settled",
                        ""),
                row(
                        "their answer does not come",
                        step(CONFIRMED, offered(null)).phase(),
                        new CallInput.AckReceived(null),
                        "protocol-violation",
                        "Bye"),
                row(
                        "hold while their ACK is due: later",
                        AWAITING_ACK,
                        new CallInput.Hold(),
                        "Confirmed AwaitingAck",
                        ""),
                row(
                        "their ACK was due",
                        step(AWAITING_ACK, new CallInput.Hold()).phase(),
                        new CallInput.AckReceived(null),
                        "Confirmed Offering",
                        "Invite"),
                row("their ACK never comes", AWAITING_ACK, new CallInput.AckTimeout(), "timeout-response", "Bye"),
                row(
                        "nor that with their answer",
                        step(CONFIRMED, offered(null)).phase(),
                        new CallInput.AckTimeout(),
                        "timeout-response",
                        "Bye"),
                row("no ACK was due", CONFIRMED, new CallInput.AckTimeout(), "Confirmed Settled", ""),
                row("the microphone broke", CONFIRMED, new CallInput.CallFailed(GONE), "unreachable", "Bye"),
                row("their UPDATE refreshes", CONFIRMED, updated(null), "Confirmed Settled", "RespondToUpdate 200"),
                row(
                        "their UPDATE offers",
                        CONFIRMED,
                        updated(held(true)),
                        "Confirmed Settled",
                        "RespondToUpdate 200+sdp"),
                row(
                        "their UPDATE while we offer",
                        HOLDING,
                        updated(held(true)),
                        "Confirmed Offering",
                        "RespondToUpdate 491"),
                row("refresh by UPDATE", CONFIRMED, DUE, "Confirmed Refreshing", "Refresh"),
                row("refreshed", REFRESHING, new CallInput.Refreshed(), "Confirmed Settled", ""),
                row("not now: the clock asks again", REFRESHING, refreshRefused(500), "Confirmed Settled", ""),
                row("refresh of a call they lost", REFRESHING, refreshRefused(481), "busy", "Bye"),
                row(
                        "no response to a refresh",
                        REFRESHING,
                        new CallInput.RefreshUnanswered(new Failure.TimedOut(Failure.Waited.RESPONSE)),
                        "timeout-response",
                        "Bye"),
                row(
                        "no connection for a refresh: the clock asks again",
                        REFRESHING,
                        new CallInput.RefreshUnanswered(new Failure.Unreachable()),
                        "Confirmed Settled",
                        ""),
                row(
                        "hold while a refresh is on its way: later",
                        REFRESHING,
                        new CallInput.Hold(),
                        "Confirmed Refreshing",
                        ""),
                row(
                        "later is now, after the refresh",
                        step(REFRESHING, new CallInput.Hold()).phase(),
                        new CallInput.Refreshed(),
                        "Confirmed Offering",
                        "Invite"),
                row(
                        "their offer does not wait for our refresh",
                        REFRESHING,
                        offered(held(true)),
                        "Confirmed AwaitingAck",
                        "Respond 200+sdp"),
                row(
                        "and is not disturbed by its answer",
                        step(REFRESHING, offered(held(true))).phase(),
                        new CallInput.Refreshed(),
                        "Confirmed AwaitingAck",
                        ""),
                row("a hold on its way refreshes as well", HOLDING, DUE, "Confirmed Offering", ""),
                row("refresh by re-INVITE", CONFIRMED, new CallInput.RefreshDue(false), "Confirmed Offering", "Invite"),
                row("nobody refreshed", CONFIRMED, new CallInput.SessionExpired(), "timeout-session", "Bye"),
                row("which is nothing to a call that is over", new Terminated(BUSY, Linger.ACK), DUE, "busy ACK", ""),
                row(
                        "a re-INVITE after the end",
                        new Terminated(BUSY, Linger.ACK),
                        offered(null),
                        "busy ACK",
                        "Respond 481"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void steps(Row row) {
        CallSteps.check(row);
    }

    @Test
    void hold_is_the_sum_of_both_sides_wishes() {
        assertThat(CONFIRMED.hold()).isEqualTo(HoldState.NONE);
        assertThat(HOLDING.hold()).isEqualTo(HoldState.LOCAL);
        assertThat(AWAITING_ACK.hold()).isEqualTo(HoldState.REMOTE);
        assertThat(step(AWAITING_ACK, new CallInput.Hold()).phase().hold()).isEqualTo(HoldState.BOTH);
    }

    @ParameterizedTest
    @CsvSource({
        "they offer sound,             a=sendonly",
        "they hold as well,            a=inactive",
        "their UPDATE offers sound,    a=sendonly",
        "their UPDATE holds as well,   a=inactive",
        "they want our offer,          a=sendonly",
        "the session is refreshed,     a=sendonly",
        "somebody takes their place,   a=sendonly",
        "their place and they hold,    a=inactive",
        "their place without an offer, a=sendonly",
        "our address has changed,      a=sendonly"
    })
    void RFC3264_8_4_while_the_user_holds_no_description_of_ours_asks_for_sound(String scene, String direction) {
        CallPhase held = step(HOLDING, accepted(heldAnswer())).phase();
        CallInput input = switch (scene) {
            case "they offer sound" -> offered(held(false));
            case "they hold as well" -> offered(held(true));
            case "their UPDATE offers sound" -> updated(held(false));
            case "their UPDATE holds as well" -> updated(held(true));
            case "they want our offer" -> offered(null);
            case "the session is refreshed" -> new CallInput.RefreshDue(false);
            case "somebody takes their place" -> replaced(held(false));
            case "their place and they hold" -> replaced(held(true));
            case "their place without an offer" -> replaced(null);
            default ->
                new CallInput.LocalAddressChanged(new InetSocketAddress("192.0.2.3", 4000), CallPhase.Target.KNOWN);
        };

        CallMachine.Step next = step(held, input);

        assertThat(described(next)).contains(direction).doesNotContain("a=sendrecv");
        assertThat(next.phase().hold()).isIn(HoldState.LOCAL, HoldState.BOTH);
    }

    @Test
    void the_new_far_end_of_a_held_call_gets_the_hold_once() {
        CallPhase held = step(HOLDING, accepted(heldAnswer())).phase();

        CallMachine.Step acknowledged =
                step(step(held, replaced(held(false))).phase(), new CallInput.AckReceived(null));

        assertThat(shown(acknowledged.phase())).isEqualTo("Confirmed Settled");
        assertThat(acknowledged.effects()).isEmpty();
        assertThat(acknowledged.phase().hold()).isEqualTo(HoldState.LOCAL);
    }

    private static CallInput replaced(SessionDescription offer) {
        return new CallInput.Replaced(new RequestId("INVITE", 7, "else"), offer, CallSteps.US, CallSteps.CAROL, null);
    }

    /** Our description in a step that sends one. */
    private static List<String> described(CallMachine.Step step) {
        SessionDescription description = step.effects().stream()
                .map(effect -> effect instanceof CallEffect.Invite invite
                        ? invite.offer()
                        : effect instanceof CallEffect.Respond respond ? respond.description() : null)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        return new String(description.encode(), StandardCharsets.UTF_8).lines().toList();
    }

    /** Nothing is heard here, and the other side does not know. */
    @Test
    void a_refused_hold_is_kept_and_not_shown_as_accepted() {
        CallPhase refused = step(HOLDING, new CallInput.Refused(new SipStatus(488, ""), BUSY))
                .phase();

        assertThat(refused.hold()).isEqualTo(HoldState.LOCAL);
        assertThat(refused.holdAccepted()).isFalse();
        assertThat(refused.sound()).isEqualTo(CallPhase.Sound.NONE);
        assertThat(shown(step(refused, new CallInput.Hold()).phase()))
                .as("the user may want it tried again")
                .isEqualTo("Confirmed Offering");
        CallMachine.Step resumed = step(refused, new CallInput.Resume());
        assertThat(resumed.effects()).as("it need not be told").isEmpty();
        assertThat(resumed.phase().hold()).isEqualTo(HoldState.NONE);
        assertThat(resumed.phase().holdAccepted()).isTrue();
    }

    @Test
    void a_refused_hold_that_is_told_with_something_else_is_accepted_then() {
        CallPhase refused = step(HOLDING, new CallInput.Refused(new SipStatus(488, ""), BUSY))
                .phase();

        assertThat(step(refused, offered(held(false))).phase().holdAccepted()).isTrue();
    }

    @Test
    void a_hold_is_accepted_when_it_is_answered() {
        assertThat(CONFIRMED.holdAccepted()).isTrue();
        assertThat(HOLDING.hold()).isEqualTo(HoldState.LOCAL);
        assertThat(HOLDING.holdAccepted()).isFalse();
        CallPhase held = step(HOLDING, accepted(heldAnswer())).phase();
        assertThat(held.holdAccepted()).isTrue();
        assertThat(step(held, new CallInput.Resume()).phase().holdAccepted()).isFalse();
    }

    @Test
    void a_hold_that_nobody_answers_is_tried_as_long_as_the_call_lasts() {
        CallPhase phase = HOLDING;
        for (int attempt = 0; attempt < 100; attempt++) {
            phase = step(phase, new CallInput.InviteTimeout(GONE)).phase();
            assertThat(shown(phase)).isEqualTo("Confirmed GlareBackoff");
            assertThat(phase.holdAccepted()).isFalse();
            phase = step(phase, new CallInput.GlareBackoffElapsed()).phase();
            assertThat(shown(phase)).isEqualTo("Confirmed Offering");
        }
        assertThat(step(phase, accepted(heldAnswer())).phase().holdAccepted()).isTrue();
    }

    @Test
    void a_refused_resume_stays_on_hold() {
        CallPhase held = step(HOLDING, accepted(heldAnswer())).phase();
        CallPhase resuming = step(held, new CallInput.Resume()).phase();

        CallPhase after = step(resuming, new CallInput.Refused(new SipStatus(488, ""), BUSY))
                .phase();

        assertThat(after.hold()).isEqualTo(HoldState.LOCAL);
        assertThat(shown(step(after, new CallInput.Resume()).phase()))
                .as("and can be tried again")
                .isEqualTo("Confirmed Offering");
    }

    @Test
    void a_refresh_by_re_INVITE_that_is_refused_leaves_the_call_as_it_is() {
        CallPhase refreshing = step(CONFIRMED, new CallInput.RefreshDue(false)).phase();

        CallPhase after = step(refreshing, new CallInput.Refused(new SipStatus(488, ""), BUSY))
                .phase();

        assertThat(shown(after)).isEqualTo("Confirmed Settled");
        assertThat(after.hold()).isEqualTo(HoldState.NONE);
        assertThat(after.sound()).isEqualTo(CONFIRMED.sound());
    }

    @Test
    void glare_is_not_fought_for_ever() {
        CallPhase phase = HOLDING;
        int rounds = 0;
        while (phase instanceof Confirmed talking && !(talking.exchange() instanceof Exchange.Settled)) {
            phase = step(phase, new CallInput.Refused(new SipStatus(491, ""), BUSY))
                    .phase();
            phase = step(phase, new CallInput.GlareBackoffElapsed()).phase();
            assertThat(++rounds).isLessThan(20);
        }
        assertThat(rounds).as("tried once, and six times again").isEqualTo(7);
        assertThat(phase.hold()).isEqualTo(HoldState.LOCAL);
        assertThat(phase.holdAccepted()).isFalse();
    }

    @Test
    void a_new_address_that_nobody_takes_note_of_now_is_not_told_for_ever() {
        CallPhase phase = step(CONFIRMED, new CallInput.LocalAddressChanged(null, CallPhase.Target.TELL_BY_UPDATE))
                .phase();
        int rounds = 0;
        while (phase instanceof Confirmed talking && !(talking.exchange() instanceof Exchange.Settled)) {
            phase = step(phase, refreshRefused(rounds % 2 == 0 ? 500 : 491)).phase();
            phase = step(phase, new CallInput.GlareBackoffElapsed()).phase();
            assertThat(++rounds).isLessThan(20);
        }
        assertThat(rounds).as("tried once, and six times again").isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"0, 3000", "0.5, 3500", "0.9999, 3990"})
    void without_a_connection_it_is_tried_again_when_the_account_had_time_to_reconnect(double chance, long millis) {
        CallEffect effect = CallMachine.next(HOLDING, new CallInput.InviteTimeout(GONE), CallDirection.OUTGOING, chance)
                .effects()
                .get(0);

        assertThat(effect).isEqualTo(new CallEffect.StartGlareBackoff(Duration.ofMillis(millis)));
    }

    @Test
    void RFC3261_14_1_the_owner_of_the_Call_ID_waits_longer() {
        assertThat(pause(CallDirection.OUTGOING, 0)).isEqualTo(Duration.ofMillis(2_100));
        assertThat(pause(CallDirection.OUTGOING, 0.9999)).isEqualTo(Duration.ofMillis(4_000));
        assertThat(pause(CallDirection.INCOMING, 0)).isEqualTo(Duration.ZERO);
        assertThat(pause(CallDirection.INCOMING, 0.9999)).isEqualTo(Duration.ofMillis(2_000));
    }

    private static Duration pause(CallDirection direction, double chance) {
        return ((CallEffect.StartGlareBackoff) CallMachine.next(
                                HOLDING, new CallInput.Refused(new SipStatus(491, ""), BUSY), direction, chance)
                        .effects()
                        .get(0))
                .length();
    }
}
