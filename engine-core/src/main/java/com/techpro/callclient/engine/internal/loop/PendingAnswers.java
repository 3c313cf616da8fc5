// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.loop;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The answers that the host waits for, told on its executor and never exceptionally. Everybody hears one, also who asks a client that is
 * closed, or that closes before it knows better, and also where the host has shut its executor down. From any thread.
 */
public final class PendingAnswers {
    private final Executor callbacks;
    private final Set<Answer<?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public PendingAnswers(Executor callbacks) {
        this.callbacks = callbacks;
    }

    /** @param whenClosed what is told if the client is closed, or closes first */
    public <T> Answer<T> open(T whenClosed) {
        Answer<T> answer = new Answer<>(whenClosed);
        open.add(answer);
        if (closed) {
            answer.giveUp();
        }
        return answer;
    }

    /** Whether nobody waits any longer. */
    public boolean closed() {
        return closed;
    }

    public void close() {
        closed = true;
        List.copyOf(open).forEach(Answer::giveUp);
    }

    /** One answer that is owed. */
    public final class Answer<T> {
        private final HostStage<T> stage = new HostStage<>(callbacks);
        private final T whenClosed;

        private Answer(T whenClosed) {
            this.whenClosed = whenClosed;
        }

        /** What the host is given. */
        public CompletionStage<T> stage() {
            return stage;
        }

        /** The first outcome counts. */
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
