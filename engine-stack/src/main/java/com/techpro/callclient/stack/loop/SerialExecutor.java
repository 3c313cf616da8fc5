// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.loop;

import com.techpro.callclient.engine.failure.HostCallbackException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks in order, one at a time, on an executor that need not do either. Exceptions go to the
 * handler, and the next task runs. Tasks that the executor rejects, as after a shutdown, are
 * dropped unless they are {@link Owed}. So are those that come after {@link #close}.
 */
public final class SerialExecutor implements Executor {
    /**
     * A task that somebody waits for, such as the completion of a stage. If the executor rejects
     * it, it runs on the submitting thread: the wrong thread is better than no completion.
     */
    public interface Owed extends Runnable {}

    private volatile Executor executor;
    private final Thread.UncaughtExceptionHandler failures;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;
    private volatile @Nullable Thread current;

    public SerialExecutor(Executor executor, Thread.UncaughtExceptionHandler failures) {
        this.executor = executor;
        this.failures = failures;
    }

    /**
     * Creates an executor for the host's tasks; their exceptions are reported as
     * {@link HostCallbackException}.
     */
    public static SerialExecutor ofHost(Executor executor, Thread.UncaughtExceptionHandler failures) {
        return new SerialExecutor(
                executor, (thread, thrown) -> failures.uncaughtException(thread, new HostCallbackException(thrown)));
    }

    /** Whether the caller is a task of this executor. Such a task must not wait for later ones. */
    public boolean isCurrent() {
        return current == Thread.currentThread();
    }

    @Override
    public void execute(Runnable task) {
        // A hand-off between threads: only the queue is touched under the lock.
        synchronized (waiting) {
            waiting.add(task);
            if (running && !isTerminated()) {
                return;
            }
            running = true;
        }
        handOver();
    }

    /**
     * Stops using the executor. Its owner calls this before ending an executor that drops tasks
     * without rejecting them, as a closed loop does. From any thread.
     */
    public void close() {
        executor = task -> {
            throw new RejectedExecutionException();
        };
        refused().forEach(this::run);
    }

    /** After {@code shutdownNow} the executor has dropped its tasks, including ours. */
    private boolean isTerminated() {
        return executor instanceof ExecutorService service && service.isTerminated();
    }

    /**
     * Submits the next task. The host may shut its executor down before the engine's last callback;
     * the engine must still close.
     */
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
