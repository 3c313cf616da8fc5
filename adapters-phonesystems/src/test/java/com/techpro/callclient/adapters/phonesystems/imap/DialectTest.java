// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who wrote a message, and what it says; whole messages are read in the tests against Dovecot. */
class DialectTest {
    private static final Instant ARRIVED = Instant.parse("2026-03-02T12:00:00Z");
    private static final MimePart AUDIO = new MimePart("2", "audio/x-wav", "base64", 280, null);
    private static final MimePart TEXT = new MimePart("1", "text/plain", "7bit", 20, null);

    @Test
    void a_message_without_sound_is_never_voicemail() {
        HeaderBlock header = header("Message-Context: voice-message\r\nX-Asterisk-VM-Message-Num: 1\r\n\r\n");
        assertThat(Dialect.summary(header, List.of(TEXT), ARRIVED)).isNull();
        assertThat(Dialect.summary(header, List.of(), ARRIVED)).isNull();
    }

    @Test
    void each_dialect_is_told_by_its_own_fields_in_any_case_of_letters() {
        assertThat(read("message-context: Voice-Message").dialect()).isEqualTo(Dialect.OMTP);
        assertThat(read("X-CNS-Greeting-Type: busy-greeting").dialect()).isEqualTo(Dialect.OMTP);
        assertThat(read("X-ASTERISK-VM-MESSAGE-NUM: 1").dialect()).isEqualTo(Dialect.ASTERISK);
        assertThat(read("X-Voicemail-Length: 3").dialect()).isEqualTo(Dialect.FREESWITCH);
        assertThat(read("Message-Context: fax-message").dialect()).isEqualTo(Dialect.MAIL);
        assertThat(read("").dialect()).isEqualTo(Dialect.MAIL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unavail", "busy", "greet", "temp", "Unavail"})
    void an_Asterisk_greeting_is_not_a_message(String type) {
        assertThat(read("X-Asterisk-VM-Message-Type: " + type).greeting()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Message", "message", "MESSAGE"})
    void a_message_is_not_a_greeting(String type) {
        assertThat(read("X-Asterisk-VM-Message-Type: " + type).greeting()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Anonymous", "unknown", "(null)", "PRIVATE", "withheld"})
    void a_withheld_caller_has_no_number_and_no_name(String name) {
        Summary summary = read("X-Asterisk-VM-Message-Num: 1\r\nX-Asterisk-VM-Caller-ID-Num: " + name
                + "\r\nX-Asterisk-VM-Caller-ID-Name: " + name);
        assertThat(summary.callerNumber()).isNull();
        assertThat(summary.callerName()).isNull();
    }

    @Test
    void a_folded_field_an_encoded_word_and_bytes_of_no_character_set_are_read() {
        assertThat(read("X-Asterisk-VM-Message-Num: 1\r\nX-Asterisk-VM-Caller-ID-Name: =?utf-8?Q?J=C3=BCr?=\r\n"
                                + " =?utf-8?Q?gen?=")
                        .callerName())
                .isEqualTo("Jürgen");
        byte[] latin = "X-Asterisk-VM-Message-Num: 1\r\nX-Asterisk-VM-Caller-ID-Name: Jürgen\r\n\r\n"
                .getBytes(StandardCharsets.ISO_8859_1);
        Summary summary = Dialect.summary(HeaderBlock.parse(latin), List.of(AUDIO), ARRIVED);
        assertThat(Objects.requireNonNull(summary).callerName()).isEqualTo("Jürgen");
    }

    @Test
    void nobody_can_break_a_line_with_an_encoded_word() {
        assertThat(read("X-Asterisk-VM-Message-Num: 1\r\n"
                                + "X-Asterisk-VM-Caller-ID-Name: =?utf-8?Q?a=0D=0AX-Evil:_1=00?=")
                        .callerName())
                .isEqualTo("a  X-Evil: 1");
    }

    @Test
    void a_second_field_of_the_same_name_counts_for_nothing() {
        assertThat(read("X-Asterisk-VM-Message-Num: 1\r\nX-Asterisk-VM-Caller-ID-Num: 201\r\n"
                                + "X-Asterisk-VM-Caller-ID-Num: 202")
                        .callerNumber())
                .isEqualTo("201");
    }

    @Test
    void numbers_that_are_none_are_not_known() {
        for (String length : List.of("", "-1", "abc", "99999999999999999999", "86401", "1e3")) {
            assertThat(read("X-Voicemail-Length: " + length).duration()).isNull();
        }
        assertThat(read("X-Voicemail-Length: 86400").duration()).isEqualTo(Duration.ofDays(1));
        assertThat(read("X-Asterisk-VM-Orig-time: 0").received()).isEqualTo(ARRIVED);
        assertThat(read("Message-Context: voice-message\r\nDate: yesterday").received())
                .isEqualTo(ARRIVED);
    }

    @Test
    void a_sender_that_cannot_be_dialled_is_not_the_caller() {
        assertThat(read("From: Hosted <noreply@telephony.test>").callerNumber()).isNull();
        assertThat(read("From: Hosted <noreply@telephony.test>").callerName()).isNull();
        assertThat(read("From: \"Erika\" <+49711456@gw.test>").callerNumber()).isEqualTo("+49711456");
        assertThat(read("From: \"Erika\" <+49711456@gw.test>").callerName()).isEqualTo("Erika");
        assertThat(read("From: <<<<").callerNumber()).isNull();
    }

    @Test
    void printing_reveals_no_caller() {
        assertThat(read("X-Asterisk-VM-Message-Num: 1\r\nX-Asterisk-VM-Caller-ID-Num: 4417")
                        .toString())
                .isEqualTo("Summary[redacted]");
    }

    private static Summary read(String fields) {
        return Objects.requireNonNull(
                Dialect.summary(header(fields + "\r\n\r\n"), List.of(TEXT, AUDIO), ARRIVED), "it has sound");
    }

    private static HeaderBlock header(String text) {
        return HeaderBlock.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
