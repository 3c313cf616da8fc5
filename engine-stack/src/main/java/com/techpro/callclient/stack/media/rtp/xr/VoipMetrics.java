// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp.xr;

/**
 * The content of a VoIP Metrics block (RFC 3611 §4.7), in its units.
 *
 * @param lossRate in 256ths
 * @param discardRate in 256ths
 * @param burstDensity in 256ths
 * @param gapDensity in 256ths
 * @param burstMillis the mean length of bursts
 * @param gapMillis the mean length of gaps
 * @param roundTripMillis of the network; 0 if unknown
 * @param endSystemMillis what the reporting end adds in both directions; 0 if unknown
 * @param gmin of the bursts
 * @param rating R, 0 to 100, or {@link #UNAVAILABLE}
 * @param listeningQuality MOS-LQ times ten, 10 to 50, or {@link #UNAVAILABLE}
 * @param conversationalQuality MOS-CQ likewise
 * @param receiverConfiguration RX config: concealment and kind of jitter buffer
 * @param nominalMillis the nominal delay of the jitter buffer
 * @param mostMillis its present maximum
 * @param absoluteMostMillis its largest maximum
 */
public record VoipMetrics(
        int lossRate,
        int discardRate,
        int burstDensity,
        int gapDensity,
        int burstMillis,
        int gapMillis,
        int roundTripMillis,
        int endSystemMillis,
        int gmin,
        int rating,
        int listeningQuality,
        int conversationalQuality,
        int receiverConfiguration,
        int nominalMillis,
        int mostMillis,
        int absoluteMostMillis) {
    /** In place of a level, a rating or a score that is not known. */
    public static final int UNAVAILABLE = 127;

    /** RX config of standard concealment and an adaptive jitter buffer of unknown rate. */
    public static final int STANDARD_ADAPTIVE = 0xF0;
}
