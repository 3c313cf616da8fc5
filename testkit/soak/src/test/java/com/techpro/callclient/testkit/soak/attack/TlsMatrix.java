// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.soak.interop.EnginePhone;
import com.techpro.callclient.testkit.soak.interop.PeerProcess;
import com.techpro.callclient.testkit.soak.interop.PemAuthority;
import com.techpro.callclient.testkit.soak.interop.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What comes of 81 servers of OpenSSL's, with certificates of OpenSSL's: three versions of TLS × three kinds of certificate × three names in it × three kinds of
 * trust. The engine looks for {@code pbx.test}. {@code accepted} means that a REGISTER arrived there.
 */
final class TlsMatrix {
    /** The columns are versions of TLS, each with the organisation's authority as the anchor, the platform's, and another. */
    private static final String EXPECTED = """
            certificate names    1.3-own   1.3-platform 1.3-other 1.2-own   1.2-platform 1.2-other 1.1-own  1.1-platform 1.1-other
            sound       exact    accepted  untrusted    untrusted accepted  untrusted    untrusted protocol protocol     protocol
            sound       another  host-name untrusted    untrusted host-name untrusted    untrusted protocol protocol     protocol
            sound       wildcard host-name untrusted    untrusted host-name untrusted    untrusted protocol protocol     protocol
            expired     exact    expired   untrusted    untrusted expired   untrusted    untrusted protocol protocol     protocol
            expired     another  host-name untrusted    untrusted host-name untrusted    untrusted protocol protocol     protocol
            expired     wildcard host-name untrusted    untrusted host-name untrusted    untrusted protocol protocol     protocol
            for-clients exact    untrusted untrusted    untrusted untrusted untrusted    untrusted protocol protocol     protocol
            for-clients another  untrusted untrusted    untrusted untrusted untrusted    untrusted protocol protocol     protocol
            for-clients wildcard untrusted untrusted    untrusted untrusted untrusted    untrusted protocol protocol     protocol
            """;

    private static final String DOMAIN = "pbx.test";
    private static final Map<String, String> NAMES =
            Map.of("exact", DOMAIN, "another", "sip.pbx.test", "wildcard", "*.test");
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String ARRIVED = "REGISTER sip:";

    private final Path directory;

    /** One server and one trust. */
    record Case(String certificate, String names, String version, String anchor, String expected) {
        @Override
        public String toString() {
            return "TLS " + version + ", a certificate that is " + certificate + " with names that are " + names
                    + ", and " + anchor + " anchor";
        }
    }

    TlsMatrix(Path directory) throws IOException {
        this.directory = directory;
        for (String authority : List.of("own", "other")) {
            openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=" + authority
                    + " -keyout " + authority + ".key -out " + authority + ".pem");
        }
        for (String certificate : List.of("sound", "expired", "for-clients")) {
            for (String names : NAMES.keySet()) {
                issue(certificate, names);
            }
        }
    }

    static List<Case> cases() {
        List<String> lines = EXPECTED.lines().toList();
        String[] columns = lines.get(0).split(" +");
        List<Case> cases = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(" +");
            for (int i = 2; i < cells.length; i++) {
                String[] column = columns[i].split("-");
                String expected = cells[i].equals("accepted") ? cells[i] : "tls-" + cells[i];
                cases.add(new Case(cells[0], cells[1], column[0], column[1], expected));
            }
        }
        return cases;
    }

    private void issue(String certificate, String names) throws IOException {
        String file = certificate + "-" + names;
        openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=x -keyout " + file + ".key -out "
                + file + ".csr");
        Files.writeString(
                directory.resolve(file + ".ext"),
                "subjectAltName=DNS:" + NAMES.get(names) + "\nextendedKeyUsage="
                        + (certificate.equals("for-clients") ? "clientAuth" : "serverAuth") + "\n");
        openssl("x509 -req -in " + file + ".csr -CA own.pem -CAkey own.key -CAcreateserial -extfile " + file
                + ".ext -out " + file + ".pem "
                + (certificate.equals("expired")
                        ? "-not_before 20200101000000Z -not_after 20210101000000Z"
                        : "-days 2"));
    }

    /** Tries to register there. */
    String outcome(Case row) {
        int port = Ports.freeRun(1);
        String file = row.certificate() + "-" + row.names();
        String version = "-tls" + row.version().replace('.', '_');
        try (PeerProcess server = PeerProcess.start(
                directory,
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:" + port,
                "-cert",
                file + ".pem",
                "-key",
                file + ".key",
                version,
                "-cipher",
                "DEFAULT@SECLEVEL=0")) {
            server.awaitOutput("ACCEPT", LIMIT);
            SipAccount.Builder account = SipAccount.builder("1001", DOMAIN, Secret.of("pw-1001"))
                    .outboundProxy(new HostPort("127.0.0.1", port))
                    .tlsTrust(trust(row.anchor()));
            try (EnginePhone phone = new EnginePhone(account, null)) {
                Await.until(
                        () -> "an outcome; the server printed\n" + server.output(),
                        () -> phone.account().registration().failure() != null
                                || server.output().contains(ARRIVED),
                        LIMIT);
                Failure failure = phone.account().registration().failure();
                boolean arrived = server.output().contains(ARRIVED);
                return failure == null ? "accepted" : arrived ? "told a stranger" : failure.code();
            }
        }
    }

    private TlsTrust trust(String anchor) {
        if (anchor.equals("platform")) {
            return TlsTrust.PLATFORM;
        }
        return PemAuthority.anchoredAt(directory.resolve(anchor + ".pem"));
    }

    private void openssl(String arguments) {
        PeerProcess.run(directory, LIMIT, ("openssl " + arguments).split(" "));
    }
}
