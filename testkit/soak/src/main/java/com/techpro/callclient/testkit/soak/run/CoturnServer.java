// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.TemporaryFolder;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A coturn on the loopback address for this run, which relays only to that address. */
final class CoturnServer implements AutoCloseable {
    private static final String PROGRAM = "turnserver";
    private static final String ADDRESS = "127.0.0.1";
    private static final String USER = "soak";
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Process process;
    private final TemporaryFolder folder;
    private final int port;
    private final String password;

    private CoturnServer(Process process, TemporaryFolder folder, int port, String password) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.password = password;
    }

    /**
     * @throws IOException if there is no coturn, or it does not serve; the message says what to do
     */
    static CoturnServer start() throws IOException {
        return start(PROGRAM);
    }

    static CoturnServer start(String program) throws IOException {
        TemporaryFolder folder = new TemporaryFolder("callclient-turn");
        int port = freePort();
        String password = UUID.randomUUID().toString();
        Process process;
        try {
            process = command(program, folder.path(), port, password).start();
        } catch (IOException e) {
            folder.close();
            throw new IOException(
                    "--turn needs coturn, and there is no " + program
                            + " on the PATH: install it (Debian: apt-get install coturn), or leave --turn out",
                    e);
        }
        CoturnServer server = new CoturnServer(process, folder, port, password);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "callclient-turn-end"));
        try {
            server.awaitServing();
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private static ProcessBuilder command(String program, Path directory, int port, String password) {
        return new ProcessBuilder(List.of(
                        program,
                        "-n",
                        "--no-cli",
                        "--no-tls",
                        "--no-dtls",
                        "--lt-cred-mech",
                        "--user=" + USER + ":" + password,
                        "--realm=turn.pbx.test",
                        "--listening-ip=" + ADDRESS,
                        "--relay-ip=" + ADDRESS,
                        "--listening-port=" + port,
                        "--allow-loopback-peers",
                        "--userdb=" + directory.resolve("turndb"),
                        "--pidfile=" + directory.resolve("pid"),
                        "--log-file=stdout",
                        "--simple-log"))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(ADDRESS))) {
            return socket.getLocalPort();
        }
    }

    /** It serves TCP on the same port. */
    private void awaitServing() throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (process.isAlive() && System.nanoTime() - deadline < 0) {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress(ADDRESS, port), 1_000);
                return;
            } catch (IOException notYet) {
                pause();
            }
        }
        throw new IOException("--turn: coturn does not serve on " + ADDRESS + ":" + port + " of this machine");
    }

    private void pause() throws IOException {
        try {
            boolean unused = process.waitFor(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Returns the account's setting for it. */
    IceServer account() {
        return IceServer.turn(ADDRESS + ":" + port, USER, Secret.of(password));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            folder.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("callclient: a temporary file of the TURN server could not be deleted");
        }
    }

    @Override
    public String toString() {
        return "TurnServer[redacted]";
    }
}
