// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    private static final int WARM_UP_RATE = 1000;
    private static final int FIRST_RATE = 800;
    private static final int HIGHEST_RATE = 12_800;
    private static final int REFINEMENTS = 3;
    private static final double RETRANSMITTED = 0.01;
    private static final double REACHED = 0.9;

    @TempDir
    Path directory;

    private Sipp caller;

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

    /** Doubles until it is no longer clean, then halves the interval a few times. */
    private int highest(String name, Answering answering) {
        int good = 0;
        int bad = FIRST_RATE;
        while (bad <= HIGHEST_RATE && burst(name, answering, bad)) {
            good = bad;
            bad *= 2;
        }
        for (int step = 0; step < REFINEMENTS && bad <= HIGHEST_RATE; step++) {
            int middle = (good + bad) / 2;
            if (burst(name, answering, middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return good;
    }

    /**
     * Whether every call of a burst succeeded, with no more retransmissions than one call in a hundred, and SIPp could make them as fast
     * as it was told to.
     */
    private boolean burst(String name, Answering answering, int rate) {
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
            boolean ended = load.process().endsWithin(Duration.ofSeconds(SECONDS + 12));
            double repeated = ended ? load.statistic("Retransmissions(C)") : -1;
            double failed = ended ? load.statistic("FailedCall(C)") : -1;
            double reached = ended ? load.statistic("CallRate(C)") : 0;
            boolean clean = failed == 0 && repeated <= calls * RETRANSMITTED && reached >= rate * REACHED;
            System.out.printf(
                    "%s at %d calls/s: %s (reached %.0f/s, failed %.0f, retransmitted %.0f), %.0f us of CPU a call%n",
                    name,
                    rate,
                    clean ? "clean" : ended ? "not clean" : "collapsed",
                    reached,
                    failed,
                    repeated,
                    answering.cpu().minus(before).toNanos() / 1e3 / calls);
            return clean;
        }
    }
}
