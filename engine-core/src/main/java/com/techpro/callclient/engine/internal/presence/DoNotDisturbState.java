// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.store.StoredDocument;
import com.techpro.callclient.engine.internal.store.StoredDocument.UnreadableException;
import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.internal.store.VersionedJson;
import com.techpro.callclient.engine.presence.DoNotDisturbSnapshot;
import com.techpro.callclient.engine.privacy.StorageStatus;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whether the user wants no calls now, and the way to and from the vault. Belongs to the loop, but for {@link #snapshot}. */
public final class DoNotDisturbState {
    private static final int VERSION = 1;

    private final StoredDocument<Boolean> document;
    private final Consumer<DoNotDisturbSnapshot> changed;
    private Runnable follower = () -> {};
    private boolean allowed;
    private boolean on;
    /** The user has said so in this run: what is stored is older. */
    private boolean set;

    private volatile DoNotDisturbSnapshot snapshot;

    /**
     * @param allowed false where the organisation does not permit it
     * @param changed on the loop
     */
    public DoNotDisturbState(
            EngineLoop loop,
            Executor worker,
            @Nullable UserStore store,
            boolean allowed,
            Consumer<DoNotDisturbSnapshot> changed) {
        this.allowed = allowed;
        this.changed = changed;
        this.document = new StoredDocument<>(
                loop, worker, store, StoredName.DO_NOT_DISTURB, new Form(), this::found, this::tell);
        this.snapshot = now();
    }

    /** @param follow hears, on the loop, that it may be on or off */
    public void whenChanged(Runnable follow) {
        follower = follow;
    }

    public void start() {
        document.load();
    }

    /** The organisation permits it or not: while it does not, calls ring, and what was set is kept. */
    public void allow(boolean permitted) {
        allowed = permitted;
        tell();
    }

    /** From any thread. */
    public DoNotDisturbSnapshot snapshot() {
        return snapshot;
    }

    public boolean isOn() {
        return allowed && on;
    }

    /** @return whether it is so now */
    public boolean set(boolean wanted) {
        if (!allowed) {
            return false;
        }
        set = true;
        on = wanted;
        tell();
        document.save(wanted);
        return true;
    }

    public void retry() {
        document.retry();
    }

    public void whenQuiet(Runnable task) {
        document.whenQuiet(task);
    }

    /** The store was erased. */
    public void forget() {
        on = false;
        set = false;
        document.forget();
        tell();
    }

    private void found(boolean stored) {
        on = set ? on : stored;
        tell();
        if (set) {
            document.save(on);
        }
    }

    private DoNotDisturbSnapshot now() {
        return new DoNotDisturbSnapshot(
                isOn(), allowed ? document.status() : StorageStatus.of(StorageStatus.State.OFF));
    }

    private void tell() {
        DoNotDisturbSnapshot now = now();
        if (!now.equals(snapshot)) {
            snapshot = now;
            follower.run();
            changed.accept(now);
        }
    }

    /** {@code {"version":1,"on":true}}. */
    private static final class Form implements StoredDocument.Form<Boolean> {
        @Override
        public byte[] encode(Boolean on) {
            return VersionedJson.encode(VERSION, document -> document.addProperty("on", on));
        }

        @Override
        public Boolean decode(byte[] stored) throws UnreadableException {
            return VersionedJson.decode(
                    stored, VERSION, document -> document.get("on").getAsBoolean());
        }
    }
}
