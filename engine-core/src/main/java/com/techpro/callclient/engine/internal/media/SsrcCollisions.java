// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * From where our own SSRC has been heard (RFC 3550 §8.2). The first time from an address it may be chance, and we take another number. From an address that is
 * known it is our own packets coming back, and taking yet another number would not end it. An address is forgotten when nothing has come from it for ten
 * intervals of reports. Their number is bounded: whoever sends from ever new ones cannot make us change for ever.
 */
final class SsrcCollisions {
    static final int MOST = 8;
    /** Ten times the least interval of RTCP (RFC 3550 §6.2). */
    static final long FORGOTTEN_NANOS = 50_000_000_000L;

    private final @Nullable InetSocketAddress[] addresses = new InetSocketAddress[MOST];
    private final long[] lastHeard = new long[MOST];

    /** Our SSRC came from there: whether it is a loop rather than chance. */
    boolean isLoop(InetSocketAddress from, long now) {
        int vacant = -1;
        for (int i = 0; i < MOST; i++) {
            if (addresses[i] == null || now - lastHeard[i] > FORGOTTEN_NANOS) {
                addresses[i] = null;
                vacant = i;
            } else if (from.equals(addresses[i])) {
                lastHeard[i] = now;
                return true;
            }
        }
        if (vacant < 0) {
            return true;
        }
        addresses[vacant] = from;
        lastHeard[vacant] = now;
        return false;
    }
}
