// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.internal.presence.PublicationMachine.Effect;
import com.techpro.callclient.engine.internal.presence.PublicationState.Phase;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A publication in each state that it can come to, whatever comes (RFC 3903 §4): a table of all outcomes, and what none of them may break. */
class EveryPublicationInputTest {
    private static final String TABLE = "/publication-machine.txt";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int SEQUENCES = 4_000;
    private static final int LENGTH = 40;

    private static Map<String, PublicationInput> inputs() {
        Map<String, PublicationInput> inputs = new LinkedHashMap<>();
        inputs.put("publish", new PublicationInput.Publish());
        inputs.put("withdraw", new PublicationInput.Withdraw());
        inputs.put("registered", new PublicationInput.Registered());
        inputs.put("flow lost", new PublicationInput.FlowLost());
        inputs.put("accepted", new PublicationInput.Accepted("t", HOUR));
        inputs.put("accepted without a tag", new PublicationInput.Accepted(null, HOUR));
        inputs.put("412", new PublicationInput.Rejected(412, null, null));
        inputs.put("423 with more", new PublicationInput.Rejected(423, HOUR.multipliedBy(2), null));
        inputs.put("423 with less", new PublicationInput.Rejected(423, Duration.ofMinutes(1), null));
        inputs.put("489", new PublicationInput.Rejected(489, null, null));
        inputs.put("503", new PublicationInput.Rejected(503, null, Duration.ofMinutes(1)));
        inputs.put("no answer", new PublicationInput.Failed());
        inputs.put("timer", new PublicationInput.TimerFired());
        return inputs;
    }

    private static boolean isAnswer(PublicationInput input) {
        return input instanceof PublicationInput.Accepted
                || input instanceof PublicationInput.Rejected
                || input instanceof PublicationInput.Failed;
    }

    private static boolean runsTimer(PublicationState state) {
        return state.phase() == Phase.PUBLISHED || state.phase() == Phase.WAITING;
    }

    /** As far as it matters for what comes next: how often it has failed only makes it wait longer. */
    private static PublicationState plain(PublicationState state) {
        return state.failed(0).asking(HOUR);
    }

    /** Every state that some order of inputs leads to. */
    private static List<PublicationState> states() {
        List<PublicationState> found = new ArrayList<>();
        Deque<PublicationState> open = new ArrayDeque<>(List.of(PublicationState.START));
        while (!open.isEmpty()) {
            PublicationState state = open.remove();
            if (found.contains(state)) {
                continue;
            }
            found.add(state);
            for (PublicationInput input : inputs().values()) {
                boolean due = !(input instanceof PublicationInput.TimerFired) || runsTimer(state);
                if (due) {
                    open.add(plain(PublicationMachine.next(state, input, 0).state()));
                }
            }
        }
        found.sort((one, other) -> name(one).compareTo(name(other)));
        return found;
    }

    private static String name(PublicationState state) {
        return state.phase()
                + (state.reachable() ? "" : ", unreachable")
                + (state.wanted() ? ", wanted" : "")
                + (state.changed() ? ", changed" : "")
                + (state.tag() == null ? "" : ", tagged");
    }

    private static String name(Effect effect) {
        if (effect instanceof Effect.Send send) {
            String what = send.expires().isZero() ? "remove" : send.body() ? "document" : "refresh";
            return "Send " + what + (send.tag() == null ? "" : " of the tag");
        }
        return effect.getClass().getSimpleName();
    }

    @Test
    void every_kind_of_input_is_in_the_table_and_every_phase_is_come_to() {
        assertThat(inputs().values().stream().map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(PublicationInput.class.getPermittedSubclasses());
        assertThat(states().stream().map(PublicationState::phase).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Phase.values());
    }

    @Test
    void each_outcome_is_that_of_the_table() throws IOException {
        List<String> table = new ArrayList<>();
        for (PublicationState state : states()) {
            inputs().forEach((input, what) -> {
                PublicationMachine.Step step = PublicationMachine.next(state, what, 0);
                boolean nothing =
                        plain(step.state()).equals(state) && step.effects().isEmpty();
                String effects = step.effects().stream()
                        .map(EveryPublicationInputTest::name)
                        .collect(Collectors.joining(", "));
                table.add(name(state) + " | " + input + " | " + (nothing ? "-" : name(step.state()) + " | " + effects));
            });
        }

        String folder = System.getProperty("callclient.writeTables");
        if (folder != null) {
            Files.write(Path.of(folder + TABLE), table, StandardCharsets.UTF_8);
        }
        try (InputStream kept = EveryPublicationInputTest.class.getResourceAsStream(TABLE)) {
            assertThat(kept).isNotNull();
            assertThat(String.join("\n", table) + "\n")
                    .isEqualTo(new String(kept.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /**
     * Whatever comes: where time is waited for a timer runs, and where an answer is, a PUBLISH is under way; whoever asked is told how it stands
     * as soon as it does; and what is withdrawn in the end is taken back.
     */
    @Test
    void no_publication_is_ever_stuck() {
        Random random = Seeds.random(3_903);
        List<PublicationInput> inputs = List.copyOf(inputs().values());
        for (int i = 0; i < SEQUENCES; i++) {
            PublicationState state = PublicationState.START;
            boolean timer = false;
            int underWay = 0;
            boolean owed = false;
            List<String> story = new ArrayList<>();
            for (int j = 0; j < LENGTH; j++) {
                PublicationInput input = inputs.get(random.nextInt(inputs.size()));
                input = j == LENGTH - 5 ? new PublicationInput.Registered() : input;
                input = j == LENGTH - 4 ? new PublicationInput.Withdraw() : input;
                input = j > LENGTH - 4 ? new PublicationInput.Accepted("t", HOUR) : input;
                if (isAnswer(input) && underWay == 0 || input instanceof PublicationInput.TimerFired && !timer) {
                    continue;
                }
                underWay -= isAnswer(input) ? 1 : 0;
                timer &= !(input instanceof PublicationInput.TimerFired);
                owed |= input instanceof PublicationInput.Publish || input instanceof PublicationInput.Withdraw;
                PublicationMachine.Step step = PublicationMachine.next(state, input, random.nextDouble());
                story.add(name(state) + " + " + input.getClass().getSimpleName());
                state = step.state();
                for (Effect effect : step.effects()) {
                    timer = effect instanceof Effect.StartTimer || timer && !(effect instanceof Effect.StopTimer);
                    underWay += effect instanceof Effect.Send ? 1 : 0;
                    owed &= !(effect instanceof Effect.Settle);
                }
                assertThat(timer).as("a timer after %s", story).isEqualTo(runsTimer(state));
                if (state.phase() == Phase.SENDING) {
                    assertThat(underWay).as("%s", story).isPositive();
                }
                if (owed && state.reachable()) {
                    assertThat(state.phase()).as("%s", story).isEqualTo(Phase.SENDING);
                }
            }
            assertThat(owed).as("%s", story).isFalse();
            assertThat(state.tag()).as("%s", story).isNull();
            assertThat(state.wanted()).isFalse();
        }
    }
}
