// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.account.RegistrationPhase.Gone;
import com.techpro.callclient.engine.internal.account.RegistrationPhase.Idle;
import com.techpro.callclient.engine.internal.account.RegistrationPhase.Leaving;
import com.techpro.callclient.engine.internal.account.RegistrationPhase.Refreshing;
import com.techpro.callclient.engine.internal.account.RegistrationPhase.Registered;
import com.techpro.callclient.engine.internal.account.RegistrationPhase.Registering;
import com.techpro.callclient.engine.internal.account.RegistrationPhase.Stopped;
import com.techpro.callclient.engine.internal.account.RegistrationPhase.Waiting;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A registration in each of its phases, whatever comes (RFC 3261 §10.2, RFC 5626 §4.5). A pair that is not written down must change nothing. */
class EveryRegistrationInputTest {
    private static final String TABLE = """
            Idle + start > Registering : StopTimer REGISTERING Register
            Idle + leave > Gone : StopTimer UNREGISTERED

            Registering + accepted > Registered : StartTimer REGISTERED
            Registering + 403 > Stopped : StopTimer FAILED
            Registering + 423 with more > Registering, raised : Register
            Registering + 423 with less > Waiting : StartTimer WAITING
            Registering + 423 with a week > Waiting : StartTimer WAITING
            Registering + 404 > Waiting : StartTimer WAITING
            Registering + 503 > Waiting : StartTimer WAITING
            Registering + wrong password > Stopped : StopTimer FAILED
            Registering + stale nonces > Waiting : StartTimer WAITING
            Registering + no answer > Waiting : StartTimer WAITING
            Registering + unreachable > Waiting : StartTimer WAITING
            Registering + password changed > Registering : Register
            Registering + network changed > Registering : Register
            Registering + leave > Leaving, busy : StopTimer UNREGISTERING

            Registering, raised + accepted > Registered : StartTimer REGISTERED
            Registering, raised + 403 > Stopped : StopTimer FAILED
            Registering, raised + 423 with more > Waiting : StartTimer WAITING
            Registering, raised + 423 with less > Waiting : StartTimer WAITING
            Registering, raised + 423 with a week > Waiting : StartTimer WAITING
            Registering, raised + 404 > Waiting : StartTimer WAITING
            Registering, raised + 503 > Waiting : StartTimer WAITING
            Registering, raised + wrong password > Stopped : StopTimer FAILED
            Registering, raised + stale nonces > Waiting : StartTimer WAITING
            Registering, raised + no answer > Waiting : StartTimer WAITING
            Registering, raised + unreachable > Waiting : StartTimer WAITING
            Registering, raised + password changed > Registering, raised : Register
            Registering, raised + network changed > Registering, raised : Register
            Registering, raised + leave > Leaving, busy : StopTimer UNREGISTERING

            Registered + timer > Refreshing : StopTimer Register
            Registered + flow lost > Waiting : StartTimer WAITING
            Registered + try now > Refreshing : StopTimer Register
            Registered + register > Refreshing : StopTimer Register
            Registered + network changed > Registering : StopTimer REGISTERING Register
            Registered + leave > Leaving : StopTimer UNREGISTERING Unregister

            Refreshing + accepted > Registered : StartTimer REGISTERED
            Refreshing + 403 > Stopped : StopTimer FAILED
            Refreshing + 423 with more > Refreshing, raised : Register
            Refreshing + 423 with less > Waiting : StartTimer WAITING
            Refreshing + 423 with a week > Waiting : StartTimer WAITING
            Refreshing + 404 > Waiting : StartTimer WAITING
            Refreshing + 503 > Waiting : StartTimer WAITING
            Refreshing + wrong password > Stopped : StopTimer FAILED
            Refreshing + stale nonces > Waiting : StartTimer WAITING
            Refreshing + no answer > Waiting : StartTimer WAITING
            Refreshing + unreachable > Waiting : StartTimer WAITING
            Refreshing + password changed > Refreshing : Register
            Refreshing + network changed > Registering : StopTimer REGISTERING Register
            Refreshing + leave > Leaving, busy : StopTimer UNREGISTERING

            Refreshing, raised + accepted > Registered : StartTimer REGISTERED
            Refreshing, raised + 403 > Stopped : StopTimer FAILED
            Refreshing, raised + 423 with more > Waiting : StartTimer WAITING
            Refreshing, raised + 423 with less > Waiting : StartTimer WAITING
            Refreshing, raised + 423 with a week > Waiting : StartTimer WAITING
            Refreshing, raised + 404 > Waiting : StartTimer WAITING
            Refreshing, raised + 503 > Waiting : StartTimer WAITING
            Refreshing, raised + wrong password > Stopped : StopTimer FAILED
            Refreshing, raised + stale nonces > Waiting : StartTimer WAITING
            Refreshing, raised + no answer > Waiting : StartTimer WAITING
            Refreshing, raised + unreachable > Waiting : StartTimer WAITING
            Refreshing, raised + password changed > Refreshing, raised : Register
            Refreshing, raised + network changed > Registering : StopTimer REGISTERING Register
            Refreshing, raised + leave > Leaving, busy : StopTimer UNREGISTERING

            Waiting + timer > Registering : StopTimer REGISTERING Register
            Waiting + try now > Registering : StopTimer REGISTERING Register
            Waiting + register > Registering : StopTimer REGISTERING Register
            Waiting + leave > Gone : StopTimer UNREGISTERED

            Stopped + register > Registering : StopTimer REGISTERING Register
            Stopped + leave > Gone : StopTimer UNREGISTERED

            Leaving, busy + accepted > Leaving : Unregister
            Leaving, busy + 403 > Gone : StopTimer UNREGISTERED
            Leaving, busy + 423 with more > Gone : StopTimer UNREGISTERED
            Leaving, busy + 423 with less > Gone : StopTimer UNREGISTERED
            Leaving, busy + 423 with a week > Gone : StopTimer UNREGISTERED
            Leaving, busy + 404 > Gone : StopTimer UNREGISTERED
            Leaving, busy + 503 > Gone : StopTimer UNREGISTERED
            Leaving, busy + wrong password > Gone : StopTimer UNREGISTERED
            Leaving, busy + stale nonces > Gone : StopTimer UNREGISTERED
            Leaving, busy + no answer > Gone : StopTimer UNREGISTERED
            Leaving, busy + unreachable > Gone : StopTimer UNREGISTERED
            Leaving, busy + password changed > Leaving : Unregister
            Leaving, busy + network changed > Gone : StopTimer UNREGISTERED
            Leaving, busy + flow lost > Gone : StopTimer UNREGISTERED

            Leaving + accepted > Gone : StopTimer UNREGISTERED
            Leaving + 403 > Gone : StopTimer UNREGISTERED
            Leaving + 423 with more > Gone : StopTimer UNREGISTERED
            Leaving + 423 with less > Gone : StopTimer UNREGISTERED
            Leaving + 423 with a week > Gone : StopTimer UNREGISTERED
            Leaving + 404 > Gone : StopTimer UNREGISTERED
            Leaving + 503 > Gone : StopTimer UNREGISTERED
            Leaving + wrong password > Gone : StopTimer UNREGISTERED
            Leaving + stale nonces > Gone : StopTimer UNREGISTERED
            Leaving + no answer > Gone : StopTimer UNREGISTERED
            Leaving + unreachable > Gone : StopTimer UNREGISTERED
            Leaving + password changed > Leaving : Unregister
            Leaving + network changed > Gone : StopTimer UNREGISTERED
            Leaving + flow lost > Gone : StopTimer UNREGISTERED
            """;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int SEQUENCES = 4_000;
    private static final int LENGTH = 40;

