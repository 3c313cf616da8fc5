// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.ice;

import com.techpro.callclient.engine.internal.net.StreamConnector;
import com.techpro.callclient.ports.secret.Secret;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A server that relays (RFC 8656), and who this client is there.
 *
 * @param streams to the server, or null where it is asked over UDP
 */
public record TurnServer(
        InetSocketAddress address,
        String username,
        Secret password,
        @Nullable StreamConnector streams) {
    /** Over UDP. */
    public TurnServer(InetSocketAddress address, String username, Secret password) {
        this(address, username, password, null);
    }

    /** The same, where it is reached from another network. */
    public TurnServer at(InetSocketAddress there) {
        return new TurnServer(there, username, password, streams);
    }

    @Override
    public String toString() {
        return "TurnServer[redacted]";
    }
}
