// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.testkit.cli.bench.BenchFigure.Better;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Measures everything, one thing after the other. */
public final class Bench {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    private static final Duration RARELY = Duration.ofMinutes(30);
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final int FIRST_ACCOUNTS = 10;

    private final Settings settings;
    private final Consumer<BenchFigure> found;
    private final ProcessProbe probe = new ProcessProbe();
    private final LiveHeap heap = new LiveHeap(probe);

    /**
     * The extent of the measurement.
     *
     * @param idle how long an idle account is watched
     * @param mediaOnly whether only the CPU of media is measured
     * @param busyAnyway whether ratios are given although other programs use the machine
     */
    public record Settings(
            int calls, int accounts, int seconds, Duration idle, boolean mediaOnly, boolean busyAnyway) {}

    public Bench(Settings settings, Consumer<BenchFigure> found) {
        this.settings = settings;
        this.found = found;
    }

    public void run() throws IOException {
        found.accept(new OtherLoad(probe).beforeAnything());
        if (settings.mediaOnly()) {
            try (PbxProcess pbx = new PbxProcess(1)) {
                media(pbx);
            }
            return;
        }
        ParseCost parsed = ParseCost.ofInvite();
        found.accept(new BenchFigure("INVITE parsed", parsed.micros(), "us", 4, "thread CPU, 13 headers, no body"));
        found.accept(new BenchFigure("garbage of it", parsed.garbageBytes() / 1024, "kB", 8, "heap that it allocates"));
        try (PbxProcess pbx = new PbxProcess(Math.max(settings.accounts(), 1))) {
            if (WakeUps.countable()) {
                idle(pbx);
            }
            accounts(pbx, true);
            accounts(pbx, false);
            calls(pbx);
        }
    }

    private void idle(PbxProcess pbx) throws IOException {
        try (MeasuredEngine subject = new MeasuredEngine(pbx, KEEP_ALIVE, false)) {
            subject.register(1);
            // The workers' threads end after ten idle seconds.
            MeasuredEngine.pass(SETTLING.multipliedBy(3));
            long before = WakeUps.soFar();
            MeasuredEngine.pass(settings.idle());
            double perMinute =
                    (WakeUps.soFar() - before) * 60.0 / settings.idle().toSeconds();
            found.accept(new BenchFigure(
                    "wake-ups a minute, idle",
                    perMinute,
                    "",
                    4,
                    "voluntary context switches of the engine's threads over "
                            + settings.idle().toSeconds() + " s; one account over TLS, keep-alive every 30 s"));
        }
    }

    private void accounts(PbxProcess pbx, boolean shared) {
        String how = shared ? "sharing a TLS connection" : "each with a TLS connection of its own";
        int threads = probe.threadCount();
        try (MeasuredEngine subject = new MeasuredEngine(pbx, RARELY, shared)) {
            subject.register(FIRST_ACCOUNTS);
            long before = heap.bytes();
            int more = settings.accounts() - FIRST_ACCOUNTS;
            registrations(subject, more, how);
            MeasuredEngine.pass(SETTLING);
            found.accept(new BenchFigure(
                    "heap a further account",
                    (heap.bytes() - before) / 1024.0 / more,
                    "kB",
                    shared ? 8 : Double.NaN,
                    settings.accounts() + " accounts " + how));
            int cores = Runtime.getRuntime().availableProcessors();
            found.accept(new BenchFigure(
                    "threads for " + settings.accounts() + " accounts",
                    probe.threadCount() - threads,
                    "",
                    2 * cores + Math.max(4, 2 * cores),
                    how + "; the target is 2 a core and the workers"));
        }
        MeasuredEngine.pass(SETTLING.multipliedBy(3));
    }

    private void registrations(MeasuredEngine subject, int more, String how) {
        Duration cpu = probe.cpu();
        long began = System.nanoTime();
        subject.register(FIRST_ACCOUNTS + more);
        double seconds = (System.nanoTime() - began) / 1e9;
        String of = more + " accounts at once " + how;
        found.accept(new BenchFigure("registrations a second", more / seconds, "", Double.NaN, of).better(Better.MORE));
        found.accept(new BenchFigure(
                "CPU of a registration", probe.cpu().minus(cpu).toNanos() / 1e6 / more, "ms", Double.NaN, of));
    }

    private void calls(PbxProcess pbx) throws IOException {
        try (MeasuredEngine subject = new MeasuredEngine(pbx, RARELY, false)) {
            subject.register(1);
            subject.call(1);
            MeasuredEngine.pass(SETTLING);
            long before = heap.bytes();
            subject.call(settings.calls());
            MeasuredEngine.pass(SETTLING);
            found.accept(new BenchFigure(
                    "heap a call, media included",
                    (heap.bytes() - before) / 1024.0 / (settings.calls() - 1),
                    "kB",
                    Double.NaN,
                    settings.calls() + " calls to the echo, established for some seconds"));
            subject.hangUp();
            new MediaCost(subject, settings, found, probe).measure();
        }
    }

    private void media(PbxProcess pbx) throws IOException {
        try (MeasuredEngine subject = new MeasuredEngine(pbx, RARELY, false)) {
            subject.register(1);
            new MediaCost(subject, settings, found, probe).measure();
        }
    }

    /** Returns whether every figure meets its target. */
    public static boolean met(List<BenchFigure> figures) {
        return figures.stream().allMatch(BenchFigure::met);
    }
}
