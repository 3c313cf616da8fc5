// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A text that was answered 200 survives the end of the app, where the host wants texts kept. The phone system is text over TLS. */
class StoredBeforeAnsweredTest {
    private static final String HOST = ScriptedPhoneSystem.HOST;

    private final VirtualTime time = VirtualTime.seeded(3428);
    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
    private final SlowWorkers slow = new SlowWorkers(time);
    private final List<TextMessage> told = new ArrayList<>();
    private ScriptedPhoneSystem scene;
    private int serial;

    private void open(UnaryOperator<CallClientConfig.Builder> more) {
        scene = ScriptedPhoneSystem.tls(
                time,
                3428,
                account -> account,
                config -> more.apply(
                        config.lab(lab -> lab.schedulers(slow)).platform(p -> p.store(new FakeSecureStore(disk)))));
        scene.registered();
        scene.alice.addListener(new AccountListener() {
            @Override
            public void messageReceived(Account account, TextMessage message) {
                told.add(message);
            }
        });
        scene.pass(Duration.ofSeconds(1));
        scene.pbx.forget();
    }

    @AfterEach
    void close() {
        slow.release();
        scene.close();
    }

    private void text(String id, String text) {
        scene.pbx.send(String.join(
                "\n",
                "MESSAGE sip:alice@" + ScriptedPhoneSystem.PHONE + " SIP/2.0",
                "Via: " + scene.pbx.via(),
                "Max-Forwards: 70",
                "From: <sip:bob@" + HOST + ">;tag=t" + ++serial,
                "To: <sip:alice@" + HOST + ">",
                "Call-ID: " + serial,
                "CSeq: 1 MESSAGE",
                "Content-Type: message/cpim",
                "",
                "From: <sip:bob@" + HOST + ">",
                "To: <sip:alice@" + HOST + ">",
                "NS: d <urn:ietf:params:imdn>",
                "d.Message-ID: " + id,
                "d.Disposition-Notification: positive-delivery",
                "",
                "Content-Type: text/plain",
                "",
                text));
        scene.pass(Duration.ofMillis(50));
    }

    private List<String> answers() {
        return scene.pbx.received("SIP/2.0").stream()
                .map(answer -> answer.header("Call-ID") + ": " + answer.status())
                .toList();
    }

    private String stored() throws SecureStoreException {
        byte[] value = new FakeSecureStore(disk).read(StoredName.TEXT_MESSAGES.text());
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }

    @Test
    void a_text_is_answered_once_it_is_stored_and_told_at_once() throws Exception {
        open(config -> config.keepTextMessages(100));
        slow.hold();
        text("one", "Grüße");
        text("two", "hello");
        scene.pass(Duration.ofSeconds(3));

        assertThat(told).extracting(TextMessage::text).containsExactly("Grüße", "hello");
        assertThat(answers()).as("a kill now loses them").isEmpty();
        assertThat(stored()).doesNotContain("hello");

        slow.release();
        scene.pass(Duration.ofMillis(50));
        assertThat(answers()).containsExactly("1: 200", "2: 200");
        assertThat(stored()).contains("Grüße", "hello");
    }

    @Test
    void a_text_sent_again_during_storage_waits_and_is_delivered_once() {
        open(config -> config.keepTextMessages(100));
        slow.hold();
        text("one", "hello");
        text("one", "hello");
        assertThat(answers()).isEmpty();

        slow.release();
        scene.pass(Duration.ofMillis(50));
        text("one", "hello");

        assertThat(answers()).containsExactly("1: 200", "2: 200", "3: 200");
        assertThat(told).hasSize(1);
    }

    /** 202 tells the sender that it is accepted, and no more (RFC 3428 §7). */
    @Test
    void a_store_that_stands_still_keeps_the_sender_waiting_for_four_seconds() throws Exception {
        open(config -> config.keepTextMessages(100).deliveryReceipts(true));
        slow.hold();
        text("one", "hello");
        scene.pass(Duration.ofMillis(3_900));
        assertThat(answers()).isEmpty();

        scene.pass(Duration.ofMillis(100));
        assertThat(answers()).containsExactly("1: 202");
        assertThat(scene.pbx.received("MESSAGE")).as("a receipt").isEmpty();

        slow.release();
        scene.pass(Duration.ofMillis(50));
        assertThat(stored()).contains("hello");
        assertThat(answers()).hasSize(1);
    }

    @Test
    void a_store_that_fails_has_texts_accepted_and_no_more_until_it_works_again() throws Exception {
        open(config -> config.keepTextMessages(100).deliveryReceipts(true));
        disk.fail(Reason.LOCKED);
        text("one", "hello");
        assertThat(answers()).containsExactly("1: 202");
        assertThat(told).hasSize(1);
        assertThat(scene.client.textMessages().snapshot().storage().reason()).isEqualTo(Reason.LOCKED);

        disk.fail(null);
        text("two", "again");
        scene.pbx.received("MESSAGE").forEach(receipt -> scene.pbx.respond(receipt, "200 OK"));
        assertThat(answers()).containsExactly("1: 202", "2: 200");
        assertThat(stored()).contains("hello", "again");
        assertThat(scene.pbx.received("MESSAGE"))
                .singleElement()
                .extracting(ScriptedMessage::body)
                .asString()
                .contains("<message-id>two</message-id>", "<delivered");
    }

    @Test
    void a_text_is_answered_202_when_the_store_is_of_a_newer_version() throws Exception {
        new FakeSecureStore(disk)
                .write(Map.of(StoredName.TEXT_MESSAGES.text(), "{\"version\":2}".getBytes(StandardCharsets.UTF_8)));
        open(config -> config.keepTextMessages(100));

        text("one", "hello");

        assertThat(answers()).containsExactly("1: 202");
    }

    @Test
    void a_text_that_nobody_wants_kept_is_answered_at_once() {
        open(config -> config);
        slow.hold();

        text("one", "hello");

        assertThat(answers()).containsExactly("1: 200");
    }

    @Test
    void S6_a_text_waiting_at_log_out_is_not_acknowledged() throws Exception {
        open(config -> config.keepTextMessages(100));
        slow.hold();
        text("one", "hello");
        var unused = scene.client.logout(LogoutOptions.EVERYTHING);
        scene.pass(Duration.ofMillis(10));
        slow.release();
        scene.pass(Duration.ofSeconds(5));

        assertThat(answers()).doesNotContain("1: 200");
        assertThat(stored()).isEmpty();
    }

    /** A disk that takes its time: what workers are given waits while it is held. */
    private static final class SlowWorkers implements Schedulers {
        private final VirtualTime time;
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private boolean held;

        SlowWorkers(VirtualTime time) {
            this.time = time;
        }

        void hold() {
            held = true;
        }

        void release() {
            held = false;
            while (!waiting.isEmpty()) {
                time.workers().execute(waiting.remove());
            }
        }

        @Override
        public Loop openLoop(String name, Thread.UncaughtExceptionHandler failures) {
            return time.openLoop(name, failures);
        }

        @Override
        public Executor workers() {
            return task -> {
                if (held) {
                    waiting.add(task);
                } else {
                    time.workers().execute(task);
                }
            };
        }

        @Override
        public void close() {}
    }
}
