// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.store;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The user's stored values, for owners on the loop. A worker reads and writes one after the other;
 * results return to the loop. Writes that arrive during another write are combined into the next
 * one, which is atomic. A failed write is retried with the next write and by {@link #retry}; until
 * then {@link #read} returns its value.
 */
public final class UserStore {
    private final EngineLoop loop;
    private final Executor worker;
    private final SecureStorePort port;
    private final Map<StoredName, Value> unsaved = new EnumMap<>(StoredName.class);
    private List<Consumer<SecureStoreException.@Nullable Reason>> waiting = new ArrayList<>();
    private boolean writing;

    /**
     * @param worker runs one task at a time, in order
     */
    public UserStore(EngineLoop loop, Executor worker, SecureStorePort port) {
        this.loop = loop;
        this.worker = worker;
        this.port = port;
    }

    /** Reads a value: the latest given to {@link #write}, whether or not it was stored. */
    public void read(StoredName name, Consumer<Stored> then) {
        loop.assertOnLoop();
        Value newest = unsaved.get(name);
        if (newest != null) {
            Stored known = new Stored.Found(copy(newest.bytes));
            loop.execute(() -> then.accept(known));
            return;
        }
        worker.execute(() -> {
            Stored stored = readNow(name);
            loop.execute(() -> {
                Value written = unsaved.get(name);
                then.accept(written == null ? stored : new Stored.Found(copy(written.bytes)));
            });
        });
    }

    /**
     * Reads everything, as {@link #read} would.
     *
     * @param then receives the values by name, or why they cannot be read
     */
    public void readAll(Contents then) {
        loop.assertOnLoop();
        worker.execute(() -> {
            Map<String, byte[]> values = new HashMap<>();
            SecureStoreException.@Nullable Reason reason = outcomeOf(() -> {
                for (String name : port.names()) {
                    byte[] value = port.read(name);
                    if (value != null) {
                        values.put(name, value);
                    }
                }
            });
            loop.execute(() -> {
                unsaved.forEach((name, value) -> {
                    byte[] newest = copy(value.bytes);
                    if (newest == null) {
                        values.remove(name.text());
                    } else {
                        values.put(name.text(), newest);
                    }
                });
                then.read(values, reason);
            });
        });
    }

    /**
     * Replaces a value.
     *
     * @param value null removes it
     * @param done receives null once the value is stored durably, or why it is not
     */
    public void write(StoredName name, byte @Nullable [] value, Consumer<SecureStoreException.@Nullable Reason> done) {
        loop.assertOnLoop();
        unsaved.put(name, new Value(copy(value)));
        waiting.add(done);
        writeUnlessBusy();
    }

    /** Retries failed writes, for example because the platform's key store was locked. */
    public void retry() {
        loop.assertOnLoop();
        writeUnlessBusy();
    }

    /** Whether everything written is stored durably. */
    public boolean settled() {
        return unsaved.isEmpty();
    }

    /**
     * Removes every value, including those not stored yet.
     *
     * @param done receives null once nothing is left, or why something may be
     */
    public void erase(Consumer<SecureStoreException.@Nullable Reason> done) {
        loop.assertOnLoop();
        unsaved.clear();
        List<Consumer<SecureStoreException.@Nullable Reason>> overtaken = waiting;
        waiting = new ArrayList<>();
        worker.execute(() -> {
            SecureStoreException.@Nullable Reason reason = outcomeOf(port::erase);
            loop.execute(() -> {
                overtaken.forEach(write -> write.accept(reason));
                done.accept(reason);
            });
        });
    }

    private void writeUnlessBusy() {
        if (writing || unsaved.isEmpty()) {
            return;
        }
        writing = true;
        Map<StoredName, Value> batch = new EnumMap<>(unsaved);
        List<Consumer<SecureStoreException.@Nullable Reason>> told = waiting;
        waiting = new ArrayList<>();
        worker.execute(() -> {
            SecureStoreException.@Nullable Reason reason = outcomeOf(() -> {
                Map<String, byte @Nullable []> changes = new HashMap<>();
                batch.forEach((name, value) -> changes.put(name.text(), value.bytes));
                port.write(changes);
            });
            loop.execute(() -> written(batch, told, reason));
        });
    }

    private void written(
            Map<StoredName, Value> batch,
            List<Consumer<SecureStoreException.@Nullable Reason>> told,
            SecureStoreException.@Nullable Reason reason) {
        writing = false;
        if (reason == null) {
            batch.forEach(unsaved::remove);
        }
        told.forEach(done -> done.accept(reason));
        if (!waiting.isEmpty()) {
            writeUnlessBusy();
        }
    }

    private Stored readNow(StoredName name) {
        try {
            return new Stored.Found(port.read(name.text()));
        } catch (SecureStoreException e) {
            return new Stored.Unreadable(e.reason());
        } catch (RuntimeException | Error e) {
            // A store that breaks its contract must neither block waiters nor the next task.
            Loggers.portThrew(e);
            return new Stored.Unreadable(SecureStoreException.Reason.FAILED);
        }
    }

    private static SecureStoreException.@Nullable Reason outcomeOf(StoreTask task) {
        try {
            task.run();
            return null;
        } catch (SecureStoreException e) {
            return e.reason();
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e);
            return SecureStoreException.Reason.FAILED;
        }
    }

    private static byte @Nullable [] copy(byte @Nullable [] value) {
        return value == null ? null : value.clone();
    }

    /** Receives everything that is stored. */
    @FunctionalInterface
    public interface Contents {
        /** @param reason null if the values are complete */
        void read(Map<String, byte[]> values, SecureStoreException.@Nullable Reason reason);
    }

    private interface StoreTask {
        void run() throws SecureStoreException;
    }

    /** A value being written; its identity distinguishes it from a newer one of the same name. */
    private static final class Value {
        private final byte @Nullable [] bytes;

        Value(byte @Nullable [] bytes) {
            this.bytes = bytes;
        }
    }

    /** The result of a read. */
    public sealed interface Stored {
        /** A value, or null if there is none. */
        final class Found implements Stored {
            private final byte @Nullable [] value;

            Found(byte @Nullable [] value) {
                this.value = value;
            }

            public byte @Nullable [] value() {
                return value;
            }
        }

        record Unreadable(SecureStoreException.Reason reason) implements Stored {}
    }
}
