// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp.xr;

/**
 * The extended reports that one side of a session permits the other to send: its {@code a=rtcp-xr}
 * (RFC 3611 §5.1).
 *
 * @param roundTrip who may answer reference times
 * @param lossRle the most octets of a Loss RLE block; 0 for none
 * @param loss whether a Statistics Summary may count lost packets
 * @param duplicates whether it may count duplicates
 * @param jitter whether it may have jitter
 * @param voipMetrics whether VoIP Metrics may be sent
 */
public record XrFormats(
        RoundTrip roundTrip, int lossRle, boolean loss, boolean duplicates, boolean jitter, boolean voipMetrics) {
    /** No extended report. */
    public static final XrFormats NONE = new XrFormats(RoundTrip.NONE, 0, false, false, false, false);

    /** The largest Loss RLE block that is written, whatever the other side takes. */
    public static final int LARGEST_RLE = 256;

    /** Everything that this implementation reads. */
    public static final XrFormats ALL = new XrFormats(RoundTrip.ALL, LARGEST_RLE, true, true, true, true);

    /** The values of {@code rcvr-rtt}: who may answer receiver reference times. */
    public enum RoundTrip {
        NONE,
        /** Those who send media. */
        SENDER,
        ALL
    }

    public XrFormats with(RoundTrip mode) {
        return new XrFormats(mode, lossRle, loss, duplicates, jitter, voipMetrics);
    }

    public XrFormats withLossRle(int octets) {
        return new XrFormats(roundTrip, octets, loss, duplicates, jitter, voipMetrics);
    }

    public XrFormats withSummary(boolean ofLoss, boolean ofDuplicates, boolean ofJitter) {
        return new XrFormats(roundTrip, lossRle, ofLoss, ofDuplicates, ofJitter, voipMetrics);
    }

    public XrFormats withVoipMetrics() {
        return new XrFormats(roundTrip, lossRle, loss, duplicates, jitter, true);
    }

    /** Whether a Statistics Summary may be sent. */
    public boolean summary() {
        return loss || duplicates || jitter;
    }
}
