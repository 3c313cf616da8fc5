// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

class LoginTest {
    @TempDir
    Path directory;

    @Test
    void codecs_keys_and_ways_are_those_of_the_options() {
        SipAccount plain = account("-a", "1001@pbx.test");
        assertThat(plain.codecs()).isNull();
        assertThat(plain.keyingPolicy()).isEqualTo(KeyingPolicy.PREFER_SDES);
        assertThat(plain.ice()).isEqualTo(IceSettings.DEFAULT);

        SipAccount named = account(
                "-a",
                "1001@pbx.test",
                "--codec",
                "G722,pcma",
                "--keying",
                "dtls_only",
                "--ice",
                "offered",
                "--stun",
                "stun.pbx.test");
        assertThat(named.codecs()).containsExactlyInAnyOrder("g722", "pcma");
        assertThat(named.codecPreference()).containsExactly("g722", "pcma");
        assertThat(named.keyingPolicy()).isEqualTo(KeyingPolicy.DTLS_ONLY);
        assertThat(named.ice().use()).isEqualTo(IceSettings.Use.OFFERED);
        assertThat(named.ice().servers())
                .extracting(server -> server.address().toString())
                .containsExactly("stun.pbx.test:3478");
        assertThatThrownBy(() -> account("-a", "1001@pbx.test", "--codec", "mp3"))
                .hasMessageContaining("opus, g722, pcma, pcmu");
    }

    @Test
    void anAccountIsPutTogetherFromItsAddressAndTheOptions() {
        SipAccount account = account("--account", "sips:1001@PBX.example.org:5071", "--auth-user", "anna");

        assertThat(account.user()).isEqualTo("1001");
        assertThat(account.domain()).isEqualTo("pbx.example.org");
        assertThat(account.authUser()).isEqualTo("anna");
        assertThat(account.transport()).isEqualTo(SipTransport.TLS);
        assertThat(account.outboundProxy()).isEqualTo(new HostPort("pbx.example.org", 5071));
        assertThat(account.securityFloor().isWeakened()).isFalse();
    }

    @Test
    void aWebSocketIsAtAPathOfTheProxy() {
        SipAccount account =
                account("-a", "1001@pbx.test", "--transport", "wss", "--proxy", "edge.pbx.test:8443/ws?tenant=1");

        assertThat(account.transport()).isEqualTo(SipTransport.WSS);
        assertThat(account.outboundProxy()).isEqualTo(new HostPort("edge.pbx.test", 8443));
        assertThat(account.webSocketPath()).isEqualTo("/ws?tenant=1");
        assertThatThrownBy(() -> account("-a", "1001@pbx.test", "--proxy", "edge.pbx.test/ws"))
                .hasMessageContaining("--transport WSS");
    }

    @Test
    void cleartextNeedsTheSwitchThatSaysLab() {
        assertThat(account("-a", "1001@pbx.test", "--transport", "udp", "--lab-cleartext-signalling")
                        .securityFloor()
                        .isWeakened())
                .isTrue();
        assertThatThrownBy(() -> account("-a", "1001@pbx.test", "--transport", "udp"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--lab-cleartext-signalling");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1001", "@pbx.test", "1001@", "1001@pbx.test:port", "1001@pbx test"})
    void anAddressThatIsNoneIsExplained(String address) {
        assertThatThrownBy(() -> account("-a", address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--account");
    }

    @Test
    void authoritiesThatAreNoneAreExplained() throws IOException {
        Path file = Files.writeString(directory.resolve("ca.pem"), "not a certificate");

        assertThatThrownBy(() -> account("-a", "1001@pbx.test", "--ca", file.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--ca");
        assertThatThrownBy(() -> account(
                        "-a",
                        "1001@pbx.test",
                        "--ca",
                        directory.resolve("none.pem").toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot read");
    }

    @Test
    void thePasswordIsTheFirstLineOfTheFileElseTheVariable() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "pä ss\r\nnot this\n");

        assertThat(open(PasswordSource.PASSWORD.read(file, Map.of("CALLCLIENT_PASSWORD", "other"), null)))
                .isEqualTo("pä ss");
        assertThat(open(PasswordSource.PASSWORD.read(null, Map.of("CALLCLIENT_PASSWORD", "other"), null)))
                .isEqualTo("other");
    }

    @Test
    void withoutAPasswordTheUserIsToldWhereToPutIt() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty"), "\n");

        assertThatThrownBy(() -> PasswordSource.PASSWORD.read(null, Map.of(), null))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("CALLCLIENT_PASSWORD", "--password-file");
        assertThatThrownBy(() -> PasswordSource.PASSWORD.read(empty, Map.of(), null))
                .hasMessageContaining("first line");
    }

    @Test
    void theCommandExplainsWrongOptionsAndEndsWithTwo() {
        StringWriter said = new StringWriter();
        CommandLine command = new CommandLine(new PhoneCommand()).setErr(new PrintWriter(said));

        assertThat(command.execute()).isEqualTo(2);
        assertThat(said.toString()).contains("--account");
        assertThat(command.execute(
                        "-a",
                        "1001@pbx.test",
                        "--mic-file",
                        directory.resolve("none.wav").toString()))
                .isEqualTo(2);
        assertThat(said.toString()).contains("--mic-file: cannot play");
    }

    private static SipAccount account(String... arguments) {
        Holder holder = new Holder();
        new CommandLine(holder).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return holder.login.account(Secret.of("secret"));
    }

    private static String open(Secret secret) {
        return secret.use(SecretAccess.forAuthenticators(), String::new);
    }

    @Command
    private static final class Holder {
        @ArgGroup(exclusive = false, multiplicity = "1")
        private LoginOptions login = new LoginOptions();
    }
}
