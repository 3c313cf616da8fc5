// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import java.net.InetSocketAddress;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Copies of the latest packets that may be needed later: those of a possible next source until the
 * current one turns out to be silent, and those that arrive before sound is due until it is.
 * Belongs to the media loop.
 */
final class PendingPackets {
    /** The packets of 10 ms that arrive in the time after which a source is quiet, plus two. */
    static final int MOST = 8;

    private final ArrayDeque<Pending> packets = new ArrayDeque<>(0);
    private final Runnable dropped;

    /** @param dropped runs for each packet that is dropped, because it is too old or one too many */
    PendingPackets(Runnable dropped) {
        this.dropped = dropped;
    }

    /**
     * @param packet with its position at the RTP header
     */
    record Pending(int ssrc, ByteBuffer packet, InetSocketAddress from, long arrival) {}

    /** Keeps a copy; if there are too many, drops the oldest. */
    void add(int ssrc, ByteBuffer packet, InetSocketAddress from, long arrival) {
        if (packets.size() == MOST) {
            drop();
        }
        ByteBuffer copy = ByteBuffer.allocate(packet.remaining());
        copy.put(packet.duplicate());
        ((Buffer) copy).flip();
        packets.add(new Pending(ssrc, copy, from, arrival));
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    /** The SSRC of the latest packet; only if there is one. */
    int latestSsrc() {
        return packets.getLast().ssrc();
    }

    /**
     * Removes and returns the next packet of a source; drops older ones, and those of other
     * sources.
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

    /** Removes and returns the oldest packet; null if there is none. */
    @Nullable
    Pending poll() {
        return packets.poll();
    }

    void clear() {
        packets.clear();
    }

    private void drop() {
        packets.removeFirst();
        dropped.run();
    }
}
