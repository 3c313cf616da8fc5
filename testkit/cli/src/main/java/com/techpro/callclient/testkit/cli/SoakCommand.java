// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.testkit.cli.phone.MediaOptions;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import com.techpro.callclient.testkit.soak.network.Impairment;
import com.techpro.callclient.testkit.soak.report.Baseline;
import com.techpro.callclient.testkit.soak.report.ComparisonTable;
import com.techpro.callclient.testkit.soak.report.ReportFiles;
import com.techpro.callclient.testkit.soak.report.ReportTable;
import com.techpro.callclient.testkit.soak.report.RunComparison;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.run.EmbeddedPhoneSystem;
import com.techpro.callclient.testkit.soak.run.SoakRun;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.CallLimits;
import com.techpro.callclient.testkit.soak.settings.MediaMix;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import com.techpro.callclient.testkit.soak.settings.VaultKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The main job: many extensions of a phone system log in, call each other, speak, and hang up; the
 * soak proves that the speech arrived.
 */
@Command(
        name = "soak",
        description = {
            "Users log in, call each other in pairs, talk, hold, press keys and hang up, over and over.",
            "Without arguments: 50 users of an embedded PBX, who log in by e-mail and password over HTTPS and speak"
                    + " over TLS with SRTP; four of them first live a day with their own app and vault. Calls are"
                    + " started for 25 seconds; all of it takes about three minutes.",
            "A slower machine makes fewer calls at once, as many as it is first measured to carry.",
            "--gates lists what is judged, each gate with its limit.",
            "Exit code 0: every gate holds; 1: a gate is red, or Ctrl-C ended it before all could be judged; 2:"
                    + " it could not be run; 3: not judged, as this machine cannot carry the load, or the phone system"
                    + " lacks something."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class SoakCommand implements Callable<Integer> {
    private static final int MOST_USERS = 2000;
    private static final double RATE_PER_USER = 0.04;

    @Option(
            names = "--users",
            paramLabel = "N",
            description = "How many extensions (default 50, or all of the users file).")
    private @Nullable Integer users;

    @Option(
            names = "--app-users",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many of them first live a day with their own app: e-mail login, vault, favourites,"
                    + " history, restart, log-out (default ${DEFAULT-VALUE}; even; none with --pbx or without TLS).")
    private int appUsers;

    @Option(
            names = "--keyring",
            description = "The apps' vaults are opened by the system's keyring; without this, by a passphrase.")
    private boolean keyring;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Calls started a second, while extensions are free (default: one for 25 users).")
    private @Nullable Double rate;

    @Option(
            names = "--calls-at-once",
            paramLabel = "N",
            description = "Most calls at the same time (default: as many as this machine is measured to carry, of"
                    + " those for which rate and users are enough).")
    private @Nullable Integer callsAtOnce;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "25s",
            converter = PlainDuration.class,
            description = "How long new calls are started, such as 25s, 10m, 8h (default ${DEFAULT-VALUE}).")
    private Duration duration = Duration.ZERO;

    @Option(
            names = "--transport",
            paramLabel = "TRANSPORT",
            defaultValue = "TLS",
            description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}); all but TLS and WSS are for a lab.")
    private SipTransport transport = SipTransport.TLS;

    @Option(
            names = "--srtp-suite",
            paramLabel = "SUITE",
            description = "The only suite to use: ${COMPLETION-CANDIDATES}.")
    private @Nullable SrtpSuite suite;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The seed of all that is left to chance: who calls whom, and what gets lost; random unless"
                    + " given, and printed.")
    private @Nullable Long seed;

    @Option(
            names = "--loss",
            paramLabel = "PERCENT",
            defaultValue = "0",
            description = "UDP packets lost, each way, at each end.")
    private double loss;

    @Option(
            names = "--jitter",
            paramLabel = "TIME",
            defaultValue = "0ms",
            converter = PlainDuration.class,
            description = "UDP packets late by up to this, each way, at each end.")
    private Duration jitter = Duration.ZERO;

    @Option(
            names = "--speech",
            paramLabel = "FILE",
            description = "What is said, a WAV file (default: eight packaged seconds).")
    private @Nullable Path speech;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Where to write report.json, report-junit.xml and report.html.")
    private @Nullable Path report;

    @Option(
            names = "--junit-error",
            description =
                    "In report-junit.xml, a run that was not judged is an error (default: its gates are skipped).")
    private boolean junitError;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description =
                    "The report.json of an earlier run to compare with. A gate that is red fails the run, a figure"
                            + " that got worse is reported.")
    private @Nullable Path baseline;

    @Mixin
    private MediaOptions media = new MediaOptions();

    @Option(
            names = "--turn",
            description = "Relay calls that offer ICE by a TURN server: coturn, which must be installed.")
    private boolean turn;

    @Option(
            names = "--features",
            paramLabel = "NAME",
            split = ",",
            description = "What else users do: ${COMPLETION-CANDIDATES} (default: all of it; with --pbx none; TEXTS"
                    + " only with an encrypted transport).")
    private @Nullable Set<CallFeature> features;

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Mixin
    private PbxOptions pbx = new PbxOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (limits.isListWanted()) {
            LimitOptions.list(spec.commandLine().getOut());
            return 0;
        }
        try (ReportFolder folder = new ReportFolder(report)) {
            return run(folder);
        }
    }

    private int run(ReportFolder folder) throws IOException {
        SoakSettings settings;
        CallLimits asked;
        Callable<SoakPhoneSystem> phones;
        Baseline before;
        try {
            pbx.check();
            SoakPhoneSystem foreign = pbx.foreign() ? pbx.open(transport, suite, System.getenv()) : null;
            settings = settings(foreign);
            asked = limits.limits(settings.speech());
            before = baseline();
            folder.make();
            phones = foreign != null
                    ? () -> foreign
                    : () -> report == null ? new EmbeddedPhoneSystem(settings) : EmbeddedPhoneSystem.traced(settings);
        } catch (BadArgument e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        String seeded = "seed " + settings.seed() + "; to repeat: --seed " + settings.seed();
        ProgressLine line = new ProgressLine(out, Boolean.getBoolean("callclient.terminal"));
        SoakRun run = new SoakRun(settings, phones, line::show).limitedBy(asked);
        if (pbx.foreign()) {
            run.registeringFirst(new FirstWords(out, seeded));
        } else {
            out.println(seeded);
            out.flush();
        }
        Integer most = callsAtOnce;
        if (most != null) {
            run.callsAtOnce(most);
        }
        Path directory = report;
        if (directory != null) {
            run.tracesInto(directory);
        }
        SoakReport result;
        try (InterruptHandler interruption = InterruptHandler.of(() -> end(run, line, out))) {
            try {
                result = run.execute();
            } catch (IOException | RuntimeException e) {
                // Before the JVM, if that is being ended.
                folder.close();
                throw e;
            }
            line.end();
            RunComparison comparison = before == null ? null : RunComparison.of(before, result);
            out.print(comparison == null ? "" : ComparisonTable.text(comparison));
            out.print(ReportTable.of(result));
            out.flush();
            write(result, comparison);
            interruption.endsWith(result.exitCode());
        }
        return result.exitCode();
    }

    /** Ends the run after Ctrl-C. */
    private static void end(SoakRun run, ProgressLine line, PrintWriter out) {
        line.end();
        out.println("Stopping: calls are hung up and registrations removed; the report follows within five seconds.");
        out.flush();
        run.stop();
    }

    private void write(SoakReport result, @Nullable RunComparison comparison) {
        Path directory = report;
        if (directory != null) {
            try {
                ReportFiles.write(result, comparison, directory, junitError);
            } catch (IOException e) {
                throw new UncheckedIOException("the report cannot be written: " + BadArgument.reason(e), e);
            }
        }
    }

    private @Nullable Baseline baseline() {
        try {
            return baseline == null ? null : Baseline.read(baseline);
        } catch (IOException e) {
            throw new BadArgument("The --baseline file cannot be used: " + BadArgument.reason(e) + ".");
        }
    }

    private SoakSettings settings(@Nullable SoakPhoneSystem foreign) {
        int most = foreign == null ? MOST_USERS : foreign.size();
        int count = users == null ? Math.min(most, foreign == null ? 50 : most) : users;
        require(
                count >= 2 && count <= most,
                "--users must be 2 to " + most + (foreign == null ? "." : ", for so many there are."));
        require(appUsers >= 0 && appUsers % 2 == 0, "--app-users must be an even number: they call each other.");
        double perSecond = rate == null ? Math.max(0.5, count * RATE_PER_USER) : rate;
        require(perSecond > 0 && perSecond <= 1000, "--rate must be more than 0 and at most 1000 calls a second.");
        require(callsAtOnce == null || callsAtOnce >= 1, "--calls-at-once must be 1 or more.");
        require(!duration.isZero(), "--duration must be longer than 0.");
        require(
                suite == null || transport.isEncrypted(),
                "--srtp-suite needs --transport tls: SRTP keys travel in SIP, and must not be readable there.");
        return new SoakSettings(
                count,
                Math.min(appUsers, count - count % 2),
                keyring ? VaultKind.KEYRING : VaultKind.PASSPHRASE,
                perSecond,
                duration,
                transport,
                suite,
                seed(),
                impairment(),
                clip(),
                mix(foreign),
                features(foreign));
    }

    /** As {@link #mix}. */
    private Set<CallFeature> features(@Nullable SoakPhoneSystem foreign) {
        Set<CallFeature> asked = features;
        if (asked != null) {
            require(
                    transport.isEncrypted() || !asked.contains(CallFeature.TEXTS),
                    "--features TEXTS needs --transport tls: texts must not be readable on the network.");
            return asked;
        }
        if (foreign != null) {
            return Set.of();
        }
        return transport.isEncrypted() ? CallFeature.all() : EnumSet.complementOf(EnumSet.of(CallFeature.TEXTS));
    }

    /** At a foreign phone system, uses only what the arguments request. */
    private MediaMix mix(@Nullable SoakPhoneSystem foreign) {
        require(foreign == null || !turn, "--turn is for the embedded PBX: it brings a TURN server of its own.");
        require(
                media.servers().isEmpty(),
                "--stun is for a phone behind a NAT; here everything is on one machine. For a relay: --turn.");
        MediaMix mix = foreign != null ? MediaMix.PLAIN : MediaMix.THIRDS;
        if (foreign == null && !transport.isEncrypted()) {
            mix = mix.withKeying(KeyingPolicy.PREFER_SDES);
        }
        try {
            mix = media.codecs().isEmpty() ? mix : mix.withCodecs(media.codecs());
        } catch (IllegalArgumentException e) {
            throw new BadArgument(e.getMessage() + ".");
        }
        KeyingPolicy keying = media.keying();
        mix = keying == null ? mix : mix.withKeying(keying);
        IceSettings.Use ice = media.ice();
        mix = ice == null ? mix : mix.withIce(ice);
        require(
                !turn || ice == null || ice == IceSettings.Use.OFFERED,
                "--turn is found by ICE: leave --ice out, or say --ice OFFERED.");
        return turn ? mix.relayed() : mix;
    }

    /** Returns the seed argument, else this JVM's seed, else a random one. */
    private long seed() {
        if (seed != null) {
            return seed;
        }
        return Seeds.run() == 0 ? 1 + new SecureRandom().nextInt(1_000_000) : Seeds.run();
    }

    private Impairment impairment() {
        require(loss >= 0 && loss <= 50, "--loss must be 0 to 50 percent.");
        require(jitter.compareTo(Duration.ofMillis(500)) <= 0, "--jitter must be at most 500ms.");
        return new Impairment(loss, jitter);
    }

    private SpeechClip clip() {
        try {
            return speech == null ? SpeechClip.builtIn() : SpeechClip.read(speech, WavFile::read);
        } catch (IOException e) {
            throw new BadArgument("The --speech file cannot be used: " + BadArgument.reason(e) + ".");
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new BadArgument(otherwise);
        }
    }
}
