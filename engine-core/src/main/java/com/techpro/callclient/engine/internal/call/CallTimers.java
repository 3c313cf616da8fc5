// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The timers of one call. Belongs to the loop. */
public final class CallTimers {
    private final EngineLoop loop;
    private @Nullable Timer ring;
    private @Nullable Timer pause;
    private @Nullable Timer quality;
    private @Nullable Timer keys;

    CallTimers(EngineLoop loop) {
        this.loop = loop;
    }

    void startRinging(Duration limit, Runnable over) {
        ring = loop.schedule(limit, () -> {
            ring = null;
            over.run();
        });
    }

    void stopRinging() {
        ring = cancelled(ring);
    }

    /** Starts the back-off timer; a running one is replaced. */
    void startPause(Duration length, Runnable over) {
        pause = cancelled(pause);
        pause = loop.schedule(length, () -> {
            pause = null;
            over.run();
        });
    }

    /** Starts the timer for the next post-dial digits. */
    void startKeys(Duration length, Runnable over) {
        keys = cancelled(keys);
        keys = loop.schedule(length, () -> {
            keys = null;
            over.run();
        });
    }

    /** Runs the task periodically, until {@link #stop}. */
    void everyQuality(Duration interval, Runnable task) {
        quality = loop.schedule(interval, () -> {
            everyQuality(interval, task);
            task.run();
        });
    }

    void stop() {
        ring = cancelled(ring);
        pause = cancelled(pause);
        quality = cancelled(quality);
        keys = cancelled(keys);
    }

    private static @Nullable Timer cancelled(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
        return null;
    }
}
