// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.subscription;

import static org.assertj.core.api.Assertions.assertThat;

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
import com.techpro.callclient.testkit.contracts.Seeds;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A subscription in each of its phases, whatever comes (RFC 6665 §4.1). A pair that is not written down must change nothing. */
class EverySubscriptionInputTest {
    private static final String TABLE = """
            Idle + start > Subscribing : StopTimer DropDialog Subscribe
            Idle + flow lost > Idle : StopTimer DropDialog INTERRUPTED
            Idle + leave > Gone : StopTimer DropDialog ENDED

            Subscribing + notified > Subscribing, notified :
            Subscribing + notified with expiry > Subscribing, notified :
            Subscribing + accepted > Awaiting : StartTimer
            Subscribing + 403 > Stopped : StopTimer DropDialog REFUSED
            Subscribing + 423 with more > Subscribing : StopTimer DropDialog Subscribe
            Subscribing + 423 with less > Waiting : StartTimer DropDialog INTERRUPTED
            Subscribing + 481 > Waiting : StartTimer DropDialog INTERRUPTED
            Subscribing + 503 > Waiting : StartTimer DropDialog INTERRUPTED
            Subscribing + no answer > Waiting : StartTimer DropDialog INTERRUPTED
            Subscribing + terminated, again > Waiting : StartTimer DropDialog INTERRUPTED
            Subscribing + terminated, later > Waiting : StartTimer DropDialog INTERRUPTED
            Subscribing + terminated, never > Stopped : StopTimer DropDialog REFUSED
            Subscribing + flow lost > Idle : StopTimer DropDialog INTERRUPTED
            Subscribing + leave > Gone : StopTimer DropDialog ENDED

            Subscribing, notified + accepted > Active : StartTimer ACTIVE
            Subscribing, notified + 403 > Stopped : StopTimer DropDialog REFUSED
            Subscribing, notified + 423 with more > Subscribing : StopTimer DropDialog Subscribe
            Subscribing, notified + 423 with less > Waiting : StartTimer DropDialog INTERRUPTED
            Subscribing, notified + 481 > Waiting : StartTimer DropDialog INTERRUPTED
            Subscribing, notified + 503 > Waiting : StartTimer DropDialog INTERRUPTED
            Subscribing, notified + no answer > Waiting : StartTimer DropDialog INTERRUPTED
            Subscribing, notified + terminated, again > Waiting : StartTimer DropDialog INTERRUPTED
            Subscribing, notified + terminated, later > Waiting : StartTimer DropDialog INTERRUPTED
            Subscribing, notified + terminated, never > Stopped : StopTimer DropDialog REFUSED
            Subscribing, notified + flow lost > Idle : StopTimer DropDialog INTERRUPTED
            Subscribing, notified + leave > Gone : StopTimer DropDialog ENDED

            Awaiting + notified > Active : StartTimer ACTIVE
            Awaiting + notified with expiry > Active : StartTimer ACTIVE
            Awaiting + timer > Waiting : StartTimer DropDialog INTERRUPTED
            Awaiting + terminated, again > Waiting : StartTimer DropDialog INTERRUPTED
            Awaiting + terminated, later > Waiting : StartTimer DropDialog INTERRUPTED
            Awaiting + terminated, never > Stopped : StopTimer DropDialog REFUSED
            Awaiting + flow lost > Idle : StopTimer DropDialog INTERRUPTED
            Awaiting + leave > Gone : StopTimer DropDialog ENDED

            Active + start > Refreshing : StopTimer Refresh
            Active + timer > Refreshing : StopTimer Refresh
            Active + notified with expiry > Active : StartTimer
            Active + terminated, again > Subscribing : StopTimer DropDialog Subscribe
            Active + terminated, later > Waiting : StartTimer DropDialog INTERRUPTED
            Active + terminated, never > Stopped : StopTimer DropDialog REFUSED
            Active + flow lost > Idle : StopTimer DropDialog INTERRUPTED
            Active + leave > Leaving : StartTimer Refresh

            Refreshing + accepted > Active : StartTimer
            Refreshing + 403 > Waiting : StartTimer DropDialog INTERRUPTED
            Refreshing + 423 with more > Refreshing : Refresh
            Refreshing + 423 with less > Waiting : StartTimer DropDialog INTERRUPTED
            Refreshing + 481 > Subscribing : StopTimer DropDialog Subscribe
            Refreshing + 503 > Waiting : StartTimer DropDialog INTERRUPTED
            Refreshing + no answer > Waiting : StartTimer DropDialog INTERRUPTED
            Refreshing + terminated, again > Waiting : StartTimer DropDialog INTERRUPTED
            Refreshing + terminated, later > Waiting : StartTimer DropDialog INTERRUPTED
            Refreshing + terminated, never > Stopped : StopTimer DropDialog REFUSED
            Refreshing + flow lost > Idle : StopTimer DropDialog INTERRUPTED
            Refreshing + leave > Leaving : StartTimer Refresh

            Waiting + start > Subscribing : StopTimer DropDialog Subscribe
            Waiting + timer > Subscribing : StopTimer DropDialog Subscribe
            Waiting + flow lost > Idle : StopTimer DropDialog INTERRUPTED
            Waiting + leave > Gone : StopTimer DropDialog ENDED

            Stopped + leave > Gone : StopTimer DropDialog ENDED

            Leaving + 403 > Gone : StopTimer DropDialog ENDED
            Leaving + 423 with more > Gone : StopTimer DropDialog ENDED
            Leaving + 423 with less > Gone : StopTimer DropDialog ENDED
            Leaving + 481 > Gone : StopTimer DropDialog ENDED
            Leaving + 503 > Gone : StopTimer DropDialog ENDED
            Leaving + no answer > Gone : StopTimer DropDialog ENDED
            Leaving + timer > Gone : StopTimer DropDialog ENDED
            Leaving + terminated, again > Gone : StopTimer DropDialog ENDED
            Leaving + terminated, later > Gone : StopTimer DropDialog ENDED
            Leaving + terminated, never > Gone : StopTimer DropDialog ENDED
            Leaving + flow lost > Gone : StopTimer DropDialog ENDED
            """;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int SEQUENCES = 4_000;
    private static final int LENGTH = 40;

