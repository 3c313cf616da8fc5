// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.playout;

/**
 * Keeps the playing delay a little above the transit of all but the slowest packets. It says from
 * when on a packet may be played, and whether speech is to be expanded or accelerated. The
 * <em>margin</em> is the playing delay beyond what the slow packets need. Times and lengths are in
 * units of the RTP clock.
 */
final class PlayingDelay {
    /** The first margin. */
    private static final int FIRST_MARGIN_MILLIS = 12;
    /** The delay is lengthened below this margin ... */
    private static final int LEAST_MARGIN_MILLIS = 8;
    /** ... and shortened above this one; the band is wider than the longest period cut. */
    private static final int MOST_MARGIN_MILLIS = 33;
    /** In silence, where no cut is heard, it is shortened to this margin ... */
    private static final int MARGIN_IN_SILENCE_MILLIS = 10;
    /** ... if so many packets in a row had more: half a second. */
    private static final int SPARE_AFTER = 25;
    /** Frames are fetched whole: a cut makes the next packets due up to a frame earlier. */
    private static final int FRAME_MILLIS = 20;
    /**
     * After a loss that redundancy in the next packet could have repaired, the buffer holds one
     * packet more. It does so for this many packets.
     */
    private static final int PACKETS_AFTER_LOSS = 500;
    /** The buffer does not wait for copies that come later than this after the packet. */
    private static final int MOST_REDUNDANCY_MILLIS = 60;
    /** The buffer waits for no more jitter than this. */
    private static final int MOST_JITTER_MILLIS = 160;
    /** Delay beyond this margin is not accelerated away but skipped. */
    private static final int SKIP_MARGIN_MILLIS = 240;
    /** Packets in a row that must have too much margin before one period is cut. */
    private static final int ACCELERATE_AFTER = 3;
    /**
     * A listener may fetch unevenly: two frames at once, then none. Packets then have too little
     * and too much margin in turn, and splices would be heard five times a second. So this much
     * more margin is left alone.
     */
    private static final int UNEVEN_MARGIN_MILLIS = 20;
    /**
     * The listener fetches evenly if this many packets in a row had too much margin: as many as the
     * estimator remembers.
     */
    private static final int EVEN_AFTER = DelayEstimator.SIZE;

    private final DelayEstimator transits = new DelayEstimator();
    private int millisecond;
    /** Of the packet played last. */
    private int margin;
    /** The addition to the margins while the buffer waits for redundancy. */
    private int redundancyMargin;

    private int packetsAfterLoss;
    /** The number of packets in a row with more than the most margin. */
    private int excesses;
    /** The number of packets in a row with more margin than silence needs. */
    private int spares;
    /**
     * The packets with too much margin that are still wanted in a row; 0 if the listener fetches
     * evenly.
     */
    private int untilEven;

    /**
     * A stream begins, of so many units a millisecond.
     *
     * @param resumed whether it goes on after a pause, with the jitter measured so far
     */
    void begin(int millisecond, boolean resumed) {
        this.millisecond = millisecond;
        if (resumed) {
            transits.resume();
        } else {
            transits.clear(millisecond);
            redundancyMargin = 0;
            packetsAfterLoss = 0;
            untilEven = 0;
        }
        excesses = 0;
        spares = 0;
    }

    void arrived(int timestamp, int arrival) {
        transits.add(arrival - timestamp, arrival);
    }

    boolean isSettled() {
        return transits.settled();
    }

    /** Whether a packet that begins to play now has enough margin. */
    boolean isLongEnough(int now, int timestamp) {
        int wanted = transits.settled() ? LEAST_MARGIN_MILLIS : FIRST_MARGIN_MILLIS;
        return margin(now, timestamp) >= wanted * millisecond + redundancyMargin;
    }

    boolean isTooLong(int now, int timestamp) {
        return margin(now, timestamp) > MOST_MARGIN_MILLIS * millisecond;
    }

    /** Whether it is so long that packets are to be skipped. */
    boolean isFarTooLong(int now, int timestamp) {
        return margin(now, timestamp) > SKIP_MARGIN_MILLIS * millisecond;
    }

    private int margin(int now, int timestamp) {
        return now - timestamp - transits.toWaitFor(MOST_JITTER_MILLIS * millisecond);
    }

    /** A packet is played. */
    void played(int now, int timestamp) {
        margin = margin(now, timestamp);
        int excess = margin - MOST_MARGIN_MILLIS * millisecond - redundancyMargin;
        if (untilEven > 0) {
            untilEven = excess > 0 ? untilEven - 1 : EVEN_AFTER;
        }
        excesses = excess > (untilEven > 0 ? UNEVEN_MARGIN_MILLIS * millisecond : 0) ? excesses + 1 : 0;
        spares = inSilence() >= 0 ? spares + 1 : 0;
        if (packetsAfterLoss > 0 && --packetsAfterLoss == 0) {
            redundancyMargin = 0;
        }
    }

    private int inSilence() {
        return margin
                - redundancyMargin
                - (MARGIN_IN_SILENCE_MILLIS + (untilEven > 0 ? UNEVEN_MARGIN_MILLIS : 0)) * millisecond;
    }

    void waitForRedundancy(int units) {
        if (units <= MOST_REDUNDANCY_MILLIS * millisecond) {
            redundancyMargin = Math.max(redundancyMargin, units);
            packetsAfterLoss = PACKETS_AFTER_LOSS;
        }
    }

    /** An underrun has ended. */
    void underran() {
        transits.renew();
    }

    /** The listener wanted a packet before it came. */
    void fetchedUnevenly() {
        untilEven = EVEN_AFTER;
    }

    /** As {@link JitterBuffer#correction}, while packets are played. */
    int correction() {
        if (!transits.settled()) {
            return 0;
        }
        if (excesses >= ACCELERATE_AFTER) {
            excesses = 0;
            return -1;
        }
        if (margin >= LEAST_MARGIN_MILLIS * millisecond + redundancyMargin) {
            return 0;
        }
        fetchedUnevenly();
        return 1;
    }

    /** Returns what can be cut of silence, in whole frames. */
    int spare(int ready) {
        int frame = FRAME_MILLIS * millisecond;
        return spares < SPARE_AFTER ? 0 : ready + inSilence() / frame * frame;
    }
}
