// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.playout;

import com.techpro.callclient.stack.media.codec.Decoder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The waiting packets, each in the slot of its sequence number, and a memory of the numbers
 * received. It does not deal with time. Packet objects are reused: after warm-up, nothing is
 * allocated.
 */
final class PacketBuffer {
    /** The most consecutive packets kept; a power of two. */
    static final int CAPACITY = 64;

    private static final int SEEN = 2 * CAPACITY;
    private static final int NEVER = -1;

    private final @Nullable Packet[] slots = new Packet[CAPACITY];
    /** The first of those that wait to be used again. */
    private @Nullable Packet free;

    private int held;
    /** The latest sequence numbers, to distinguish duplicates from late packets. */
    private final int[] seen = new int[SEEN];

    private Packet taken = new Packet();

    /** Returns whether the number is new, as far as is remembered, and remembers it. */
    boolean isNew(int sequence) {
        boolean first = seen[sequence & (SEEN - 1)] != sequence;
        seen[sequence & (SEEN - 1)] = sequence;
        return first;
    }

    /** Returns whether the packet itself has come, as far as is remembered. */
    boolean hasSeen(int sequence) {
        return seen[sequence & (SEEN - 1)] == sequence;
    }

    /**
     * Keeps a packet; drops another in its slot, such as a copy of it.
     *
     * @param decoder null for a packet that is not played
     * @param duration of its sound, in units of the RTP clock
     */
    Packet put(
            int sequence,
            int timestamp,
            int arrival,
            @Nullable Decoder decoder,
            int duration,
            byte[] payload,
            int from,
            int length) {
        release(sequence);
        Packet stored = free == null ? new Packet() : free;
        free = stored.next;
        stored.fill(sequence, timestamp, arrival, decoder, duration, payload, from, length);
        slots[sequence & (CAPACITY - 1)] = stored;
        held++;
        return stored;
    }

    @Nullable
    Packet at(int sequence) {
        Packet candidate = slots[sequence & (CAPACITY - 1)];
        return candidate != null && candidate.sequence == (sequence & 0xFFFF) ? candidate : null;
    }

    /**
     * Returns the first packet to be played from this number on, within the buffer's capacity; or
     * null.
     */
    @Nullable
    Packet heardFrom(int sequence) {
        for (int i = 0; i < CAPACITY && held > 0; i++) {
            Packet candidate = at(sequence + i);
            if (candidate != null && candidate.decoder != null) {
                return candidate;
            }
        }
        return null;
    }

    /** Removes and returns a packet, which stays valid until the next call. */
    Packet take(Packet waiting) {
        slots[waiting.sequence & (CAPACITY - 1)] = null;
        held--;
        recycle(taken);
        taken = waiting;
        return waiting;
    }

    /** Drops the packet in the slot of this number. */
    void release(int sequence) {
        Packet old = slots[sequence & (CAPACITY - 1)];
        if (old != null) {
            slots[sequence & (CAPACITY - 1)] = null;
            held--;
            recycle(old);
        }
    }

    private void recycle(Packet unused) {
        unused.next = free;
        free = unused;
    }

    int held() {
        return held;
    }

    /** Drops all packets. */
    void clear() {
        for (int i = 0; i < CAPACITY; i++) {
            release(i);
        }
    }

    /** Drops all packets and forgets all numbers. */
    void forget() {
        clear();
        Arrays.fill(seen, NEVER);
    }

    /** A waiting packet; its array is reused. */
    static final class Packet {
        int sequence;
        int timestamp;
        int arrival;

        @Nullable
        Decoder decoder;

        /** In units of the RTP clock. */
        int duration;

        /** By how much the packet with this copy in it is later (RFC 2198); 0 for a packet that came itself. */
        int offset;

        byte[] payload = new byte[0];
        int length;

        /** The next one that waits to be used again. */
        private @Nullable Packet next;

        void fill(
                int sequence,
                int timestamp,
                int arrival,
                @Nullable Decoder decoder,
                int duration,
                byte[] from,
                int start,
                int length) {
            this.sequence = sequence;
            this.timestamp = timestamp;
            this.arrival = arrival;
            this.decoder = decoder;
            this.duration = duration;
            this.offset = 0;
            if (payload.length < length) {
                payload = new byte[length];
            }
            System.arraycopy(from, start, payload, 0, length);
            this.length = length;
        }
    }
}
