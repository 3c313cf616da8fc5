// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.internal.history.HistoryStore;
import com.techpro.callclient.engine.people.History;
import com.techpro.callclient.engine.people.HistorySnapshot;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The host's handle of the history. Usable from any thread. */
final class HistoryHandle implements History {
    private final ClientContext client;
    private final HistoryStore history;
    private final Gate gate;

    HistoryHandle(ClientContext client, HistoryStore history, Gate gate) {
        this.client = client;
        this.history = history;
        this.gate = gate;
    }

    @Override
    public HistorySnapshot snapshot() {
        gate.requireUnlocked();
        return history.snapshot();
    }

    @Override
    public CompletionStage<CommandOutcome> delete(String id) {
        Objects.requireNonNull(id, "id");
        gate.requireUsable();
        return client.command(answer -> {
            history.delete(Set.of(id));
            answer.accept(null);
        });
    }

    @Override
    public CompletionStage<CommandOutcome> clear() {
        gate.requireUsable();
        return client.command(answer -> {
            history.clear();
            answer.accept(null);
        });
    }

    @Override
    public CompletionStage<CommandOutcome> refresh() {
        gate.requireUsable();
        return client.command(
                answer -> history.refresh(read -> answer.accept(read ? null : CommandRefusal.OTHER_SIDE_UNREACHABLE)));
    }
}
