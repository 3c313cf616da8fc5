// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.playout;

/**
 * Peaks of the transit time that come again, for example each time a machine collects garbage or a
 * radio scans. They are too rare for {@link DelayEstimator}'s share of slow packets. A single peak
 * is not waited for. Lengths and times are in units of the RTP clock; times may wrap.
 */
final class DelayPeaks {
    /** Slow packets within this time belong to one peak. */
    private static final int SAME_PEAK_MILLIS = 300;
    /** A peak that comes again later is another one. */
    private static final int LONGEST_PERIOD_MILLIS = 10_000;

    private int millisecond;
    private boolean seen;
    private int beganAt;
    private int height;
    private int formerHeight;
    /** Between the beginnings of the latest two; 0 if they are not waited for. */
    private int period;

    void clear(int unitsPerMillisecond) {
        millisecond = unitsPerMillisecond;
        seen = false;
        period = 0;
    }

    /**
     * Called for each packet.
     *
     * @param above by how much it was slower than the fastest one, if it came too late; 0 if in
     *     time
     */
    void received(int above, int arrival) {
        int since = arrival - beganAt;
        if (above > 0 && seen && since < SAME_PEAK_MILLIS * millisecond) {
            height = Math.max(height, above);
        } else if (above > 0) {
            period = seen && since <= LONGEST_PERIOD_MILLIS * millisecond ? since : 0;
            formerHeight = height;
            height = above;
            beganAt = arrival;
            seen = true;
        } else if (seen && since > 2 * (period > 0 ? period : LONGEST_PERIOD_MILLIS * millisecond)) {
            seen = false;
            period = 0;
        }
    }

    /** Returns how much slower than the fastest packet those of a peak are; 0 if none is expected. */
    int expected() {
        return period > 0 ? Math.max(height, formerHeight) : 0;
    }
}
