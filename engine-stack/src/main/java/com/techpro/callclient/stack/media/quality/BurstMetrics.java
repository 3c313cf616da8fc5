// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.quality;

/**
 * How packets went missing, since the stream began. Shares are from 0 to 1.
 *
 * @param packets expected, as far as their fate is known
 * @param lost those that never arrived
 * @param discarded those that arrived and were not played, as they were late or too many (RFC 3611
 *     §4.7.1)
 * @param burstDensity missing packets within bursts (RFC 3611 §4.7.2); 0 without bursts
 * @param gapDensity missing packets within the gaps between bursts
 * @param burstLength the mean length of bursts in packets; 0 without bursts
 * @param gapLength the mean length of gaps in packets
 * @param burstRatio how much longer the runs of missing packets are than independent losses would
 *     make them (ITU-T G.107 §3.5); 1 to 8
 */
public record BurstMetrics(
        long packets,
        long lost,
        long discarded,
        double burstDensity,
        double gapDensity,
        double burstLength,
        double gapLength,
        double burstRatio) {
    /** The least number of packets in a row that ends a burst, as recommended (RFC 3611 §4.7.2). */
    public static final int GMIN = 16;

    public static final BurstMetrics NONE = new BurstMetrics(0, 0, 0, 0, 0, 0, 0, 1);

    /** The share of packets that never arrived. */
    public double lossRate() {
        return packets == 0 ? 0 : (double) lost / packets;
    }

    /** The share of packets that arrived and were not played. */
    public double discardRate() {
        return packets == 0 ? 0 : (double) discarded / packets;
    }
}
