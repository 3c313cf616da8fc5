// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.message.MessageOptions;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.MessageReceipt;
import com.techpro.callclient.engine.message.MessageRefusal;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.RandomDraws;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of an account and their receipts, message by message over TLS (RFC 3428, RFC 3862, RFC 5438). */
class TextMessageTest {
    private static final String HOST = ScriptedPhoneSystem.HOST;

    private @Nullable ScriptedPhoneSystem opened;
    private final List<TextMessage> texts = new ArrayList<>();
    private final List<MessageReceipt> receipts = new ArrayList<>();
    private int serial;

    private ScriptedPhoneSystem scene(ScriptedPhoneSystem made) {
        opened = made;
        made.registered();
        made.alice.addListener(new AccountListener() {
            @Override
            public void messageReceived(Account account, TextMessage message) {
                texts.add(message);
            }

            @Override
            public void messageReceipt(Account account, MessageReceipt receipt) {
                receipts.add(receipt);
            }
        });
        return made;
    }

    private ScriptedPhoneSystem tls() {
        return scene(ScriptedPhoneSystem.tls(3428));
    }

    private ScriptedPhoneSystem scene() {
        return Objects.requireNonNull(opened);
    }

    @AfterEach
    void close() {
        scene().close();
    }

    private CompletableFuture<MessageOutcome> send(String target, String text, MessageOptions options) {
        int before = scene().pbx.received("MESSAGE").size();
        CompletionStage<MessageOutcome> outcome = scene().alice.sendMessage(target, text, options);
        scene().until(() -> scene().pbx.received("MESSAGE").size() > before);
        return outcome.toCompletableFuture();
    }

    private ScriptedMessage sent() {
        return scene().pbx.last("MESSAGE");
    }

    private static String body(ScriptedMessage message) {
        return message.body().replace("\r\n", "\n");
    }

    private MessageOutcome answered(CompletableFuture<MessageOutcome> outcome, String status) {
        scene().pbx.respond(sent(), status);
        scene().until(outcome::isDone);
        return outcome.join();
    }

    /** RFC 5438 §6.3: nobody who has not seen a text can answer for its receipt. */
    @Test
    void every_text_has_a_random_message_ID() {
        tls();
        RandomDraws.assertRandomText(
                6,
                () -> answered(send("sip:bob@" + HOST, "Hello", MessageOptions.DEFAULT), "200 OK")
                        .id());
    }

    /** A MESSAGE of Bob's, and what is answered to it. */
    private ScriptedMessage receives(String... lines) {
        String via = scene().pbx.via();
        serial++;
        StringBuilder message =
                new StringBuilder("MESSAGE " + scene().pbx.last("REGISTER").uri("Contact") + " SIP/2.0\n");
        message.append("Via: " + via + "\nMax-Forwards: 70\n");
        message.append("From: \"Bob\" <sip:bob@" + HOST + ">;tag=b" + serial + "\nTo: <sip:alice@" + HOST + ">\n");
        message.append("Call-ID: m" + serial + "\nCSeq: 1 MESSAGE\n");
        message.append(String.join("\n", lines));
        scene().pbx.send(message.toString());
        return answerTo(via.substring(via.indexOf("z9h")));
    }

    private ScriptedMessage answerTo(String branch) {
        List<ScriptedMessage> found = new ArrayList<>();
        scene().until(() -> {
            scene().pbx.received("SIP/2.0").stream()
                    .filter(response -> response.header("Via").contains(branch))
                    .forEach(found::add);
            return !found.isEmpty();
        });
        scene().pass(Duration.ofMillis(10));
        return found.get(0);
    }

    private static String[] cpim(String id, String asked, String type, String content) {
        return (String.join(
                                "\n",
                                "Content-Type: message/cpim",
                                "",
                                "From: <sip:bob@" + HOST + ">",
                                "To: <sip:alice@" + HOST + ">",
                                "NS: d <urn:ietf:params:imdn>",
                                "d.Message-ID: " + id,
                                "DateTime: 2025-12-31T23:00:00+01:00",
                                asked.isEmpty() ? "Subject: x" : "d.Disposition-Notification: " + asked,
                                "",
                                "Content-Type: " + type,
                                "",
                                "")
                        + content)
                .split("\n", -1);
    }

    private ClientCounters counters() {
        var counters = scene().client.counters().toCompletableFuture();
        scene().until(counters::isDone);
        return counters.join();
    }

