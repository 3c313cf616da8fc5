// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.Predicate;

/**
 * Sees when threads that sound depends on are held up, and says whether another program, the hypervisor or this process itself did it. Something else than
 * Linux tells none of that, and so nothing is ever excused there. Not thread-safe.
 */
public final class StallDetector {
    /** What the system counts in ticks of 10 ms proves nothing in less time. */
    private static final Duration LEAST_WINDOW = Duration.ofMillis(100);
    /** No stall is looked at further back. */
    private static final Duration KEPT = Duration.ofSeconds(5);

    private final RunQueue runQueue;
    private final StolenTime stolenTime = new StolenTime();
    private final ProcessorUse use = new ProcessorUse();
    private final int processors = Runtime.getRuntime().availableProcessors();
    private final ArrayDeque<ProcessorUse.Sample> samples = new ArrayDeque<>();

    /** @param names of the threads that sound depends on, as {@link RunQueue} has them */
    public StallDetector(Predicate<String> names) {
        this.runQueue = new RunQueue(names);
    }

    /**
     * Looks, some fifty times a second.
     *
     * @param now monotonic
     * @param dueNanos when this look was due
     * @return the longest that anything was held up since the last look
     */
    public Stall look(long now, long dueNanos) {
        Duration late = Duration.ofNanos(Math.max(0, now - dueNanos));
        Duration waited = runQueue.longestWait();
        Duration stolen = stolenTime.mostStolen();
        ProcessorUse.Sample last = use.sample(now);
        ProcessorUse.Sample before = samples.isEmpty() ? last : samples.getLast();
        samples.add(last);
        while (samples.getFirst().nanos() < now - KEPT.toNanos()) {
            samples.removeFirst();
        }
        Duration held = waited.compareTo(late) > 0 ? waited : late;
        ProcessorUse.Sample since = earlier(at(held), before);
        ProcessorUse.Sample about = earlier(at(LEAST_WINDOW), since);
        return Stall.of(new Stall.Seen(
                held,
                stolen,
                own(last, since),
                last.collecting().minus(since.collecting()),
                positive(last.busy().minus(about.busy()).minus(last.process().minus(about.process()))),
                absent(last, about),
                processors));
    }

    /** Exactly what the Java threads used, or all of it by the ticks, if that is more. */
    private static Duration own(ProcessorUse.Sample last, ProcessorUse.Sample since) {
        Duration java = last.java().minus(since.java());
        Duration process = last.process().minus(since.process());
        return java.compareTo(process) > 0 ? java : process;
    }

    private Duration absent(ProcessorUse.Sample last, ProcessorUse.Sample about) {
        if (last.counted().isZero()) {
            return Duration.ZERO;
        }
        Duration there = last.counted().minus(about.counted()).dividedBy(processors);
        // A tick at each end is not counted yet.
        return positive(
                Duration.ofNanos(last.nanos() - about.nanos()).minus(there).minus(Duration.ofMillis(20)));
    }

    private ProcessorUse.Sample at(Duration ago) {
        long then = samples.getLast().nanos() - ago.toNanos();
        Iterator<ProcessorUse.Sample> latestFirst = samples.descendingIterator();
        ProcessorUse.Sample found = latestFirst.next();
        while (found.nanos() > then && latestFirst.hasNext()) {
            found = latestFirst.next();
        }
        return found;
    }

    private static ProcessorUse.Sample earlier(ProcessorUse.Sample one, ProcessorUse.Sample other) {
        return one.nanos() < other.nanos() ? one : other;
    }

    private static Duration positive(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }
}
