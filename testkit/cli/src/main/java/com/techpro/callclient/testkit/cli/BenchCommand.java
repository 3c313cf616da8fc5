// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import com.techpro.callclient.testkit.cli.bench.AnswerRate;
import com.techpro.callclient.testkit.cli.bench.Bench;
import com.techpro.callclient.testkit.cli.bench.BenchFigure;
import com.techpro.callclient.testkit.cli.bench.CallSetUp;
import com.techpro.callclient.testkit.cli.bench.CodecCost;
import com.techpro.callclient.testkit.cli.bench.EarCost;
import com.techpro.callclient.testkit.cli.bench.HandshakeRate;
import com.techpro.callclient.testkit.cli.bench.LoadCost;
import com.techpro.callclient.testkit.cli.bench.ScaleCost;
import com.techpro.callclient.testkit.cli.bench.ScaleResult;
import com.techpro.callclient.testkit.cli.bench.SoundComparison;
import com.techpro.callclient.testkit.cli.bench.SoundRecordings;
import com.techpro.callclient.testkit.cli.bench.playout.PlayoutComparison;
import com.techpro.callclient.testkit.cli.bench.results.BenchComparison;
import com.techpro.callclient.testkit.cli.bench.results.BenchResults;
import com.techpro.callclient.testkit.cli.bench.results.ScalePage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code callclient bench}. */
@Command(
        name = "bench",
        description = {
            "Measures what the engine costs: processor, heap, threads and wake-ups.",
            "That is media against the kernel's bare cost, heap a call and an account, threads, wake-ups of an idle"
                    + " account, and parsing. It takes some minutes and a quiet machine, and needs no other program.",
            "Exit code 0: every target is met; 1: at least one is not; 2: it could not be measured."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class BenchCommand implements Callable<Integer> {
    private static final int MOST = 5000;
    /** With more, two cores have no time left for Opus. */
    private static final int MOST_SPEAKING = 20;
    /** Each has a thread. */
    private static final int MOST_JUDGED = 500;

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "200",
            description = "Calls at the same time (default ${DEFAULT-VALUE}).")
    private int calls;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Accounts registered at the same time (default ${DEFAULT-VALUE}).")
    private int accounts;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = PlainDuration.class,
            description = "How long media is measured (default ${DEFAULT-VALUE}).")
    private Duration duration = Duration.ofSeconds(10);

    @Option(
            names = "--idle",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = PlainDuration.class,
            description = "How long an idle account is watched (default ${DEFAULT-VALUE}).")
    private Duration idle = Duration.ofSeconds(60);

    @Option(
            names = "--set-up",
            paramLabel = "N",
            description = {
                "Measure instead how long N calls, one after the other, take to be set up, with and without ICE and with",
                "keys of either kind, and then DTLS handshakes a second for as long as --duration says."
            })
    private @Nullable Integer setUps;

    @Option(
            names = "--codecs",
            description = "Measure only what speech costs: to judge it, and in G.711, G.722 and Opus, with keys by SDES"
                    + " and by DTLS: with at most 20 calls at the same time, in turns of --duration, three times.")
    private boolean codecs;

    @Option(
            names = "--media",
            description = "Measure only the CPU of media, in turns with the kernel's bare cost of the same packets.")
    private boolean media;

    @Option(
            names = "--answer",
            description = {
                "Measure only answered calls, beside SIPp's answering scenario, with SIPp as the caller: CPU of a call,",
                "calls a second without failure, and calls lost at 1, 2 and 4 times as many. Needs SIPp; ten minutes."
            })
    private boolean answer;

    @Option(
            names = "--load",
            description = {
                "Measure only the CPU of judged calls, by part: --calls at the same time (at most 500), each of ten seconds,",
                "to an echo, with keys by SDES; each codec for --duration, in three turns."
            })
    private boolean load;

    @Option(
            names = "--codec",
            paramLabel = "CODEC",
            split = ",",
            description = "With --load: only these of ${COMPLETION-CANDIDATES}.")
    private List<LoadCost.Codec> loadCodecs = List.of(LoadCost.Codec.values());

    @Option(
            names = "--busy-anyway",
            description = "Give ratios and calls a core although other programs use more than a tenth of the machine.")
    private boolean busyAnyway;

    @Option(
            names = "--sound",
            arity = "0..1",
            fallbackValue = "5",
            paramLabel = "N",
            description = {
                "Measure only voice processing (echo, noise): N new scenes of each kind (default ${FALLBACK-VALUE}),",
                "beside GStreamer's webrtcdsp and libspeexdsp if installed."
            })
    private @Nullable Integer sound;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "With --sound: the scenes of an earlier run, which printed this number.")
    private int seed = new Random().nextInt(1_000_000);

    @Option(
            names = "--playout",
            arity = "0..1",
            fallbackValue = "120",
            paramLabel = "SECONDS",
            description = {
                "Measure only the jitter buffer: delay and damage of so much speech (default ${FALLBACK-VALUE}) over each",
                "of twelve networks, beside a fixed buffer, GStreamer's of 60 and 200 ms, and baresip's, if installed."
            })
    private @Nullable Integer playout;

    @Option(
            names = "--recordings",
            paramLabel = "DIR",
            description = {
                "Measure nothing, and write recordings to listen to into this folder: an echo, noise, and lost packets,",
                "each before and after what the engine does about it."
            })
    private @Nullable Path recordings;

    @Option(
            names = "--scale",
            arity = "0..1",
            fallbackValue = "bench-scale.html",
            paramLabel = "FILE",
            description =
                    "Measure only cost against size: media of 1 to 1000 calls, 1 to 10000 accounts, rooms of 3 to 100"
                            + " legs, and draw it in this page (default ${FALLBACK-VALUE}). Sizes that the machine cannot carry"
                            + " are left out. It takes less than ten minutes.")
    private @Nullable Path scale;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to this file.")
    private @Nullable Path json;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description =
                    "Compare with what an earlier --json wrote. A figure is worse if it is so by more than a tenth"
                            + " and by more than its own rounds differ. Exit code 1 then says that one is, and no longer that a"
                            + " target is missed.")
    private @Nullable Path baseline;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (recordings != null) {
            SoundRecordings.write(recordings).forEach(out::println);
            PlayoutComparison.record(recordings, SoundRecordings.SECONDS).forEach(out::println);
            return 0;
        }
        Bench.Settings settings = settings();
        BenchResults before = baseline();
        List<BenchFigure> figures = new ArrayList<>();
        Consumer<BenchFigure> found = figure -> {
            figures.add(figure);
            out.println(line(figure));
            out.flush();
        };
        if (setUps != null) {
            new CallSetUp(setUps, found).run();
            HandshakeRate.measure(duration, found);
        } else if (sound != null || playout != null) {
            if (sound != null) {
                new SoundComparison(sound, seed, found).run();
            }
            if (playout != null) {
                new PlayoutComparison(playout, found).run();
            }
        } else if (answer) {
            if (!AnswerRate.measurable()) {
                throw new ParameterException(spec.commandLine(), "--answer needs SIPp, which cannot be started.");
            }
            new AnswerRate(busyAnyway, found).run();
        } else if (scale != null) {
            List<ScaleResult> results = new ScaleCost(duration, found).run();
            Files.writeString(
                    scale,
                    ScalePage.of(results, BenchResults.of(measured(), figures).machine()));
        } else if (load) {
            new LoadCost(loadSettings(), found).run();
        } else if (codecs) {
            EarCost.measure(duration, found);
            new CodecCost(Math.min(calls, MOST_SPEAKING), duration, found).run();
        } else {
            new Bench(settings, found).run();
        }
        BenchResults results = BenchResults.of(measured(), figures);
        if (json != null) {
            Files.writeString(json, results.json() + "\n");
        }
        if (before == null) {
            return Bench.met(figures) ? 0 : 1;
        }
        BenchComparison comparison = BenchComparison.of(before, results);
        out.print(comparison.text());
        out.flush();
        return comparison.worse().isEmpty() ? 0 : 1;
    }

    private @Nullable BenchResults baseline() {
        try {
            return baseline == null ? null : BenchResults.read(baseline);
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(), "The --baseline file cannot be used: " + BadArgument.reason(e) + ".", e);
        }
    }

    /** Returns what is measured, and how much of it. */
    Map<String, String> measured() {
        Map<String, String> said = new LinkedHashMap<>();
        if (setUps != null) {
            said.put("measured", "set-up of " + setUps + " calls");
        } else if (sound != null || playout != null) {
            List<String> both = new ArrayList<>();
            if (sound != null) {
                both.add("sound of " + sound + " scenes of a kind, seed " + seed);
            }
            if (playout != null) {
                both.add("playout of " + playout + " s");
            }
            said.put("measured", String.join(", ", both));
        } else if (load) {
            said.put("measured", "load with " + loadCodecs);
        } else {
            said.put(
                    "measured",
                    answer ? "answer" : scale != null ? "scale" : codecs ? "codecs" : media ? "media" : "everything");
        }
        said.put("calls", Integer.toString(calls));
        said.put("accounts", Integer.toString(accounts));
        said.put("seconds", Long.toString(duration.toSeconds()));
        said.put("idleSeconds", Long.toString(idle.toSeconds()));
        return said;
    }

    Bench.Settings settings() {
        if (calls < 2 || calls > MOST || accounts < 20 || accounts > MOST) {
            throw new ParameterException(
                    spec.commandLine(), "--calls must be 2 to " + MOST + ", --accounts 20 to " + MOST + ".");
        }
        if (setUps != null && (setUps < 1 || setUps > MOST)) {
            throw new ParameterException(spec.commandLine(), "--set-up must be 1 to " + MOST + ".");
        }
        if (sound != null && (sound < 1 || sound > MOST)) {
            throw new ParameterException(spec.commandLine(), "--sound must be 1 to " + MOST + ".");
        }
        if (playout != null && (playout < 1 || playout > MOST)) {
            throw new ParameterException(spec.commandLine(), "--playout must be 1 to " + MOST + ".");
        }
        if (duration.toSeconds() < 1 || idle.toSeconds() < 1) {
            throw new ParameterException(spec.commandLine(), "--duration and --idle must be a second or more.");
        }
        if (scale != null) {
            Path folder = scale.toAbsolutePath().getParent();
            if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(scale)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--scale must be a file in a folder that exists, and " + scale + " is not.");
            }
        }
        return new Bench.Settings(calls, accounts, (int) duration.toSeconds(), idle, media, busyAnyway);
    }

    LoadCost.Settings loadSettings() {
        return new LoadCost.Settings(Math.min(calls, MOST_JUDGED), duration, loadCodecs, busyAnyway);
    }

    static String line(BenchFigure figure) {
        String target = Double.isNaN(figure.target())
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%s (at most %s)",
                        figure.met() ? "met" : "MISSED",
                        new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT))
                                .format(figure.target()));
        return String.format(
                Locale.ROOT,
                "%-36s %9.2f %-3s %-20s %s",
                figure.name(),
                figure.value(),
                figure.unit(),
                target,
                figure.how());
    }
}
