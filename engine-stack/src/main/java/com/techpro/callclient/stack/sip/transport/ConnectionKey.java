// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.ports.phonesystem.TlsTrust;

/**
 * Identifies the users that may share a stream. Two accounts share none unless their groups are
 * equal, because a registrar distinguishes them by it (RFC 5626).
 *
 * @param group the account or, with shared connections, its domain; any text
 * @param trust how the peer is verified, and this side's identity
 * @param webSocketPath the path of the peer's WebSocket, with the query if it has one
 */
public record ConnectionKey(String group, TlsTrust trust, String webSocketPath) {
    public ConnectionKey(String group, TlsTrust trust) {
        this(group, trust, "/");
    }

    /** Redacted: a group can name an account. */
    @Override
    public String toString() {
        return "ConnectionKey[" + trust + "]";
    }
}
