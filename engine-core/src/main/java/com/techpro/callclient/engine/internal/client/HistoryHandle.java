// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.internal.history.HistoryStore;
import com.techpro.callclient.engine.people.History;
import com.techpro.callclient.engine.people.HistorySnapshot;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.util.Objects;
import java.util.Set;

/** The host's handle of the history. Usable from any thread. */
final class HistoryHandle implements History {
    private final EngineLoop loop;
    private final HistoryStore history;
    private final Gate gate;

    HistoryHandle(EngineLoop loop, HistoryStore history, Gate gate) {
        this.loop = loop;
        this.history = history;
        this.gate = gate;
    }

    @Override
    public HistorySnapshot snapshot() {
        gate.requireUnlocked();
        return history.snapshot();
    }

    @Override
    public void delete(String id) {
        Objects.requireNonNull(id, "id");
        gate.requireUsable();
        loop.execute(() -> history.delete(Set.of(id)));
    }

    @Override
    public void clear() {
        gate.requireUsable();
        loop.execute(history::clear);
    }

    @Override
    public void refresh() {
        gate.requireUsable();
        loop.execute(history::refresh);
    }
}
