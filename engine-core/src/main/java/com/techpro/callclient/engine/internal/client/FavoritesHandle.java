// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.internal.favorites.FavoriteList;
import com.techpro.callclient.engine.internal.loop.PendingAnswers.Answer;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.Favorites;
import com.techpro.callclient.engine.people.FavoritesSnapshot;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** The favourites as the host holds them. From any thread. */
final class FavoritesHandle implements Favorites {
    private final ClientContext client;
    private final FavoriteList list;
    private final Gate gate;

    FavoritesHandle(ClientContext client, FavoriteList list, Gate gate) {
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
        return ask(() -> list.add(favorite));
    }

    @Override
    public CompletionStage<Boolean> remove(String number) {
        return ask(() -> list.remove(number));
    }

    @Override
    public CompletionStage<Boolean> move(String number, int position) {
        return ask(() -> list.move(number, position));
    }

    private CompletionStage<Boolean> ask(BooleanSupplier question) {
        gate.requireUsable();
        Answer<Boolean> answer = client.answers().open(false);
        client.loop().execute(() -> answer.tell(question.getAsBoolean()));
        return answer.stage();
    }
}
