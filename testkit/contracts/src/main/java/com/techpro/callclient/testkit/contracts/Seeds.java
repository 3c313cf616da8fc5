// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.util.Random;

/**
 * One seed for all random choices of a run: schedulers, simulated networks and their links, fault
 * scripts, the embedded PBX. It is the system property {@code callclient.seed}, 0 by default, and
 * is printed with every failed test. Each part derives its own seed, so that more traffic in one
 * place does not change another.
 */
public final class Seeds {
    public static final String PROPERTY = "callclient.seed";

    private static final long RUN = Long.getLong(PROPERTY, 0);

    private Seeds() {}

    /** Returns the run's seed. */
    public static long run() {
        return RUN;
    }

    /**
     * Returns the seed of a part with its own number: that number if the run's seed is 0, else
     * another per run.
     */
    public static long of(long own) {
        return of(RUN, own);
    }

    static long of(long run, long own) {
        return run == 0 ? own : mix(run, Long.toString(own));
    }

    /** Returns a random source for a part with its own number. */
    public static Random random(long own) {
        return new Random(of(own));
    }

    /**
     * Returns a random source for one part of a run with a separately given seed, such as a soak's.
     */
    public static Random random(long run, String part) {
        return new Random(mix(run, part));
    }

    static long mix(long seed, String name) {
        long mixed = seed ^ 0x9E3779B97F4A7C15L;
        for (int i = 0; i < name.length(); i++) {
            mixed = (mixed ^ name.charAt(i)) * 0x100000001B3L;
            mixed ^= mixed >>> 29;
        }
        return mixed;
    }
}
