// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.jmeter.threads.JMeterContext;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.threads.JMeterVariables;
import org.apache.jmeter.threads.openmodel.OpenModelThreadGroup;
import org.apache.jmeter.threads.openmodel.ParserException;
import org.apache.jmeter.threads.openmodel.ThreadScheduleProcessGenerator;
import org.apache.jmeter.threads.openmodel.ThreadScheduleUtils;
import org.apache.jmeter.threads.openmodel.TokenizerException;

/**
 * When a thread of JMeter's Open Model Thread Group was to begin, whenever it did. The group begins a thread for each arrival and tells it nothing of the time it was
 * due; its schedule and seed give the same times again. Thread-safe.
 */
final class IntendedStart {
    private static final String RANDOM = "random_arrivals";
    /** Of a thread: only its first sample has been scheduled, what follows has a pace of its own. */
    private static final String BEGUN = "callclient.begun";

    /** Of the test that runs: groups with one schedule and seed have the same times. */
    private static final Map<Arrivals, IntendedStart> KNOWN = new HashMap<>();

    private final long testBegan;
    private final ThreadScheduleProcessGenerator arrivals;
    private final List<Long> due = new ArrayList<>();

    private record Arrivals(long testBegan, String schedule, long seed) {}

    private IntendedStart(Arrivals of) {
        this.testBegan = of.testBegan;
        try {
            this.arrivals = new ThreadScheduleProcessGenerator(
                    new Random(of.seed), ThreadScheduleUtils.ThreadSchedule(of.schedule));
        } catch (ParserException | TokenizerException e) {
            throw new IllegalArgumentException("not a schedule: " + of.schedule, e);
        }
    }

    /** Whether a thread is of such a group. */
    static boolean isOpen(JMeterContext thread) {
        return thread.getThreadGroup() instanceof OpenModelThreadGroup;
    }

    /**
     * That of the thread's first sample, in milliseconds of the clock; none for further ones, and in other groups.
     *
     * @throws IllegalArgumentException if the times cannot be known, as the group has no seed
     */
    static OptionalLong take(JMeterContext thread) {
        JMeterVariables variables = thread.getVariables();
        if (!(thread.getThreadGroup() instanceof OpenModelThreadGroup group)
                || variables == null
                || variables.getObject(BEGUN) != null) {
            return OptionalLong.empty();
        }
        variables.putObject(BEGUN, true);
        if (group.getRandomSeed() == 0 && group.getScheduleString().contains(RANDOM)) {
            throw new IllegalArgumentException(group.getName()
                    + ": Random Seed is 0: only with another is it known when" + " a call was to begin");
        }
        return of(new Arrivals(
                        JMeterContextService.getTestStartTime(), group.getScheduleString(), group.getRandomSeed()))
                .at(thread.getThreadNum());
    }

    private static IntendedStart of(Arrivals wanted) {
        synchronized (KNOWN) {
            KNOWN.keySet().removeIf(known -> known.testBegan != wanted.testBegan);
            return KNOWN.computeIfAbsent(wanted, IntendedStart::new);
        }
    }

    private synchronized OptionalLong at(int arrival) {
        while (due.size() <= arrival && arrivals.hasNext()) {
            due.add(testBegan + Math.round(arrivals.nextDouble() * 1_000));
        }
        return arrival < due.size() ? OptionalLong.of(due.get(arrival)) : OptionalLong.empty();
    }
}
