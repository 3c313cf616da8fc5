// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.ice;

import com.techpro.callclient.ports.secret.Secret;
import java.net.InetSocketAddress;

/** A server that relays over UDP (RFC 8656), and who this client is there. */
public record TurnServer(InetSocketAddress address, String username, Secret password) {
    @Override
    public String toString() {
        return "TurnServer[redacted]";
    }
}
