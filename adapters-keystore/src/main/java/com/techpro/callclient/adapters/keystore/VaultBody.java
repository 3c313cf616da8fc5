// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The encrypted part: names and values, then zeros up to a whole block, so that the file's length
 * tells little about theirs.
 */
final class VaultBody {
    static final int MOST_VALUE_BYTES = 8 << 20;
    /** Names and lengths may take as much space as values if the values are many and short. */
    static final int MOST_LENGTH = 2 * MOST_VALUE_BYTES;

    private static final int BLOCK = 1024;
    private static final int MOST_NAMES = 65_536;
    private static final Pattern NAME = Pattern.compile("[a-z0-9.-]{1,64}");

    private VaultBody() {}

    static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a name is 1 to 64 of a-z, 0-9, dot and hyphen");
        }
    }

    static void checkSize(Map<String, byte[]> values) {
        long total = 0;
        for (byte[] value : values.values()) {
            total += value.length;
        }
        if (total > MOST_VALUE_BYTES || values.size() > MOST_NAMES) {
            throw new IllegalArgumentException("values are 8 MiB together at most, under 65,536 names");
        }
    }

    static byte[] encode(Map<String, byte[]> values) {
        int length = Integer.BYTES;
        for (Map.Entry<String, byte[]> entry : values.entrySet()) {
            length += 1 + entry.getKey().length() + Integer.BYTES + entry.getValue().length;
        }
        int padded = (length + BLOCK - 1) / BLOCK * BLOCK;
        ByteBuffer out = ByteBuffer.allocate(padded).putInt(values.size());
        values.forEach((name, value) -> out.put((byte) name.length())
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt(value.length)
                .put(value));
        return out.array();
    }

    /**
     * Only output of {@link #encode} comes here, because it was authenticated; but a mistake of
     * another version must not crash this one.
     */
    static Map<String, byte[]> decode(byte[] plain) throws SecureStoreException {
        try {
            ByteBuffer in = ByteBuffer.wrap(plain);
            int count = in.getInt();
            if (count < 0 || count > MOST_NAMES) {
                throw new SecureStoreException(Reason.CORRUPT, null);
            }
            Map<String, byte[]> values = new TreeMap<>();
            for (int i = 0; i < count; i++) {
                byte[] name = new byte[Byte.toUnsignedInt(in.get())];
                in.get(name);
                int length = in.getInt();
                if (length < 0 || length > in.remaining()) {
                    throw new SecureStoreException(Reason.CORRUPT, null);
                }
                byte[] value = new byte[length];
                in.get(value);
                values.put(new String(name, StandardCharsets.US_ASCII), value);
            }
            return values;
        } catch (BufferUnderflowException e) {
            throw new SecureStoreException(Reason.CORRUPT, e);
        }
    }
}
