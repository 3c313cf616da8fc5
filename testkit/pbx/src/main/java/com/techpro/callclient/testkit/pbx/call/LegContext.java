// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.transaction.TransactionLayer;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Dependencies shared by all legs: the loop, the transactions, the PBX's behaviour, and the
 * watchers. On the signalling loop.
 */
final class LegContext {
    private final EngineLoop loop;
    private final PbxSettings settings;
    private Consumer<WatchedLeg> watcher = leg -> {};
    private @Nullable TransactionLayer transactions;

    LegContext(EngineLoop loop, PbxSettings settings) {
        this.loop = loop;
        this.settings = settings;
    }

    EngineLoop loop() {
        return loop;
    }

    /** Sets the transaction layer for requests; each start has a new one. */
    void over(TransactionLayer layer) {
        transactions = layer;
    }

    TransactionLayer transactions() {
        TransactionLayer layer = transactions;
        if (layer == null) {
            throw new IllegalStateException("not started yet");
        }
        return layer;
    }

    /** Whether the PBX shows this behaviour towards a phone. */
    boolean does(FieldBehaviour behaviour, @Nullable String extension) {
        return settings.does(behaviour, extension);
    }

    /** Sets the listener for every device's call state. */
    void watching(Consumer<WatchedLeg> listener) {
        watcher = listener;
    }

    void changed(WatchedLeg leg) {
        watcher.accept(leg);
    }
}
