// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.loop;

import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.time.Instant;

/**
 * The loop that owns all signalling and domain state. Events from other threads enter through
 * {@link #execute}. Code that changes state calls {@link #assertOnLoop} first, so that a wrong
 * thread is found at once.
 */
public final class EngineLoop {
    private final Scheduler scheduler;

    public EngineLoop(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** @throws IllegalStateException if the caller is not a task of this loop */
    public void assertOnLoop() {
        if (!scheduler.isCurrent()) {
            throw new IllegalStateException("signalling state may be touched only on its own loop");
        }
    }

    public boolean isCurrent() {
        return scheduler.isCurrent();
    }

    /** Runs the task on the loop, never inside this call. From any thread. */
    public void execute(Runnable task) {
        scheduler.execute(task);
    }

    /**
     * Runs the task at once if already on the loop, otherwise passes it to the loop. From any
     * thread.
     */
    public void runOrExecute(Runnable task) {
        if (scheduler.isCurrent()) {
            task.run();
        } else {
            scheduler.execute(task);
        }
    }

    /** Runs the task on the loop after the delay. From any thread. */
    public Timer schedule(Duration delay, Runnable task) {
        return scheduler.schedule(delay, task);
    }

    /** Monotonic; see {@link Scheduler#nanoTime}. */
    public long nanoTime() {
        return scheduler.nanoTime();
    }

    /** The wall clock; see {@link Scheduler#now}. */
    public Instant now() {
        return scheduler.now();
    }
}