    private static final List<SubscriptionPhase> PHASES = List.of(
            new Idle(),
            new Subscribing(HOUR, 0, false),
            new Subscribing(HOUR, 0, true),
            new Awaiting(HOUR, HOUR, 0),
            new Active(HOUR),
            new Refreshing(HOUR),
            new Waiting(HOUR, 1),
            new Stopped(),
            new Leaving(),
            new Gone());

    private static Map<String, SubscriptionInput> inputs() {
        Map<String, SubscriptionInput> inputs = new LinkedHashMap<>();
        inputs.put("start", new SubscriptionInput.Start());
        inputs.put("accepted", new SubscriptionInput.Accepted(HOUR));
        inputs.put("403", new SubscriptionInput.Rejected(403, null, null));
        inputs.put("423 with more", new SubscriptionInput.Rejected(423, HOUR.multipliedBy(2), null));
        inputs.put("423 with less", new SubscriptionInput.Rejected(423, MINUTE, null));
        inputs.put("481", new SubscriptionInput.Rejected(481, null, null));
        inputs.put("503", new SubscriptionInput.Rejected(503, null, MINUTE));
        inputs.put("no answer", new SubscriptionInput.Failed());
        inputs.put("notified", new SubscriptionInput.Notified(null));
        inputs.put("notified with expiry", new SubscriptionInput.Notified(MINUTE));
        inputs.put("terminated, again", new SubscriptionInput.Terminated(Reason.AGAIN, null));
        inputs.put("terminated, later", new SubscriptionInput.Terminated(Reason.LATER, null));
        inputs.put("terminated, never", new SubscriptionInput.Terminated(Reason.NEVER, null));
        inputs.put("timer", new SubscriptionInput.TimerFired());
        inputs.put("flow lost", new SubscriptionInput.FlowLost());
        inputs.put("leave", new SubscriptionInput.Leave());
        return inputs;
    }

