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

/**
 * Applies network impairments to one direction of a port's packets, as they are on the wire. Media
 * loop only.
 */
final class ImpairedPath {
    /** How long a packet waits to be overtaken by the next. */
    private static final Duration LONGEST_OVERTAKING = Duration.ofMillis(100);

    private final MediaImpairment impairment;
    private final Scheduler loop;
    private final Next next;
    /** Delayed packets in order: a packet due before the one in front waits for it. */
    private final Deque<Held> underWay = new ArrayDeque<>();

    private @Nullable Timer arrival;
    private @Nullable Held overtaken;
    private @Nullable Timer overtaking;

    /** The loss setting under which packets are counted. */
    private @Nullable Loss counted;

    private long seen;
    private long lost;
    private int burst;

    /** The next stage; it keeps no buffer. */
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
     * Forwards a packet or impairs it. Reads it before returning.
     *
     * @param peer its source or destination
     * @param rtcp whether it is RTCP
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

    /** Whether to lose the next packet under these settings. */
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
                // The small addition makes up for 0.05 not being a binary fraction.
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

    /** Stops delivering packets. */
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
