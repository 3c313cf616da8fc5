// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.jdk;

import com.techpro.callclient.engine.internal.log.Loggers;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loops and workers on threads of the JDK: one thread a loop, and two bounded pools whose idle threads end, one of them for what waits for servers. All are
 * daemons and named {@code callclient-…}.
 */
public final class JdkSchedulers implements Schedulers {
    static final String THREAD_PREFIX = "callclient-";

    private static final int WORKER_IDLE_SECONDS = 10;

    private final Set<JdkLoop> loops = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor workers;
    private final ThreadPoolExecutor networkWorkers;
    private volatile boolean closed;

    /** With as many workers as suit the machine. */
    public JdkSchedulers() {
        this(Math.max(4, 2 * Runtime.getRuntime().availableProcessors()));
    }

    /**
     * Chooses the number of workers.
     *
     * @param mostWorkers tasks that run on {@link #workers} at the same time, and as many on {@link #networkWorkers}
     */
    public JdkSchedulers(int mostWorkers) {
        workers = pool("worker", mostWorkers, new LinkedBlockingQueue<>(), new ThreadPoolExecutor.DiscardPolicy());
        networkWorkers =
                pool("network", mostWorkers, new LinkedBlockingQueue<>(), new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Threads that end when they are idle. */
    static ThreadPoolExecutor pool(
            String name, int most, BlockingQueue<Runnable> waiting, RejectedExecutionHandler whenFull) {
        AtomicInteger made = new AtomicInteger();
        var pool = new ThreadPoolExecutor(
                most,
                most,
                WORKER_IDLE_SECONDS,
                TimeUnit.SECONDS,
                waiting,
                work -> newWorker(work, name + "-" + made.incrementAndGet()),
                whenFull);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public Loop openLoop(String name, Thread.UncaughtExceptionHandler failures) {
        return openLoop(name, Thread.NORM_PRIORITY, failures);
    }

    /** A JVM heeds priorities on macOS, Windows and Android; on Linux if it is told to (-XX:ThreadPriorityPolicy=1). */
    @Override
    public Loop openAudioLoop(String name, Thread.UncaughtExceptionHandler failures) {
        return openLoop(name, Thread.MAX_PRIORITY, failures);
    }

    private Loop openLoop(String name, int priority, Thread.UncaughtExceptionHandler failures) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        var loop = new JdkLoop(name, priority, failures, loops::remove);
        loops.add(loop);
        loop.start();
        if (closed) {
            loop.close();
        }
        return loop;
    }

    @Override
    public Executor workers() {
        return workers;
    }

    @Override
    public Executor networkWorkers() {
        return networkWorkers;
    }

    @Override
    public void close() {
        closed = true;
        loops.forEach(JdkLoop::close);
        workers.shutdownNow();
        networkWorkers.shutdownNow();
    }

    /** One that no JVM lives on for, and that does not inherit the priority of who made it. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing but the sound of a busy machine depends on it
    static Thread daemon(Runnable work, String name, int priority) {
        Thread thread = new Thread(work, THREAD_PREFIX + name);
        thread.setDaemon(true);
        thread.setPriority(priority);
        return thread;
    }

    private static Thread newWorker(Runnable work, String name) {
        var thread = daemon(work, name, Thread.NORM_PRIORITY);
        // The type alone: messages may carry what users typed.
        thread.setUncaughtExceptionHandler((unused, failure) -> Loggers.NETWORK.warn(
                "a task of the workers failed: {}", failure.getClass().getName()));
        return thread;
    }
}
