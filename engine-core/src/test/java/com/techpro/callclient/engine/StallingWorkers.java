// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Schedulers whose network workers get no further, for as long as they are to stall. */
final class StallingWorkers implements Schedulers {
    private final VirtualTime time;
    private final List<Runnable> stalled = new ArrayList<>();
    private boolean stalls;
    private boolean working;

    StallingWorkers(VirtualTime time) {
        this.time = time;
    }

    void stall() {
        stalls = true;
    }

    /** From now on tasks run, and those that stalled do too. */
    void goOn() {
        stalls = false;
        stalled.forEach(networkWorkers()::execute);
        stalled.clear();
    }

    boolean anyStalled() {
        return !stalled.isEmpty();
    }

    /** Whether a network worker is at work. */
    boolean working() {
        return working;
    }

    @Override
    public Loop openLoop(String name, Thread.UncaughtExceptionHandler failures) {
        return time.openLoop(name, failures);
    }

    @Override
    public Executor workers() {
        return time.workers();
    }

    @Override
    public Executor networkWorkers() {
        return task -> time.workers().execute(() -> {
            if (stalls) {
                stalled.add(task);
                return;
            }
            working = true;
            task.run();
            working = false;
        });
    }

    @Override
    public void close() {}
}
