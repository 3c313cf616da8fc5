// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A real coturn on the loopback address: UDP, TCP and TLS, one user, peers on the loopback address allowed. */
final class Coturn implements AutoCloseable {
    static final String USER = "alice";
    static final String PASSWORD = "coturn-secret-4711";
    static final String REALM = "turn.pbx.test";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final int port = Ports.freeRun(2);
    private final PemAuthority authority;
    private final PeerProcess process;

    /** @param staleNonce how long a nonce is good for */
    Coturn(Path directory, Duration staleNonce) {
        this.authority = new PemAuthority(directory, "turn.pbx.test");
        int relays = Ports.freeRun(40);
        this.process = PeerProcess.start(
                directory,
                List.of(
                        "turnserver",
                        "-n",
                        "--no-cli",
                        "--no-dtls",
                        "--lt-cred-mech",
                        "--user=" + USER + ":" + PASSWORD,
                        "--realm=" + REALM,
                        "--listening-ip=127.0.0.1",
                        "--relay-ip=127.0.0.1",
                        "--listening-port=" + port,
                        "--tls-listening-port=" + (port + 1),
                        "--min-port=" + relays,
                        "--max-port=" + (relays + 39),
                        "--allow-loopback-peers",
                        "--stale-nonce=" + staleNonce.toSeconds(),
                        "--cert=" + directory.resolve("server.pem"),
                        "--pkey=" + directory.resolve("server.key"),
                        "--userdb=" + directory.resolve("turndb"),
                        "--pidfile=" + directory.resolve("pid"),
                        "--log-file=stdout",
                        "--simple-log"));
        process.awaitListening(port, LIMIT);
        process.awaitListening(port + 1, LIMIT);
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
