// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

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
 * One thread that serves streams and mixes. Time is divided into slots of 4 ms, five per frame of
 * 20 ms. Each stream has its slot; a new one gets the emptiest. In every slot the loop polls all
 * sockets, serves the streams whose turn it is, and parks until the next slot. Without streams it
 * sleeps.
 *
 * <p>Why 4 ms: a packet waits 2 ms on average for its poll, well below the jitter buffer's margin.
 * A phone with one call wakes 250 times a second instead of 1,000. And the frames of a thousand
 * calls still go out in bursts of at most a millisecond or two.
 */
final class MediaLoop {
    static final long SLOT_NANOS = 4_000_000;
    private static final int SLOTS = 5;
    /** The interval at which a stream is served: the sound of one frame. */
    static final long FRAME_NANOS = SLOTS * SLOT_NANOS;

    /**
     * After a longer hold-up (a suspended machine), the loop does not make up for missed frames.
     */
    private static final long GIVE_UP_NANOS = 200_000_000;

    private static final long FAULT_TOLD_EVERY = 1_000_000_000;
    /** The largest packet accepted; media packets are smaller. */
    private static final int LARGEST_PACKET = 2048;

    private final Loop loop;
    private final DatagramPoller poller;
    private final UncaughtExceptionHandler failures;
    private final List<List<Turn>> wheel = new ArrayList<>();
    private final ByteBuffer inbound = ByteBuffer.allocate(LARGEST_PACKET);
    private final ByteBuffer outbound = ByteBuffer.allocate(LARGEST_PACKET);
    private final Runnable tick = this::tick;
    // Tasks from other threads. While the loop ticks they wait for the next slot: waking the thread
    // would cost more than the tasks.
    private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
    /** Streams that want to be asked in each slot, as their sound cards run. */
    private final List<Turn> watching = new ArrayList<>();

    private final OverloadDetector overload = new OverloadDetector();

    private int streams;
    // Tells other threads whether enqueuing a task is enough.
    private volatile boolean ticking;
    private boolean closed;
    private int slot;
    private long slotTime;
    private long now;
    private boolean faultTold;
    private long faultToldAt;

    /** Returns how many samples, or RTP clock units, a frame holds. */
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

    /**
     * Runs the task on the loop within a slot, in the order of the calls. Callable from any thread.
     */
    void execute(Runnable task) {
        asked.add(task);
        if (!ticking) {
            loop.execute(this::runAsked);
        }
    }

    /** As {@link #execute}, but at once: for releasing ports and sending goodbyes. */
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
            // An error, or a failure handler that throws: the other tasks still run.
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

    /** Reports a bug at most once a second: one in every frame would flood the handler. */
    private void fault(Throwable bug) {
        long time = loop.nanoTime();
        if (!faultTold || time - faultToldAt >= FAULT_TOLD_EVERY) {
            faultTold = true;
            faultToldAt = time;
            failures.uncaughtException(Thread.currentThread(), bug);
        }
    }

    /** Returns a scheduler for users with timers of their own; its tasks run on this loop. */
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
            // Reading takes a while with many streams. Apply new agreements between packets, not
            // only before the first.
            if (!asked.isEmpty()) {
                runAsked();
            }
            try {
                receiver.received(packet, from);
            } catch (RuntimeException | Error bug) {
                // This packet is lost; the other streams' packets must still be read.
                fault(bug);
            }
        });
    }

    /** The time of everything that happens in this slot. */
    long now() {
        return now;
    }

    /** Whether the processor is too slow for the loop's work. */
    boolean isOverloaded() {
        return overload.isOverloaded();
    }

    /** Returns an empty buffer to build a packet in. */
    ByteBuffer outbound() {
        ((Buffer) outbound).clear();
        return outbound;
    }

    /**
     * Copies a packet so that it can be decrypted in place: the socket keeps its own buffer, which
     * may have no array.
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
        List<Turn> emptiest = wheel.get(0);
        for (List<Turn> candidate : wheel) {
            if (candidate.size() < emptiest.size()) {
                emptiest = candidate;
            }
        }
        emptiest.add(new Turn(stream));
        streams++;
        if (!ticking) {
            ticking = true;
            slotTime = loop.nanoTime();
            tick();
        }
    }

    void remove(SlotTask stream) {
        for (List<Turn> candidates : wheel) {
            candidates.removeIf(turn -> {
                if (turn.stream == stream) {
                    streams--;
                    turn.removed = true;
                    watch(turn, false);
                }
                return turn.removed;
            });
        }
    }

    /** Closes the remaining streams, the sockets and the loop. Call it on the loop. */
    void close() {
        closed = true;
        runAsked();
        for (List<Turn> candidates : wheel) {
            List.copyOf(candidates).forEach(turn -> turn.stream.close());
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
            // Earlier tasks did not wake this thread.
            runAsked();
            return;
        }
        now = loop.nanoTime();
        overload.turn(now, slotTime);
        if (now - slotTime > GIVE_UP_NANOS) {
            slotTime = now;
        }
        try {
            runAsked();
            poller.poll();
            serve();
        } finally {
            // A bug in one stream goes to the failure handler and must not silence the others.
            loop.schedule(Duration.ofNanos(slotTime - loop.nanoTime()), tick);
        }
    }

    private void serve() {
        while (now - slotTime >= 0 && !closed) {
            List<Turn> due = wheel.get(slot);
            slot = slot + 1 == SLOTS ? 0 : slot + 1;
            slotTime += SLOT_NANOS;
            // Backwards, as a stream may close itself.
            for (int i = watching.size() - 1; i >= 0; i--) {
                serveDevices(watching.get(i));
            }
            for (int i = due.size() - 1; i >= 0; i--) {
                serve(due.get(i));
            }
        }
    }

    private void watch(Turn turn, boolean watches) {
        if (turn.watches != watches) {
            turn.watches = watches;
            if (watches) {
                watching.add(turn);
            } else {
                watching.remove(turn);
            }
        }
    }

    /** Serves a stream. A bug in it must not cost the next streams their turn. */
    private void serve(Turn turn) {
        boolean watches = false;
        try {
            watches = turn.stream.serve(now);
        } catch (RuntimeException | Error bug) {
            fault(bug);
            turn.stream.faulted();
        }
        watch(turn, watches && !turn.removed);
    }

    private void serveDevices(Turn turn) {
        try {
            turn.stream.serveDevices(now);
        } catch (RuntimeException | Error bug) {
            watch(turn, false);
            fault(bug);
            turn.stream.faulted();
        }
    }

    /** The turn of a stream. */
    private static final class Turn {
        private final SlotTask stream;
        private boolean watches;
        private boolean removed;

        Turn(SlotTask stream) {
            this.stream = stream;
        }
    }
}
