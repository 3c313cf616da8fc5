// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.engine.internal.loop.PendingAnswers.Answer;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/** Passwords to be looked at, one at a time: tried side by side each would cost what one costs. Belongs to the loop. */
final class PasswordAttempts {
    private final Queue<Attempt> waiting = new ArrayDeque<>();
    private final Consumer<Attempt> begin;
    private boolean busy;

    /** @param begin looks at one, and in the end finishes it */
    PasswordAttempts(Consumer<Attempt> begin) {
        this.begin = begin;
    }

    /** Holds a password for as long as it takes to look at it. */
    record Attempt(Secret password, LockInput whenRight, Answer<LockOutcome> outcome) {
        @Override
        public String toString() {
            return "Attempt[redacted]";
        }
    }

    void add(Attempt attempt) {
        waiting.add(attempt);
        next();
    }

    /** The one that was begun. */
    void finish(Attempt attempt, Result result, Duration retryIn) {
        attempt.password.wipe();
        busy = false;
        attempt.outcome.tell(new LockOutcome(result, retryIn));
        next();
    }

    /** Those that are waiting are not looked at any more. */
    void close() {
        waiting.forEach(attempt -> attempt.password.wipe());
        waiting.clear();
    }

    private void next() {
        Attempt next = busy ? null : waiting.poll();
        if (next != null) {
            busy = true;
            begin.accept(next);
        }
    }
}
