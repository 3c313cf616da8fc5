// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.loop;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs tasks in order, one at a time, on an executor that may do neither by itself. What a task throws goes to the handler, and the
 * next task runs. What the executor refuses, as one does that was shut down, is dropped.
 */
public final class SerialExecutor implements Executor {
    private final Executor executor;
    private final Thread.UncaughtExceptionHandler failures;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    public SerialExecutor(Executor executor, Thread.UncaughtExceptionHandler failures) {
        this.executor = executor;
        this.failures = failures;
    }

    @Override
    public void execute(Runnable task) {
        // A hand-off between threads: nothing but the queue is touched under the lock.
        synchronized (waiting) {
            waiting.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        handOver();
    }

    /** A host may shut its executor down before the engine has said its last word: that must not keep the engine from closing. */
    private void handOver() {
        try {
            executor.execute(this::runNext);
        } catch (RejectedExecutionException e) {
            synchronized (waiting) {
                waiting.clear();
                running = false;
            }
        }
    }

    private void runNext() {
        Runnable task;
        synchronized (waiting) {
            task = waiting.remove();
        }
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            failures.uncaughtException(Thread.currentThread(), e);
        }
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                running = false;
                return;
            }
        }
        handOver();
    }
}
