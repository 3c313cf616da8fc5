// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.ports.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Drives all audio that the PBX generates: one shared timer every 20 ms, running only while there
 * are tasks. Media loop only.
 */
public final class FrameClock {
    public static final int SAMPLES = 160;
    public static final int RATE = 8000;

    private static final long FRAME_NANOS = 20_000_000;
    /** After a longer delay of the loop, the missed frames are dropped, as on a telephone line. */
    private static final long MOST_BEHIND_NANOS = 500_000_000;

    private final Scheduler loop;
    private final Runnable readSockets;

    /** Replaced at each change, so that a task may be added or removed during a tick. */
    private List<Runnable> tasks = List.of();

    private boolean running;
    private long due;

    /**
     * @param readSockets reads arrived packets first, so that after a pause of the machine no
     *     speaker seems silent
     */
    FrameClock(Scheduler loop, Runnable readSockets) {
        this.loop = loop;
        this.readSockets = readSockets;
    }

    public void add(Runnable task) {
        List<Runnable> more = new ArrayList<>(tasks);
        more.add(task);
        tasks = more;
        if (!running) {
            running = true;
            due = loop.nanoTime();
            next();
        }
    }

    public void remove(Runnable task) {
        List<Runnable> fewer = new ArrayList<>(tasks);
        fewer.remove(task);
        tasks = fewer;
    }

    private void next() {
        due = Math.max(due + FRAME_NANOS, loop.nanoTime() - MOST_BEHIND_NANOS);
        loop.schedule(Duration.ofNanos(due - loop.nanoTime()), this::beat);
    }

    private void beat() {
        List<Runnable> now = tasks;
        if (now.isEmpty()) {
            running = false;
            return;
        }
        next();
        readSockets.run();
        for (int i = 0; i < now.size(); i++) {
            now.get(i).run();
        }
    }
}
