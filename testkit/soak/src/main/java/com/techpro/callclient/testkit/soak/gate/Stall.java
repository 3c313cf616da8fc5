// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * A time in which something required for audio was held up, with its cause.
 *
 * @param held its length so far
 * @param byOthers the part proven to be caused by another program or the hypervisor
 */
public record Stall(Duration held, Duration byOthers) {
    static final Stall NONE = new Stall(Duration.ZERO, Duration.ZERO);

    /**
     * Returns the rest: this process's own loops, collections and contention, and everything
     * without a proven cause.
     */
    public Duration own() {
        return held.minus(byOthers);
    }

    /**
     * The processor use seen during a stall.
     *
     * @param held how long something waited for a processor, or the detector itself ran late
     * @param stolen taken from a processor by the machine's host
     * @param own used by this process on all processors since the stall began
     * @param collecting the time of collections since then
     * @param others used by other programs on all processors at about that time
     * @param absent how long processors were missing, not even idle, at about that time
     */
    record Seen(
            Duration held,
            Duration stolen,
            Duration own,
            Duration collecting,
            Duration others,
            Duration absent,
            int processors) {}

    /**
     * Determines the cause. A thread waits for a processor while all are busy. This process's share
     * of them, and its collection pauses, count against it. The rest is another program's, as far
     * as others ran at all.
     */
    static Stall of(Seen seen) {
        Duration notOwn = seen.held.minus(seen.own.dividedBy(seen.processors)).minus(seen.collecting);
        Duration foreign = seen.others.plus(seen.absent).plus(seen.stolen);
        Duration proven = longest(shortest(notOwn, foreign), seen.stolen, Duration.ZERO);
        return new Stall(longest(seen.held, proven), proven);
    }

    private static Duration shortest(Duration... times) {
        return Collections.min(List.of(times));
    }

    private static Duration longest(Duration... times) {
        return Collections.max(List.of(times));
    }
}
