// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.turn;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A packet on a channel (RFC 8656 §12.4): four bytes of header instead of 36. */
@SuppressWarnings("ArrayRecordComponent") // Compared by content, below.
record ChannelData(int channel, byte[] packet) {
    static final int FIRST = 0x4000;
    static final int LAST = 0x4FFF;
    private static final int HEADER = 4;

    /**
     * Parses the message; returns null if it is not channel data. Bytes after it are padding
     * (§12.5).
     */
    static @Nullable ChannelData parse(ByteBuffer bytes) {
        int at = bytes.position();
        if (bytes.remaining() < HEADER) {
            return null;
        }
        int channel = bytes.getShort(at) & 0xFFFF;
        int length = bytes.getShort(at + 2) & 0xFFFF;
        if (channel < FIRST || channel > LAST || length > bytes.remaining() - HEADER) {
            return null;
        }
        byte[] packet = new byte[length];
        ByteBuffer whole = bytes.duplicate();
        ((Buffer) whole).position(at + HEADER);
        whole.get(packet);
        return new ChannelData(channel, packet);
    }

    /**
     * @param padded whether to pad to a multiple of four bytes, as streams need
     */
    byte[] encode(boolean padded) {
        int size = HEADER + packet.length;
        ByteBuffer bytes = ByteBuffer.allocate(padded ? (size + 3) / 4 * 4 : size);
        return bytes.putShort((short) channel)
                .putShort((short) packet.length)
                .put(packet)
                .array();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChannelData that && that.channel == channel && Arrays.equals(that.packet, packet);
    }

    @Override
    public int hashCode() {
        return channel * 31 + Arrays.hashCode(packet);
    }

    @Override
    public String toString() {
        return "ChannelData[" + Integer.toHexString(channel) + ", " + packet.length + " bytes]";
    }
}
