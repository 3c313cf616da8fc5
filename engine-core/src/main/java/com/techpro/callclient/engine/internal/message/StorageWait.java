// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.message;

import com.techpro.callclient.engine.internal.store.StoredDocument;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Delays the answers to received texts until these are stored. The wait and the number of waiting
 * texts are limited, so that a blocked store neither delays senders nor fills memory. Belongs to
 * the loop.
 */
final class StorageWait {
    /** A proxy gives up after 5 s at the earliest, and the sender after 32 s (RFC 3261 timer F). */
    static final Duration LONGEST = Duration.ofSeconds(4);

    static final int MOST = 4_096;

    private final EngineLoop loop;
    private int waiting;

    StorageWait(EngineLoop loop) {
        this.loop = loop;
    }

    /**
     * @param stored called once, when everything given to the document so far is stored; false if
     *     that takes too long
     */
    void until(StoredDocument<?> document, Consumer<Boolean> stored) {
        if (waiting >= MOST) {
            stored.accept(false);
            return;
        }
        waiting++;
        One one = new One(stored);
        document.whenStored(one::end);
        if (!one.over) {
            one.limit = loop.schedule(LONGEST, () -> one.end(false));
        }
    }

    private final class One {
        private final Consumer<Boolean> stored;
        private boolean over;
        private @Nullable Timer limit;

        One(Consumer<Boolean> stored) {
            this.stored = stored;
        }

        void end(boolean in) {
            if (over) {
                return;
            }
            over = true;
            waiting--;
            if (limit != null) {
                limit.cancel();
            }
            stored.accept(in);
        }
    }
}
