// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.stack.media.dtls.ClientHello;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * DTLS hellos that arrived before the answer or before an ICE check; they may overtake both (RFC
 * 5763 §3). Keeps the latest few of each address, and of a few addresses.
 */
final class EarlyHellos {
    private static final int MOST_SOURCES = 8;
    /** A hello may come in parts. */
    private static final int MOST_OF_A_SOURCE = 4;

    private static final int LONGEST = 2048;

    private final Map<InetSocketAddress, Deque<ByteBuffer>> bySource = new LinkedHashMap<>(1);

    /**
     * @return false if it is not kept, because it is not a hello
     */
    boolean keep(ByteBuffer datagram, InetSocketAddress from) {
        if (!ClientHello.isPart(datagram) || datagram.remaining() > LONGEST) {
            return false;
        }
        Deque<ByteBuffer> kept = bySource.computeIfAbsent(from, source -> new ArrayDeque<>(1));
        byte[] copy = new byte[datagram.remaining()];
        datagram.duplicate().get(copy);
        kept.add(ByteBuffer.wrap(copy));
        if (kept.size() > MOST_OF_A_SOURCE) {
            kept.remove();
        }
        if (bySource.size() > MOST_SOURCES) {
            Iterator<InetSocketAddress> oldest = bySource.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
    }

    /**
     * Hands over and removes the hellos of these addresses. Of several hellos from one address the
     * latest counts: a client repeats its own until it is answered, and an earlier one may be
     * forged.
     */
    void take(Predicate<InetSocketAddress> wanted, BiConsumer<ByteBuffer, InetSocketAddress> taker) {
        List<InetSocketAddress> sources = new ArrayList<>(bySource.keySet());
        sources.removeIf(wanted.negate());
        for (InetSocketAddress source : sources) {
            Deque<ByteBuffer> kept = bySource.remove(source);
            if (kept != null) {
                latest(kept).forEach(datagram -> taker.accept(datagram, source));
            }
        }
    }

    private static List<ByteBuffer> latest(Collection<ByteBuffer> kept) {
        List<ByteBuffer> latest = new ArrayList<>();
        byte[] random = null;
        for (ByteBuffer datagram : kept) {
            byte[] begins = ClientHello.random(datagram);
            if (begins != null && !Arrays.equals(begins, random)) {
                latest.clear();
                random = begins;
            }
            latest.add(datagram);
        }
        return latest;
    }

    void clear() {
        bySource.clear();
    }
}
