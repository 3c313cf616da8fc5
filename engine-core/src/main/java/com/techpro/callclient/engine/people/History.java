// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

import com.techpro.callclient.engine.internal.history.HistoryBook;
import com.techpro.callclient.engine.internal.lock.Lock;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.lock.LockedException;
import java.util.Set;

/**
 * Who called whom (promise C5): at most 1,000 entries of one year, less where the organisation's policy says so, encrypted by the store the host
 * gave, and one with the phone system's own call log where there is one. Methods may be called from any thread and return at once; what they
 * lead to is told by {@link com.techpro.callclient.engine.CallClientListener#historyChanged}. While the app is locked they throw {@link LockedException}.
 */
public final class History {
    private final EngineLoop loop;
    private final HistoryBook book;
    private final Lock lock;

    public History(EngineLoop loop, HistoryBook book, Lock lock) {
        this.loop = loop;
        this.book = book;
        this.lock = lock;
    }

    public HistorySnapshot snapshot() {
        lock.requireOpen();
        return book.snapshot();
    }

    /** Deletes an entry, here and, as soon as it can be reached, in the phone system where that permits it (promise S7). */
    public void delete(String id) {
        lock.requireOpen();
        loop.execute(() -> book.delete(Set.of(id)));
    }

    /** Deletes every entry, as {@link #delete} does. */
    public void clear() {
        lock.requireOpen();
        loop.execute(book::clear);
    }

    /** Asks the phone system for calls that this device did not see. */
    public void refresh() {
        lock.requireOpen();
        loop.execute(book::refresh);
    }
}
