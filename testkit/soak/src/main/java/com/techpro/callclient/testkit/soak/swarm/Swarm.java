// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.swarm;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Worlds one after the other, each from the seed after the last one's, until the time is up or an invariant is broken. */
public final class Swarm {
    private static final Duration SHRINKING = Duration.ofMinutes(2);

    private final PrintWriter out;
    private final Map<SwarmAction, Integer> done = new EnumMap<>(SwarmAction.class);
    private Duration virtual = Duration.ZERO;
    private int worlds;
    private long answered;

    /** @param out receives the plan of a violation, and the totals */
    public Swarm(PrintWriter out) {
        this.out = out;
    }

    /**
     * Runs worlds on the calling thread. A world that has begun ends before this returns.
     *
     * @param duration of real time
     * @param most worlds
     * @return whether every invariant held
     */
    public boolean run(long seed, Duration duration, int most) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long began = System.nanoTime();
        boolean held = true;
        for (long next = seed; held && worlds < most && System.nanoTime() - began < duration.toNanos(); next++) {
            held = runWorld(SwarmPlan.drawn(next));
        }
        printTotals(threads.getCurrentThreadCpuTime() - cpu);
        return held;
    }

    /** Runs a plan that was kept: its text as a violation prints it. */
    public boolean runPlan(List<String> lines) {
        return runWorld(SwarmPlan.parse(lines));
    }

    private boolean runWorld(SwarmPlan plan) {
        Invariant.Violation violation = violationOf(plan);
        worlds++;
        if (violation == null) {
            return true;
        }
        out.println("VIOLATION of seed " + plan.seed() + ": " + violation.getMessage());
        out.flush();
        long began = System.nanoTime();
        Predicate<SwarmPlan> same = smaller -> {
            Invariant.Violation other = System.nanoTime() - began < SHRINKING.toNanos() ? violationOf(smaller) : null;
            return other != null && other.invariant() == violation.invariant();
        };
        SwarmPlan smallest = SwarmShrinker.shrink(plan, same);
        out.println("Of " + plan.events().size() + " events these are needed. To keep them as a test, save the lines in"
                + " testkit/soak/src/test/resources/swarm:");
        out.println("# " + violation.invariant());
        out.println(smallest);
        out.flush();
        return false;
    }

    private Invariant.@Nullable Violation violationOf(SwarmPlan plan) {
        try (SwarmWorld world = new SwarmWorld(plan)) {
            try {
                world.run();
                return null;
            } catch (Invariant.Violation violation) {
                return violation;
            } catch (RuntimeException | AssertionError failure) {
                Invariant.Violation violation = world.violation(Invariant.NO_FAILURE, failure.toString());
                violation.initCause(failure);
                return violation;
            } finally {
                world.done().forEach((action, times) -> done.merge(action, times, Integer::sum));
                virtual = virtual.plus(world.time.elapsed());
                answered += world.answered();
            }
        }
    }

    private void printTotals(long nanos) {
        double hours = nanos / 3.6e12;
        out.printf(
                "%d worlds, %d calls made, %d answered, %d faults, %.1f virtual hours, %.0f of them a CPU-hour%n",
                worlds,
                done.getOrDefault(SwarmAction.DIAL, 0) + done.getOrDefault(SwarmAction.DIAL_SERVICE, 0),
                answered,
                SwarmAction.faults(true).stream()
                        .mapToInt(fault -> done.getOrDefault(fault, 0))
                        .sum(),
                virtual.toMillis() / 3.6e6,
                virtual.toMillis() / 3.6e6 / hours);
        out.println("faults: " + counts(SwarmAction.faults(true)));
        out.println("users: " + counts(SwarmAction.faults(false)));
        out.println("bounds after healing: sound " + SwarmWorld.SOUND_BOUND.toSeconds() + " s, agreement "
                + SwarmWorld.AGREEMENT_BOUND.toSeconds() + " s, after lost contact "
                + SwarmWorld.SESSION_BOUND.toSeconds() + " s, registration "
                + SwarmWorld.REGISTRATION_BOUND.toSeconds() + " s");
        out.flush();
    }

    private String counts(List<SwarmAction> actions) {
        return actions.stream()
                .map(action -> action + " " + done.getOrDefault(action, 0))
                .collect(Collectors.joining(", "));
    }
}
