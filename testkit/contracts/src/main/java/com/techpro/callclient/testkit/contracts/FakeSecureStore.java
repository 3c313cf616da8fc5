// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStorePort;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
            disk.check(this);
            byte[] value = disk.values.get(name);
            return value == null ? null : value.clone();
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
                    disk.values.put(name, value.clone());
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

    /** What outlives the program. */
    public static final class Disk {
        private final Map<String, byte[]> values = new HashMap<>();
        private SecureStoreException.@Nullable Reason failure;
        private int writes;
        private long generation;
        private long newest;
        private boolean damaged;
        private boolean exclusive;
        private @Nullable FakeSecureStore user;

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

        /** From now on one store at a time uses it, until that is closed. A killed program closes nothing: not for tests of that. */
        public synchronized void excludeOthers() {
            exclusive = true;
        }

        /** Changes a little of what is on it, so that it is refused until it is erased. */
        public synchronized void tamper() {
            damaged = true;
        }

        /** Takes a copy of it; running the result puts that back. The platform knows how many changes there were, as with a real store. */
        public synchronized Runnable copy() {
            Map<String, byte[]> copied = new HashMap<>(values);
            long number = generation;
            return () -> putBack(copied, number);
        }

        private synchronized void putBack(Map<String, byte[]> copied, long number) {
            values.clear();
            values.putAll(copied);
            generation = number;
            damaged = false;
        }

        /** What an observer of the device sees: a checksum of each value, in no order that says anything, and the damage. */
        public synchronized byte[] remains() {
            StringBuilder seen = new StringBuilder();
            values.forEach((name, value) ->
                    seen.append(name.hashCode() * 31 + Arrays.hashCode(value)).append(' '));
            return seen.append(damaged ? "damaged" : "").toString().getBytes(StandardCharsets.UTF_8);
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
