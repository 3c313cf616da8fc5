// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.testkit.cli.bench.BenchFigure.Better;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Measures the media loop's CPU time in turns with the bare cost of the same packets, so that
 * whatever else slows the machine affects both.
 */
final class MediaCost {
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final int PACKETS_PER_SECOND = 50;
    private static final int ROUNDS = 5;
    /** Fewer calls share the cost of waking the loop. */
    private static final int MANY_CALLS = 1000;

    private static final double TARGET_OF_MANY = 2.0;
    private static final double TARGET = 2.5;
    private static final String MEDIA = "callclient-media";

    private final MeasuredEngine subject;
    private final Bench.Settings settings;
    private final Consumer<BenchFigure> found;
    private final ProcessProbe probe;
    private final OtherLoad others;

    /** @param movedPercent of the packets due */
    private record Round(double engineMillis, double kernelMillis, double movedPercent, double othersPercent) {
        double ratio() {
            return engineMillis / kernelMillis;
        }
    }

    MediaCost(MeasuredEngine subject, Bench.Settings settings, Consumer<BenchFigure> found, ProcessProbe probe) {
        this.subject = subject;
        this.settings = settings;
        this.found = found;
        this.probe = probe;
        others = new OtherLoad(probe);
    }

    /** Measures calls to the echo, which must have been registered for. */
    void measure() throws IOException {
        List<Round> rounds = new ArrayList<>();
        try (KernelCost kernel = new KernelCost(settings.calls())) {
            round(kernel); // The compiler is still at work in the first one.
            subject.clock().begin();
            for (int i = 0; i < ROUNDS; i++) {
                rounds.add(round(kernel));
            }
        }
        Spread engine = spread(rounds, Round::engineMillis);
        Spread kernel = spread(rounds, Round::kernelMillis);
        Spread ratio = spread(rounds, Round::ratio);
        found.accept(new BenchFigure(
                        "media CPU a call-second",
                        engine.median(),
                        "ms",
                        Double.NaN,
                        String.format(
                                Locale.ROOT,
                                "%s in %d rounds; CPU of the media loop; G.711, SRTP, %.0f %% of the packets due were moved",
                                engine,
                                ROUNDS,
                                spread(rounds, Round::movedPercent).least()))
                .in(engine));
        found.accept(new BenchFigure(
                        "... of bare send and receive",
                        kernel.median(),
                        "ms",
                        Double.NaN,
                        kernel + ", in turns with it; same packets, same pace, same JVM")
                .in(kernel)
                .better(Better.NEITHER));
        found.accept(subject.clock().figure("in these rounds, set-up and end of the calls included"));
        double busy = spread(rounds, Round::othersPercent).most();
        if (busy <= OtherLoad.MOST_PERCENT || settings.busyAnyway()) {
            found.accept(new BenchFigure(
                            "... against it",
                            ratio.median(),
                            "x",
                            settings.calls() < MANY_CALLS ? TARGET : TARGET_OF_MANY,
                            String.format(
                                    Locale.ROOT, "%s; other programs used up to %.0f %% of the machine", ratio, busy))
                    .in(ratio));
        } else {
            found.accept(OtherLoad.tooMuch(busy, "while media was measured: no ratio is given"));
        }
    }

    private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> value) {
        return Spread.of(rounds.stream().mapToDouble(value).boxed().toList());
    }

    private Round round(KernelCost kernel) throws IOException {
        others.begin();
        double bare = kernel.nanosPerCallSecond(settings.seconds());
        double othersOfBare = others.percent();
        subject.call(settings.calls());
        MeasuredEngine.pass(SETTLING);
        others.begin();
        long packets = subject.packets();
        long time = System.nanoTime();
        Duration before = cpu();
        MeasuredEngine.pass(Duration.ofSeconds(settings.seconds()));
        double engine = cpu().minus(before).toNanos();
        double callSeconds = settings.calls() * (System.nanoTime() - time) / 1e9;
        double moved = (subject.packets() - packets) / callSeconds / PACKETS_PER_SECOND / 2;
        double othersOfEngine = others.percent();
        subject.hangUp();
        return new Round(engine / callSeconds / 1e6, bare / 1e6, 100 * moved, Math.max(othersOfBare, othersOfEngine));
    }

    private Duration cpu() {
        return probe.cpuByThread().getOrDefault(MEDIA, Duration.ZERO);
    }
}
