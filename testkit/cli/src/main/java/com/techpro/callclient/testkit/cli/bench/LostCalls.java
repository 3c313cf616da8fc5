// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Measures how many calls are lost when there are too many: at 1, 2 and 4 times the highest rate at
 * which none failed, or at the highest that the caller can make. The JVM gets faster while it runs,
 * so the highest rate comes first, unmeasured, and then the three in turns.
 */
final class LostCalls {
    private static final int[] TIMES = {1, 2, 4};
    private static final int WARM_UPS = 2;
    private static final int TURNS = 2;
    private static final double TARGET = 5;

    private final Bursts bursts;
    private final Consumer<BenchFigure> found;
    private final LongSupplier nanos;

    /** Makes calls for some seconds. */
    interface Bursts {
        /** Waits until no call is left, and makes them. */
        void unmeasured(int perSecond);

        /** Waits until nothing is left that would be this one's load, and makes them. */
        AnswerBurst measured(int perSecond);
    }

    /** @param nanos now, monotonic */
    LostCalls(Bursts bursts, Consumer<BenchFigure> found, LongSupplier nanos) {
        this.bursts = bursts;
        this.found = found;
        this.nanos = nanos;
    }

    /**
     * Measures.
     *
     * @param clean calls a second that are answered without a failure
     * @param most calls a second that the caller can make
     * @param limit no turn but the first begins that would end later, if it takes as long as the one
     *     before
     * @param where which processors are used
     */
    void measure(int clean, int most, Duration limit, String where) {
        long began = nanos.getAsLong();
        int[] offered = Arrays.stream(TIMES)
                .map(times -> Math.min(times * clean, Math.max(clean, most)))
                .toArray();
        for (int i = 0; i < WARM_UPS; i++) {
            bursts.unmeasured(offered[offered.length - 1]);
        }
        List<List<AnswerBurst>> rates = new ArrayList<>();
        for (int i = 0; i < TIMES.length; i++) {
            rates.add(new ArrayList<>());
        }
        long turnBegan = nanos.getAsLong();
        turn(rates, offered);
        for (int turn = 1; turn < TURNS; turn++) {
            long now = nanos.getAsLong();
            if (now - began + now - turnBegan > limit.toNanos()) {
                break;
            }
            turnBegan = now;
            turn(rates, offered);
        }
        double best = rates.stream()
                .flatMap(List::stream)
                .mapToDouble(AnswerBurst::answeredPerSecond)
                .max()
                .orElseThrow();
        for (int i = 0; i < TIMES.length; i++) {
            report(TIMES[i], rates.get(i), best, where);
        }
    }

    private void turn(List<List<AnswerBurst>> rates, int[] offered) {
        for (int i = 0; i < TIMES.length; i++) {
            rates.get(i).add(bursts.measured(offered[i]));
        }
    }

    private void report(int times, List<AnswerBurst> measured, double best, String where) {
        Spread lost = spread(measured, burst -> lostPercent(burst, best));
        found.accept(new BenchFigure(
                        "calls lost at up to " + times + " x the clean rate",
                        lost.median(),
                        "%",
                        TARGET,
                        String.format(
                                Locale.ROOT,
                                "%s, turns: %d; %.0f of %d calls/s answered, the best %.0f; %.0f us each; engine and SIPp %s; other programs"
                                        + " used up to %.0f %% of the machine",
                                lost,
                                measured.size(),
                                spread(measured, AnswerBurst::answeredPerSecond).median(),
                                measured.get(0).perSecond(),
                                best,
                                spread(measured, AnswerBurst::microsPerCall).median(),
                                where,
                                spread(measured, AnswerBurst::others).most()))
                .in(lost));
    }

    /** No more can be answered than are made, nor than at the best rate. */
    static double lostPercent(AnswerBurst burst, double best) {
        return 100 * (1 - burst.answeredPerSecond() / Math.min(burst.perSecond(), best));
    }

    private static Spread spread(List<AnswerBurst> measured, ToDoubleFunction<AnswerBurst> value) {
        return Spread.of(measured.stream().mapToDouble(value).boxed().toList());
    }
}
