// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statistics of a device's stream: packets received, packets lost, and jitter (RFC 3550 §6.4.1,
 * appendix A). Counted on the media loop, readable from any thread.
 */
public final class ReceptionStatistics {
    private static final int USUAL_CLOCK_RATE = 8_000;
    private static final int PAYLOAD_TYPES = 128;
    private static final int RTP_HEADER = 12;
    private static final int SENDER_REPORT = 200;
    private static final int RECEIVER_REPORT = 201;
    private static final int REPORT_BLOCK = 24;
    private static final Pattern RTPMAP = Pattern.compile("rtpmap:(\\d{1,3}) [^/ ]+/(\\d{1,6})\\b.*");

    /** By payload type. Replaced for each SDP, never changed. */
    private volatile int[] clockRates = usualRates();

    private volatile long packets;
    private volatile long lost;
    private volatile long jitterNanos;
    private volatile double lostAtDevice;

    // Owned by the media loop:
    private boolean hearing;
    private int source;
    private long baseSequence;
    private long highestSequence;
    private long received;
    private long receivedBefore;
    private long lostBefore;
    private int lastTimestamp;
    private long lastArrival;
    private double jitter;

    ReceptionStatistics() {}

    /** Reads the clock rates from the attributes of an SDP. */
    void expect(List<String> attributes) {
        int[] rates = usualRates();
        for (String attribute : attributes) {
            Matcher map = RTPMAP.matcher(attribute);
            if (map.matches() && Integer.parseInt(map.group(1)) < rates.length && Integer.parseInt(map.group(2)) > 0) {
                rates[Integer.parseInt(map.group(1))] = Integer.parseInt(map.group(2));
            }
        }
        clockRates = rates;
    }

    private static int[] usualRates() {
        int[] rates = new int[PAYLOAD_TYPES];
        Arrays.fill(rates, USUAL_CLOCK_RATE);
        return rates;
    }

    /** Counts a packet in clear text. */
    void received(ByteBuffer packet, long arrival) {
        int at = packet.position();
        if (packet.remaining() < RTP_HEADER) {
            return;
        }
        int sequence = packet.getShort(at + 2) & 0xffff;
        int timestamp = packet.getInt(at + 4);
        int from = packet.getInt(at + 8);
        if (!hearing || from != source) {
            begin(from, sequence, timestamp, arrival);
        } else {
            highestSequence = Math.max(highestSequence, highestSequence + (short) (sequence - (int) highestSequence));
            if (timestamp - lastTimestamp > 0) {
                // Packets of one event share their timestamp (RFC 4733 §2.5.1.2), so they say
                // nothing about jitter.
                int rate = clockRates[packet.get(at + 1) & 0x7f];
                double spoken = (timestamp - lastTimestamp) * 1e9 / rate;
                jitter += (Math.abs(arrival - lastArrival - spoken) - jitter) / 16;
                lastTimestamp = timestamp;
                lastArrival = arrival;
            }
        }
        received++;
        packets = receivedBefore + received;
        lost = lostBefore + lostNow();
        jitterNanos = (long) jitter;
    }

    private void begin(int from, int sequence, int timestamp, long arrival) {
        if (hearing) {
            receivedBefore += received;
            lostBefore += lostNow();
        }
        hearing = true;
        source = from;
        baseSequence = sequence;
        highestSequence = sequence;
        received = 0;
        lastTimestamp = timestamp;
        lastArrival = arrival;
        jitter = 0;
    }

    /** Duplicates can make it negative, which is meaningless. */
    private long lostNow() {
        return Math.max(0, highestSequence - baseSequence + 1 - received);
    }

    /** Reads the device's report on what it receives (RFC 3550 §6.4), from a compound in clear text. */
    void reported(ByteBuffer compound) {
        int at = compound.position();
        while (compound.limit() - at >= 8) {
            int count = compound.get(at) & 0x1f;
            int type = compound.get(at + 1) & 0xff;
            int end = at + 4 + 4 * (compound.getShort(at + 2) & 0xffff);
            int block = at + (type == SENDER_REPORT ? 28 : 8);
            boolean report = type == SENDER_REPORT || type == RECEIVER_REPORT;
            if (report && count > 0 && end <= compound.limit() && block + REPORT_BLOCK <= end) {
                lostAtDevice = (compound.get(block + 4) & 0xff) / 256.0;
            }
            at = end;
        }
    }

    /**
     * Returns the share of packets to the device that were lost since its report before, 0 to 1,
     * as its latest RTCP report says; 0 before the first.
     */
    public double lostAtDevice() {
        return lostAtDevice;
    }

    /** Returns the number of authentic speech and DTMF packets. */
    public long packets() {
        return packets;
    }

    /**
     * Returns the number of packets that are missing by now, including those that
     * {@code MediaFaults} loses.
     */
    public long lost() {
        return lost;
    }

    /** Returns the interarrival jitter in milliseconds. */
    public double jitterMillis() {
        return jitterNanos / 1e6;
    }
}
