// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Polls the state several times a second and sends changes to browsers as server-sent events. One
 * thread polls, and each browser has one that writes. A slow browser delays nobody, and misses
 * intermediate states.
 */
final class StateFeed implements AutoCloseable {
    static final int MOST_LISTENERS = 6;
    private static final Logger LOG = Logger.getLogger(StateFeed.class.getName());
    private static final long LOOK_MILLIS = 400;
    /** Writing this detects a browser that is gone. */
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Supplier<String> state;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "console-state");
        thread.setDaemon(true);
        return thread;
    });

    // Guarded by this:
    private String latest = "";
    private long version;
    private int listeners;
    private boolean closed;

    StateFeed(Supplier<String> state) {
        this.state = state;
    }

    void start() {
        var unused = looking.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            publish(state.get());
        } catch (RuntimeException e) {
            // The PBX is busy or has just been closed; it may answer again.
            LOG.log(Level.FINE, "the PBX does not tell its state", e);
        }
    }

    private synchronized void publish(String now) {
        if (!now.equals(latest)) {
            latest = now;
            version++;
            notifyAll();
        }
    }

    /** Returns whether there is room for one more; {@link #leave} releases it. */
    synchronized boolean enter() {
        if (closed || listeners == MOST_LISTENERS) {
            return false;
        }
        listeners++;
        return true;
    }

    synchronized void leave() {
        listeners--;
    }

    synchronized int listeners() {
        return listeners;
    }

    /** Writes events until the browser disconnects or this is closed. */
    void write(OutputStream browser) throws IOException, InterruptedException {
        long seen = 0;
        browser.write("retry: 1000\n\n".getBytes(StandardCharsets.UTF_8));
        while (true) {
            String event;
            synchronized (this) {
                long until = System.nanoTime() + HEARTBEAT_NANOS;
                while (version == seen && !closed) {
                    long left = until - System.nanoTime();
                    if (left <= 0) {
                        break;
                    }
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                }
                if (closed) {
                    return;
                }
                event = version == seen ? ":\n\n" : "data: " + latest + "\n\n";
                seen = version;
            }
            browser.write(event.getBytes(StandardCharsets.UTF_8));
            browser.flush();
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
        synchronized (this) {
            closed = true;
            notifyAll();
        }
    }
}
