// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.net.StreamConnector;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A TURN server (RFC 8656), and this client's credentials there.
 *
 * @param streams connects to the server; null to use UDP
 */
public record TurnServer(
        InetSocketAddress address,
        String username,
        Secret password,
        @Nullable StreamConnector streams) {
    /** For UDP. */
    public TurnServer(InetSocketAddress address, String username, Secret password) {
        this(address, username, password, null);
    }

    /** Returns this server with its address in another network. */
    public TurnServer at(InetSocketAddress there) {
        return new TurnServer(there, username, password, streams);
    }

    @Override
    public String toString() {
        return "TurnServer[redacted]";
    }
}
