// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Samples, sealed with AES-GCM in pieces of a fixed length. Each piece is sealed once, so its number serves as the nonce. */
final class SealedChunks {
    /** Samples of a piece. */
    static final int SAMPLES = 2_000;

    private static final int TAG = 16;

    /** Bytes of a sealed piece. */
    static final int LENGTH = 2 * SAMPLES + TAG;

    private final byte[] key;
    private final Chunks chunks;
    private int count;
    private boolean erased;

    SealedChunks(byte[] key, Chunks chunks) {
        this.key = key;
        this.chunks = chunks;
    }

    /** For one thread. */
    void add(short[] samples, int length) throws IOException {
        ByteBuffer plain = ByteBuffer.allocate(2 * length);
        plain.asShortBuffer().put(samples, 0, length);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, count, plain.array());
        Arrays.fill(plain.array(), (byte) 0);
        chunks.add(sealed);
        count++;
    }

    /** From any thread. */
    short[] get(int index, int length) throws IOException {
        byte[] plain = crypt(Cipher.DECRYPT_MODE, index, chunks.get(index, 2 * length + TAG));
        short[] samples = new short[length];
        ByteBuffer.wrap(plain).asShortBuffer().get(samples);
        Arrays.fill(plain, (byte) 0);
        return samples;
    }

    void erase() {
        chunks.erase();
        synchronized (key) {
            erased = true;
            Arrays.fill(key, (byte) 0);
        }
    }

    private SecretKeySpec key() throws IOException {
        // A hand-off: what is erased is never used, not even half.
        synchronized (key) {
            if (erased) {
                throw new IOException("the cached message is gone");
            }
            return new SecretKeySpec(key, "AES");
        }
    }

    private byte[] crypt(int mode, int index, byte[] bytes) throws IOException {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            byte[] nonce = ByteBuffer.allocate(12).putInt(8, index).array();
            cipher.init(mode, key(), new GCMParameterSpec(8 * TAG, nonce));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IOException("the cached message cannot be read", e);
        }
    }
}
