// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transport;

import com.techpro.callclient.engine.internal.net.NumericHost;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next place a request goes to.
 *
 * @param address resolved
 * @param tlsName the domain that the peer's certificate must name (RFC 5922 §7.3): the one the user or the route asked for, never a
 *     name that DNS led to. SNI asks for it
 * @param alsoNamed a second name that will do in its place, or null
 */
public record Hop(
        SipTransport transport,
        InetSocketAddress address,
        String tlsName,
        @Nullable String alsoNamed) {
    public Hop(SipTransport transport, InetSocketAddress address, String tlsName) {
        this(transport, address, tlsName, null);
    }

    public Hop {
        if (address.isUnresolved() || address.getPort() == 0) {
            throw new IllegalArgumentException("a hop has an address and a port");
        }
    }

    /**
     * A hop to a proxy that the user named beside the domain: its certificate names either. Asked for by SNI is the proxy, whose name the
     * server knows itself by, unless that is an address: then it is the domain.
     */
    public Hop ofDomain(String domain) {
        if (domain.equals(tlsName)) {
            return this;
        }
        boolean byAddress = NumericHost.parse(tlsName) != null;
        return new Hop(transport, address, byAddress ? domain : tlsName, byAddress ? tlsName : domain);
    }

    /** What the certificate may name: any of these. */
    List<String> names() {
        return alsoNamed == null ? List.of(tlsName) : List.of(tlsName, alsoNamed);
    }

    /** What the opening of a WebSocket calls the server (RFC 6455 §4.1). */
    String webSocketHost() {
        String host = tlsName.indexOf(':') >= 0 ? "[" + tlsName + "]" : tlsName;
        return address.getPort() == transport.defaultPort() ? host : host + ":" + address.getPort();
    }

    /** Redacted to what is not about a user. */
    @Override
    public String toString() {
        return transport + ":" + address.getPort();
    }
}
