// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.pbx.trace.MessageTrace;
import com.techpro.callclient.testkit.pbx.trace.TracedMessage;
import com.techpro.callclient.testkit.soak.driver.CallResult;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.driver.FaultyCallTraces;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import com.techpro.callclient.testkit.soak.gate.Resources;
import com.techpro.callclient.testkit.soak.machine.CallLoad;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.script.Capabilities;
import com.techpro.callclient.testkit.soak.script.ConferenceCheck;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.CallLimits;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.MediaMix;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import com.techpro.callclient.testkit.soak.statistics.RunStatistics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a run: finds out what the phone system can do, warms up, lets the users call each
 * other, and drains. What is left over then is a gate. Runs on the caller's thread.
 */
final class RunCalls {
    /** The last calls' script, with all its limits. */
    private static final Duration FINISH_LIMIT = Duration.ofSeconds(100);
    /**
     * After their last response INVITE transactions live for 64 × T1 = 32 s (RFC 6026 §7.1: timers
     * L and M).
     */
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(45);

    /** Waits for the last text, and the last lamp change. */
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(10);
    /** Ctrl-C ends the run within five seconds: hanging up takes at most this. */
    private static final Duration HUNG_UP = Duration.ofMillis(1_500);

    private static final Duration JUDGED = Duration.ofSeconds(2);

    private final SoakSettings settings;
    private final CallLimits limits;
    private final RunStatistics statistics;
    private final RunEnvironment environment;
    private final ProcessProbe probe;
    private final RunSamples samples;
    private final RunStop stop;
    private final List<Gate> gates;
    private Capabilities able = Capabilities.ALL;
    private SoakReport.WarmUp warmUp = SoakReport.WarmUp.NONE;
    private List<String> traces = List.of();

    /** The processor time of the counted calls. */
    record Cpu(Duration process, Duration waited, Duration compiling, Map<String, Double> byThread, int mostAtOnce) {
        static final Cpu NONE = new Cpu(Duration.ZERO, Duration.ZERO, Duration.ZERO, Map.of(), 0);
    }

    /** @param gates receives those of what surrounds the calls */
    RunCalls(
            SoakSettings settings,
            CallLimits limits,
            RunStatistics statistics,
            RunEnvironment environment,
            ProcessProbe probe,
            RunSamples samples,
            RunStop stop,
            List<Gate> gates) {
        this.settings = settings;
        this.limits = limits;
        this.statistics = statistics;
        this.environment = environment;
        this.probe = probe;
        this.samples = samples;
        this.stop = stop;
        this.gates = gates;
    }

    /** Returns what the phone system can do, as far as it was asked. */
    Capabilities able() {
        return able;
    }

    SoakReport.WarmUp warmUp() {
        return warmUp;
    }

    /** Returns the folders of the faulty calls that have one. */
    List<String> traces() {
        return traces;
    }

    static SoakPhoneSystem.OnHold onHold(SoakPhoneSystem phones, Extension from, Extension to) {
        boolean telephone = MediaChoice.G711.contains(from.media().codecs().get(0));
        return phones.onHold(from.index(), telephone || !from.media().prefersAs(to.media()));
    }

