// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.testkit.cli.bench.BenchFigure.Better;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Measures answered calls under SIPp's load: how many a second without one failing, beside SIPp's
 * own answering scenario; CPU time of one, in turns with SIPp's; and how many are lost when there
 * are too many.
 */
public final class AnswerRate {
    /** A JVM that has just begun interprets its code. */
    private static final int WARM_UPS = 12;

    private static final int WARM_UP_RATE = 1000;
    private static final int ROUNDS = 5;
    private static final int FIRST_RATE = 100;
    private static final int HIGHEST_RATE = 12_800;
    private static final double PRECISION = 0.05;

    private static final double CPU_TARGET = 110;
    private static final double CPU_RATIO_TARGET = 2.2;
    /** The inverse of 0.8. */
    private static final double RATE_RATIO_TARGET = 1.25;

    /** Of all of it; what is repeated is left out if it would end later. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final String SIPP = "... of SIPp's answering scenario";

    private final Consumer<BenchFigure> found;
    private final boolean busyAnyway;
    private final ProcessProbe probe = new ProcessProbe();
    private final OtherLoad others = new OtherLoad(probe);
    private final long began = System.nanoTime();
    private int processor = Processors.ANY;

    private record Round(AnswerBurst engine, AnswerBurst sipp) {
        double ratio() {
            return engine.microsPerCall() / sipp.microsPerCall();
        }

        double othersPercent() {
            return Math.max(engine.others(), sipp.others());
        }
    }

    /** @param busyAnyway whether ratios are given although other programs use the machine */
    public AnswerRate(boolean busyAnyway, Consumer<BenchFigure> found) {
        this.busyAnyway = busyAnyway;
        this.found = found;
    }

    /** Returns whether SIPp can be started. */
    public static boolean measurable() {
        return Sipp.installed();
    }

    /** @throws IllegalStateException if not even a hundred calls a second are answered cleanly */
    public void run() {
        try (Sipp caller = new Sipp();
                AnsweringEngine engine = new AnsweringEngine(caller, probe)) {
            int rate = FIRST_RATE;
            for (int i = 0; i < WARM_UPS; i++) {
                boolean clean = burst(caller, engine, rate).isClean();
                // Calls that are given up take a minute to be gone.
                rate = clean ? Math.min(2 * rate, WARM_UP_RATE) : Math.max(FIRST_RATE, rate / 2);
            }
            Highest highest = besideSipp(caller, engine);
            engine.awaitNothingLeft();
            goodput(caller, engine, highest);
            engine.awaitNothingLeft();
        }
    }

    private AnswerBurst burst(Sipp caller, Answerer answerer, int perSecond) {
        return AnswerBurst.run(caller, answerer, perSecond, processor, others);
    }

    private int highest(Sipp caller, Answerer answerer) {
        int rate = highest(wanted -> burst(caller, answerer, wanted).isClean(), FIRST_RATE, HIGHEST_RATE, PRECISION);
        if (rate == 0) {
            throw new IllegalStateException(
                    answerer.name() + " does not answer " + FIRST_RATE + " calls/s cleanly on this machine");
        }
        return rate;
    }

    /** Clean rates. */
    private record Highest(int ours, int theirs) {}

