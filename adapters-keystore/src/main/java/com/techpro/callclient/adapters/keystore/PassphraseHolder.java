// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.nio.CharBuffer;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Derives the key from a passphrase by Argon2id. The generation is in a separate file,
 * authenticated with that key. The key is derived once per salt and kept until the store is closed,
 * because deriving it takes most of a second.
 */
final class PassphraseHolder implements KeyHolder {
    /** Below U+0300 every text is in NFC (Unicode Standard Annex 15, §9). */
    private static final char FIRST_TO_COMPOSE = 0x300;

    private final Secret passphrase;
    private final GenerationFile generation;
    private final Argon2Cost floor;
    private final SecureRandom random;
    private final LongSupplier nanoTime;

    private byte @Nullable [] derived;
    private @Nullable VaultHeader derivedFor;

    PassphraseHolder(
            Secret passphrase,
            GenerationFile generation,
            Argon2Cost floor,
            SecureRandom random,
            LongSupplier nanoTime) {
        this.passphrase = passphrase.use(SecretAccess.forKeyDerivation(), characters -> {
            if (characters.length == 0) {
                throw new IllegalArgumentException("an empty passphrase protects nothing");
            }
            return Secret.of(characters);
        });
        this.generation = generation;
        this.floor = floor;
        this.random = random;
        this.nanoTime = nanoTime;
    }

    @Override
    public Reason wrongKey() {
        return Reason.WRONG_PASSPHRASE;
    }

    @Override
    public Access access() {
        return new PassphraseAccess();
    }

    @Override
    public void close() {
        passphrase.wipe();
        forget();
    }

    @Override
    public String toString() {
        return "passphrase";
    }

    private byte[] derive(VaultHeader header) {
        byte[] known = derived;
        if (known != null && derivedFor != null && sameDerivation(header, derivedFor)) {
            return known.clone();
        }
        byte[] key = passphrase.use(SecretAccess.forKeyDerivation(), characters -> {
            byte[] utf8 = utf8(characters);
            try {
                return header.cost().derive(utf8, header.salt());
            } finally {
                KeyHolder.wipe(utf8);
            }
        });
        forget();
        derived = key.clone();
        derivedFor = header;
        return key;
    }

    private void forget() {
        KeyHolder.wipe(derived);
        derived = null;
        derivedFor = null;
    }

    private static boolean sameDerivation(VaultHeader one, VaultHeader other) {
        return one.cost().equals(other.cost()) && Arrays.equals(one.salt(), other.salt());
    }

    /**
     * In NFC, as in RFC 8265 §4.2.2: a keyboard on another system may compose letters differently.
     */
    private static byte[] utf8(char[] characters) {
        CharBuffer text = CharBuffer.wrap(characters);
        // A normalizer creates a string, which nobody could overwrite.
        if (text.chars().anyMatch(character -> character >= FIRST_TO_COMPOSE)) {
            text = CharBuffer.wrap(Normalizer.normalize(text, Normalizer.Form.NFC));
        }
        Secret normal = Secret.of(text);
        try {
            return normal.useUtf8(SecretAccess.forKeyDerivation(), byte[]::clone);
        } finally {
            normal.wipe();
        }
    }

    private final class PassphraseAccess implements Access {
        @Override
        public byte[] keyOf(VaultHeader header) throws SecureStoreException {
            if (header.holder() != VaultHeader.Holder.PASSPHRASE) {
                throw new SecureStoreException(Reason.WRONG_PASSPHRASE, null);
            }
            if (!header.cost().isAtLeast(floor)) {
                throw new SecureStoreException(Reason.CORRUPT, null); // no vault was ever written that cheaply
            }
            if (!header.cost().isAffordable(floor, () -> Argon2Cost.calibrated(floor, nanoTime))) {
                throw new SecureStoreException(Reason.CORRUPT, null); // nor at that cost
            }
            return derive(header);
        }

        @Override
        public NewKey newKey() {
            byte[] salt = new byte[VaultHeader.SALT_LENGTH];
            random.nextBytes(salt);
            VaultHeader header =
                    new VaultHeader(VaultHeader.Holder.PASSPHRASE, Argon2Cost.calibrated(floor, nanoTime), salt, 0);
            return new NewKey(derive(header), header);
        }

        @Override
        public OptionalLong generation(byte @Nullable [] key) throws SecureStoreException {
            return generation.read(key);
        }

        @Override
        public void remember(long count, byte[] key) throws SecureStoreException {
            generation.write(count, key);
        }

        @Override
        public void destroy() throws SecureStoreException {
            forget();
            generation.delete();
        }

        @Override
        public void close() {}
    }
}
