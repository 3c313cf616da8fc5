// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.testkit.pbx.fault.MediaFigures;
import com.techpro.callclient.testkit.pbx.fault.MediaFigures.Loss;
import com.techpro.callclient.testkit.pbx.fault.MediaImpairment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One way of one port's packets, as they are on the wire, with what goes wrong on purpose. Media loop only. */
final class ImpairedPath {
    /** A packet that is to be overtaken waits so long for another. */
    private static final Duration LONGEST_OVERTAKING = Duration.ofMillis(100);

    private final MediaImpairment impairment;
    private final Scheduler loop;
    private final Next next;
    /** What arrives later, in its order: who is due before the one in front of it waits for that. */
    private final Deque<Held> underWay = new ArrayDeque<>();

    private @Nullable Timer arrival;
    private @Nullable Held overtaken;
    private @Nullable Timer overtaking;

    /** Whose packets are counted. */
    private @Nullable Loss counted;

    private long seen;
    private long lost;
    private int burst;

    /** Where packets go on to; it keeps no buffer. */
    interface Next {
        void pass(ByteBuffer packet, InetSocketAddress peer);
    }

    private record Held(ByteBuffer packet, InetSocketAddress peer, boolean twice, long due) {}

    ImpairedPath(MediaImpairment impairment, Scheduler loop, Next next) {
        this.impairment = impairment;
        this.loop = loop;
        this.next = next;
    }

    /**
     * Lets a packet go its way. It is read before this returns.
     *
     * @param peer where it comes from or goes to
     * @param rtcp whether it is a report
     */
    void pass(ByteBuffer packet, InetSocketAddress peer, boolean rtcp) {
        if (!impairment.isBad() && underWay.isEmpty() && overtaken == null) {
            next.pass(packet, peer);
            return;
        }
        MediaFigures figures = impairment.figures();
        boolean gone = figures.silent() || (!rtcp && loses(figures.loss()));
        if (!rtcp && impairment.isBad()) {
            impairment.count(gone);
        }
        if (gone) {
            return;
        }
        boolean twice = !rtcp && happens(figures.duplicated());
        if (!rtcp && overtaken == null && happens(figures.overtakenChance())) {
            overtaken = new Held(copyOf(packet), peer, twice, 0);
            overtaking = loop.schedule(LONGEST_OVERTAKING, this::letGo);
            return;
        }
        send(packet, peer, twice, figures);
        if (!rtcp) {
            letGo();
        }
    }

    private void letGo() {
        Held late = overtaken;
        Timer waiting = overtaking;
        overtaken = null;
        overtaking = null;
        if (waiting != null) {
            waiting.cancel();
        }
        if (late != null) {
            send(late.packet, late.peer, late.twice, impairment.figures());
        }
    }

    private void send(ByteBuffer packet, InetSocketAddress peer, boolean twice, MediaFigures figures) {
        long now = loop.nanoTime();
        long due = now + figures.delay().toNanos();
        if (!figures.jitter().isZero()) {
            due += (long) (impairment.roll() * figures.jitter().toNanos());
        }
        if (underWay.isEmpty() && due - now <= 0) {
            deliver(packet, peer, twice);
            return;
        }
        underWay.addLast(new Held(copyOf(packet), peer, twice, due));
        awaitArrival();
    }

    private void awaitArrival() {
        Held first = underWay.peekFirst();
        if (arrival == null && first != null) {
            arrival = loop.schedule(Duration.ofNanos(first.due - loop.nanoTime()), this::arrive);
        }
    }

    private void arrive() {
        arrival = null;
        try {
            long now = loop.nanoTime();
            for (Held first = underWay.peekFirst();
                    first != null && first.due - now <= 0;
                    first = underWay.peekFirst()) {
                underWay.removeFirst();
                deliver(first.packet, first.peer, first.twice);
            }
        } finally {
            awaitArrival();
        }
    }

    private void deliver(ByteBuffer packet, InetSocketAddress peer, boolean twice) {
        if (twice) {
            next.pass(packet.duplicate(), peer);
        }
        next.pass(packet, peer);
    }

    /** Which are lost of the packets that come one after the other under the same figures. */
    private boolean loses(Loss loss) {
        if (!loss.equals(counted)) {
            counted = loss;
            seen = 0;
            lost = 0;
            burst = 0;
        }
        return switch (loss.pattern()) {
            case AT_RANDOM -> happens(loss.share());
            case EVENLY -> {
                seen++;
                // A hair more, as 0.05 is no binary fraction.
                boolean now = (long) (seen * loss.share() + 1e-6) > lost;
                lost += now ? 1 : 0;
                yield now;
            }
            case IN_BURSTS -> {
                if (burst == 0 && happens(loss.burstChance())) {
                    burst = loss.burst();
                }
                boolean now = burst > 0;
                burst -= now ? 1 : 0;
                yield now;
            }
        };
    }

    private boolean happens(double chance) {
        return chance > 0 && impairment.roll() < chance;
    }

    private static ByteBuffer copyOf(ByteBuffer packet) {
        byte[] copy = new byte[packet.remaining()];
        packet.duplicate().get(copy);
        return ByteBuffer.wrap(copy);
    }

    /** Nothing arrives any more. */
    void close() {
        underWay.clear();
        overtaken = null;
        if (arrival != null) {
            arrival.cancel();
        }
        if (overtaking != null) {
            overtaking.cancel();
        }
    }
}
