// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.loop;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Passes on only the first answer, even if a host's port answers and throws, or answers twice.
 * Usable from any thread.
 */
public final class FirstAnswer<T> implements Consumer<T> {
    private final AtomicBoolean answered = new AtomicBoolean();
    private final Consumer<T> then;

    public FirstAnswer(Consumer<T> then) {
        this.then = then;
    }

    @Override
    public void accept(T answer) {
        if (answered.compareAndSet(false, true)) {
            then.accept(answer);
        }
    }
}
