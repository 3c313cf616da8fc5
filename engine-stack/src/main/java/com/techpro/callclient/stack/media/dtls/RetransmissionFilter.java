// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import java.nio.ByteBuffer;
import org.bouncycastle.tls.ContentType;

/**
 * Decides which of BouncyCastle's records are sent. BouncyCastle sends its flight again for three
 * reasons (RFC 6347 §4.2.4):
 *
 * <pre>
 *   the transport says that nothing came                                      goes out
 *   the other side has sent its flight again                                  goes out
 *   BouncyCastle threw a record away, or changed the ciphers of what it
 *   reads, and the machine's clock has moved on by a millisecond meanwhile    is kept back
 * </pre>
 *
 * <p>The last one would make a handshake depend on how busy the machine is. {@link DtlsHandshake}
 * alone decides when nothing came.
 *
 * <p>Records in clear text are renumbered: those kept back have used up numbers.
 */
final class RetransmissionFilter {
    private static final int EPOCH = 3;
    private static final int SEQUENCE = 5;
    private static final int MESSAGE_SEQUENCE = 13 + 4;

    /** Whether BouncyCastle's last input is a reason to send a flight again. */
    private boolean repeats;

    private boolean ciphersChanged;
    private boolean decided;
    private boolean keptBack;
    private int nextMessage;
    private int sent;

    /** BouncyCastle is told that nothing came. */
    void nothingCame() {
        repeats = true;
        decided = false;
    }

    /**
     * BouncyCastle is given a record. Once its ciphers may have changed, it discards records in
     * clear text.
     */
    void given(byte[] record) {
        ciphersChanged |= record[0] == ContentType.change_cipher_spec;
        repeats = !ciphersChanged && isClearHandshake(record);
        decided = false;
    }

    /** Whether BouncyCastle was given a change of ciphers. */
    boolean hasCiphersChanged() {
        return ciphersChanged;
    }

    /**
     * Decides about a record that BouncyCastle sends, and numbers it. A flight that begins with a
     * message sent before is a retransmission.
     *
     * @return whether to send it
     */
    boolean takes(byte[] record) {
        if (record[0] != ContentType.alert) {
            boolean message = isClearHandshake(record);
            int sequence = message ? ByteBuffer.wrap(record).getShort(MESSAGE_SEQUENCE) & 0xFFFF : -1;
            if (!decided) {
                decided = true;
                keptBack = message && sequence < nextMessage && !repeats;
            }
            nextMessage = Math.max(nextMessage, sequence + 1);
            if (keptBack) {
                return false;
            }
        }
        if (isClear(record)) {
            ByteBuffer.wrap(record).putShort(SEQUENCE, (short) 0).putInt(SEQUENCE + 2, sent++);
        }
        return true;
    }

    private static boolean isClearHandshake(byte[] record) {
        return record[0] == ContentType.handshake && isClear(record);
    }

    private static boolean isClear(byte[] record) {
        return record[EPOCH] == 0 && record[EPOCH + 1] == 0;
    }
}
