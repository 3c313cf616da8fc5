// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transport;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.net.InetSocketAddress;

/**
 * The next place a request goes to.
 *
 * @param address resolved
 * @param tlsName the domain that the peer's certificate must name (RFC 5922 §7.3): the one the user or the route asked for, never a
 *     name that DNS led to
 */
public record Hop(SipTransport transport, InetSocketAddress address, String tlsName) {
    public Hop {
        if (address.isUnresolved() || address.getPort() == 0) {
            throw new IllegalArgumentException("a hop has an address and a port");
        }
    }

    /** Redacted to what is not about a user. */
    @Override
    public String toString() {
        return transport + ":" + address.getPort();
    }
}
