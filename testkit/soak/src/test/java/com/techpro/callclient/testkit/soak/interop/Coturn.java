// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.testkit.contracts.Await;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A real coturn, on the loopback address unless it is told another: UDP, TCP and TLS, one user, peers on the loopback address allowed. */
final class Coturn implements AutoCloseable {
    static final String USER = "alice";
    static final String PASSWORD = "coturn-secret-4711";
    static final String REALM = "turn.pbx.test";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int RELAYS = 40;
    private static final Pattern ALLOCATION = Pattern.compile("session (\\d+): (new|delete)\\b");
    private static final Pattern PEER_USAGE = Pattern.compile("peer usage: .* rp=(\\d+), .* sp=(\\d+),");

    private final int port = Ports.freeRun(2);
    private final int relays = Ports.freeRun(RELAYS);
    private final Path directory;
    private final Duration staleNonce;
    private final ServerHost host;
    private final PemAuthority authority;
    private PeerProcess process;

    /** @param staleNonce how long a nonce is good for */
    Coturn(Path directory, Duration staleNonce) {
        this(directory, staleNonce, ServerHost.LOOPBACK);
    }

    Coturn(Path directory, Duration staleNonce, ServerHost host) {
        this.directory = directory;
        this.staleNonce = staleNonce;
        this.host = host;
        this.authority = new PemAuthority(directory, REALM, host.address());
        this.process = launch();
    }

    /** As a crash would; all allocations are lost. */
    void kill() {
        process.close();
    }

    void startAgain() {
        process = launch();
    }

    private PeerProcess launch() {
        PeerProcess started = host.start(
                directory,
                List.of(
                        "turnserver",
                        "-n",
                        "--no-cli",
                        "--no-dtls",
                        "--lt-cred-mech",
                        "--user=" + USER + ":" + PASSWORD,
                        "--realm=" + REALM,
                        "--listening-ip=" + host.address(),
                        "--relay-ip=" + host.address(),
                        "--listening-port=" + port,
                        "--tls-listening-port=" + (port + 1),
                        "--min-port=" + relays,
                        "--max-port=" + (relays + RELAYS - 1),
                        "--allow-loopback-peers",
                        "--stale-nonce=" + staleNonce.toSeconds(),
                        "--cert=" + directory.resolve("server.pem"),
                        "--pkey=" + directory.resolve("server.key"),
                        "--userdb=" + directory.resolve("turndb"),
                        "--pidfile=" + directory.resolve("pid"),
                        "--log-file=stdout",
                        "--simple-log",
                        "--verbose"));
        host.awaitListening(started, port, LIMIT);
        host.awaitListening(started, port + 1, LIMIT);
        return started;
    }

    /** UDP and TCP. */
    int port() {
        return port;
    }

    int tlsPort() {
        return port + 1;
    }

    String output() {
        return process.output();
    }

    Path authorityFile() {
        return authority.authority();
    }

    /** Waits until no allocation is left, and tells how many packets went by them since it was started, to peers and from them. */
    long awaitRelayed() {
        Await.until(
                () -> "allocations are given back\n" + process.output(),
                () -> allocations().isEmpty(),
                LIMIT);
        return PEER_USAGE
                .matcher(process.output())
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)) + Long.parseLong(found.group(2)))
                .sum();
    }

    /** Sessions that are there. */
    private Set<String> allocations() {
        Set<String> open = new HashSet<>();
        ALLOCATION.matcher(process.output()).results().forEach(found -> {
            if (found.group(2).equals("new")) {
                open.add(found.group(1));
            } else {
                open.remove(found.group(1));
            }
        });
        return open;
    }

    /** Trusts the server's authority and no other. */
    SSLContext trusting() {
        try (InputStream in = Files.newInputStream(authority.authority())) {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            anchors.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError("OpenSSL's certificate cannot be trusted", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
