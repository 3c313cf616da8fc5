// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramPoller;
import com.techpro.callclient.ports.net.DatagramReceiver;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Schedulers;
import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.net.InetSocketAddress;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One thread's worth of streams, and of mixes. Time is cut into slots of 4 ms, five to a frame of 20 ms; each stream has its slot, and the emptiest is given to the
 * next. Every slot the loop polls all sockets, serves the streams whose turn it is, and parks until the next slot; without streams it sleeps for good.
 *
 * <p>Why 4 ms: a packet waits 2 ms on average for its poll, well below the jitter buffer's margin; a telephone with one call wakes 250 times a second
 * and not 1,000; and the frames of a thousand calls still go out in bursts no longer than a millisecond or two.
 */
final class MediaLoop {
    private static final long SLOT_NANOS = 4_000_000;
    private static final int SLOTS = 5;
    /** How often a stream is served: how much sound a frame holds. */
    static final long FRAME_NANOS = SLOTS * SLOT_NANOS;

    /** Held up for longer than this (a suspended machine), the loop does not make up for the frames but starts afresh. */
    private static final long GIVE_UP_NANOS = 200_000_000;

    private static final long FAULT_TOLD_EVERY = 1_000_000_000;
    /** The largest packet that is looked at; media has no larger ones. */
    private static final int LARGEST_PACKET = 2048;

    private final Loop loop;
    private final DatagramPoller poller;
    private final UncaughtExceptionHandler failures;
    private final List<List<SlotTask>> wheel = new ArrayList<>();
    private final ByteBuffer inbound = ByteBuffer.allocate(LARGEST_PACKET);
    private final ByteBuffer outbound = ByteBuffer.allocate(LARGEST_PACKET);
    private final Runnable tick = this::tick;
    // What other threads ask for. It waits for the next slot, if there is one: to wake the thread would cost more than
    // doing it.
    private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
    /** Those that wait for something before their next turn; nearly always none. */
    private final List<SlotTask> waiting = new ArrayList<>();

    private int streams;
    // Others read it to know whether asking is enough.
    private volatile boolean ticking;
    private boolean closed;
    private int slot;
    private long slotTime;
    private long now;
    private boolean faultTold;
    private long faultToldAt;

    /** How many samples, or units of an RTP clock, a frame holds. */
    static int frame(int rate) {
        return (int) (rate * FRAME_NANOS / 1_000_000_000);
    }

    MediaLoop(Schedulers schedulers, Network network, String name, UncaughtExceptionHandler failures)
            throws IOException {
        this.failures = failures;
        poller = network.openPoller();
        loop = schedulers.openAudioLoop(name, failures);
        for (int i = 0; i < SLOTS; i++) {
            wheel.add(new ArrayList<>());
        }
    }

    /** Runs the task on the loop within a slot, in the order asked. Callable from any thread. */
    void execute(Runnable task) {
        asked.add(task);
        if (!ticking) {
            loop.execute(this::runAsked);
        }
    }

    /** As {@link #execute}, but at once: ports are released, and goodbyes said, when they are asked to. */
    void executeNow(Runnable task) {
        asked.add(task);
        loop.execute(this::runAsked);
    }

    /** Runs the task after the delay, on the loop. Callable from any thread. */
    void schedule(Duration delay, Runnable task) {
        var unused = loop.schedule(delay, task);
    }

    private void runAsked() {
        try {
            for (Runnable task = asked.poll(); task != null; task = asked.poll()) {
                run(task);
            }
        } finally {
            // An error, or a failure handler that throws: the others have their turn.
            if (!asked.isEmpty()) {
                loop.execute(this::runAsked);
            }
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error bug) {
            fault(bug);
        }
    }

    /** Tells of a bug, but no more than once a second: one that comes with each frame would flood whoever hears of it. */
    private void fault(Throwable bug) {
        long time = loop.nanoTime();
        if (!faultTold || time - faultToldAt >= FAULT_TOLD_EVERY) {
            faultTold = true;
            faultToldAt = time;
            failures.uncaughtException(Thread.currentThread(), bug);
        }
    }

