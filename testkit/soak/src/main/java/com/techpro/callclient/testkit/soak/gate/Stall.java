// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * A time in which something that sound depends on was held up, and how much of it is whose doing.
 *
 * @param held for how long, until now
 * @param byOthers what is proven to be another program's doing, or the hypervisor's
 */
public record Stall(Duration held, Duration byOthers) {
    static final Stall NONE = new Stall(Duration.ZERO, Duration.ZERO);

    /** What this process did itself: its loops, its collections, its threads in each other's way. And what nobody can be proven to have done. */
    public Duration own() {
        return held.minus(byOthers);
    }

    /**
     * What was seen of the processors while something was held up.
     *
     * @param held how long something waited for a processor, or this witness did not run when it was due
     * @param stolen taken from a processor by the machine's host
     * @param own what this process used, of all processors, since the thing has been held up
     * @param collecting what collections took since then
     * @param others what other programs used, of all processors, at about that time
     * @param absent how long the processors were not there at all, not even idle, at about that time
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
     * Whose doing it was. Whoever waits for a processor waits while all of them are busy: the share that this process had of them meanwhile, and all the time
     * it was stopped for its own collector, count against it. The rest is another program's, as far as others ran at all.
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
