// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A phone whose connection to a server of OpenSSL's ends, and which connects again. */
@Tag("interop")
@Timeout(120)
class TlsResumptionTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String DOMAIN = "pbx.test";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void a_connection_after_one_that_ended_resumes_its_session(String version) {
        int port = Ports.freeRun(1);
        PeerProcess.run(
                directory,
                LIMIT,
                ("openssl req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -subj /CN=x -days 2"
                                + " -addext subjectAltName=DNS:" + DOMAIN + " -keyout key.pem -out cert.pem")
                        .split(" "));
        SipAccount.Builder account = SipAccount.builder("1001", DOMAIN, Secret.of("pw-1001"))
                .outboundProxy(new HostPort("127.0.0.1", port))
                .tlsTrust(PemAuthority.anchoredAt(directory.resolve("cert.pem")));
        try (PeerProcess server = PeerProcess.start(
                directory,
                ("openssl s_server -accept 127.0.0.1:" + port + " -cert cert.pem -key key.pem " + version)
                        .split(" "))) {
            server.awaitOutput("ACCEPT", LIMIT);
            try (EnginePhone phone = new EnginePhone(account, null)) {
                awaitRegisters(server, 1);

                // Ends this connection; the server waits for the next.
                server.type("q");

                awaitRegisters(server, 2);
                server.awaitOutput("Reused session-id", LIMIT);
            }
        }
    }

    private static void awaitRegisters(PeerProcess server, int count) {
        Await.until(
                () -> count + " requests; the server printed\n" + server.output(),
                () -> server.output().split("REGISTER sip:", -1).length > count,
                LIMIT);
    }
}
