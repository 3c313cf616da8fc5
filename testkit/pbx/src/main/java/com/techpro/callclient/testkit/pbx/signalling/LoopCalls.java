// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.signalling;

import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Runs tasks on the signalling loop for a test's thread and waits for them, in real and virtual
 * time.
 */
public final class LoopCalls {
    private static final long LONGEST_SECONDS = 20;

    private final Schedulers schedulers;
    private final EngineLoop loop;

    public LoopCalls(Schedulers schedulers, EngineLoop loop) {
        this.schedulers = schedulers;
        this.loop = loop;
    }

    public <T> T call(Callable<T> task) {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                done.complete(task.call());
            } catch (Exception e) {
                // Reaches the waiting thread.
                done.completeExceptionally(e);
            }
        });
        if (schedulers instanceof VirtualTime virtual) {
            virtual.settle();
        }
        try {
            return done.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the PBX could not do that", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the PBX", e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the PBX does not react", e);
        }
    }

    public void run(ThrowingTask task) {
        call(() -> {
            task.run();
            return Boolean.TRUE;
        });
    }

    /**
     * Waits until a condition holds, in virtual time by advancing time; returns whether it did
     * within the limit. The condition is checked repeatedly on the calling thread.
     */
    public boolean holdsWithin(BooleanSupplier condition, Duration limit) {
        return schedulers instanceof VirtualTime virtual
                ? virtual.holdsWithin(condition, limit)
                : Await.holdsWithin(condition, limit);
    }

    /** A task that may throw. */
    public interface ThrowingTask {
        void run() throws Exception;
    }
}
