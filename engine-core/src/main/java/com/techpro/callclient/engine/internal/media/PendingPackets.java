// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import java.net.InetSocketAddress;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The latest authentic packets of a source that may be the next one, kept until it is known whether the present one has fallen silent. Without them the first moments
 * of a source that changes its SSRC would be lost. On the media loop alone.
 */
final class PendingPackets {
    /** As many as come in the time after which a source is quiet, in packets of 10 ms, and two more. */
    static final int MOST = 8;

    private final ArrayDeque<Pending> packets = new ArrayDeque<>(0);
    private final DropCounters drops;

    PendingPackets(DropCounters drops) {
        this.drops = drops;
    }

    /** @param packet with its position at the RTP header */
    record Pending(int ssrc, ByteBuffer packet, InetSocketAddress from, long arrival) {}

    /** Keeps a copy; the oldest goes if there are too many. */
    void add(int ssrc, ByteBuffer packet, InetSocketAddress from, long arrival) {
        ByteBuffer copy = ByteBuffer.allocate(packet.remaining());
        copy.put(packet.duplicate());
        ((Buffer) copy).flip();
        packets.add(new Pending(ssrc, copy, from, arrival));
        if (packets.size() > MOST) {
            drop();
        }
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    /** Of the latest packet; only if there is one. */
    int latestSsrc() {
        return packets.getLast().ssrc();
    }

    /**
     * Takes the next packet of a source, dropping what is of others, or older.
     *
     * @return null if there is none
     */
    @Nullable
    Pending poll(int ssrc, long notBefore) {
        while (!packets.isEmpty()) {
            Pending oldest = packets.getFirst();
            if (oldest.ssrc() == ssrc && oldest.arrival() - notBefore >= 0) {
                return packets.poll();
            }
            drop();
        }
        return null;
    }

    private void drop() {
        packets.removeFirst();
        drops.unknownSource++;
    }
}