    @Test
    void a_text_that_a_device_has_is_delivered() {
        tls();
        var outcome = send("bob", "Grüße\nan alle", MessageOptions.DEFAULT);

        assertThat(sent().startLine()).isEqualTo("MESSAGE sip:bob@" + HOST + " SIP/2.0");
        assertThat(sent().headers("Contact")).isEmpty();
        assertThat(sent().header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(sent().body()).isEqualTo("Grüße\nan alle");
        assertThat(outcome).isNotDone();
        assertThat(answered(outcome, "200 OK")).isInstanceOf(MessageOutcome.Delivered.class);
    }

    @Test
    void a_text_that_the_phone_system_keeps_is_accepted() {
        tls();
        assertThat(answered(send("bob", "later", MessageOptions.DEFAULT), "202 Accepted"))
                .isInstanceOf(MessageOutcome.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "404 Not Found, not-found",
        "403 Forbidden, forbidden",
        "415 Unsupported Media Type, rejected-415",
        "302 Moved, redirected-302",
        "603 Decline, declined"
    })
    void a_text_that_is_not_wanted_has_failed(String status, String code) {
        tls();
        MessageOutcome outcome = answered(send("bob", "x", MessageOptions.DEFAULT), status);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        MessageOutcome.Failed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo(code));
    }

    @Test
    void a_text_that_nobody_answers_has_failed_and_the_next_is_sent() {
        tls();
        var first = send("bob", "one", MessageOptions.DEFAULT);
        scene().alice.sendMessage("bob", "two");
        scene().until(first::isDone);

        assertThat(first.join())
                .isEqualTo(new MessageOutcome.Failed(first.join().id(), new Failure.TimedOut(Failure.Waited.RESPONSE)));
        scene().until(() -> sent().body().equals("two"));
    }

    @Test
    void texts_to_one_target_are_sent_one_after_the_other() {
        tls();
        var first = send("bob", "one", MessageOptions.DEFAULT);
        scene().alice.sendMessage("bob", "two");
        send("carol", "other", MessageOptions.DEFAULT);

        assertThat(scene().pbx.received("MESSAGE"))
                .extracting(ScriptedMessage::body)
                .containsExactly("one", "other");
        scene().pbx.respond(scene().pbx.received("MESSAGE").get(0), "200 OK");
        scene().until(() -> scene().pbx.received("MESSAGE").size() == 3);
        assertThat(first).isCompleted();
        assertThat(sent().body()).isEqualTo("two");
    }

    @Test
    void an_unsendable_text_is_refused_with_the_reason() {
        tls();
        assertThat(refused("bob", " \n")).isEqualTo(MessageRefusal.EMPTY);
        assertThat(refused("bob", "ä".repeat(TextMessage.LONGEST / 2) + "x")).isEqualTo(MessageRefusal.TOO_LONG);
        assertThatThrownBy(() -> scene().alice.sendMessage("", "x")).isInstanceOf(IllegalArgumentException.class);
        for (int i = 0; i < 100; i++) {
            scene().alice.sendMessage("bob", "text " + i);
        }
        assertThat(refused("carol", "x")).isEqualTo(MessageRefusal.TOO_MANY_PENDING);
        scene().pass(Duration.ofMillis(10));
        assertThat(scene().pbx.received("MESSAGE")).hasSize(1);
    }

    private MessageRefusal refused(String target, String text) {
        var outcome = scene().alice.sendMessage(target, text).toCompletableFuture();
        scene().until(outcome::isDone);
        return ((MessageOutcome.Refused) outcome.join()).reason();
    }

    @Test
    void every_outcome_is_told_also_if_the_account_is_removed() {
        tls();
        var first = send("bob", "one", MessageOptions.DEFAULT);
        var second = scene().alice.sendMessage("bob", "two").toCompletableFuture();
        scene().alice.remove();
        scene().until(() -> first.isDone() && second.isDone());

        assertThat(List.of(first.join(), second.join()))
                .allSatisfy(outcome -> assertThat(outcome)
                        .isEqualTo(new MessageOutcome.Refused(outcome.id(), MessageRefusal.ACCOUNT_GONE)));
        assertThatIllegalStateException().isThrownBy(() -> scene().alice.sendMessage("bob", "three"));
    }

