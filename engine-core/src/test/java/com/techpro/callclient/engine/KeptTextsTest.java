// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.engine.message.MessageOptions;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.StoredMessage;
import com.techpro.callclient.engine.message.StoredMessage.State;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.engine.message.TextMessages;
import com.techpro.callclient.engine.message.TextMessagesSnapshot;
import com.techpro.callclient.engine.privacy.DataExport;
import com.techpro.callclient.engine.privacy.StorageStatus;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts that the host wants kept: what is known of each, how many there are, who may see them and when they are gone. */
class KeptTextsTest {
    private static final String HOST = ScriptedPhoneSystem.HOST;
    private static final String BOB = "bob@" + HOST;

    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
    private final List<TextMessagesSnapshot> told = new ArrayList<>();
    private @Nullable ScriptedPhoneSystem opened;
    private int serial;

    private ScriptedPhoneSystem scene() {
        return Objects.requireNonNull(opened);
    }

    private void keeping(int most) {
        open(config -> config.keepTextMessages(most));
    }

    private void open(UnaryOperator<CallClientConfig.Builder> more) {
        opened = ScriptedPhoneSystem.tls(
                3428 + serial,
                account -> account,
                config -> more.apply(config.platform(p -> p.store(new FakeSecureStore(disk)))));
        scene().client.addListener(new CallClientListener() {
            @Override
            public void textMessagesChanged(TextMessagesSnapshot after) {
                told.add(after);
            }
        });
        scene().registered();
        scene().pass(Duration.ofSeconds(1));
    }

    private void again(UnaryOperator<CallClientConfig.Builder> more) {
        scene().close();
        open(more);
    }

    @AfterEach
    void close() {
        scene().close();
    }

    private TextMessages texts() {
        return scene().client.textMessages();
    }

    private List<StoredMessage> with(String party) {
        return texts().read(party, null, TextMessages.MOST);
    }

    private State newest() {
        return with(BOB).get(0).state();
    }

    private String receives(String user, String text) {
        return receives(user, "Content-Type: text/plain", "", text);
    }

    private String receives(String user, String... lines) {
        String via = scene().pbx.via();
        String id = "m" + ++serial;
        List<String> message = new ArrayList<>(List.of(
                "MESSAGE " + scene().pbx.last("REGISTER").uri("Contact") + " SIP/2.0",
                "Via: " + via,
                "Max-Forwards: 70",
                "From: \"Somebody\" <sip:" + user + "@" + HOST + ">;tag=t" + serial,
                "To: <sip:alice@" + HOST + ">",
                "Call-ID: " + id,
                "CSeq: 1 MESSAGE"));
        message.addAll(List.of(lines));
        scene().pbx.send(String.join("\n", message));
        scene().pass(Duration.ofMillis(50));
        return id + "-1";
    }

    private static String[] envelope(String id, String type, String content) {
        return String.join(
                        "\n",
                        "Content-Type: message/cpim",
                        "",
                        "From: <sip:bob@" + HOST + ">",
                        "To: <sip:alice@" + HOST + ">",
                        "NS: d <urn:ietf:params:imdn>",
                        "d.Message-ID: " + id,
                        "d.Disposition-Notification: display",
                        "",
                        "Content-Type: " + type,
                        "",
                        content)
                .split("\n", -1);
    }

    private void receipt(String id, String kind, String status) {
        receives(
                "bob",
                envelope(
                        "r" + serial,
                        "message/imdn+xml",
                        "<imdn xmlns=\"urn:ietf:params:xml:ns:imdn\"><message-id>" + id + "</message-id><" + kind
                                + "-notification><status><" + status + "/></status></" + kind
                                + "-notification></imdn>"));
    }

    private ScriptedMessage sends(String text) {
        int before = scene().pbx.received("MESSAGE").size();
        scene().alice.sendMessage("bob", text, MessageOptions.RECEIPTS);
        scene().until(() -> scene().pbx.received("MESSAGE").size() > before);
        return scene().pbx.last("MESSAGE");
    }

    private void answered(ScriptedMessage sent, String status) {
        scene().pbx.respond(sent, status);
        scene().pass(Duration.ofMillis(50));
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        scene().until(future::isDone);
        return future.join();
    }

