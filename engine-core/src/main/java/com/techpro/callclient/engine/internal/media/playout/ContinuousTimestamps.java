// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.playout;

/**
 * The timestamps of one source as if it had never set them anew. RFC 3550 §5.1 wants them to go on with the sampling clock, but a phone system that puts another sound
 * into a call often goes on with that sound's timestamps under the SSRC as it was. Taken as they are, all that was learnt of the packets' way would be wrong by
 * the difference until it is forgotten.
 *
 * <p>Sequence and clock tell a timestamp that was set anew from a pause or a longer way: after a pause the timestamp is further on by what the clock is, on a longer way it is
 * what the sequence says. Times are in units of the RTP clock and may wrap. Telephone events have no part in this: their timestamps stand still.
 */
public final class ContinuousTimestamps {
    /** Less than this the jitter buffer makes up for by itself. */
    private static final int SET_ANEW_MILLIS = 100;
    /** As many numbers further on, what the sequence says of the timestamp is a guess. */
    private static final int MOST_LOST = 64;
    /** Nothing for so long, and then another way: nothing of what was learnt need hold. */
    private static final int LONG_SILENCE_MILLIS = 300;

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
    /** Packets before this number were sent with the offset before. */
    private int changedAt;

    private int offsetBefore;
    private boolean restarted;

    public ContinuousTimestamps(int clockRate) {
        clear(clockRate);
    }

    /** The next packet begins another stream, of that many units a second. */
    public void clear(int clockRate) {
        millisecond = clockRate / 1000;
        started = false;
        offset = 0;
        offsetBefore = 0;
    }

    /**
     * Takes a packet of sound, in any order.
     *
     * @param length of its sound
     * @param now when it came
     * @return its timestamp on the one timeline
     */
    public int of(int sequence, int packetTimestamp, int length, int now) {
        restarted = false;
        if (!started) {
            started = true;
            changedAt = sequence;
            follow(sequence, packetTimestamp, length, now);
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
            meanTransit = now - packetTimestamp - offset;
        }
        int continuous = packetTimestamp + offset;
        follow(sequence, continuous, length, now);
        meanTransit += (now - continuous - meanTransit) / SMOOTHING;
        return continuous;
    }

    /** Whether what was learnt of the packets' way does not hold for the last packet taken and those to come. */
    public boolean restarted() {
        return restarted;
    }

    /** The way seems to have changed by just what the timestamp differs by: then it is the timestamp. */
    private boolean isSetAnew(int difference, int change) {
        return distance(difference) > (long) SET_ANEW_MILLIS * millisecond
                && distance(change + difference) <= distance(difference) / 2;
    }

    private static long distance(int units) {
        return Math.abs((long) units);
    }

    private void follow(int sequence, int continuous, int length, int now) {
        highest = sequence;
        timestamp = continuous;
        duration = length;
        arrival = now;
    }
}
