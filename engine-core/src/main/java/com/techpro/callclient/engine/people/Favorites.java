// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

import com.techpro.callclient.engine.lock.LockedException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Whom the user calls often; kept in the store the host gave, on this device only (promise C4), 500 at most. Methods may be called from any
 * thread; answers come on the callbacks' executor, after {@link com.techpro.callclient.engine.CallClientListener#favoritesChanged}, and are not
 * to be waited for inside a callback: see {@link com.techpro.callclient.engine.CallClient}. While the app is locked they throw
 * {@link LockedException}.
 */
public interface Favorites {
    FavoritesSnapshot snapshot();

    /**
     * Adds one at the end, or gives the one with this number a new name.
     *
     * @return false if there is no room for another, or the organisation switched favourites off
     */
    CompletionStage<Boolean> add(Favorite favorite);

    /** @return whether there was one with this number */
    CompletionStage<Boolean> remove(String number);

    /**
     * Moves one to a position, counted from 0; beyond the end means last.
     *
     * @return whether there is one with this number
     */
    CompletionStage<Boolean> move(String number, int position);

    /**
     * Has the favourites watched from now on: {@link FavoritesSnapshot#lamps} shows what each is doing, and {@link
     * com.techpro.callclient.engine.CallClientListener#favoritesChanged} tells of each change. Not remembered.
     *
     * @param watching the id of the account that asks the phone system; null stops it
     * @return whether there is such an account
     */
    CompletionStage<Boolean> showLamps(@Nullable String watching);
}
