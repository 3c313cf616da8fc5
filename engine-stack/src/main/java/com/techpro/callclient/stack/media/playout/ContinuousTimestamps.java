// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.playout;

/**
 * Maps one source's timestamps to one continuous timeline. RFC 3550 §5.1 requires them to follow
 * the sampling clock. But a phone system that inserts other sound into a call often uses that
 * sound's timestamps under the same SSRC. Without the mapping, the delay estimate would be wrong by
 * the difference for a while.
 *
 * <p>Sequence numbers and the clock distinguish a reset timestamp from a pause or a longer delay.
 * After a pause, the timestamp has advanced as much as the clock. With a longer delay, it has
 * advanced as the sequence numbers say. Times are in units of the RTP clock and may wrap. Telephone
 * events are not mapped: their timestamps stand still.
 */
public final class ContinuousTimestamps {
    /** The jitter buffer itself absorbs smaller changes. */
    private static final int SET_ANEW_MILLIS = 100;
    /** After this many lost packets, the sequence numbers no longer predict the timestamp. */
    private static final int MOST_LOST = 64;
    /** After such a silence with a changed delay, the earlier delay estimate is void. */
    private static final int LONG_SILENCE_MILLIS = 300;

    /** After a longer one the sender has rather stopped its clock. */
    private static final int LONGEST_STALL_MILLIS = 5000;

    private static final int OTHER_WAY_MILLIS = 160;
    /** The mean follows by a sixteenth, as in RFC 3550 §A.8. */
    private static final int SMOOTHING = 16;

    private int millisecond;
    private boolean started;
    private int highest;
    private int timestamp;
    private int duration;
    private int arrival;
    private int meanTransit;
    private int offset;
    /** Packets before this number used the previous offset. */
    private int changedAt;

    private int offsetBefore;
    private boolean restarted;
    private boolean stalled;
    private int leftOut;

    public ContinuousTimestamps(int clockRate) {
        clear(clockRate);
    }

    /** The next packet begins another stream with this clock rate. */
    public void clear(int clockRate) {
        millisecond = clockRate / 1000;
        started = false;
        offset = 0;
        offsetBefore = 0;
    }

    /**
     * Maps a packet of sound; packets may come in any order.
     *
     * @param length of its sound
     * @param now the arrival time
     * @return its timestamp on the continuous timeline
     */
    public int of(int sequence, int packetTimestamp, int length, int now) {
        restarted = false;
        stalled = false;
        if (!started) {
            started = true;
            changedAt = sequence;
            update(sequence, packetTimestamp, length, now);
            meanTransit = now - packetTimestamp;
            return packetTimestamp;
        }
        int ahead = (short) (sequence - highest);
        if (ahead <= 0) {
            return packetTimestamp + ((short) (sequence - changedAt) < 0 ? offsetBefore : offset);
        }
        int difference = packetTimestamp + offset - (timestamp + duration + (ahead - 1) * duration);
        int change = now - packetTimestamp - offset - meanTransit;
        if (ahead <= MOST_LOST && isSetAnew(difference, change)) {
            offsetBefore = offset;
            offset -= difference;
            changedAt = sequence;
        } else if (now - arrival > LONG_SILENCE_MILLIS * millisecond
                && distance(change) > (long) OTHER_WAY_MILLIS * millisecond) {
            restarted = true;
            leftOut = Math.max(0, difference);
            stalled = ahead <= MOST_LOST
                    && difference >= -SET_ANEW_MILLIS * millisecond
                    && now - arrival - leftOut < LONGEST_STALL_MILLIS * millisecond;
            meanTransit = now - packetTimestamp - offset;
        }
        int continuous = packetTimestamp + offset;
        update(sequence, continuous, length, now);
        meanTransit += (now - continuous - meanTransit) / SMOOTHING;
        return continuous;
    }

    /** Whether the last packet made the earlier delay estimate void. */
    public boolean restarted() {
        return restarted;
    }

    /** Whether it came after a silence longer than the sender's own, so that its way was blocked. */
    public boolean stalled() {
        return stalled;
    }

    /** How much silence the sender left out before it. */
    public int leftOut() {
        return leftOut;
    }

    /**
     * The delay seems to have changed by exactly the timestamp's difference: then the timestamp was
     * reset.
     */
    private boolean isSetAnew(int difference, int change) {
        return distance(difference) > (long) SET_ANEW_MILLIS * millisecond
                && distance(change + difference) <= distance(difference) / 2;
    }

    private static long distance(int units) {
        return Math.abs((long) units);
    }

    private void update(int sequence, int continuous, int length, int now) {
        highest = sequence;
        timestamp = continuous;
        duration = length;
        arrival = now;
    }
}
