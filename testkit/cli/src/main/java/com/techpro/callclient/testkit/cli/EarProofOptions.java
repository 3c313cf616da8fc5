// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import com.techpro.callclient.testkit.cli.error.ErrorLine;
import com.techpro.callclient.testkit.judge.curves.Channel;
import com.techpro.callclient.testkit.judge.curves.CleanDirections;
import com.techpro.callclient.testkit.judge.curves.Curve;
import com.techpro.callclient.testkit.judge.curves.CurveChart;
import com.techpro.callclient.testkit.judge.curves.CurveMeasurement;
import com.techpro.callclient.testkit.judge.curves.CurveTable;
import com.techpro.callclient.testkit.judge.curves.DegradationScale;
import com.techpro.callclient.testkit.judge.curves.TestVoice;
import com.techpro.callclient.testkit.judge.ear.Ear;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import com.techpro.callclient.testkit.soak.audio.Codings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code callclient judge} that measure the judge itself. */
final class EarProofOptions {
    private static final int SEED = 1;
    /** How many are printed per channel. */
    private static final int MOST_ALARMS = 10;

    @Option(
            names = "--curves",
            paramLabel = "FOLDER",
            description =
                    "Measure the judge instead: degrade speech from levels that pass to levels that are caught, print a"
                            + " table, and write pictures and a page there. It takes minutes.")
    private @Nullable Path curves;

    @Option(
            names = "--clean",
            paramLabel = "N",
            description = "Measure the judge instead: judge N directions of each codec in which nothing is wrong, with"
                    + " delays, levels and filters of many kinds, and count false alarms. Exit code 1: there was"
                    + " one.")
    private @Nullable Integer clean;

    @Option(
            names = "--pairs",
            paramLabel = "FOLDER",
            description =
                    "Write degraded recordings, what was said, and scores.csv there, for another program to judge.")
    private @Nullable Path pairs;

    @Option(
            names = "--voices",
            paramLabel = "FOLDER",
            description =
                    "With one of these: WAV files of speech, six seconds or more each, besides the packaged voice and"
                            + " espeak-ng's.")
    private @Nullable Path voices;

    @Option(
            names = "--offsets",
            paramLabel = "N",
            defaultValue = "3",
            description = "With --curves: at how many places packets begin (default ${DEFAULT-VALUE}).")
    private int offsets;

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "With --curves, --clean or --pairs: only degradations or codecs with it in their names.")
    private String only = "";

    @Option(names = "--few", description = "With one of these: the packaged voice alone, and no codecs in --curves.")
    private boolean few;

    /** Whether to measure the judge itself. */
    boolean given() {
        return curves != null || clean != null || pairs != null;
    }

    /** Returns what is wrong with the options' values; null if nothing. */
    @Nullable
    String mistake() {
        if (clean != null && (clean < 1 || clean > 1_000_000)) {
            return "--clean must be 1 to 1000000.";
        }
        return offsets < 1 || offsets > 161 ? "--offsets must be 1 to 161." : null;
    }

    int run(PrintWriter out) throws IOException {
        List<TestVoice> speakers = speakers();
        int exit = 0;
        if (curves != null) {
            writeCurves(curves, speakers, out);
        }
        if (clean != null) {
            exit = judgeClean(clean, speakers, out);
        }
        if (pairs != null) {
            writePairs(pairs, speakers, out);
        }
        return exit;
    }

    private List<TestVoice> speakers() throws IOException {
        List<TestVoice> speakers = new ArrayList<>();
        speakers.add(TestVoice.packaged());
        if (!few) {
            speakers.addAll(TestVoice.synthesised(WavFile::read));
        }
        if (voices != null) {
            speakers.addAll(TestVoice.in(voices, WavFile::read));
        }
        return speakers;
    }

    private List<DegradationScale> scales() {
        return Codings.scales().stream()
                .filter(scale -> scale.name().contains(only))
                .toList();
    }

    private void writeCurves(Path folder, List<TestVoice> speakers, PrintWriter out) throws IOException {
        Files.createDirectories(folder);
        CurveMeasurement measurement =
                new CurveMeasurement(speakers, few ? List.of() : Codings.dissimilarChannels(), offsets);
        List<List<Curve>> all = new ArrayList<>();
        print(out, CurveTable.head());
        for (DegradationScale scale : scales()) {
            List<Curve> measured = measurement.measure(scale);
            all.add(measured);
            print(out, CurveTable.row(measured));
        }
        Files.writeString(folder.resolve("judge-curves.svg"), CurveChart.svg(all));
        Files.writeString(folder.resolve("index.html"), CurveTable.page(all));
    }

    private int judgeClean(int count, List<TestVoice> speakers, PrintWriter out) {
        CleanDirections directions = new CleanDirections(speakers, SEED);
        boolean alarm = false;
        for (Channel channel : Codings.channels()) {
            if (channel.name().contains(only)) {
                CleanDirections.Result result = directions.judge(channel, count);
                print(out, result + "\n");
                result.alarms().stream().limit(MOST_ALARMS).forEach(words -> print(out, "  " + words + "\n"));
                alarm |= !result.alarms().isEmpty();
            }
        }
        return alarm ? 1 : 0;
    }

    private void writePairs(Path folder, List<TestVoice> speakers, PrintWriter out) throws IOException {
        Files.createDirectories(folder);
        CurveMeasurement measurement = new CurveMeasurement(speakers, List.of(), 1);
        Ear ear = new Ear();
        StringBuilder table = new StringBuilder("said,heard,similarity,degradation,level\n");
        int number = 0;
        for (DegradationScale scale : scales()) {
            for (double level : scale.levels()) {
                // Voices alternate, so that each gets its share of all degradations.
                TestVoice voice = speakers.get(number % speakers.size());
                String said = "said-" + number % speakers.size() + ".wav";
                String heard = "heard-" + number + ".wav";
                number++;
                short[] samples = measurement.heard(scale, level, voice);
                WavFile.write(folder.resolve(said), voice.samples(), Ear.SAMPLE_RATE);
                WavFile.write(folder.resolve(heard), samples, Ear.SAMPLE_RATE);
                double score = ear.compare(voice.samples(), samples).score();
                table.append(said + "," + heard + "," + score + ",\"" + scale + "\"," + level + "\n");
            }
        }
        Files.writeString(folder.resolve("scores.csv"), table);
        print(out, number + " pairs are in " + ErrorLine.printable(folder.toString()) + "\n");
    }

    private static void print(PrintWriter out, String text) {
        out.print(text);
        out.flush();
    }
}
