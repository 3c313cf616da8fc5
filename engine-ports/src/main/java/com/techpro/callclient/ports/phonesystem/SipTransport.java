// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

/** The transport of SIP messages (RFC 3261 §18, RFC 7118). */
public enum SipTransport {
    UDP(5060, "udp"),
    TCP(5060, "tcp"),
    TLS(5061, "tls"),
    /** A WebSocket without TLS, readable on the network. */
    WS(80, "ws"),
    /** A WebSocket over TLS. */
    WSS(443, "ws");

    private final int defaultPort;
    private final String uriParameter;

    SipTransport(int defaultPort, String uriParameter) {
        this.defaultPort = defaultPort;
        this.uriParameter = uriParameter;
    }

    /** Returns the port used if none is given (RFC 3261 §19.1.2, RFC 6455 §3). */
    public int defaultPort() {
        return defaultPort;
    }

    /**
     * Returns the value of a URI's {@code transport} parameter (RFC 3261 §19.1.1). For a WebSocket
     * it does not tell whether TLS is used (RFC 7118 §5).
     */
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
