// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.message;

import com.techpro.callclient.engine.message.Conversation;
import com.techpro.callclient.engine.message.StoredMessage;
import com.techpro.callclient.engine.message.StoredMessage.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The stored texts. Immutable.
 *
 * @param texts newest first
 * @param damaged how many stored texts could not be read
 */
record TextContents(List<StoredMessage> texts, int damaged) {
    static final TextContents EMPTY = new TextContents(List.of(), 0);

    TextContents {
        texts = List.copyOf(texts);
    }

    /** Adds a text as the newest. */
    TextContents with(StoredMessage text) {
        List<StoredMessage> next = new ArrayList<>(texts.size() + 1);
        next.add(text);
        next.addAll(texts);
        return new TextContents(next, damaged);
    }

    TextContents without(Predicate<StoredMessage> gone) {
        List<StoredMessage> next = new ArrayList<>(texts);
        return next.removeIf(gone) ? new TextContents(next, damaged) : this;
    }

    /** Changes the state of matching texts. */
    TextContents with(Predicate<StoredMessage> meant, UnaryOperator<State> change) {
        List<StoredMessage> next = new ArrayList<>(texts);
        next.replaceAll(text -> {
            State after = meant.test(text) ? change.apply(text.state()) : text.state();
            return after == text.state()
                    ? text
                    : new StoredMessage(
                            text.id(), text.account(), text.party(), text.text(), text.at(), after, text.received());
        });
        return next.equals(texts) ? this : new TextContents(next, damaged);
    }

    /**
     * Keeps the newest texts.
     *
     * @param limit maximum number
     * @param characters maximum total length
     * @param oldest older texts are dropped
     */
    TextContents boundedBy(int limit, int characters, Instant oldest) {
        List<StoredMessage> kept = new ArrayList<>(Math.min(limit, texts.size()));
        int length = 0;
        for (StoredMessage text : texts) {
            length += text.text().length();
            if (kept.size() == limit || length > characters) {
                break;
            }
            if (!text.at().isBefore(oldest)) {
                kept.add(text);
            }
        }
        return kept.size() == texts.size() ? this : new TextContents(kept, damaged);
    }

    /** Returns the conversations, that with the newest text first. */
    List<Conversation> conversations() {
        Map<String, StoredMessage> newest = new LinkedHashMap<>();
        Map<String, Integer> unread = new HashMap<>();
        for (StoredMessage text : texts) {
            newest.putIfAbsent(text.party(), text);
            if (text.state() == State.UNREAD) {
                unread.merge(text.party(), 1, Integer::sum);
            }
        }
        List<Conversation> all = new ArrayList<>(newest.size());
        newest.forEach((party, text) -> all.add(new Conversation(party, text, unread.getOrDefault(party, 0))));
        return all;
    }

    /**
     * Returns the texts of a conversation, newest first; only those older than {@code before}, if
     * it is not null.
     */
    List<StoredMessage> page(String party, @Nullable String before, int most) {
        List<StoredMessage> page = new ArrayList<>();
        boolean behind = before == null;
        for (StoredMessage text : texts) {
            if (behind && page.size() < most && text.party().equals(party)) {
                page.add(text);
            }
            behind |= text.id().equals(before);
        }
        return page;
    }

    @Override
    public String toString() {
        return "TextContents[" + texts.size() + " texts]";
    }
}
