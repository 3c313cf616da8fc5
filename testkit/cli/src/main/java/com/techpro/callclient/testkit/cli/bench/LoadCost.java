// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.testkit.cli.bench.BenchFigure.Better;
import com.techpro.callclient.testkit.cli.bench.LoadParts.Part;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.run.LoadAccount;
import com.techpro.callclient.testkit.soak.run.LoadUser;
import com.techpro.callclient.testkit.soak.run.RunEnvironment;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Measures the CPU cost of load: of calls that are made, carried and judged as a server of a load
 * test does it. Each caller has an account with its own TLS connection, and calls the echo of a PBX
 * in another process again and again: it dials, speaks for some seconds, hangs up, and judges what
 * it heard. All media is encrypted (SDES). Callers begin one after the other, so that at any time
 * as many calls begin as end.
 */
public final class LoadCost {
    private static final int ROUNDS = 3;
    private static final Duration TALK = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final double TARGET_MILLIS = 2;
    /** Of one processor. */
    private static final double COMPILER_QUIET = 0.05;

    private static final int MOST_PASSES = 12;

    private final Settings settings;
    private final Consumer<BenchFigure> found;
    private final ProcessProbe probe = new ProcessProbe();
    private final OtherLoad others = new OtherLoad(probe);

    /** The codecs that can be measured. */
    public enum Codec {
        G711("G.711", "pcmu", TARGET_MILLIS),
        G722("G.722", "g722", Double.NaN),
        OPUS("Opus", "opus", Double.NaN);

        private final String title;
        private final String name;
        private final double target;

        Codec(String title, String name, double target) {
            this.title = title;
            this.name = name;
            this.target = target;
        }
    }

    /**
     * The extent of the measurement.
     *
     * @param calls at the same time
     * @param each how long a codec is measured in each of three rounds
     * @param busyAnyway whether calls a core are given although other programs use the machine
     */
    public record Settings(int calls, Duration each, List<Codec> codecs, boolean busyAnyway) {
        public Settings {
            codecs = List.copyOf(codecs);
        }
    }

    /**
     * One codec in one round.
     *
     * @param millis CPU of each part for a judged second of a call
     * @param unverified calls whose speech was not heard as it was said, or that failed
     */
    private record Round(Map<Part, Double> millis, double callSeconds, int unverified, double othersPercent) {
        double of(Part part) {
            return millis.getOrDefault(part, 0.0);
        }

        /** Without the PBX, which is what a load tester tests. */
        double total() {
            return millis.entrySet().stream()
                    .filter(part -> part.getKey() != Part.PBX)
                    .mapToDouble(Map.Entry::getValue)
                    .sum();
        }
    }

    /** Prepares the measurement. */
    public LoadCost(Settings settings, Consumer<BenchFigure> found) {
        this.settings = settings;
        this.found = found;
    }

    /** @throws IllegalStateException if a call could not be made */
    public void run() throws IOException {
        found.accept(others.beforeAnything());
        SpeechClip clip = SpeechClip.builtIn();
        Map<Codec, List<Round>> rounds = new EnumMap<>(Codec.class);
        try (RunEnvironment environment = RunEnvironment.open();
                PbxProcess pbx = new PbxProcess(settings.calls())) {
            for (int i = 0; i < ROUNDS; i++) {
                for (Codec codec : settings.codecs()) {
                    try (LoadUser user = new LoadUser(
                            environment, clip, SpeechLimits.CLEAN, config -> config.maxCalls(2 * settings.calls()))) {
                        rounds.computeIfAbsent(codec, unused -> new ArrayList<>())
                                .add(round(codec, pbx, user));
                    }
                }
            }
        } catch (StepFailedException e) {
            throw new IllegalStateException("not registered: " + e.code(), e);
        }
        rounds.forEach(this::report);
    }

