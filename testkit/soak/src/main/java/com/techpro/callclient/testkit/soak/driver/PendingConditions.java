// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets other threads wait for effects of a loop's events without polling. */
public final class PendingConditions implements ScriptContext {
    private final Loop loop;
    /** Owned by the loop. */
    private final List<Pending> pending = new ArrayList<>();

    public PendingConditions(Loop loop) {
        this.loop = loop;
    }

    private record Pending(BooleanSupplier condition, CompletableFuture<Boolean> met) {
        boolean settles() {
            return met.isDone() || (condition.getAsBoolean() && met.complete(true));
        }
    }

    @Override
    public void look() {
        pending.removeIf(Pending::settles);
    }

    @Override
    public <T extends @Nullable Object> T ask(Supplier<T> question) {
        return Await.on(loop).ask(question);
    }

    @Override
    public boolean until(BooleanSupplier condition, Duration limit) throws StepFailedException {
        Pending waiting = new Pending(condition, new CompletableFuture<>());
        loop.execute(() -> {
            pending.add(waiting);
            look();
        });
        try {
            return waiting.met.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return waiting.met.complete(false) ? false : waiting.met.join();
        } catch (InterruptedException e) {
            waiting.met.complete(false);
            Thread.currentThread().interrupt();
            throw new StepFailedException("interrupted", "the test was stopped");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
