// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Reports each digit of the far end once. Some phone systems send a digit both as a telephone event
 * (RFC 4733) and by INFO, in either order. Belongs to the loop.
 */
public final class ReceivedDtmf {
    /** How a digit arrives. */
    public enum Path {
        TELEPHONE_EVENT,
        INFO
    }

    /**
     * Maximum time between the two, beyond the length of the digit: one is sent when the key is
     * pressed, the other when it is released.
     */
    private static final Duration APART = Duration.ofSeconds(5);

    private static final int MOST = 32;

    private record Key(char tone, Path path, long until) {}

    /** Digits that have arrived by only one path so far. */
    private final Deque<Key> single = new ArrayDeque<>(1);

    /**
     * Notes a digit.
     *
     * @param now in nanoseconds
     * @return false if it has already arrived by the other path
     */
    public boolean isNew(char tone, Path path, Duration length, long now) {
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
