// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.util.Random;

/**
 * One seed for everything that a run leaves to chance: schedulers, simulated networks and their links, fault scripts, the embedded PBX. It
 * is the system property {@code callclient.seed}, 0 unless set, and is printed with every test that fails. Each part derives a seed of its own, so that
 * more traffic in one place does not change the dice in another.
 */
public final class Seeds {
    public static final String PROPERTY = "callclient.seed";

    private static final long RUN = Long.getLong(PROPERTY, 0);

    private Seeds() {}

    /** The run's seed. */
    public static long run() {
        return RUN;
    }

    /** What a part with a number of its own is seeded with: that number where the run's seed is 0, and another in every other run. */
    public static long of(long own) {
        return of(RUN, own);
    }

    static long of(long run, long own) {
        return run == 0 ? own : mix(run, Long.toString(own));
    }

    /** Random numbers of a part with a number of its own. */
    public static Random random(long own) {
        return new Random(of(own));
    }

    /** Random numbers of one part of a run whose seed was told in another way, such as a soak's. */
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
