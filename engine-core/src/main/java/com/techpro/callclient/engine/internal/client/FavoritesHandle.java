// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.favorites.FavoriteList;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.Favorites;
import com.techpro.callclient.engine.people.FavoritesSnapshot;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The host's handle of the favourites. Usable from any thread. */
final class FavoritesHandle implements Favorites {
    private final ClientContext client;
    private final FavoriteList list;
    private final FavoriteLamps shown;
    private final LampService lamps;
    private final CallRegistry registry;
    private final Gate gate;

    FavoritesHandle(
            ClientContext client,
            FavoriteList list,
            FavoriteLamps shown,
            LampService lamps,
            CallRegistry registry,
            Gate gate) {
        this.shown = shown;
        this.lamps = lamps;
        this.registry = registry;
        this.client = client;
        this.list = list;
        this.gate = gate;
    }

    @Override
    public FavoritesSnapshot snapshot() {
        gate.requireUnlocked();
        return list.snapshot();
    }

    @Override
    public CompletionStage<CommandOutcome> add(Favorite favorite) {
        Objects.requireNonNull(favorite, "favorite");
        return ask(() -> list.add(favorite));
    }

    @Override
    public CompletionStage<CommandOutcome> remove(String number) {
        Objects.requireNonNull(number, "number");
        return ask(() -> list.remove(number));
    }

    @Override
    public CompletionStage<CommandOutcome> move(String number, int position) {
        Objects.requireNonNull(number, "number");
        return ask(() -> list.move(number, position));
    }

    @Override
    public CompletionStage<CommandOutcome> showLamps(@Nullable String watching) {
        return ask(() -> {
            AccountSession account = watching == null
                    ? null
                    : registry.accountSessions().stream()
                            .filter(one -> one.id().equals(watching))
                            .findFirst()
                            .orElse(null);
            shown.use(account == null ? null : new FavoriteLamps.Watching(lamps, account));
            return account != null || watching == null ? null : CommandRefusal.NO_SUCH_ACCOUNT;
        });
    }

    private CompletionStage<CommandOutcome> ask(Supplier<@Nullable CommandRefusal> command) {
        gate.requireUsable();
        return client.command(answer -> answer.accept(command.get()));
    }
}
