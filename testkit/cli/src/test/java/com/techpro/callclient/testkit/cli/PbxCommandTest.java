// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.testkit.cli.console.Console;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.soak.settings.Credentials;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class PbxCommandTest {
    @TempDir
    Path directory;

    @Test
    void it_serves_the_users_of_a_file_and_writes_its_authority() throws IOException {
        Path users = directory.resolve("users.txt");
        Files.writeString(users, "# two\n1001 word-one\n1002 word-two\n");
        Path authority = directory.resolve("ca.pem");
        PbxCommand command = parsed("--users-file", users.toString(), "--ca", authority.toString(), "--tls", "0");

        try (EmbeddedPbx pbx = command.open(Map.of())) {
            assertThat(Files.readString(authority)).startsWith("-----BEGIN CERTIFICATE-----");
            assertThat(pbx.address(SipTransport.TLS).port()).isPositive();
            assertThat(pbx.account("1002").build().user()).isEqualTo("1002");
        }
    }

    @Test
    void users_can_come_from_the_environment() {
        PbxCommand command =
                parsed("--ca", directory.resolve("ca.pem").toString(), "--tls", "0", "--udp", "0", "--tcp", "0");

        try (EmbeddedPbx pbx = command.open(Map.of(Credentials.VARIABLE, "1001 word-one; 1002 word-two"))) {
            assertThat(pbx.address(SipTransport.UDP).port()).isPositive();
            assertThat(pbx.address(SipTransport.TCP).port()).isPositive();
        }
    }

    @Test
    void WebSockets_are_served_when_they_are_asked_for() {
        String file = directory.resolve("ca.pem").toString();
        Map<String, String> users = Map.of(Credentials.VARIABLE, "1001 word-one");
        PbxCommand command = parsed("--ca", file, "--tls", "0", "--wss", "0", "--ws", "0");

        try (EmbeddedPbx pbx = command.open(users)) {
            assertThat(pbx.address(SipTransport.WSS).port()).isPositive();
            assertThat(pbx.address(SipTransport.WS).port()).isPositive();
        }
        try (EmbeddedPbx pbx = parsed("--ca", file, "--tls", "0").open(users)) {
            assertThatThrownBy(() -> pbx.address(SipTransport.WSS)).hasMessageContaining("does not serve");
        }
    }

    @Test
    void users_log_in_by_e_mail_with_the_password_that_they_have() {
        PbxCommand command = parsed("--ca", directory.resolve("ca.pem").toString(), "--tls", "0", "--https", "0");

        try (EmbeddedPbx pbx = command.open(Map.of(Credentials.VARIABLE, "1001 word-one; 1002 word-two"))) {
            Login login = pbx.login("1002");
            assertThat(login.user()).isEqualTo("1002@" + pbx.domain());
            assertThat(login.server().port()).isPositive();
            String password = login.password().use(SecretAccess.forAuthenticators(), String::new);
            assertThat(password).isEqualTo("word-two");
        }
    }

    @Test
    void voicemail_is_there_when_it_is_asked_for() {
        String file = directory.resolve("ca.pem").toString();
        PbxCommand command = parsed("--ca", file, "--tls", "0", "--voicemail", "0", "--room-pin", "77");

        try (EmbeddedPbx pbx = command.open(Map.of(Credentials.VARIABLE, "1001 word-one"))) {
            assertThat(pbx.voicemail().address().port()).isPositive();
            assertThat(pbx.voicemail().user("1001")).isEqualTo("1001@" + pbx.domain());
        }
        PbxCommand without = parsed("--ca", file, "--tls", "0");
        try (EmbeddedPbx pbx = without.open(Map.of(Credentials.VARIABLE, "1001 word-one"))) {
            assertThatThrownBy(pbx::voicemail).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void messages_are_kept_in_the_format_asked_for() {
        String file = directory.resolve("ca.pem").toString();
        Map<String, String> users = Map.of(Credentials.VARIABLE, "1001 word-one");

        parsed("--ca", file, "--tls", "0", "--voicemail", "0", "--voicemail-format", "wav49")
                .open(users)
                .close();

        PbxCommand wrong = parsed("--ca", file, "--tls", "0", "--voicemail", "0", "--voicemail-format", "mp3");
        assertThatThrownBy(() -> wrong.open(users))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("wav, mulaw or wav49");
    }

    @ParameterizedTest
    @CsvSource({"'', SHA-256 MD5", "--md5, MD5"})
    void phones_that_know_nothing_but_md5_can_be_asked_for_that_alone(String option, String algorithms)
            throws IOException {
        List<String> options =
                new ArrayList<>(List.of("--ca", directory.resolve("ca.pem").toString(), "--tls", "0", "--udp", "0"));
        if (!option.isEmpty()) {
            options.add(option);
        }
        PbxCommand command = parsed(options.toArray(new String[0]));

        try (EmbeddedPbx pbx = command.open(Map.of(Credentials.VARIABLE, "1001 word-one"));
                DatagramSocket phone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            phone.setSoTimeout(20_000);
            byte[] register =
                    """
                REGISTER sip:pbx.test SIP/2.0
                Via: SIP/2.0/UDP 127.0.0.1:%1$d;branch=z9hG4bKmd5;rport
                Max-Forwards: 70
                From: <sip:1001@pbx.test>;tag=md5
                To: <sip:1001@pbx.test>
                Call-ID: md5
                CSeq: 1 REGISTER
                Contact: <sip:1001@127.0.0.1:%1$d>
                Content-Length: 0

                """.formatted(phone.getLocalPort()).replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
            int port = pbx.address(SipTransport.UDP).port();
            phone.send(new DatagramPacket(register, register.length, InetAddress.getLoopbackAddress(), port));
            DatagramPacket challenge = new DatagramPacket(new byte[2_000], 2_000);
            phone.receive(challenge);

            assertThat(Pattern.compile("algorithm=([^,]+)")
                            .matcher(new String(
                                    challenge.getData(), 0, challenge.getLength(), StandardCharsets.US_ASCII))
                            .results()
                            .map(found -> found.group(1)))
                    .containsExactly(algorithms.split(" "));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', There are no users",
        "1001, Each user must be: extension password",
        "1001 two words, Each user must be: extension password",
        "1001 word-one; 1002 word-two; 1001 two-words, Two users have the same extension: number 3",
        "' ', There are no users"
    })
    void users_that_cannot_be_meant_are_refused_and_not_repeated(String listed, String answer) {
        PbxCommand command = parsed("--ca", directory.resolve("ca.pem").toString(), "--tls", "0");
        Map<String, String> environment = listed.isEmpty() ? Map.of() : Map.of(Credentials.VARIABLE, listed);

        assertThatThrownBy(() -> command.open(environment))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(answer)
                .message()
                .doesNotContain("two words");
    }

    @ParameterizedTest
    @CsvSource({
        "--tls, 70000, A port must be",
        "--https, 70000, A port must be",
        "--voicemail, 70000, A port must be",
        "--console, 70000, A port must be",
        "--console, -1, A port must be",
        "--room-pin, 12a, A PIN must be",
        "--address, not-an-address, cannot serve there"
    })
    void an_address_that_cannot_be_served_is_refused(String option, String value, String answer) {
        PbxCommand command = parsed("--ca", directory.resolve("ca.pem").toString(), option, value);

        assertThatThrownBy(() -> command.open(Map.of(Credentials.VARIABLE, "1001 word-one")))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tls", "--tcp", "--wss", "--ws", "--https", "--voicemail"})
    void a_port_that_is_in_use_is_named_with_the_cause(String option) throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());
            List<String> arguments =
                    new ArrayList<>(List.of("--ca", directory.resolve("ca.pem").toString(), option, port));
            if (!option.equals("--tls")) {
                arguments.addAll(List.of("--tls", "0"));
            }
            PbxCommand command = parsed(arguments.toArray(String[]::new));

            assertThatThrownBy(() -> command.open(Map.of(Credentials.VARIABLE, "1001 word-one")))
                    .isInstanceOf(ParameterException.class)
                    .hasMessageContaining("port " + port)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void the_console_is_there_when_it_is_asked_for_and_nothing_is_traced_otherwise() throws IOException {
        String file = directory.resolve("ca.pem").toString();
        Map<String, String> users = Map.of(Credentials.VARIABLE, "1001 word-one");

        PbxCommand without = parsed("--ca", file, "--tls", "0");
        try (EmbeddedPbx pbx = without.open(users)) {
            assertThat(without.openConsole(pbx)).isNull();
        }
        PbxCommand command = parsed("--ca", file, "--tls", "0", "--console", "0");
        try (EmbeddedPbx pbx = command.open(users);
                Console page = command.openConsole(pbx)) {
            assertThat(page).isNotNull();
            assertThat(page.address()).matches("http://127\\.0\\.0\\.1:\\d+/\\?token=[A-Za-z0-9_-]{22}");
            assertThat(page.toString())
                    .doesNotContain(page.address().substring(page.address().indexOf('=') + 1));
        }
    }

    @Test
    void a_port_of_the_console_that_is_in_use_is_named() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());
            PbxCommand command =
                    parsed("--ca", directory.resolve("ca.pem").toString(), "--tls", "0", "--console", port);
            try (EmbeddedPbx pbx = command.open(Map.of(Credentials.VARIABLE, "1001 word-one"))) {
                assertThatThrownBy(() -> command.openConsole(pbx))
                        .isInstanceOf(ParameterException.class)
                        .hasMessageContaining("port " + port)
                        .hasMessageContaining("in use");
            }
        }
    }

    private static PbxCommand parsed(String... arguments) {
        PbxCommand command = new PbxCommand();
        new CommandLine(command).parseArgs(arguments);
        return command;
    }
}
