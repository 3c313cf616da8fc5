// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.turn;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits bytes from TCP or TLS into STUN messages and channel data (RFC 8656 §3.1, §12.5). It holds
 * at most one message, which is 64 KiB.
 */
public final class TurnStreamFramer {
    private static final int STUN_HEADER = 20;
    private static final int CHANNEL_HEADER = 4;

    private byte[] held = new byte[1024];
    private int size;
    private boolean broken;

    /** Adds bytes and returns the messages that they complete; after {@link #isBroken} none. */
    public List<ByteBuffer> feed(ByteBuffer bytes) {
        List<ByteBuffer> messages = new ArrayList<>();
        while (!broken) {
            int wanted = wanted();
            if (broken) {
                return messages;
            }
            int take = Math.min(wanted - size, bytes.remaining());
            if (held.length < size + take) {
                held = Arrays.copyOf(held, Math.max(held.length * 2, size + take));
            }
            bytes.get(held, size, take);
            size += take;
            if (size < wanted) {
                return messages;
            }
            if (wanted > CHANNEL_HEADER && wanted == wanted()) {
                messages.add(ByteBuffer.wrap(Arrays.copyOf(held, size)));
                size = 0;
            } else if (wanted == wanted()) {
                // An empty channel message serves as a keep-alive.
                size = 0;
            }
        }
        return messages;
    }

    /** Whether the stream carries something else; the reader then closes it. */
    public boolean isBroken() {
        return broken;
    }

    /** Returns the length of the next message, as far as it is known yet. */
    private int wanted() {
        if (size < CHANNEL_HEADER) {
            return CHANNEL_HEADER;
        }
        int first = (held[0] & 0xFF) << 8 | (held[1] & 0xFF);
        int length = (held[2] & 0xFF) << 8 | (held[3] & 0xFF);
        if (first >= ChannelData.FIRST && first <= ChannelData.LAST) {
            return CHANNEL_HEADER + (length + 3) / 4 * 4;
        }
        if (first >= ChannelData.FIRST || length % 4 != 0) {
            broken = true;
            return size;
        }
        return STUN_HEADER + length;
    }
}
