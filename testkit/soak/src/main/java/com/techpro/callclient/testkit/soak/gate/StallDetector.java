// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.Predicate;

/**
 * Detects when threads required for audio are held up, and whether another program, the hypervisor
 * or this process caused it. Only Linux reports this; elsewhere nothing is ever excused. Not
 * thread-safe.
 */
public final class StallDetector {
    /** Counts in ticks of 10 ms prove nothing in less time. */
    private static final Duration LEAST_WINDOW = Duration.ofMillis(100);
    /** Stalls are examined no further back. */
    private static final Duration KEPT = Duration.ofSeconds(5);

    private final RunQueue runQueue;
    private final StolenTime stolenTime = new StolenTime();
    private final ProcessorUse use = new ProcessorUse();
    private final int processors = Runtime.getRuntime().availableProcessors();
    private final ArrayDeque<ProcessorUse.Sample> samples = new ArrayDeque<>();

    /** @param names selects the threads required for audio, as in {@link RunQueue} */
    public StallDetector(Predicate<String> names) {
        this.runQueue = new RunQueue(names);
    }

    /**
     * Takes a sample, about fifty times a second.
     *
     * @param now monotonic
     * @param dueNanos when this sample was due
     * @return the longest stall since the last sample
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

    /** The larger of the exact figure of the Java threads and the whole process in ticks. */
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
