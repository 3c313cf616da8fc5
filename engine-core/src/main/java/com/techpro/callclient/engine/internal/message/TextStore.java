// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.message;

import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.store.StoredDocument;
import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.MessageReceipt;
import com.techpro.callclient.engine.message.MessageRefusal;
import com.techpro.callclient.engine.message.StoredMessage;
import com.techpro.callclient.engine.message.StoredMessage.State;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.engine.message.TextMessages;
import com.techpro.callclient.engine.message.TextMessagesSnapshot;
import com.techpro.callclient.engine.privacy.StorageStatus;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Stores texts and their states if the host wants that and the organisation permits it; otherwise
 * removes stored ones. Belongs to the loop, except for {@link #snapshot} and {@link #read}.
 */
public final class TextStore {
    private static final Duration LONGEST = Duration.ofDays(365);

    private final EngineLoop loop;
    private final int limit;
    private final @Nullable UserStore store;
    private final Consumer<TextMessagesSnapshot> changed;
    private final StoredDocument<TextContents> document;
    /** Changes made before the stored texts were known; they are repeated on these. */
    private final Deque<UnaryOperator<TextContents>> early = new ArrayDeque<>();

    private final StorageWait answers;
    private boolean allowed;
    private boolean loaded;
    private volatile TextContents contents = TextContents.EMPTY;
    private volatile TextMessagesSnapshot snapshot;

    /**
     * @param limit maximum number of texts; 0 stores none
     * @param allowed whether the organisation permits it
     * @param changed on the loop
     */
    public TextStore(
            EngineLoop loop,
            Executor worker,
            @Nullable UserStore store,
            int limit,
            boolean allowed,
            Consumer<TextMessagesSnapshot> changed) {
        this.loop = loop;
        this.store = store;
        this.answers = new StorageWait(loop);
        this.limit = limit;
        this.allowed = allowed && limit > 0;
        this.changed = changed;
        this.document = new StoredDocument<>(
                loop, worker, store, StoredName.TEXT_MESSAGES, new TextsJson(), this::found, this::publish);
        this.snapshot = new TextMessagesSnapshot(List.of(), 0, status());
    }

    public void start() {
        if (allowed) {
            load();
        } else {
            removeStored();
        }
    }

    private void load() {
        if (!loaded) {
            loaded = true;
            document.load();
        }
    }

    private void removeStored() {
        if (store != null) {
            store.read(StoredName.TEXT_MESSAGES, stored -> {
                if (stored instanceof UserStore.Stored.Found found && found.value() != null && !allowed) {
                    store.write(StoredName.TEXT_MESSAGES, null, reason -> {});
                }
            });
        }
    }

    /** Sets whether the organisation permits storing texts. */
    public void allow(boolean permitted) {
        boolean next = permitted && limit > 0;
        if (next != allowed) {
            allowed = next;
            if (next) {
                load();
            } else {
                contents = TextContents.EMPTY;
                early.clear();
                document.forget();
                removeStored();
            }
            publish();
        }
    }

    /** From any thread. */
    public TextMessagesSnapshot snapshot() {
        return snapshot;
    }

    /** As {@link TextMessages#read}. From any thread. */
    public List<StoredMessage> read(String party, @Nullable String before, int most) {
        return contents.page(party, before, most);
    }

    /**
     * Stores a received text.
     *
     * @param id a new one
     * @param account as returned by {@link #addressOf}
     * @param stored called once, on the loop. True if the text is stored durably, or texts are not
     *     stored. False if it could not be stored in time; it is then kept in memory and stored
     *     with the next change.
     */
    public void received(String id, String account, TextMessage message, Consumer<Boolean> stored) {
        String party = partyOf(message.from(), account);
        StoredMessage text = new StoredMessage(id, account, party, message.text(), loop.now(), State.UNREAD, message);
        // The phone system may deliver it again after the client was restarted.
        change(now -> now.texts().stream().anyMatch(known -> isSame(known, party, message)) ? now : now.with(text));
        if (allowed && store != null) {
            answers.until(document, stored);
        } else {
            stored.accept(true);
        }
    }

    /** Marks a text as read, because its sender gets a display receipt. */
    public void displayed(String account, TextMessage message) {
        String party = partyOf(message.from(), account);
        change(now -> now.with(known -> isSame(known, party, message), state -> State.READ));
    }

    private static boolean isSame(StoredMessage known, String party, TextMessage message) {
        TextMessage received = known.received();
        return received != null && known.party().equals(party) && received.id().equals(message.id());
    }

    /** Adds a text that is about to be sent. */
    public void sending(String id, String account, SipUri to, String text) {
        StoredMessage sending =
                new StoredMessage(id, account, addressOf(to.user(), to.host()), text, loop.now(), State.SENDING, null);
        change(now -> now.with(sending));
    }

    /** Records the outcome of sending. */
    public void outcome(MessageOutcome outcome) {
        boolean nothingSent =
                outcome instanceof MessageOutcome.Refused refused && refused.reason() != MessageRefusal.ACCOUNT_GONE;
        if (nothingSent) {
            delete(outcome.id());
            return;
        }
        State after = outcome instanceof MessageOutcome.Delivered
                ? State.DELIVERED
                : outcome instanceof MessageOutcome.Accepted ? State.ACCEPTED : State.FAILED;
        change(now -> now.with(isSent(outcome.id()), state -> state == State.SENDING ? after : state));
    }

    /** Records a receipt from the far end; a displayed text stays displayed. */
    public void receipt(MessageReceipt receipt) {
        change(now -> now.with(isSent(receipt.messageId()), state -> switch (receipt.status()) {
            case DISPLAYED -> State.DISPLAYED;
            case DELIVERED -> state == State.DISPLAYED ? state : State.DELIVERED;
            case NOT_DELIVERED -> state == State.ACCEPTED || state == State.SENDING ? State.FAILED : state;
            case UNKNOWN -> state;
        }));
    }

    private static Predicate<StoredMessage> isSent(String id) {
        return text -> text.received() == null && text.id().equals(id);
    }

    public void markRead(String party) {
        change(now ->
                now.with(text -> text.party().equals(party), state -> state == State.UNREAD ? State.READ : state));
    }

    public void delete(String id) {
        change(now -> now.without(text -> text.id().equals(id)));
    }

    public void deleteConversation(String party) {
        change(now -> now.without(text -> text.party().equals(party)));
    }

    public void clear() {
        change(now -> now.without(text -> true));
    }

    public void letGoOfOld() {
        if (allowed) {
            put(contents);
        }
    }

    public void retry() {
        document.retry();
    }

    public void whenQuiet(Runnable task) {
        document.whenQuiet(task);
    }

    /** Forgets all texts after a logout that erased the store. */
    public void forget() {
        contents = TextContents.EMPTY;
        early.clear();
        document.forget();
        publish();
    }

    /** Returns the address of a party or account, in the stored form. */
    public static String addressOf(@Nullable String user, String host) {
        return (user == null ? "" : user) + "@" + host.toLowerCase(Locale.ROOT);
    }

    private static String partyOf(PartyIdentity from, String account) {
        if (from.withheld() || from.user().isEmpty()) {
            return TextMessages.ANONYMOUS;
        }
        String domain = from.domain().isEmpty() ? account.substring(account.indexOf('@') + 1) : from.domain();
        return addressOf(from.user(), domain);
    }

    private void change(UnaryOperator<TextContents> change) {
        if (!allowed) {
            return;
        }
        StorageStatus.State state = document.status().state();
        if (state == StorageStatus.State.LOADING || state == StorageStatus.State.UNREADABLE) {
            early.add(change);
            if (early.size() > 2 * limit) {
                early.remove();
            }
        }
        put(change.apply(contents));
    }

    private void put(TextContents all) {
        TextContents next = bounded(all);
        if (!next.equals(contents)) {
            contents = next;
            publish();
            document.save(next);
        }
    }

    private void found(TextContents stored) {
        TextContents joined = stored;
        for (UnaryOperator<TextContents> change : early) {
            joined = change.apply(joined);
        }
        early.clear();
        contents = bounded(joined);
        publish();
        if (!contents.texts().equals(stored.texts()) || stored.damaged() > 0) {
            document.save(contents);
        }
    }

    private TextContents bounded(TextContents all) {
        return all.boundedBy(limit, TextMessages.LARGEST, loop.now().minus(LONGEST));
    }

    private StorageStatus status() {
        return allowed ? document.status() : StorageStatus.of(StorageStatus.State.OFF);
    }

    private void publish() {
        TextMessagesSnapshot next = new TextMessagesSnapshot(contents.conversations(), contents.damaged(), status());
        if (!next.equals(snapshot)) {
            snapshot = next;
            changed.accept(next);
        }
    }
}
