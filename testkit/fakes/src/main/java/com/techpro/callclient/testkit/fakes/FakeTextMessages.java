// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.message.Conversation;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.MessageReceipt;
import com.techpro.callclient.engine.message.MessageRefusal;
import com.techpro.callclient.engine.message.StoredMessage;
import com.techpro.callclient.engine.message.StoredMessage.State;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.engine.message.TextMessages;
import com.techpro.callclient.engine.message.TextMessagesSnapshot;
import com.techpro.callclient.engine.privacy.StorageStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The texts of all fake accounts, kept in memory without a limit. Texts arrive by
 * {@link FakeAccount#textArrives(String, String)}. All methods may be called from any thread.
 */
public final class FakeTextMessages implements TextMessages {
    private final FakeContext context;
    /** The oldest first. */
    private final List<StoredMessage> texts = new ArrayList<>();

    FakeTextMessages(FakeContext context) {
        this.context = context;
    }

    static String addressOf(String user, String domain) {
        return user + "@" + domain.toLowerCase(Locale.ROOT);
    }

    private static String partyOf(PartyIdentity from) {
        return from.withheld() || from.user().isEmpty() ? ANONYMOUS : addressOf(from.user(), from.domain());
    }

    /** Keeps a text that arrived. Under the context's lock, as the next ones. */
    void received(String account, TextMessage message) {
        String party = partyOf(message.from());
        texts.add(new StoredMessage(
                context.nextId("s"), account, party, message.text(), context.now(), State.UNREAD, message));
        changed();
    }

    /** Keeps a text of the app. */
    void sending(String id, String account, String party, String text) {
        texts.add(new StoredMessage(id, account, party, text, context.now(), State.SENDING, null));
        changed();
    }

    /** Notes the outcome of sending. */
    void outcome(String id, MessageOutcome outcome) {
        if (outcome instanceof MessageOutcome.Refused refused && refused.reason() != MessageRefusal.ACCOUNT_GONE) {
            removeIf(text -> text.id().equals(id));
        } else if (outcome instanceof MessageOutcome.Delivered) {
            become(text -> text.id().equals(id), State.DELIVERED);
        } else {
            become(
                    text -> text.id().equals(id),
                    outcome instanceof MessageOutcome.Accepted ? State.ACCEPTED : State.FAILED);
        }
    }

    /** The user saw a text that arrived. */
    void displayed(TextMessage message) {
        become(text -> message.equals(text.received()), State.READ);
    }

    /** Notes a receipt of the other side. */
    void receipt(MessageReceipt receipt) {
        State state = switch (receipt.status()) {
            case DELIVERED -> State.DELIVERED;
            case DISPLAYED -> State.DISPLAYED;
            case NOT_DELIVERED -> State.FAILED;
            case UNKNOWN -> null;
        };
        if (state != null) {
            become(text -> text.received() == null && text.id().equals(receipt.messageId()), state);
        }
    }

    private void become(Predicate<StoredMessage> which, State state) {
        boolean changed = false;
        for (int i = 0; i < texts.size(); i++) {
            StoredMessage text = texts.get(i);
            if (which.test(text) && text.state() != state) {
                texts.set(
                        i,
                        new StoredMessage(
                                text.id(),
                                text.account(),
                                text.party(),
                                text.text(),
                                text.at(),
                                state,
                                text.received()));
                changed = true;
            }
        }
        if (changed) {
            changed();
        }
    }

    private void removeIf(Predicate<StoredMessage> which) {
        if (texts.removeIf(which)) {
            changed();
        }
    }

    private void changed() {
        TextMessagesSnapshot now = now();
        context.listeners().tell(listener -> listener.textMessagesChanged(now));
    }

    /** Erases all texts. */
    void forget() {
        removeIf(text -> true);
    }

    /** Returns the conversations also while the app is locked. */
    TextMessagesSnapshot now() {
        return context.get(() -> {
            Map<String, Conversation> found = new LinkedHashMap<>();
            for (int i = texts.size() - 1; i >= 0; i--) {
                StoredMessage text = texts.get(i);
                int unread = text.state() == State.UNREAD ? 1 : 0;
                found.merge(
                        text.party(),
                        new Conversation(text.party(), text, unread),
                        (newer, older) ->
                                new Conversation(newer.party(), newer.newest(), newer.unread() + older.unread()));
            }
            return new TextMessagesSnapshot(
                    List.copyOf(found.values()), 0, StorageStatus.of(StorageStatus.State.STORED));
        });
    }

    @Override
    public TextMessagesSnapshot snapshot() {
        context.requireUnlocked();
        return now();
    }

    @Override
    public List<StoredMessage> read(String party, @Nullable String before, int most) {
        Objects.requireNonNull(party, "party");
        if (most < 1) {
            throw new IllegalArgumentException("at least one text is read");
        }
        context.requireUnlocked();
        return context.get(() -> {
            List<StoredMessage> found = new ArrayList<>();
            boolean begun = before == null;
            for (int i = texts.size() - 1; i >= 0 && found.size() < most; i--) {
                StoredMessage text = texts.get(i);
                if (text.party().equals(party)) {
                    if (begun) {
                        found.add(text);
                    }
                    begun |= text.id().equals(before);
                }
            }
            return List.copyOf(found);
        });
    }

    @Override
    public void markRead(String party) {
        Objects.requireNonNull(party, "party");
        change(
                "markRead",
                party,
                () -> become(text -> text.party().equals(party) && text.state() == State.UNREAD, State.READ));
    }

    @Override
    public void delete(String id) {
        Objects.requireNonNull(id, "id");
        change("delete", id, () -> removeIf(text -> text.id().equals(id)));
    }

    @Override
    public void deleteConversation(String party) {
        Objects.requireNonNull(party, "party");
        change("deleteConversation", party, () -> removeIf(text -> text.party().equals(party)));
    }

    @Override
    public void clear() {
        context.requireUsable();
        context.run(() -> {
            context.record("textMessages", "clear");
            forget();
        });
    }

    private void change(String name, String argument, Runnable task) {
        context.requireUsable();
        context.run(() -> {
            context.record("textMessages", name, argument);
            task.run();
        });
    }
}
