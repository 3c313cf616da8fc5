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
 * Computes when a thread of JMeter's Open Model Thread Group should have started. The group starts
 * a thread for each arrival without telling it the scheduled time. Its schedule and seed reproduce
 * the same times. Thread-safe.
 */
final class IntendedStart {
    private static final String RANDOM = "random_arrivals";
    /**
     * Marks a thread's first sample as taken; only that one is scheduled, later ones have their own
     * pace.
     */
    private static final String BEGUN = "callclient.begun";

    /** For the running test: groups with the same schedule and seed have the same times. */
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

    /** Whether a thread belongs to such a group. */
    static boolean isOpen(JMeterContext thread) {
        return thread.getThreadGroup() instanceof OpenModelThreadGroup;
    }

    /**
     * Returns the intended start of the thread's first sample, in epoch milliseconds. Empty for
     * later samples, and in other groups.
     *
     * @throws IllegalArgumentException if the times cannot be computed because the group has no
     *     seed
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
