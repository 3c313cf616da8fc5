// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench.playout;

import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.quality.EModel;
import com.techpro.callclient.testkit.cli.bench.BenchFigure;
import com.techpro.callclient.testkit.cli.bench.BenchFigure.Better;
import com.techpro.callclient.testkit.cli.bench.playout.NetworkTrace.Condition;
import com.techpro.callclient.testkit.judge.curves.TestVoice;
import com.techpro.callclient.testkit.judge.speech.SampleRates;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Compares the engine's jitter buffer with a fixed one, with GStreamer's, and with baresip's, over the same packets. Delay and
 * damage are weighed by the E-model (ITU-T G.107): its score falls with both.
 */
public final class PlayoutComparison {
    private static final int FIXED_MILLIS = 60;
    /** GStreamer's own choice. */
    private static final int GSTREAMER_DEFAULT_MILLIS = 200;
    /** So much worse a score nobody notices. */
    private static final double SAME_SCORE = 0.05;
    /** How much later the speaker fetches in each next trace, against the sender's packets. */
    private static final double PHASE_MILLIS = 7.3;

    private final int seconds;
    private final Consumer<BenchFigure> found;
    private int worse;

    /**
     * Prepares the comparison.
     *
     * @param seconds of speech in each trace
     */
    public PlayoutComparison(int seconds, Consumer<BenchFigure> found) {
        this.seconds = seconds;
        this.found = found;
    }

    /** Takes as long as a trace, if GStreamer or baresip is installed. */
    public void run() throws IOException {
        short[] speech = speech();
        int samples = speech.length + NetworkTrace.SAMPLE_RATE;
        Map<Condition, NetworkTrace> traces = new EnumMap<>(Condition.class);
        for (Condition condition : Condition.values()) {
            traces.put(condition, NetworkTrace.of(condition, speech, traces.size() + 1L));
        }
        try (RealTimePlayers gstreamer = gstreamer(traces, FIXED_MILLIS);
                RealTimePlayers byDefault = gstreamer(traces, GSTREAMER_DEFAULT_MILLIS);
                RealTimePlayers baresip =
                        RealTimePlayers.start("baresip", traces, trace -> BaresipBuffer.start(trace, samples))) {
            // Before anything is judged: that would take the processor from what runs in real time.
            Map<RealTimePlayers, Map<Condition, short[]>> played = new LinkedHashMap<>();
            for (RealTimePlayers players : List.of(gstreamer, byDefault, baresip)) {
                played.put(players, players.played(samples));
            }
            double phase = 0;
            for (Map.Entry<Condition, NetworkTrace> entry : traces.entrySet()) {
                NetworkTrace trace = entry.getValue();
                phase = (phase + PHASE_MILLIS) % 20;
                Others others = new Others(speech, entry.getKey());
                others.add("fixed " + FIXED_MILLIS + " ms", FixedBuffer.play(trace, samples, FIXED_MILLIS), "");
                played.forEach(others::add);
                report(entry.getKey(), new PlayedSound(speech, EnginePlayer.play(trace, samples, phase)), others);
            }
        }
        found.accept(new BenchFigure("networks with a lower score", worse, "", 0, "than the best of the others"));
    }

    private static RealTimePlayers gstreamer(Map<Condition, NetworkTrace> traces, int millis) throws IOException {
        return RealTimePlayers.start(
                "GStreamer " + millis + " ms", traces, trace -> GStreamerBuffer.start(trace, millis));
    }

    /**
     * Writes how speech sounds of which a tenth is lost: played by the fixed buffer, and by the engine.
     *
     * @return the files
     */
    public static List<Path> record(Path folder, int seconds) throws IOException {
        short[] speech = Arrays.copyOf(narrowband(TestVoice.packaged().samples()), seconds * NetworkTrace.SAMPLE_RATE);
        NetworkTrace trace = NetworkTrace.of(Condition.LOSS_10, speech, 1);
        Path before = folder.resolve("loss-before.wav");
        Path after = folder.resolve("loss-after.wav");
        WavFile.write(before, FixedBuffer.play(trace, speech.length, FIXED_MILLIS), NetworkTrace.SAMPLE_RATE);
        WavFile.write(after, EnginePlayer.play(trace, speech.length, PHASE_MILLIS), NetworkTrace.SAMPLE_RATE);
        return List.of(before, after);
    }

    /** What others made of a trace. */
    private static final class Others {
        private final short[] speech;
        private final Condition condition;
        private final List<String> texts = new ArrayList<>();
        private double best;

        Others(short[] speech, Condition condition) {
            this.speech = speech;
            this.condition = condition;
        }

        void add(RealTimePlayers players, Map<Condition, short[]> played) {
            short[] sound = played.get(condition);
            if (sound == null) {
                texts.add(players.absence());
            } else {
                add(players.program(), sound, players.note(condition));
            }
        }

        void add(String title, short[] played, String note) {
            PlayedSound judged = new PlayedSound(speech, played);
            texts.add(title + ": " + figures(judged) + note);
            best = Math.max(best, score(judged));
        }
    }

    private void report(Condition condition, PlayedSound ours, Others others) {
        if (score(ours) < others.best - SAME_SCORE) {
            worse++;
        }
        found.accept(new BenchFigure(
                        condition.title,
                        score(ours),
                        "MOS",
                        Double.NaN,
                        figures(ours).replaceFirst("^\\S+ ", "") + "; " + String.join("; ", others.texts))
                .better(Better.MORE));
    }

    private static String figures(PlayedSound sound) {
        return String.format(
                Locale.ROOT,
                "%.2f (%.0f ms, %.1f %% damaged)",
                score(sound),
                sound.delayMillis(),
                sound.damagedPercent());
    }

    private static double score(PlayedSound sound) {
        return Double.isNaN(sound.delayMillis())
                ? 1
                : EModel.mos(sound.delayMillis(), sound.damagedPercent(), 1, G711.ULAW.impairment());
    }

    private short[] speech() {
        List<TestVoice> voices = new ArrayList<>(List.of(TestVoice.packaged()));
        voices.addAll(TestVoice.synthesised(WavFile::read));
        short[] speech = new short[seconds * NetworkTrace.SAMPLE_RATE];
        int at = 0;
        for (int i = 0; at < speech.length; i++) {
            short[] voice = narrowband(voices.get(i % voices.size()).samples());
            int length = Math.min(voice.length, speech.length - at);
            System.arraycopy(voice, 0, speech, at, length);
            at += length;
        }
        return speech;
    }

    private static short[] narrowband(short[] wide) {
        return SampleRates.decimated(wide, 2, 0);
    }
}
