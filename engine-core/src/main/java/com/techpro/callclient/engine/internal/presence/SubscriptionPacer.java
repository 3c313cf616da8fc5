// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Sends an account's SUBSCRIBEs at intervals, so that a panel of two hundred lamps causes no burst.
 * Belongs to the loop.
 */
final class SubscriptionPacer {
    static final Duration INTERVAL = Duration.ofMillis(50);

    private final EngineLoop loop;
    private final Queue<Runnable> due = new ArrayDeque<>();
    private @Nullable Timer timer;

    SubscriptionPacer(EngineLoop loop) {
        this.loop = loop;
    }

    /** Runs a task in its turn, never within this call. */
    void run(Runnable task) {
        due.add(task);
        if (timer == null) {
            timer = loop.schedule(Duration.ZERO, this::next);
        }
    }

    void clear() {
        due.clear();
    }

    void stop() {
        clear();
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void next() {
        Runnable task = due.poll();
        timer = task == null ? null : loop.schedule(INTERVAL, this::next);
        if (task != null) {
            task.run();
        }
    }
}
