// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import java.time.Duration;
import java.util.List;

/**
 * What became of calls that SIPp made at one rate.
 *
 * @param perSecond at which they were to be made
 * @param ended whether SIPp ended at all
 * @param reached calls a second that SIPp made
 * @param cpu of the answering side
 * @param others other programs' share of the machine meanwhile, 0 to 100
 */
record AnswerBurst(
        int calls,
        int perSecond,
        boolean ended,
        double reached,
        double succeeded,
        double failed,
        double repeated,
        Duration cpu,
        double others) {
    static final int SECONDS = 3;
    private static final double RETRANSMITTED = 0.01;
    private static final double REACHED = 0.9;
    /** SIPp gives up a call that is not answered long before. */
    private static final Duration PATIENCE = Duration.ofSeconds(SECONDS + 40);

    /**
     * Makes calls.
     *
     * @param processor that SIPp runs on, or {@link Processors#ANY}
     */
    static AnswerBurst run(Sipp caller, Answerer answerer, int perSecond, int processor, OtherLoad others) {
        int calls = perSecond * SECONDS;
        answerer.settle();
        others.begin();
        Duration before = answerer.cpu();
        List<String> arguments = List.of(
                answerer.target().replaceFirst(".*@([^;>]+).*", "$1"),
                "-m",
                Integer.toString(calls),
                "-r",
                Integer.toString(perSecond),
                "-l",
                Integer.toString(calls),
                "-buff_size",
                Sipp.SOCKET_BUFFER,
                "-recv_timeout",
                "4000",
                "-max_retrans",
                "3",
                "-trace_stat",
                "-fd",
                "1h");
        try (Sipp.Run load = caller.start("answered-call", answerer.target(), arguments)) {
            if (processor != Processors.ANY) {
                Processors.pin(load.pid(), processor);
            }
            boolean ended = load.endsWithin(PATIENCE);
            return new AnswerBurst(
                    calls,
                    perSecond,
                    ended,
                    ended ? load.statistic("CallRate(C)") : 0,
                    ended ? load.statistic("SuccessfulCall(C)") : 0,
                    ended ? load.statistic("FailedCall(C)") : calls,
                    ended ? load.statistic("Retransmissions(C)") : 0,
                    answerer.cpu().minus(before),
                    others.percent(load.cpu()));
        }
    }

    /**
     * Whether every call succeeded, with no more retransmissions than one call in a hundred, and
     * SIPp could make them as fast as it was told to.
     */
    boolean isClean() {
        return ended && failed == 0 && repeated <= calls * RETRANSMITTED && reached >= perSecond * REACHED;
    }

    double microsPerCall() {
        return cpu.toNanos() / 1e3 / Math.max(1, succeeded);
    }

    double answeredPerSecond() {
        return succeeded / SECONDS;
    }
}
