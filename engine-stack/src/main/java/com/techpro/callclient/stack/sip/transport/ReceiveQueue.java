// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.MessageKind;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The received data that waits for the loop, limited in number and bytes. Messages of dialogs and
 * events of connections are processed first and in order. Requests outside dialogs are processed
 * one at a time, when nothing else waits here or on the loop; between two of them all other tasks
 * of the loop run.
 *
 * <p>MESSAGE requests have a queue of their own: they may wait longer than what is retransmitted,
 * and calls do not wait for them. The two queues alternate, each in order. {@link OverloadControl}
 * decides which requests are refused instead.
 *
 * <p>Filled from any thread, served on the loop.
 */
final class ReceiveQueue {
    /** A request outside dialogs. */
    interface Initial {
        /**
         * Processes the request.
         *
         * @param refuse whether there is no time for it
         * @return whether it was processed all the same
         */
        boolean take(boolean refuse);
    }

    private record Waiting<T>(long since, int bytes, T what) {}

    /** Enough for a task of the loop, and few enough that others wait for milliseconds at most. */
    private static final int MOST_IN_A_ROW = 16;

    private static final long MOST_BYTES = 16L << 20;
    /** Messages of calls find room, however many MESSAGEs wait. */
    private static final long MOST_BYTES_OF_TEXTS = MOST_BYTES / 2;

    private final EngineLoop loop;
    private final int limit;
    private final Queue<Waiting<Runnable>> first = new ConcurrentLinkedQueue<>();
    private final Requests calls = new Requests(new OverloadControl(), MOST_BYTES);
    private final Requests texts =
            new Requests(new OverloadControl(OverloadControl.TARGET_OF_TEXTS), MOST_BYTES_OF_TEXTS);
    private final AtomicInteger waitingFirst = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong overflow = new AtomicLong();
    private final AtomicBoolean draining = new AtomicBoolean();
    private boolean textsFirst;
    private boolean wasOverloaded;
    private long delay;
    private long longest;

    /** Requests outside dialogs of one kind. */
    private static final class Requests {
        private final OverloadControl control;
        private final long mostBytes;
        private final Queue<Waiting<Initial>> queue = new ConcurrentLinkedQueue<>();
        private final AtomicInteger waiting = new AtomicInteger();
        private final AtomicLong bytes = new AtomicLong();

        Requests(OverloadControl control, long mostBytes) {
            this.control = control;
            this.mostBytes = mostBytes;
        }
    }

    /**
     * @param limit of each of the three kinds
     */
    ReceiveQueue(EngineLoop loop, int limit) {
        this.loop = loop;
        this.limit = limit;
    }

    /** Adds a connection's event; never dropped. */
    void add(Runnable event) {
        waitingFirst.incrementAndGet();
        enqueue(first, 0, event);
    }

    /**
     * @return whether it was added; if not, it is dropped and counted
     */
    boolean add(int size, Runnable received) {
        if (!enters(waitingFirst, size)) {
            overflow.incrementAndGet();
            return false;
        }
        enqueue(first, size, received);
        return true;
    }

    /**
     * @return whether it was added; if not, the caller refuses or {@linkplain #dropped drops} it
     */
    boolean addInitial(byte[] message, Initial request) {
        int size = message.length;
        Requests kind = MessageKind.isText(message, 0, size) ? texts : calls;
        if (kind.bytes.get() + size > kind.mostBytes || !enters(kind.waiting, size)) {
            return false;
        }
        kind.bytes.addAndGet(size);
        enqueue(kind.queue, size, request);
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
            // After all tasks that the loop got meanwhile.
            if (isWaiting()) {
                loop.execute(this::drain);
            } else {
                draining.set(false);
                if (isWaiting() && draining.compareAndSet(false, true)) {
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

    private boolean isWaiting() {
        return !first.isEmpty() || !calls.queue.isEmpty() || !texts.queue.isEmpty();
    }

    /** Refuses some requests, or processes one. */
    private void serveInitial() {
        for (int i = 0; i < MOST_IN_A_ROW; i++) {
            Requests kind = nextKind();
            Waiting<Initial> next = kind.queue.peek();
            if (next == null) {
                tellChange();
                return;
            }
            long now = loop.nanoTime();
            boolean refuse = kind.control.refuses(now - next.since, now, kind.waiting.get() > limit / 2);
            tellChange();
            if (!refuse && !first.isEmpty()) {
                return;
            }
            kind.queue.remove();
            kind.bytes.addAndGet(-next.bytes);
            if (taken(next, kind.waiting).take(refuse)) {
                textsFirst = kind == calls;
                return;
            }
        }
    }

    /** The two kinds alternate; a kind with an empty queue is not overloaded. */
    private Requests nextKind() {
        boolean noCalls = calls.queue.isEmpty();
        boolean noTexts = texts.queue.isEmpty();
        if (noCalls) {
            calls.control.idle();
        }
        if (noTexts) {
            texts.control.idle();
        }
        return !noTexts && (textsFirst || noCalls) ? texts : calls;
    }

    private void tellChange() {
        if (wasOverloaded != isOverloaded()) {
            wasOverloaded = isOverloaded();
            if (wasOverloaded) {
                Loggers.TRANSPORT.warn("overloaded: requests outside dialogs waited {} ms", delay / 1_000_000);
            } else {
                Loggers.TRANSPORT.info("no longer overloaded");
            }
        }
    }

    private boolean isOverloaded() {
        return calls.control.isOverloaded() || texts.control.isOverloaded();
    }

    /** The number of dropped packets, because too many waited. */
    long overflow() {
        return overflow.get();
    }

    ReceiveLoad load() {
        long now = loop.nanoTime();
        long oldest =
                Math.max(age(first.peek(), now), Math.max(age(calls.queue.peek(), now), age(texts.queue.peek(), now)));
        return new ReceiveLoad(
                isOverloaded(),
                waitingFirst.get() + calls.waiting.get() + texts.waiting.get(),
                Duration.ofNanos(oldest),
                Duration.ofNanos(Math.max(longest, oldest)));
    }

    private static long age(@Nullable Waiting<?> oldest, long now) {
        return oldest == null ? 0 : now - oldest.since;
    }
}
