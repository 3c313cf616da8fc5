// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The bytes of a vault file: header, wrapped data key, encrypted body. Pure functions;
 * {@code docs/vault-format.md} has the layout.
 *
 * <p>Each write has its own data key and nonces. So no key ever encrypts two bodies, and the
 * key-encrypting key encrypts 48 bytes per write.
 */
final class VaultFormat {
    static final int HEADER_LENGTH = 156;
    static final int MOST_FILE_LENGTH = HEADER_LENGTH + VaultBody.MOST_LENGTH + VaultFormat.TAG_LENGTH;

    private static final int KEY_LENGTH = 32;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_LENGTH = 16;
    private static final int WRAPPED_LENGTH = KEY_LENGTH + TAG_LENGTH;
    private static final int WRAP_NONCE_AT = VaultHeader.PREFIX_LENGTH;
    private static final int WRAPPED_AT = WRAP_NONCE_AT + NONCE_LENGTH;
    private static final int BODY_NONCE_AT = WRAPPED_AT + WRAPPED_LENGTH;
    private static final int BODY_LENGTH_AT = BODY_NONCE_AT + NONCE_LENGTH;
    private static final int CHECKSUM_AT = BODY_LENGTH_AT + Integer.BYTES;

    private VaultFormat() {}

    static byte[] seal(VaultHeader header, byte[] keyEncryptingKey, Map<String, byte[]> values, SecureRandom random) {
        byte[] dataKey = new byte[KEY_LENGTH];
        random.nextBytes(dataKey);
        byte[] plain = VaultBody.encode(values);
        try {
            byte[] prefix = header.prefix();
            byte[] wrapNonce = nonce(random);
            byte[] bodyNonce = nonce(random);
            byte[] wrapped = crypt(Cipher.ENCRYPT_MODE, keyEncryptingKey, wrapNonce, prefix, dataKey, 0, KEY_LENGTH);
            ByteBuffer head = ByteBuffer.allocate(HEADER_LENGTH)
                    .put(prefix)
                    .put(wrapNonce)
                    .put(wrapped)
                    .put(bodyNonce)
                    .putInt(plain.length + TAG_LENGTH);
            head.put(checksum(head.array()));
            byte[] body = crypt(Cipher.ENCRYPT_MODE, dataKey, bodyNonce, head.array(), plain, 0, plain.length);
            return ByteBuffer.allocate(HEADER_LENGTH + body.length)
                    .put(head.array())
                    .put(body)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        } finally {
            Arrays.fill(dataKey, (byte) 0);
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * Reads the header without a key. It detects accidental damage, so that afterwards a failing
     * key means a different key.
     */
    static VaultHeader header(byte[] file) throws SecureStoreException {
        VaultHeader header = VaultHeader.parse(file);
        if (file.length < HEADER_LENGTH
                || !MessageDigest.isEqual(
                        checksum(file), Arrays.copyOfRange(file, CHECKSUM_AT, CHECKSUM_AT + checksumLength()))
                || ByteBuffer.wrap(file).getInt(BODY_LENGTH_AT) != file.length - HEADER_LENGTH
                || file.length < HEADER_LENGTH + TAG_LENGTH) {
            throw new SecureStoreException(Reason.CORRUPT, null);
        }
        return header;
    }

    /**
     * Decrypts a file whose {@link #header} was read.
     *
     * @param wrongKey the reason to report if the data key was wrapped with another key
     */
    static Map<String, byte[]> open(byte[] file, byte[] keyEncryptingKey, Reason wrongKey) throws SecureStoreException {
        byte[] dataKey;
        try {
            dataKey = crypt(
                    Cipher.DECRYPT_MODE,
                    keyEncryptingKey,
                    Arrays.copyOfRange(file, WRAP_NONCE_AT, WRAPPED_AT),
                    Arrays.copyOf(file, VaultHeader.PREFIX_LENGTH),
                    file,
                    WRAPPED_AT,
                    WRAPPED_LENGTH);
        } catch (GeneralSecurityException e) {
            throw new SecureStoreException(wrongKey, e);
        }
        try {
            byte[] plain = crypt(
                    Cipher.DECRYPT_MODE,
                    dataKey,
                    Arrays.copyOfRange(file, BODY_NONCE_AT, BODY_LENGTH_AT),
                    Arrays.copyOf(file, HEADER_LENGTH),
                    file,
                    HEADER_LENGTH,
                    file.length - HEADER_LENGTH);
            try {
                return VaultBody.decode(plain);
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        } catch (GeneralSecurityException e) {
            throw new SecureStoreException(Reason.CORRUPT, e);
        } finally {
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    private static byte[] crypt(int mode, byte[] key, byte[] nonce, byte[] aad, byte[] in, int offset, int length)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_LENGTH * 8, nonce));
        cipher.updateAAD(aad);
        return cipher.doFinal(in, offset, length);
    }

    private static byte[] nonce(SecureRandom random) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        return nonce;
    }

    private static int checksumLength() {
        return HEADER_LENGTH - CHECKSUM_AT;
    }

    private static byte[] checksum(byte[] head) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(head, 0, CHECKSUM_AT);
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
