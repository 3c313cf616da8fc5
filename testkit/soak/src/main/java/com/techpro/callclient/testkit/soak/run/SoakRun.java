// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.soak.driver.EmailLogins;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.driver.UnverifiedSpeech;
import com.techpro.callclient.testkit.soak.gate.FreeProcessors;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import com.techpro.callclient.testkit.soak.gate.Resources;
import com.techpro.callclient.testkit.soak.machine.CallLoad;
import com.techpro.callclient.testkit.soak.machine.LoadRule;
import com.techpro.callclient.testkit.soak.machine.SpeechCost;
import com.techpro.callclient.testkit.soak.machine.SpeechCostMeasurement;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.settings.CallLimits;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import com.techpro.callclient.testkit.soak.statistics.Descriptions;
import com.techpro.callclient.testkit.soak.statistics.RedCauses;
import com.techpro.callclient.testkit.soak.statistics.RunStatistics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A whole soak: logs all users in, lets them call each other, and checks that nothing is left over.
 * {@link #execute} runs on the caller's thread, which only waits; calls run on one loop.
 */
public final class SoakRun {
    private static final Duration REGISTERING_LIMIT = Duration.ofSeconds(60);
    private static final Duration GOODBYE = Duration.ofSeconds(10);
    /**
     * OkHttp and Okio end their shared threads a minute after the last use, which can be 15 s of a
     * timeout later.
     */
    private static final Duration RELEASE_LIMIT = Duration.ofSeconds(90);

    private static final Duration RELEASE_LIMIT_SHORT = Duration.ofSeconds(15);

    /** Ctrl-C ends the run within five seconds: unregistering takes at most this. */
    private static final Duration GOODBYE_SHORT = Duration.ofMillis(1_500);

    private static final Duration RELEASED = Duration.ofMillis(2_500);

    private final SoakSettings settings;
    private final Callable<SoakPhoneSystem> phoneSystem;
    private final Consumer<Progress> progress;
    private Supplier<CallLoad> measurement;
    private final ProcessProbe probe = new ProcessProbe();
    private final RunStatistics statistics;
    private @Nullable Path traceDirectory;
    private @Nullable FirstRegistrations firstRegistrations;
    private CallLimits limits = CallLimits.NONE;
    private final RunStop stop = new RunStop();
    private double appSeconds;

    /**
     * Prepares a run.
     *
     * @param phoneSystem created and closed by the run, so that its leftovers are noticed too
     * @param progress called every second, on the run's loop
     */
    public SoakRun(SoakSettings settings, Callable<SoakPhoneSystem> phoneSystem, Consumer<Progress> progress) {
        this(settings, phoneSystem, progress, null);
    }

    /** @param measured what the machine carries; null to measure it */
    SoakRun(
            SoakSettings settings,
            Callable<SoakPhoneSystem> phoneSystem,
            Consumer<Progress> progress,
            @Nullable CallLoad measured) {
        this.settings = settings;
        this.phoneSystem = phoneSystem;
        this.progress = progress;
        this.measurement = measured == null ? this::measure : () -> measured;
        this.statistics = new RunStatistics(settings.choices());
    }

    /**
     * Writes a ladder and a capture of each of the first faulty calls at the end of the run, if the
     * phone system keeps messages. Writes the spoken and heard audio of the first unverified
     * directions during the run.
     *
     * @param report the report's directory, in which call folders are created
     */
    public SoakRun tracesInto(Path report) {
        traceDirectory = report;
        return this;
    }

    /**
     * Limits the calls at once to this number, whatever the machine carries; it is not measured
     * then.
     */
    public SoakRun callsAtOnce(int most) {
        measurement = () ->
                CallLoad.said(settings.callsAtOnce(), most, Runtime.getRuntime().availableProcessors());
        return this;
    }

    /**
     * Registers the users before the machine is measured. If none can be registered, that is at
     * once the report's only red gate. For a foreign phone system, which may be unreachable.
     *
     * @param told receives the progress
     */
    public SoakRun registeringFirst(FirstRegistrations told) {
        firstRegistrations = told;
        return this;
    }

    /** Judges calls by these limits where set, instead of the defaults. */
    public SoakRun limitedBy(CallLimits set) {
        limits = set;
        return this;
    }

    /** Before anything that depends on the machine's timing. */
    private CallLoad measure() {
        FreeProcessors free = new FreeProcessors(System.nanoTime());
        SpeechCost cost =
                new SpeechCostMeasurement(settings.speech(), settings.media().isTelephone(), stop).measure();
        return CallLoad.of(
                settings.callsAtOnce(),
                cost,
                free.free(System.nanoTime()),
                Runtime.getRuntime().availableProcessors());
    }

    /**
     * Ends the run early but cleanly: hangs up and unregisters. From any thread. {@link #execute}
     * then returns, within five seconds if the phone system answers.
     */
    public void stop() {
        stop.stop();
    }

    /** @throws IOException if it could not even begin, for example without a free socket */
    public SoakReport execute() throws IOException {
        try (RunEnvironment environment = RunEnvironment.open()) {
            Instant startedAt = environment.loop().now();
            Resources bare = probe.resources();
            long began = environment.loop().nanoTime();
            List<Gate> gates = new ArrayList<>();
            Phases phases = new Phases(environment, gates);
            RunCalls.Cpu cpu = phases.play();
            environment
                    .waiting()
                    .until(
                            stop.getAsBoolean() || phases.nobody ? RELEASE_LIMIT_SHORT : RELEASE_LIMIT,
                            () -> stop.isOlderThan(RELEASED) || left().isBackTo(bare));
            left().gatesAgainst(bare, "at the end").forEach(gate -> gates.add(onItsWay(gate)));
            double elapsed = (environment.loop().nanoTime() - began) / 1e9;
            String busy = environment.waiting().ask(phases.samples::whyNot);
            // On the loop: a run that was ended early may still count something.
            return environment
                    .waiting()
                    .ask(() -> report(
                            startedAt,
                            elapsed,
                            cpu,
                            phases,
                            new RedCauses(
                                            LoadRule.judged(gates, busy),
                                            statistics.calls(0).failedByReason(),
                                            statistics.holdFaults(),
                                            statistics.features().faultyCalls())
                                    .judged(),
                            LoadRule.whyNot(gates, busy),
                            environment));
        }
    }

    /** After an early end, unreleased resources may still be being released. */
    private Gate onItsWay(Gate gate) {
        return gate.green() ? gate : gate.unlessEnded(stop.getAsBoolean());
    }

    /** A user who pressed Ctrl-C does not want to wait for threads that end by themselves. */
    private Resources left() {
        Resources left = probe.resources();
        return stop.getAsBoolean() ? left.withoutIdleHttp() : left;
    }

    private SoakReport report(
            Instant startedAt,
            double elapsed,
            RunCalls.Cpu cpu,
            Phases phases,
            List<Gate> gates,
            String stalled,
            RunEnvironment environment) {
        return new SoakReport(
                gates.stream().allMatch(Gate::green),
                stop.getAsBoolean(),
                startedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
                elapsed,
                Descriptions.of(settings),
                Descriptions.machine(),
                phases.load.report(stalled),
                phases.calls.able().lacks(),
                phases.appUsers.report(appSeconds),
                statistics.logins(),
                statistics.registrations(settings.users()),
                phases.calls.warmUp(),
                statistics.calls(cpu.mostAtOnce()),
                statistics.audio(),
                statistics.holds(),
                statistics.keys(),
                phases.features,
                statistics.media(
                        environment.clock().latest(),
                        environment.clock().stallCount(),
                        environment.ownStalls(),
                        environment.longestOwnStall()),
                statistics.media().figures(),
                new SoakReport.Cpu(
                        cpu.process().toNanos() / 1e9,
                        cpu.process().toNanos() / 1e6 / Math.max(1e-3, statistics.callSeconds()),
                        cpu.waited().toNanos() / 1e9,
                        cpu.compiling().toNanos() / 1e9,
                        cpu.byThread()),
                gates,
                phases.samples.samples(),
                statistics.badCalls(phases.calls.traces()),
                statistics.perCall());
    }

    /** The phases in order, with their shared state. */
    private final class Phases {
        private final RunEnvironment environment;
        private final List<Gate> gates;
        private final Random random = Seeds.random(settings.seed(), "calls");
        private final UnverifiedSpeech unverified = new UnverifiedSpeech(traceDirectory);
        private final AppUsers appUsers;
        private SoakReport.Features features = SoakReport.Features.NONE;
        private CallLoad load;
        private final RunSamples samples;
        private final RunCalls calls;
        private boolean nobody;

        Phases(RunEnvironment environment, List<Gate> gates) {
            this.environment = environment;
            this.gates = gates;
            this.appUsers = new AppUsers(settings.vaults(), environment, settings.speech(), unverified);
            this.load = CallLoad.said(
                    settings.callsAtOnce(),
                    settings.callsAtOnce(),
                    Runtime.getRuntime().availableProcessors());
            this.samples = new RunSamples(environment, statistics, settings.users(), probe, progress, load);
            this.calls = new RunCalls(settings, limits, statistics, environment, probe, samples, stop, gates);
        }

        private void measured() {
            load = measurement.get();
            samples.measured(load);
        }

        /** Whether the machine carries enough for a verdict, which is a gate. */
        private boolean isCarried() {
            gates.add(load.gate().unlessEnded(stop.getAsBoolean()));
            return load.isEnough();
        }

        RunCalls.Cpu play() throws IOException {
            boolean registersFirst = firstRegistrations != null;
            if (!registersFirst) {
                measured();
            }
            SoakPhoneSystem phones = made(phoneSystem);
            RunCalls.Cpu cpu;
            try (phones) {
                if (!registersFirst && !isCarried()) {
                    return RunCalls.Cpu.NONE;
                }
                liveWithApps(phones);
                cpu = talk(phones);
            }
            gates.addAll(CallGates.phoneSystem(phones));
            return cpu;
        }

        /** Before the judged calls: opening a vault keeps a processor busy for a while. */
        private void liveWithApps(SoakPhoneSystem phones) throws IOException {
            long began = environment.loop().nanoTime();
            try {
                if (stop.mayInterrupt(Thread.currentThread())) {
                    appUsers.live(phones.logins(settings.appUsers()), stop);
                }
            } catch (IOException | RuntimeException e) {
                // Interrupted by the end of the run.
                if (!stop.getAsBoolean()) {
                    throw e;
                }
            } finally {
                stop.mayInterrupt(null);
            }
            appSeconds = (environment.loop().nanoTime() - began) / 1e9;
            gates.addAll(appUsers.gates(stop.getAsBoolean()));
        }

        private RunCalls.Cpu talk(SoakPhoneSystem phones) throws IOException {
            try (SoakClient client = environment.connect(
                            settings, statistics, limits.applyTo(settings.speechLimits(phones.isLocal())), unverified);
                    EmailLogins logins = client.logins()) {
                List<Extension> enrolled =
                        new Provisioning(settings, phones, client, logins, statistics).enrol(gates, stop);
                FirstRegistrations told = firstRegistrations;
                if (told != null && !areBegun(client, told)) {
                    client.goodbye(GOODBYE_SHORT);
                    return RunCalls.Cpu.NONE;
                }
                client.waiting()
                        .until(
                                REGISTERING_LIMIT,
                                () -> stop.getAsBoolean()
                                        || client.registrations().settled());
                if (told != null) {
                    measured();
                    if (!isCarried()) {
                        client.goodbye(stop.getAsBoolean() ? GOODBYE_SHORT : GOODBYE);
                        return RunCalls.Cpu.NONE;
                    }
                }
                CallGenerator generator = new CallGenerator(
                        settings.atRate(settings.rate() * load.share()),
                        client,
                        statistics,
                        random,
                        (from, to) -> RunCalls.onHold(phones, from, to),
                        phones.parking());
                client.waiting().ask(() -> generator.free().addAll(enrolled));
                samples.begin(client, generator);
                CallGates judge = new CallGates(settings, limits, client, statistics, stop);
                gates.add(judge.registrations(phones));
                // Users that could not register would only fail their calls too.
                client.waiting()
                        .ask(() -> generator
                                .free()
                                .removeIf(extension -> !client.registrations().isRegistered(extension.account())));
                RunCalls.Cpu cpu = RunCalls.Cpu.NONE;
                if (generator.free().size() >= 2 && client.registrations().count(RegistrationState.REGISTERED) >= 2) {
                    cpu = calls.run(client, phones, generator, load, traceDirectory);
                }
                List<Gate> ofCalls = new ArrayList<>(judge.calls(phones.isLocal()));
                ofCalls.addAll(judge.features(generator.hadRounds(), phones.isKnown()));
                gates.addAll(calls.able().judged(ofCalls));
                features = client.waiting()
                        .ask(() -> new SoakReport.Features(
                                statistics.features().figures(),
                                client.lamps().figures(),
                                client.texts().figures()));
                client.goodbye(stop.getAsBoolean() ? GOODBYE_SHORT : GOODBYE);
                if (phones.registered() >= 0) {
                    gates.add(onItsWay(Gate.backTo(
                            "registrations-after-goodbye", "registrations after goodbye", 0, phones.registered())));
                }
                return cpu;
            }
        }

        private boolean areBegun(SoakClient client, FirstRegistrations told) {
            Optional<FirstRegistrations.Obstacle> obstacle = new FirstContact(client, told, stop).find();
            obstacle.ifPresent(why -> gates.add(CallGates.nobodyRegistered(settings.users(), why)));
            nobody = obstacle.isPresent();
            return !nobody;
        }
    }

    private static SoakPhoneSystem made(Callable<SoakPhoneSystem> maker) throws IOException {
        try {
            return maker.call();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the phone system could not be started", e);
        }
    }
}
