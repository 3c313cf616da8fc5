// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import java.time.Duration;

/**
 * How much of the machine's processors other programs use: neither this process nor those that it
 * started. They evict caches, so that the same work takes more CPU time.
 */
final class OtherLoad {
    /** More than this distorts a ratio by more than its spread. */
    static final double MOST_PERCENT = 10;

    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final ProcessProbe probe;
    private long began;
    private Duration oursBefore = Duration.ZERO;

    OtherLoad(ProcessProbe probe) {
        this.probe = probe;
    }

    void begin() {
        double unused = probe.machineCpuPercent();
        began = System.nanoTime();
        oursBefore = ours();
    }

    /** Returns the others' share of all processors since {@link #begin}, 0 to 100. */
    double percent() {
        return percent(Duration.ZERO);
    }

    /** @param ended CPU time of a process of ours that was started since, and has ended */
    double percent(Duration ended) {
        double machine = probe.machineCpuPercent();
        double available =
                (double) (System.nanoTime() - began) * Runtime.getRuntime().availableProcessors();
        double own = 100 * ours().plus(ended).minus(oursBefore).toNanos() / available;
        return Math.max(0, Math.min(100, machine - own));
    }

    /** Returns it over some seconds in which nothing is measured. */
    BenchFigure beforeAnything() {
        begin();
        MeasuredEngine.pass(SETTLING);
        return new BenchFigure(
                "machine in use by others",
                percent(),
                "%",
                Double.NaN,
                "before anything is measured, over " + SETTLING.toSeconds() + " s");
    }

    /** Returns the figure that stands in place of one that others' use distorts. */
    static BenchFigure tooMuch(double percent, String what) {
        return new BenchFigure(
                "machine in use by others", percent, "%", MOST_PERCENT, what + "; --busy-anyway gives it");
    }

    private Duration ours() {
        return ProcessHandle.current()
                .descendants()
                .flatMap(child -> child.info().totalCpuDuration().stream())
                .reduce(probe.cpu(), Duration::plus);
    }
}
