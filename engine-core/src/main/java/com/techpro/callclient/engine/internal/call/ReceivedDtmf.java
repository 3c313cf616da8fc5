// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The keys of the other side, each once: some phone systems send a key both as a telephone event (RFC 4733) and by INFO, in either order. Belongs to the
 * loop.
 */
final class ReceivedDtmf {
    /** How a key arrives. */
    enum Path {
        TELEPHONE_EVENT,
        INFO
    }

    /** How far apart the two may be, beside the length of the key: one is sent when it is pressed, the other told when it is let go. */
    private static final Duration APART = Duration.ofSeconds(5);

    private static final int MOST = 32;

    private record Key(char tone, Path path, long until) {}

    /** Keys that have come by one of the paths so far. */
    private final Deque<Key> single = new ArrayDeque<>();

    /**
     * A key has arrived.
     *
     * @param now in nanoseconds
     * @return false if it has arrived by the other path before
     */
    boolean isNew(char tone, Path path, Duration length, long now) {
        single.removeIf(key -> key.until - now < 0);
        for (Iterator<Key> keys = single.iterator(); keys.hasNext(); ) {
            Key key = keys.next();
            if (key.tone == tone && key.path != path) {
                keys.remove();
                return false;
            }
        }
        if (single.size() == MOST) {
            single.removeFirst();
        }
        single.addLast(new Key(tone, path, now + APART.plus(length).toNanos()));
        return true;
    }
}
