// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.favorites.FavoriteList;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.Favorites;
import com.techpro.callclient.engine.people.FavoritesSnapshot;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
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
    public CompletionStage<Boolean> add(Favorite favorite) {
        Objects.requireNonNull(favorite, "favorite");
        return ask(() -> list.add(favorite));
    }

    @Override
    public CompletionStage<Boolean> remove(String number) {
        Objects.requireNonNull(number, "number");
        return ask(() -> list.remove(number));
    }

    @Override
    public CompletionStage<Boolean> move(String number, int position) {
        Objects.requireNonNull(number, "number");
        return ask(() -> list.move(number, position));
    }

    @Override
    public CompletionStage<Boolean> showLamps(@Nullable String watching) {
        return ask(() -> {
            AccountSession account = watching == null
                    ? null
                    : registry.accountSessions().stream()
                            .filter(one -> one.id().equals(watching))
                            .findFirst()
                            .orElse(null);
            shown.use(account == null ? null : new FavoriteLamps.Watching(lamps, account));
            return account != null || watching == null;
        });
    }

    private CompletionStage<Boolean> ask(BooleanSupplier question) {
        gate.requireUsable();
        Answer<Boolean> answer = client.answers().open(false);
        client.loop().execute(() -> answer.tell(question.getAsBoolean()));
        return answer.stage();
    }
}
