// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Stores the generation without a keyring: a small file that nobody without the key can write or
 * advance.
 */
final class GenerationFile {
    static final String NAME = "vault.generation";

    private static final byte[] MAGIC = {'C', 'C', 'V', 'G'};
    private static final short VERSION = 1;
    private static final int SIGNED_LENGTH = MAGIC.length + Short.BYTES + Long.BYTES;
    private static final int LENGTH = SIGNED_LENGTH + 32;
    private static final byte[] PURPOSE = "callclient vault generation 1".getBytes(StandardCharsets.US_ASCII);

    private final VaultFiles files;

    GenerationFile(VaultFiles files) {
        this.files = files;
    }

    OptionalLong read(byte @Nullable [] key) throws SecureStoreException {
        files.prepare();
        files.sweep(NAME);
        byte[] bytes = files.read(NAME, LENGTH);
        if (bytes == null) {
            return OptionalLong.empty();
        }
        if (bytes.length < SIGNED_LENGTH || !Arrays.equals(Arrays.copyOf(bytes, MAGIC.length), MAGIC)) {
            throw new SecureStoreException(Reason.CORRUPT, null);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, MAGIC.length, bytes.length - MAGIC.length);
        if (Short.toUnsignedInt(in.getShort()) > VERSION) {
            throw new SecureStoreException(Reason.TOO_NEW, null);
        }
        long generation = in.getLong();
        if (generation < 0
                || bytes.length != LENGTH
                || (key != null && !MessageDigest.isEqual(bytes, signed(generation, key)))) {
            throw new SecureStoreException(Reason.CORRUPT, null);
        }
        return OptionalLong.of(generation);
    }

    void write(long generation, byte[] key) throws SecureStoreException {
        files.prepare();
        files.replace(NAME, signed(generation, key));
    }

    void delete() throws SecureStoreException {
        files.prepare();
        files.delete(NAME);
    }

    private static byte[] signed(long generation, byte[] key) {
        ByteBuffer out =
                ByteBuffer.allocate(LENGTH).put(MAGIC).putShort(VERSION).putLong(generation);
        byte[] macKey = mac(key, PURPOSE, PURPOSE.length);
        byte[] tag = mac(macKey, out.array(), SIGNED_LENGTH);
        KeyHolder.wipe(macKey);
        return out.put(tag).array();
    }

    private static byte[] mac(byte[] key, byte[] message, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(message, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
