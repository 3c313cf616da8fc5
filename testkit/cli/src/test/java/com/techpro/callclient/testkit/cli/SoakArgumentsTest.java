// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/**
 * Wrong arguments get a message with the right ones at once and exit code 2; nothing is started.
 */
class SoakArgumentsTest {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setErr(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--users 1                                     | --users must be 2 to 2000",
                "--users 5000                                  | --users must be 2 to 2000",
                "--users many                                  | '--users'",
                "--app-users 3                                 | --app-users must be an even number",
                "--rate 0                                      | --rate must be more than 0",
                "--rate NaN                                    | --rate must be more than 0",
                "--calls-at-once 0                             | --calls-at-once must be 1 or more",
                "--duration 0                                  | --duration must be longer than 0",
                "--duration 5y                                 | write a time like",
                "--transport sctp                              | TLS",
                "--srtp-suite rot13                            | AEAD_AES_256_GCM",
                "--transport udp --srtp-suite AEAD_AES_256_GCM | --srtp-suite needs --transport tls",
                "--codec mp3                                   | --codec mp3: there are opus, g722, pcma, pcmu",
                "--keying rot13                                | there is no keying rot13",
                "--ice sometimes                               | WHEN_OFFERED",
                "--stun 192.0.2.1                              | --stun is for a phone behind a NAT",
                "--turn --ice never                            | --turn is found by ICE",
                "--features conference                         | ATTENDED_TRANSFER",
                "--features lamps,texts --transport tcp        | --features TEXTS needs --transport tls",
                "--loss 60                                     | --loss must be 0 to 50",
                "--loss -1                                     | --loss must be 0 to 50",
                "--loss NaN                                    | --loss must be 0 to 50",
                "--jitter 2s                                   | --jitter must be at most",
                "--max-loss 100                                | --max-loss must be 0 or more",
                "--max-loss NaN                                | --max-loss must be 0 or more",
                "--min-mos 1                                   | --min-mos must be more than 1",
                "--min-mos 4.6                                 | --min-mos must be more than 1 and at most 4.5",
                "--max-delay 0                                 | --max-delay must be longer than 0",
                "--max-delay soon                              | write a time like",
                "--max-setup 0s                                | --max-setup must be longer than 0",
                "--min-level -41                               | --min-level must be -40 to 0 dB",
                "--min-level 1                                 | --min-level must be -40 to 0 dB",
                "--min-level NaN                               | --min-level must be -40 to 0 dB",
                "--max-noise -71                               | --max-noise must be -70 to -30 dBov",
                "--max-noise NaN                               | --max-noise must be -70 to -30 dBov",
                "--max-noise -29                               | --max-noise must be -70 to -30 dBov",
                "--band 8000                                   | --band must be 1000 to 7000 Hz",
                "--band 999                                    | --band must be 1000 to 7000 Hz",
                "--band wide                                   | '--band'",
                "--speech /no/such.wav                         | there is no /no/such.wav",
                "--report /dev/null/here                       | --report directory cannot be created",
                "--baseline /no/such.json                      | --baseline file cannot be used: there is no /no/such",
                "--baseline /dev/null                          | /dev/null is not JSON",
                "--pbx pbx.example.com                         | --pbx must be an address like",
                "--pbx sip:192.0.2.1                           | say --transport udp, tcp or ws",
                "--pbx sips:192.0.2.1 --transport udp          | sips: means TLS",
                "--pbx sips:192.0.2.1 --users-file /no/such    | there is no /no/such",
                "--users-file /dev/null                        | name it with --pbx",
                "--ca /dev/null                                | name it with --pbx",
                "--faster                                      | --faster",
            })
    void an_invalid_argument_is_explained_in_a_few_lines(String arguments, String expected) {
        assertThat(callclient(arguments)).isEqualTo(2);
        assertThat(said()).contains(expected);
        assertThat(said().lines().count()).isLessThan(5);
    }

    @Test
    void a_band_of_which_the_speech_has_nothing_is_refused(@TempDir Path directory) throws IOException {
        SpeechSource speech = new SpeechSource(SpeechClip.builtIn(), 0);
        short[] samples = new short[10 * SpeechClip.SAMPLE_RATE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = speech.at(i);
        }
        Path narrow = directory.resolve("narrow.wav");
        WavFile.write(narrow, samples, SpeechClip.SAMPLE_RATE);
        assertThat(callclient("--band 7000 --speech " + narrow)).isEqualTo(2);
        assertThat(said()).contains("--band 7000 cannot be heard: the speech has nothing above 4000 Hz.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--password geheim", "--password=geheim", "--pass geheim", "--pbx sips:1001:geheim@pbx.example"})
    void a_password_among_the_arguments_is_refused_and_not_repeated(String arguments) {
        assertThat(callclient(arguments)).isEqualTo(2);
        assertThat(said()).contains("password").doesNotContain("geheim");
    }

    @Test
    void a_users_file_that_is_no_such_file_is_not_quoted(@TempDir Path directory) throws Exception {
        Path users = Files.writeString(directory.resolve("users"), "1001 geheim\n1002\n");
        assertThat(callclient("--pbx sips:192.0.2.1 --users-file " + users)).isEqualTo(2);
        assertThat(said()).contains("line 2 is not").doesNotContain("geheim", "1001");
    }

    @Test
    void a_folder_for_a_report_that_there_will_not_be_is_not_left(@TempDir Path directory) {
        Path parent = directory.resolve("reports");
        Path report = parent.resolve("of-today");
        assertThat(callclient("--report " + report + " --baseline /no/such.json"))
                .isEqualTo(2);
        assertThat(parent).doesNotExist();
        new ReportFolder(report).make();
        assertThat(report).isDirectory();
        try (ReportFolder there = new ReportFolder(report)) {
            there.make();
        }
        assertThat(report).as("which was there before").isDirectory();
    }

    @Test
    void a_folder_with_a_report_stays(@TempDir Path directory) throws Exception {
        Path report = directory.resolve("reports").resolve("of-today");
        try (ReportFolder made = new ReportFolder(report)) {
            made.make();
            Files.writeString(report.resolve("report.json"), "{}");
        }
        assertThat(report.resolve("report.json")).exists();
        Path empty = directory.resolve("others").resolve("of-today");
        try (ReportFolder made = new ReportFolder(empty)) {
            made.make();
            assertThat(empty).isDirectory();
        }
        assertThat(empty.getParent()).doesNotExist();
    }

    @Test
    void a_baseline_of_another_schema_version_is_refused(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("report.json"), "{\"schemaVersion\": 99}");
        assertThat(callclient("--baseline " + file)).isEqualTo(2);
        assertThat(said()).contains("has schemaVersion 99, and only 1 can be compared");
    }

    @Test
    void a_ca_file_without_a_certificate_is_refused(@TempDir Path directory) throws Exception {
        Path users = Files.writeString(directory.resolve("users"), "1001 a\n1002 b\n");
        Path pem = Files.writeString(directory.resolve("ca.pem"), "nothing\n");
        assertThat(callclient("--pbx sips:192.0.2.1 --users-file " + users + " --ca " + pem))
                .isEqualTo(2);
        assertThat(said()).contains("--ca file");
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "25s, PT25S", "25, PT25S", "10m, PT10M", "8h, PT8H"})
    void times_are_read(String text, Duration expected) {
        assertThat(new PlainDuration().convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1s", "1.5s", "1 s", "s", "99999999999s"})
    void an_invalid_duration_is_refused(String text) {
        assertThatThrownBy(() -> new PlainDuration().convert(text)).isInstanceOf(TypeConversionException.class);
    }

    private int callclient(String arguments) {
        return Main.run(("soak " + arguments).trim().split(" +", -1));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
