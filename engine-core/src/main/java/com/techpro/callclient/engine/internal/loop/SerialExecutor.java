// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.loop;

import com.techpro.callclient.engine.HostCallbackException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks in order, one at a time, on an executor that may do neither by itself. What a task throws goes to the handler, and the
 * next task runs. What the executor refuses, as one does that was shut down, is dropped, except for what is {@link Owed}.
 */
public final class SerialExecutor implements Executor {
    /**
     * A task that somebody waits for, such as the completion of a stage: where the executor refuses it, it runs on the thread that asked, as
     * a promise kept in the wrong place is better than none.
     */
    public interface Owed extends Runnable {}

    private final Executor executor;
    private final Thread.UncaughtExceptionHandler failures;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;
    private volatile @Nullable Thread current;

    public SerialExecutor(Executor executor, Thread.UncaughtExceptionHandler failures) {
        this.executor = executor;
        this.failures = failures;
    }

    /** For the host's tasks on the host's executor: what they throw is told as a {@link HostCallbackException}. */
    public static SerialExecutor ofHost(Executor executor, Thread.UncaughtExceptionHandler failures) {
        return new SerialExecutor(
                executor, (thread, thrown) -> failures.uncaughtException(thread, new HostCallbackException(thrown)));
    }

    /** Whether the caller is a task of this executor: what it waits for of this executor's tasks will not come before it returns. */
    public boolean isCurrent() {
        return current == Thread.currentThread();
    }

    @Override
    public void execute(Runnable task) {
        // A hand-off between threads: nothing but the queue is touched under the lock.
        synchronized (waiting) {
            waiting.add(task);
            if (running && !isTerminated()) {
                return;
            }
            running = true;
        }
        handOver();
    }

    /** One that was shut down at once has thrown away what it was handed, and with it our turn. */
    private boolean isTerminated() {
        return executor instanceof ExecutorService service && service.isTerminated();
    }

    /** A host may shut its executor down before the engine has said its last word: that must not keep the engine from closing. */
    private void handOver() {
        try {
            executor.execute(this::runNext);
        } catch (RejectedExecutionException e) {
            refused().forEach(this::run);
        }
    }

    private List<Runnable> refused() {
        List<Runnable> owed = new ArrayList<>();
        synchronized (waiting) {
            for (Runnable task : waiting) {
                if (task instanceof Owed) {
                    owed.add(task);
                }
            }
            waiting.clear();
            running = false;
        }
        return owed;
    }

    private void runNext() {
        Runnable task;
        synchronized (waiting) {
            task = waiting.poll();
            if (task == null) {
                running = false;
                return;
            }
        }
        current = Thread.currentThread();
        run(task);
        current = null;
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                running = false;
                return;
            }
        }
        handOver();
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            failures.uncaughtException(Thread.currentThread(), e);
        }
    }
}