    @Test
    void every_outcome_is_told_also_if_the_client_closes() {
        tls();
        var first = send("bob", "one", MessageOptions.DEFAULT);
        var second = scene().alice.sendMessage("bob", "two").toCompletableFuture();
        scene().client.close();
        scene().pass(Duration.ofSeconds(10));

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    @Test
    void an_incoming_text_is_reported_with_its_sender() {
        tls();
        ScriptedMessage answer = receives("Content-Type: text/plain", "", "one", "two \u0007ü");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers("Contact")).isEmpty();
        TextMessage text = texts.get(0);
        assertThat(text.text()).isEqualTo("one\ntwo ü");
        assertThat(text.from()).isEqualTo(new PartyIdentity("Bob", "bob", HOST));
        assertThat(text.caller()).isEqualTo(new Caller(Caller.Source.NETWORK, "Bob", "bob", null));
        assertThat(text.sentAt())
                .isBetween(scene().time.now().minusMillis(20), scene().time.now());
        assertThat(text.toString()).isEqualTo("TextMessage[redacted]");
    }

    @Test
    void texts_come_in_their_order_and_one_that_comes_twice_is_told_once() {
        tls();
        receives(cpim("id-1", "", "text/plain;charset=utf-8", "one"));
        receives(cpim("id-2", "", "text/plain", "two"));
        assertThat(receives(cpim("id-1", "", "text/plain", "one")).status()).isEqualTo(200);
        receives("Content-Type: text/plain", "", "two");

        assertThat(texts).extracting(TextMessage::text).containsExactly("one", "two", "two");
        assertThat(texts.get(0).id()).isEqualTo("id-1");
        assertThat(texts.get(0).sentAt()).isEqualTo(Instant.parse("2025-12-31T22:00:00Z"));
    }

    @Test
    void an_unreadable_text_is_refused_and_counted() {
        tls();
        ScriptedMessage unknown = receives("Content-Type: application/im-iscomposing+xml", "", "<x/>");
        assertThat(unknown.status()).isEqualTo(415);
        assertThat(unknown.header("Accept")).startsWith("text/plain, message/cpim");
        assertThat(receives("Content-Type: text/plain;charset=iso-8859-1", "", "x")
                        .status())
                .isEqualTo(415);
        assertThat(receives("Content-Type: text/plain", "Content-Encoding: gzip", "", "x")
                        .status())
                .isEqualTo(415);
        assertThat(receives(cpim("i", "", "image/png", "x")).status()).isEqualTo(415);
        assertThat(receives("Content-Type: text/plain", "", "x".repeat(TextMessage.LONGEST + 1))
                        .status())
                .isEqualTo(413);
        assertThat(receives("Content-Type: message/cpim", "", "x".repeat(2 * TextMessage.LONGEST + 1))
                        .status())
                .isEqualTo(413);
        assertThat(receives("Content-Type: message/cpim", "", "no envelope").status())
                .isEqualTo(400);
        assertThat(receives("Content-Type: text/plain", "", "\u0007").status()).isEqualTo(400);

        assertThat(texts).isEmpty();
        assertThat(counters().refusals())
                .containsEntry("unsupported-media-type", 4L)
                .containsEntry("too-large", 2L)
                .containsEntry("malformed", 2L);
    }

    @Test
    void a_text_of_the_longest_length_passes_both_ways() {
        tls();
        String longest = "x".repeat(TextMessage.LONGEST);
        receives(cpim("long", "positive-delivery, display", "text/plain", longest));
        assertThat(texts.get(0).text()).isEqualTo(longest);
        send("bob", longest, MessageOptions.RECEIPTS);
        assertThat(body(sent())).endsWith("\n\n" + longest);
    }

    @Test
    void receipts_are_asked_for_where_the_host_wants_them() {
        tls();
        var outcome = send("bob", "hello", MessageOptions.RECEIPTS);
        assertThat(sent().header("Content-Type")).isEqualTo("message/cpim");
        String id = answered(outcome, "200 OK").id();
        assertThat(body(sent()))
                .isEqualTo("From: <sip:alice@192.0.2.10>\nTo: <sip:bob@192.0.2.10>\n"
                        + "NS: imdn <urn:ietf:params:imdn>\nDateTime: 2026-01-01T00:00:00Z\nimdn.Message-ID: " + id
                        + "\nimdn.Disposition-Notification: positive-delivery, negative-delivery, display\n\n"
                        + "Content-Type: text/plain;charset=UTF-8\nContent-Length: 5\n\nhello");
    }

