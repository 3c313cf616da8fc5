// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.stack.log.Loggers;
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
 * Loops and workers on JDK threads: one thread per loop, and two bounded pools whose idle threads
 * end. One of the pools is for tasks that wait for servers. All threads are daemons and named
 * {@code callclient-…}.
 */
public final class JdkSchedulers implements Schedulers {
    static final String THREAD_PREFIX = "callclient-";

    private static final int WORKER_IDLE_SECONDS = 10;

    private final Set<JdkLoop> loops = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor workers;
    private final ThreadPoolExecutor networkWorkers;
    private volatile boolean closed;

    /** Uses as many workers as suit the machine. */
    public JdkSchedulers() {
        this(Math.max(4, 2 * Runtime.getRuntime().availableProcessors()));
    }

    /**
     * @param mostWorkers the most simultaneous tasks on {@link #workers}, and as many on
     *     {@link #networkWorkers}
     */
    public JdkSchedulers(int mostWorkers) {
        workers = pool("worker", mostWorkers, new LinkedBlockingQueue<>(), new ThreadPoolExecutor.DiscardPolicy());
        networkWorkers =
                pool("network", mostWorkers, new LinkedBlockingQueue<>(), new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Returns a pool whose threads end when they are idle. */
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

    /**
     * JVMs apply priorities on macOS, Windows and Android; on Linux only with
     * -XX:ThreadPriorityPolicy=1.
     */
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

    /** Returns a thread that keeps no JVM alive and does not inherit its creator's priority. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing but the sound of a busy machine depends on it
    static Thread daemon(Runnable work, String name, int priority) {
        Thread thread = new Thread(work, THREAD_PREFIX + name);
        thread.setDaemon(true);
        thread.setPriority(priority);
        return thread;
    }

    private static Thread newWorker(Runnable work, String name) {
        var thread = daemon(work, name, Thread.NORM_PRIORITY);
        // Logs only the type: messages may contain what users typed.
        thread.setUncaughtExceptionHandler((unused, failure) -> Loggers.NETWORK.warn(
                "a task of the workers failed: {}", failure.getClass().getName()));
        return thread;
    }
}
