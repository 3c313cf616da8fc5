// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.verify.SpeechCheck;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.soak.run.GateCatalog;
import com.techpro.callclient.testkit.soak.settings.CallLimits;
import java.io.PrintWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Limits for calls that replace the defaults. */
final class LimitOptions {
    @Option(
            names = "--max-loss",
            paramLabel = "PERCENT",
            description =
                    "Packets lost, of all calls, at most (default 0.1 at the embedded PBX, 1 at another; none with"
                            + " --loss or --jitter, as for the three that follow).")
    private @Nullable Double loss;

    @Option(
            names = "--min-mos",
            paramLabel = "MOS",
            description =
                    "Estimated MOS of 99 of 100 calls, at least (default 4.0 at the embedded PBX, 3.6 at another).")
    private @Nullable Double mos;

    @Option(
            names = "--max-delay",
            paramLabel = "TIME",
            converter = PlainDuration.class,
            description = "One way, from mouth to ear, of 99 of 100 directions, at most (default 200ms at the embedded"
                    + " PBX, 400ms at another).")
    private @Nullable Duration delay;

    @Option(
            names = "--max-setup",
            paramLabel = "TIME",
            converter = PlainDuration.class,
            description = "From dialling to talking, without the time it rings, of 99 of 100 calls, at most (default 1s"
                    + " at the embedded PBX, 3s at another).")
    private @Nullable Duration setUp;

    @Option(
            names = "--min-level",
            paramLabel = "DB",
            description =
                    "How loud each direction is heard at least, against what was said: -10 allows 10 dB less; a call"
                            + " beyond is too-quiet (default -5 at the embedded PBX, none at another).")
    private @Nullable Double level;

    @Option(
            names = "--band",
            paramLabel = "HERTZ",
            description =
                    "Up to where each direction is heard at least, such as 7000 for wideband; a call beyond is narrow"
                            + " (default at the embedded PBX: what its codec carries; none at another).")
    private @Nullable Integer band;

    @Option(
            names = "--max-noise",
            paramLabel = "DBOV",
            description = "How loud sound in the pauses of each direction may be, such as -50 where comfort noise is"
                    + " expected; a call beyond is noise (default -70).")
    private @Nullable Double noise;

    @Option(names = "--gates", description = "List every gate with its limits, and exit.")
    private boolean listed;

    /** Whether only the list is wanted. */
    boolean isListWanted() {
        return listed;
    }

    /**
     * Returns the limits that are set.
     *
     * @param said the speech of the calls
     * @throws BadArgument for a limit that nothing can meet, or that nothing can miss
     */
    CallLimits limits(SpeechClip said) {
        require(loss == null || (loss >= 0 && loss < 100), "--max-loss must be 0 or more, and less than 100 percent.");
        require(mos == null || CallLimits.isMos(mos), "--min-mos must be more than 1 and at most 4.5.");
        require(delay == null || !delay.isZero(), "--max-delay must be longer than 0.");
        require(setUp == null || !setUp.isZero(), "--max-setup must be longer than 0.");
        require(level == null || CallLimits.isLevel(level), "--min-level must be -40 to 0 dB.");
        require(band == null || CallLimits.isBand(band), "--band must be 1000 to 7000 Hz.");
        require(noise == null || CallLimits.isNoise(noise), "--max-noise must be -70 to -30 dBov.");
        if (band != null) {
            int spoken = SpeechCheck.bandOf(said);
            require(
                    SpeechLimits.reaches(spoken, band),
                    "--band " + band + " cannot be heard: the speech has nothing above " + spoken + " Hz.");
        }
        return new CallLimits(loss, mos, delay, setUp, level, band, noise);
    }

    /** Prints every gate on three lines. */
    static void list(PrintWriter out) {
        for (GateCatalog.Entry gate : GateCatalog.all()) {
            out.println(gate.id() + (gate.option().isEmpty() ? "" : "  (" + gate.option() + ")"));
            out.println("    " + gate.title());
            out.println("    embedded PBX: " + gate.embedded() + "; another: " + gate.other());
        }
        out.flush();
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new BadArgument(otherwise);
        }
    }
}
