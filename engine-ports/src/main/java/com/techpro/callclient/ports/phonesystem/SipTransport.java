// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

/** How SIP travels (RFC 3261 §18, RFC 7118). */
public enum SipTransport {
    UDP(5060, "udp"),
    TCP(5060, "tcp"),
    TLS(5061, "tls"),
    /** A WebSocket that is readable on the network. */
    WS(80, "ws"),
    /** A WebSocket over TLS. */
    WSS(443, "ws");

    private final int defaultPort;
    private final String uriParameter;

    SipTransport(int defaultPort, String uriParameter) {
        this.defaultPort = defaultPort;
        this.uriParameter = uriParameter;
    }

    /** The port where none is written (RFC 3261 §19.1.2, RFC 6455 §3). */
    public int defaultPort() {
        return defaultPort;
    }

    /** The value of a URI's {@code transport} parameter (RFC 3261 §19.1.1); that of a WebSocket does not tell whether it is encrypted (RFC 7118 §5). */
    public String uriParameter() {
        return uriParameter;
    }

    public boolean isStream() {
        return this != UDP;
    }

    public boolean isEncrypted() {
        return this == TLS || this == WSS;
    }

    public boolean isWebSocket() {
        return this == WS || this == WSS;
    }
}
