// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import com.techpro.callclient.stack.log.Loggers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that serves a network's pushed sockets and streams.
 *
 * <p>It starts with the first task, and waits in {@code select} without polling. It ends after
 * {@link #finish}, when nothing is registered any more. A later task starts it again.
 */
final class IoLoop {
    /** The read buffer; heap memory, because its users (parser, ciphers) work on arrays. */
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    // Needed because other threads submit tasks; guards tasks, selector, thread and finishing.
    private final Object lock = new Object();
    private ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private @Nullable Selector selector;
    private @Nullable Thread thread;
    private boolean finishing;
    private final List<SelectorTimer> timers = new ArrayList<>();

    /** Serves one channel; attached to its key. */
    interface ChannelHandler {
        /**
         * The channel is ready for one of the key's operations. Must not throw; an exception ends
         * the channel.
         */
        void ready(SelectionKey key) throws IOException;

        /** The channel can no longer be served. */
        void failed(IOException cause);
    }

    /** A delayed task on this thread. */
    static final class SelectorTimer {
        private final long due;
        private final Runnable task;

        SelectorTimer(long due, Runnable task) {
            this.due = due;
            this.task = task;
        }
    }

    void execute(Runnable task) {
        synchronized (lock) {
            tasks.add(task);
            if (thread == null) {
                start();
            } else if (selector != null && Thread.currentThread() != thread) {
                selector.wakeup();
            }
        }
    }

    /** Lets the thread end once nothing is registered. */
    void finish() {
        synchronized (lock) {
            finishing = true;
            if (selector != null) {
                selector.wakeup();
            }
        }
    }

    /**
     * Releases closed channels: until a selection has passed, the system keeps their ports. Returns
     * when that is done; on the thread itself, that happens next.
     */
    void letGo() {
        var done = new CountDownLatch(1);
        synchronized (lock) {
            Selector current = selector;
            if (current == null) {
                return;
            }
            tasks.add(() -> {
                try {
                    current.selectNow();
                } catch (IOException e) {
                    Loggers.NETWORK.warn("a selector failed: {}", e.getClass().getName());
                } finally {
                    done.countDown();
                }
            });
            current.wakeup();
            if (Thread.currentThread() == thread) {
                return;
            }
        }
        try {
            // Limited, in case a callback blocks in spite of its contract.
            done.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The shared read buffer, cleared. On the thread only. */
    ByteBuffer buffer() {
        ((Buffer) buffer).clear();
        return buffer;
    }

    /** On the thread only. */
    SelectionKey register(SelectableChannel channel, int operations, ChannelHandler handler)
            throws ClosedChannelException {
        Selector current;
        synchronized (lock) {
            current = selector;
        }
        if (current == null) {
            throw new ClosedChannelException();
        }
        return channel.register(current, operations, handler);
    }

    /** On the thread only. */
    SelectorTimer after(Duration delay, Runnable task) {
        var timer = new SelectorTimer(System.nanoTime() + delay.toNanos(), task);
        timers.add(timer);
        return timer;
    }

    /** On the thread only. */
    void cancel(@Nullable SelectorTimer timer) {
        timers.remove(timer);
    }

    private void start() {
        try {
            Selector opened = Selector.open();
            // The task that starts the thread is queued already.
            opened.wakeup();
            selector = opened;
            thread = JdkSchedulers.daemon(() -> run(opened), "io", Thread.NORM_PRIORITY);
        } catch (IOException e) {
            throw new UncheckedIOException("no selector", e);
        }
        thread.start();
    }

    private void run(Selector current) {
        while (true) {
            try {
                select(current);
                runTasks();
                serve(current);
                runTimers();
                if (ends(current)) {
                    return;
                }
            } catch (IOException | RuntimeException | Error e) {
                Loggers.NETWORK.error("the network thread met {}", e.getClass().getName());
            }
        }
    }

    private void select(Selector current) throws IOException {
        long wait = 0;
        for (SelectorTimer timer : timers) {
            long millis = Math.max(1, (timer.due - System.nanoTime()) / 1_000_000L + 1);
            wait = wait == 0 ? millis : Math.min(wait, millis);
        }
        current.select(wait);
        // If a callback left the thread interrupted, waiting would otherwise become spinning.
        Thread.interrupted();
    }

    private void runTasks() {
        ArrayDeque<Runnable> batch;
        synchronized (lock) {
            if (tasks.isEmpty()) {
                return;
            }
            batch = tasks;
            tasks = new ArrayDeque<>();
        }
        for (Runnable task : batch) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                Loggers.NETWORK.error(
                        "a task of the network thread failed: {}", e.getClass().getName());
            }
        }
    }

    private static void serve(Selector current) {
        Iterator<SelectionKey> keys = current.selectedKeys().iterator();
        while (keys.hasNext()) {
            SelectionKey key = keys.next();
            keys.remove();
            if (!key.isValid() || !(key.attachment() instanceof ChannelHandler handler)) {
                continue;
            }
            try {
                handler.ready(key);
            } catch (IOException e) {
                handler.failed(e);
            } catch (RuntimeException | Error e) {
                Loggers.NETWORK.error(
                        "a handler of the network failed: {}", e.getClass().getName());
                handler.failed(new IOException("its handler failed", e));
            }
        }
    }

    private void runTimers() {
        if (timers.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        for (SelectorTimer timer : new ArrayList<>(timers)) {
            if (timer.due - now <= 0 && timers.remove(timer)) {
                try {
                    timer.task.run();
                } catch (RuntimeException | Error e) {
                    Loggers.NETWORK.error(
                            "a timer of the network thread failed: {}",
                            e.getClass().getName());
                }
            }
        }
    }

    private boolean ends(Selector current) throws IOException {
        synchronized (lock) {
            if (!finishing || !tasks.isEmpty()) {
                return false;
            }
            // Closed channels stay registered until a selection passes.
            current.selectNow();
            if (!current.keys().isEmpty()) {
                return false;
            }
            current.close();
            selector = null;
            thread = null;
            return true;
        }
    }
}
