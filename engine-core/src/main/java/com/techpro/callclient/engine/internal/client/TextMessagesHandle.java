// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.internal.message.TextStore;
import com.techpro.callclient.engine.message.StoredMessage;
import com.techpro.callclient.engine.message.TextMessages;
import com.techpro.callclient.engine.message.TextMessagesSnapshot;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The host's handle of the stored text messages. Usable from any thread. */
final class TextMessagesHandle implements TextMessages {
    private final EngineLoop loop;
    private final TextStore store;
    private final Gate gate;

    TextMessagesHandle(EngineLoop loop, TextStore store, Gate gate) {
        this.loop = loop;
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
    public void markRead(String party) {
        Objects.requireNonNull(party, "party");
        change(() -> store.markRead(party));
    }

    @Override
    public void delete(String id) {
        Objects.requireNonNull(id, "id");
        change(() -> store.delete(id));
    }

    @Override
    public void deleteConversation(String party) {
        Objects.requireNonNull(party, "party");
        change(() -> store.deleteConversation(party));
    }

    @Override
    public void clear() {
        change(store::clear);
    }

    private void change(Runnable task) {
        gate.requireUsable();
        loop.execute(task);
    }
}
