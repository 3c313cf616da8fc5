// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import java.nio.ByteBuffer;

/** The protocol of a packet on a media port, by its first byte (RFC 7983 §7, RFC 9443 §2). */
public enum PacketClass {
    STUN,
    DTLS,
    TURN_CHANNEL,
    /** RTP or RTCP, clear or secured. */
    RTP,
    UNKNOWN;

    /** Reads only the byte at the position. */
    public static PacketClass of(ByteBuffer packet) {
        if (!packet.hasRemaining()) {
            return UNKNOWN;
        }
        int first = packet.get(packet.position()) & 0xFF;
        if (first < 4) {
            return STUN;
        }
        if (first >= 20 && first < 64) {
            return DTLS;
        }
        if (first >= 64 && first < 80) {
            return TURN_CHANNEL;
        }
        return first >= 128 && first < 192 ? RTP : UNKNOWN;
    }
}
