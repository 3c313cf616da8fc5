// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp;

import java.util.Random;

/**
 * Computes when the next report is due (RFC 3550 §6.2, §6.3 and §A.7), for the two parties of a
 * call. Times are nanoseconds of one clock.
 */
public final class RtcpInterval {
    private static final double SECOND = 1e9;
    private static final double LEAST_SECONDS = 5;
    /**
     * Compensates for reconsideration, which converges below the intended average (§6.3.1: e -
     * 3/2).
     */
    private static final double COMPENSATION = Math.E - 1.5;

    private static final double SENDERS_SHARE = 0.25;
    private static final int UDP_IP_OVERHEAD = 28;

    private final Random random;
    private final double octetsPerSecond;
    private boolean initial = true;
    private double averageSize = 100;
    private long last;
    private long next;

    /**
     * @param sessionBandwidth of the media, in bits a second; reports get five per cent of it
     */
    public RtcpInterval(Random random, int sessionBandwidth, long now) {
        this.random = random;
        this.octetsPerSecond = 0.05 * sessionBandwidth / 8;
        this.last = now;
        this.next = now + interval(2, 1, true);
    }

    /**
     * Returns whether to send a report now. If the group has changed meanwhile, the timer is
     * reconsidered (§6.3.6).
     *
     * @param members parties, including ourselves
     * @param senders those who have sent media lately
     * @param weSend whether we are one of them
     */
    public boolean due(long now, int members, int senders, boolean weSend) {
        if (now - next < 0) {
            return false;
        }
        long reconsidered = last + interval(members, senders, weSend);
        if (now - reconsidered < 0) {
            next = reconsidered;
            return false;
        }
        return true;
    }

    /** A report was sent. */
    public void sent(long now, int octets, int members, int senders, boolean weSend) {
        sized(octets);
        initial = false;
        last = now;
        next = now + interval(members, senders, weSend);
    }

    /** A report of this size was sent or received; the average covers both (§6.3.3). */
    public void sized(int octets) {
        averageSize += (octets + UDP_IP_OVERHEAD - averageSize) / 16;
    }

    /** Returns when to call {@link #due} again. */
    public long next() {
        return next;
    }

    private long interval(int members, int senders, boolean weSend) {
        double share = octetsPerSecond;
        int sharers = members;
        if (senders <= members * SENDERS_SHARE) {
            share *= weSend ? SENDERS_SHARE : 1 - SENDERS_SHARE;
            sharers = weSend ? senders : members - senders;
        }
        double least = initial ? LEAST_SECONDS / 2 : LEAST_SECONDS;
        double seconds = Math.max(averageSize * sharers / share, least);
        return (long) (seconds * (random.nextDouble() + 0.5) / COMPENSATION * SECOND);
    }
}
