// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many calls a second are answered cleanly: the engine, media sockets included, beside SIPp's own answering scenario, under
 * SIPp's load on the same cores in the same run. Prints; what it prints depends on the machine, the ratio hardly does. That nothing
 * of the bursts is left behind is asserted.
 */
@Tag("benchmark")
class AnswerRateBenchmark {
    private static final int SECONDS = 3;
    // A phone system's calls come for months; the first seconds of a JVM, when code is still interpreted, say nothing
    // about that.
    private static final int WARM_UP_BURSTS = 8;
    /** SIPp gives up a call that is not answered long before. */
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(SECONDS + 40);

    private static final int WARM_UP_RATE = 1000;
    private static final int FIRST_RATE = 800;
    private static final int HIGHEST_RATE = 12_800;
    private static final int REFINEMENTS = 3;
    private static final double RETRANSMITTED = 0.01;
    private static final double REACHED = 0.9;

    @TempDir
    Path directory;

    private Sipp caller;
    private boolean apart;

    @Test
    @Timeout(600)
    void clean_answers_a_second() {
        caller = new Sipp(directory, "u1");
        int theirs;
        try (Answering sipp = new SippAnswering(directory)) {
            theirs = highest("SIPp", sipp);
        }
        int ours;
        try (EngineAnswering engine = new EngineAnswering(directory)) {
            for (int i = 0; i < WARM_UP_BURSTS; i++) {
                burst("engine, warming up,", engine, WARM_UP_RATE);
            }
            ours = highest("engine", engine);
            engine.awaitNothingLeft();
        }
        System.out.printf(
                "answer rate: engine %d calls/s, SIPp %d calls/s, ratio %.2f%n", ours, theirs, (double) ours / theirs);
        assertThat(ours).isPositive();
        assertThat(theirs).isPositive();
    }

    /**
     * What becomes of more calls than are answered cleanly: how many are answered at one, two and four times that rate, beside the most of
     * the three; the heap at most and afterwards; and that nothing is left when Timer H has passed.
     */
    @Test
    @Timeout(900)
    void goodput_beyond_the_highest_clean_rate() {
        // On shared processors SIPp, which has the more to do the more it asks for, would take from the engine what it
        // answers with.
        pin(ProcessHandle.current().pid(), 0);
        apart = true;
        caller = new Sipp(directory, "u1");
        try (EngineAnswering engine = new EngineAnswering(directory)) {
            for (int i = 0; i < WARM_UP_BURSTS; i++) {
                burst("engine, warming up,", engine, WARM_UP_RATE);
            }
            int clean = highest("engine", engine);
            engine.awaitNothingLeft();
            Map<Integer, Burst> bursts = new LinkedHashMap<>();
            for (int times : new int[] {1, 2, 4}) {
                resetHeapPeak();
                bursts.put(times, burst(times + " times the clean rate: engine", engine, times * clean));
                long peak = heapPeak();
                long ended = System.nanoTime();
                engine.settle();
                double left = (System.nanoTime() - ended) / 1e9;
                engine.awaitNothingLeft();
                System.gc();
                System.out.printf(
                        "%d times the clean rate: no call left after %.1f s, heap at most %d MB, %d MB when all was gone,"
                                + " refused so far %s, %s%n",
                        times, left, peak >> 20, heapUsed() >> 20, engine.refusals(), engine.load());
            }
            double best = bursts.values().stream()
                    .mapToDouble(burst -> burst.succeeded)
                    .max()
                    .orElseThrow();
            bursts.forEach((times, burst) -> System.out.printf(
                    "goodput at %d times %d calls/s: %.0f/s, %.2f of the best (offered %.0f/s); %.0f us of CPU for each answered%n",
                    times,
                    clean,
                    burst.succeeded / SECONDS,
                    burst.succeeded / best,
                    burst.reached,
                    burst.cpu.toNanos() / 1e3 / burst.succeeded));
            assertThat(best).isPositive();
        }
    }

    /** Gives all threads of a process one processor. */
    private void pin(long process, int processor) {
        PeerProcess.run(
                directory,
                Duration.ofSeconds(10),
                "taskset",
                "--all-tasks",
                "--cpu-list",
                "--pid",
                Integer.toString(processor),
                Long.toString(process));
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

    private static long heapUsed() {
        return heapPools().mapToLong(pool -> pool.getUsage().getUsed()).sum();
    }

    private record Burst(
            int calls,
            int rate,
            boolean ended,
            double reached,
            double succeeded,
            double failed,
            double repeated,
            Duration cpu) {
        boolean isClean() {
            return ended && failed == 0 && repeated <= calls * RETRANSMITTED && reached >= rate * REACHED;
        }
    }

    /** Doubles until it is no longer clean, then halves the interval a few times. */
    private int highest(String name, Answering answering) {
        int good = 0;
        int bad = FIRST_RATE;
        while (bad <= HIGHEST_RATE && burst(name, answering, bad).isClean()) {
            good = bad;
            bad *= 2;
        }
        for (int step = 0; step < REFINEMENTS && bad <= HIGHEST_RATE; step++) {
            int middle = (good + bad) / 2;
            if (burst(name, answering, middle).isClean()) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return good;
    }

    /**
     * Clean if every call of a burst succeeded, with no more retransmissions than one call in a hundred, and SIPp could make them as fast
     * as it was told to.
     */
    private Burst burst(String name, Answering answering, int rate) {
        int calls = rate * SECONDS;
        answering.settle();
        Duration before = answering.cpu();
        try (Sipp.Scenario load = caller.launch(
                "load-uac",
                Map.of("TARGET", answering.target()),
                List.of(
                        Sipp.hostPort(answering.target()),
                        "-m",
                        Integer.toString(calls),
                        "-r",
                        Integer.toString(rate),
                        "-l",
                        Integer.toString(calls),
                        "-buff_size",
                        SippAnswering.SOCKET_BUFFER,
                        "-recv_timeout",
                        "4000",
                        "-max_retrans",
                        "3",
                        "-trace_stat",
                        "-fd",
                        "1h"))) {
            if (apart) {
                pin(load.process().pid(), 1);
            }
            boolean ended = load.process().endsWithin(MOST_PATIENCE);
            Burst burst = new Burst(
                    calls,
                    rate,
                    ended,
                    ended ? load.statistic("CallRate(C)") : 0,
                    ended ? load.statistic("SuccessfulCall(C)") : 0,
                    ended ? load.statistic("FailedCall(C)") : -1,
                    ended ? load.statistic("Retransmissions(C)") : -1,
                    answering.cpu().minus(before));
            System.out.printf(
                    "%s at %d calls/s: %s (reached %.0f/s, failed %.0f, retransmitted %.0f), %.0f us of CPU a call%n",
                    name,
                    rate,
                    burst.isClean() ? "clean" : ended ? "not clean" : "collapsed",
                    burst.reached,
                    burst.failed,
                    burst.repeated,
                    burst.cpu.toNanos() / 1e3 / calls);
            return burst;
        }
    }
}
