// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.jdk;

import com.techpro.callclient.engine.internal.log.Loggers;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How urgent packets are to routers that look at it: the differentiated services field (RFC 2474), where the platform lets it be set. A
 * JDK's TCP sockets are of IPv6, whose mark IPv4 packets do not carry.
 */
enum TrafficClass {
    /** Expedited forwarding (RFC 3246). */
    VOICE(46),
    /** Class selector 3, as phone systems mark SIP. */
    SIGNALLING(24);

    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private final int codePoint;

    TrafficClass(int codePoint) {
        this.codePoint = codePoint;
    }

    /** Before the socket is connected. A platform that refuses has packets without a mark, and the log says so once. */
    void mark(NetworkChannel socket) {
        try {
            // The code point is the upper six bits (RFC 2474 §3).
            socket.setOption(StandardSocketOptions.IP_TOS, codePoint << 2);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            if (TOLD.compareAndSet(false, true)) {
                Loggers.NETWORK.info("packets are not marked: {}", e.getClass().getSimpleName());
            }
        }
    }
}
