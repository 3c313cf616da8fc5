// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is said while a handshake in mid-call is as good as done. Its server has the next keys, we as the client have not yet, and a server that keeps none of
 * those before, as Asterisk does, would not be able to read what we send under them. So it waits for the next keys, for as long as the server may take. On the media loop alone.
 */
final class WithheldPackets {
    private final Way way;
    private final Deque<byte[]> packets = new ArrayDeque<>(0);

    /** Where packets go. */
    interface Way {
        /** Whether the server may have other keys than we have. */
        boolean isBetweenKeys();

        /** An empty buffer with room for a packet and its trailer. */
        ByteBuffer buffer();

        /** Protects a packet under the keys there are, and sends it. */
        void send(ByteBuffer packet);
    }

    WithheldPackets(Way way) {
        this.way = way;
    }

    /** Sends a packet, now or later: never before another. */
    void send(ByteBuffer packet) {
        if (packets.isEmpty() && !way.isBetweenKeys()) {
            way.send(packet);
            return;
        }
        byte[] copy = new byte[packet.remaining()];
        packet.get(copy);
        packets.add(copy);
    }

    /** Called once a frame, and at once when the next keys are there. */
    void look() {
        if (!way.isBetweenKeys()) {
            sendAll();
        }
    }

    private void sendAll() {
        for (byte[] next = packets.poll(); next != null; next = packets.poll()) {
            ByteBuffer packet = way.buffer();
            packet.put(next);
            ((Buffer) packet).flip();
            way.send(packet);
        }
    }
}
