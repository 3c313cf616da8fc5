// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An opened vault: the key, and the generation that the file must have. The caller holds the lock.
 *
 * <p>A write first replaces the file, and then remembers its generation. So a sound file has the
 * remembered generation, or a later one if the program ended between the two. An earlier one means
 * that somebody restored an older copy. Remembering first would make each crash look like that.
 */
final class VaultSession implements AutoCloseable {
    static final String FILE = "vault";

    private final VaultFiles files;
    private final KeyHolder holder;
    private final SecureRandom random;

    // Both null until the first write of an empty store.
    private byte @Nullable [] key;
    private @Nullable VaultHeader header;

    private VaultSession(VaultFiles files, KeyHolder holder, SecureRandom random) {
        this.files = files;
        this.holder = holder;
        this.random = random;
    }

    static VaultSession open(VaultFiles files, KeyHolder holder, SecureRandom random) throws SecureStoreException {
        files.sweep(FILE, VaultErasure.MARK);
        VaultSession session = new VaultSession(files, holder, random);
        if (VaultErasure.hasBegun(files)) {
            files.delete(FILE);
            try (KeyHolder.Access access = holder.access()) {
                VaultErasure.finish(files, access);
            }
            return session;
        }
        byte[] file = session.file();
        // Before the key is requested: errors in the file do not depend on the keyring.
        VaultHeader found = file == null ? null : VaultFormat.header(file);
        try (KeyHolder.Access access = holder.access()) {
            if (file == null || found == null) {
                session.expectNoFile(access);
            } else {
                session.unlock(file, found, access);
            }
            return session;
        } catch (SecureStoreException | RuntimeException | Error e) {
            session.close();
            throw e;
        }
    }

    /** Returns the file's present values. The caller wipes them. */
    Map<String, byte[]> values() throws SecureStoreException {
        byte[] file = file();
        byte[] known = key;
        VaultHeader expected = header;
        if (known == null || expected == null) {
            if (file != null) {
                throw new SecureStoreException(Reason.CORRUPT, null); // we hold the lock, and wrote none
            }
            return new TreeMap<>();
        }
        if (file == null) {
            throw new SecureStoreException(Reason.ROLLED_BACK, null);
        }
        VaultHeader found = VaultFormat.header(file);
        if (!sameKey(found, expected) || found.generation() > expected.generation()) {
            throw new SecureStoreException(Reason.CORRUPT, null);
        }
        Map<String, byte[]> values = VaultFormat.open(file, known, holder.wrongKey());
        if (found.generation() < expected.generation()) {
            values.values().forEach(KeyHolder::wipe);
            throw new SecureStoreException(Reason.ROLLED_BACK, null);
        }
        return values;
    }

    void replace(Map<String, byte[]> values) throws SecureStoreException {
        // Requested before the file is changed: if the keyring was locked meanwhile, nothing is
        // written at all.
        try (KeyHolder.Access access = holder.access()) {
            byte[] known = key;
            VaultHeader last = header;
            if (known == null || last == null) {
                KeyHolder.NewKey made = access.newKey();
                known = made.key();
                key = known; // so that it is wiped, whatever happens now
                last = made.header();
                access.remember(0, known);
            } else {
                catchUp(access.generation(known), last.generation(), known, access);
            }
            VaultHeader next = new VaultHeader(last.holder(), last.cost(), last.salt(), last.generation() + 1);
            files.replace(FILE, VaultFormat.seal(next, known, values, random));
            header = next;
            access.remember(next.generation(), known);
        }
    }

    @Override
    public void close() {
        KeyHolder.wipe(key);
        key = null;
        header = null;
    }

    private byte @Nullable [] file() throws SecureStoreException {
        return files.read(FILE, VaultFormat.MOST_FILE_LENGTH);
    }

    /** A store that was written once has a file, unless somebody removes it. */
    private void expectNoFile(KeyHolder.Access access) throws SecureStoreException {
        OptionalLong remembered = access.generation(null);
        if (remembered.isPresent() && remembered.getAsLong() > 0) {
            throw new SecureStoreException(Reason.ROLLED_BACK, null);
        }
    }

    private void unlock(byte[] file, VaultHeader found, KeyHolder.Access access) throws SecureStoreException {
        byte[] candidate = access.keyOf(found);
        key = candidate;
        VaultFormat.open(file, candidate, holder.wrongKey()).values().forEach(KeyHolder::wipe);
        catchUp(access.generation(candidate), found.generation(), candidate, access);
        header = found;
    }

    private static void catchUp(OptionalLong remembered, long inFile, byte[] key, KeyHolder.Access access)
            throws SecureStoreException {
        // A first write remembers zero before it creates the file. If nothing is remembered,
        // somebody deleted it.
        if (!remembered.isPresent() || inFile < remembered.getAsLong()) {
            throw new SecureStoreException(Reason.ROLLED_BACK, null);
        }
        if (inFile > remembered.getAsLong()) {
            access.remember(inFile, key);
        }
    }

    private static boolean sameKey(VaultHeader one, VaultHeader other) {
        return one.holder() == other.holder()
                && one.cost().equals(other.cost())
                && Arrays.equals(one.salt(), other.salt());
    }
}