    private @Nullable String stored() throws SecureStoreException {
        byte[] value = new FakeSecureStore(disk).read(StoredName.TEXT_MESSAGES.text());
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    private void store(String document) throws SecureStoreException {
        Map<String, byte[]> changes = new HashMap<>();
        changes.put(StoredName.TEXT_MESSAGES.text(), document.getBytes(StandardCharsets.UTF_8));
        new FakeSecureStore(disk).write(changes);
    }

    @Test
    void nothing_is_kept_unless_the_host_asks_for_it() throws Exception {
        open(config -> config);
        receives("bob", "hello");
        answered(sends("hi"), "200 OK");

        assertThat(texts().snapshot())
                .isEqualTo(new TextMessagesSnapshot(List.of(), 0, StorageStatus.of(StorageStatus.State.OFF)));
        assertThat(with(BOB)).isEmpty();
        assertThat(stored()).isNull();
    }

    @Test
    void conversations_come_with_the_newest_text_first() {
        keeping(100);
        receives("bob", "one");
        receives("carol", "two");
        answered(sends("three"), "200 OK");
        receives("bob", "four");

        TextMessagesSnapshot now = texts().snapshot();
        assertThat(now.conversations()).extracting("party").containsExactly(BOB, "carol@" + HOST);
        assertThat(now.conversations()).extracting("unread").containsExactly(2, 1);
        assertThat(now.conversations().get(0).newest().text()).isEqualTo("four");
        assertThat(with(BOB)).extracting(StoredMessage::text).containsExactly("four", "three", "one");
        assertThat(with(BOB)).extracting(StoredMessage::account).containsOnly("alice@" + HOST);
        assertThat(told.get(told.size() - 1)).isEqualTo(now);
    }

    @Test
    void a_conversation_is_read_page_by_page() {
        keeping(100);
        for (int i = 1; i <= 5; i++) {
            receives("bob", "text " + i);
            receives("carol", "other " + i);
        }
        List<StoredMessage> first = texts().read(BOB, null, 2);
        receives("bob", "text 6");
        List<StoredMessage> second = texts().read(BOB, first.get(1).id(), 2);

        assertThat(first).extracting(StoredMessage::text).containsExactly("text 5", "text 4");
        assertThat(second).extracting(StoredMessage::text).containsExactly("text 3", "text 2");
        assertThat(texts().read(BOB, second.get(1).id(), 2)).hasSize(1);
        assertThat(texts().read(BOB, "no such text", 2)).isEmpty();
        assertThatThrownBy(() -> texts().read(BOB, null, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"200 OK, DELIVERED", "202 Accepted, ACCEPTED", "404 Not Found, FAILED"})
    void the_delivery_state_of_a_sent_text_is_kept(String status, State after) {
        keeping(100);
        ScriptedMessage sent = sends("hello");
        assertThat(newest()).isEqualTo(State.SENDING);

        answered(sent, status);
        assertThat(newest()).isEqualTo(after);
    }

    @Test
    void receipts_move_a_text_on_and_never_back() {
        keeping(100);
        answered(sends("hello"), "202 Accepted");
        String id = with(BOB).get(0).id();
        receipt(id, "delivery", "delivered");
        assertThat(newest()).isEqualTo(State.DELIVERED);
        receipt(id, "display", "displayed");
        assertThat(newest()).isEqualTo(State.DISPLAYED);
        receipt(id, "delivery", "delivered");
        receipt(id, "delivery", "failed");
        assertThat(newest()).isEqualTo(State.DISPLAYED);

        answered(sends("later"), "202 Accepted");
        receipt(with(BOB).get(0).id(), "delivery", "failed");
        assertThat(newest()).isEqualTo(State.FAILED);
    }

    @Test
    void a_text_that_was_not_sent_is_not_kept_and_one_without_an_answer_has_failed() {
        keeping(200);
        await(scene().alice.sendMessage("bob", " "));
        assertThat(with(BOB)).isEmpty();

        for (int i = 0; i <= 100; i++) {
            scene().alice.sendMessage("bob", "text " + i);
        }
        scene().pass(Duration.ofMillis(50));
        assertThat(with(BOB)).hasSize(100).extracting(StoredMessage::state).containsOnly(State.SENDING);
        scene().alice.remove();
        scene().pass(Duration.ofSeconds(5));
        assertThat(with(BOB)).hasSize(100).extracting(StoredMessage::state).containsOnly(State.FAILED);
    }

    @Test
    void a_text_is_read_once_its_sender_was_told_or_the_host_says_so() {
        keeping(100);
        receives("bob", envelope("i1", "text/plain", "one"));
        receives("bob", "two");
        TextMessage first = Objects.requireNonNull(with(BOB).get(1).received());
        assertThat(first.asksForDisplay()).isTrue();
        scene().alice.confirmDisplayed(first);
        scene().pass(Duration.ofMillis(50));
        assertThat(with(BOB)).extracting(StoredMessage::state).containsExactly(State.UNREAD, State.READ);

        texts().markRead(BOB);
        scene().pass(Duration.ofMillis(50));
        assertThat(with(BOB)).extracting(StoredMessage::state).containsOnly(State.READ);
        assertThat(texts().snapshot().conversations()).extracting("unread").containsExactly(0);
    }

    @Test
    void texts_and_conversations_are_deleted_for_good() throws Exception {
        keeping(100);
        receives("bob", "one");
        receives("bob", "two");
        receives("carol", "three");
        receives("dave", "four");
        texts().delete(with(BOB).get(0).id());
        texts().deleteConversation("carol@" + HOST);
        scene().pass(Duration.ofSeconds(1));

        assertThat(texts().snapshot().conversations()).extracting("party").containsExactly("dave@" + HOST, BOB);
        assertThat(stored()).contains("one", "four").doesNotContain("two", "three");
        texts().clear();
        scene().pass(Duration.ofSeconds(1));
        assertThat(texts().snapshot().conversations()).isEmpty();
        assertThat(stored()).isEqualTo("{\"version\":1,\"texts\":[]}");
    }

    @Test
    void the_oldest_make_room_in_number_in_length_and_in_age() {
        keeping(1_000);
        receives("bob", "old");
        scene().time.jumpWallClock(Duration.ofDays(366));
        scene().pass(Duration.ofDays(1));
        assertThat(with(BOB)).as("after a year").isEmpty();

        for (int i = 0; i < 140; i++) {
            receives("bob", "x".repeat(TextMessage.LONGEST));
        }
        assertThat(with(BOB)).hasSize(TextMessages.LARGEST / TextMessage.LONGEST);
        again(config -> config.keepTextMessages(3));
        assertThat(with(BOB)).as("the host wants fewer").hasSize(3);
        receives("bob", "new");
        assertThat(with(BOB)).hasSize(3).first().extracting(StoredMessage::text).isEqualTo("new");
    }

    @Test
    void texts_survive_a_restart_and_come_no_second_time() {
        keeping(100);
        receives("bob", envelope("i1", "text/plain", "one"));
        sends("two");
        again(config -> config.keepTextMessages(100));
        receives("bob", envelope("i1", "text/plain", "one"));

        assertThat(with(BOB)).extracting(StoredMessage::text).containsExactly("two", "one");
        assertThat(with(BOB)).extracting(StoredMessage::state).containsExactly(State.FAILED, State.UNREAD);
        scene().alice.confirmDisplayed(Objects.requireNonNull(with(BOB).get(1).received()));
        scene().until(() -> !scene().pbx.received("MESSAGE").isEmpty());
        assertThat(scene().pbx.last("MESSAGE").body()).contains("<message-id>i1</message-id>", "<displayed");
    }

    @Test
    void a_text_that_cannot_be_read_is_left_out_and_counted() throws Exception {
        keeping(100);
        receives("bob", "one");
        receives("bob", "two");
        scene().close();
        JsonObject document = JsonParser.parseString(stored()).getAsJsonObject();
        JsonArray array = document.getAsJsonArray("texts");
        array.get(0).getAsJsonObject().addProperty("state", "GARBLED");
        array.add("not a text");
        store(document.toString());
        open(config -> config.keepTextMessages(100));

        assertThat(with(BOB)).extracting(StoredMessage::text).containsExactly("one");
        assertThat(texts().snapshot().damaged()).isEqualTo(2);
        assertThat(stored()).contains("one").doesNotContain("GARBLED");
    }

    @Test
    void a_store_of_a_newer_version_is_left_unchanged_and_new_texts_are_shown() throws Exception {
        store("{\"version\":2}");
        keeping(100);
        receives("bob", "one");

        assertThat(texts().snapshot().storage())
                .isEqualTo(new StorageStatus(StorageStatus.State.UNREADABLE, SecureStoreException.Reason.TOO_NEW));
        assertThat(with(BOB)).hasSize(1);
        assertThat(stored()).isEqualTo("{\"version\":2}");
    }

    @Test
    void S6_a_log_out_erases_every_text() throws Exception {
        keeping(100);
        receives("bob", "hello");
        scene().pass(Duration.ofSeconds(1));
        assertThat(stored()).contains("hello");
        await(scene().client.logout(LogoutOptions.EVERYTHING));

        assertThat(stored()).isNull();
        assertThat(with(BOB)).isEmpty();
        assertThat(told.get(told.size() - 1).conversations()).isEmpty();
    }

    @Test
    void kept_texts_are_removed_once_the_host_or_a_policy_disables_them() throws Exception {
        Policy off = new Policy(null, null, null, null, null, Set.of(Policy.Feature.TEXT_STORE));
        for (UnaryOperator<CallClientConfig.Builder> not : List.<UnaryOperator<CallClientConfig.Builder>>of(
                config -> config, config -> config.keepTextMessages(100).policy(off))) {
            keeping(100);
            receives("bob", "hello");
            again(not);

            assertThat(stored()).isNull();
            assertThat(texts().snapshot().storage().state()).isEqualTo(StorageStatus.State.OFF);
            receives("bob", "more");
            assertThat(with(BOB)).isEmpty();
            scene().close();
        }
        keeping(1);
    }

    @Test
    void a_locked_app_stores_incoming_texts_and_shows_none() {
        keeping(100);
        receives("bob", "one");
        await(scene().client
                .login(new TestPhoneSystem("alice", Policy.OPEN), Login.of("alice@example.com", Secret.of("secret"))));
        AppLock lock = scene().client.lock();
        await(lock.change(
                new AppLock.Settings(AppLock.Mode.PASSWORD, null, null),
                new AppLock.Proof.Password(Secret.of("secret"))));
        lock.lockNow();
        scene().until(lock::isLocked);
        receives("bob", "two");
        assertThatThrownBy(() -> texts().snapshot()).isInstanceOf(LockedException.class);
        assertThatThrownBy(() -> with(BOB)).isInstanceOf(LockedException.class);

        await(lock.unlock(Secret.of("secret")));
        assertThat(with(BOB)).extracting(StoredMessage::text).containsExactly("two", "one");
    }

    @Test
    void R1_every_text_is_exported() throws Exception {
        keeping(100);
        receives("bob", "hello");
        answered(sends("hi"), "200 OK");
        scene().pass(Duration.ofSeconds(1));
        JsonObject exported = JsonParser.parseString(
                        ((DataExport.Exported) await(scene().client.privacy().export())).json())
                .getAsJsonObject()
                .getAsJsonObject("stored");

        assertThat(exported.get(StoredName.TEXT_MESSAGES.text())).isEqualTo(JsonParser.parseString(stored()));
        assertThat(exported.toString()).contains("hello", "hi");
    }

    @Test
    void a_sender_without_a_name_has_a_conversation_and_nobody_else_does() {
        keeping(100);
        receives("anonymous", "Privacy: id", "Content-Type: text/plain", "", "guess who");

        assertThat(texts().snapshot().conversations()).extracting("party").containsExactly(TextMessages.ANONYMOUS);
        assertThat(texts().snapshot().toString()).doesNotContain("anonymous", "guess");
    }

    @Test
    void an_outcome_that_was_told_is_kept_already() {
        keeping(100);
        List<State> seen = new ArrayList<>();
        CompletionStage<MessageOutcome> outcome = scene().alice.sendMessage("bob", "x");
        var unused = outcome.thenAccept(result -> seen.add(newest()));
        scene().until(() -> !scene().pbx.received("MESSAGE").isEmpty());
        answered(scene().pbx.last("MESSAGE"), "200 OK");

        assertThat(seen).containsExactly(State.DELIVERED);
    }
}