    /** For what has timers of its own; its tasks run on this loop. */
    Scheduler scheduler() {
        return loop;
    }

    long nanoTime() {
        return loop.nanoTime();
    }

    Instant wallClock() {
        return loop.now();
    }

    /** Callable from any thread. */
    DatagramLink open(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
        return poller.open(local, (packet, from) -> {
            // Reading takes a while when many streams speak: a packet is treated by what was agreed before it came, not
            // before the first of them.
            if (!asked.isEmpty()) {
                runAsked();
            }
            try {
                receiver.received(packet, from);
            } catch (RuntimeException | Error bug) {
                // The packet is lost; those of the other streams are still to be read.
                fault(bug);
            }
        });
    }

    /** The time that everything done in this slot happens at. */
    long now() {
        return now;
    }

    /** An empty buffer to build a packet in. */
    ByteBuffer outbound() {
        ((Buffer) outbound).clear();
        return outbound;
    }

    /**
     * A copy of a packet that may be decrypted in place: what the socket hands out is its own, and need not have an array.
     *
     * @return empty if the packet is larger than any media packet
     */
    ByteBuffer inbound(ByteBuffer packet) {
        ((Buffer) inbound).clear();
        if (packet.remaining() <= LARGEST_PACKET) {
            inbound.put(packet);
        }
        ((Buffer) inbound).flip();
        return inbound;
    }

    void add(SlotTask stream) {
        if (closed) {
            stream.close();
            return;
        }
        List<SlotTask> emptiest = wheel.get(0);
        for (List<SlotTask> candidate : wheel) {
            if (candidate.size() < emptiest.size()) {
                emptiest = candidate;
            }
        }
        emptiest.add(stream);
        streams++;
        if (!ticking) {
            ticking = true;
            slotTime = loop.nanoTime();
            tick();
        }
    }

    void remove(SlotTask stream) {
        for (List<SlotTask> candidates : wheel) {
            if (candidates.remove(stream)) {
                streams--;
            }
        }
        waiting.remove(stream);
    }

    /** Closes the streams that are left, the sockets and the loop. On the loop. */
    void close() {
        closed = true;
        runAsked();
        for (List<SlotTask> candidates : wheel) {
            List.copyOf(candidates).forEach(SlotTask::close);
        }
        poller.close();
        loop.close();
    }

    /** As {@link #close}, from any thread, for a loop that has no streams. */
    void closeUnused() {
        poller.close();
        loop.close();
    }

    private void tick() {
        if (closed) {
            return;
        }
        if (streams == 0) {
            ticking = false;
            // Whoever asked before that did not wake this thread.
            runAsked();
            return;
        }
        now = loop.nanoTime();
        if (now - slotTime > GIVE_UP_NANOS) {
            slotTime = now;
        }
        try {
            runAsked();
            poller.poll();
            serve();
        } finally {
            // A bug in one stream goes to the failure handler, and must not silence the others.
            loop.schedule(Duration.ofNanos(slotTime - loop.nanoTime()), tick);
        }
    }

    private void serve() {
        while (now - slotTime >= 0 && !closed) {
            List<SlotTask> due = wheel.get(slot);
            slot = slot + 1 == SLOTS ? 0 : slot + 1;
            slotTime += SLOT_NANOS;
            lookAgain();
            // Backwards, as a stream may close itself.
            for (int i = due.size() - 1; i >= 0; i--) {
                serve(due.get(i));
            }
        }
    }

    private void lookAgain() {
        for (int i = waiting.size() - 1; i >= 0; i--) {
            SlotTask stream = waiting.get(i);
            if (!serve(stream, false)) {
                waiting.remove(stream);
            }
        }
    }

    private void serve(SlotTask stream) {
        if (serve(stream, true) && !waiting.contains(stream)) {
            waiting.add(stream);
        }
    }

    /** A bug in one stream must not cost those behind it their turn. */
    private boolean serve(SlotTask stream, boolean turn) {
        try {
            return turn ? stream.serve(now) : stream.lookAgain(now);
        } catch (RuntimeException | Error bug) {
            fault(bug);
            stream.faulted();
            return false;
        }
    }
}
