// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.loop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stage that completes on the host's executor, after earlier callbacks. Waiting for it inside a
 * callback would never end, so that is refused with an exception. The same holds for derived
 * stages.
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

    /**
     * Creates the stages of {@code thenApply} and similar methods. Android before 13 does not call
     * it; there, derived stages wait without this check.
     */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new HostStage<>(callbacks);
    }
}
