// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import com.techpro.callclient.stack.log.Loggers;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The priority of packets for routers that support it: the differentiated services field (RFC
 * 2474), if the platform can set it. A JDK's TCP sockets are IPv6 sockets, whose mark IPv4 packets
 * do not carry.
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

    /**
     * Marks the socket; call it before connecting. If the platform refuses, packets have no mark,
     * and the log says so once.
     */
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
