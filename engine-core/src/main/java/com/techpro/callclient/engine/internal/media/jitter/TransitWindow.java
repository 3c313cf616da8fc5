// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.jitter;

import java.util.Arrays;

/**
 * How long the latest packets were under way: arrival less timestamp, both in samples, so that only differences mean anything. Old packets are
 * forgotten, which is what lets it follow a drifting clock.
 */
final class TransitWindow {
    /** About five seconds of 20 ms packets. */
    static final int SIZE = 256;

    private static final int RENEWED_EVERY = 16;
    /** All but the slowest one in a hundred packets must come in time. */
    private static final int TOO_SLOW_PERCENT = 1;

    private final int[] transits = new int[SIZE];
    private final int[] sorted = new int[SIZE];
    private int count;
    private int next;
    private int sinceRenewal;
    private int reference;
    private int slow;
    private int fast;

    void clear() {
        count = 0;
        next = 0;
        sinceRenewal = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Whether there are enough packets to tell the network's habits. */
    boolean settled() {
        return count >= RENEWED_EVERY;
    }

    void add(int transit) {
        if (count == 0) {
            reference = transit;
        }
        int relative = transit - reference;
        transits[next] = relative;
        next = next + 1 == SIZE ? 0 : next + 1;
        count = Math.min(SIZE, count + 1);
        if (++sinceRenewal >= RENEWED_EVERY || count < RENEWED_EVERY) {
            renew();
        }
    }

    /** Looks again now, since something unusual happened. */
    void renew() {
        sinceRenewal = 0;
        System.arraycopy(transits, 0, sorted, 0, count);
        Arrays.sort(sorted, 0, count);
        fast = sorted[0];
        slow = sorted[count - 1 - count * TOO_SLOW_PERCENT / 100];
    }

    /**
     * The transit a packet may have and still be in time, if playing is to wait for all but the slowest.
     *
     * @param most no more than this beyond the fastest
     */
    int toWaitFor(int most) {
        return reference + Math.min(slow, fast + most);
    }

    /** The transit of the fastest packet. */
    int fastest() {
        return reference + fast;
    }
}
