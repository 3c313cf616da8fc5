// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.store;

import com.techpro.callclient.engine.privacy.StorageStatus;
import com.techpro.callclient.engine.privacy.StorageStatus.State;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One stored value of the user, owned on the loop. A worker encodes and decodes it. Nothing is
 * written before the stored value has been read. An unreadable value is never overwritten; reading
 * is retried with each change and by {@link #retry}.
 *
 * @param <T> immutable
 */
public final class StoredDocument<T> {
    /** The format of a value; both methods run on a worker. */
    public interface Form<T> {
        byte[] encode(T value);

        /** @throws UnreadableException if the value is damaged, or of a newer version */
        T decode(byte[] stored) throws UnreadableException;
    }

    /** The stored value cannot be decoded. */
    public static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;
        private final Reason reason;

        public UnreadableException(Reason reason) {
            super(reason.advice());
            this.reason = reason;
        }

        public Reason reason() {
            return reason;
        }
    }

    private final EngineLoop loop;
    private final Executor worker;
    private final @Nullable UserStore store;
    private final StoredName name;
    private final Form<T> form;
    private final Consumer<T> found;
    private final Runnable statusChanged;

    private StorageStatus status;
    private @Nullable T unsaved;
    private boolean reading;
    private boolean writing;
    private int generation;
    private final Queue<Runnable> whenQuiet = new ArrayDeque<>();
    /** Waiting for the next write, and for the one under way. */
    private List<Consumer<Boolean>> whenWritten = new ArrayList<>();

    private List<Consumer<Boolean>> whenThisIsWritten = new ArrayList<>();

    /**
     * @param worker runs one task at a time, in order
     * @param store null if nothing can be stored
     * @param found receives the stored value, if any, before anything is written. It merges the
     *     value with memory and {@link #save}s it. It also reports the status, so that nobody sees
     *     a loaded document that is still empty.
     * @param statusChanged on the loop
     */
    public StoredDocument(
            EngineLoop loop,
            Executor worker,
            @Nullable UserStore store,
            StoredName name,
            Form<T> form,
            Consumer<T> found,
            Runnable statusChanged) {
        this.loop = loop;
        this.worker = worker;
        this.store = store;
        this.name = name;
        this.form = form;
        this.found = found;
        this.statusChanged = statusChanged;
        this.status = StorageStatus.of(store == null ? State.MEMORY_ONLY : State.LOADING);
    }

    public StorageStatus status() {
        return status;
    }

    /** Reads the stored value; must be called once before anything else. */
    public void load() {
        loop.assertOnLoop();
        if (store == null || reading) {
            return;
        }
        reading = true;
        int asked = generation;
        store.read(name, stored -> {
            byte[] value = stored instanceof UserStore.Stored.Found there ? there.value() : null;
            if (stored instanceof UserStore.Stored.Unreadable unreadable) {
                read(asked, null, unreadable.reason());
            } else if (value == null) {
                read(asked, null, null);
            } else {
                decode(asked, value);
            }
        });
    }

    private void decode(int asked, byte[] stored) {
        worker.execute(() -> {
            T value = null;
            Reason reason = null;
            try {
                value = form.decode(stored);
            } catch (UnreadableException e) {
                reason = e.reason;
            } catch (RuntimeException | Error e) {
                // A document nested deeper than the stack is not ours; one too large for memory
                // stays in the store.
                reason = e instanceof OutOfMemoryError ? Reason.FAILED : Reason.CORRUPT;
            }
            T decoded = value;
            Reason why = reason;
            loop.execute(() -> read(asked, decoded, why));
        });
    }

    private void read(int asked, @Nullable T value, @Nullable Reason reason) {
        reading = false;
        if (asked != generation) {
            return;
        }
        if (reason != null) {
            set(new StorageStatus(State.UNREADABLE, reason));
            tellWaiting(false);
            return;
        }
        if (value == null) {
            set(StorageStatus.of(State.STORED));
        } else {
            status = StorageStatus.of(State.STORED);
            found.accept(value);
        }
        writeUnlessBusy();
        if (unsaved == null && !writing) {
            tellWaiting(true); // the found value already includes it
        }
        quiet();
    }

    /** Stores a value; the newest wins. */
    public void save(T value) {
        loop.assertOnLoop();
        if (store != null) {
            unsaved = value;
            retry();
        }
    }

    /** Retries a failed read or write. */
    public void retry() {
        if (status.state() == State.UNREADABLE) {
            load();
        } else if (status.state() != State.LOADING) {
            writeUnlessBusy();
        }
    }

    /** Starts again after the store was erased. */
    public void forget() {
        generation++;
        unsaved = null;
        reading = false;
        set(StorageStatus.of(store == null ? State.MEMORY_ONLY : State.STORED));
        List<Consumer<Boolean>> overtaken = whenThisIsWritten;
        whenThisIsWritten = new ArrayList<>();
        overtaken.forEach(one -> one.accept(false));
        tellWaiting(false);
    }

    /**
     * Reports whether everything given to {@link #save} is stored durably: now, or after the next
     * try.
     *
     * @param stored called once, on the loop; false if it could not be stored, though it may be
     *     later
     */
    public void whenStored(Consumer<Boolean> stored) {
        loop.assertOnLoop();
        if (status.state() == State.LOADING || (unsaved != null && status.state() != State.UNREADABLE)) {
            whenWritten.add(stored);
        } else if (writing) {
            whenThisIsWritten.add(stored);
        } else {
            stored.accept(status.state() == State.STORED);
        }
    }

    private void tellWaiting(boolean stored) {
        List<Consumer<Boolean>> told = whenWritten;
        whenWritten = new ArrayList<>();
        told.forEach(one -> one.accept(stored));
    }

    /** Runs the task once no store operation is pending. */
    public void whenQuiet(Runnable task) {
        whenQuiet.add(task);
        quiet();
    }

    /** Runs waiting tasks. A task may start an operation; the next task then waits for that. */
    private void quiet() {
        Runnable task = writing || reading ? null : whenQuiet.poll();
        if (task != null) {
            task.run();
            quiet();
        }
    }

    private void writeUnlessBusy() {
        T value = unsaved;
        if (store == null || writing || value == null || status.state() == State.UNREADABLE) {
            return;
        }
        writing = true;
        unsaved = null;
        whenThisIsWritten = whenWritten;
        whenWritten = new ArrayList<>();
        int asked = generation;
        worker.execute(() -> {
            try {
                byte[] bytes = form.encode(value);
                loop.execute(() -> write(asked, bytes));
            } catch (RuntimeException | Error e) {
                loop.execute(() -> written(asked, Reason.FAILED));
                throw e; // a defect of ours
            }
        });
    }

    private void write(int asked, byte[] bytes) {
        if (store == null || asked != generation) {
            written(asked, null);
        } else {
            store.write(name, bytes, reason -> written(asked, reason));
        }
    }

    private void written(int asked, @Nullable Reason reason) {
        writing = false;
        List<Consumer<Boolean>> told = whenThisIsWritten;
        whenThisIsWritten = new ArrayList<>();
        if (asked == generation) {
            set(reason == null ? StorageStatus.of(State.STORED) : new StorageStatus(State.UNSAVED, reason));
        }
        told.forEach(one -> one.accept(reason == null && asked == generation));
        writeUnlessBusy();
        quiet();
    }

    private void set(StorageStatus next) {
        if (!status.equals(next)) {
            status = next;
            statusChanged.run();
        }
    }
}