    private Round round(Codec codec, PbxProcess pbx, LoadUser user) throws StepFailedException {
        MediaChoice media =
                new MediaChoice(List.of(codec.name), KeyingPolicy.SDES_ONLY, MediaChoice.Path.ICE_WHEN_OFFERED);
        List<LoadAccount> accounts = new ArrayList<>();
        for (int i = 0; i < settings.calls(); i++) {
            accounts.add(user.register(pbx.account(i, KEEP_ALIVE), media, LIMIT));
        }
        LoadParts parts = new LoadParts(probe);
        try (LoadCallers callers = new LoadCallers(accounts, TALK)) {
            settle(parts);
            others.begin();
            LoadCallers.Done doneBefore = callers.done();
            Map<Part, Duration> before = parts.used();
            for (long looks = settings.each().dividedBy(LOOK); looks > 0; looks--) {
                MeasuredEngine.pass(LOOK);
                parts.look();
            }
            Map<Part, Duration> after = parts.used();
            LoadCallers.Done done = callers.done();
            double callSeconds = (done.judged() - doneBefore.judged()) * (double) TALK.toSeconds();
            Map<Part, Double> millis = new EnumMap<>(Part.class);
            after.forEach((part, used) -> millis.put(
                    part, used.minus(before.getOrDefault(part, Duration.ZERO)).toNanos() / 1e6 / callSeconds));
            return new Round(millis, callSeconds, done.failed() - doneBefore.failed(), others.percent());
        }
    }

    /**
     * Waits until all have begun and the first were judged, and, as a load test lasts longer than
     * this, until the compiler has little left to do.
     */
    private static void settle(LoadParts parts) {
        MeasuredEngine.pass(TALK);
        double busy;
        int passes = 0;
        do {
            Duration before = parts.jvm();
            MeasuredEngine.pass(TALK.dividedBy(2));
            Duration used = parts.jvm().minus(before);
            busy = 2.0 * used.toNanos() / TALK.toNanos();
            passes++;
        } while (busy > COMPILER_QUIET && passes < MOST_PASSES);
    }

    private void report(Codec codec, List<Round> rounds) {
        Spread total = spread(rounds, Round::total);
        double callSeconds = rounds.stream().mapToDouble(Round::callSeconds).sum();
        found.accept(new BenchFigure(
                        "CPU a judged call-second, " + codec.title,
                        total.median(),
                        "ms",
                        codec.target,
                        String.format(
                                Locale.ROOT,
                                "%s in %d rounds; SDES, %d calls of %d s at once to an echo, %.0f call-seconds",
                                total,
                                ROUNDS,
                                settings.calls(),
                                TALK.toSeconds(),
                                callSeconds))
                .in(total));
        for (Part part : Part.values()) {
            Spread spread = spread(rounds, round -> round.of(part));
            found.accept(
                    new BenchFigure("... " + part.title(), spread.median(), "ms", Double.NaN, spread + threads(part))
                            .in(spread)
                            .better(part == Part.PBX ? Better.NEITHER : Better.LESS));
        }
        found.accept(new BenchFigure(
                "calls not verified, " + codec.title,
                rounds.stream().mapToInt(Round::unverified).sum(),
                "",
                0,
                "failed, or not every word was heard"));
        double busy = spread(rounds, Round::othersPercent).most();
        if (busy <= OtherLoad.MOST_PERCENT || settings.busyAnyway()) {
            found.accept(new BenchFigure(
                            "judged calls a core, " + codec.title,
                            1_000 / total.median(),
                            "",
                            Double.NaN,
                            String.format(
                                    Locale.ROOT,
                                    "were it fully used; other programs used up to %.0f %% of the machine",
                                    busy))
                    .in(new Spread(1_000 / total.most(), 1_000 / total.median(), 1_000 / total.least()))
                    .better(Better.MORE));
        } else {
            found.accept(OtherLoad.tooMuch(busy, "while calls were made: no calls a core are given"));
        }
    }

    private static String threads(Part part) {
        return part == Part.PBX ? ", not in the sum" : "";
    }

    private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> value) {
        return Spread.of(rounds.stream().mapToDouble(value).boxed().toList());
    }
}
