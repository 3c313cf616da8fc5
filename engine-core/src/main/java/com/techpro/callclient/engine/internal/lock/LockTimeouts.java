// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Locks an app that nobody uses. Belongs to the loop, except for {@link #isOver}. */
final class LockTimeouts {
    private final EngineLoop loop;
    private final Runnable over;
    private boolean inBackground;
    private volatile @Nullable Deadline idle;
    private volatile @Nullable Deadline background;
    private @Nullable Timer idleTimer;
    private @Nullable Timer backgroundTimer;

    /** @param over called on the loop when a time is up */
    LockTimeouts(EngineLoop loop, Runnable over) {
        this.loop = loop;
        this.over = over;
    }

    /** The app is open with these settings, or is used. */
    void restart(AppLock.Settings settings) {
        stop();
        Duration afterIdle = settings.idleTimeout();
        if (afterIdle != null) {
            idle = new Deadline(loop, afterIdle);
            idleTimer = loop.schedule(afterIdle, over);
        }
        if (inBackground) {
            leave(settings);
        }
    }

    void stop() {
        idleTimer = cancelled(idleTimer);
        idle = null;
        backgroundTimer = cancelled(backgroundTimer);
        background = null;
    }

    void inBackground(AppLock.Settings settings) {
        if (!inBackground) {
            inBackground = true;
            leave(settings);
        }
    }

    void inForeground() {
        inBackground = false;
        backgroundTimer = cancelled(backgroundTimer);
        background = null;
    }

    /** Whether a time is up, even if its timer is late, as on a device that slept. From any thread. */
    boolean isOver() {
        Deadline one = idle;
        Deadline other = background;
        return (one != null && one.isOver()) || (other != null && other.isOver());
    }

    private void leave(AppLock.Settings settings) {
        Duration inBackgroundFor = settings.backgroundTimeout();
        if (inBackgroundFor != null) {
            background = new Deadline(loop, inBackgroundFor);
            backgroundTimer = loop.schedule(inBackgroundFor, over);
        }
    }

    private static @Nullable Timer cancelled(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
        return null;
    }
}
