// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import com.techpro.callclient.ports.audio.AudioDevice;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the system's devices once a second while a stream is open. Listing and opening them may take some hundred
 * milliseconds, which a stream's own thread does not have.
 */
final class WatchThread {
    private static final long INTERVAL_MILLIS = 1000;
    /** A driver that hangs must not hang the closing of a stream. */
    private static final long END_MILLIS = 200;

    private final LineSource lines;
    private final Object lock = new Object();
    private final Set<WatchedStream> streams = new LinkedHashSet<>();
    private @Nullable Thread thread;

    WatchThread(LineSource lines) {
        this.lines = lines;
    }

    void add(WatchedStream stream) {
        synchronized (lock) {
            streams.add(stream);
            if (thread == null) {
                thread = new Thread(this::run, "callclient-devices");
                thread.setDaemon(true);
                thread.start();
            } else {
                lock.notifyAll();
            }
        }
    }

    /** Stops watching a stream, and waits for the thread to end if it was the last one. */
    void remove(WatchedStream stream) {
        Thread ending;
        synchronized (lock) {
            if (!streams.remove(stream) || !streams.isEmpty()) {
                return;
            }
            ending = thread;
            thread = null;
            lock.notifyAll();
        }
        if (ending != null) {
            try {
                ending.join(END_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        while (true) {
            List<WatchedStream> watched;
            synchronized (lock) {
                if (thread != Thread.currentThread()) {
                    return;
                }
                watched = new ArrayList<>(streams);
            }
            look(watched);
            synchronized (lock) {
                try {
                    if (thread == Thread.currentThread()) {
                        lock.wait(INTERVAL_MILLIS);
                    }
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    private void look(List<WatchedStream> watched) {
        List<AudioDevice> devices;
        try {
            devices = lines.devices();
        } catch (RuntimeException inTransition) {
            // The JDK may throw while a device is being plugged in.
            return;
        }
        for (WatchedStream stream : watched) {
            stream.look(devices, System.nanoTime());
        }
    }
}
