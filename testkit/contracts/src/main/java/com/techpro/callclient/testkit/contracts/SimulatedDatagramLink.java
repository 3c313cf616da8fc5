// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramReceiver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A UDP socket of a {@link SimulatedHost}, pushed or polled. */
final class SimulatedDatagramLink implements DatagramLink {
    private static final int LARGEST_PAYLOAD = 65_507;
    private static final int RECEIVE_QUEUE = 512;
    private static final byte SPOILT = (byte) 0xE5;

    private final SimulatedHost host;
    private final InetSocketAddress local;
    private final DatagramReceiver receiver;
    private final @Nullable SimulatedPoller poller;
    private final ArrayDeque<Arrival> queue = new ArrayDeque<>();
    private boolean closed;

    SimulatedDatagramLink(
            SimulatedHost host, InetSocketAddress local, DatagramReceiver receiver, @Nullable SimulatedPoller poller) {
        this.host = host;
        this.local = local;
        this.receiver = receiver;
        this.poller = poller;
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
        if (packet.remaining() > LARGEST_PAYLOAD) {
            return SendStatus.TOO_LARGE;
        }
        InetAddress source = to.isUnresolved() || to.getPort() == 0 ? null : host.sourceFor(to.getAddress());
        if (source == null) {
            return SendStatus.UNREACHABLE;
        }
        if (!local.getAddress().isAnyLocalAddress()) {
            source = local.getAddress();
            if (!host.has(source) || !Addresses.sameFamily(source, to.getAddress())) {
                return SendStatus.UNREACHABLE;
            }
        }
        byte[] payload = new byte[packet.remaining()];
        packet.get(payload);
        host.network().datagram(host, new InetSocketAddress(source, local.getPort()), to, payload);
        return SendStatus.SENT;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            queue.clear();
            host.closed(this);
            if (poller != null) {
                poller.closed(this);
            }
        }
    }

    void arrived(byte[] payload, InetSocketAddress from) {
        if (poller == null) {
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
