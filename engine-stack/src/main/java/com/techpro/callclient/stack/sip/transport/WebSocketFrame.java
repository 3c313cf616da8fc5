// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import java.nio.ByteBuffer;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Encodes WebSocket frames (RFC 6455 §5.2), never fragments. */
final class WebSocketFrame {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /** The largest payload of a control frame (§5.5). */
    static final int LONGEST_CONTROL = 125;

    static final int FIN = 0x80;
    static final int MASKED = 0x80;
    static final int LENGTH_16 = 126;
    static final int LENGTH_64 = 127;

    private WebSocketFrame() {}

    /**
     * Encodes a frame.
     *
     * @param masks source of the masking key: unpredictable, for a client (§5.3, §10.3). Null for a
     *     server, which does not mask (§5.1)
     */
    static byte[] encode(int opcode, byte[] payload, @Nullable Random masks) {
        int length = payload.length;
        int extended = length <= LONGEST_CONTROL ? 0 : length <= 0xffff ? 2 : 8;
        ByteBuffer out = ByteBuffer.allocate(2 + extended + (masks == null ? 0 : 4) + length);
        int masked = masks == null ? 0 : MASKED;
        out.put((byte) (FIN | opcode));
        out.put((byte) (masked | (extended == 0 ? length : extended == 2 ? LENGTH_16 : LENGTH_64)));
        if (extended == 2) {
            out.putShort((short) length);
        } else if (extended == 8) {
            out.putLong(length);
        }
        if (masks == null) {
            out.put(payload);
        } else {
            int key = masks.nextInt();
            out.putInt(key);
            for (int i = 0; i < length; i++) {
                out.put((byte) (payload[i] ^ (key >>> (24 - 8 * (i & 3)))));
            }
        }
        return out.array();
    }

    /** Returns the payload of a Close frame. */
    static byte[] closing(WebSocketClose why) {
        return new byte[] {(byte) (why.code() >> 8), (byte) why.code()};
    }
}
