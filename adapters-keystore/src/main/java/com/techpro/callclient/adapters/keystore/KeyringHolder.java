// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The operating system's keyring holds a random key, and the generation beside it. */
final class KeyringHolder implements KeyHolder {
    static final String KEY = "vault-key";
    static final String GENERATION = "vault-generation";

    private static final int KEY_LENGTH = 32;

    private final Keyring keyring;
    private final SecureRandom random;

    KeyringHolder(Keyring keyring, SecureRandom random) {
        this.keyring = keyring;
        this.random = random;
    }

    @Override
    public Reason wrongKey() {
        return Reason.KEY_MISSING;
    }

    @Override
    public Access access() throws SecureStoreException {
        return new KeyringAccess(keyring.open());
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "keyring";
    }

    private final class KeyringAccess implements Access {
        private final Keyring.Session session;

        KeyringAccess(Keyring.Session session) {
            this.session = session;
        }

        @Override
        public byte[] keyOf(VaultHeader header) throws SecureStoreException {
            byte[] key = header.holder() == VaultHeader.Holder.KEYRING ? readKey() : null;
            if (key == null) {
                throw new SecureStoreException(Reason.KEY_MISSING, null);
            }
            return key;
        }

        @Override
        public NewKey newKey() throws SecureStoreException {
            // An existing key stays: its file may be on a disk that is not mounted just now.
            byte[] key = readKey();
            if (key == null) {
                key = new byte[KEY_LENGTH];
                random.nextBytes(key);
                char[] text = text(key);
                try {
                    session.put(KEY, text);
                } finally {
                    Arrays.fill(text, '\0');
                }
            }
            VaultHeader header =
                    new VaultHeader(VaultHeader.Holder.KEYRING, Argon2Cost.NONE, new byte[VaultHeader.SALT_LENGTH], 0);
            return new NewKey(key, header);
        }

        @Override
        public OptionalLong generation(byte @Nullable [] key) throws SecureStoreException {
            char[] text = session.get(GENERATION);
            if (text == null) {
                return OptionalLong.empty();
            }
            try {
                return OptionalLong.of(Long.parseLong(new String(text)));
            } catch (NumberFormatException e) {
                throw new SecureStoreException(Reason.CORRUPT, Redacted.of(e));
            }
        }

        @Override
        public void remember(long generation, byte[] key) throws SecureStoreException {
            session.put(GENERATION, Long.toString(generation).toCharArray());
        }

        @Override
        public void destroy() throws SecureStoreException {
            session.remove(KEY);
            session.remove(GENERATION);
        }

        @Override
        public void close() {
            session.close();
        }

        private byte @Nullable [] readKey() throws SecureStoreException {
            char[] text = session.get(KEY);
            if (text == null) {
                return null;
            }
            ByteBuffer ascii = StandardCharsets.US_ASCII.encode(CharBuffer.wrap(text));
            byte[] encoded = new byte[ascii.remaining()];
            ascii.get(encoded);
            try {
                byte[] key = Base64.getDecoder().decode(encoded);
                if (key.length != KEY_LENGTH) {
                    KeyHolder.wipe(key);
                    throw new SecureStoreException(Reason.CORRUPT, null);
                }
                return key;
            } catch (IllegalArgumentException e) {
                throw new SecureStoreException(Reason.CORRUPT, Redacted.of(e));
            } finally {
                Arrays.fill(text, '\0');
                KeyHolder.wipe(encoded);
                KeyHolder.wipe(ascii.array());
            }
        }

        private char[] text(byte[] key) {
            byte[] encoded = Base64.getEncoder().encode(key);
            char[] text = new char[encoded.length];
            for (int i = 0; i < encoded.length; i++) {
                text[i] = (char) encoded[i];
            }
            KeyHolder.wipe(encoded);
            return text;
        }
    }
}