    @Test
    void a_phone_that_does_not_read_envelopes_gets_the_text_without() {
        tls();
        var outcome = send("bob", "hello", MessageOptions.RECEIPTS);
        scene().alice.sendMessage("bob", "next");
        scene().pbx.respond(sent(), "415 Unsupported Media Type", "Accept: text/plain");
        scene().until(() -> scene().pbx.received("MESSAGE").size() == 2);
        assertThat(sent().header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(sent().body()).isEqualTo("hello");
        assertThat(outcome).isNotDone();
        assertThat(answered(outcome, "200 OK")).isInstanceOf(MessageOutcome.Delivered.class);
        scene().until(() -> sent().body().equals("next"));
    }

    private static String[] receipt(String id, String kind, String status) {
        return cpim(
                "r-" + status,
                "",
                "message/imdn+xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<imdn xmlns=\"urn:ietf:params:xml:ns:imdn\"><message-id>"
                        + id + "</message-id><datetime>2026-01-01T00:00:00Z</datetime>"
                        + "<recipient-uri>sip:bob@192.0.2.10</recipient-uri><" + kind + "-notification><status><"
                        + status + "/></status></" + kind + "-notification></imdn>\n");
    }

    @ParameterizedTest
    @CsvSource({
        "delivery, delivered, DELIVERED",
        "delivery, failed, NOT_DELIVERED",
        "delivery, forbidden, UNKNOWN",
        "display, displayed, DISPLAYED",
        "processing, stored,"
    })
    void a_receipt_from_the_far_end_is_reported_with_its_status(
            String kind, String word, MessageReceipt.@Nullable Status status) {
        tls();
        assertThat(receives(receipt("abc", kind, word)).status()).isEqualTo(200);

        assertThat(receipts)
                .isEqualTo(
                        status == null
                                ? List.of()
                                : List.of(new MessageReceipt("abc", new PartyIdentity("Bob", "bob", HOST), status)));
        assertThat(texts).isEmpty();
        assertThat(scene().pbx.received("MESSAGE"))
                .as("a receipt is not receipted")
                .isEmpty();
    }

    @Test
    void a_receipt_that_overtakes_the_answer_is_told_after_the_outcome() {
        tls();
        List<String> order = new ArrayList<>();
        var outcome = send("bob", "hello", MessageOptions.RECEIPTS);
        ScriptedMessage message = sent();
        outcome.thenAccept(told -> order.add("outcome " + receipts.size()));
        String id = body(message).split("imdn.Message-ID: ")[1].split("\n")[0];
        receives(receipt(id, "delivery", "delivered"));
        assertThat(receipts).isEmpty();

        scene().pbx.respond(message, "200 OK");
        scene().until(() -> !receipts.isEmpty());
        assertThat(order).containsExactly("outcome 0");
        assertThat(receipts.get(0).messageId()).isEqualTo(outcome.join().id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE imdn [<!ENTITY a \"x\">]><imdn xmlns=\"urn:ietf:params:xml:ns:imdn\"/>",
                "<imdn xmlns=\"urn:ietf:params:xml:ns:imdn\"/>",
                "<imdn xmlns=\"other\"><message-id>a</message-id></imdn>",
                "not XML"
            })
    void a_receipt_that_cannot_be_read_is_refused(String document) {
        tls();
        assertThat(receives(cpim("r", "", "message/imdn+xml", document)).status())
                .isEqualTo(400);
        assertThat(receipts).isEmpty();
        assertThat(counters().refusals()).containsEntry("malformed", 1L);
    }

    @Test
    void delivery_receipts_need_permission_and_display_receipts_the_hosts_confirmation() {
        tls();
        receives(cpim("id<&1", "positive-delivery, display", "text/plain", "one"));
        assertThat(texts.get(0).asksForDelivery()).isTrue();
        assertThat(texts.get(0).asksForDisplay()).isTrue();
        assertThat(scene().pbx.received("MESSAGE")).as("off by default").isEmpty();

        var told = scene().alice.confirmDisplayed(texts.get(0)).toCompletableFuture();
        scene().until(() -> !scene().pbx.received("MESSAGE").isEmpty());
        assertThat(sent().startLine()).isEqualTo("MESSAGE sip:bob@" + HOST + " SIP/2.0");
        assertThat(body(sent()))
                .contains("\nContent-Type: message/imdn+xml\n")
                .contains("<message-id>id&lt;&amp;1</message-id>")
                .contains("<display-notification><status><displayed/></status></display-notification>")
                .doesNotContain("Disposition-Notification");
        assertThat(answered(told, "200 OK")).isInstanceOf(MessageOutcome.Delivered.class);

        receives("Content-Type: text/plain", "", "two");
        var notAsked = scene().alice.confirmDisplayed(texts.get(1)).toCompletableFuture();
        scene().until(notAsked::isDone);
        assertThat(((MessageOutcome.Refused) notAsked.join()).reason()).isEqualTo(MessageRefusal.NOT_ASKED_FOR);
    }

    @Test
    void that_a_text_has_come_is_told_once_where_the_host_permits_it() {
        scene(ScriptedPhoneSystem.tls(5438, account -> account, config -> config.deliveryReceipts(true)));
        receives(cpim("id-1", "positive-delivery", "text/plain", "one"));
        scene().until(() -> !scene().pbx.received("MESSAGE").isEmpty());
        assertThat(sent().body())
                .contains("<message-id>id-1</message-id>")
                .contains("<delivery-notification><status><delivered/></status></delivery-notification>");
        scene().pbx.respond(sent(), "200 OK");

        receives(cpim("id-1", "positive-delivery", "text/plain", "one"));
        receives(cpim("id-2", "negative-delivery", "text/plain", "two"));
        receives("Content-Type: text/plain", "", "three");
        scene().pass(Duration.ofSeconds(1));
        assertThat(scene().pbx.received("MESSAGE")).hasSize(1);
    }

    @Test
    void a_text_within_a_call_is_told_as_any_other() {
        scene(ScriptedPhoneSystem.tls(
                3428,
                account -> account.securityFloor(SecurityFloor.DEFAULT.labAllowCleartextMedia()),
                config -> config));
        scene().invite("call", "z9hG4bKcall", 1, ScriptedPeer.sdp(HOST, 40_000, 1));
        scene().until(() -> !scene().pbx.received("SIP/2.0 180").isEmpty());
        ScriptedMessage ringing = scene().pbx.last("SIP/2.0 180");
        assertThat(ringing.header("Allow")).contains("MESSAGE");
        scene().pbx.request("MESSAGE", ringing, 2, "bob", "Content-Type: text/plain", "", "on my way");
        scene().until(() -> !scene().pbx.received("SIP/2.0 200").isEmpty() && !texts.isEmpty());
        assertThat(texts.get(0).text()).isEqualTo("on my way\n");
        assertThat(texts.get(0).from().user()).isEqualTo("bob");
    }

    @Test
    void an_account_over_TLS_says_that_it_takes_texts() {
        tls();
        assertThat(scene().pbx.last("REGISTER").header("Allow")).contains("MESSAGE");
    }

    @Test
    void S4_an_account_with_cleartext_signalling_neither_sends_nor_takes_texts() {
        scene(ScriptedPhoneSystem.udp(3428));
        assertThat(scene().pbx.last("REGISTER").header("Allow")).doesNotContain("MESSAGE");
        assertThat(refused("bob", "x")).isEqualTo(MessageRefusal.INSECURE_TRANSPORT);

        ScriptedMessage answer = receives("Content-Type: text/plain", "", "x");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).doesNotContain("MESSAGE");
        assertThat(texts).isEmpty();
        assertThat(scene().pbx.received("MESSAGE")).isEmpty();
        assertThat(counters().refusals()).containsEntry("method-not-allowed", 1L);
    }

    @Test
    void S4_an_account_that_allows_cleartext_signalling_neither_sends_nor_takes_texts() {
        scene(ScriptedPhoneSystem.tls(
                3428,
                account -> account.securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling()),
                config -> config));
        assertThat(refused("bob", "x")).isEqualTo(MessageRefusal.INSECURE_TRANSPORT);
        assertThat(receives("Content-Type: text/plain", "", "x").status()).isEqualTo(405);
    }

    @Test
    void S4_a_text_for_an_account_over_TLS_is_not_taken_from_its_phone_system_in_clear() {
        tls();
        try (ScriptedPeer clear = ScriptedPeer.udp(scene().network.host(HOST), HOST, 5060)) {
            clear.on(
                    "REGISTER",
                    register -> clear.respond(register, "200 OK", "Contact: " + register.header("Contact")));
            scene().client
                    .addAccount(SipAccount.builder("lab", HOST, Secret.of("x"))
                            .transport(SipTransport.UDP)
                            .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                            .build());
            scene().until(() -> !clear.received("REGISTER").isEmpty());
            scene().pass(Duration.ofMillis(100));
            clear.send("MESSAGE " + scene().pbx.last("REGISTER").uri("Contact") + " SIP/2.0\nVia: " + clear.via()
                    + "\nMax-Forwards: 70\nFrom: <sip:bob@" + HOST + ">;tag=b\nTo: <sip:alice@" + HOST
                    + ">\nCall-ID: c\nCSeq: 1 MESSAGE\nContent-Type: text/plain\n\nx");
            scene().until(() -> !clear.received("SIP/2.0 4").isEmpty());
            assertThat(texts).isEmpty();
        }
    }
}
