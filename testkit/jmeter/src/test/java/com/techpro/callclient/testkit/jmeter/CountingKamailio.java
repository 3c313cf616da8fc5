// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real Kamailio in front of an {@link EmbeddedPbx}, over TLS, that counts the calls through it.
 */
final class CountingKamailio implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path folder;
    private final int port;
    private final ChildProcess process;

    CountingKamailio(Path folder, EmbeddedPbx pbx) throws IOException {
        this.folder = folder;
        int[] ports = ChildProcess.freePorts(2);
        port = ports[0];
        certificate(pbx.domain());
        Path config = folder.resolve("kamailio.cfg");
        Files.writeString(
                config,
                template()
                        .replace("@TLS_PORT@", Integer.toString(port))
                        .replace("@TCP_PORT@", Integer.toString(ports[1]))
                        .replace(
                                "@PBX_PORT@",
                                Integer.toString(pbx.address(SipTransport.TCP).port()))
                        .replace("@DIR@", folder.toString()));
        process = ChildProcess.start(
                folder, "kamailio", List.of("kamailio", "-DD", "-E", "-f", config.toString(), "-Y", folder.toString()));
        process.awaitListening(port, LIMIT);
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    Path authority() {
        return folder.resolve("ca.pem");
    }

    /** Returns a statistic of that name. */
    int count(String statistic) {
        String all = ChildProcess.run(
                folder, LIMIT, "kamcmd", "-s", "unix:" + folder.resolve("ctl"), "stats.get_statistics", "script:");
        Matcher found = Pattern.compile("script:" + statistic + " = (\\d+)").matcher(all);
        if (!found.find()) {
            throw new AssertionError(statistic + " is not among " + all + process.printed());
        }
        return Integer.parseInt(found.group(1));
    }

    private void certificate(String domain) throws IOException {
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=proof-authority"
                + " -keyout ca.key -out ca.pem");
        openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=" + domain
                + " -keyout server.key -out server.csr");
        Files.writeString(folder.resolve("names"), "subjectAltName=DNS:" + domain + ",IP:127.0.0.1\n");
        openssl("x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names"
                + " -out server.pem");
    }

    private void openssl(String arguments) {
        String unused = ChildProcess.run(folder, LIMIT, ("openssl " + arguments).split(" "));
    }

    private static String template() throws IOException {
        try (InputStream in = CountingKamailio.class.getResourceAsStream("/kamailio-before-pbx.cfg")) {
            return new String(Objects.requireNonNull(in, "its template").readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
