// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import org.apache.jmeter.config.Arguments;
import org.apache.jmeter.protocol.java.sampler.JavaSamplerContext;
import org.apache.jmeter.services.FileServer;
import org.apache.jmeter.testelement.TestElement;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors in a plan or a file are reported with their place. */
class ParameterErrorsTest {
    private static final String SECRET = "a-password-that-is-nowhere";

    @TempDir
    Path directory;

    private final Map<String, String> told = new HashMap<>();

    @BeforeEach
    void plan() throws IOException {
        FileServer.getFileServer().setScriptName("calls.jmx");
        told.put("user", "1001");
        told.put("password", SECRET);
        told.put("domain", "pbx.test");
        told.put("transport", "TLS");
        told.put("users", "");
        told.put(TestElement.NAME, "call");
    }

    @AfterEach
    void noPlan() {
        FileServer.getFileServer().setScriptName(null);
    }

    private Settings settings() {
        Arguments arguments = new Arguments();
        told.forEach(arguments::addArgument);
        return new Settings(new JavaSamplerContext(arguments));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertToldBy(ThrowingCallable action) {
        return assertThatThrownBy(action)
                .isInstanceOfAny(IOException.class, IllegalArgumentException.class)
                .hasMessageNotContaining(SECRET);
    }

    private void users(String... lines) throws IOException {
        Path users = directory.resolve("users.csv");
        Files.writeString(users, "user,password,peer,peerPassword\n" + String.join("\n", lines) + "\n");
        told.put("users", users.toString());
    }

    /** As JMeter leaves a variable whose column is missing in the line. */
    private void lineWithout(String variable) {
        told.put(variable, "${" + variable + "}");
    }

    @Test
    void a_user_without_password_is_told_with_its_line() throws IOException {
        users("1000," + SECRET + ",2000,x", "1001", "1002,y,2002,z");
        lineWithout("password");

        assertToldBy(settings()::account).hasMessage("users.csv:3: no password");
    }

    @Test
    void a_password_that_is_left_from_the_line_before_is_none() throws IOException {
        users("1000," + SECRET, "", "1001,,2001,x");

        assertToldBy(settings()::account).hasMessage("users.csv:4: no password");
    }

    @Test
    void a_line_without_user_is_told() throws IOException {
        users("1000,x,2000,y", "," + SECRET + ",2001,z");
        told.put("user", "");

        assertToldBy(settings()::account).hasMessage("users.csv:3: no user");
    }

    @Test
    void a_line_without_a_peer_fails_only_if_a_peer_is_needed() throws IOException {
        users("1000,x", "1001," + SECRET);
        lineWithout("peer");
        lineWithout("peerPassword");

        assertThat(settings().account().user()).isEqualTo("1001");
        assertToldBy(settings()::peerAccount).hasMessage("users.csv:3: no peer");
    }

    @Test
    void a_peer_without_password_is_told_with_its_line() throws IOException {
        users("1000,x,2000,y", "1001," + SECRET + ",2001");
        told.put("peer", "2001");
        lineWithout("peerPassword");

        assertToldBy(settings()::peerAccount).hasMessage("users.csv:3: no password of the peer");
    }

    @Test
    void a_user_that_is_none_is_told_with_its_line() throws IOException {
        users("1000,x", "sip:1001," + SECRET);
        told.put("user", "sip:1001");

        assertToldBy(settings()::account)
                .hasMessageStartingWith("users.csv:3: user: the user of an account has no scheme");
    }

    @Test
    void a_file_that_was_mended_is_read_again() throws IOException {
        users("1001");
        lineWithout("password");
        assertToldBy(settings()::account).hasMessage("users.csv:2: no password");
        users("1000,x", "# 1002", "1001");
        Files.setLastModifiedTime(directory.resolve("users.csv"), FileTime.fromMillis(1_000_000_000_000L));

        assertToldBy(settings()::account).hasMessage("users.csv:4: no password");
    }

    @Test
    void without_a_file_it_is_the_element_and_its_parameter() {
        lineWithout("password");

        assertToldBy(settings()::account).hasMessage("calls.jmx: call: password is not set");
    }

    @ParameterizedTest
    @CsvSource({
        "transport, SMTP, calls.jmx: call: transport is none of",
        "proxy, pbx:sip, calls.jmx: call: proxy: a port is a number",
        "domain, pbx test, calls.jmx: call: domain: not a host"
    })
    void an_account_is_told_by_its_parameter(String parameter, String value, String told) {
        this.told.put(parameter, value);

        assertToldBy(settings()::account).hasMessageStartingWith(told);
    }

    @ParameterizedTest
    @CsvSource({
        "maxLoss, much, is not a number",
        "maxLoss, NaN, is not a number",
        "maxLoss, 100, is not less than 100 percent",
        "minMos, 5, is not more than 1 and at most 4.5",
        "maxDelay, 4 hours, is not written like 400ms or 3s",
        "maxSetup, 0ms, is not longer than nothing",
        "minLevel, quiet, 'is not a number of decibels, such as -10'",
        "minLevel, 3, is not -40 to 0 dB",
        "minLevel, -41, is not -40 to 0 dB",
        "band, wide, is not a number",
        "band, 8000, is not 1000 to 7000 Hz",
        "band, 300, is not 1000 to 7000 Hz"
    })
    void a_limit_that_nothing_can_keep_or_break_is_told(String parameter, String value, String wrong) {
        told.put(parameter, value);

        assertToldBy(settings()::callLimits).hasMessage("calls.jmx: call: " + parameter + ' ' + wrong);
    }

    @ParameterizedTest
    @CsvSource({"7000, 7000, true", "7000, 5900, false", "3400, 4000, true", "'', 0, true"})
    void a_band_that_nobody_says_is_told(String band, int spoken, boolean heard) {
        told.put("band", band);

        Settings settings = settings();
        if (heard) {
            settings.checkBand(() -> spoken);
        } else {
            assertToldBy(() -> settings.checkBand(() -> spoken))
                    .hasMessage("calls.jmx: call: band cannot be heard: the speech has nothing above 5900 Hz");
        }
    }

    @Test
    void a_codec_and_a_status_are_told() {
        told.put("codecs", "pcma,mp3");
        told.put("keying", "PREFER_SDES");
        told.put("expect", "busy");

        assertToldBy(settings()::media).hasMessageStartingWith("calls.jmx: call: codecs: ");
        assertToldBy(() -> settings().status(Parameter.EXPECT)).hasMessageStartingWith("calls.jmx: call: expect is ");
    }

    @Test
    void a_clip_that_is_no_wav_is_told_with_its_file() throws IOException {
        Path clip = Files.writeString(directory.resolve("speech.wav"), "no sound");
        told.put("clip", clip.toString());
        assertToldBy(settings()::clip)
                .hasMessage("calls.jmx: call: clip: " + clip + ": it is not a WAV file, or one without sound");

        Files.delete(clip);
        assertToldBy(settings()::clip).hasMessage("calls.jmx: call: clip: " + clip + ": there is no such file");
    }

    @Test
    void a_trust_anchor_that_is_no_certificate_is_told_with_its_file() throws IOException {
        Path anchor = Files.writeString(directory.resolve("ca.pem"), "no certificate");
        told.put("trustAnchor", anchor.toString());

        assertToldBy(settings()::account)
                .hasMessage("calls.jmx: call: trustAnchor: " + anchor + ": it is not a certificate in PEM");
    }
}
