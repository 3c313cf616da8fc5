// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.testkit.cli.bench.BenchFigure.Better;
import com.techpro.callclient.testkit.cli.bench.ProcessTimes.Look;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How much of the machine's processors other programs use: neither this process nor those that it
 * started. They evict caches, so that the same work takes more CPU time. On Linux it is the sum of
 * their own times ({@link ProcessTimes}); elsewhere the machine's load without ours.
 */
public final class OtherLoad {
    /** The name of the figure. */
    public static final String NAME = "machine in use by others";

    /** More than this distorts a ratio by more than its spread. */
    public static final double MOST_PERCENT = 10;

    private static final Duration SETTLING = Duration.ofSeconds(5);
    /** Counted once: it changes while this process may use only one of them. */
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final ProcessProbe probe;
    private final ProcessTimes processes;
    private final LongSupplier nanos;
    private final int processors;
    private long began;
    private Duration oursBefore = Duration.ZERO;
    private Optional<Look> before = Optional.empty();

    OtherLoad(ProcessProbe probe) {
        this(probe, new ProcessTimes(), System::nanoTime, PROCESSORS);
    }

    /** @param nanos now, monotonic */
    OtherLoad(ProcessProbe probe, ProcessTimes processes, LongSupplier nanos, int processors) {
        this.probe = probe;
        this.processes = processes;
        this.nanos = nanos;
        this.processors = processors;
    }

    void begin() {
        before = processes.look();
        double unused = probe.machineCpuPercent();
        began = nanos.getAsLong();
        oursBefore = ours();
    }

    /** Returns the others' share of all processors since {@link #begin}, 0 to 100. */
    double percent() {
        return percent(Duration.ZERO);
    }

    /** @param ended CPU time of a process of ours that was started since, and has ended */
    double percent(Duration ended) {
        double available = (double) (nanos.getAsLong() - began) * processors;
        Optional<Look> after = before.isEmpty() ? Optional.empty() : processes.look();
        double percent;
        if (after.isPresent()) {
            percent = 100 * ProcessTimes.usedByOthers(before.get(), after.get()).toNanos() / available;
        } else {
            double own = 100 * ours().plus(ended).minus(oursBefore).toNanos() / available;
            percent = probe.machineCpuPercent() - own;
        }
        return Math.max(0, Math.min(100, percent));
    }

    /** Returns it over some seconds in which nothing is measured. */
    BenchFigure beforeAnything() {
        begin();
        MeasuredEngine.pass(SETTLING);
        return new BenchFigure(
                        NAME,
                        percent(),
                        "%",
                        Double.NaN,
                        "before anything is measured, over " + SETTLING.toSeconds() + " s")
                .better(Better.NEITHER);
    }

    /** Returns the figure that stands in place of one that others' use distorts. */
    static BenchFigure tooMuch(double percent, String what) {
        return new BenchFigure(NAME, percent, "%", MOST_PERCENT, what + "; --busy-anyway gives it")
                .better(Better.NEITHER);
    }

    private Duration ours() {
        return ProcessHandle.current()
                .descendants()
                .flatMap(child -> child.info().totalCpuDuration().stream())
                .reduce(probe.cpu(), Duration::plus);
    }
}
