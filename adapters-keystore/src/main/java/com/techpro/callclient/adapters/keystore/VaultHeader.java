// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The clear text at the start of a vault file: the kind of key holder, and how often the file was
 * written. The following encryption authenticates all of it. {@code docs/vault-format.md} has the
 * layout.
 *
 * @param holder the holder of the key-encrypting key
 * @param cost of deriving it; {@link Argon2Cost#NONE} if it is not derived
 * @param salt 16 bytes, zero if the key is not derived
 * @param generation 1 at the first write, one more at each
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole, and its salt is no secret
record VaultHeader(Holder holder, Argon2Cost cost, byte[] salt, long generation) {
    static final int VERSION = 1;
    static final int SALT_LENGTH = 16;
    /**
     * The part that does not depend on the data key, authenticated by the wrapping of the data key.
     */
    static final int PREFIX_LENGTH = 48;

    // A changed line end or a stripped eighth bit shows at once, as in PNG.
    private static final byte[] MAGIC = {(byte) 0x89, 'C', 'C', 'V', '\r', '\n', 0x1a, '\n'};
    private static final byte ARGON2ID = 1;

    enum Holder {
        KEYRING((byte) 1),
        PASSPHRASE((byte) 2);

        private final byte code;

        Holder(byte code) {
            this.code = code;
        }
    }

    byte[] prefix() {
        return ByteBuffer.allocate(PREFIX_LENGTH)
                .put(MAGIC)
                .putShort((short) VERSION)
                .put(holder.code)
                .put(holder == Holder.PASSPHRASE ? ARGON2ID : 0)
                .putInt(cost.memoryKib())
                .putInt(cost.iterations())
                .putInt(cost.lanes())
                .put(salt)
                .putLong(generation)
                .array();
    }

    /**
     * Reads the prefix. Reports a newer version before reading other fields, whose position may
     * have changed.
     */
    static VaultHeader parse(byte[] file) throws SecureStoreException {
        if (file.length < MAGIC.length + 2 || !MessageDigest.isEqual(Arrays.copyOf(file, MAGIC.length), MAGIC)) {
            throw corrupt();
        }
        ByteBuffer in = ByteBuffer.wrap(file, MAGIC.length, file.length - MAGIC.length);
        int version = Short.toUnsignedInt(in.getShort());
        if (version > VERSION) {
            throw new SecureStoreException(Reason.TOO_NEW, null);
        }
        if (version != VERSION || file.length < PREFIX_LENGTH) {
            throw corrupt();
        }
        byte holderCode = in.get();
        byte derivation = in.get();
        Argon2Cost cost = new Argon2Cost(in.getInt(), in.getInt(), in.getInt());
        byte[] salt = new byte[SALT_LENGTH];
        in.get(salt);
        long generation = in.getLong();
        if (generation < 1) {
            throw corrupt();
        }
        if (holderCode == Holder.KEYRING.code && derivation == 0 && cost.equals(Argon2Cost.NONE)) {
            return new VaultHeader(Holder.KEYRING, cost, salt, generation);
        }
        if (holderCode == Holder.PASSPHRASE.code && derivation == ARGON2ID && cost.isSane()) {
            return new VaultHeader(Holder.PASSPHRASE, cost, salt, generation);
        }
        throw corrupt();
    }

    private static SecureStoreException corrupt() {
        return new SecureStoreException(Reason.CORRUPT, null);
    }
}
