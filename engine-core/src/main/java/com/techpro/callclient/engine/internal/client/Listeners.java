// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.stack.loop.EngineLoop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Notifies listeners on the callbacks' executor, in the order of events. Each runs as its own task,
 * so that one that throws does not affect the others.
 */
final class Listeners<L> {
    private final EngineLoop loop;
    private final Executor callbacks;
    private final List<Entry<L>> entries = new CopyOnWriteArrayList<>();

    /** @param callbacks runs tasks in order */
    Listeners(EngineLoop loop, Executor callbacks) {
        this.loop = loop;
        this.callbacks = callbacks;
    }

    /** Creates a set with a first listener. */
    Listeners(EngineLoop loop, Executor callbacks, L first) {
        this(loop, callbacks);
        Entry<L> entry = new Entry<>(first);
        entry.hears = true;
        entries.add(entry);
    }

    /**
     * Adds a listener, unless it is already there. From any thread.
     *
     * @param now returns the current state, which the listener receives first; called on the loop
     */
    void add(L listener, Supplier<List<Consumer<L>>> now) {
        if (entries.stream().anyMatch(entry -> entry.listener == listener)) {
            return;
        }
        Entry<L> added = new Entry<>(listener);
        entries.add(added);
        // Events come from the loop, so none can be missed between the current state and the next
        // event.
        loop.execute(() -> {
            now.get().forEach(event -> callbacks.execute(() -> added.tell(event)));
            added.hears = true;
        });
    }

    /** Removes a listener. It receives nothing more, not even earlier events. From any thread. */
    void remove(L listener) {
        entries.removeIf(entry -> {
            boolean leaves = entry.listener == listener;
            if (leaves) {
                entry.removed = true;
            }
            return leaves;
        });
    }

    /** Notifies all listeners. From any thread. */
    void tell(Consumer<L> event) {
        for (Entry<L> entry : entries) {
            if (entry.hears) {
                callbacks.execute(() -> entry.tell(event));
            }
        }
    }

    private static final class Entry<L> {
        private final L listener;
        private volatile boolean hears;
        private volatile boolean removed;

        Entry(L listener) {
            this.listener = listener;
        }

        void tell(Consumer<L> event) {
            if (!removed) {
                event.accept(listener);
            }
        }
    }
}
