// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.engine.LockOutcome;
import com.techpro.callclient.engine.LockOutcome.Result;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Who waits for an outcome of the lock. Everybody hears one, also if the client closes first or was closed before. From any thread. */
final class LockAnswers {
    private final EngineLoop loop;
    private final Executor callbacks;
    private final Set<CompletableFuture<LockOutcome>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    LockAnswers(EngineLoop loop, Executor callbacks) {
        this.loop = loop;
        this.callbacks = callbacks;
    }

    /**
     * Asks something of the lock.
     *
     * @param task runs on the loop and sees to it that what it is given is told an outcome
     * @param refused runs in its place, on any thread, after closing
     */
    CompletionStage<LockOutcome> ask(Consumer<CompletableFuture<LockOutcome>> task, Runnable refused) {
        CompletableFuture<LockOutcome> outcome = new CompletableFuture<>();
        open.add(outcome);
        if (closed) {
            refused.run();
        } else {
            loop.execute(() -> {
                if (closed) {
                    refused.run();
                } else {
                    task.accept(outcome);
                }
            });
        }
        if (closed) {
            // Also if it was closed a moment ago: then the loop may never come to the task.
            tell(outcome, Result.CANCELLED, Duration.ZERO);
        }
        return outcome;
    }

    /** The first outcome counts. */
    void tell(CompletableFuture<LockOutcome> outcome, Result result, Duration retryIn) {
        if (open.removeIf(waiting -> waiting == outcome)) {
            LockOutcome what = new LockOutcome(result, retryIn);
            callbacks.execute(() -> outcome.complete(what));
        }
    }

    void close() {
        closed = true;
        new ArrayList<>(open).forEach(outcome -> tell(outcome, Result.CANCELLED, Duration.ZERO));
    }
}
