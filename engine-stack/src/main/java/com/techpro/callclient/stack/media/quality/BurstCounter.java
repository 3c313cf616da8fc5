// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.quality;

/**
 * Divides the packets of a stream into bursts and gaps (RFC 3611 §4.7.2), and counts the runs of
 * consecutive missing packets (ITU-T G.107 §3.5, the burst ratio). Packets are told in the order of
 * their sequence numbers.
 *
 * <p>A burst begins and ends with a missing packet, and has fewer than {@link BurstMetrics#GMIN} packets in a
 * row that were played. A single missing packet with as many good ones on either side belongs to a
 * gap. It counts exactly what the transition counts of RFC 3611 §A.2 stand for.
 */
final class BurstCounter {
    private long packets;
    private long lost;
    private long discarded;
    private long runs;
    /** Packets played since the last missing one. */
    private long played;
    /** Missing packets of what may be a burst; 0 before the first. */
    private long openMissing;
    /** Packets played between those. */
    private long openPlayed;

    private long bursts;
    private long burstPackets;
    private long burstMissing;
    /** Gaps that ended with a burst. */
    private long gaps;

    private long gapPackets;
    /** Packets of gaps when the last burst ended. */
    private long gapPacketsBefore;

    void received() {
        packets++;
        played++;
    }

    void lost() {
        lost++;
        missing();
    }

    /** The packet arrived, but too late to be played. */
    void discarded() {
        discarded++;
        missing();
    }

    private void missing() {
        packets++;
        if (played > 0 || openMissing == 0) {
            runs++;
        }
        if (openMissing > 0 && played < BurstMetrics.GMIN) {
            openMissing++;
            openPlayed += played;
        } else {
            close();
            gapPackets += played;
            openMissing = 1;
            openPlayed = 0;
        }
        played = 0;
    }

    /** No later packet belongs to what is open. */
    private void close() {
        if (openMissing == 1) {
            gapPackets++;
        } else if (openMissing > 1) {
            bursts++;
            burstMissing += openMissing;
            burstPackets += openMissing + openPlayed;
            if (gapPackets > gapPacketsBefore) {
                gaps++;
                gapPacketsBefore = gapPackets;
            }
        }
        openMissing = 0;
    }

    /** Missing packets so far, lost or discarded. */
    long missingPackets() {
        return lost + discarded;
    }

    /** Packets so far. */
    long packets() {
        return packets;
    }

    /** Runs of consecutive missing packets. */
    long runs() {
        return runs;
    }

    /** The figures so far. What is open counts as a burst if it has two missing packets. */
    BurstMetrics metrics() {
        boolean burst = openMissing > 1;
        long inBursts = burstPackets + (burst ? openMissing + openPlayed : 0);
        long missingInBursts = burstMissing + (burst ? openMissing : 0);
        long allBursts = bursts + (burst ? 1 : 0);
        long inGaps = packets - inBursts;
        long missingInGaps = missingPackets() - missingInBursts;
        long allGaps = gaps
                + (burst && gapPackets > gapPacketsBefore ? 1 : 0)
                + ((burst ? played : packets - burstPackets - gapPacketsBefore) > 0 ? 1 : 0);
        return new BurstMetrics(
                packets,
                lost,
                discarded,
                share(missingInBursts, inBursts),
                share(missingInGaps, inGaps),
                mean(inBursts, allBursts),
                mean(inGaps, allGaps),
                ratio(missingPackets(), runs, packets));
    }

    /**
     * The burst ratio (G.107 §3.5): the mean length of the runs of missing packets, to that of
     * independent losses of the same share, which is 1 / (1 - share). 1 if nothing is missing;
     * limited to the range of the model (table 3).
     */
    static double ratio(long missing, long runs, long packets) {
        if (runs <= 0 || packets <= 0) {
            return 1;
        }
        double expected = 1 / Math.max(1e-3, 1 - (double) missing / packets);
        return Math.max(1, Math.min(8, (double) missing / runs / expected));
    }

    private static double share(long part, long whole) {
        return whole <= 0 ? 0 : (double) part / whole;
    }

    private static double mean(long packets, long periods) {
        return periods == 0 ? 0 : (double) packets / periods;
    }
}
