// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.testkit.cli.bench.ScaleRow.Metric;
import com.techpro.callclient.testkit.cli.bench.ScaleRow.Sample;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import com.techpro.callclient.testkit.soak.gate.ThreadCpu;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures the cost against the size: of the media of calls, of registered accounts, and of a
 * conference room, which the PBX mixes in its own process.
 */
public final class ScaleCost {
    static final List<Integer> CALLS = List.of(1, 10, 100, 500, 1_000);
    static final List<Integer> ACCOUNTS = List.of(1, 10, 100, 1_000, 10_000);
    static final List<Integer> LEGS = List.of(3, 10, 30, 100);

    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final int WARM_UP_CALLS = 50;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    private static final Duration RARELY = Duration.ofMinutes(30);
    /** For all of it but the end: what is left then is hung up and unregistered. */
    private static final Duration LIMIT = Duration.ofMinutes(9);
    /** Calls leave this much of it. */
    private static final Duration FOR_ROOMS = Duration.ofSeconds(90);
    /** Calls and rooms leave this much of it. */
    private static final Duration FOR_ACCOUNTS = Duration.ofMinutes(4);

    private static final int PACKETS_PER_SECOND = 50;
    private static final String ECHO = "600";
    /** A room of the PBX without PIN or roster. */
    private static final String ROOM = "8002";

    private static final String MEDIA = "callclient-media";
    private static final String ENGINE = "callclient-";

    private final Duration each;
    private final Consumer<BenchFigure> found;
    private final ProcessProbe probe = new ProcessProbe();
    private final OtherLoad others = new OtherLoad(probe);

    /** @param each how long media of one size is measured */
    public ScaleCost(Duration each, Consumer<BenchFigure> found) {
        this.each = each;
        this.found = found;
    }

    /** Measures it in at most ten minutes. */
    public List<ScaleResult> run() throws IOException {
        found.accept(others.beforeAnything());
        long end = System.nanoTime() + LIMIT.toNanos();
        List<ScaleResult> results = new ArrayList<>();
        try (PbxProcess pbx = new PbxProcess(ACCOUNTS.get(ACCOUNTS.size() - 1))) {
            long accountsFrom = end - FOR_ACCOUNTS.toNanos();
            results.add(calls(pbx, accountsFrom - FOR_ROOMS.toNanos()));
            results.add(rooms(pbx, accountsFrom));
            results.add(accounts(pbx, end));
        }
        return results;
    }

    private ScaleResult calls(PbxProcess pbx, long end) {
        String how = "CPU of the media loop over " + each.toSeconds() + " s; G.711, SRTP, an echo";
        ScaleRow row = new ScaleRow(
                "calls at once", "calls", CALLS, List.of(new Metric("media CPU a call-second", "ms", how)));
        try (MeasuredEngine engine = new MeasuredEngine(pbx, RARELY, false)) {
            engine.register(1);
            // Code that is still interpreted would be the price of the first call.
            engine.call(WARM_UP_CALLS);
            MeasuredEngine.pass(WARM_UP);
            engine.hangUp();
            ScaleResult result =
                    row.run(new Talking(engine, ECHO, () -> cpu(MEDIA)), windowOfCalls(), end, System::nanoTime, found);
            engine.hangUp();
            return result;
        }
    }

    private ScaleResult rooms(PbxProcess pbx, long end) {
        String how = "CPU of the PBX's whole process over " + each.toSeconds()
                + " s; G.711, SRTP, each leg silent but sending";
        ScaleRow row = new ScaleRow(
                "legs of a conference room",
                "legs",
                LEGS,
                List.of(new Metric("CPU a leg-second of a room", "ms", how)));
        try (MeasuredEngine engine = new MeasuredEngine(pbx, RARELY, false)) {
            engine.register(1);
            ScaleResult result =
                    row.run(new Talking(engine, ROOM, pbx::cpu), windowOfCalls(), end, System::nanoTime, found);
            engine.hangUp();
            return result;
        }
    }

