// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.stack.media.rtp.RtpPacket;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The RTP packets of one source, numbered and counted (RFC 3550 §5.1). They wait at the end of a
 * handshake in mid-call. The server has the next keys; we, the client, do not yet. A server that
 * drops the previous keys at once, as Asterisk does, could not read packets under them. So they
 * wait for the next keys, for as long as the server may take. Belongs to the media loop.
 */
final class OutgoingPackets {
    private final BooleanSupplier betweenKeys;
    private final Supplier<ByteBuffer> room;
    private final Consumer<ByteBuffer> way;
    private final Deque<byte[]> waiting = new ArrayDeque<>(0);
    private int ssrc;
    private int sequence;
    private long packets;
    private long octets;
    private long formerPackets;
    private long formerOctets;

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

    /**
     * Begins another source with random values (RFC 3550 §5.1), but with a sequence number in the
     * lower half. The receiver then rightly guesses a roll-over counter of 0, even if it misses the
     * first packets (RFC 3711 §3.3.1).
     */
    void begin(Random random) {
        ssrc = random.nextInt();
        sequence = random.nextInt(1 << 15);
        formerPackets += packets;
        formerOctets += octets;
        packets = 0;
        octets = 0;
    }

    /** Returns a buffer with the header of the next packet, and room for its payload and trailer. */
    ByteBuffer begin(boolean marker, int payloadType, int timestamp) {
        ByteBuffer packet = room.get();
        RtpPacket.writeHeader(packet, marker, payloadType, sequence, timestamp, ssrc);
        return packet;
    }

    /** Writes the header of the packet again, for another payload type. */
    void beginAgain(ByteBuffer packet, int payloadType, int timestamp) {
        ((Buffer) packet).position(packet.position() - RtpPacket.FIXED_HEADER);
        RtpPacket.writeHeader(packet, false, payloadType, sequence, timestamp, ssrc);
    }

    /** Sends the packet up to its position, now or later, in order. */
    void send(ByteBuffer packet, int payload) {
        ((Buffer) packet).flip();
        sequence = sequence + 1 & 0xFFFF;
        packets++;
        octets += payload;
        if (waiting.isEmpty() && !betweenKeys.getAsBoolean()) {
            way.accept(packet);
            return;
        }
        byte[] copy = new byte[packet.remaining()];
        packet.get(copy);
        waiting.add(copy);
    }

    /** Called once a frame, and at once when the next keys are there. Sends the waiting packets. */
    void look() {
        if (!waiting.isEmpty() && !betweenKeys.getAsBoolean()) {
            sendAll();
        }
    }

    private void sendAll() {
        for (byte[] next = waiting.poll(); next != null; next = waiting.poll()) {
            ByteBuffer packet = room.get();
            packet.put(next);
            ((Buffer) packet).flip();
            way.accept(packet);
        }
    }

    int ssrc() {
        return ssrc;
    }

    /** The packets of the current source, as RTCP counts them. */
    long packets() {
        return packets;
    }

    long octets() {
        return octets;
    }

    long totalPackets() {
        return formerPackets + packets;
    }

    long totalOctets() {
        return formerOctets + octets;
    }
}
