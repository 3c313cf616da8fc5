// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.transaction.TransactionLayer;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What every leg stands on: the loop, the transactions, how the PBX behaves, and who watches. On the signalling loop. */
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

    /** The layer that requests go through; another after each start. */
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

    /** Whether the PBX behaves so towards a phone. */
    boolean does(FieldBehaviour behaviour, @Nullable String extension) {
        return settings.does(behaviour, extension);
    }

    /** Who hears of what every device is doing. */
    void watching(Consumer<WatchedLeg> listener) {
        watcher = listener;
    }

    void changed(WatchedLeg leg) {
        watcher.accept(leg);
    }
}
