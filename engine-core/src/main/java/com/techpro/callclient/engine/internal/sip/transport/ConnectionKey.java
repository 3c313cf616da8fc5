// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transport;

import com.techpro.callclient.ports.phonesystem.TlsTrust;

/**
 * Who may share a stream. Two accounts never share one, because a registrar tells them apart by it (RFC 5626).
 *
 * @param group names the account; any text
 * @param trust how the peer is verified, and who we are to it
 * @param webSocketPath where the peer's WebSocket is, with the query if it has one
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
