// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

import com.techpro.callclient.engine.lock.LockedException;

/**
 * The call history (promise C5): at most 1,000 entries of one year, or less if the organisation's
 * policy says so. It is encrypted in the host's store, and merged with the phone system's own call
 * log if there is one. Methods may be called from any thread and return at once;
 * {@link com.techpro.callclient.engine.CallClientListener#historyChanged} reports their effects.
 * While the app is locked, methods throw {@link LockedException}.
 */
public interface History {
    HistorySnapshot snapshot();

    /**
     * Deletes an entry here and, as soon as it can be reached, in the phone system if that permits
     * it (promise S7).
     */
    void delete(String id);

    /** Deletes every entry, as {@link #delete} does. */
    void clear();

    /** Fetches calls that this device did not see from the phone system. */
    void refresh();
}
