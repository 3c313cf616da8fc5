// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import java.util.ArrayList;
import java.util.List;

/** Tells encrypted data from clear text, as an observer on the line would. */
final class ClearText {
    private static final int RTP_HEADER = 12;
    /**
     * G.711 in the clear has 3 to 6 bits a byte. The output of a good cipher has 8; some thousand
     * bytes of it have more than 7.5.
     */
    private static final double LEAST_BITS = 7.5;

    private static final int FIRST_RTCP_TYPE = 200;
    private static final int LAST_RTCP_TYPE = 207;

    private ClearText() {}

    /** Whether the bytes are complete TLS records (RFC 8446 §5.1) and nothing else. */
    static boolean isTlsRecords(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            if (bytes.length - at < 5 || bytes[at] < 20 || bytes[at] > 23 || bytes[at + 1] != 3) {
                return false;
            }
            at += 5 + (((bytes[at + 3] & 0xff) << 8) | (bytes[at + 4] & 0xff));
        }
        return at == bytes.length;
    }

    /**
     * Returns what is readable in RTP and RTCP packets.
     *
     * @param ntpNow the seconds in a sender report written now
     */
    static List<String> inMedia(List<byte[]> packets, long ntpNow, long tolerance) {
        List<String> readable = new ArrayList<>();
        long[] histogram = new long[256];
        int reports = 0;
        for (byte[] packet : packets) {
            if (packet.length < RTP_HEADER || (packet[0] & 0xc0) != 0x80) {
                readable.add("a datagram of " + packet.length + " bytes is neither RTP nor RTCP");
                continue;
            }
            int type = packet[1] & 0xff;
            if (type >= FIRST_RTCP_TYPE && type <= LAST_RTCP_TYPE) {
                reports++;
                long seconds = word(packet, 8);
                if (type == FIRST_RTCP_TYPE && Math.abs(seconds - ntpNow) < tolerance) {
                    readable.add("a report tells the time in clear");
                }
            } else {
                for (int i = RTP_HEADER; i < packet.length; i++) {
                    histogram[packet[i] & 0xff]++;
                }
            }
        }
        if (reports == 0) {
            readable.add("no report was sent, so nothing can be said of them");
        }
        double bits = entropy(histogram);
        if (bits < LEAST_BITS) {
            readable.add(String.format("sound has %.1f bits a byte: it is not encrypted", bits));
        }
        return readable;
    }

    private static long word(byte[] packet, int at) {
        long value = 0;
        for (int i = at; i < at + 4; i++) {
            value = (value << 8) | (packet[i] & 0xff);
        }
        return value;
    }

    private static double entropy(long[] histogram) {
        long total = 0;
        for (long count : histogram) {
            total += count;
        }
        double bits = 0;
        for (long count : histogram) {
            if (count > 0) {
                double share = (double) count / total;
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
