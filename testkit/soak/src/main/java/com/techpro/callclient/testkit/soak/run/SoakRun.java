// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.pbx.trace.MessageTrace;
import com.techpro.callclient.testkit.pbx.trace.TracedMessage;
import com.techpro.callclient.testkit.soak.driver.CallResult;
import com.techpro.callclient.testkit.soak.driver.EmailLogins;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.driver.FaultyCallTraces;
import com.techpro.callclient.testkit.soak.driver.UnverifiedSpeech;
import com.techpro.callclient.testkit.soak.gate.FreeProcessors;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import com.techpro.callclient.testkit.soak.gate.Resources;
import com.techpro.callclient.testkit.soak.gate.ThreadCpu;
import com.techpro.callclient.testkit.soak.machine.CallLoad;
import com.techpro.callclient.testkit.soak.machine.LoadRule;
import com.techpro.callclient.testkit.soak.machine.LoadWatch;
import com.techpro.callclient.testkit.soak.machine.SpeechCost;
import com.techpro.callclient.testkit.soak.machine.SpeechCostMeasurement;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.script.Capabilities;
import com.techpro.callclient.testkit.soak.script.ConferenceCheck;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.CallLimits;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.MediaMix;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
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
    /** The last calls' script, with all its limits. */
    private static final Duration FINISH_LIMIT = Duration.ofSeconds(100);
    /**
     * After their last response INVITE transactions live for 64 × T1 = 32 s (RFC 6026 §7.1: timers
     * L and M).
     */
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(45);

    /** Waits for the last text, and the last lamp change. */
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(10);

    private static final Duration GOODBYE = Duration.ofSeconds(10);
    /**
     * OkHttp and Okio end their shared threads a minute after the last use, which can be 15 s of a
     * timeout later.
     */
    private static final Duration RELEASE_LIMIT = Duration.ofSeconds(90);

    private static final Duration RELEASE_LIMIT_SHORT = Duration.ofSeconds(15);

    /**
     * Ctrl-C ends the run within five seconds: hanging up and unregistering take at most this,
     * each.
     */
    private static final Duration HUNG_UP = Duration.ofMillis(1_500);

    private static final Duration JUDGED = Duration.ofSeconds(2);
    private static final Duration GOODBYE_SHORT = Duration.ofMillis(1_500);
    private static final Duration RELEASED = Duration.ofMillis(2_500);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final SoakSettings settings;
    private final Callable<SoakPhoneSystem> phoneSystem;
    private final Consumer<Progress> progress;
    private Supplier<CallLoad> measurement;
    private final ProcessProbe probe = new ProcessProbe();
    private final RunStatistics statistics;
    private final Series series = new Series();
    private List<String> traces = List.of();
    private @Nullable Path traceDirectory;
    private @Nullable FirstRegistrations firstRegistrations;
    private CallLimits limits = CallLimits.NONE;
    private volatile boolean stopped;
    private volatile long stoppedAt;
    private final Object living = new Object();
    /**
     * The thread that waits for the app users, which check only their own steps; guarded by
     * {@link #living}.
     */
    private @Nullable Thread withApps;

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
                new SpeechCostMeasurement(settings.speech(), settings.media().isTelephone(), () -> stopped).measure();
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
    @SuppressWarnings("Interruption") // this class owns the thread that waits for the apps
    public void stop() {
        synchronized (living) {
            if (!stopped) {
                stoppedAt = System.nanoTime();
                stopped = true;
            }
            if (withApps != null) {
                withApps.interrupt();
            }
        }
    }

    /** Whether the run was ended early, longer ago than this. */
    private boolean isStoppedFor(Duration time) {
        return stopped && System.nanoTime() - stoppedAt > time.toNanos();
    }

    /** @throws IOException if it could not even begin, for example without a free socket */
    public SoakReport execute() throws IOException {
        try (RunEnvironment environment = RunEnvironment.open()) {
            Instant startedAt = environment.loop().now();
            Resources bare = probe.resources();
            long began = environment.loop().nanoTime();
            List<Gate> gates = new ArrayList<>();
            Phases phases = new Phases(environment, gates);
            Cpu cpu = phases.play();
            environment
                    .waiting()
                    .until(
                            stopped || phases.nobody ? RELEASE_LIMIT_SHORT : RELEASE_LIMIT,
                            () -> isStoppedFor(RELEASED) || left().isBackTo(bare));
            left().gatesAgainst(bare, "at the end").forEach(gate -> gates.add(onItsWay(gate)));
            double elapsed = (environment.loop().nanoTime() - began) / 1e9;
            String busy = environment.waiting().ask(phases.watch::whyNot);
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
        return gate.green() ? gate : gate.unlessEnded(stopped);
    }

    /** A user who pressed Ctrl-C does not want to wait for threads that end by themselves. */
    private Resources left() {
        Resources left = probe.resources();
        return stopped ? left.withoutIdleHttp() : left;
    }

    private SoakReport report(
            Instant startedAt,
            double elapsed,
            Cpu cpu,
            Phases phases,
            List<Gate> gates,
            String stalled,
            RunEnvironment environment) {
        return new SoakReport(
                gates.stream().allMatch(Gate::green),
                stopped,
                startedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
                elapsed,
                Descriptions.of(settings),
                Descriptions.machine(),
                phases.load.report(stalled),
                phases.able.lacks(),
                phases.appUsers.report(appSeconds),
                statistics.logins(),
                statistics.registrations(settings.users()),
                phases.warmUp,
                statistics.calls(cpu.mostAtOnce),
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
                        cpu.process.toNanos() / 1e9,
                        cpu.process.toNanos() / 1e6 / Math.max(1e-3, statistics.callSeconds()),
                        cpu.waited.toNanos() / 1e9,
                        cpu.compiling.toNanos() / 1e9,
                        cpu.byThread),
                gates,
                series.samples(),
                statistics.badCalls(traces),
                statistics.perCall());
    }

    private static final Cpu NONE = new Cpu(Duration.ZERO, Duration.ZERO, Duration.ZERO, Map.of(), 0);

    /** The phases in order, with their shared state. */
    private final class Phases {
        private final RunEnvironment environment;
        private final List<Gate> gates;
        private final Random random = Seeds.random(settings.seed(), "calls");
        private final ThreadCpu threadCpu = new ThreadCpu();
        private final UnverifiedSpeech unverified = new UnverifiedSpeech(traceDirectory);
        private final AppUsers appUsers;
        private SoakReport.Features features = SoakReport.Features.NONE;
        private SoakReport.WarmUp warmUp = SoakReport.WarmUp.NONE;
        /** Null unless the warm-up is running; on the loop. */
        private @Nullable Instant warmUpEnds;

        private Capabilities able = Capabilities.ALL;
        private CallLoad load;
        private LoadWatch watch;
        private boolean nobody;

        Phases(RunEnvironment environment, List<Gate> gates) {
            this.environment = environment;
            this.gates = gates;
            this.appUsers = new AppUsers(settings.vaults(), environment, settings.speech(), unverified);
            this.load = CallLoad.said(
                    settings.callsAtOnce(),
                    settings.callsAtOnce(),
                    Runtime.getRuntime().availableProcessors());
            this.watch = new LoadWatch(load);
        }

        private void measured() {
            load = measurement.get();
            watch = new LoadWatch(load);
        }

        /** Whether the machine carries enough for a verdict, which is a gate. */
        private boolean isCarried() {
            gates.add(load.gate().unlessEnded(stopped));
            return load.isEnough();
        }

        Cpu play() throws IOException {
            boolean registersFirst = firstRegistrations != null;
            if (!registersFirst) {
                measured();
            }
            SoakPhoneSystem phones = made(phoneSystem);
            Cpu cpu;
            try (phones) {
                if (!registersFirst && !isCarried()) {
                    return NONE;
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
                if (mayBeInterrupted(Thread.currentThread())) {
                    appUsers.live(phones.logins(settings.appUsers()), () -> stopped);
                }
            } catch (IOException | RuntimeException e) {
                // Interrupted by the end of the run.
                if (!stopped) {
                    throw e;
                }
            } finally {
                mayBeInterrupted(null);
            }
            appSeconds = (environment.loop().nanoTime() - began) / 1e9;
            gates.addAll(appUsers.gates(stopped));
        }

        /** @return whether the run continues */
        private boolean mayBeInterrupted(@Nullable Thread thread) {
            synchronized (living) {
                withApps = thread;
                if (thread == null) {
                    boolean unused = Thread.interrupted();
                }
                return !stopped;
            }
        }

        private Cpu talk(SoakPhoneSystem phones) throws IOException {
            try (SoakClient client = environment.connect(
                            settings, statistics, limits.applyTo(settings.speechLimits(phones.isLocal())), unverified);
                    EmailLogins logins = client.logins()) {
                List<Extension> enrolled =
                        new Provisioning(settings, phones, client, logins, statistics).enrol(gates, () -> stopped);
                FirstRegistrations told = firstRegistrations;
                if (told != null && !areBegun(client, told)) {
                    client.goodbye(GOODBYE_SHORT);
                    return NONE;
                }
                client.waiting()
                        .until(
                                REGISTERING_LIMIT,
                                () -> stopped || client.registrations().settled());
                if (told != null) {
                    measured();
                    if (!isCarried()) {
                        client.goodbye(stopped ? GOODBYE_SHORT : GOODBYE);
                        return NONE;
                    }
                }
                CallGenerator generator = new CallGenerator(
                        settings.atRate(settings.rate() * load.share()),
                        client,
                        statistics,
                        random,
                        (from, to) -> onHold(phones, from, to),
                        phones.parking());
                client.waiting().ask(() -> generator.free().addAll(enrolled));
                everySecond(client, generator);
                CallGates judge = new CallGates(settings, limits, client, statistics, () -> stopped);
                gates.add(judge.registrations(phones));
                // Users that could not register would only fail their calls too.
                client.waiting()
                        .ask(() -> generator
                                .free()
                                .removeIf(extension -> !client.registrations().isRegistered(extension.account())));
                Cpu cpu = NONE;
                if (generator.free().size() >= 2 && client.registrations().count(RegistrationState.REGISTERED) >= 2) {
                    cpu = calls(client, phones, generator);
                }
                List<Gate> ofCalls = new ArrayList<>(judge.calls(phones.isLocal()));
                ofCalls.addAll(judge.features(generator.hadRounds(), phones.isKnown()));
                gates.addAll(able.judged(ofCalls));
                features = client.waiting()
                        .ask(() -> new SoakReport.Features(
                                statistics.features().figures(),
                                client.lamps().figures(),
                                client.texts().figures()));
                client.goodbye(stopped ? GOODBYE_SHORT : GOODBYE);
                if (phones.registered() >= 0) {
                    gates.add(onItsWay(Gate.backTo(
                            "registrations-after-goodbye", "registrations after goodbye", 0, phones.registered())));
                }
                return cpu;
            }
        }

        private boolean areBegun(SoakClient client, FirstRegistrations told) {
            Optional<FirstRegistrations.Obstacle> obstacle = new FirstContact(client, told, () -> stopped).find();
            obstacle.ifPresent(why -> gates.add(CallGates.nobodyRegistered(settings.users(), why)));
            nobody = obstacle.isPresent();
            return !nobody;
        }

        private static SoakPhoneSystem.OnHold onHold(SoakPhoneSystem phones, Extension from, Extension to) {
            boolean telephone = MediaChoice.G711.contains(from.media().codecs().get(0));
            return phones.onHold(from.index(), telephone || !from.media().prefersAs(to.media()));
        }

        private Cpu calls(SoakClient client, SoakPhoneSystem phones, CallGenerator generator) {
            Resources idle = client.resources(probe, false);
            if (!phones.isKnown()) {
                boolean plain = settings.suite() == null && settings.media().equals(MediaMix.PLAIN);
                able = new CapabilityProbe(client, settings.features(), plain, () -> stopped).find(generator.free());
                client.waiting().ask(() -> {
                    generator.within(able);
                    return true;
                });
            }
            if (able.noCall() != null) {
                return NONE;
            }
            if (stopped) {
                gates.add(notGivenBack());
                return NONE;
            }
            client.waiting().ask(() -> {
                warmUpEnds = environment.loop().now().plus(WarmUp.LIMIT);
                return true;
            });
            warmUp = new WarmUp(client, probe, (from, to) -> onHold(phones, from, to), able, load, () -> stopped)
                    .run(generator.free());
            client.waiting().ask(() -> {
                warmUpEnds = null;
                return true;
            });
            idle = idle.withProcess(client.resources(probe, true));
            meet(client, phones, generator.free());
            changeNetworks(phones);
            if (!stopped) {
                watchAndListen(client, generator.free());
            }
            environment.countStallsAnew();
            Duration cpuBefore = probe.cpu();
            Duration compilingBefore = probe.compiling();
            Duration waitBefore = client.waiting().ask(probe::cpuWait);
            Map<String, Duration> threadsBefore = client.waiting().ask(this::cpuByThread);
            client.waiting().ask(() -> {
                client.judgements().hold();
                if (!stopped) {
                    generator.start();
                }
                return true;
            });
            client.waiting().pass(settings.duration(), () -> stopped);
            client.waiting().ask(() -> {
                generator.stop();
                return true;
            });
            if (stopped) {
                client.waiting().ask(() -> {
                    client.calls().breakOff();
                    return true;
                });
            }
            client.waiting()
                    .until(
                            FINISH_LIMIT,
                            () -> isStoppedFor(HUNG_UP) || client.calls().active() == 0);
            client.judgements().release();
            client.waiting()
                    .until(
                            FINISH_LIMIT,
                            () -> isStoppedFor(JUDGED) || client.calls().unfinished() == 0);
            client.waiting().until(SETTLE_LIMIT, () -> stopped || settled(client));
            client.waiting().ask(() -> {
                client.lamps().close();
                return true;
            });
            Cpu cpu = new Cpu(
                    probe.cpu().minus(cpuBefore),
                    client.waiting().ask(probe::cpuWait).minus(waitBefore),
                    probe.compiling().minus(compilingBefore),
                    difference(client.waiting().ask(this::cpuByThread), threadsBefore),
                    client.calls().mostAtOnce());
            writeTraces(client, phones);
            if (!stopped) {
                Resources baseline = idle;
                // Not on the loop, by which the client's counters come.
                boolean unused = Await.holdsWithin(
                        () -> stopped || client.resources(probe, false).isBackTo(baseline), DRAIN_LIMIT);
            }
            if (stopped) {
                gates.add(notGivenBack());
            } else {
                gates.addAll(client.resources(probe, true).gatesAgainst(idle, "after the calls"));
            }
            return cpu;
        }

        private static Gate notGivenBack() {
            return Gate.notReached("given-back-after-the-calls", "everything given back after the calls");
        }

        /** Before leftovers are counted, because the trace is then cleared. */
        private void writeTraces(SoakClient client, SoakPhoneSystem phones) {
            MessageTrace trace = phones.trace();
            Path directory = traceDirectory;
            if (directory == null) {
                return;
            }
            List<CallResult> faulty = client.waiting().ask(statistics::faulty);
            List<TracedMessage> messages = trace == null ? List.of() : trace.messages();
            long dropped = trace == null ? 0 : trace.dropped();
            traces = new FaultyCallTraces(messages, dropped, phones::number, client.callInputs())
                    .write(faulty, directory);
            if (trace != null) {
                trace.forget();
            }
        }

        private Map<String, Duration> cpuByThread() {
            threadCpu.look();
            return threadCpu.byName();
        }

        /** What the room leaves behind counts as the calls' leftovers. */
        private void meet(SoakClient client, SoakPhoneSystem phones, ArrayDeque<Extension> free) {
            String room = phones.room();
            if (room != null && stopped) {
                gates.add(Gate.notReached("conference-room", "conference room"));
            } else if (room != null) {
                ConferenceCheck conference =
                        new ConferenceCheck(room, phones::inRoom, client.waiting(), environment.clock());
                List<Extension> some = List.copyOf(free);
                gates.addAll(
                        conference.hold(some.subList(0, Math.min(ConferenceCheck.SIZE, some.size())), () -> stopped));
            }
        }

        /** One user's phone, apart from the client of the others, whose calls would all move. */
        private void changeNetworks(SoakPhoneSystem phones) {
            String echo = phones.echo();
            if (echo != null) {
                Gate gate = stopped
                        ? Gate.notReached("network-change", "a call whose phone changes its network")
                        : new NetworkChangeCheck(
                                        environment,
                                        settings.speech(),
                                        limits.applyTo(settings.speechLimits(phones.isLocal())))
                                .make(phones.account(0), echo);
                gates.add(gate.unlessEnded(stopped));
            }
        }

        /**
         * From now on, because subscriptions are released before the calls' leftovers are counted.
         */
        private void watchAndListen(SoakClient client, ArrayDeque<Extension> free) {
            client.waiting().ask(() -> {
                if (settings.features().contains(CallFeature.LAMPS)) {
                    client.lamps().watch(List.copyOf(free));
                }
                if (settings.features().contains(CallFeature.TEXTS)) {
                    client.texts().listen(free);
                }
                return true;
            });
            client.waiting().until(SETTLE_LIMIT, () -> stopped || client.lamps().allIdle());
        }

        private static boolean settled(SoakClient client) {
            return client.lamps().allJudged() && client.texts().isSettled();
        }

        private void everySecond(SoakClient client, CallGenerator generator) {
            Sampling first = new Sampling(environment.loop().nanoTime(), probe.cpu());
            var unused = environment.loop().schedule(TICK, () -> sample(client, generator, first, first));
        }

        private void sample(SoakClient client, CallGenerator generator, Sampling first, Sampling last) {
            if (client.closed()) {
                return;
            }
            Sampling now = new Sampling(environment.loop().nanoTime(), probe.cpu());
            double cpuPercent = 100.0 * now.cpu.minus(last.cpu).toNanos() / (now.nanos - last.nanos);
            var sample = new SoakReport.Sample(
                    (now.nanos - first.nanos) / 1e9,
                    client.calls().active(),
                    statistics.finishedCalls(),
                    statistics.failedCalls(),
                    probe.heapUsed() / 1048576.0,
                    probe.threadCount(),
                    cpuPercent,
                    probe.machineCpuPercent());
            threadCpu.look();
            probe.cpuWait();
            series.add(sample);
            watch.look(now.nanos, client.calls().active());
            progress.accept(new Progress(
                    sample,
                    client.registrations().count(RegistrationState.REGISTERED),
                    settings.users(),
                    statistics.judgedDirections(),
                    statistics.verifiedDirections(),
                    warmUpLeft(),
                    generator.isDialling()));
            var unused = environment.loop().schedule(TICK, () -> sample(client, generator, first, now));
        }

        private @Nullable Duration warmUpLeft() {
            Instant end = warmUpEnds;
            if (end == null) {
                return null;
            }
            Duration left = Duration.between(environment.loop().now(), end);
            return left.isNegative() ? Duration.ZERO : left;
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

    private static Map<String, Double> difference(Map<String, Duration> after, Map<String, Duration> before) {
        Map<String, Double> seconds = new TreeMap<>();
        after.forEach((name, total) -> {
            Duration used = total.minus(before.getOrDefault(name, Duration.ZERO));
            if (used.toMillis() > 0) {
                seconds.put(name, used.toMillis() / 1000.0);
            }
        });
        return seconds;
    }

    private record Cpu(
            Duration process, Duration waited, Duration compiling, Map<String, Double> byThread, int mostAtOnce) {}

    private record Sampling(long nanos, Duration cpu) {}
}
