// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.internal.message.TextStore;
import com.techpro.callclient.engine.message.StoredMessage;
import com.techpro.callclient.engine.message.TextMessages;
import com.techpro.callclient.engine.message.TextMessagesSnapshot;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The host's handle of the stored text messages. Usable from any thread. */
final class TextMessagesHandle implements TextMessages {
    private final ClientContext client;
    private final TextStore store;
    private final Gate gate;

    TextMessagesHandle(ClientContext client, TextStore store, Gate gate) {
        this.client = client;
        this.store = store;
        this.gate = gate;
    }

    @Override
    public TextMessagesSnapshot snapshot() {
        gate.requireUnlocked();
        return store.snapshot();
    }

    @Override
    public List<StoredMessage> read(String party, @Nullable String before, int most) {
        Objects.requireNonNull(party, "party");
        gate.requireUnlocked();
        if (most < 1) {
            throw new IllegalArgumentException("at least one text is read");
        }
        return store.read(party, before, most);
    }

    @Override
    public CompletionStage<CommandOutcome> markRead(String party) {
        Objects.requireNonNull(party, "party");
        return change(() -> store.markRead(party));
    }

    @Override
    public CompletionStage<CommandOutcome> delete(String id) {
        Objects.requireNonNull(id, "id");
        return change(() -> store.delete(id));
    }

    @Override
    public CompletionStage<CommandOutcome> deleteConversation(String party) {
        Objects.requireNonNull(party, "party");
        return change(() -> store.deleteConversation(party));
    }

    @Override
    public CompletionStage<CommandOutcome> clear() {
        return change(store::clear);
    }

    private CompletionStage<CommandOutcome> change(Runnable task) {
        gate.requireUsable();
        return client.command(answer -> {
            task.run();
            answer.accept(null);
        });
    }
}