    private Highest besideSipp(Sipp caller, AnsweringEngine engine) {
        List<Round> rounds = new ArrayList<>();
        int ours = highest(caller, engine);
        int theirs;
        int usual = Math.max(1, Math.min(WARM_UP_RATE, ours / 2));
        try (AnsweringSipp sipp = new AnsweringSipp()) {
            theirs = highest(caller, sipp);
            engine.clock().begin();
            for (int i = 0; i < ROUNDS; i++) {
                rounds.add(new Round(burst(caller, engine, usual), burst(caller, sipp, usual)));
            }
        }
        Spread cpu = spread(rounds, round -> round.engine().microsPerCall());
        Spread sipp = spread(rounds, round -> round.sipp().microsPerCall());
        double busy = spread(rounds, Round::othersPercent).most();
        String how = " in " + ROUNDS + " bursts of " + usual + " calls/s; whole process, G.711 without keys";
        found.accept(new BenchFigure("CPU an answered call", cpu.median(), "us", CPU_TARGET, cpu + how).in(cpu));
        found.accept(new BenchFigure(SIPP, sipp.median(), "us", Double.NaN, sipp + ", in turns with it")
                .in(sipp)
                .better(Better.NEITHER));
        found.accept(new BenchFigure(
                        "clean answers a second",
                        ours,
                        "",
                        Double.NaN,
                        "no call failed, one in a hundred retransmitted")
                .better(Better.MORE));
        found.accept(new BenchFigure(
                        SIPP,
                        theirs,
                        "",
                        Double.NaN,
                        String.format(Locale.ROOT, "found to %.0f %%, as ours", 100 * PRECISION))
                .better(Better.NEITHER));
        found.accept(engine.clock().figure("in the engine's bursts"));
        if (busy > OtherLoad.MOST_PERCENT && !busyAnyway) {
            found.accept(OtherLoad.tooMuch(busy, "while calls were answered: no ratio is given"));
            return new Highest(ours, theirs);
        }
        Spread ratio = spread(rounds, Round::ratio);
        String load = String.format(Locale.ROOT, "other programs used up to %.0f %% of the machine", busy);
        found.accept(new BenchFigure(
                        "CPU of a call against SIPp's", ratio.median(), "x", CPU_RATIO_TARGET, ratio + "; " + load)
                .in(ratio));
        found.accept(new BenchFigure(
                "SIPp's clean answers against ours", (double) theirs / ours, "x", RATE_RATIO_TARGET, load));
        return new Highest(ours, theirs);
    }

    /** SIPp, which has the more to do the more it asks for, gets another processor. */
    private void goodput(Sipp caller, AnsweringEngine engine, Highest together) {
        boolean apart = Processors.separable();
        try {
            int clean = together.ours();
            if (apart) {
                Processors.pin(engine.pid(), 0);
                processor = 1;
                clean = highest(caller, engine);
            }
            resetHeapPeak();
            LostCalls.Bursts bursts = new LostCalls.Bursts() {
                @Override
                public void unmeasured(int perSecond) {
                    burst(caller, engine, perSecond);
                }

                @Override
                public AnswerBurst measured(int perSecond) {
                    // What a burst leaves for half a minute is not the next one's.
                    engine.awaitNothingLeft();
                    return burst(caller, engine, perSecond);
                }
            };
            new LostCalls(bursts, found, System::nanoTime)
                    .measure(
                            clean,
                            together.theirs(),
                            LIMIT.minusNanos(System.nanoTime() - began),
                            apart ? "with a processor each" : "share the processors");
            found.accept(new BenchFigure(
                            "heap at most meanwhile", heapPeak() / 1048576.0, "MB", Double.NaN, "garbage included")
                    .better(Better.NEITHER));
        } finally {
            if (apart) {
                Processors.pin(engine.pid(), Processors.ANY);
                processor = Processors.ANY;
            }
        }
    }

    private static Stream<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    private static void resetHeapPeak() {
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static long heapPeak() {
        return heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }

    private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> value) {
        return Spread.of(rounds.stream().mapToDouble(value).boxed().toList());
    }

    /**
     * Returns the highest clean rate up to a limit: doubles until it is no longer clean, then halves
     * the interval until it is narrow enough. A rate counts as too high when it failed twice, as
     * another program can spoil one burst.
     *
     * @param precision the interval's part of the rate; above 0
     * @return 0 if not even the first is clean
     */
    static int highest(IntPredicate clean, int first, int limit, double precision) {
        IntPredicate once = rate -> {
            boolean atFirst = clean.test(rate);
            return atFirst || clean.test(rate);
        };
        int good = 0;
        int bad = first;
        while (bad <= limit && once.test(bad)) {
            good = bad;
            bad *= 2;
        }
        while (bad <= limit && bad - good > Math.max(1, precision * good)) {
            int middle = (good + bad) / 2;
            if (once.test(middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return good;
    }
}
