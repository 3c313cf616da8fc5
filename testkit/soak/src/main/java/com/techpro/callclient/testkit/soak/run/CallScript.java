// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import java.time.Duration;
import java.util.Random;

/**
 * What happens in one call, decided beforehand by the seed.
 *
 * @param begins where in the clip the caller begins to speak, from 0 to 1
 * @param apart how much farther on the callee begins, as a part of the clip
 * @param ring how long the callee lets it ring
 * @param talkBeforeHold what each of the three stretches of talk lasts
 * @param callerHolds whether the caller holds and the callee presses keys, or the other way round
 */
record CallScript(
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
    /** The two voices of a call are at least this far apart in the clip, so that an ear that hears its own mouth is found out. */
    private static final double APART = 0.3;

    static CallScript random(Random random) {
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

    /** Everything once, quickly: lets code load and caches fill before anything is measured. */
    static CallScript warmUp() {
        Duration short_ = Duration.ofMillis(900);
        return new CallScript(
                0, 0.5, Duration.ofMillis(50), short_, Duration.ofMillis(300), short_, short_, true, true, "5");
    }

    /** The same without keys: the phone system does not pass them on. */
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

    /** Where the caller begins, in a clip of such a length. */
    int begins(int clipLength) {
        return (int) (begins * clipLength);
    }

    int apart(int clipLength) {
        return (int) (apart * clipLength);
    }

    /** All three stretches of talk: as long as one verdict is about in any other call. */
    Duration talk() {
        return talkBeforeHold.plus(talkAfterHold).plus(talkAfterKeys);
    }

    private static Duration millis(Random random, int least, int most) {
        return Duration.ofMillis(least + random.nextInt(most - least + 1));
    }
}
