// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.jdk.Coroutine;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a script in turns with a loop. The loop waits while the script runs, so the script sees
 * everything that the loop owns, and repeats itself in virtual time. It has a thread while it
 * lasts. Owned by the loop.
 */
final class CoroutineScript implements ScriptContext {
    private final Loop loop;
    private final Coroutine<Boolean> script;
    private final Runnable ended;
    private @Nullable BooleanSupplier awaited;
    private Duration limit = Duration.ZERO;
    private @Nullable Timer timer;
    private @Nullable Throwable failure;

    /** @param ended runs on the loop, once the script has returned or thrown */
    CoroutineScript(Loop loop, Runnable script, Runnable ended) {
        this.loop = loop;
        this.script = new Coroutine<>("soak-call", self -> runBody(script));
        this.ended = ended;
    }

    void start() {
        resume(true);
    }

    private void runBody(Runnable body) {
        try {
            body.run();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private void resume(boolean held) {
        awaited = null;
        if (timer != null) {
            timer.cancel();
        }
        if (script.resume(held)) {
            timer = loop.schedule(limit, () -> resume(false));
            return;
        }
        ended.run();
        if (failure instanceof RuntimeException thrown) {
            throw thrown;
        } else if (failure instanceof Error thrown) {
            throw thrown;
        }
    }

    @Override
    public void look() {
        if (awaited != null && awaited.getAsBoolean()) {
            resume(true);
        }
    }

    @Override
    public boolean until(BooleanSupplier condition, Duration most) {
        if (condition.getAsBoolean()) {
            return true;
        }
        awaited = condition;
        limit = most;
        return script.await();
    }

    @Override
    public <T extends @Nullable Object> T ask(Supplier<T> question) {
        return question.get();
    }
}
