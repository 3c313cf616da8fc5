// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.lock.LockedException;
import java.util.concurrent.CompletionStage;

/**
 * The call history (promise C5): at most 1,000 entries of one year, or less if the organisation's
 * policy says so. It is encrypted in the host's store, and merged with the phone system's own call
 * log if there is one. Methods may be called from any thread and return at once;
 * {@link com.techpro.callclient.engine.CallClientListener#historyChanged} reports their effects.
 * While the app is locked, methods throw {@link LockedException}. Stages complete on the callbacks'
 * executor, never exceptionally; do not wait for them inside a callback: see
 * {@link com.techpro.callclient.engine.CallClient}.
 */
public interface History {
    HistorySnapshot snapshot();

    /**
     * Deletes an entry here and, as soon as it can be reached, in the phone system if that permits
     * it (promise S7).
     *
     * @return done when {@link #snapshot} no longer has the entry
     */
    CompletionStage<CommandOutcome> delete(String id);

    /** Deletes every entry, as {@link #delete} does. */
    CompletionStage<CommandOutcome> clear();

    /**
     * Fetches calls that this device did not see from the phone system.
     *
     * @return done when they were fetched, or if the phone system has no call log; refused as
     *     {@link CommandRefusal#OTHER_SIDE_UNREACHABLE} if its log cannot be read
     */
    CompletionStage<CommandOutcome> refresh();
}
