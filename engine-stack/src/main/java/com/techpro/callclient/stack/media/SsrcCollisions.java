// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The addresses from which our own SSRC arrived (RFC 3550 §8.2). The first time from an address may
 * be a coincidence, and we take another SSRC. From a known address, our own packets are coming
 * back, and another SSRC would not help. An address is forgotten after ten report intervals without
 * a packet. Their number is limited, so that a sender with ever new addresses cannot make us change
 * the SSRC for ever.
 */
final class SsrcCollisions {
    static final int MOST = 8;
    /** Ten times the minimum RTCP interval (RFC 3550 §6.2). */
    static final long FORGOTTEN_NANOS = 50_000_000_000L;

    private final @Nullable InetSocketAddress[] addresses = new InetSocketAddress[MOST];
    private final long[] lastHeard = new long[MOST];

    /** Our SSRC came from this address: returns whether it is a loop and not a coincidence. */
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
