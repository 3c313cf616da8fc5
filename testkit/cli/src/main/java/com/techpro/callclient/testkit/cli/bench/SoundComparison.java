// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.stack.media.sound.VoiceProcessor;
import com.techpro.callclient.testkit.cli.bench.BenchFigure.Better;
import com.techpro.callclient.testkit.soak.scene.Scene;
import com.techpro.callclient.testkit.soak.scene.SceneFigures;
import com.techpro.callclient.testkit.soak.scene.SceneJudge;
import com.techpro.callclient.testkit.soak.scene.SceneSettings;
import com.techpro.callclient.testkit.soak.scene.SceneSettings.Kind;
import com.techpro.callclient.testkit.soak.scene.Scenes;
import com.techpro.callclient.testkit.soak.scene.Voices;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    private static final double MOST_WORSE = 5;
    /** Decibels that nobody hears, of what is left of an echo or of noise. */
    private static final double SAME = 2;
    /** Decibels of log-spectral distance that nobody hears. */
    private static final double SAME_DISTANCE = 0.5;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int each;
    private final Consumer<BenchFigure> found;
    private final List<Comparison> comparisons = Arrays.stream(VoicePeer.values())
            .filter(VoicePeer::isInstalled)
            .map(Comparison::new)
            .toList();

    private enum Column {
        FIRST("echo reduced after 1 s", SceneFigures::erle1),
        THIRD("echo reduced after 3 s", SceneFigures::erle3),
        TENTH("echo reduced after 10 s", SceneFigures::erle10),
        AGAIN("echo reduced 1 s after 11 s", SceneFigures::again),
        LATE("echo reduced between turns", SceneFigures::late),
        DISTANCE("distance of the user's speech", SceneFigures::distance),
        SEGMENTAL("segmental SNR of the user", SceneFigures::segmental),
        QUIETER("noise reduced", SceneFigures::quieter);

        private final String title;

        @SuppressWarnings("ImmutableEnumChecker") // a component of a record
        private final ToDoubleFunction<SceneFigures> figure;

        Column(String title, ToDoubleFunction<SceneFigures> figure) {
            this.title = title;
            this.figure = figure;
        }
    }

    /** The figures of a peer, and in how many scenes we are worse, and in what. */
    private static final class Comparison {
        private final VoicePeer peer;
        /** Of one kind of scenes. */
        private final double[] sums = new double[Column.values().length];

        private int compared;
        private int worse;
        private int moreEcho;
        private int moreDistance;
        private int moreNoise;

        Comparison(VoicePeer peer) {
            this.peer = peer;
        }
    }

    /**
     * Prepares the comparison.
     *
     * @param each how many scenes of each kind
     */
    public SoundComparison(int each, Consumer<BenchFigure> found) {
        this.each = each;
        this.found = found;
    }

    public void run() throws IOException {
        Voices voices = Voices.all();
        cost(Scene.of(Scenes.of(Kind.DOUBLE_TALK, 3), voices));
        for (Kind kind : Kind.values()) {
            kind(kind, voices);
        }
        for (Comparison with : comparisons) {
            double target = with.peer == VoicePeer.WEBRTC ? MOST_WORSE : Double.NaN;
            report("worse than " + with.peer.title(), with.worse, with.compared, target);
            report("with more echo than " + with.peer.title(), with.moreEcho, with.compared, Double.NaN);
            report("with more distortion than " + with.peer.title(), with.moreDistance, with.compared, Double.NaN);
            report("with more noise than " + with.peer.title(), with.moreNoise, with.compared, Double.NaN);
        }
    }

    private void report(String what, int count, int compared, double target) {
        found.accept(new BenchFigure(
                "scenes " + what, 100.0 * count / Math.max(1, compared), "%", target, count + " of " + compared));
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
        comparisons.forEach(with -> Arrays.fill(with.sums, 0));
        double[] ours = new double[Column.values().length];
        int[] counts = new int[ours.length];
        for (int i = 0; i < each; i++) {
            SceneSettings settings = Scenes.of(kind, i);
            Scene scene = Scene.of(settings, voices);
            boolean echo = kind != Kind.NOISE;
            boolean noise = kind == Kind.NOISE || kind == Kind.HEADSET;
            VoiceProcessor processor = new VoiceProcessor(Scene.SAMPLE_RATE, effects(echo, noise));
            SceneFigures mine = SceneJudge.judge(scene, processed(processor, scene.far(), scene.microphone()));
            for (int at = 0; at < ours.length; at++) {
                double value = Column.values()[at].figure.applyAsDouble(mine);
                if (!Double.isNaN(value)) {
                    ours[at] += value;
                    counts[at]++;
                }
            }
            for (Comparison with : comparisons) {
                SceneFigures other = others(with.peer, scene, echo, noise);
                for (int at = 0; at < ours.length; at++) {
                    Column column = Column.values()[at];
                    if (!Double.isNaN(column.figure.applyAsDouble(mine))) {
                        with.sums[at] += other == null ? Double.NaN : column.figure.applyAsDouble(other);
                    }
                }
                if (other != null) {
                    compare(mine, other, with);
                }
            }
        }
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        for (int at = 0; at < ours.length; at++) {
            Column column = Column.values()[at];
            if (counts[at] > 0) {
                found.accept(new BenchFigure(
                                name + ": " + column.title,
                                ours[at] / counts[at],
                                "dB",
                                Double.NaN,
                                theirs(at, counts[at]))
                        .better(column == Column.DISTANCE ? Better.LESS : Better.MORE));
            }
        }
    }

    private String theirs(int at, int scenes) {
        return comparisons.isEmpty()
                ? scenes + " scenes; nothing to compare with is installed"
                : comparisons.stream()
                        .map(with ->
                                String.format(Locale.ROOT, "%s %.2f dB", with.peer.title(), with.sums[at] / scenes))
                        .collect(Collectors.joining(", "));
    }

    private static @Nullable SceneFigures others(VoicePeer peer, Scene scene, boolean echo, boolean noise)
            throws IOException {
        short[] output = peer.process(scene.far(), scene.microphone(), Scene.SAMPLE_RATE, echo, noise);
        return output == null ? null : SceneJudge.judge(scene, output);
    }

    private static void compare(SceneFigures mine, SceneFigures other, Comparison with) {
        double echoLoss = meanEcho(other) - meanEcho(mine);
        boolean moreEcho = echoLoss > SAME;
        boolean moreDistance = mine.distance() > other.distance() + SAME_DISTANCE;
        boolean moreNoise = mine.quieter() < other.quieter() - SAME;
        with.compared++;
        with.worse += moreEcho || moreDistance || moreNoise ? 1 : 0;
        with.moreEcho += moreEcho ? 1 : 0;
        with.moreDistance += moreDistance ? 1 : 0;
        with.moreNoise += moreNoise ? 1 : 0;
    }

    private static double meanEcho(SceneFigures figures) {
        return Arrays.stream(new double[] {
                    figures.erle1(), figures.erle3(), figures.erle10(), figures.again(), figures.late()
                })
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(0);
    }

    static short[] processed(VoiceProcessor processor, short[] far, short[] mic) {
        short[] out = new short[mic.length];
        for (int at = 0; at + FRAME <= mic.length; at += FRAME) {
            processor.played(Arrays.copyOfRange(far, at, at + FRAME));
            short[] frame = Arrays.copyOfRange(mic, at, at + FRAME);
            processor.process(frame);
            System.arraycopy(frame, 0, out, at, FRAME);
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
