// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** {@code callclient phone --login} at the embedded PBX, over HTTPS, with a vault in a folder. */
class EmailLoginTest {
    @TempDir
    Path directory;

    private EmbeddedPbx pbx;

    @BeforeEach
    void serve() throws IOException {
        pbx = EmbeddedPbx.builder()
                .extensions("1001")
                .provisioning(accounts -> accounts.password("1001", "word of anna"))
                .start();
        Files.writeString(directory.resolve("ca.pem"), pbx.authorityPem());
        Files.writeString(directory.resolve("password"), "word of anna");
        Files.writeString(directory.resolve("passphrase"), "open sesame");
    }

    @AfterEach
    void stop() {
        pbx.close();
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private Path data() {
        return directory.resolve("data");
    }

    private TypedPhone start(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--speaker-file", path("heard.wav")));
        return new TypedPhone(all);
    }

    private TypedPhone first(String passwordFile) throws IOException {
        return start(
                "--login",
                pbx.login("1001").user(),
                "--server",
                String.valueOf(pbx.login("1001").server()),
                "--ca",
                path("ca.pem"),
                "--password-file",
                path(passwordFile),
                "--data",
                data().toString(),
                "--vault",
                "passphrase",
                "--passphrase-file",
                path("passphrase"));
    }

    private TypedPhone again(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("--data", data().toString(), "--vault", "passphrase", "--passphrase-file", path("passphrase")));
        arguments.addAll(List.of(more));
        return start(arguments.toArray(String[]::new));
    }

    @Test
    void U6_S6_the_second_start_needs_no_password_and_log_out_leaves_nothing() throws Exception {
        try (TypedPhone phone = first("password")) {
            phone.shows("You are ");
            phone.shows("Logged in.");
            assertThat(pbx.state().isRegistered("1001")).isTrue();
            assertThat(phone.quit()).isZero();
        }
        assertThat(pbx.state().isRegistered("1001")).isFalse();
        Files.delete(directory.resolve("password"));
        try (TypedPhone phone = again()) {
            phone.shows("Logged in.");
            assertThat(phone.quit()).isZero();
        }
        assertThat(stored()).isPositive();

        try (TypedPhone phone = again("--logout")) {
            assertThat(phone.ends()).isZero();
            phone.shows("Nothing is left");
        }
        assertThat(stored()).isZero();
        try (TypedPhone phone = again()) {
            assertThat(phone.ends()).isEqualTo(2);
            phone.shows("No login is stored there. Start with --login");
        }
    }

    private long stored() throws IOException {
        try (Stream<Path> files = Files.walk(data())) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    @Test
    void U2_a_wrong_password_is_told_and_remembered_by_nobody() throws Exception {
        Files.writeString(directory.resolve("wrong"), "guess");
        try (TypedPhone phone = first("wrong")) {
            assertThat(phone.ends()).isEqualTo(2);
            phone.shows("Could not log in. The phone system does not know this e-mail address with this password.");
            assertThat(phone.screen()).contains("(wrong-credentials)").doesNotContain("guess");
        }
        try (TypedPhone phone = again()) {
            assertThat(phone.ends()).isEqualTo(2);
            phone.shows("No login is stored there.");
        }
    }

    @Test
    void S1_a_wrong_passphrase_opens_nothing_and_loses_nothing() throws Exception {
        try (TypedPhone phone = first("password")) {
            phone.shows("Logged in.");
            assertThat(phone.quit()).isZero();
        }
        Files.writeString(directory.resolve("passphrase"), "open barley");
        try (TypedPhone phone = again()) {
            assertThat(phone.ends()).isEqualTo(2);
            phone.shows("The data cannot be used. The passphrase is not the one");
        }
        Files.writeString(directory.resolve("passphrase"), "open sesame");
        try (TypedPhone phone = again()) {
            phone.shows("Logged in.");
            assertThat(phone.quit()).isZero();
        }
    }

    @Test
    void without_a_place_for_data_nothing_is_kept() throws Exception {
        try (TypedPhone phone = start(
                "--login",
                pbx.login("1001").user(),
                "--server",
                String.valueOf(pbx.login("1001").server()),
                "--ca",
                path("ca.pem"),
                "--password-file",
                path("password"))) {
            phone.shows("Logged in.");
            assertThat(phone.quit()).isZero();
        }
        assertThat(data()).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void every_refusal_explains_the_failure_and_gives_advice(Reason reason) {
        String said = Wording.login(new LoginResult.Refused(reason, Duration.ofSeconds(30)));

        assertThat(said)
                .startsWith("Could not log in. ")
                .contains("(" + reason.name().toLowerCase(Locale.ROOT).replace('_', '-') + ")")
                .endsWith("Try again in 30 s.");
        // What happened and what to do: at least two sentences before the reason.
        assertThat(said.substring(0, said.indexOf('(')).split("\\. ")).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"KEY_MISSING, --logout", "CORRUPT, --logout", "ROLLED_BACK, --logout", "UNAVAILABLE, --vault passphrase"
    })
    void data_that_cannot_be_used_comes_with_the_option_that_helps(SecureStoreException.Reason reason, String option) {
        assertThat(Wording.login(new LoginResult.Unreadable(reason)))
                .startsWith("The data cannot be used.")
                .contains(option);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--logout                                        | name what to erase with --data",
                "--server pbx.test                               | --login",
                "--login anna                                    | --login must be an e-mail address",
                "--login a@pbx.test --proxy pbx.test             | --proxy cannot be used with a login by e-mail",
                "--login a@pbx.test --account 1@pbx.test         | --account cannot be used with a login by e-mail",
                "--login a@pbx.test --server pbx.test:x          | --server: the host is",
                "--login a@pbx.test --path provisioning          | a path begins with a slash",
                "--login a@pbx.test --data /dev/null             | --data: /dev/null is not a directory",
                "--account 1@pbx.test --password-file /no/such   | --password-file: there is no file /no/such",
                "--login a@pbx.test --password-file /no/such     | --password-file: there is no file /no/such",
                "--login a@pbx.test --password-file /            | --password-file: / is not a file",
                "--data /no/such --vault passphrase --passphrase-file /no/such | --passphrase-file: there is no file",
            })
    void options_that_make_no_sense_are_explained(String arguments, String expected) {
        StringWriter said = new StringWriter();
        CommandLine command = new CommandLine(new PhoneCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setErr(new PrintWriter(said));

        assertThat(command.execute(arguments.split(" +"))).isEqualTo(2);
        assertThat(said.toString()).contains(expected);
    }
}
