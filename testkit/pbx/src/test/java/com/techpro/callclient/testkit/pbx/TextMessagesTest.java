// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.AccountListener;
import com.techpro.callclient.engine.message.MessageOptions;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.MessageReceipt;
import com.techpro.callclient.engine.message.TextMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Texts between two engines through the phone system, at once or when there is a phone. */
class TextMessagesTest {
    private final PbxScene scene = new PbxScene(3428, builder -> builder);
    private final PbxScene.Phone alice = scene.phone("1001").registered();
    private final Inbox inbox = new Inbox();

    /** What one account hears. */
    private static final class Inbox implements AccountListener {
        private final List<TextMessage> texts = new ArrayList<>();
        private final List<MessageReceipt> receipts = new ArrayList<>();

        @Override
        public void messageReceived(Account account, TextMessage message) {
            texts.add(message);
        }

        @Override
        public void messageReceipt(Account account, MessageReceipt receipt) {
            receipts.add(receipt);
        }
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private PbxScene.Phone bob() {
        PbxScene.Phone bob = scene.phone(
                "1002", scene.pbx.account("1002").displayName("Bob").build(), config -> config.deliveryReceipts(true));
        bob.account.addListener(inbox);
        return bob.registered();
    }

    private MessageOutcome outcome(CompletionStage<MessageOutcome> asked) {
        var future = asked.toCompletableFuture();
        scene.until(future::isDone, Duration.ofSeconds(60));
        return future.join();
    }

    @Test
    void a_text_goes_to_the_phone_of_its_recipient() {
        bob();
        MessageOutcome outcome = outcome(alice.account.sendMessage("1002", "Grüße"));

        assertThat(outcome).isInstanceOf(MessageOutcome.Delivered.class);
        assertThat(inbox.texts).extracting(TextMessage::text).containsExactly("Grüße");
        assertThat(inbox.texts.get(0).from().user()).isEqualTo("1001");
        assertThat(scene.pbx.messages())
                .containsExactly(new PbxMessage("1001", "1002", "text/plain;charset=UTF-8", "Grüße"));
    }

    @Test
    void texts_for_a_phone_that_is_not_there_are_kept_and_come_in_their_order_when_it_is() {
        for (int i = 1; i <= 5; i++) {
            assertThat(outcome(alice.account.sendMessage("1002", "text " + i)))
                    .isInstanceOf(MessageOutcome.Accepted.class);
        }
        assertThat(scene.pbx.messagesWaitingFor("1002")).isEqualTo(5);
        Instant written = scene.time.now();
        scene.pass(Duration.ofHours(1));

        bob();
        scene.until(() -> inbox.texts.size() == 5 && scene.pbx.messagesWaitingFor("1002") == 0);
        assertThat(inbox.texts)
                .extracting(TextMessage::text)
                .containsExactly("text 1", "text 2", "text 3", "text 4", "text 5");
        assertThat(inbox.texts.get(4).sentAt()).isBetween(written.minusSeconds(5), written);
        scene.assertQuiet();
    }

    @Test
    void receipts_go_back_as_the_other_side_permits() {
        PbxScene.Phone bob = bob();
        Inbox hers = new Inbox();
        alice.account.addListener(hers);
        MessageOutcome outcome = outcome(alice.account.sendMessage("1002", "read this", MessageOptions.RECEIPTS));
        scene.until(() -> hers.receipts.size() == 1);
        outcome(bob.account.confirmDisplayed(inbox.texts.get(0)));
        scene.until(() -> hers.receipts.size() == 2);

        assertThat(hers.receipts)
                .extracting(MessageReceipt::status)
                .containsExactly(MessageReceipt.Status.DELIVERED, MessageReceipt.Status.DISPLAYED);
        assertThat(hers.receipts).allSatisfy(receipt -> {
            assertThat(receipt.messageId()).isEqualTo(outcome.id());
            assertThat(receipt.from().user()).isEqualTo("1002");
        });
        assertThat(hers.texts).isEmpty();
        scene.assertQuiet();
    }

    @Test
    void a_test_writes_to_the_app_and_nobody_answers_for_an_extension_that_is_not_there() {
        bob();
        scene.pbx.sendMessage("1003", "1002", "from a test");
        scene.until(() -> !inbox.texts.isEmpty());
        assertThat(inbox.texts.get(0).from().user()).isEqualTo("1003");

        assertThat(outcome(alice.account.sendMessage("4711", "x")))
                .isInstanceOfSatisfying(
                        MessageOutcome.Failed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo("not-found"));
    }

    @Test
    void of_many_texts_the_phone_system_remembers_the_last_thousand() {
        bob();
        for (int i = 1; i <= 1_002; i++) {
            CompletionStage<MessageOutcome> sent = alice.account.sendMessage("1002", "text " + i);
            if (i % 50 == 0 || i > 1_000) {
                outcome(sent);
            }
        }
        assertThat(inbox.texts).hasSize(1_002);
        assertThat(scene.pbx.messages()).hasSize(1_000);
        assertThat(scene.pbx.messages().get(0).body()).isEqualTo("text 3");
    }

    @Test
    void a_text_with_a_lost_answer_is_sent_again_and_reported_once() {
        bob();
        scene.pbx.faults().onReply("MESSAGE").times(1).drop();
        assertThat(outcome(alice.account.sendMessage("1002", "once", MessageOptions.RECEIPTS)))
                .isNotInstanceOf(MessageOutcome.Delivered.class);
        scene.until(() -> scene.pbx.messagesWaitingFor("1002") == 1, Duration.ofMinutes(1));
        scene.until(() -> scene.pbx.messagesWaitingFor("1002") == 0, Duration.ofMinutes(15));

        assertThat(inbox.texts).extracting(TextMessage::text).containsExactly("once");
    }
}
