// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.Network;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves something open: engine threads, network links, pending timers, or
 * whatever else it was told to {@link #track}.
 *
 * <pre>{@code
 *
 * @RegisterExtension
 * final LeakCheck leaks = new LeakCheck().watch(time).watch(network);
 * }</pre>
 */
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback {
    private static final String THREAD_PREFIX = "callclient-";
    // For threads that have been told to end. In virtual time nothing waits.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<Counter> counters = new ArrayList<>();
    private final List<Runnable> settling = new ArrayList<>();
    private Set<Thread> threadsBefore = Set.of();

    private record Counter(String name, IntSupplier value, int before) {
        boolean isBack() {
            return value.getAsInt() == before;
        }

        @Override
        public String toString() {
            return name + ": " + value.getAsInt() + " (was " + before + ")";
        }
    }

    /** Expects the counter to return to its present value by the end of the test. */
    public LeakCheck track(String name, IntSupplier counter) {
        counters.add(new Counter(name, counter, counter.getAsInt()));
        return this;
    }

    /** Expects the network's links to be closed. */
    public LeakCheck watch(Network network) {
        return track("links", network::openLinks);
    }

    /** Expects the links of all hosts to be closed. */
    public LeakCheck watch(SimulatedNetwork network) {
        // The end of a stream is an event that may be due but not run yet.
        settling.add(network.time()::settle);
        return track("links", network::openLinks);
    }

    /** Expects no pending timers on any loop. */
    public LeakCheck watch(VirtualTime time) {
        return track("timers", time::pendingTimers);
    }

    /** Expects the streams to be closed. */
    public LeakCheck watch(FakeAudio audio) {
        return track("audio streams", audio::openStreams);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        threadsBefore = engineThreads();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        settling.forEach(Runnable::run);
        if (!Await.holdsWithin(() -> leaks().isEmpty(), PATIENCE)) {
            throw new AssertionError("left behind by the test: " + String.join(", ", leaks()));
        }
    }

    /** Returns what has not returned to its initial value. */
    public List<String> leaks() {
        List<String> found = new ArrayList<>();
        for (Counter counter : counters) {
            if (!counter.isBack()) {
                found.add(counter.toString());
            }
        }
        Set<String> threads = new TreeSet<>();
        for (Thread thread : engineThreads()) {
            // Idle workers end by themselves, but too late for a test to wait.
            if (!threadsBefore.contains(thread) && !thread.getName().startsWith(THREAD_PREFIX + "worker-")) {
                threads.add(thread.getName());
            }
        }
        threads.forEach(name -> found.add("thread " + name));
        return found;
    }

    private static Set<Thread> engineThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(THREAD_PREFIX))
                .collect(Collectors.toSet());
    }
}
