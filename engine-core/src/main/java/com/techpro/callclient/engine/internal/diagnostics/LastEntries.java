// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.diagnostics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last few entries of an unlimited series, oldest first. */
final class LastEntries<T> {
    static final int SIZE = 50;

    private final Deque<T> entries = new ArrayDeque<>();

    void add(T entry) {
        if (entries.size() == SIZE) {
            entries.removeFirst();
        }
        entries.addLast(entry);
    }

    List<T> list() {
        return new ArrayList<>(entries);
    }
}
