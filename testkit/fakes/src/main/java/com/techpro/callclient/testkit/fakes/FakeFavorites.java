// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.Favorites;
import com.techpro.callclient.engine.people.FavoritesSnapshot;
import com.techpro.callclient.engine.presence.BusyLampSnapshot;
import com.techpro.callclient.engine.privacy.StorageStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Favourites in memory. Their lamps show what the test reports by {@link FakeAccount#extensionIs}. All
 * methods may be called from any thread.
 */
public final class FakeFavorites implements Favorites {
    private static final int MOST = 500;

    private final FakeContext context;
    private final List<Favorite> list = new ArrayList<>();
    /** By account: what its lamp of a number shows; null if the number cannot be watched. */
    private final Map<String, Function<String, @Nullable BusyLampSnapshot>> lamps = new HashMap<>();

    private @Nullable Function<String, @Nullable BusyLampSnapshot> watching;

    FakeFavorites(FakeContext context) {
        this.context = context;
    }

    /** From now on there is this account, whose lamps can be shown. Under the context's lock. */
    void accountAdded(String id, Function<String, @Nullable BusyLampSnapshot> shown) {
        lamps.put(id, shown);
    }

    /** The account is gone. Under the context's lock. */
    void accountRemoved(String id) {
        lamps.remove(id);
    }

    List<Favorite> list() {
        return context.get(() -> List.copyOf(list));
    }

    /** Erases the favourites. Under the context's lock. */
    void forget() {
        if (!list.isEmpty()) {
            list.clear();
            changed();
        }
    }

    /** The phone system reports an extension that an account watches. Under the context's lock. */
    void followLamps(Function<String, @Nullable BusyLampSnapshot> shown) {
        if (shown == watching) {
            changed();
        }
    }

    private void changed() {
        FavoritesSnapshot now = now();
        context.listeners().tell(listener -> listener.favoritesChanged(now));
    }

    /** Returns the favourites also while the app is locked. */
    FavoritesSnapshot now() {
        return context.get(() -> {
            Map<String, BusyLampSnapshot> now = new HashMap<>();
            Function<String, @Nullable BusyLampSnapshot> shown = watching;
            if (shown != null) {
                for (Favorite one : list) {
                    BusyLampSnapshot lamp = shown.apply(one.number());
                    if (lamp != null) {
                        now.put(one.number(), lamp);
                    }
                }
            }
            return new FavoritesSnapshot(list, StorageStatus.of(StorageStatus.State.STORED), now);
        });
    }

    @Override
    public FavoritesSnapshot snapshot() {
        context.requireUnlocked();
        return now();
    }

    private int indexOf(String number) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).number().equals(number)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public CompletionStage<CommandOutcome> add(Favorite favorite) {
        return ask("add", Objects.requireNonNull(favorite, "favorite").number(), () -> {
            int index = indexOf(favorite.number());
            if (index >= 0) {
                list.set(index, favorite);
                return null;
            }
            return list.size() < MOST && list.add(favorite) ? null : CommandRefusal.TOO_MANY_FAVORITES;
        });
    }

    @Override
    public CompletionStage<CommandOutcome> remove(String number) {
        return ask(
                "remove",
                Objects.requireNonNull(number, "number"),
                () -> list.removeIf(one -> one.number().equals(number)) ? null : CommandRefusal.NO_SUCH_FAVORITE);
    }

    @Override
    public CompletionStage<CommandOutcome> move(String number, int position) {
        return ask("move", Objects.requireNonNull(number, "number"), () -> {
            int index = indexOf(number);
            if (index < 0) {
                return CommandRefusal.NO_SUCH_FAVORITE;
            }
            Favorite moved = list.remove(index);
            list.add(Math.max(0, Math.min(position, list.size())), moved);
            return null;
        });
    }

    @Override
    public CompletionStage<CommandOutcome> showLamps(@Nullable String watched) {
        return ask("showLamps", watched == null ? "" : watched, () -> {
            watching = watched == null ? null : lamps.get(watched);
            return watched == null || watching != null ? null : CommandRefusal.NO_SUCH_ACCOUNT;
        });
    }

    private CompletionStage<CommandOutcome> ask(
            String name, String argument, Supplier<@Nullable CommandRefusal> command) {
        context.requireUsable();
        return context.get(() -> {
            context.record("favorites", name, argument);
            CommandRefusal refusal = command.get();
            if (refusal == null) {
                changed();
            }
            return context.answered(refusal == null ? new CommandOutcome.Done() : new CommandOutcome.Refused(refusal));
        });
    }
}
