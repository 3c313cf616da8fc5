// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.lock.LockedException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The user's favourites: at most 500, kept only on this device, in the host's store (promise C4).
 * Methods may be called from any thread. Answers arrive on the callbacks' executor, after
 * {@link com.techpro.callclient.engine.CallClientListener#favoritesChanged}; do not wait for them
 * inside a callback: see {@link com.techpro.callclient.engine.CallClient}. Commands are refused as
 * {@link CommandRefusal#NO_SUCH_FAVORITE} if no favourite has the number, and as
 * {@link CommandRefusal#NOT_PERMITTED} if the organisation switched favourites off. While the app is
 * locked, methods throw {@link LockedException}.
 */
public interface Favorites {
    FavoritesSnapshot snapshot();

    /**
     * Adds a favourite at the end, or renames the one with this number.
     *
     * @return refused as {@link CommandRefusal#TOO_MANY_FAVORITES} if the list is full
     */
    CompletionStage<CommandOutcome> add(Favorite favorite);

    /** Removes a favourite. */
    CompletionStage<CommandOutcome> remove(String number);

    /**
     * Moves a favourite to a position, counted from 0; a position beyond the end means last.
     */
    CompletionStage<CommandOutcome> move(String number, int position);

    /**
     * Watches the extensions of the favourites from now on. {@link FavoritesSnapshot#lamps} shows
     * the state of each, and
     * {@link com.techpro.callclient.engine.CallClientListener#favoritesChanged} reports each
     * change. This setting is not stored.
     *
     * @param watching the id of the account that subscribes at the phone system; null stops
     *     watching
     * @return refused as {@link CommandRefusal#NO_SUCH_ACCOUNT} if there is none
     */
    CompletionStage<CommandOutcome> showLamps(@Nullable String watching);
}
