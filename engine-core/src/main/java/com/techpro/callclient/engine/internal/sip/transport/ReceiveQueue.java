// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transport;

import com.techpro.callclient.engine.diagnostics.SignallingLoad;
import com.techpro.callclient.engine.internal.log.Loggers;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What was received and waits for the loop, bounded in number and bytes. What belongs to dialogs and connections is served first and in
 * order; requests outside dialogs, in order among themselves, one at a time when nothing else waits, neither here nor on the loop: between
 * two of them everything else the loop was asked to do has its turn. {@link OverloadControl} says which of them are refused instead.
 *
 * <p>Filled from any thread, served on the loop.
 */
final class ReceiveQueue {
    /** A request outside dialogs. */
    interface Initial {
        /**
         * Its turn has come.
         *
         * @param refuse whether there is no time for it
         * @return whether it was served all the same
         */
        boolean take(boolean refuse);
    }

    private record Waiting<T>(long since, int bytes, T what) {}

    /** Enough to be worth a task of the loop, and few enough that others wait for milliseconds at most. */
    private static final int MOST_IN_A_ROW = 16;

    private static final long MOST_BYTES = 16L << 20;

    private final EngineLoop loop;
    private final int limit;
    private final OverloadControl control = new OverloadControl();
    private final Queue<Waiting<Runnable>> first = new ConcurrentLinkedQueue<>();
    private final Queue<Waiting<Initial>> initial = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingFirst = new AtomicInteger();
    private final AtomicInteger waitingInitial = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong overflow = new AtomicLong();
    private final AtomicBoolean draining = new AtomicBoolean();
    private boolean wasOverloaded;
    private long delay;
    private long longest;

    /** @param limit of each of the two kinds */
    ReceiveQueue(EngineLoop loop, int limit) {
        this.loop = loop;
        this.limit = limit;
    }

    /** Something a connection tells, which is never too much. */
    void add(Runnable event) {
        waitingFirst.incrementAndGet();
        enqueue(first, 0, event);
    }

    /** @return whether it may wait; if not, it is dropped and counted */
    boolean add(int size, Runnable received) {
        if (!enters(waitingFirst, size)) {
            overflow.incrementAndGet();
            return false;
        }
        enqueue(first, size, received);
        return true;
    }

    /** @return whether it may wait; if not, the caller refuses or {@linkplain #dropped drops} it */
    boolean addInitial(int size, Initial request) {
        if (!enters(waitingInitial, size)) {
            return false;
        }
        enqueue(initial, size, request);
        return true;
    }

    void dropped() {
        overflow.incrementAndGet();
    }

    private boolean enters(AtomicInteger waiting, int size) {
        if (waiting.incrementAndGet() > limit || bytes.get() + size > MOST_BYTES) {
            waiting.decrementAndGet();
            return false;
        }
        return true;
    }

    private <T> void enqueue(Queue<Waiting<T>> queue, int size, T what) {
        bytes.addAndGet(size);
        queue.add(new Waiting<>(loop.nanoTime(), size, what));
        if (draining.compareAndSet(false, true)) {
            loop.execute(this::drain);
        }
    }

    private <T> T taken(Waiting<T> next, AtomicInteger waiting) {
        waiting.decrementAndGet();
        bytes.addAndGet(-next.bytes);
        delay = loop.nanoTime() - next.since;
        longest = Math.max(longest, delay);
        return next.what;
    }

    private void drain() {
        try {
            serveFirst();
            serveInitial();
        } finally {
            // Behind everything that the loop was asked for meanwhile.
            if (!first.isEmpty() || !initial.isEmpty()) {
                loop.execute(this::drain);
            } else {
                draining.set(false);
                if ((!first.isEmpty() || !initial.isEmpty()) && draining.compareAndSet(false, true)) {
                    loop.execute(this::drain);
                }
            }
        }
    }

    private void serveFirst() {
        for (int i = 0; i < MOST_IN_A_ROW; i++) {
            Waiting<Runnable> next = first.poll();
            if (next == null) {
                return;
            }
            taken(next, waitingFirst).run();
        }
    }

    /** Refuses some, or serves one. */
    private void serveInitial() {
        for (int i = 0; i < MOST_IN_A_ROW; i++) {
            Waiting<Initial> next = initial.peek();
            if (next == null) {
                control.idle();
                tellChange();
                return;
            }
            long now = loop.nanoTime();
            boolean refuse = control.refuses(now - next.since, now, waitingInitial.get() > limit / 2);
            tellChange();
            if (!refuse && !first.isEmpty()) {
                return;
            }
            initial.remove();
            if (taken(next, waitingInitial).take(refuse)) {
                return;
            }
        }
    }

    private void tellChange() {
        if (wasOverloaded != control.isOverloaded()) {
            wasOverloaded = control.isOverloaded();
            if (wasOverloaded) {
                Loggers.TRANSPORT.warn("overloaded: requests outside dialogs waited {} ms", delay / 1_000_000);
            } else {
                Loggers.TRANSPORT.info("no longer overloaded");
            }
        }
    }

    /** What was dropped because too much waited. */
    long overflow() {
        return overflow.get();
    }

    SignallingLoad load() {
        long now = loop.nanoTime();
        long oldest = Math.max(age(first.peek(), now), age(initial.peek(), now));
        return new SignallingLoad(
                control.isOverloaded(),
                waitingFirst.get() + waitingInitial.get(),
                Duration.ofNanos(oldest),
                Duration.ofNanos(Math.max(longest, oldest)));
    }

    private static long age(@Nullable Waiting<?> oldest, long now) {
        return oldest == null ? 0 : now - oldest.since;
    }
}
