// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Measures everything, one thing after the other. */
public final class Bench {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    private static final Duration RARELY = Duration.ofMinutes(30);
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final int PACKETS_PER_SECOND = 50;
    private static final int FIRST_ACCOUNTS = 10;
    private static final String MEDIA = "callclient-media";

    private final Settings settings;
    private final Consumer<BenchFigure> found;
    private final ProcessProbe probe = new ProcessProbe();

    /**
     * The extent of the measurement.
     *
     * @param idle how long an idle account is watched
     */
    public record Settings(int calls, int accounts, int seconds, Duration idle) {}

    public Bench(Settings settings, Consumer<BenchFigure> found) {
        this.settings = settings;
        this.found = found;
    }

    public void run() throws IOException {
        found.accept(new BenchFigure(
                "INVITE parsed", ParseCost.microsPerInvite(), "us", Double.NaN, "thread CPU, 13 headers, no body"));
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
            long before = probe.heapHeld();
            subject.register(settings.accounts());
            MeasuredEngine.pass(SETTLING);
            int more = settings.accounts() - FIRST_ACCOUNTS;
            found.accept(new BenchFigure(
                    "heap a further account",
                    (probe.heapHeld() - before) / 1024.0 / more,
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

    private void calls(PbxProcess pbx) throws IOException {
        try (MeasuredEngine subject = new MeasuredEngine(pbx, RARELY, false)) {
            subject.register(1);
            subject.call(1);
            MeasuredEngine.pass(SETTLING);
            long heap = probe.heapHeld();
            subject.call(settings.calls());
            MeasuredEngine.pass(SETTLING);
            found.accept(new BenchFigure(
                    "heap a call, media included",
                    (probe.heapHeld() - heap) / 1024.0 / (settings.calls() - 1),
                    "kB",
                    Double.NaN,
                    settings.calls() + " calls to the echo, established for some seconds"));
            media(subject);
        }
    }

    private void media(MeasuredEngine subject) throws IOException {
        long packets = packets(subject);
        long time = System.nanoTime();
        Duration before = mediaCpu();
        MeasuredEngine.pass(Duration.ofSeconds(settings.seconds()));
        double engine = mediaCpu().minus(before).toNanos();
        double callSeconds = settings.calls() * (System.nanoTime() - time) / 1e9;
        double moved = packets(subject) - packets;
        double kernel = KernelCost.nanosPerCallSecond(settings.calls(), settings.seconds());
        double ours = engine / callSeconds;
        found.accept(new BenchFigure(
                "media CPU a call-second",
                ours / 1e6,
                "ms",
                Double.NaN,
                String.format(
                        "CPU of the media loop; G.711, SRTP, %.0f %% of the packets due were sent and received",
                        moved / callSeconds / PACKETS_PER_SECOND / 2 * 100)));
        found.accept(new BenchFigure(
                "... against bare send and receive",
                ours / kernel,
                "x",
                2,
                String.format("the kernel's: %.2f ms, same packets, same JVM, after it", kernel / 1e6)));
    }

    private static long packets(MeasuredEngine subject) {
        return subject.calls().stream()
                .map(call -> call.snapshot().quality())
                .mapToLong(quality -> quality == null ? 0 : sum(quality))
                .sum();
    }

    private static long sum(CallQuality quality) {
        return quality.packetsSent() + quality.packetsReceived();
    }

    private Duration mediaCpu() {
        Map<String, Duration> threads = probe.cpuByThread();
        return threads.getOrDefault(MEDIA, Duration.ZERO);
    }

    /** Returns whether every figure meets its target. */
    public static boolean met(List<BenchFigure> figures) {
        return figures.stream().allMatch(BenchFigure::met);
    }
}
