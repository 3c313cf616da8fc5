// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which the JDK's HTTP server reads and answers requests. A thread whose request has
 * not {@link #arrived} in time is interrupted, which closes its connection. The server's own limit
 * is a system property that it reads once per process, perhaps too early.
 */
final class RequestThreads implements Executor, AutoCloseable {
    static final int MOST = 256;
    private static final int IDLE_SECONDS = 10;

    /** The deadline of the request that a thread reads. */
    private static final ThreadLocal<Future<?>> DEADLINES = new ThreadLocal<>();

    private final AtomicInteger number = new AtomicInteger();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::newThread);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(this::newThread);
    private final Duration longest;

    /** @param longest how long a request may take to arrive */
    RequestThreads(Duration longest) {
        this.longest = longest;
    }

    private Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "console-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable request) {
        threads.execute(() -> {
            Thread reader = Thread.currentThread();
            DEADLINES.set(timer.schedule(reader::interrupt, longest.toMillis(), TimeUnit.MILLISECONDS));
            try {
                request.run();
            } finally {
                arrived();
                DEADLINES.remove();
            }
        });
    }

    /** The request that this thread reads has arrived completely. */
    void arrived() {
        Future<?> deadline = DEADLINES.get();
        if (deadline != null) {
            deadline.cancel(false);
            // The interrupt may have come at the same moment.
            Thread.interrupted();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdownNow();
    }
}
