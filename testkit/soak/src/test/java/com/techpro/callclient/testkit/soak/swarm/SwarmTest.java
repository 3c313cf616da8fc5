// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans of a swarm: drawn, printed, run, shrunk, and kept. */
class SwarmTest {
    private static final Path KEPT = Path.of("src/test/resources/swarm");

    static Stream<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(KEPT)) {
            return files.sorted().toList().stream();
        }
    }

    private static long traceSum(SwarmPlan plan) {
        try (SwarmWorld world = new SwarmWorld(plan)) {
            world.run();
            return world.traceSum();
        }
    }

    @ParameterizedTest
    @MethodSource("kept")
    void a_plan_that_once_failed_holds(Path plan) throws IOException {
        StringWriter said = new StringWriter();
        assertThat(new Swarm(new PrintWriter(said)).runPlan(Files.readAllLines(plan)))
                .as(said::toString)
                .isTrue();
    }

    @Test
    void the_same_plan_gives_the_same_packets_and_another_seed_others() {
        List<SwarmEvent> events = Stream.of(
                        "9000 0 DIAL 1",
                        "9100 1 LOSS 20",
                        "11000 1 ANSWER 0",
                        "15000 0 HOLD 0",
                        "18000 0 RESUME 0",
                        "19000 1 REORDERING 49",
                        "25000 1 HANG_UP 0")
                .map(SwarmEvent::parse)
                .toList();
        SwarmPlan plan = world(7, events);

        long sum = traceSum(plan);

        assertThat(traceSum(plan)).isEqualTo(sum);
        assertThat(traceSum(world(8, events))).isNotEqualTo(sum);
    }

    static SwarmPlan world(long seed, List<SwarmEvent> events) {
        return new SwarmPlan(
                seed, 2, SipTransport.UDP, false, false, false, false, "pcma", Duration.ofSeconds(30), events);
    }

    @Test
    void a_printed_plan_is_read_back() {
        SwarmPlan plan = SwarmPlan.drawn(5);

        assertThat(plan.events()).isNotEmpty();
        assertThat(SwarmPlan.parse(plan.toString().lines().toList())).isEqualTo(plan);
    }

    @Test
    void seeds_differ_in_their_worlds_and_in_the_kinds_of_their_faults() {
        List<SwarmPlan> plans =
                IntStream.range(0, 50).mapToObj(SwarmPlan::drawn).toList();

        assertThat(plans.stream().map(SwarmPlan::transport).distinct()).hasSize(4);
        assertThat(plans.stream()
                        .map(plan -> plan.events().stream()
                                .map(SwarmEvent::action)
                                .filter(SwarmAction::isFault)
                                .distinct()
                                .sorted()
                                .toList())
                        .distinct())
                .hasSizeGreaterThan(40);
    }

    @Test
    void a_failing_plan_shrinks_to_the_events_that_it_needs() {
        SwarmPlan plan = SwarmPlan.drawn(5);
        List<SwarmEvent> needed = List.of(plan.events().get(3), plan.events().get(17));

        SwarmPlan smallest =
                SwarmShrinker.shrink(plan, smaller -> smaller.events().containsAll(needed));

        assertThat(smallest.events()).isEqualTo(needed);
    }
}
