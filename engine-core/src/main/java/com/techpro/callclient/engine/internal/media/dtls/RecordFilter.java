// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.dtls;

import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.tls.ContentType;

/**
 * Keeps from BouncyCastle what it would only throw away, for it answers that by sending its flight again: datagrams that begin with no record of DTLS 1.2
 * (RFC 6347 §4.1), and those that came before.
 */
final class RecordFilter {
    private static final int HEADER = 13;
    /** More records than a handshake has, with all its repetitions. */
    private static final int MOST_KNOWN = 256;

    private final Set<Long> known = new HashSet<>();

    boolean takes(byte[] datagram) {
        if (datagram.length < HEADER) {
            return false;
        }
        int type = datagram[0];
        // 254.255 is in the first hello of a client that speaks 1.2.
        boolean version = datagram[1] == (byte) 254 && (datagram[2] == (byte) 253 || datagram[2] == (byte) 255);
        int epoch = number(datagram, 3, 2);
        int length = number(datagram, 11, 2);
        if (type < ContentType.change_cipher_spec
                || type > ContentType.handshake
                || !version
                || epoch > 1
                || length > datagram.length - HEADER) {
            return false;
        }
        long sequence = ((long) number(datagram, 5, 2) << 32) | (number(datagram, 7, 4) & 0xFFFFFFFFL);
        return known.size() < MOST_KNOWN && known.add(((long) epoch << 48) | sequence);
    }

    private static int number(byte[] bytes, int from, int length) {
        int number = 0;
        for (int i = from; i < from + length; i++) {
            number = (number << 8) | (bytes[i] & 0xFF);
        }
        return number;
    }
}
