// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.ports.time.Loop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Lets the main thread wait for what a loop does. */
final class Waiting {
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Loop loop;

    Waiting(Loop loop) {
        this.loop = loop;
    }

    /** Waits until a condition, looked at on the loop, holds; whether it did within the limit. */
    boolean until(Duration limit, BooleanSupplier condition) {
        CompletableFuture<Boolean> held = new CompletableFuture<>();
        look(loop.nanoTime() + limit.toNanos(), condition, held);
        return held.join();
    }

    /** Lets time pass, unless the condition holds before. */
    void pass(Duration time, BooleanSupplier unless) {
        until(time, unless);
    }

    /** Runs something on the loop and waits for what it gives. */
    <T> T ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void look(long deadline, BooleanSupplier condition, CompletableFuture<Boolean> held) {
        loop.execute(() -> {
            if (condition.getAsBoolean()) {
                held.complete(true);
            } else if (loop.nanoTime() - deadline >= 0) {
                held.complete(false);
            } else {
                var unused = loop.schedule(LOOK, () -> look(deadline, condition, held));
            }
        });
    }
}
