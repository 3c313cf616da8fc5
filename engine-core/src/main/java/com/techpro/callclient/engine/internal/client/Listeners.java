// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.internal.loop.EngineLoop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Who hears of something: on the callbacks' executor, in the order of events, and each by itself, so that one that throws keeps nothing from
 * the others.
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

    /** With one that is there from the beginning. */
    Listeners(EngineLoop loop, Executor callbacks, L first) {
        this(loop, callbacks);
        Entry<L> entry = new Entry<>(first);
        entry.hears = true;
        entries.add(entry);
    }

    /**
     * From any thread. One that is there already stays as it is.
     *
     * @param now how things stand, which is the first that the listener hears; asked on the loop
     */
    void add(L listener, Supplier<List<Consumer<L>>> now) {
        if (entries.stream().anyMatch(entry -> entry.listener == listener)) {
            return;
        }
        Entry<L> added = new Entry<>(listener);
        entries.add(added);
        // Events come from the loop: between what is told here and the next of them there is nothing.
        loop.execute(() -> {
            now.get().forEach(event -> callbacks.execute(() -> added.tell(event)));
            added.hears = true;
        });
    }

    /** From any thread; nothing is told after it, not even what has happened before. */
    void remove(L listener) {
        entries.removeIf(entry -> {
            boolean leaves = entry.listener == listener;
            if (leaves) {
                entry.removed = true;
            }
            return leaves;
        });
    }

    /** From any thread. */
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
