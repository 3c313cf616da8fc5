// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import com.techpro.callclient.testkit.cli.error.ErrorLine;
import com.techpro.callclient.testkit.judge.ear.Ear;
import com.techpro.callclient.testkit.judge.ear.Finding;
import com.techpro.callclient.testkit.judge.ear.Hearing;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.settings.CallLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code callclient judge}: compares two recordings. */
@Command(
        name = "judge",
        description = {
            "Compares what was heard with what was said.",
            "Both are WAV files, recorded from the same moment, mono or stereo, at any rate. Level, filters, polarity"
                    + " and delay are reported, but do not count; missing, repeated, replaced or added sound does.",
            "The first line is the verdict; below it are figures, and where it went wrong.",
            "Exit code 0: the speech is verified; 1: it is not; 2: a file cannot be used; 3: not judged, as there is"
                    + " less than a second of speech. With --calls, 0: they were made."
        },
        mixinStandardHelpOptions = true)
public final class JudgeCommand implements Callable<Integer> {
    /** How far the sides of one party correlate with their mix; two that speak in turns come to 0.7. */
    private static final double ALIKE = 0.9;
    /** Mean square of a channel that is not silent. */
    private static final double AUDIBLE = 100;

    @Parameters(index = "0", arity = "0..1", paramLabel = "SAID.WAV", description = "What was said.")
    private @Nullable Path said;

    @Parameters(index = "1", arity = "0..1", paramLabel = "HEARD.WAV", description = "What was heard.")
    private @Nullable Path heard;

    @Option(names = "--part", description = "HEARD.WAV may end early: what was said after its end does not count.")
    private boolean part;

    @Option(
            names = "--max-noise",
            paramLabel = "DBOV",
            description = "How loud sound in pauses may be, such as -50 where comfort noise is expected (default -70).")
    private @Nullable Double noise;

    @Option(
            names = "--side",
            paramLabel = "left|right",
            description = "Which side of HEARD.WAV counts, if a party is on each.")
    private @Nullable String side;

    @Mixin
    private final EarProofOptions proof = new EarProofOptions();

