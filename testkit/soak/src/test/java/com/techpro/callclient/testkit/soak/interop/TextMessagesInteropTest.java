// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.message.MessageOptions;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts over TLS to and from other people's phones (RFC 3428), and what they make of receipts (RFC 5438). */
@Tag("interop")
class TextMessagesInteropTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private PbxServer server;
    private EnginePhone phone;

    @BeforeEach
    void start() {
        server = new PbxServer(directory, "1001", "1002");
        phone = new EnginePhone(server.pbx().account("1001"), null).awaitRegistered();
    }

    @AfterEach
    void stop() {
        phone.close();
        server.close();
    }

    private MessageOutcome send(String text, MessageOptions options) {
        var outcome = phone.account().sendMessage("1002", text, options).toCompletableFuture();
        Await.until("the text has an outcome", outcome::isDone, LIMIT);
        return outcome.join();
    }

    private void awaitText(String text) {
        Await.until(
                () -> "the engine hears " + text,
                () -> phone.texts().stream().map(TextMessage::text).anyMatch(text::equals),
                LIMIT);
        assertThat(phone.texts().get(0).from().user()).isEqualTo("1002");
    }

    private Path silence() {
        return Tone.of(440).write(directory.resolve("microphone.wav"));
    }

    @Test
    void baresip_reads_and_writes() {
        try (Baresip peer =
                new Baresip(directory.resolve("baresip"), server, "1002", SipTransport.TLS, "srtp-mand", silence())) {
            assertThat(send("hello baresip", MessageOptions.DEFAULT)).isInstanceOf(MessageOutcome.Delivered.class);
            peer.awaitMessage("hello baresip");
            peer.message("hello engine");
            awaitText("hello engine");
            // It reads no envelopes (415), and gets the text without one.
            assertThat(send("with a receipt", MessageOptions.RECEIPTS)).isInstanceOf(MessageOutcome.Delivered.class);
            peer.awaitMessage("with a receipt");
        }
    }

    @Test
    void linphone_reads_and_writes_and_takes_a_text_out_of_its_envelope() {
        try (Linphone peer = new Linphone(directory.resolve("linphone"), server, "1002", silence())) {
            assertThat(send("hello linphone", MessageOptions.DEFAULT)).isInstanceOf(MessageOutcome.Delivered.class);
            peer.awaitMessage("hello linphone");
            peer.message("1001", "hello engine");
            awaitText("hello engine");
            MessageOutcome outcome = send("with a receipt", MessageOptions.RECEIPTS);
            assertThat(outcome).isInstanceOf(MessageOutcome.Delivered.class);
            peer.awaitMessage("with a receipt");
        }
    }

    @Test
    void kamailio_keeps_texts_for_a_phone_that_is_not_there() throws IOException {
        Path own = Files.createDirectories(directory.resolve("kamailio"));
        try (Kamailio kamailio = Kamailio.keepingTexts(own, "SHA-256");
                EnginePhone writer =
                        new EnginePhone(kamailio.account("1001", SipTransport.TLS), null).awaitRegistered()) {
            for (String text : List.of("first", "second, with ümläuts")) {
                var outcome = writer.account().sendMessage("1002", text).toCompletableFuture();
                Await.until("the text has an outcome", outcome::isDone, LIMIT);
                assertThat(outcome.join()).isInstanceOf(MessageOutcome.Accepted.class);
            }
            try (EnginePhone reader =
                    new EnginePhone(kamailio.account("1002", SipTransport.TLS), null).awaitRegistered()) {
                Await.until("both come", () -> reader.texts().size() == 2, LIMIT);
                assertThat(reader.texts())
                        .extracting(TextMessage::text)
                        .containsExactlyInAnyOrder("first", "second, with ümläuts");
                assertThat(reader.texts())
                        .allSatisfy(text -> assertThat(text.from().user()).isEqualTo("1001"));
            }
        }
    }
}
