// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp;

/**
 * Interarrival jitter: the smoothed difference of the packets' transit times (RFC 3550 §6.4.1,
 * §A.8).
 */
public final class InterarrivalJitter {
    /** {@link #difference} of a packet that says nothing about jitter. */
    public static final long NONE = -1;

    private boolean started;
    private int transit;
    private int lastTimestamp;
    /** Sixteen times the jitter, so that the division by 16 keeps its fraction. */
    private long scaled;

    private long difference = NONE;

    /**
     * @param arrival of the packet, in units of its timestamps
     */
    public void received(int timestamp, int arrival) {
        difference = NONE;
        if (started && timestamp == lastTimestamp) {
            // Packets of one frame, or of one telephone event, say nothing about jitter.
            return;
        }
        int transitNow = arrival - timestamp;
        if (started) {
            difference = Math.abs((long) (transitNow - transit));
            scaled += difference - ((scaled + 8) >> 4);
        }
        started = true;
        transit = transitNow;
        lastTimestamp = timestamp;
    }

    /** Forgets the last packet but keeps the estimate: the source's timestamps start anew. */
    public void restart() {
        started = false;
    }

    /**
     * The difference of the last two packets' transit times, as an absolute value in units of the
     * timestamps, or {@link #NONE}.
     */
    public long difference() {
        return difference;
    }

    /** In units of the timestamps. */
    public long value() {
        return scaled >> 4;
    }
}