    private ScaleResult accounts(PbxProcess pbx, long end) {
        List<Metric> metrics = List.of(
                new Metric(
                        "heap an account",
                        "kB",
                        "live objects, of those added to the size before; one TLS connection for all"),
                new Metric("time to register an account", "ms", "of those added to the size before, all at once"),
                new Metric(
                        "CPU of an idle minute",
                        "ms",
                        "engine's threads over " + KEEP_ALIVE.toSeconds() + " s, doubled; keep-alive every "
                                + KEEP_ALIVE.toSeconds() + " s"));
        ScaleRow row = new ScaleRow("registered accounts", "accounts", ACCOUNTS, metrics);
        try (MeasuredEngine engine = new MeasuredEngine(pbx, KEEP_ALIVE, true)) {
            Duration window = SETTLING.plus(KEEP_ALIVE).plus(SETTLING);
            return row.run(new Registered(engine), window, end, System::nanoTime, found);
        }
    }

    private Duration windowOfCalls() {
        return SETTLING.plus(each);
    }

    private static Duration cpu(String threads) {
        return cpu(new ThreadCpu(), threads);
    }

    private static Duration cpu(ThreadCpu counted, String threads) {
        counted.look();
        return counted.byName().entrySet().stream()
                .filter(thread -> thread.getKey().startsWith(threads))
                .map(Map.Entry::getValue)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** CPU time so far. */
    private interface Cpu {
        Duration used();
    }

    /** Calls to a number. */
    private final class Talking implements ScaleRow.Subject {
        private final MeasuredEngine engine;
        private final String number;
        private final Cpu cpu;

        Talking(MeasuredEngine engine, String number, Cpu cpu) {
            this.engine = engine;
            this.number = number;
            this.cpu = cpu;
        }

        @Override
        public Optional<String> grow(int before, int size, Duration limit) {
            return engine.calls(size, number, limit)
                    ? Optional.empty()
                    : Optional.of("not all were answered, or not in the time that was left");
        }

        @Override
        public Sample measure(int before, int size) {
            MeasuredEngine.pass(SETTLING);
            others.begin();
            long packets = engine.packets();
            Duration used = cpu.used();
            long began = System.nanoTime();
            MeasuredEngine.pass(each);
            double millis = cpu.used().minus(used).toNanos() / 1e6;
            double callSeconds = size * (System.nanoTime() - began) / 1e9;
            double moved = (engine.packets() - packets) / callSeconds / PACKETS_PER_SECOND / 2;
            return new Sample(List.of(millis / callSeconds), 100 * (1 - moved), others.percent());
        }
    }

    /** Accounts that wait for calls. */
    private final class Registered implements ScaleRow.Subject {
        private final MeasuredEngine engine;
        private final LiveHeap heap = new LiveHeap(probe);
        private long heapBefore = heap.bytes();
        private double millisEach;

        Registered(MeasuredEngine engine) {
            this.engine = engine;
        }

        @Override
        public Optional<String> grow(int before, int size, Duration limit) {
            long began = System.nanoTime();
            boolean all = engine.registers(size, limit);
            millisEach = (System.nanoTime() - began) / 1e6 / (size - before);
            return all ? Optional.empty() : Optional.of("not all were registered in the time that was left");
        }

        @Override
        public Sample measure(int before, int size) {
            MeasuredEngine.pass(SETTLING);
            long heapNow = heap.bytes();
            double kilobytes = (heapNow - heapBefore) / 1024.0 / (size - before);
            heapBefore = heapNow;
            others.begin();
            ThreadCpu counted = new ThreadCpu();
            Duration used = cpu(counted, ENGINE);
            MeasuredEngine.pass(KEEP_ALIVE);
            double idle = cpu(counted, ENGINE).minus(used).toNanos() / 1e6 * 60 / KEEP_ALIVE.toSeconds();
            return new Sample(List.of(kilobytes, millisEach, idle), 0, others.percent());
        }
    }
}
