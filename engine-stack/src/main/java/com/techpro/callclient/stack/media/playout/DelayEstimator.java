// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.playout;

/**
 * The transit times of the latest packets: arrival minus timestamp, both in units of the RTP clock,
 * so that only differences matter. Old packets are forgotten, so that the estimate follows a
 * drifting clock.
 */
final class DelayEstimator {
    /** About five seconds of 20 ms packets. */
    static final int SIZE = 256;

    private static final int RENEWED_EVERY = 16;
    /** All but the slowest one in a hundred packets must arrive in time. */
    private static final int TOO_SLOW_PERCENT = 1;

    /** A packet that is slower than the estimate by more than this is late, and part of a peak. */
    private static final int LATE_MILLIS = 8;

    private final DelayPeaks peaks = new DelayPeaks();
    private final int[] transits = new int[SIZE];
    /** The slowest packets, slowest first: those that may be late, and the first that may not. */
    private final int[] slowest = new int[SIZE * TOO_SLOW_PERCENT / 100 + 1];

    private int late;
    private int count;
    private int next;
    private int sinceRenewal;
    private int reference;
    private int slow;
    private int fast;
    /**
     * The spread of transit times before a pause, used until there are as many packets after it.
     */
    private int formerSpread;

    /** Another stream begins, of so many units a millisecond. */
    void clear(int millisecond) {
        late = LATE_MILLIS * millisecond;
        peaks.clear(millisecond);
        forget();
        formerSpread = 0;
    }

    /**
     * Forgets the transit times but keeps their spread: after a pause, the timestamps need not
     * follow the clock.
     */
    void resume() {
        if (count > 0) {
            formerSpread = Math.max(formerSpread, slow - fast);
        }
        forget();
    }

    private void forget() {
        count = 0;
        next = 0;
        sinceRenewal = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Whether there are enough packets for an estimate. */
    boolean settled() {
        return count >= RENEWED_EVERY;
    }

    void add(int transit, int arrival) {
        if (count == 0) {
            reference = transit;
        }
        int relative = transit - reference;
        if (settled()) {
            peaks.received(relative - slow > late ? relative - fast : 0, arrival);
        }
        transits[next] = relative;
        next = next + 1 == SIZE ? 0 : next + 1;
        count = Math.min(SIZE, count + 1);
        if (count == SIZE) {
            formerSpread = 0;
        }
        if (++sinceRenewal >= RENEWED_EVERY || count < RENEWED_EVERY) {
            renew();
        }
    }

    /** Computes the estimate again now, after something unusual. */
    void renew() {
        sinceRenewal = 0;
        fast = Integer.MAX_VALUE;
        int wanted = count * TOO_SLOW_PERCENT / 100 + 1;
        int found = 0;
        for (int i = 0; i < count; i++) {
            int transit = transits[i];
            fast = Math.min(fast, transit);
            if (found < wanted || transit > slowest[found - 1]) {
                found = Math.min(wanted, found + 1);
                insert(transit, found);
            }
        }
        slow = slowest[wanted - 1];
    }

    private void insert(int transit, int found) {
        int place = found - 1;
        while (place > 0 && slowest[place - 1] < transit) {
            slowest[place] = slowest[place - 1];
            place--;
        }
        slowest[place] = transit;
    }

    /**
     * Returns the longest transit of a packet that still arrives in time, if playout waits for all
     * but the slowest, and for peaks that come again.
     *
     * @param most the limit, relative to the fastest packet
     */
    int toWaitFor(int most) {
        int spread = Math.max(slow - fast, Math.max(formerSpread, peaks.expected()));
        return reference + fast + Math.min(spread, most);
    }

    /** Returns the transit of the fastest packet. */
    int fastest() {
        return reference + fast;
    }
}
