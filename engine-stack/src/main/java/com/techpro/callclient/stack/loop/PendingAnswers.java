// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.loop;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The answers that the host waits for. They complete on its executor, never exceptionally. Every
 * answer completes, even if the client is closed first or the host has shut down its executor.
 * Usable from any thread.
 */
public final class PendingAnswers {
    private final Executor callbacks;
    private final Set<Answer<?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public PendingAnswers(Executor callbacks) {
        this.callbacks = callbacks;
    }

    /** @param whenClosed the answer if the client is closed, now or before another answer */
    public <T> Answer<T> open(T whenClosed) {
        Answer<T> answer = new Answer<>(whenClosed);
        open.add(answer);
        if (closed) {
            answer.giveUp();
        }
        return answer;
    }

    /** Whether all answers are complete for good. */
    public boolean closed() {
        return closed;
    }

    public void close() {
        closed = true;
        List.copyOf(open).forEach(Answer::giveUp);
    }

    /** One pending answer. */
    public final class Answer<T> {
        private final HostStage<T> stage = new HostStage<>(callbacks);
        private final T whenClosed;

        private Answer(T whenClosed) {
            this.whenClosed = whenClosed;
        }

        /** Returns the stage for the host. */
        public CompletionStage<T> stage() {
            return stage;
        }

        /** Completes the answer; only the first outcome counts. */
        public void tell(T outcome) {
            if (open.remove(this)) {
                callbacks.execute((SerialExecutor.Owed) () -> stage.complete(outcome));
            }
        }

        private void giveUp() {
            tell(whenClosed);
        }
    }
}
