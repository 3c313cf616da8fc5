// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

import com.techpro.callclient.engine.internal.favorites.FavoriteList;
import com.techpro.callclient.engine.internal.lock.Lock;
import com.techpro.callclient.engine.internal.loop.Answers;
import com.techpro.callclient.engine.internal.loop.Answers.Answer;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.lock.LockedException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * Whom the user calls often; kept in the store the host gave, on this device only (promise C4), 500 at most. Methods may be called from any
 * thread; answers come on the callbacks' executor, after {@link com.techpro.callclient.engine.CallClientListener#favoritesChanged}. While
 * the app is locked they throw {@link LockedException}.
 */
public final class Favorites {
    private final EngineLoop loop;
    private final FavoriteList list;
    private final Answers answers;
    private final Lock lock;

    public Favorites(EngineLoop loop, FavoriteList list, Answers answers, Lock lock) {
        this.loop = loop;
        this.list = list;
        this.answers = answers;
        this.lock = lock;
    }

    public FavoritesSnapshot snapshot() {
        lock.requireOpen();
        return list.snapshot();
    }

    /**
     * Adds one at the end, or gives the one with this number a new name.
     *
     * @return false if there is no room for another, or the organisation switched favourites off
     */
    public CompletionStage<Boolean> add(Favorite favorite) {
        return ask(() -> list.add(favorite));
    }

    /** @return whether there was one with this number */
    public CompletionStage<Boolean> remove(String number) {
        return ask(() -> list.remove(number));
    }

    /**
     * Moves one to a position, counted from 0; beyond the end means last.
     *
     * @return whether there is one with this number
     */
    public CompletionStage<Boolean> move(String number, int position) {
        return ask(() -> list.move(number, position));
    }

    private CompletionStage<Boolean> ask(BooleanSupplier question) {
        lock.requireOpen();
        Answer<Boolean> answer = answers.open(false);
        loop.execute(() -> answer.tell(question.getAsBoolean()));
        return answer.stage();
    }
}
