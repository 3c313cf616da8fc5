// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.storage.SecureStorePort;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The secure store as one encrypted file in a directory of its own. Either the operating system's
 * keyring holds the key, or a passphrase yields it. The file records which, and is never opened the
 * other way.
 *
 * <p>A vault is opened by its first use, not by its constructor. That use reports errors, and the
 * next one tries again. It keeps the key in memory, but no value: each read decrypts the file and
 * checks whether it was changed. {@code docs/vault-format.md} describes the format,
 * {@link VaultSession} its use.
 */
public final class Vault implements SecureStorePort {
    private final VaultFiles files;
    private final KeyHolder holder;
    private final SecureRandom random;
    private final Object monitor = new Object();

    private @Nullable VaultLock lock;
    private @Nullable VaultSession session;
    private boolean closed;

    Vault(VaultFiles files, KeyHolder holder, SecureRandom random) {
        this.files = files;
        this.holder = holder;
        this.random = random;
    }

    /**
     * Returns a vault whose key is in the keyring: the Secret Service on Linux, the Keychain on
     * macOS, the Credential Manager on Windows. The user is not asked to unlock it.
     *
     * @param directory the vault's own; created if missing, and closed to everybody but its owner
     * @param service the service name of the entries; one vault per name
     */
    public static Vault withKeyring(Path directory, String service) {
        if (service.trim().isEmpty() || service.length() > 128) {
            throw new IllegalArgumentException("a service name is 1 to 128 characters");
        }
        return withKeyring(directory, SystemKeyring.of(System.getProperty("os.name", ""), service));
    }

    /**
     * Returns a vault whose key is in the host's own keyring, such as that of another platform.
     *
     * @param directory the vault's own; created if missing, and closed to everybody but its owner
     * @param keyring used for this vault only
     */
    public static Vault withKeyring(Path directory, Keyring keyring) {
        SecureRandom random = new SecureRandom();
        return new Vault(
                new VaultFiles(directory.toAbsolutePath(), DiskOperations.REAL),
                new KeyringHolder(keyring, random),
                random);
    }

    /**
     * Returns a vault with a key from a passphrase, and the generation in the same directory. It
     * detects an older copy of the vault file alone, but not one of the whole directory.
     * {@link #withPassphrase(Path, Path, Secret)} does better.
     */
    public static Vault withPassphrase(Path directory, Secret passphrase) {
        return withPassphrase(directory, directory, passphrase);
    }

    /**
     * Returns a vault with a key from a passphrase.
     *
     * @param directory the vault's own; created if missing, and closed to everybody but its owner
     * @param generationDirectory stores how often the vault was written, to detect an older copy;
     *     best a place that is not copied and restored together with the vault, and not used by
     *     another vault
     * @param passphrase is copied; the caller may wipe its own
     */
    public static Vault withPassphrase(Path directory, Path generationDirectory, Secret passphrase) {
        SecureRandom random = new SecureRandom();
        GenerationFile generation =
                new GenerationFile(new VaultFiles(generationDirectory.toAbsolutePath(), DiskOperations.REAL));
        return new Vault(
                new VaultFiles(directory.toAbsolutePath(), DiskOperations.REAL),
                new PassphraseHolder(passphrase, generation, Argon2Cost.FLOOR, random, System::nanoTime),
                random);
    }

    @Override
    public byte @Nullable [] read(String name) throws SecureStoreException {
        VaultBody.checkName(name);
        Optional<byte[]> read = perform(open -> {
            Map<String, byte[]> values = open.values();
            Optional<byte[]> value = Optional.ofNullable(values.remove(name));
            values.values().forEach(KeyHolder::wipe);
            return value;
        });
        return read.orElse(null);
    }

    @Override
    public Set<String> names() throws SecureStoreException {
        return perform(open -> {
            Map<String, byte[]> values = open.values();
            values.values().forEach(KeyHolder::wipe);
            return new TreeSet<>(values.keySet());
        });
    }

    @Override
    public void write(Map<String, byte @Nullable []> changes) throws SecureStoreException {
        Map<String, byte @Nullable []> copy = new HashMap<>();
        try {
            // In here: an invalid name may follow values that were copied.
            changes.forEach((name, value) -> {
                VaultBody.checkName(name);
                copy.put(name, value == null ? null : value.clone());
            });
            perform(open -> {
                Map<String, byte[]> values = new TreeMap<>(open.values());
                copy.forEach((name, value) -> {
                    KeyHolder.wipe(value == null ? values.remove(name) : values.put(name, value));
                });
                try {
                    VaultBody.checkSize(values);
                    open.replace(values);
                    return values.size();
                } finally {
                    values.values().forEach(KeyHolder::wipe);
                }
            });
        } finally {
            copy.values().forEach(KeyHolder::wipe);
        }
    }

    @Override
    public void erase() throws SecureStoreException {
        synchronized (monitor) {
            requireOpen();
            uninterrupted(() -> {
                takeLock();
                endSession();
                VaultErasure.begin(files);
                try (KeyHolder.Access access = holder.access()) {
                    VaultErasure.finish(files, access);
                    return true;
                }
            });
        }
    }

    @Override
    public void close() {
        synchronized (monitor) {
            closed = true;
            endSession();
            if (lock != null) {
                lock.close();
                lock = null;
            }
            holder.close();
        }
    }

    @Override
    public String toString() {
        return "Vault[" + holder + "]";
    }

    private interface Step<T> {
        T on(VaultSession session) throws SecureStoreException;
    }

    private interface Work<T> {
        T run() throws SecureStoreException;
    }

    private <T> T perform(Step<T> step) throws SecureStoreException {
        synchronized (monitor) {
            requireOpen();
            return uninterrupted(() -> {
                try {
                    return step.on(session());
                } catch (SecureStoreException e) {
                    // Whatever it was, the next use starts afresh.
                    endSession();
                    throw e;
                } catch (RuntimeException | Error e) {
                    endSession();
                    throw e;
                }
            });
        }
    }

    /**
     * An interrupt would close a file's channel in the middle; it is restored for the caller
     * afterwards. Too little memory is a reason.
     */
    private static <T> T uninterrupted(Work<T> work) throws SecureStoreException {
        boolean interrupted = Thread.interrupted();
        try {
            return work.run();
        } catch (OutOfMemoryError e) {
            // Deriving the key takes 64 MiB at once: a small heap cannot do it, and is otherwise
            // sound.
            throw new SecureStoreException(Reason.FAILED, null);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private VaultSession session() throws SecureStoreException {
        VaultSession open = session;
        if (open == null) {
            boolean locked = lock != null;
            takeLock();
            try {
                open = VaultSession.open(files, holder, random);
            } catch (SecureStoreException | RuntimeException | Error e) {
                if (!locked) {
                    releaseLock();
                }
                throw e;
            }
            session = open;
        }
        return open;
    }

    private void takeLock() throws SecureStoreException {
        if (lock == null) {
            files.prepare();
            lock = VaultLock.take(files);
        }
    }

    private void releaseLock() {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }

    private void endSession() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this store is closed");
        }
    }
}
