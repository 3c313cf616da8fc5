// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A second kind of Kamailio, of which there are several before one {@link Kamailio#behindEdges}: an edge proxy (RFC 5626 §5), over TLS. */
final class KamailioEdge implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final Path directory;
    private final Kamailio registrar;
    private final int port = Ports.freeRun(1);
    private PeerProcess process;

    /** @param directory that of the registrar, whose certificate it shows too */
    KamailioEdge(Path directory, Kamailio registrar) {
        this.directory = directory;
        this.registrar = registrar;
        this.process = launch();
    }

    int port() {
        return port;
    }

    HostPort address() {
        return new HostPort("127.0.0.1", port);
    }

    /** As a crash would; all connections are lost. */
    void kill() {
        process.close();
    }

    void startAgain() {
        process = launch();
    }

    private PeerProcess launch() {
        try {
            Path own = Files.createDirectories(directory.resolve("edge-" + port));
            Path file = own.resolve("edge.cfg");
            Files.writeString(
                    file,
                    Kamailio.template("edge.cfg")
                            .replace("@EDGE_PORT@", Integer.toString(port))
                            .replace("@REGISTRAR_PORT@", Integer.toString(registrar.port(SipTransport.TLS)))
                            .replace("@DIR@", directory.toString()));
            PeerProcess started = PeerProcess.start(
                    own, List.of("kamailio", "-DD", "-E", "-f", file.toString(), "-Y", own.toString()));
            started.awaitListening(port, START_LIMIT);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
