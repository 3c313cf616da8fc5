// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes one STUN message, with attributes in the order of the calls. Call {@link #integrity} after
 * the attributes it protects, and {@link #fingerprint} last.
 */
public final class StunWriter {
    private static final int MAX_BODY = 0xFFFC;

    private byte[] bytes = new byte[128];
    private int size = StunParser.HEADER;

    public StunWriter(StunClass kind, StunMethod method, TransactionId id) {
        int code = method.code();
        int bits = kind.bits();
        int type = (code & 0xF80) << 2 | (code & 0x70) << 1 | (code & 0xF) | (bits & 2) << 7 | (bits & 1) << 4;
        ByteBuffer.wrap(bytes)
                .putShort((short) type)
                .putShort((short) 0)
                .putInt(StunParser.MAGIC_COOKIE)
                .putInt(id.high())
                .putLong(id.low());
    }

    public StunWriter bytes(int type, byte[] value) {
        int padded = (value.length + 3) / 4 * 4;
        if (size + 4 + padded - StunParser.HEADER > MAX_BODY) {
            throw new IllegalArgumentException("a STUN message has room for 64 KiB");
        }
        if (size + 4 + padded > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + 4 + padded));
        }
        ByteBuffer.wrap(bytes).putShort(size, (short) type).putShort(size + 2, (short) value.length);
        System.arraycopy(value, 0, bytes, size + 4, value.length);
        size += 4 + padded;
        length(size);
        return this;
    }

    public StunWriter text(int type, String value) {
        return bytes(type, value.getBytes(StandardCharsets.UTF_8));
    }

    /** An attribute without a value. */
    public StunWriter flag(int type) {
        return bytes(type, new byte[0]);
    }

    public StunWriter uint32(int type, long value) {
        return bytes(type, ByteBuffer.allocate(4).putInt((int) value).array());
    }

    public StunWriter uint64(int type, long value) {
        return bytes(type, ByteBuffer.allocate(8).putLong(value).array());
    }

    /** XOR-MAPPED-ADDRESS and similar attributes (RFC 8489 §14.2). */
    public StunWriter xorAddress(int type, InetSocketAddress address) {
        byte[] raw = address.getAddress().getAddress();
        for (int i = 0; i < raw.length; i++) {
            raw[i] ^= bytes[4 + i];
        }
        ByteBuffer value = ByteBuffer.allocate(4 + raw.length)
                .putShort((short) (raw.length == 4 ? 1 : 2))
                .putShort((short) (address.getPort() ^ StunParser.MAGIC_COOKIE >>> 16))
                .put(raw);
        return bytes(type, value.array());
    }

    public StunWriter error(int code) {
        return bytes(StunAttribute.ERROR_CODE, new byte[] {0, 0, (byte) (code / 100), (byte) (code % 100)});
    }

    public StunWriter unknownAttributes(List<Integer> types) {
        ByteBuffer value = ByteBuffer.allocate(types.size() * 2);
        types.forEach(type -> value.putShort(type.shortValue()));
        return bytes(StunAttribute.UNKNOWN_ATTRIBUTES, value.array());
    }

    /** MESSAGE-INTEGRITY (RFC 8489 §14.5). */
    public StunWriter integrity(IntegrityKey key) {
        return bytes(StunAttribute.MESSAGE_INTEGRITY, key.hmac(false, bytes, size, size + 24 - StunParser.HEADER));
    }

    /** MESSAGE-INTEGRITY-SHA256 (RFC 8489 §14.6), not truncated. */
    public StunWriter integritySha256(IntegrityKey key) {
        return bytes(
                StunAttribute.MESSAGE_INTEGRITY_SHA256, key.hmac(true, bytes, size, size + 36 - StunParser.HEADER));
    }

    /** Adds FINGERPRINT (RFC 8489 §14.7) and returns the complete message. */
    public byte[] fingerprint() {
        length(size + 8);
        return uint32(StunAttribute.FINGERPRINT, StunParser.fingerprint(bytes, size))
                .toBytes();
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void length(int end) {
        ByteBuffer.wrap(bytes).putShort(2, (short) (end - StunParser.HEADER));
    }
}
