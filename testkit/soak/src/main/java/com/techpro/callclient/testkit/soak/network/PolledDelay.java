// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.network;

import com.techpro.callclient.ports.net.DatagramPoller;
import com.techpro.callclient.ports.net.DatagramReceiver;
import com.techpro.callclient.ports.time.Loop;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Loses and delays incoming packets of a poller's links. Everything except closing happens inside
 * the poll, on its thread.
 */
final class PolledDelay {
    private final Impairment impairment;
    private final Loop clock;
    private final PriorityQueue<Late> late = new PriorityQueue<>(Comparator.comparingLong(Late::due));
    private int handedOut;

    PolledDelay(Impairment impairment, Loop clock) {
        this.impairment = impairment;
        this.clock = clock;
    }

    Line line(Random random, DatagramReceiver receiver) {
        return new Line(random, receiver);
    }

    int poll(DatagramPoller poller) {
        handedOut = 0;
        poller.poll();
        long now = late.isEmpty() ? 0 : clock.nanoTime();
        for (Late next = late.peek(); next != null && next.due - now <= 0; next = late.peek()) {
            late.remove();
            next.line.deliver(next.packet, next.from);
        }
        return handedOut;
    }

    /** The incoming direction of one link. */
    final class Line {
        private final Random random;
        private final DatagramReceiver receiver;
        private volatile boolean closed;

        Line(Random random, DatagramReceiver receiver) {
            this.random = random;
            this.receiver = receiver;
        }

        void polled(ByteBuffer packet, InetSocketAddress from) {
            if (impairment.loses(random)) {
                return;
            }
            if (impairment.jitter().isZero()) {
                deliver(packet, from);
                return;
            }
            long due = clock.nanoTime() + impairment.delay(random).toNanos();
            late.add(new Late(due, this, ImpairedLink.copyOf(packet), from));
        }

        void close() {
            closed = true;
        }

        private void deliver(ByteBuffer packet, InetSocketAddress from) {
            if (!closed) {
                handedOut++;
                receiver.received(packet, from);
            }
        }
    }

    private record Late(long due, Line line, ByteBuffer packet, InetSocketAddress from) {}
}
