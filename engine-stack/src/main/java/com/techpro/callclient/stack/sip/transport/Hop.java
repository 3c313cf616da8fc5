// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.net.NumericHost;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next destination of a request.
 *
 * @param address resolved
 * @param tlsName the domain that the peer's certificate must have (RFC 5922 §7.3): the one that the
 *     user or the route named, never a name from DNS. Also used for SNI
 * @param alsoNamed a second name that the certificate may have instead, or null
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
     * Returns this hop for a proxy that the user named in addition to the domain: its certificate
     * may have either name. SNI uses the proxy's name, by which the server knows itself, or the
     * domain if the proxy is an IP address.
     */
    public Hop ofDomain(String domain) {
        if (domain.equals(tlsName)) {
            return this;
        }
        boolean byAddress = NumericHost.parse(tlsName) != null;
        return new Hop(transport, address, byAddress ? domain : tlsName, byAddress ? tlsName : domain);
    }

    /** Returns the names that the certificate may have. */
    List<String> names() {
        return alsoNamed == null ? List.of(tlsName) : List.of(tlsName, alsoNamed);
    }

    /** Returns the server's name in the WebSocket handshake (RFC 6455 §4.1). */
    String webSocketHost() {
        String host = tlsName.indexOf(':') >= 0 ? "[" + tlsName + "]" : tlsName;
        return address.getPort() == transport.defaultPort() ? host : host + ":" + address.getPort();
    }

    /** Omits everything about a user. */
    @Override
    public String toString() {
        return transport + ":" + address.getPort();
    }
}
