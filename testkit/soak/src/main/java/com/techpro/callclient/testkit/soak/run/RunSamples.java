// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import com.techpro.callclient.testkit.soak.gate.ThreadCpu;
import com.techpro.callclient.testkit.soak.machine.CallLoad;
import com.techpro.callclient.testkit.soak.machine.LoadWatch;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.statistics.RunStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Samples a run each second: for the report's charts, for whoever watches the progress, and to see
 * whether the machine carried the calls. Owned by the run's loop.
 */
final class RunSamples {
    private static final Duration TICK = Duration.ofSeconds(1);

    private final RunEnvironment environment;
    private final RunStatistics statistics;
    private final int users;
    private final ProcessProbe probe;
    private final Consumer<Progress> progress;
    private final ThreadCpu threadCpu = new ThreadCpu();
    private final Series series = new Series();
    private LoadWatch watch;
    /** Null unless the warm-up is running. */
    private @Nullable Instant warmUpEnds;

    private record Sampling(long nanos, Duration cpu) {}

    RunSamples(
            RunEnvironment environment,
            RunStatistics statistics,
            int users,
            ProcessProbe probe,
            Consumer<Progress> progress,
            CallLoad load) {
        this.environment = environment;
        this.statistics = statistics;
        this.users = users;
        this.probe = probe;
        this.progress = progress;
        this.watch = new LoadWatch(load);
    }

    /** Before {@link #begin}: the machine was measured. */
    void measured(CallLoad load) {
        watch = new LoadWatch(load);
    }

    /** From another thread. */
    void warmsUpUntil(@Nullable Instant end) {
        environment.waiting().ask(() -> {
            warmUpEnds = end;
            return true;
        });
    }

    List<SoakReport.Sample> samples() {
        return series.samples();
    }

    /** Returns why the machine did not carry the calls; empty if it did. */
    String whyNot() {
        return watch.whyNot();
    }

    Map<String, Duration> cpuByThread() {
        threadCpu.look();
        return threadCpu.byName();
    }

    /** Begins, on the loop or before the calls. */
    void begin(SoakClient client, CallGenerator generator) {
        Sampling first = new Sampling(environment.loop().nanoTime(), probe.cpu());
        var unused = environment.loop().schedule(TICK, () -> sample(client, generator, first, first));
    }

    private void sample(SoakClient client, CallGenerator generator, Sampling first, Sampling last) {
        if (client.closed()) {
            return;
        }
        Sampling now = new Sampling(environment.loop().nanoTime(), probe.cpu());
        double cpuPercent = 100.0 * now.cpu.minus(last.cpu).toNanos() / (now.nanos - last.nanos);
        var sample = new SoakReport.Sample(
                (now.nanos - first.nanos) / 1e9,
                client.calls().active(),
                statistics.finishedCalls(),
                statistics.failedCalls(),
                probe.heapUsed() / 1048576.0,
                probe.threadCount(),
                cpuPercent,
                probe.machineCpuPercent());
        threadCpu.look();
        probe.cpuWait();
        series.add(sample);
        watch.look(now.nanos, client.calls().active());
        progress.accept(new Progress(
                sample,
                client.registrations().count(RegistrationState.REGISTERED),
                users,
                statistics.judgedDirections(),
                statistics.verifiedDirections(),
                warmUpLeft(),
                generator.isDialling()));
        var unused = environment.loop().schedule(TICK, () -> sample(client, generator, first, now));
    }

    private @Nullable Duration warmUpLeft() {
        Instant end = warmUpEnds;
        if (end == null) {
            return null;
        }
        Duration left = Duration.between(environment.loop().now(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
