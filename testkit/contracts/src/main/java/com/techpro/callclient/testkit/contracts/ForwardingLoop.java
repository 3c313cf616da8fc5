// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.time.Instant;

/** A loop that another one runs. A test overrides what is to differ. */
public abstract class ForwardingLoop implements Loop {
    private final Loop loop;

    protected ForwardingLoop(Loop loop) {
        this.loop = loop;
    }

    @Override
    public long nanoTime() {
        return loop.nanoTime();
    }

    @Override
    public Instant now() {
        return loop.now();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return loop.schedule(delay, task);
    }

    @Override
    public boolean isCurrent() {
        return loop.isCurrent();
    }

    @Override
    public int pendingTimers() {
        return loop.pendingTimers();
    }

    @Override
    public void close() {
        loop.close();
    }
}
