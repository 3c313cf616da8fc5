// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.zip.CRC32;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.ContentType;
import org.jspecify.annotations.Nullable;

/**
 * Drops records that BouncyCastle would only discard, because it answers those by sending its
 * flight again. They are invalid DTLS 1.2 records (RFC 6347 §4.1), empty ones, which no handshake
 * has (RFC 5246 §6.2.1), and repetitions. It also drops alerts in clear text, which would end the
 * handshake, though anybody can send them (RFC 6347 §4.1.2.7).
 *
 * <p>Records in clear text are renumbered. BouncyCastle accepts no number twice, and none that is
 * far behind another, so that a forged one would block the true ones. For the same reason all get
 * one version: BouncyCastle holds the other side to the version of its first record.
 */
final class RecordFilter {
    private static final int HEADER = 13;
    private static final int VERSION = 1;
    private static final short DTLS_1_2 = (short) 0xFEFD;
    private static final int SEQUENCE = 5;
    /** More records than a handshake has, with all repetitions; the oldest are forgotten. */
    private static final int MOST_KNOWN = 256;

    private final Set<Long> known = new LinkedHashSet<>();
    private boolean refused;
    private int taken;

    /** Returns the datagram without the dropped records; null if nothing is left. */
    byte @Nullable [] filtered(byte[] datagram) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(datagram.length);
        int at = 0;
        while (isRecord(datagram, at)) {
            int length = HEADER + number(datagram, at + 11, 2);
            byte[] record = Arrays.copyOfRange(datagram, at, at + length);
            if (takes(record)) {
                kept.write(record, 0, length);
            }
            at += length;
        }
        return kept.size() == 0 ? null : kept.toByteArray();
    }

    /** Whether an alert in clear text says that the other side gives up; it may be forged. */
    boolean refused() {
        return refused;
    }

    /** Whether this is the sender's last flight: later records use the new keys (RFC 5246 §7.1). */
    static boolean changesCipher(byte[] datagram) {
        for (int at = 0; isRecord(datagram, at); at += HEADER + number(datagram, at + 11, 2)) {
            if (datagram[at] == ContentType.change_cipher_spec) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRecord(byte[] datagram, int at) {
        if (datagram.length - at < HEADER) {
            return false;
        }
        int type = datagram[at];
        // 254.255 is in the first hello of a DTLS 1.2 client.
        boolean version =
                datagram[at + 1] == (byte) 254 && (datagram[at + 2] == (byte) 253 || datagram[at + 2] == (byte) 255);
        return type >= ContentType.change_cipher_spec
                && type <= ContentType.handshake
                && version
                && epoch(datagram, at) <= 1
                && number(datagram, at + 11, 2) <= datagram.length - at - HEADER;
    }

    private boolean takes(byte[] record) {
        if (record.length == HEADER) {
            return false;
        }
        int epoch = epoch(record, 0);
        if (record[0] == ContentType.alert && epoch == 0) {
            refused |= record[HEADER] == AlertLevel.fatal;
            return false;
        }
        CRC32 sum = new CRC32();
        sum.update(record, 0, record.length);
        if (!known.add(((long) Arrays.hashCode(record) << 32) | sum.getValue())) {
            return false;
        }
        if (known.size() > MOST_KNOWN) {
            Iterator<Long> oldest = known.iterator();
            oldest.next();
            oldest.remove();
        }
        if (epoch == 0) {
            ByteBuffer.wrap(record)
                    .putShort(VERSION, DTLS_1_2)
                    .putShort(SEQUENCE, (short) 0)
                    .putInt(SEQUENCE + 2, taken++);
        }
        return true;
    }

    private static int epoch(byte[] datagram, int at) {
        return number(datagram, at + 3, 2);
    }

    private static int number(byte[] bytes, int from, int length) {
        int number = 0;
        for (int i = from; i < from + length; i++) {
            number = (number << 8) | (bytes[i] & 0xFF);
        }
        return number;
    }
}
