// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.store;

import com.techpro.callclient.engine.privacy.StorageStatus;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A setting of the user, in force if the organisation permits it, and its storage. Belongs to the
 * loop, except for {@link #now}.
 *
 * @param <T> immutable
 */
public final class UserSetting<T> {
    /**
     * The value in force, and whether it is stored; OFF if the organisation does not permit the
     * setting.
     */
    public record Now<T>(T value, StorageStatus storage) {}

    private final StoredDocument<T> document;
    private final T unset;
    private final Consumer<Now<T>> changed;
    private Runnable follower = () -> {};
    private boolean allowed;
    private T wanted;
    /** Whether the user has set it in this run, so that the stored value is older. */
    private boolean set;

    private volatile Now<T> now;

    /**
     * @param unset the value while the user has set nothing, or may not
     * @param allowed false if the organisation does not permit it
     * @param changed on the loop
     */
    public UserSetting(
            EngineLoop loop,
            Executor worker,
            @Nullable UserStore store,
            StoredName name,
            StoredDocument.Form<T> form,
            T unset,
            boolean allowed,
            Consumer<Now<T>> changed) {
        this.unset = unset;
        this.wanted = unset;
        this.allowed = allowed;
        this.changed = changed;
        this.document = new StoredDocument<>(loop, worker, store, name, form, this::found, this::publish);
        this.now = current();
    }

    /** @param follow called on the loop when another value may be in force */
    public void whenChanged(Runnable follow) {
        follower = follow;
    }

    public void start() {
        document.load();
    }

    /**
     * Sets whether the organisation permits the setting. While it does not, the value is kept but
     * not in force.
     */
    public void allow(boolean permitted) {
        allowed = permitted;
        publish();
    }

    /** From any thread. */
    public Now<T> now() {
        return now;
    }

    public boolean isAllowed() {
        return allowed;
    }

    public T value() {
        return allowed ? wanted : unset;
    }

    /** @return whether the value is in force now */
    public boolean set(T value) {
        if (!allowed) {
            return false;
        }
        set = true;
        wanted = value;
        publish();
        document.save(value);
        return true;
    }

    /** Runs the task once it is known, and published, whether the value could be stored. */
    public void whenStored(Runnable task) {
        document.whenStored(stored -> task.run());
    }

    public void retry() {
        document.retry();
    }

    public void whenQuiet(Runnable task) {
        document.whenQuiet(task);
    }

    /** Forgets the value after the store was erased. */
    public void forget() {
        wanted = unset;
        set = false;
        document.forget();
        publish();
    }

    private void found(T stored) {
        wanted = set ? wanted : stored;
        publish();
        if (set) {
            document.save(wanted);
        }
    }

    private Now<T> current() {
        return new Now<>(value(), allowed ? document.status() : StorageStatus.of(StorageStatus.State.OFF));
    }

    private void publish() {
        Now<T> current = current();
        if (!current.equals(now)) {
            now = current;
            follower.run();
            changed.accept(current);
        }
    }
}
