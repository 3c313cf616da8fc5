// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.favorites;

import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.internal.store.StoredDocument;
import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.FavoritesSnapshot;
import com.techpro.callclient.engine.presence.BusyLampSnapshot;
import com.techpro.callclient.engine.privacy.StorageStatus;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The favourites, and the way to and from the vault. Belongs to the loop, but for {@link #snapshot}. */
public final class FavoriteList {
    static final int MOST = 500;

    /** A change to the list, or why it is none. */
    private interface Change {
        @Nullable
        CommandRefusal on(List<Favorite> favorites);
    }

    private final StoredDocument<List<Favorite>> document;
    private final Consumer<FavoritesSnapshot> changed;
    private boolean allowed;
    private boolean started;
    private boolean loaded;
    /** Also while they may not be shown: no other device has them. */
    private List<Favorite> favorites = List.of();
    /** What was changed while the stored list could not be read; done again on it when it can. */
    private final List<Change> early = new ArrayList<>();

    private Map<String, BusyLampSnapshot> lamps = Map.of();

    private volatile FavoritesSnapshot snapshot;

    /**
     * @param allowed false where the organisation switched favourites off
     * @param changed on the loop
     */
    public FavoriteList(
            EngineLoop loop,
            Executor worker,
            @Nullable UserStore store,
            boolean allowed,
            Consumer<FavoritesSnapshot> changed) {
        this.allowed = allowed;
        this.changed = changed;
        this.document = new StoredDocument<>(
                loop, worker, store, StoredName.FAVORITES, new FavoritesJson(), this::found, () -> publish(favorites));
        this.snapshot = new FavoritesSnapshot(List.of(), status(), Map.of());
    }

    public void start() {
        started = true;
        load();
    }

    private void load() {
        if (started && allowed && !loaded) {
            loaded = true;
            document.load();
        }
    }

    /** The organisation switched favourites on or off: off, they are kept but neither shown nor changed. */
    public void allow(boolean permitted) {
        if (allowed != permitted) {
            allowed = permitted;
            publish(favorites);
            load();
        }
    }

    /** From any thread. */
    public FavoritesSnapshot snapshot() {
        return snapshot;
    }

    /** @return null if the number is among the favourites now */
    public @Nullable CommandRefusal add(Favorite favorite) {
        return apply(list -> {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i).number().equals(favorite.number())) {
                    list.set(i, favorite);
                    return null;
                }
            }
            return list.size() < MOST && list.add(favorite) ? null : CommandRefusal.TOO_MANY_FAVORITES;
        });
    }

    /** @return null if it was one */
    public @Nullable CommandRefusal remove(String number) {
        return apply(list ->
                list.removeIf(favorite -> favorite.number().equals(number)) ? null : CommandRefusal.NO_SUCH_FAVORITE);
    }

    /**
     * @param position from 0; beyond the end means last
     * @return null if it is one
     */
    public @Nullable CommandRefusal move(String number, int position) {
        return apply(list -> {
            for (Favorite favorite : new ArrayList<>(list)) {
                if (favorite.number().equals(number)) {
                    list.remove(favorite);
                    list.add(Math.min(Math.max(position, 0), list.size()), favorite);
                    return null;
                }
            }
            return CommandRefusal.NO_SUCH_FAVORITE;
        });
    }

    /** What those are doing that are watched, by number. */
    public void lamps(Map<String, BusyLampSnapshot> now) {
        if (!lamps.equals(now)) {
            lamps = now;
            publish(favorites);
        }
    }

    public void retry() {
        document.retry();
    }

    public void whenQuiet(Runnable task) {
        document.whenQuiet(task);
    }

    /** The store was erased. */
    public void forget() {
        early.clear();
        document.forget();
        publish(List.of());
    }

    private @Nullable CommandRefusal apply(Change change) {
        if (!allowed) {
            return CommandRefusal.NOT_PERMITTED;
        }
        List<Favorite> next = new ArrayList<>(favorites);
        CommandRefusal refusal = change.on(next);
        if (isEarly()) {
            // The list that it belongs to may know what this one does not.
            early.add(change);
        }
        if (refusal == null && !next.equals(favorites)) {
            publish(next);
            document.save(favorites);
        }
        return refusal;
    }

    private boolean isEarly() {
        StorageStatus.State state = document.status().state();
        return state == StorageStatus.State.LOADING || state == StorageStatus.State.UNREADABLE;
    }

    private void found(List<Favorite> stored) {
        List<Favorite> joined = new ArrayList<>(stored);
        early.forEach(change -> change.on(joined));
        boolean changedEarly = !early.isEmpty();
        early.clear();
        publish(joined);
        if (changedEarly) {
            document.save(favorites);
        }
    }

    private StorageStatus status() {
        return allowed ? document.status() : StorageStatus.of(StorageStatus.State.OFF);
    }

    private void publish(List<Favorite> now) {
        favorites = List.copyOf(now);
        snapshot = new FavoritesSnapshot(allowed ? favorites : List.of(), status(), allowed ? lamps : Map.of());
        changed.accept(snapshot);
    }
}
