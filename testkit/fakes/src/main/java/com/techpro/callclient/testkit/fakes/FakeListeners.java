// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Notifies listeners in the order of events. Each runs as its own task. */
final class FakeListeners<L> {
    private final FakeContext context;
    private final List<Entry<L>> entries = new CopyOnWriteArrayList<>();

    FakeListeners(FakeContext context) {
        this.context = context;
    }

    /**
     * Adds a listener, unless it is already there. Under the context's lock.
     *
     * @param now the current state, which the listener receives first
     */
    void add(L listener, List<Consumer<? super L>> now) {
        if (entries.stream().anyMatch(entry -> entry.listener == listener)) {
            return;
        }
        Entry<L> added = new Entry<>(listener);
        entries.add(added);
        now.forEach(event -> context.later(() -> added.tell(event)));
    }

    /** Removes a listener. It receives nothing more, not even earlier events. */
    void remove(L listener) {
        entries.removeIf(entry -> {
            boolean leaves = entry.listener == listener;
            if (leaves) {
                entry.removed = true;
            }
            return leaves;
        });
    }

    /** Notifies all listeners. Under the context's lock. */
    void tell(Consumer<? super L> event) {
        for (Entry<L> entry : entries) {
            context.later(() -> entry.tell(event));
        }
    }

    private static final class Entry<L> {
        private final L listener;
        private volatile boolean removed;

        Entry(L listener) {
            this.listener = listener;
        }

        void tell(Consumer<? super L> event) {
            if (!removed) {
                event.accept(listener);
            }
        }
    }
}
