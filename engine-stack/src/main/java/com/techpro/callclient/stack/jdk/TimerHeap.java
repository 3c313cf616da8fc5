// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import com.techpro.callclient.stack.jdk.JdkLoop.JdkTimer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap of timers in which each knows its place, so that cancelling removes it at once.
 * Most of a SIP stack's timers are cancelled, and those of 32 seconds would otherwise accumulate.
 */
final class TimerHeap {
    private static final int INITIAL = 64;

    private @Nullable JdkTimer[] timers = new JdkTimer[INITIAL];
    private int size;

    @Nullable
    JdkTimer first() {
        return timers[0];
    }

    int size() {
        return size;
    }

    void add(JdkTimer timer) {
        if (size == timers.length) {
            timers = Arrays.copyOf(timers, size * 2);
        }
        size++;
        rise(size - 1, timer);
    }

    void remove(JdkTimer timer) {
        int hole = timer.place;
        if (hole < 0) {
            return;
        }
        timer.place = -1;
        size--;
        JdkTimer last = timers[size];
        timers[size] = null;
        if (last == null || last == timer) {
            return;
        }
        sink(hole, last);
        if (last.place == hole) {
            rise(hole, last);
        }
    }

    void clear() {
        Arrays.fill(timers, 0, size, null);
        size = 0;
    }

    private void rise(int from, JdkTimer timer) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            JdkTimer above = timers[parent];
            if (above == null || !timer.isBefore(above)) {
                break;
            }
            put(place, above);
            place = parent;
        }
        put(place, timer);
    }

    private void sink(int from, JdkTimer timer) {
        int place = from;
        while (true) {
            int child = 2 * place + 1;
            JdkTimer below = child < size ? timers[child] : null;
            JdkTimer right = child + 1 < size ? timers[child + 1] : null;
            if (below != null && right != null && right.isBefore(below)) {
                child++;
                below = right;
            }
            if (below == null || !below.isBefore(timer)) {
                break;
            }
            put(place, below);
            place = child;
        }
        put(place, timer);
    }

    private void put(int place, JdkTimer timer) {
        timers[place] = timer;
        timer.place = place;
    }
}
