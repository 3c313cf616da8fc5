// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.quality;

/**
 * What became of each packet of the source that is heard, by sequence number. A packet counts as
 * lost once {@link #REORDERING} later ones are known. It remembers the last {@link #CAPACITY}
 * packets for reports of an interval. Belongs to the media loop.
 */
public final class ReceptionLog {
    /** Ten seconds of packets of 10 ms: more than the longest time between two reports. */
    static final int CAPACITY = 1024;

    /** One more than the jitter buffer holds, which may still give up the oldest one. */
    static final int REORDERING = 65;

    private static final int MASK = CAPACITY - 1;
    private static final int MISSING = 0;
    private static final int RECEIVED = 1;
    private static final int DISCARDED = 2;

    private static final int FATE_BITS = 2;
    private static final int FATE_MASK = (1 << FATE_BITS) - 1;
    private static final int FATES_OF_AN_OCTET = 8 / FATE_BITS;

    private final byte[] fates = new byte[CAPACITY / FATES_OF_AN_OCTET];
    private final BurstCounter bursts = new BurstCounter();
    private boolean started;
    /** The highest sequence number, extended by wraps. */
    private long highest;
    /** The first one whose fate may still change. */
    private long unsettled;
    /** The first one of the interval of the next report. */
    private long begin;

    private long duplicates;
    private long differences;
    private long least;
    private long most;
    private double sum;
    private double squares;

    /** A packet arrived, in any order. */
    public void received(int sequence) {
        if (!started) {
            start(sequence);
        }
        int ahead = (short) (sequence - (int) highest);
        long at = highest + ahead;
        if (ahead > 0) {
            advance(at);
        }
        if (at < unsettled) {
            return;
        }
        if (fate(at) == MISSING) {
            setFate(at, RECEIVED);
        } else {
            duplicates++;
        }
    }

    /** A packet that has arrived is not played: it is too late, or one of too many. */
    public void discarded(int sequence) {
        long at = highest + (short) (sequence - (int) highest);
        if (started && at <= highest && at >= unsettled) {
            setFate(at, DISCARDED);
        }
    }

    /**
     * The difference of two consecutive packets' transit times, as an absolute value, in units of
     * the RTP clock.
     */
    public void transit(long difference) {
        least = differences == 0 ? difference : Math.min(least, difference);
        most = Math.max(most, difference);
        sum += difference;
        squares += (double) difference * difference;
        differences++;
    }

    /** Numbers before this one that have not arrived were not due. */
    public void skipTo(int sequence) {
        if (started) {
            settle(highest + 1);
            start(sequence);
        }
    }

    /** The next packet is of another source, or of a sequence that begins anew. */
    public void restart() {
        if (started) {
            settle(highest + 1);
            started = false;
        }
    }

    /** The call is over: what has not arrived is lost. */
    public void end() {
        restart();
    }

    /** The figures since the beginning. */
    public BurstMetrics metrics() {
        return bursts.metrics();
    }

    /** Missing packets so far. */
    public long missing() {
        return bursts.missingPackets();
    }

    /** Packets so far whose fate is known. */
    public long packets() {
        return bursts.packets();
    }

    /** Runs of consecutive missing packets so far. */
    public long runs() {
        return bursts.runs();
    }

    /** The burst ratio (ITU-T G.107) of a part of the stream. */
    public static double burstRatio(long missing, long runs, long packets) {
        return BurstCounter.ratio(missing, runs, packets);
    }

    /** How many sequence numbers the interval since the last report has; 0 if none. */
    public int length() {
        return started ? (int) (highest + 1 - begin) : 0;
    }

    /** The first sequence number of the interval. */
    public int firstSequence() {
        return (int) begin & 0xFFFF;
    }

    /** Whether a packet of the interval has arrived, in time or not. */
    public boolean arrived(int offset) {
        return fate(begin + offset) != MISSING;
    }

    /** Packets of the interval that have not arrived. */
    public int lostInInterval() {
        int lost = 0;
        for (int offset = 0; offset < length(); offset++) {
            lost += arrived(offset) ? 0 : 1;
        }
        return lost;
    }

    /** Copies of packets that arrived in the interval. */
    public long duplicates() {
        return duplicates;
    }

    /** The differences of transit times in the interval. */
    public Jitter jitter() {
        if (differences == 0) {
            return new Jitter(0, 0, 0, 0);
        }
        double mean = sum / differences;
        double variance = Math.max(0, squares / differences - mean * mean);
        return new Jitter(least, most, Math.round(mean), Math.round(Math.sqrt(variance)));
    }

    /** The interval was reported; the next one begins. */
    public void reported() {
        begin = highest + 1;
        duplicates = 0;
        differences = 0;
        most = 0;
        sum = 0;
        squares = 0;
    }

    /**
     * Differences of transit times, in units of the RTP clock.
     *
     * @param deviation the standard deviation
     */
    public record Jitter(long least, long most, long mean, long deviation) {}

    private void start(int sequence) {
        // Above zero, so that an earlier packet has an index, too.
        highest = (1L << 16) + sequence - 1;
        unsettled = highest + 1;
        begin = unsettled;
        started = true;
    }

    private void advance(long to) {
        while (highest < to) {
            highest++;
            settle(highest - REORDERING + 1);
            begin = Math.max(begin, highest - CAPACITY + 1);
            setFate(highest, MISSING);
        }
    }

    private void settle(long before) {
        for (; unsettled < before; unsettled++) {
            switch (fate(unsettled)) {
                case RECEIVED -> bursts.received();
                case DISCARDED -> bursts.discarded();
                default -> bursts.lost();
            }
        }
    }

    private int fate(long extended) {
        return fates[octet(extended)] >>> shift(extended) & FATE_MASK;
    }

    private void setFate(long extended, int fate) {
        int others = fates[octet(extended)] & ~(FATE_MASK << shift(extended));
        fates[octet(extended)] = (byte) (others | fate << shift(extended));
    }

    private static int octet(long extended) {
        return ((int) extended & MASK) / FATES_OF_AN_OCTET;
    }

    private static int shift(long extended) {
        return ((int) extended & FATES_OF_AN_OCTET - 1) * FATE_BITS;
    }
}
