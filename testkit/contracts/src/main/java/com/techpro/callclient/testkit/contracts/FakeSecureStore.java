// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStorePort;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory that can be made to fail. A second one on the same {@link Disk} is what a restarted program finds, whether the first
 * was closed or not: a program that was killed closes nothing.
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
            disk.failIfTold(closed);
            byte[] value = disk.values.get(name);
            return value == null ? null : value.clone();
        }
    }

    @Override
    public Set<String> names() throws SecureStoreException {
        synchronized (disk) {
            disk.failIfTold(closed);
            return new HashSet<>(disk.values.keySet());
        }
    }

    @Override
    public void write(Map<String, byte @Nullable []> changes) throws SecureStoreException {
        changes.keySet().forEach(FakeSecureStore::check);
        synchronized (disk) {
            disk.failIfTold(closed);
            disk.checkSize(changes);
            disk.writes++;
            changes.forEach((name, value) -> {
                if (value == null) {
                    disk.values.remove(name);
                } else {
                    disk.values.put(name, value.clone());
                }
            });
        }
    }

    @Override
    public void erase() throws SecureStoreException {
        synchronized (disk) {
            disk.failIfTold(closed);
            disk.values.clear();
        }
    }

    @Override
    public void close() {
        synchronized (disk) {
            closed = true;
        }
    }

    private static void check(String name) {
        if (!name.matches("[a-z0-9.-]{1,64}")) {
            throw new IllegalArgumentException("a name is 1 to 64 of a-z, 0-9, dot and hyphen");
        }
    }

    /** What outlives the program. */
    public static final class Disk {
        private final Map<String, byte[]> values = new HashMap<>();
        private SecureStoreException.@Nullable Reason failure;
        private int writes;

        /** From now on every method fails with this reason; null ends it. */
        public synchronized void fail(SecureStoreException.@Nullable Reason reason) {
            failure = reason;
        }

        /** How many writes took effect. */
        public synchronized int writes() {
            return writes;
        }

        /** How many values there are. */
        public synchronized int size() {
            return values.size();
        }

        private void checkSize(Map<String, byte @Nullable []> changes) {
            Map<String, byte @Nullable []> after = new HashMap<>(values);
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

        private void failIfTold(boolean closed) throws SecureStoreException {
            if (closed) {
                throw new IllegalStateException("this store is closed");
            }
            if (failure != null) {
                throw new SecureStoreException(failure, null);
            }
        }
    }
}
