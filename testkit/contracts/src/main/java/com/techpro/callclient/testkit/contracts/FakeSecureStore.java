// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStorePort;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory that can be made to fail. Another instance on the same {@link Disk} finds what
 * a restarted program would. The first need not be closed: a killed program closes nothing.
 */
public final class FakeSecureStore implements SecureStorePort {
    private static final int MOST_BYTES = 8 << 20;
    private static final int MOST_NAMES = 65_536;

    private final Disk disk;
    private boolean closed;

    public FakeSecureStore() {
        this(new Disk());
    }

    public FakeSecureStore(Disk disk) {
        this.disk = disk;
    }

    public Disk disk() {
        return disk;
    }

    @Override
    public byte @Nullable [] read(String name) throws SecureStoreException {
        check(name);
        synchronized (disk) {
            disk.check(this);
            Entry entry = disk.values.get(name);
            return entry == null ? null : entry.value.clone();
        }
    }

    @Override
    public Set<String> names() throws SecureStoreException {
        synchronized (disk) {
            disk.check(this);
            return new HashSet<>(disk.values.keySet());
        }
    }

    @Override
    public void write(Map<String, byte @Nullable []> changes) throws SecureStoreException {
        changes.keySet().forEach(FakeSecureStore::check);
        synchronized (disk) {
            disk.check(this);
            disk.checkSize(changes);
            disk.writes++;
            disk.newest = ++disk.generation;
            changes.forEach((name, value) -> {
                if (value == null) {
                    disk.values.remove(name);
                } else {
                    disk.values.put(name, new Entry(value.clone(), disk.generation));
                }
            });
        }
    }

    @Override
    public void erase() throws SecureStoreException {
        synchronized (disk) {
            disk.checkUse(this);
            disk.values.clear();
            disk.damaged = false;
            disk.newest = ++disk.generation;
        }
    }

    @Override
    public void close() {
        synchronized (disk) {
            closed = true;
            if (disk.user == this) {
                disk.user = null;
            }
        }
    }

    private static void check(String name) {
        if (!name.matches("[a-z0-9.-]{1,64}")) {
            throw new IllegalArgumentException("a name is 1 to 64 of a-z, 0-9, dot and hyphen");
        }
    }

    /** A value, and the number of its write. */
    private static final class Entry {
        final byte[] value;
        final long generation;

        Entry(byte[] value, long generation) {
            this.value = value;
            this.generation = generation;
        }
    }

    /** The data that outlives the program. */
    public static final class Disk {
        private static final SecretKeySpec KEY = new SecretKeySpec(new byte[16], "AES");

        private final Map<String, Entry> values = new HashMap<>();
        private SecureStoreException.@Nullable Reason failure;
        private int writes;
        private long generation;
        private long newest;
        private boolean damaged;
        private boolean exclusive;
        private @Nullable FakeSecureStore user;

        /** Makes every method fail with this reason from now on; null ends it. */
        public synchronized void fail(SecureStoreException.@Nullable Reason reason) {
            failure = reason;
        }

        /** Returns how many writes took effect. */
        public synchronized int writes() {
            return writes;
        }

        /** Returns the number of values. */
        public synchronized int size() {
            return values.size();
        }

        /**
         * Allows only one open store at a time from now on. Not for tests of a killed program,
         * which closes nothing.
         */
        public synchronized void excludeOthers() {
            exclusive = true;
        }

        /** Damages its contents, so that stores refuse it until it is erased. */
        public synchronized void tamper() {
            damaged = true;
        }

        /**
         * Takes a copy; running the result restores it. As with a real store, the platform knows
         * the number of changes.
         */
        public synchronized Runnable copy() {
            Map<String, Entry> copied = new HashMap<>(values);
            long number = generation;
            return () -> putBack(copied, number);
        }

        private synchronized void putBack(Map<String, Entry> copied, long number) {
            values.clear();
            values.putAll(copied);
            generation = number;
            damaged = false;
        }

        /**
         * Returns what an observer of the device sees: encrypted data, differently for each write,
         * and the damage.
         */
        public synchronized byte[] remains() {
            ByteArrayOutputStream seen = new ByteArrayOutputStream();
            values.forEach((name, entry) -> {
                seen.writeBytes(encrypted(name.getBytes(StandardCharsets.UTF_8), 2 * entry.generation));
                seen.writeBytes(encrypted(entry.value, 2 * entry.generation + 1));
            });
            seen.writeBytes((damaged ? "damaged" : "").getBytes(StandardCharsets.UTF_8));
            return seen.toByteArray();
        }

        /** Only for the contract kit: the key is no secret. */
        private static byte[] encrypted(byte[] bytes, long number) {
            try {
                Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
                byte[] counter = ByteBuffer.allocate(16).putLong(number).array();
                cipher.init(Cipher.ENCRYPT_MODE, KEY, new IvParameterSpec(counter));
                return cipher.doFinal(bytes);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private void checkSize(Map<String, byte @Nullable []> changes) {
            Map<String, byte @Nullable []> after = new HashMap<>();
            values.forEach((name, entry) -> after.put(name, entry.value));
            after.putAll(changes);
            after.values().removeIf(Objects::isNull);
            long total = after.values().stream()
                    .filter(Objects::nonNull)
                    .mapToLong(value -> value.length)
                    .sum();
            if (total > MOST_BYTES || after.size() > MOST_NAMES) {
                throw new IllegalArgumentException("values are 8 MiB together at most, under 65,536 names");
            }
        }

        private void checkUse(FakeSecureStore store) throws SecureStoreException {
            if (store.closed) {
                throw new IllegalStateException("this store is closed");
            }
            if (failure != null) {
                throw new SecureStoreException(failure, null);
            }
            if (exclusive && user != null && user != store) {
                throw new SecureStoreException(SecureStoreException.Reason.IN_USE, null);
            }
            user = store;
        }

        private void check(FakeSecureStore store) throws SecureStoreException {
            checkUse(store);
            if (damaged) {
                throw new SecureStoreException(SecureStoreException.Reason.CORRUPT, null);
            }
            if (generation < newest) {
                throw new SecureStoreException(SecureStoreException.Reason.ROLLED_BACK, null);
            }
        }
    }
}
