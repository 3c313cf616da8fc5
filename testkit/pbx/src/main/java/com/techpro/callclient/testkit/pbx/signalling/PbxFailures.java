// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.signalling;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Collects the PBX's own bugs: exceptions from tasks of its loops and workers, and from its media
 * ports. Closing the PBX reports them.
 */
public final class PbxFailures implements Thread.UncaughtExceptionHandler {
    private static final Logger LOG = Logger.getLogger(PbxFailures.class.getName());
    private static final int MOST_KEPT = 10;

    private final List<Throwable> kept = new ArrayList<>();
    /** Kept failures that have not been reported. */
    private final List<Throwable> untold = new ArrayList<>();

    private int count;
    private int told;

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        LOG.log(Level.SEVERE, "a bug in the PBX", failure);
        synchronized (this) {
            count++;
            if (kept.size() < MOST_KEPT) {
                kept.add(failure);
                untold.add(failure);
            }
        }
    }

    /** Runs a task, and catches and records what it throws. */
    public void guard(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            uncaughtException(Thread.currentThread(), e);
        }
    }

    /** Returns an executor whose tasks are guarded. */
    public Executor guarding(Executor workers) {
        return task -> workers.execute(() -> guard(task));
    }

    public synchronized int count() {
        return count;
    }

    /** Returns the first failures. */
    public synchronized List<Throwable> first() {
        return List.copyOf(kept);
    }

    /**
     * @throws AssertionError if there were any since the last report; its cause is the first of
     *     them
     */
    public synchronized void throwIfAny() {
        int more = count - told;
        if (more == 0) {
            return;
        }
        told = count;
        AssertionError failed = new AssertionError("the PBX itself failed " + more + " times");
        for (Throwable failure : untold) {
            if (failed.getCause() == null) {
                failed.initCause(failure);
            } else {
                failed.addSuppressed(failure);
            }
        }
        untold.clear();
        throw failed;
    }
}
