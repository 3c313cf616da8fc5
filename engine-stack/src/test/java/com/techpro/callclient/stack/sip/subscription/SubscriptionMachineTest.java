// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.sip.subscription.SubscriptionEffect.DropDialog;
import com.techpro.callclient.stack.sip.subscription.SubscriptionEffect.Publish;
import com.techpro.callclient.stack.sip.subscription.SubscriptionEffect.Refresh;
import com.techpro.callclient.stack.sip.subscription.SubscriptionEffect.StartTimer;
import com.techpro.callclient.stack.sip.subscription.SubscriptionEffect.StopTimer;
import com.techpro.callclient.stack.sip.subscription.SubscriptionEffect.Subscribe;
import com.techpro.callclient.stack.sip.subscription.SubscriptionInput.Reason;
import com.techpro.callclient.stack.sip.subscription.SubscriptionPhase.Active;
import com.techpro.callclient.stack.sip.subscription.SubscriptionPhase.Awaiting;
import com.techpro.callclient.stack.sip.subscription.SubscriptionPhase.Gone;
import com.techpro.callclient.stack.sip.subscription.SubscriptionPhase.Idle;
import com.techpro.callclient.stack.sip.subscription.SubscriptionPhase.Leaving;
import com.techpro.callclient.stack.sip.subscription.SubscriptionPhase.Refreshing;
import com.techpro.callclient.stack.sip.subscription.SubscriptionPhase.Stopped;
import com.techpro.callclient.stack.sip.subscription.SubscriptionPhase.Subscribing;
import com.techpro.callclient.stack.sip.subscription.SubscriptionPhase.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every transition of RFC 6665 §4.1 that matters, one a row. */
class SubscriptionMachineTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    record Row(
            String name,
            SubscriptionPhase phase,
            SubscriptionInput input,
            SubscriptionPhase next,
            List<SubscriptionEffect> effects) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        SubscriptionPhase subscribing = new Subscribing(HOUR, 0, false);
        SubscriptionPhase awaiting = new Awaiting(HOUR, HOUR, 0);
        SubscriptionPhase active = new Active(HOUR);
        SubscriptionPhase refreshing = new Refreshing(HOUR);
        SubscriptionEffect[] afresh = {new StopTimer(), new DropDialog(), new Subscribe(HOUR)};
        SubscriptionEffect[] stopped = {new StopTimer(), new DropDialog(), new Publish(SubscriptionState.REFUSED)};
        SubscriptionEffect[] waiting = {
            new StartTimer(Duration.ofSeconds(15)), new DropDialog(), new Publish(SubscriptionState.INTERRUPTED)
        };
        SubscriptionEffect[] interrupted = {
            new StopTimer(), new DropDialog(), new Publish(SubscriptionState.INTERRUPTED)
        };
        SubscriptionEffect[] gone = {new StopTimer(), new DropDialog(), new Publish(SubscriptionState.ENDED)};
        StartTimer inFortyEightMinutes = new StartTimer(Duration.ofMinutes(48));
        return Stream.of(
                row("start", new Idle(), new SubscriptionInput.Start(), subscribing, afresh),
                row("2xx", subscribing, accepted(HOUR), awaiting, new StartTimer(Duration.ofSeconds(32))),
                row(
                        "the first NOTIFY",
                        awaiting,
                        new SubscriptionInput.Notified(HOUR),
                        active,
                        inFortyEightMinutes,
                        new Publish(SubscriptionState.ACTIVE)),
                row(
                        "a NOTIFY that overtakes the 2xx",
                        subscribing,
                        new SubscriptionInput.Notified(HOUR),
                        new Subscribing(HOUR, 0, true)),
                row(
                        "and the 2xx after it",
                        new Subscribing(HOUR, 0, true),
                        accepted(HOUR),
                        active,
                        inFortyEightMinutes,
                        new Publish(SubscriptionState.ACTIVE)),
                row(
                        "no NOTIFY within Timer N",
                        awaiting,
                        new SubscriptionInput.TimerFired(),
                        new Waiting(HOUR, 1),
                        waiting),
                row(
                        "423 with more",
                        new Subscribing(MINUTE, 0, false),
                        new SubscriptionInput.Rejected(423, HOUR, null),
                        subscribing,
                        afresh),
                row(
                        "423 with less",
                        subscribing,
                        new SubscriptionInput.Rejected(423, MINUTE, null),
                        new Waiting(HOUR, 1),
                        waiting),
                row("489", subscribing, rejected(489), new Stopped(), stopped),
                row("403", subscribing, rejected(403), new Stopped(), stopped),
                row("500", subscribing, rejected(500), new Waiting(HOUR, 1), waiting),
                row("no answer", subscribing, new SubscriptionInput.Failed(), new Waiting(HOUR, 1), waiting),
                row(
                        "time to refresh",
                        active,
                        new SubscriptionInput.TimerFired(),
                        refreshing,
                        new StopTimer(),
                        new Refresh(HOUR)),
                row(
                        "another address",
                        active,
                        new SubscriptionInput.Start(),
                        refreshing,
                        new StopTimer(),
                        new Refresh(HOUR)),
                row("refreshed", refreshing, accepted(HOUR), active, inFortyEightMinutes),
                row("forgotten", refreshing, rejected(481), subscribing, afresh),
                row("not refreshed", refreshing, new SubscriptionInput.Failed(), new Waiting(HOUR, 1), waiting),
                row(
                        "shortened",
                        active,
                        new SubscriptionInput.Notified(MINUTE),
                        active,
                        new StartTimer(Duration.ofSeconds(48))),
                row("deactivated", active, terminated(Reason.AGAIN), subscribing, afresh),
                row("rejected", active, terminated(Reason.NEVER), new Stopped(), stopped),
                row("probation", active, terminated(Reason.LATER), new Waiting(HOUR, 1), waiting),
                row(
                        "ended before it began, which must not become a loop",
                        awaiting,
                        terminated(Reason.AGAIN),
                        new Waiting(HOUR, 1),
                        waiting),
                row(
                        "retry-after is obeyed",
                        active,
                        new SubscriptionInput.Terminated(Reason.LATER, MINUTE),
                        new Waiting(HOUR, 1),
                        new StartTimer(MINUTE),
                        new DropDialog(),
                        new Publish(SubscriptionState.INTERRUPTED)),
                row(
                        "waited",
                        new Waiting(HOUR, 3),
                        new SubscriptionInput.TimerFired(),
                        new Subscribing(HOUR, 3, false),
                        afresh),
                row("flow lost", active, new SubscriptionInput.FlowLost(), new Idle(), interrupted),
                row("flow lost, but refused before", new Stopped(), new SubscriptionInput.FlowLost(), new Stopped()),
                row(
                        "leave",
                        active,
                        new SubscriptionInput.Leave(),
                        new Leaving(),
                        new StartTimer(Duration.ofSeconds(32)),
                        new Refresh(Duration.ZERO)),
                row("its 200", new Leaving(), accepted(Duration.ZERO), new Leaving()),
                row("its last NOTIFY", new Leaving(), terminated(Reason.AGAIN), new Gone(), gone),
                row("no last NOTIFY", new Leaving(), new SubscriptionInput.TimerFired(), new Gone(), gone),
                row("leave while waiting", new Waiting(HOUR, 1), new SubscriptionInput.Leave(), new Gone(), gone),
                row("too late", new Gone(), accepted(HOUR), new Gone()));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 480, 500, 503})
    void RFC3261_20_33_each_refusal_waits_as_long_as_it_is_asked_to(int status) {
        SubscriptionInput asked = new SubscriptionInput.Rejected(status, null, MINUTE);

        assertThat(wait(new Subscribing(HOUR, 0, false), asked, 0)).isEqualTo(MINUTE);
        assertThat(wait(new Refreshing(HOUR), asked, 0)).isEqualTo(MINUTE);
    }

    @Test
    void retries_after_the_same_delay_are_spread() {
        SubscriptionInput asked = new SubscriptionInput.Terminated(Reason.LATER, MINUTE);

        assertThat(wait(new Active(HOUR), asked, 0.75)).isEqualTo(Duration.ofMillis(61_500));
    }

    @ParameterizedTest
    @CsvSource({
        "0,   0,    15000",
        "0,   0.5,  22500",
        "1,   0,    30000",
        "3,   0,    120000",
        "3,   0.99, 238800",
        "6,   0,    960000",
        "7,   0,    1800000",
        "99,  0.5,  2700000"
    })
    void each_failure_doubles_the_wait_up_to_an_hour_and_nobody_waits_as_long_as_the_next(
            int failures, double chance, long millis) {
        SubscriptionInput failed = new SubscriptionInput.Failed();

        assertThat(wait(new Subscribing(HOUR, failures, false), failed, chance)).isEqualTo(Duration.ofMillis(millis));
        assertThat(wait(new Awaiting(HOUR, HOUR, failures), new SubscriptionInput.TimerFired(), chance))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void a_notifier_that_asks_for_a_day_is_asked_again_after_an_hour() {
        assertThat(wait(new Active(HOUR), new SubscriptionInput.Terminated(Reason.LATER, Duration.ofDays(1)), 0))
                .isEqualTo(HOUR);
    }

    @ParameterizedTest
    @CsvSource({"3600, 0, 2880000", "3600, 0.5, 3060000", "60, 0.99, 53940", "864000, 0, 69120000"})
    void the_refresh_is_due_at_80_to_90_per_cent_of_the_remaining_time_but_daily(
            long left, double chance, long millis) {
        SubscriptionInput notified = new SubscriptionInput.Notified(Duration.ofSeconds(left));

        assertThat(wait(new Active(HOUR), notified, chance)).isEqualTo(Duration.ofMillis(millis));
        assertThat(wait(new Awaiting(HOUR, HOUR, 0), notified, chance)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void a_NOTIFY_that_names_no_time_leaves_the_one_that_was_granted() {
        assertThat(wait(new Awaiting(HOUR, MINUTE, 0), new SubscriptionInput.Notified(null), 0))
                .isEqualTo(Duration.ofSeconds(48));
    }

    private static Duration wait(SubscriptionPhase phase, SubscriptionInput input, double chance) {
        SubscriptionEffect first =
                SubscriptionMachine.next(phase, input, HOUR, chance).effects().get(0);
        assertThat(first).isInstanceOf(StartTimer.class);
        return ((StartTimer) first).delay();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void transition(Row row) {
        SubscriptionMachine.Step step = SubscriptionMachine.next(row.phase(), row.input(), HOUR, 0);

        assertThat(step.phase()).isEqualTo(row.next());
        assertThat(step.effects()).isEqualTo(row.effects());
    }

    private static Row row(
            String name,
            SubscriptionPhase phase,
            SubscriptionInput input,
            SubscriptionPhase next,
            SubscriptionEffect... effects) {
        return new Row(name, phase, input, next, List.of(effects));
    }

    private static SubscriptionInput accepted(Duration granted) {
        return new SubscriptionInput.Accepted(granted);
    }

    private static SubscriptionInput rejected(int status) {
        return new SubscriptionInput.Rejected(status, null, null);
    }

    private static SubscriptionInput terminated(Reason reason) {
        return new SubscriptionInput.Terminated(reason, null);
    }
}