    /**
     * Runs it.
     *
     * @param load what the machine carries
     * @param traceDirectory where traces of faulty calls go; null for nowhere
     */
    Cpu run(
            SoakClient client,
            SoakPhoneSystem phones,
            CallGenerator generator,
            CallLoad load,
            @Nullable Path traceDirectory) {
        Resources idle = client.resources(probe, false);
        if (!phones.isKnown()) {
            boolean plain = settings.suite() == null && settings.media().equals(MediaMix.PLAIN);
            able = new CapabilityProbe(client, settings.features(), plain, stop).find(generator.free());
            client.waiting().ask(() -> {
                generator.within(able);
                return true;
            });
        }
        if (able.noCall() != null) {
            return Cpu.NONE;
        }
        if (stop.getAsBoolean()) {
            gates.add(notGivenBack());
            return Cpu.NONE;
        }
        samples.warmsUpUntil(environment.loop().now().plus(WarmUp.LIMIT));
        warmUp = new WarmUp(client, probe, (from, to) -> onHold(phones, from, to), able, load, stop)
                .run(generator.free());
        samples.warmsUpUntil(null);
        idle = idle.withProcess(client.resources(probe, true));
        meet(client, phones, generator.free());
        changeNetworks(phones);
        if (!stop.getAsBoolean()) {
            watchAndListen(client, generator.free());
        }
        environment.countStallsAnew();
        Duration cpuBefore = probe.cpu();
        Duration compilingBefore = probe.compiling();
        Duration waitBefore = client.waiting().ask(probe::cpuWait);
        Map<String, Duration> threadsBefore = client.waiting().ask(samples::cpuByThread);
        client.waiting().ask(() -> {
            client.judgements().hold();
            if (!stop.getAsBoolean()) {
                generator.start();
            }
            return true;
        });
        client.waiting().pass(settings.duration(), stop);
        client.waiting().ask(() -> {
            generator.stop();
            return true;
        });
        if (stop.getAsBoolean()) {
            client.waiting().ask(() -> {
                client.calls().breakOff();
                return true;
            });
        }
        client.waiting()
                .until(
                        FINISH_LIMIT,
                        () -> stop.isOlderThan(HUNG_UP) || client.calls().active() == 0);
        client.judgements().release();
        client.waiting()
                .until(
                        FINISH_LIMIT,
                        () -> stop.isOlderThan(JUDGED) || client.calls().unfinished() == 0);
        client.waiting().until(SETTLE_LIMIT, () -> stop.getAsBoolean() || settled(client));
        client.waiting().ask(() -> {
            client.lamps().close();
            return true;
        });
        Cpu cpu = new Cpu(
                probe.cpu().minus(cpuBefore),
                client.waiting().ask(probe::cpuWait).minus(waitBefore),
                probe.compiling().minus(compilingBefore),
                difference(client.waiting().ask(samples::cpuByThread), threadsBefore),
                client.calls().mostAtOnce());
        writeTraces(client, phones, traceDirectory);
        if (!stop.getAsBoolean()) {
            Resources baseline = idle;
            // Not on the loop, by which the client's counters come.
            boolean unused = Await.holdsWithin(
                    () -> stop.getAsBoolean() || client.resources(probe, false).isBackTo(baseline), DRAIN_LIMIT);
        }
        if (stop.getAsBoolean()) {
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
    private void writeTraces(SoakClient client, SoakPhoneSystem phones, @Nullable Path directory) {
        MessageTrace trace = phones.trace();
        if (directory == null) {
            return;
        }
        List<CallResult> faulty = client.waiting().ask(statistics::faulty);
        List<TracedMessage> messages = trace == null ? List.of() : trace.messages();
        long dropped = trace == null ? 0 : trace.dropped();
        traces = new FaultyCallTraces(messages, dropped, phones::number, client.callInputs()).write(faulty, directory);
        if (trace != null) {
            trace.forget();
        }
    }

    /** What the room leaves behind counts as the calls' leftovers. */
    private void meet(SoakClient client, SoakPhoneSystem phones, ArrayDeque<Extension> free) {
        String room = phones.room();
        if (room != null && stop.getAsBoolean()) {
            gates.add(Gate.notReached("conference-room", "conference room"));
        } else if (room != null) {
            ConferenceCheck conference =
                    new ConferenceCheck(room, phones::inRoom, client.waiting(), environment.clock());
            List<Extension> some = List.copyOf(free);
            gates.addAll(conference.hold(some.subList(0, Math.min(ConferenceCheck.SIZE, some.size())), stop));
        }
    }

    /** One user's phone, apart from the client of the others, whose calls would all move. */
    private void changeNetworks(SoakPhoneSystem phones) {
        String echo = phones.echo();
        if (echo != null) {
            Gate gate = stop.getAsBoolean()
                    ? Gate.notReached("network-change", "a call whose phone changes its network")
                    : new NetworkChangeCheck(
                                    environment,
                                    settings.speech(),
                                    limits.applyTo(settings.speechLimits(phones.isLocal())))
                            .make(phones.account(0), echo);
            gates.add(gate.unlessEnded(stop.getAsBoolean()));
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
        client.waiting()
                .until(SETTLE_LIMIT, () -> stop.getAsBoolean() || client.lamps().allIdle());
    }

    private static boolean settled(SoakClient client) {
        return client.lamps().allJudged() && client.texts().isSettled();
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
}
