// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Sends RTP packets, which wait at the end of a handshake in mid-call. The server has the next
 * keys; we, the client, do not yet. A server that drops the previous keys at once, as Asterisk
 * does, could not read packets under them. So they wait for the next keys, for as long as the
 * server may take. Belongs to the media loop.
 */
final class OutgoingPackets {
    private final BooleanSupplier betweenKeys;
    private final Supplier<ByteBuffer> room;
    private final Consumer<ByteBuffer> way;
    private final Deque<byte[]> packets = new ArrayDeque<>(0);

    /**
     * @param betweenKeys whether the server may have other keys than we have
     * @param room returns an empty buffer with room for a packet and its trailer
     * @param way protects a packet under the current keys and sends it
     */
    OutgoingPackets(BooleanSupplier betweenKeys, Supplier<ByteBuffer> room, Consumer<ByteBuffer> way) {
        this.betweenKeys = betweenKeys;
        this.room = room;
        this.way = way;
    }

    /** Returns an empty buffer with room for a packet and its trailer. */
    ByteBuffer buffer() {
        return room.get();
    }

    /** Sends the packet between position and limit, now or later, in order. */
    void send(ByteBuffer packet) {
        if (packets.isEmpty() && !betweenKeys.getAsBoolean()) {
            way.accept(packet);
            return;
        }
        byte[] copy = new byte[packet.remaining()];
        packet.get(copy);
        packets.add(copy);
    }

    /** Called once a frame, and at once when the next keys are there. Sends the waiting packets. */
    void look() {
        if (!packets.isEmpty() && !betweenKeys.getAsBoolean()) {
            sendAll();
        }
    }

    private void sendAll() {
        for (byte[] next = packets.poll(); next != null; next = packets.poll()) {
            ByteBuffer packet = buffer();
            packet.put(next);
            ((Buffer) packet).flip();
            way.accept(packet);
        }
    }
}
