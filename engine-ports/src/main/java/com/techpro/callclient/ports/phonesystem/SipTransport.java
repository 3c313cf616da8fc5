// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

/** How SIP travels (RFC 3261 §18). */
public enum SipTransport {
    UDP(5060),
    TCP(5060),
    TLS(5061);

    private final int defaultPort;

    SipTransport(int defaultPort) {
        this.defaultPort = defaultPort;
    }

    /** The port where none is written (RFC 3261 §19.1.2). */
    public int defaultPort() {
        return defaultPort;
    }

    public boolean isStream() {
        return this != UDP;
    }

    public boolean isEncrypted() {
        return this == TLS;
    }
}
