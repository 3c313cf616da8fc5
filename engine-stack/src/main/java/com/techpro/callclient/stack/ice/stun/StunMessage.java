// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A received STUN message (RFC 8489 §5). Immutable. If an attribute occurs twice, the first counts.
 * Getters return null for an attribute that is missing or malformed.
 */
public final class StunMessage {
    private static final int MAX_TEXT = 763;

    private final byte[] bytes;
    private final StunClass kind;
    private final StunMethod method;
    private final TransactionId id;
    private final List<Attribute> attributes;

    StunMessage(byte[] bytes, StunClass kind, StunMethod method, TransactionId id, List<Attribute> attributes) {
        this.bytes = bytes;
        this.kind = kind;
        this.method = method;
        this.id = id;
        this.attributes = List.copyOf(attributes);
    }

    /** The position of a value in the message. */
    record Attribute(int type, int offset, int length) {}

    public StunClass kind() {
        return kind;
    }

    public StunMethod method() {
        return method;
    }

    public TransactionId id() {
        return id;
    }

    public boolean has(int type) {
        return find(type) != null;
    }

    /** The value, without padding. */
    public byte @Nullable [] bytes(int type) {
        Attribute found = find(type);
        return found == null ? null : Arrays.copyOfRange(bytes, found.offset, found.offset + found.length);
    }

    /** A username, realm or nonce. */
    public @Nullable String text(int type) {
        Attribute found = find(type);
        return found == null || found.length > MAX_TEXT
                ? null
                : new String(bytes, found.offset, found.length, StandardCharsets.UTF_8);
    }

    /** An unsigned 32-bit number. */
    public @Nullable Long uint32(int type) {
        Attribute found = find(type);
        return found == null || found.length != 4
                ? null
                : ByteBuffer.wrap(bytes).getInt(found.offset) & 0xFFFF_FFFFL;
    }

    /** A 64-bit number. */
    public @Nullable Long uint64(int type) {
        Attribute found = find(type);
        return found == null || found.length != 8
                ? null
                : ByteBuffer.wrap(bytes).getLong(found.offset);
    }

    /** XOR-MAPPED-ADDRESS and similar attributes (RFC 8489 §14.2). */
    public @Nullable InetSocketAddress xorAddress(int type) {
        return address(type, true);
    }

    /** MAPPED-ADDRESS and similar attributes (RFC 8489 §14.1). */
    public @Nullable InetSocketAddress address(int type) {
        return address(type, false);
    }

    private @Nullable InetSocketAddress address(int type, boolean xor) {
        Attribute found = find(type);
        if (found == null || found.length < 8) {
            return null;
        }
        int family = bytes[found.offset + 1];
        int size = family == 1 ? 4 : family == 2 ? 16 : 0;
        if (size == 0 || found.length != 4 + size) {
            return null;
        }
        int port = ByteBuffer.wrap(bytes).getShort(found.offset + 2) & 0xFFFF;
        byte[] raw = Arrays.copyOfRange(bytes, found.offset + 4, found.offset + 4 + size);
        if (xor) {
            port ^= StunParser.MAGIC_COOKIE >>> 16;
            for (int i = 0; i < size; i++) {
                raw[i] ^= bytes[4 + i];
            }
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(raw), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four or sixteen bytes are an address", e);
        }
    }

    /** The ERROR-CODE of an error response; null for any other message, or if it is invalid. */
    public @Nullable StunError error() {
        Attribute found = find(StunAttribute.ERROR_CODE);
        if (kind != StunClass.ERROR || found == null || found.length < 4) {
            return null;
        }
        int hundreds = bytes[found.offset + 2] & 7;
        int rest = bytes[found.offset + 3] & 0xFF;
        return hundreds < 3 || hundreds > 6 || rest > 99 ? null : new StunError(hundreds * 100 + rest);
    }

    /** The comprehension-required types that are unknown here (RFC 8489 §6.3.1). */
    public List<Integer> unknownRequired() {
        return attributes.stream()
                .map(Attribute::type)
                .filter(type -> StunAttribute.isComprehensionRequired(type) && !StunAttribute.isKnown(type))
                .distinct()
                .collect(Collectors.toList());
    }

    /**
     * Whether the sender has the key. If the message has both kinds of integrity, the stronger
     * counts (RFC 8489 §9.1.3, §9.2.4); without any it is not authentic. Compared in constant time.
     */
    public boolean isAuthentic(IntegrityKey key) {
        Attribute strong = find(StunAttribute.MESSAGE_INTEGRITY_SHA256);
        if (strong != null) {
            // RFC 8489 §14.6: it may be truncated to a multiple of four, at least sixteen bytes.
            return strong.length >= 16 && strong.length <= 32 && strong.length % 4 == 0 && matches(strong, key, true);
        }
        Attribute weak = find(StunAttribute.MESSAGE_INTEGRITY);
        return weak != null && weak.length == 20 && matches(weak, key, false);
    }

    private boolean matches(Attribute attribute, IntegrityKey key, boolean sha256) {
        int start = attribute.offset - 4;
        int length = attribute.offset + attribute.length - StunParser.HEADER;
        byte[] expected = key.hmac(sha256, bytes, start, length);
        byte[] given = Arrays.copyOfRange(bytes, attribute.offset, attribute.offset + attribute.length);
        return MessageDigest.isEqual(Arrays.copyOf(expected, attribute.length), given);
    }

    private @Nullable Attribute find(int type) {
        for (Attribute attribute : attributes) {
            if (attribute.type == type) {
                return attribute;
            }
        }
        return null;
    }

    /** Omits names, addresses and keys. */
    @Override
    public String toString() {
        return "StunMessage[" + method + " " + kind + " " + id + "]";
    }
}
