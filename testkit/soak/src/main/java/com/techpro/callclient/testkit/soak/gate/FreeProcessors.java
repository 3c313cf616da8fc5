// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import java.time.Duration;

/**
 * Measures how much of the processors other programs and the machine's host leave, while this
 * program has work for at least one. Returns all processors if the system does not tell. Not
 * thread-safe.
 */
public final class FreeProcessors {
    private final ProcessorUse use = new ProcessorUse();
    private final int processors = Runtime.getRuntime().availableProcessors();
    private final ProcessorUse.Sample began;

    /** @param nanos now, monotonic */
    public FreeProcessors(long nanos) {
        began = use.sample(nanos);
    }

    /** Returns the average since creation, from 0 to the number of processors. */
    public double free(long nanos) {
        return free(began, use.sample(nanos), processors);
    }

    static double free(ProcessorUse.Sample before, ProcessorUse.Sample after, int processors) {
        double elapsed = after.nanos() - before.nanos();
        double counted = nanos(before.counted(), after.counted());
        if (elapsed <= 0 || counted <= 0) {
            return processors;
        }
        double others = Math.max(0, nanos(before.busy(), after.busy()) - nanos(before.process(), after.process()));
        // A container may have fewer processors than the machine, for which the system reports.
        double all = Math.max(processors * elapsed, counted);
        return processors * Math.max(0, counted - others) / all;
    }

    private static double nanos(Duration before, Duration after) {
        return after.minus(before).toNanos();
    }
}
