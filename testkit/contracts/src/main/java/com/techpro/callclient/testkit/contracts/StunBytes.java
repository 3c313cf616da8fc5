// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Messages of STUN as bytes (RFC 8489 §5, §14), for {@link SimulatedTurnServer}. It shares no code
 * with the engine, so that it does not share the engine's interpretation of the RFC.
 */
final class StunBytes {
    static final int COOKIE = 0x2112A442;

    private StunBytes() {}

    static byte[] header(int type, byte[] id) {
        return ByteBuffer.allocate(20)
                .putShort((short) type)
                .putShort((short) 0)
                .putInt(COOKIE)
                .put(id)
                .array();
    }

    /** Returns a response without signature; the class is 0x100 for success, 0x110 for an error. */
    static byte[] response(byte[] request, int kind, List<byte[]> attributes) {
        byte[] id = Arrays.copyOfRange(request, 8, 20);
        return concat(header(ByteBuffer.wrap(request).getShort(0) | kind, id), attributes);
    }

    /** Appends MESSAGE-INTEGRITY (§14.5). */
    static byte[] signed(byte[] message, String credentials) {
        return concat(message, List.of(attribute(0x08, hmac(message, message.length, credentials))));
    }

    /** Whether MESSAGE-INTEGRITY is right; it must be there. */
    static boolean isSigned(byte[] message, String credentials) {
        int at = 20;
        while ((ByteBuffer.wrap(message).getShort(at) & 0xFFFF) != 0x08) {
            at += 4 + ((ByteBuffer.wrap(message).getShort(at + 2) & 0xFFFF) + 3) / 4 * 4;
        }
        return Arrays.equals(hmac(message, at, credentials), attributes(message).get(0x08));
    }

    /** Appends FINGERPRINT (§14.7). */
    static byte[] fingerprinted(byte[] message) {
        byte[] longer = message.clone();
        ByteBuffer.wrap(longer).putShort(2, (short) (message.length + 8 - 20));
        CRC32 crc = new CRC32();
        crc.update(longer);
        return concat(message, List.of(attribute(0x8028, word((int) crc.getValue() ^ 0x5354554E))));
    }

    static byte[] attribute(int type, byte[] value) {
        return ByteBuffer.allocate(4 + (value.length + 3) / 4 * 4)
                .putShort((short) type)
                .putShort((short) value.length)
                .put(value)
                .array();
    }

    static byte[] word(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    static byte[] concat(byte[] message, List<byte[]> attributes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(message);
        attributes.forEach(out::writeBytes);
        byte[] whole = out.toByteArray();
        ByteBuffer.wrap(whole).putShort(2, (short) (whole.length - 20));
        return whole;
    }

    static byte[] xor(InetSocketAddress address, byte[] message) {
        byte[] raw = address.getAddress().getAddress();
        ByteBuffer value = ByteBuffer.allocate(4 + raw.length);
        value.putShort((short) (raw.length == 4 ? 1 : 2)).putShort((short) (address.getPort() ^ 0x2112));
        for (int i = 0; i < raw.length; i++) {
            value.put((byte) (raw[i] ^ message[4 + i]));
        }
        return value.array();
    }

    static InetSocketAddress unXor(byte[] value, byte[] message) {
        byte[] raw = Arrays.copyOfRange(value, 4, value.length);
        for (int i = 0; i < raw.length; i++) {
            raw[i] ^= message[4 + i];
        }
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(raw), (ByteBuffer.wrap(value).getShort(2) ^ 0x2112) & 0xFFFF);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Map<Integer, byte[]> attributes(byte[] bytes) {
        Map<Integer, byte[]> found = new TreeMap<>();
        for (int at = 20; at + 4 <= bytes.length; ) {
            int type = ByteBuffer.wrap(bytes).getShort(at) & 0xFFFF;
            int length = ByteBuffer.wrap(bytes).getShort(at + 2) & 0xFFFF;
            found.putIfAbsent(type, Arrays.copyOfRange(bytes, at + 4, Math.min(bytes.length, at + 4 + length)));
            at += 4 + (length + 3) / 4 * 4;
        }
        return found;
    }

    /** The HMAC-SHA1 of the first bytes, with a length that includes it (§9.2.2, §14.5). */
    private static byte[] hmac(byte[] message, int length, String credentials) {
        byte[] longer = Arrays.copyOf(message, length);
        ByteBuffer.wrap(longer).putShort(2, (short) (length + 24 - 20));
        try {
            byte[] key = MessageDigest.getInstance("MD5").digest(credentials.getBytes(StandardCharsets.UTF_8));
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            return mac.doFinal(longer);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
