// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.message.MessageReceipt.Status;
import com.techpro.callclient.testkit.helpers.Corpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Envelopes as RFC 3862 §5 and RFC 5438 §7, §9 show them, and those that are none. */
class CpimMessageTest {
    private static CpimMessage example(String name) throws IOException {
        for (Path seed : Corpus.of(MessageFuzzTest.class, "any_envelope")) {
            if (seed.getFileName().toString().equals(name)) {
                return Objects.requireNonNull(CpimMessage.parse(Files.readAllBytes(seed)));
            }
        }
        throw new AssertionError("there is no " + name);
    }

    private static @Nullable CpimMessage parse(String text) {
        return CpimMessage.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void RFC3862_5_the_example_is_read() throws IOException {
        CpimMessage message = example("rfc3862.txt");
        assertThat(message.header("From")).isEqualTo("MR SANDERS <im:piglet@100akerwood.com>");
        assertThat(message.header("from")).as("names are case-sensitive").isNull();
        assertThat(message.contentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(message.imdnHeader("Message-ID")).isNull();
        assertThat(message.content()).asString(StandardCharsets.UTF_8).isEqualTo("Hello\r\n");
    }

    @Test
    void RFC5438_7_1_1_2_a_request_for_receipts_is_read() throws IOException {
        CpimMessage message = example("rfc5438-request.txt");
        assertThat(message.imdnHeader("Message-ID")).isEqualTo("34jk324j");
        assertThat(message.imdnHeader("Disposition-Notification"))
                .isEqualTo("positive-delivery, negative-delivery, display");
    }

    @Test
    void RFC5438_9_1_a_notification_is_read() throws IOException {
        CpimMessage message = example("rfc5438-delivered.txt");
        assertThat(DispositionNotification.read(message.content()))
                .isEqualTo(new DispositionNotification("34jk324j", Status.DELIVERED));
        assertThat(DispositionNotification.read(example("rfc5438-displayed.txt").content()))
                .isEqualTo(new DispositionNotification("34jk324j", Status.DISPLAYED));
    }

    @Test
    void an_encoded_message_is_parsed_back() {
        CpimMessage message = CpimMessage.of(
                List.of(
                        new CpimMessage.Header("From", "<sip:a@b>"),
                        new CpimMessage.Header("To", "<sip:c@d>"),
                        new CpimMessage.Header("imdn.Message-ID", "1")),
                "text/plain",
                "ü\n\nx".getBytes(StandardCharsets.UTF_8));
        CpimMessage read = Objects.requireNonNull(CpimMessage.parse(message.encode()));
        assertThat(read).hasToString("CpimMessage[redacted]");
        assertThat(read.content()).isEqualTo(message.content());
        assertThat(read.imdnHeader("Message-ID")).isEqualTo("1");
    }

    @Test
    void an_invalid_or_oversized_envelope_is_not_parsed() {
        assertThat(parse("")).isNull();
        assertThat(parse("From: x\r\n\r\n")).as("no part").isNull();
        assertThat(parse("no colon\r\n\r\n\r\nx")).isNull();
        assertThat(parse("A: b\r\n".repeat(65) + "\r\n\r\nx")).isNull();
        assertThat(parse("A: " + "b".repeat(1_025) + "\r\n\r\n\r\nx")).isNull();
        CpimMessage bare = Objects.requireNonNull(parse("A: b\n\n\nx"));
        assertThat(bare.contentType()).as("RFC 2045 §5.2").isEqualTo("text/plain");
        assertThat(Objects.requireNonNull(parse("A: b\n\nContent-Transfer-Encoding: base64\n\neA=="))
                        .transferEncoded())
                .isTrue();
    }
}
