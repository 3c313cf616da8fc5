// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.AccountListener;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.call.party.DialTarget;
import com.techpro.callclient.engine.internal.directory.PeopleIndex;
import com.techpro.callclient.engine.internal.message.AccountMessages;
import com.techpro.callclient.engine.internal.message.TextStore;
import com.techpro.callclient.engine.message.MessageOptions;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.MessageReceipt;
import com.techpro.callclient.engine.message.MessageReceipt.Status;
import com.techpro.callclient.engine.message.MessageRefusal;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Text messages between the host and its accounts. Belongs to the loop, except where stated. */
final class MessageService {
    private final ClientContext client;
    private final Gate gate;
    private final CallRegistry registry;
    private final PeopleIndex people;
    private final TextStore kept;

    MessageService(ClientContext client, Gate gate, CallRegistry registry, PeopleIndex people, TextStore kept) {
        this.client = client;
        this.gate = gate;
        this.registry = registry;
        this.people = people;
        this.kept = kept;
    }

    /** From any thread. */
    CompletionStage<MessageOutcome> send(AccountSession account, String target, String text, MessageOptions options) {
        requireUsable(account);
        SipUri to = DialTarget.parse(target, account.account().domain());
        Objects.requireNonNull(text, "text");
        return ask(account, (messages, asked) -> {
            kept.sending(asked.id(), addressOf(account), to, text);
            messages.send(asked.id(), to, text, options, outcome -> {
                kept.outcome(outcome);
                asked.accept(outcome);
            });
        });
    }

    /** From any thread. */
    CompletionStage<MessageOutcome> confirmDisplayed(AccountSession account, TextMessage message) {
        requireUsable(account);
        return ask(account, (messages, asked) -> {
            kept.displayed(addressOf(account), message);
            messages.confirm(asked.id(), message, Status.DISPLAYED, asked);
        });
    }

    private static String addressOf(AccountSession account) {
        return TextStore.addressOf(account.account().user(), account.account().domain());
    }

    private void requireUsable(AccountSession account) {
        gate.requireUsable();
        registry.requireThere(account);
    }

    /** A pending outcome. */
    private record Asked(String id, Answer<MessageOutcome> answer) implements Consumer<MessageOutcome> {
        @Override
        public void accept(MessageOutcome outcome) {
            answer.tell(outcome);
        }
    }

    private CompletionStage<MessageOutcome> ask(AccountSession account, BiConsumer<AccountMessages, Asked> question) {
        String id = newId();
        MessageOutcome gone = new MessageOutcome.Refused(id, MessageRefusal.ACCOUNT_GONE);
        Asked asked = new Asked(id, client.answers().open(gone));
        client.loop().execute(() -> {
            AccountMessages messages = account.texts();
            if (messages == null) {
                asked.accept(gone);
            } else {
                question.accept(messages, asked);
            }
        });
        return asked.answer().stage();
    }

    /**
     * Returns 128 random bits, so that an ID reveals nothing to anyone who has not seen the message
     * (RFC 5438 §6.3).
     */
    private String newId() {
        Random random = client.config().lab().random();
        return Long.toHexString(random.nextLong() | Long.MIN_VALUE)
                + Long.toHexString(random.nextLong() | Long.MIN_VALUE);
    }

    void textReceived(AccountSession account, TextMessage message, Consumer<Boolean> stored) {
        TextMessage known = new TextMessage(
                message.id(),
                message.from(),
                people.resolve(message.from(), account.account().domain()),
                message.text(),
                message.sentAt(),
                message.asksForDelivery(),
                message.asksForDisplay());
        kept.received(newId(), addressOf(account), known, safe -> {
            stored.accept(safe);
            AccountMessages messages = account.texts();
            if (safe
                    && messages != null
                    && message.asksForDelivery()
                    && client.config().deliveryReceipts()) {
                messages.confirm(newId(), message, Status.DELIVERED, outcome -> {});
            }
        });
        publish(account, (listener, handle) -> listener.messageReceived(handle, known));
    }

    void receiptReceived(AccountSession account, MessageReceipt receipt) {
        kept.receipt(receipt);
        publish(account, (listener, handle) -> listener.messageReceipt(handle, receipt));
    }

    /** Drops old texts. Registrations happen every few minutes, so no timer is needed. */
    void registrationChanged() {
        kept.letGoOfOld();
    }

    private void publish(AccountSession account, BiConsumer<AccountListener, Account> event) {
        AccountState state = registry.account(account);
        if (state != null) {
            state.tell(client.listeners(), event);
        }
    }
}
