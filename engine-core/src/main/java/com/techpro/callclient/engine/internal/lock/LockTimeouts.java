// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Locks an app that is not used. Belongs to the loop, except for {@link #isOver} and
 * {@link #leave}.
 */
final class LockTimeouts {
    private final EngineLoop loop;
    private final Runnable over;
    private final Queue<Deadline> leaving = new ConcurrentLinkedQueue<>();
    private boolean inBackground;
    private volatile @Nullable Deadline idle;
    private volatile @Nullable Deadline background;
    private @Nullable Timer idleTimer;
    private @Nullable Timer backgroundTimer;

    /** @param over called on the loop at a timeout */
    LockTimeouts(EngineLoop loop, Runnable over) {
        this.loop = loop;
        this.over = over;
    }

    /** Restarts the timeouts: the app was unlocked, is used, or has new settings. */
    void restart(AppLock.Settings settings) {
        stop();
        Duration afterIdle = settings.idleTimeout();
        if (afterIdle != null) {
            idle = new Deadline(loop, afterIdle);
            idleTimer = loop.schedule(afterIdle, over);
        }
        if (inBackground) {
            left(settings, null);
        }
    }

    void stop() {
        idleTimer = cancelled(idleTimer);
        idle = null;
        backgroundTimer = cancelled(backgroundTimer);
        background = null;
    }

    /**
     * Starts the background timeout now, even if the loop handles {@link #inBackground} late; that
     * must follow. From any thread.
     *
     * @return null if there is no background timeout
     */
    @Nullable
    Deadline leave(AppLock.Settings settings) {
        Duration inBackgroundFor = settings.backgroundTimeout();
        if (inBackgroundFor == null) {
            return null;
        }
        Deadline left = new Deadline(loop, inBackgroundFor);
        leaving.add(left);
        return left;
    }

    /** @param left the result of {@link #leave} */
    void inBackground(@Nullable Deadline left, AppLock.Settings settings) {
        if (!inBackground) {
            inBackground = true;
            left(settings, left);
        }
        if (left != null) {
            leaving.remove(left);
        }
    }

    void inForeground() {
        inBackground = false;
        backgroundTimer = cancelled(backgroundTimer);
        background = null;
    }

    /**
     * Whether a timeout is over, even if its timer is late, for example because the device slept.
     * From any thread.
     */
    boolean isOver() {
        // In this order, because a deadline becomes {@code background} before it leaves
        // {@code leaving}.
        boolean gone = leaving.stream().anyMatch(Deadline::isOver);
        Deadline one = idle;
        Deadline other = background;
        return gone || (one != null && one.isOver()) || (other != null && other.isOver());
    }

    /**
     * Runs the task of a timeout that is over before its timer does. On the loop.
     *
     * @return whether one is over
     */
    boolean lockIfOver() {
        boolean late = isOver();
        if (late) {
            over.run();
        }
        return late;
    }

    /** @param since null if the timeout starts now */
    private void left(AppLock.Settings settings, @Nullable Deadline since) {
        Duration inBackgroundFor = settings.backgroundTimeout();
        if (inBackgroundFor != null) {
            Deadline deadline = since != null && since.length().equals(inBackgroundFor)
                    ? since
                    : new Deadline(loop, inBackgroundFor);
            background = deadline;
            backgroundTimer = loop.schedule(deadline.remaining(), over);
        }
    }

    private static @Nullable Timer cancelled(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
        return null;
    }
}
