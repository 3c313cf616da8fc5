// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.stack.media.sound.VoiceProcessor;
import com.techpro.callclient.testkit.cli.bench.BenchFigure.Better;
import com.techpro.callclient.testkit.judge.scene.Measure;
import com.techpro.callclient.testkit.judge.scene.Scene;
import com.techpro.callclient.testkit.judge.scene.SceneFigures;
import com.techpro.callclient.testkit.judge.scene.SceneJudge;
import com.techpro.callclient.testkit.judge.scene.SceneSettings.Kind;
import com.techpro.callclient.testkit.judge.scene.Scenes;
import com.techpro.callclient.testkit.judge.scene.Voices;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Compares the engine's voice processing with that of each {@link VoicePeer}, over the same scenes, and measures its
 * cost. Echo is judged without noise suppression, noise without echo cancellation, a headset with both, in all alike.
 */
public final class SoundComparison {
    private static final int FRAME = Scene.SAMPLE_RATE / 100;
    /** So many times the scene until all is compiled that will be: after six times the cost is still a third higher. */
    private static final int WARM_UP = 25;

    private static final int ROUNDS = 9;
    private static final double TARGET_MICROS = 25;
    private static final double TARGET_LATENCY = 20;
    /** Percent of the scenes. */
    private static final double MOST_WORSE = 15;
    /** Milliseconds of audible echo, on average and at worst. */
    private static final double MOST_AUDIBLE = 80;

    private static final double WORST_AUDIBLE = 300;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int each;
    private final long seed;
    private final Consumer<BenchFigure> found;
    private final Map<VoicePeer, String> versions = new EnumMap<>(VoicePeer.class);
    private final Tally all;

    /** What all made of some scenes. */
    private static final class Tally {
        private final Map<Measure, List<Double>> ours = new EnumMap<>(Measure.class);
        private final Map<VoicePeer, BothWays> peers = new EnumMap<>(VoicePeer.class);

        Tally(Set<VoicePeer> peers) {
            peers.forEach(peer -> this.peers.put(peer, new BothWays(peer.title())));
        }

        void add(SceneFigures mine) {
            mine.values()
                    .forEach((measure, value) -> ours.computeIfAbsent(measure, any -> new ArrayList<>())
                            .add(value));
        }
    }

    /**
     * Prepares the comparison.
     *
     * @param each how many scenes of each kind
     * @param seed of the scenes
     */
    public SoundComparison(int each, long seed, Consumer<BenchFigure> found) {
        this.each = each;
        this.seed = seed;
        this.found = found;
        for (VoicePeer peer : VoicePeer.values()) {
            String version = peer.version();
            if (version != null) {
                versions.put(peer, version);
            }
        }
        all = new Tally(versions.keySet());
    }

    public void run() throws IOException {
        Voices voices = Voices.of(seed, WavFile::read);
        found.accept(new BenchFigure(
                        "scenes of each kind",
                        each,
                        "",
                        Double.NaN,
                        "the same again: --sound " + each + " --seed " + seed + "; beside "
                                + (versions.isEmpty() ? "nothing, as nothing is installed" : versions.values()))
                .better(Better.NEITHER));
        cost(Scene.of(Scenes.of(Kind.DOUBLE_TALK, seed, 0), voices));
        for (Kind kind : Kind.values()) {
            kind(kind, voices);
        }
        report("all", all);
        List<Double> audible = all.ours.getOrDefault(Measure.AUDIBLE, List.of());
        double mean =
                audible.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double worst = audible.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        String how = Measure.AUDIBLE.title() + ", of " + audible.size() + " scenes";
        found.accept(new BenchFigure("audible echo, on average", mean, "ms", MOST_AUDIBLE, how));
        found.accept(new BenchFigure("audible echo, at worst", worst, "ms", WORST_AUDIBLE, how));
        all.peers.forEach((peer, both) -> {
            String windows = "2 dB worse in any window of the echo: " + both.echoText();
            found.accept(new BenchFigure(
                    "scenes with more echo than " + peer.title(),
                    both.oursPercent(),
                    "%",
                    peer == VoicePeer.WEBRTC ? MOST_WORSE : Double.NaN,
                    windows));
            found.accept(new BenchFigure(
                            "scenes with less echo than " + peer.title(),
                            both.theirsPercent(),
                            "%",
                            Double.NaN,
                            windows)
                    .better(Better.MORE));
        });
    }

