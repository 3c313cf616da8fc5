// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a server runs.
 *
 * @param namespace null for this process's own network
 * @param address where it listens, which is there
 */
record ServerHost(@Nullable NetworkNamespace namespace, String address) {
    static final ServerHost LOOPBACK = new ServerHost(null, "127.0.0.1");
    static final ServerHost LOOPBACK_6 = new ServerHost(null, "::1");

    /** As it stands in a URI. */
    String inUri() {
        return address.indexOf(':') < 0 ? address : "[" + address + "]";
    }

    PeerProcess start(Path directory, List<String> command) {
        return namespace == null ? PeerProcess.start(directory, command) : namespace.start(directory, command);
    }

    /** Waits until it accepts TCP connections. */
    void awaitListening(PeerProcess server, int port, Duration limit) {
        if (namespace == null) {
            server.awaitListening(address, port, limit);
        } else {
            namespace.awaitListening(server, port, limit);
        }
    }
}
