// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

import com.techpro.callclient.engine.lock.LockedException;

/**
 * Who called whom (promise C5): at most 1,000 entries of one year, less where the organisation's policy says so, encrypted by the store the host
 * gave, and one with the phone system's own call log where there is one. Methods may be called from any thread and return at once; what they
 * lead to is told by {@link com.techpro.callclient.engine.CallClientListener#historyChanged}. While the app is locked they throw {@link LockedException}.
 */
public interface History {
    HistorySnapshot snapshot();

    /** Deletes an entry, here and, as soon as it can be reached, in the phone system where that permits it (promise S7). */
    void delete(String id);

    /** Deletes every entry, as {@link #delete} does. */
    void clear();

    /** Asks the phone system for calls that this device did not see. */
    void refresh();
}
