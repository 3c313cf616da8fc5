// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramReceiver;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** A UDP socket of a {@link SimulatedHost}, pushed or polled. */
final class SimulatedDatagramLink implements DatagramLink {
    private static final int LARGEST_PAYLOAD = 65_507;
    private static final int RECEIVE_QUEUE = 512;
    private static final byte SPOILT = (byte) 0xE5;

    private final InetSocketAddress local;
    private final DatagramReceiver receiver;
    private final boolean polled;
    private final BiFunction<ByteBuffer, InetSocketAddress, SendStatus> sender;
    private final Consumer<SimulatedDatagramLink> ended;
    private final ArrayDeque<Arrival> queue = new ArrayDeque<>();
    private boolean closed;

    /** @param sender sends a packet that is not too large */
    SimulatedDatagramLink(
            InetSocketAddress local,
            DatagramReceiver receiver,
            boolean polled,
            BiFunction<ByteBuffer, InetSocketAddress, SendStatus> sender,
            Consumer<SimulatedDatagramLink> ended) {
        this.local = local;
        this.receiver = receiver;
        this.polled = polled;
        this.sender = sender;
        this.ended = ended;
    }

    private record Arrival(ByteBuffer payload, InetSocketAddress from) {}

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public SendStatus send(ByteBuffer packet, InetSocketAddress to) {
        if (closed) {
            return SendStatus.CLOSED;
        }
        return packet.remaining() > LARGEST_PAYLOAD ? SendStatus.TOO_LARGE : sender.apply(packet, to);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            queue.clear();
            ended.accept(this);
        }
    }

    void arrived(byte[] payload, InetSocketAddress from) {
        if (!polled) {
            deliver(payload, from);
        } else if (queue.size() < RECEIVE_QUEUE) {
            queue.add(new Arrival(ByteBuffer.wrap(payload), from));
        }
    }

    /** Delivers at most this many packets. */
    int poll(int most) {
        int count = 0;
        while (count < most && !closed) {
            Arrival arrival = queue.poll();
            if (arrival == null) {
                break;
            }
            count++;
            deliver(arrival.payload.array(), arrival.from);
        }
        return count;
    }

    private void deliver(byte[] payload, InetSocketAddress from) {
        deliver(payload, buffer -> receiver.received(buffer, from));
    }

    /**
     * Lends a buffer as a real network might: not from position 0, not filling its array, and
     * overwritten after use (NET-2).
     */
    static void deliver(byte[] payload, Consumer<ByteBuffer> taker) {
        byte[] lent = new byte[payload.length + 16];
        System.arraycopy(payload, 0, lent, 5, payload.length);
        ByteBuffer buffer = ByteBuffer.wrap(lent, 5, payload.length);
        try {
            taker.accept(buffer);
        } finally {
            Arrays.fill(lent, SPOILT);
        }
    }
}
