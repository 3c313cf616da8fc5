// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The timers of one call. Belongs to the loop. */
public final class CallTimers {
    private final EngineLoop loop;
    private final Duration qualityInterval;
    private final Runnable tellQuality;
    private @Nullable Timer ring;
    private @Nullable Timer pause;
    private @Nullable Timer quality;
    private @Nullable Timer keys;

    CallTimers(EngineLoop loop, Duration qualityInterval, Runnable tellQuality) {
        this.loop = loop;
        this.qualityInterval = qualityInterval;
        this.tellQuality = tellQuality;
    }

    /** Starts and stops what the call's state starts and stops. */
    void follow(CallState before, CallState next) {
        if (before == next) {
            return;
        }
        if (next == CallState.ESTABLISHED) {
            everyQuality();
        }
        if (next == CallState.CONNECTING || next == CallState.ESTABLISHED) {
            ring = cancelled(ring);
        } else if (next == CallState.ENDED) {
            stop();
        }
    }

    void startRinging(Duration limit, Runnable over) {
        ring = loop.schedule(limit, () -> {
            ring = null;
            over.run();
        });
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

    private void everyQuality() {
        quality = loop.schedule(qualityInterval, () -> {
            everyQuality();
            tellQuality.run();
        });
    }

    private void stop() {
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