    private static final List<RegistrationPhase> PHASES = List.of(
            new Idle(),
            new Registering(HOUR, 0),
            new Registering(HOUR, 0, true),
            new Registered(HOUR),
            new Refreshing(HOUR),
            new Refreshing(HOUR, true),
            new Waiting(HOUR, 1, new Failure.Unreachable()),
            new Stopped(new Failure.Forbidden()),
            new Leaving(true),
            new Leaving(false),
            new Gone());

    private static Map<String, RegistrationInput> inputs() {
        Map<String, RegistrationInput> inputs = new LinkedHashMap<>();
        inputs.put("start", new RegistrationInput.Start());
        inputs.put("accepted", new RegistrationInput.Accepted(HOUR));
        inputs.put("403", new RegistrationInput.Rejected(403, null, null));
        inputs.put("423 with more", new RegistrationInput.Rejected(423, HOUR.multipliedBy(2), null));
        inputs.put("423 with less", new RegistrationInput.Rejected(423, MINUTE, null));
        inputs.put("423 with a week", new RegistrationInput.Rejected(423, Duration.ofDays(7), null));
        inputs.put("404", new RegistrationInput.Rejected(404, null, null));
        inputs.put("503", new RegistrationInput.Rejected(503, null, MINUTE));
        inputs.put(
                "wrong password",
                new RegistrationInput.Failed(
                        new Failure.AuthenticationFailed(Failure.AuthenticationProblem.WRONG_CREDENTIALS)));
        inputs.put(
                "stale nonces",
                new RegistrationInput.Failed(new Failure.AuthenticationFailed(Failure.AuthenticationProblem.STALE)));
        inputs.put("no answer", new RegistrationInput.Failed(new Failure.TimedOut(Failure.Waited.RESPONSE)));
        inputs.put("unreachable", new RegistrationInput.Failed(new Failure.Unreachable()));
        inputs.put("password changed", new RegistrationInput.CredentialsChanged());
        inputs.put("timer", new RegistrationInput.TimerFired());
        inputs.put("flow lost", new RegistrationInput.FlowLost(new Failure.Unreachable()));
        inputs.put("network changed", new RegistrationInput.NetworkChanged());
        inputs.put("try now", new RegistrationInput.TryNow());
        inputs.put("register", new RegistrationInput.Register());
        inputs.put("leave", new RegistrationInput.Leave());
        return inputs;
    }