    @Mixin
    private final JudgedCallOptions made = new JudgedCallOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path said = this.said;
        Path heard = this.heard;
        if (made.given()) {
            return judgeCalls();
        }
        if (proof.given() && said == null) {
            String mistake = proof.mistake();
            return mistake == null ? proof.run(spec.commandLine().getOut()) : ErrorLine.print(spec, mistake);
        }
        if (proof.given()) {
            return ErrorLine.print(spec, "Give two WAV files or what to measure, not both.");
        }
        if (said == null || heard == null) {
            String missing = said == null ? "s: 'SAID.WAV', 'HEARD.WAV'" : ": 'HEARD.WAV'";
            return ErrorLine.print(spec, "Missing required parameter" + missing);
        }
        if (side != null && !List.of("left", "right").contains(side)) {
            return ErrorLine.print(spec, "--side must be left or right.");
        }
        if (noise != null && !CallLimits.isNoise(noise)) {
            return ErrorLine.print(spec, "--max-noise must be -70 to -30 dBov.");
        }
        Ear ear = noise == null ? new Ear() : new Ear(noise);
        Path file = said;
        Hearing hearing;
        try {
            short[] one = WavFile.read(said, Ear.SAMPLE_RATE);
            file = heard;
            short[] other = heard(WavFile.readChannels(heard, Ear.SAMPLE_RATE));
            hearing = part ? ear.comparePart(one, other) : ear.compare(one, other);
        } catch (UnclearSideException e) {
            return ErrorLine.print(spec, heard + " " + e.getMessage());
        } catch (IOException e) {
            String reason = BadArgument.reason(e);
            return ErrorLine.print(
                    spec, reason.contains(file.toString()) ? reason : file + ": " + reason, "Give two WAV files");
        } catch (IllegalArgumentException e) {
            return ErrorLine.print(spec, String.valueOf(e.getMessage()), "Cut it");
        } catch (OutOfMemoryError e) {
            long megabytes = Runtime.getRuntime().maxMemory() >> 20;
            return ErrorLine.print(
                    spec,
                    "The recordings are too long for the " + megabytes + " MB of memory that Java has",
                    "Cut them, or give it more, such as CALLCLIENT_JAVA_OPTS=-Xmx2g");
        }
        PrintWriter out = spec.commandLine().getOut();
        print(out, hearing);
        out.flush();
        return switch (hearing.verdict()) {
            case VERIFIED -> 0;
            case TOO_SHORT -> SoakReport.NOT_JUDGED;
            default -> 1;
        };
    }

    private static final class UnclearSideException extends Exception {
        private static final long serialVersionUID = 1L;

        UnclearSideException(String message) {
            super(message);
        }
    }

    /** Mixes the sides of one party: a party on each would be heard at once. */
    private short[] heard(List<short[]> channels) throws UnclearSideException {
        if (side != null && channels.size() == 1) {
            throw new UnclearSideException("has one channel: leave --side out.");
        }
        short[] mixed = channels.get(0).clone();
        for (int i = 0; i < mixed.length; i++) {
            int sum = 0;
            for (short[] channel : channels) {
                sum += channel[i];
            }
            mixed[i] = (short) (sum / channels.size());
        }
        if (side != null) {
            return channels.get(side.equals("left") ? 0 : 1);
        }
        if (channels.stream().anyMatch(channel -> isAnother(channel, mixed))) {
            throw new UnclearSideException("has a party on each side: choose one by --side left or --side right.");
        }
        return mixed;
    }

    /** Whether a channel has sound of its own: neither silence nor what all have. */
    private static boolean isAnother(short[] channel, short[] mixed) {
        double own = 0;
        double both = 0;
        double all = 0;
        for (int i = 0; i < channel.length; i++) {
            own += channel[i] * channel[i];
            all += mixed[i] * mixed[i];
            both += channel[i] * mixed[i];
        }
        return own > AUDIBLE * channel.length && both < ALIKE * Math.sqrt(own * all);
    }

    private int judgeCalls() throws IOException {
        if (said != null || proof.given()) {
            return ErrorLine.print(spec, "Give --calls, two WAV files, or what to measure; only one of them.");
        }
        String mistake = made.mistake();
        if (mistake != null) {
            return ErrorLine.print(spec, mistake);
        }
        try {
            return made.run(spec.commandLine().getOut());
        } catch (IllegalArgumentException e) {
            return ErrorLine.print(spec, "--codecs: " + e.getMessage());
        }
    }

    private static void print(PrintWriter out, Hearing hearing) {
        String words = hearing.verdict().words();
        out.println(
                switch (hearing.verdict()) {
                    case VERIFIED -> words;
                    case TOO_SHORT -> "not judged: " + words;
                    default -> "not verified: " + words;
                });
        if (hearing.verdict() == Hearing.Verdict.TOO_SHORT) {
            line(out, "speech", "%.1f s", hearing.speech().toMillis() / 1e3);
            return;
        }
        line(out, "similarity", "%.1f of 5", hearing.score());
        line(
                out,
                "speech",
                "%.1f s, %.1f %% of it missing, %.1f %% another sound",
                hearing.speech().toMillis() / 1e3,
                hearing.missingPercent(),
                hearing.otherPercent());
        line(out, "delay", "%d ms", hearing.delay().toMillis());
        line(out, "level", "%+.1f dB", rounded(hearing.levelDb()));
        line(out, "band", "%d to %d Hz", hearing.lowestHertz(), hearing.highestHertz());
        line(out, "speed", "%+.1f %%", rounded(hearing.fasterPercent()));
        line(out, "polarity", hearing.upsideDown() ? "inverted" : "as it was");
        line(out, "offset", "%.0f of 32768", rounded(hearing.offset()));
        line(out, "pauses", "%.0f dB below speech", hearing.pauseDb());
        for (Finding finding : hearing.findings()) {
            out.println("  " + finding);
        }
    }

    /** Avoids printing a negative zero. */
    private static double rounded(double value) {
        return Math.round(10 * value) / 10.0;
    }

    private static void line(PrintWriter out, String name, String format, Object... values) {
        out.println(String.format(Locale.ROOT, "  %-10s ", name) + String.format(Locale.ROOT, format, values));
    }
}
