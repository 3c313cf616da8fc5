// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.stun;

import com.techpro.callclient.stack.ice.stun.StunMessage.Attribute;
import com.techpro.callclient.stack.ice.stun.StunParseResult.Malformed;
import com.techpro.callclient.stack.ice.stun.StunParseResult.Parsed;
import com.techpro.callclient.stack.ice.stun.StunParseResult.Reason;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Parses one complete STUN message (RFC 8489 §5, §6.3). Every input has a result; none throws.
 *
 * <p>Unprotected attributes after an integrity attribute are ignored. After MESSAGE-INTEGRITY only
 * MESSAGE-INTEGRITY-SHA256 and FINGERPRINT count, after MESSAGE-INTEGRITY-SHA256 only FINGERPRINT
 * (§14.5 to §14.7).
 */
public final class StunParser {
    static final int HEADER = 20;
    static final int MAGIC_COOKIE = 0x2112A442;
    static final int FINGERPRINT_XOR = 0x5354554E;
    private static final int MAX_ATTRIBUTES = 64;

    private StunParser() {}

    /** Reads from position to limit, and changes neither. */
    public static StunParseResult parse(ByteBuffer packet) {
        int size = packet.remaining();
        if (size < HEADER) {
            return new Malformed(Reason.TOO_SHORT);
        }
        int start = packet.position();
        int type = packet.getShort(start) & 0xFFFF;
        if ((type & 0xC000) != 0) {
            return new Malformed(Reason.NOT_STUN);
        }
        if (packet.getInt(start + 4) != MAGIC_COOKIE) {
            return new Malformed(Reason.NO_MAGIC_COOKIE);
        }
        int length = packet.getShort(start + 2) & 0xFFFF;
        if (length % 4 != 0 || length != size - HEADER) {
            return new Malformed(Reason.WRONG_LENGTH);
        }
        StunMethod method = StunMethod.of((type & 0x3E00) >> 2 | (type & 0x00E0) >> 1 | (type & 0x000F));
        if (method == null) {
            return new Malformed(Reason.UNKNOWN_METHOD);
        }
        byte[] bytes = new byte[size];
        ByteBuffer whole = packet.duplicate();
        ((Buffer) whole).position(start);
        whole.get(bytes);
        ByteBuffer copy = ByteBuffer.wrap(bytes);
        StunClass kind = StunClass.of((type & 0x0100) >> 7 | (type & 0x0010) >> 4);
        TransactionId id = new TransactionId(copy.getInt(8), copy.getLong(12));
        List<Attribute> attributes = new ArrayList<>();
        Reason problem = attributes(copy, attributes);
        return problem != null
                ? new Malformed(problem)
                : new Parsed(new StunMessage(bytes, kind, method, id, attributes));
    }

    private static @Nullable Reason attributes(ByteBuffer bytes, List<Attribute> into) {
        int integrity = 0;
        int count = 0;
        for (int at = HEADER; at < bytes.limit(); ) {
            int type = bytes.getShort(at) & 0xFFFF;
            int length = bytes.getShort(at + 2) & 0xFFFF;
            int end = at + 4 + (length + 3) / 4 * 4;
            if (end > bytes.limit()) {
                return Reason.TRUNCATED_ATTRIBUTE;
            }
            if (++count > MAX_ATTRIBUTES) {
                return Reason.TOO_MANY_ATTRIBUTES;
            }
            if (type == StunAttribute.FINGERPRINT) {
                if (length != 4 || end != bytes.limit() || bytes.getInt(at + 4) != fingerprint(bytes.array(), at)) {
                    return Reason.BAD_FINGERPRINT;
                }
                into.add(new Attribute(type, at + 4, length));
            } else if (integrity == 0
                    || (integrity == StunAttribute.MESSAGE_INTEGRITY
                            && type == StunAttribute.MESSAGE_INTEGRITY_SHA256)) {
                into.add(new Attribute(type, at + 4, length));
                if (type == StunAttribute.MESSAGE_INTEGRITY || type == StunAttribute.MESSAGE_INTEGRITY_SHA256) {
                    integrity = type;
                }
            }
            at = end;
        }
        return null;
    }

    /**
     * Returns the checksum of the bytes before the attribute; the length in the header includes the
     * attribute already.
     */
    static int fingerprint(byte[] bytes, int before) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, before);
        return (int) crc.getValue() ^ FINGERPRINT_XOR;
    }
}
