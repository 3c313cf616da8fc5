// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import java.time.Duration;
import java.util.Random;

/**
 * The course of one call, chosen beforehand by the seed.
 *
 * @param begins where in the clip the caller begins to speak, from 0 to 1
 * @param apart how much later in the clip the callee begins, as a share of it
 * @param ring how long the callee lets it ring
 * @param talkBeforeHold how long each of the three periods of talk lasts
 * @param callerHolds whether the caller holds and the callee presses keys, or the reverse
 */
public record CallScript(
        double begins,
        double apart,
        Duration ring,
        Duration talkBeforeHold,
        Duration held,
        Duration talkAfterHold,
        Duration talkAfterKeys,
        boolean callerHolds,
        boolean callerHangsUp,
        String keys) {
    private static final String KEYS = "0123456789*#ABCD";
    private static final int KEY_COUNT = 4;
    /**
     * The two voices of a call are at least this far apart in the clip, so that an end that hears
     * itself is noticed.
     */
    private static final double APART = 0.3;

    public static CallScript random(Random random) {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < KEY_COUNT; i++) {
            keys.append(KEYS.charAt(random.nextInt(KEYS.length())));
        }
        return new CallScript(
                random.nextDouble(),
                APART + (1 - 2 * APART) * random.nextDouble(),
                millis(random, 50, 400),
                millis(random, 2300, 2700),
                millis(random, 900, 1300),
                millis(random, 1800, 2200),
                millis(random, 1000, 1400),
                random.nextBoolean(),
                random.nextBoolean(),
                keys.toString());
    }

    /**
     * Returns a quick script with each step once, which loads code and fills caches before
     * measurements.
     */
    public static CallScript warmUp() {
        Duration short_ = Duration.ofMillis(900);
        return new CallScript(
                0, 0.5, Duration.ofMillis(50), short_, Duration.ofMillis(300), short_, short_, true, true, "5");
    }

    /** Returns a copy without keys, for a phone system that does not forward them. */
    CallScript withoutKeys() {
        return new CallScript(
                begins,
                apart,
                ring,
                talkBeforeHold,
                held,
                talkAfterHold,
                talkAfterKeys,
                callerHolds,
                callerHangsUp,
                "");
    }

    /** Returns where the caller begins in a clip of this length. */
    int begins(int clipLength) {
        return (int) (begins * clipLength);
    }

    int apart(int clipLength) {
        return (int) (apart * clipLength);
    }

    /**
     * Returns the sum of all three periods of talk, about as long as one verdict covers in other
     * calls.
     */
    Duration talk() {
        return talkBeforeHold.plus(talkAfterHold).plus(talkAfterKeys);
    }

    private static Duration millis(Random random, int least, int most) {
        return Duration.ofMillis(least + random.nextInt(most - least + 1));
    }
}
