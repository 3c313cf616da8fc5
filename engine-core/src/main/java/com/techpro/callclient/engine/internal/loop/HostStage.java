// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.loop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stage that completes on the host's executor, after the callbacks before it. Waited for inside one of those it would never complete, so that
 * waiting there is refused with an exception that says so; so it is for what was derived from it.
 */
public final class HostStage<T> extends CompletableFuture<T> {
    private final Executor callbacks;

    public HostStage(Executor callbacks) {
        this.callbacks = callbacks;
    }

    private void requireNotInCallback() {
        if (!isDone() && callbacks instanceof SerialExecutor serial && serial.isCurrent()) {
            throw new IllegalStateException(
                    "waiting for this inside a callback would never end, as it is told after that callback;"
                            + " go on in thenAccept, or wait on another thread");
        }
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        requireNotInCallback();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        requireNotInCallback();
        return super.get(timeout, unit);
    }

    @Override
    public T join() {
        requireNotInCallback();
        return super.join();
    }

    /** What {@code thenApply} and its like make. Not called on Android before 13, whose derived stages wait as they always did. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new HostStage<>(callbacks);
    }
}