    private static String name(RegistrationPhase phase) {
        String name = phase.getClass().getSimpleName();
        boolean raised = phase instanceof Registering registering && registering.raised()
                || phase instanceof Refreshing refreshing && refreshing.raised();
        boolean busy = phase instanceof Leaving leaving && leaving.busy();
        return name + (raised ? ", raised" : "") + (busy ? ", busy" : "");
    }

    private static String name(RegistrationEffect effect) {
        if (effect instanceof RegistrationEffect.Publish publish) {
            return publish.state().name();
        }
        return effect instanceof RegistrationEffect.SendRegister register
                ? register.expiry().isZero() ? "Unregister" : "Register"
                : effect.getClass().getSimpleName();
    }

    /** What the machine is handed is all that there is: an input that is added has to be in this list. */
    @Test
    void every_kind_of_phase_and_of_input_is_in_the_table() {
        assertThat(PHASES.stream().map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(RegistrationPhase.class.getPermittedSubclasses());
        assertThat(inputs().values().stream().map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(RegistrationInput.class.getPermittedSubclasses());
    }

    @Test
    void each_phase_handles_each_input_as_listed_in_the_table() {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();
        for (RegistrationPhase phase : PHASES) {
            inputs().forEach((input, what) -> {
                RegistrationMachine.Step step = RegistrationMachine.next(phase, what, HOUR, 0);
                String pair = name(phase) + " + " + input;
                expected.put(pair, name(phase) + " :");
                String effects = step.effects().stream()
                        .map(EveryRegistrationInputTest::name)
                        .collect(Collectors.joining(" "));
                actual.put(pair, (name(step.phase()) + " : " + effects).trim());
            });
        }
        TABLE.lines().filter(line -> !line.trim().isEmpty()).forEach(line -> {
            String[] sides = line.split(" > ");
            assertThat(expected.put(sides[0], sides[1])).as(line).isEqualTo(sides[0].split(" \\+ ")[0] + " :");
        });

        assertThat(actual).containsOnlyKeys(expected.keySet());
        actual.forEach((pair, outcome) -> assertThat(outcome).as(pair).isEqualTo(expected.get(pair)));
    }

    /**
     * Whatever comes: where time is waited for a timer runs, where an answer is, one REGISTER is under way and no second (RFC 3261 §10.2), and
     * who leaves is gone in the end.
     */
    @Test
    void no_registration_is_ever_stuck() {
        Random random = Seeds.random(10_002);
        List<RegistrationInput> inputs = List.copyOf(inputs().values());
        for (int i = 0; i < SEQUENCES; i++) {
            RegistrationPhase phase = new Idle();
            boolean timer = false;
            int underWay = 0;
            RegistrationState told = null;
            for (int j = 0; j < LENGTH; j++) {
                RegistrationInput input = j == LENGTH - 4
                        ? new RegistrationInput.Leave()
                        : j > LENGTH - 4
                                ? new RegistrationInput.Failed(new Failure.Unreachable())
                                : inputs.get(random.nextInt(inputs.size()));
                boolean answer = input instanceof RegistrationInput.Accepted
                        || input instanceof RegistrationInput.Rejected
                        || input instanceof RegistrationInput.Failed
                        || input instanceof RegistrationInput.NetworkChanged && !(phase instanceof Registered)
                        || input instanceof RegistrationInput.CredentialsChanged;
                if (answer && underWay == 0 || input instanceof RegistrationInput.TimerFired && !timer) {
                    continue;
                }
                underWay -= answer ? 1 : 0;
                timer &= !(input instanceof RegistrationInput.TimerFired);
                RegistrationMachine.Step step = RegistrationMachine.next(phase, input, HOUR, random.nextDouble());
                phase = step.phase();
                for (RegistrationEffect effect : step.effects()) {
                    timer = effect instanceof RegistrationEffect.StartTimer
                            || timer && !(effect instanceof RegistrationEffect.StopTimer);
                    underWay += effect instanceof RegistrationEffect.SendRegister ? 1 : 0;
                    told = effect instanceof RegistrationEffect.Publish publish ? publish.state() : told;
                }
                assertThat(timer)
                        .as("a timer in %s", name(phase))
                        .isEqualTo(phase instanceof Registered || phase instanceof Waiting);
                boolean asks = phase instanceof Registering || phase instanceof Refreshing || phase instanceof Leaving;
                assertThat(underWay)
                        .as("under way in %s after %s", name(phase), input)
                        .isBetween(asks ? 1 : 0, 1);
            }
            assertThat(phase).isEqualTo(new Gone());
            assertThat(told).isEqualTo(RegistrationState.UNREGISTERED);
        }
    }

    @Test
    void every_state_that_the_host_is_told_is_reached() {
        List<RegistrationState> told = PHASES.stream()
                .flatMap(phase -> inputs().values().stream()
                        .flatMap(input -> RegistrationMachine.next(phase, input, HOUR, 0).effects().stream()))
                .filter(RegistrationEffect.Publish.class::isInstance)
                .map(effect -> ((RegistrationEffect.Publish) effect).state())
                .distinct()
                .collect(Collectors.toList());
        assertThat(told).containsExactlyInAnyOrderElementsOf(Arrays.asList(RegistrationState.values()));
    }
}
