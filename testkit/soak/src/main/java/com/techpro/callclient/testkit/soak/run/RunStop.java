// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Whether a run was ended early, for example by Ctrl-C. For any thread. */
final class RunStop implements BooleanSupplier {
    private volatile boolean stopped;
    private volatile long stoppedAt;
    private final Object lock = new Object();
    /** The thread that waits for the app users, which check only their own steps. */
    private @Nullable Thread interruptible;

    @SuppressWarnings("Interruption") // the thread asked for it
    void stop() {
        synchronized (lock) {
            if (!stopped) {
                stoppedAt = System.nanoTime();
                stopped = true;
            }
            if (interruptible != null) {
                interruptible.interrupt();
            }
        }
    }

    @Override
    public boolean getAsBoolean() {
        return stopped;
    }

    /** Whether the run was ended early, longer ago than this. */
    boolean isOlderThan(Duration time) {
        return stopped && System.nanoTime() - stoppedAt > time.toNanos();
    }

    /**
     * From now on an early end interrupts this thread; with null, none.
     *
     * @return whether the run continues
     */
    boolean mayInterrupt(@Nullable Thread thread) {
        synchronized (lock) {
            interruptible = thread;
            if (thread == null) {
                boolean unused = Thread.interrupted();
            }
            return !stopped;
        }
    }
}