    private static String name(SubscriptionPhase phase) {
        return phase.getClass().getSimpleName()
                + (phase instanceof Subscribing subscribing && subscribing.notified() ? ", notified" : "");
    }

    private static String name(SubscriptionEffect effect) {
        return effect instanceof SubscriptionEffect.Publish publish
                ? publish.state().name()
                : effect.getClass().getSimpleName();
    }

    @Test
    void each_phase_handles_each_input_as_listed_in_the_table() {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();
        for (SubscriptionPhase phase : PHASES) {
            inputs().forEach((input, what) -> {
                SubscriptionMachine.Step step = SubscriptionMachine.next(phase, what, HOUR, 0);
                String pair = name(phase) + " + " + input;
                expected.put(pair, name(phase) + " :");
                actual.put(
                        pair,
                        (name(step.phase()) + " : "
                                        + step.effects().stream()
                                                .map(EverySubscriptionInputTest::name)
                                                .collect(Collectors.joining(" ")))
                                .trim());
            });
        }
        TABLE.lines().filter(line -> !line.isBlank()).forEach(line -> {
            String[] sides = line.split(" > ");
            assertThat(expected.put(sides[0], sides[1])).as(line).isEqualTo(sides[0].split(" \\+ ")[0] + " :");
        });

        assertThat(actual).containsOnlyKeys(expected.keySet());
        actual.forEach((pair, outcome) -> assertThat(outcome).as(pair).isEqualTo(expected.get(pair)));
    }

    /** Whatever comes: where time is waited for a timer runs, where an answer is, a request is under way, and who leaves is gone in the end. */
    @Test
    void no_subscription_is_ever_stuck() {
        Random random = Seeds.random(6665);
        List<SubscriptionInput> inputs = List.copyOf(inputs().values());
        for (int i = 0; i < SEQUENCES; i++) {
            SubscriptionPhase phase = new Idle();
            boolean timer = false;
            int underWay = 0;
            for (int j = 0; j < LENGTH; j++) {
                SubscriptionInput input = j == LENGTH - 3
                        ? new SubscriptionInput.Leave()
                        : j > LENGTH - 3
                                ? new SubscriptionInput.TimerFired()
                                : inputs.get(random.nextInt(inputs.size()));
                boolean answer = input instanceof SubscriptionInput.Accepted
                        || input instanceof SubscriptionInput.Rejected
                        || input instanceof SubscriptionInput.Failed;
                if (answer && underWay == 0 || input instanceof SubscriptionInput.TimerFired && !timer) {
                    continue;
                }
                underWay -= answer ? 1 : 0;
                timer &= !(input instanceof SubscriptionInput.TimerFired);
                SubscriptionMachine.Step step = SubscriptionMachine.next(phase, input, HOUR, random.nextDouble());
                phase = step.phase();
                for (SubscriptionEffect effect : step.effects()) {
                    timer = effect instanceof SubscriptionEffect.StartTimer
                            || timer && !(effect instanceof SubscriptionEffect.StopTimer);
                    underWay += effect instanceof SubscriptionEffect.Subscribe
                                    || effect instanceof SubscriptionEffect.Refresh
                            ? 1
                            : 0;
                }
                boolean waits = phase instanceof Awaiting
                        || phase instanceof Active
                        || phase instanceof Waiting
                        || phase instanceof Leaving;
                assertThat(timer).as("a timer in %s", name(phase)).isEqualTo(waits);
                if (phase instanceof Subscribing || phase instanceof Refreshing) {
                    assertThat(underWay).isPositive();
                }
            }
            assertThat(phase).isEqualTo(new Gone());
        }
    }
}