    private void report(String name, Tally tally) {
        tally.ours.forEach((measure, values) -> found.accept(new BenchFigure(
                        name + ": " + measure.title(),
                        values.stream()
                                .mapToDouble(Double::doubleValue)
                                .average()
                                .orElse(0),
                        measure.unit(),
                        Double.NaN,
                        tally.peers.isEmpty()
                                ? values.size() + " scenes; nothing to compare with is installed"
                                : tally.peers.values().stream()
                                        .map(both -> both.text(measure))
                                        .collect(Collectors.joining("; ")))
                .better(measure.isMoreBetter() ? Better.MORE : Better.LESS)
                .in(Spread.of(values))));
    }

    private void cost(Scene scene) {
        VoiceProcessor processor = new VoiceProcessor(Scene.SAMPLE_RATE, EnumSet.allOf(VoiceEffect.class));
        short[] far = scene.far();
        short[] mic = scene.microphone();
        double first = micros(processor, far, mic);
        for (int i = 1; i < WARM_UP; i++) {
            processed(processor, far, mic);
        }
        List<Double> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            rounds.add(micros(processor, far, mic));
        }
        Spread spread = Spread.of(rounds);
        found.accept(new BenchFigure(
                        "voice processing of 10 ms at 16 kHz",
                        spread.median(),
                        "us",
                        TARGET_MICROS,
                        "thread CPU; echo, noise and level; both speak; " + spread + " in " + ROUNDS + " rounds")
                .in(spread));
        found.accept(new BenchFigure(
                "voice processing of 10 ms, before it is compiled",
                first,
                "us",
                Double.NaN,
                "thread CPU; the first " + Scene.SECONDS + " s that this JVM processes"));
        found.accept(new BenchFigure(
                "latency of voice processing",
                processor.latency() * 1000.0 / Scene.SAMPLE_RATE,
                "ms",
                TARGET_LATENCY,
                "by its own count"));
    }

    /** The thread's time for 10 ms. */
    private static double micros(VoiceProcessor processor, short[] far, short[] mic) {
        long began = THREADS.getCurrentThreadCpuTime();
        processed(processor, far, mic);
        return (THREADS.getCurrentThreadCpuTime() - began) / 1e3 / mic.length * FRAME;
    }

    private void kind(Kind kind, Voices voices) throws IOException {
        Tally tally = new Tally(versions.keySet());
        boolean echo = kind != Kind.NOISE && kind != Kind.TYPING;
        boolean noise = !echo || kind == Kind.HEADSET;
        for (int i = 0; i < each; i++) {
            Scene scene = Scene.of(Scenes.of(kind, seed, i), voices);
            VoiceProcessor processor = new VoiceProcessor(scene.sampleRate(), effects(echo, noise));
            SceneFigures mine = SceneJudge.judge(scene, processed(processor, scene.far(), scene.microphone()));
            tally.add(mine);
            all.add(mine);
            for (VoicePeer peer : versions.keySet()) {
                short[] output = peer.process(scene.far(), scene.microphone(), scene.sampleRate(), echo, noise);
                if (output != null) {
                    SceneFigures theirs = SceneJudge.judge(scene, output);
                    Objects.requireNonNull(tally.peers.get(peer)).add(mine, theirs);
                    Objects.requireNonNull(all.peers.get(peer)).add(mine, theirs);
                }
            }
        }
        report(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '), tally);
    }

    static short[] processed(VoiceProcessor processor, short[] far, short[] mic) {
        short[] out = new short[mic.length];
        int length = mic.length / Scene.SECONDS / 100;
        for (int at = 0; at + length <= mic.length; at += length) {
            processor.played(Arrays.copyOfRange(far, at, at + length));
            short[] frame = Arrays.copyOfRange(mic, at, at + length);
            processor.process(frame);
            System.arraycopy(frame, 0, out, at, length);
        }
        return out;
    }

    private static Set<VoiceEffect> effects(boolean echo, boolean noise) {
        Set<VoiceEffect> effects = EnumSet.noneOf(VoiceEffect.class);
        if (echo) {
            effects.add(VoiceEffect.ECHO_CANCELLATION);
        }
        if (noise) {
            effects.add(VoiceEffect.NOISE_SUPPRESSION);
        }
        return effects;
    }
}
