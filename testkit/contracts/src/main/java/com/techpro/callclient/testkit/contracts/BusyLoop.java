// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A loop of {@link VirtualTime} whose tasks take time. Tasks wait while another is running, as on a
 * real processor. Each task takes the set time plus the time that it {@linkplain #spend spends}.
 */
public final class BusyLoop extends ForwardingLoop {
    private final Loop loop;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private Duration eachTask = Duration.ZERO;
    private Duration spent = Duration.ZERO;
    private boolean busy;

    public BusyLoop(Loop loop) {
        super(loop);
        this.loop = loop;
    }

    /** Sets how long every task takes from now on. */
    public void eachTaskTakes(Duration time) {
        eachTask = time;
    }

    /** Makes the running task take longer by this. */
    public void spend(Duration time) {
        spent = spent.plus(time);
    }

    /** Returns how many tasks are waiting. */
    public int waiting() {
        return waiting.size();
    }

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
        if (!busy) {
            busy = true;
            loop.execute(this::next);
        }
    }

    private void next() {
        Runnable task = waiting.poll();
        if (task == null) {
            busy = false;
            return;
        }
        spent = eachTask;
        try {
            task.run();
        } finally {
            loop.schedule(spent, this::next);
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Due due = new Due(task);
        due.timer = loop.schedule(delay, () -> execute(due));
        return due;
    }

    /** A timer can be cancelled until its task runs, also while it waits its turn (SCH-6). */
    private static final class Due implements Timer, Runnable {
        private final Runnable task;
        private Timer timer = () -> false;
        private boolean over;

        private Due(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (!over) {
                over = true;
                task.run();
            }
        }

        @Override
        public boolean cancel() {
            boolean cancelled = !over;
            over = true;
            timer.cancel();
            return cancelled;
        }
    }

    @Override
    public void close() {
        waiting.clear();
        loop.close();
    }
}
