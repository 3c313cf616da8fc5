// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A soak at a phone system where nobody can be registered says so in its first line, and ends. */
@Timeout(60)
@Tag("slow")
class SoakFirstWordsTest {
    private final PrintStream before = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setOut(before);
    }

    @Test
    void that_it_is_down_is_the_first_line_and_one_red_gate() throws IOException {
        int port;
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = nobody.getLocalPort();
        }
        Path report = directory.resolve("report");

        assertThat(soak("sips:localhost:" + port, "--report", report.toString()))
                .isEqualTo(1);

        assertThat(lines().get(0))
                .isEqualTo("RED: Nobody is registered: The phone system does not answer; check the network, or try"
                        + " again later. (unreachable).");
        assertThat(lines()).filteredOn(line -> line.contains("RED  ")).hasSize(1);
        assertThat(lines().get(lines().size() - 1)).startsWith("RED: Nobody is registered:");
        assertThat(report.resolve("report-junit.xml")).content().contains("failures=\"1\"");
    }

    @Test
    void an_untrusted_authority_is_reported_with_the_option_to_name_it() throws IOException {
        try (EmbeddedPbx pbx = EmbeddedPbx.builder()
                .domain("localhost")
                .extensions("1001", "1002")
                .start()) {
            int port = pbx.address(SipTransport.TLS).port();
            assertThat(soak("sips:localhost:" + port)).isEqualTo(1);
        }
        assertThat(lines().get(0)).startsWith("RED: ").endsWith("name its certificate with --ca.");
    }

    private int soak(String pbx, String... more) throws IOException {
        Path users = Files.writeString(directory.resolve("users"), "1001 a\n1002 b\n");
        List<String> arguments = new ArrayList<>(
                List.of("soak", "--pbx", pbx, "--users-file", users.toString(), "--calls-at-once", "1"));
        arguments.addAll(List.of(more));
        return Main.run(arguments.toArray(String[]::new));
    }

    private List<String> lines() {
        // On a busy machine the first answer may take so long that a timeout is reported before.
        return printed.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("Nobody is registered yet"))
                .toList();
    }
}
