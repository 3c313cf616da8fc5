// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.HandshakeType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a ClientHello that are needed before there is a handshake (RFC 6347 §4.2.2,
 * RFC 5246 §7.4.1.2).
 */
public final class ClientHello {
    private static final int RECORD_HEADER = 13;
    private static final int EPOCH = 3;
    private static final int FRAGMENT_HEADER = 12;
    private static final int FRAGMENT_OFFSET = RECORD_HEADER + 6;
    /** After the version. */
    private static final int RANDOM = RECORD_HEADER + FRAGMENT_HEADER + 2;

    private static final int RANDOM_LENGTH = 32;

    private ClientHello() {}

    /** Whether a datagram begins with a hello, or part of one, in clear text. */
    public static boolean isPart(ByteBuffer datagram) {
        int at = datagram.position();
        return datagram.remaining() > RECORD_HEADER + FRAGMENT_HEADER
                && datagram.get(at) == ContentType.handshake
                && datagram.getShort(at + EPOCH) == 0
                && datagram.get(at + RECORD_HEADER) == HandshakeType.client_hello;
    }

    /**
     * Returns the random number of a hello, which is the same in its repetitions only.
     *
     * @return null if the datagram does not begin with the start of a hello
     */
    public static byte @Nullable [] random(ByteBuffer datagram) {
        int at = datagram.position();
        if (!isPart(datagram) || datagram.remaining() < RANDOM + RANDOM_LENGTH) {
            return null;
        }
        for (int i = 0; i < 3; i++) {
            if (datagram.get(at + FRAGMENT_OFFSET + i) != 0) {
                return null;
            }
        }
        byte[] bytes = new byte[RANDOM + RANDOM_LENGTH];
        datagram.duplicate().get(bytes);
        return Arrays.copyOfRange(bytes, RANDOM, RANDOM + RANDOM_LENGTH);
    }
}
