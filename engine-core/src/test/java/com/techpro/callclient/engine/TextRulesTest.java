// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.MessageRefusal;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of texts with two halves, of which {@link TextMessageTest} tries the first. */
class TextRulesTest {
    private static final String HOST = ScriptedPhoneSystem.HOST;

    private final List<TextMessage> texts = new ArrayList<>();
    private int serial;

    private ScriptedPhoneSystem told(ScriptedPhoneSystem scene) {
        scene.registered();
        scene.alice.addListener(new AccountListener() {
            @Override
            public void messageReceived(Account account, TextMessage message) {
                texts.add(message);
            }
        });
        return scene;
    }

    private ScriptedPhoneSystem tls() {
        return told(ScriptedPhoneSystem.tls(3428));
    }

    private static String[] cpim(String id, String time, String asked, String more, String partMore, String content) {
        return ("Content-Type: message/cpim\n\nFrom: <sip:bob@" + HOST + ">\nTo: <sip:alice@" + HOST
                        + ">\nNS: d <urn:ietf:params:imdn>\nd.Message-ID: " + id + "\nDateTime: " + time + "\n" + more
                        + (asked.isEmpty() ? "" : "d.Disposition-Notification: " + asked + "\n")
                        + "\nContent-Type: text/plain\n" + partMore + "\n" + content)
                .split("\n", -1);
    }

    private static String[] cpim(String id, String asked) {
        return cpim(id, "2025-12-31T23:00:00Z", asked, "", "", "hello");
    }

    /** A MESSAGE, and what is answered to it. */
    private int answered(ScriptedPhoneSystem scene, String from, String... lines) {
        String via = scene.pbx.via();
        String branch = via.substring(via.indexOf("z9h"));
        serial++;
        scene.pbx.send("MESSAGE " + scene.pbx.last("REGISTER").uri("Contact") + " SIP/2.0\nVia: " + via
                + "\nMax-Forwards: 70\nFrom: " + from + ";tag=b" + serial + "\nTo: <sip:alice@" + HOST + ">\nCall-ID: m"
                + serial + "\nCSeq: 1 MESSAGE\n" + String.join("\n", lines));
        List<ScriptedMessage> found = new ArrayList<>();
        scene.until(() -> {
            scene.pbx.received("SIP/2.0").stream()
                    .filter(response -> response.header("Via").contains(branch))
                    .forEach(found::add);
            return !found.isEmpty();
        });
        scene.pass(Duration.ofSeconds(1));
        return found.get(0).status();
    }

    private static String of(String user) {
        return "<sip:" + user + "@" + HOST + ">";
    }

    /** Whoever knows the id of a text that is to come could have it passed over. */
    @Test
    void the_same_id_of_another_sender_is_another_text() {
        try (ScriptedPhoneSystem scene = tls()) {
            answered(scene, of("mallory"), cpim("id-1", ""));
            answered(scene, of("bob"), cpim("id-1", ""));
            answered(scene, "<sip:bob@elsewhere.example>", cpim("id-1", ""));
            answered(scene, of("bob"), cpim("id-1", ""));
            assertThat(texts).hasSize(3);
        }
    }

    /** RFC 5438 §7.2: each kind of receipt is asked for by itself. */
    @Test
    void a_sender_that_asks_for_delivery_is_not_told_that_the_text_was_shown() {
        try (ScriptedPhoneSystem scene = tls()) {
            answered(scene, of("bob"), cpim("id-1", "positive-delivery"));
            var shown = scene.alice.confirmDisplayed(texts.get(0)).toCompletableFuture();
            scene.until(shown::isDone);
            assertThat(((MessageOutcome.Refused) shown.join()).reason()).isEqualTo(MessageRefusal.NOT_ASKED_FOR);
            assertThat(scene.pbx.received("MESSAGE")).isEmpty();
        }
    }

    @Test
    void a_sender_that_asks_for_display_is_not_told_that_the_text_has_come() {
        try (ScriptedPhoneSystem scene =
                told(ScriptedPhoneSystem.tls(5438, account -> account, config -> config.deliveryReceipts(true)))) {
            answered(scene, of("bob"), cpim("id-1", "display"));
            assertThat(texts).hasSize(1);
            assertThat(scene.pbx.received("MESSAGE")).isEmpty();
        }
    }

    @Test
    void a_sender_with_a_withheld_identity_gets_no_receipt() {
        try (ScriptedPhoneSystem scene =
                told(ScriptedPhoneSystem.tls(5438, account -> account, config -> config.deliveryReceipts(true)))) {
            List<String> lines = new ArrayList<>(List.of("Privacy: user;id"));
            lines.addAll(List.of(cpim("id-1", "positive-delivery, display")));
            answered(scene, of("bob"), lines.toArray(new String[0]));
            assertThat(texts).hasSize(1);
            assertThat(texts.get(0).from().withheld()).isTrue();
            var shown = scene.alice.confirmDisplayed(texts.get(0)).toCompletableFuture();
            scene.until(shown::isDone);
            assertThat(shown.join()).isInstanceOf(MessageOutcome.Refused.class);
            assertThat(scene.pbx.received("MESSAGE")).isEmpty();
        }
    }

    /** A sender whose clock is fast would stand above all that comes after. */
    @Test
    void no_text_was_sent_after_it_came() {
        try (ScriptedPhoneSystem scene = tls()) {
            answered(scene, of("bob"), cpim("id-1", "2099-01-01T00:00:00Z", "", "", "", "hello"));
            answered(scene, of("bob"), cpim("id-2", "1999-01-01T00:00:00Z", "", "", "", "hello"));
            assertThat(texts.get(0).sentAt()).isBefore(Instant.parse("2098-01-01T00:00:00Z"));
            assertThat(texts.get(1).sentAt()).isEqualTo(Instant.parse("1999-01-01T00:00:00Z"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 200",
        // RFC 3862 §4.6
        "'Require: x.y\n', '', 415",
        "'', 'Content-Transfer-Encoding: base64\n', 415",
        "'', 'Content-Transfer-Encoding: 8bit\n', 200"
    })
    void a_text_with_an_unsupported_requirement_or_encoding_is_refused(String envelope, String part, int status) {
        try (ScriptedPhoneSystem scene = tls()) {
            assertThat(answered(scene, of("bob"), cpim("id-1", "2025-12-31T23:00:00Z", "", envelope, part, "aGVsbG8=")))
                    .isEqualTo(status);
            assertThat(texts).hasSize(status == 200 ? 1 : 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"utf-8, 200", "US-ASCII, 200", "\"us-ascii\", 200", "iso-8859-1, 415"})
    void each_charset_that_UTF_8_contains_is_read(String charset, int status) {
        try (ScriptedPhoneSystem scene = tls()) {
            assertThat(answered(scene, of("bob"), "Content-Type: text/plain;charset=" + charset, "", "hello"))
                    .isEqualTo(status);
        }
    }
}
