// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail;

import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import com.techpro.callclient.ports.voicemail.VoicemailPage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The known contents of a mailbox, and how operations change them. Immutable.
 *
 * @param messages newest first, as far as they were read
 * @param deleted here, and not purged yet
 */
record MailboxContents(List<VoicemailMessage> messages, List<VoicemailMessage> deleted, int total, int unheard) {
    static final MailboxContents EMPTY = new MailboxContents(List.of(), List.of(), 0, 0);

    private static final Comparator<VoicemailMessage> NEWEST_FIRST =
            Comparator.comparing(VoicemailMessage::received).reversed();

    MailboxContents {
        messages = List.copyOf(messages);
        deleted = List.copyOf(deleted);
    }

    /** Applies a new reading. A message that another client restored is no longer deleted. */
    MailboxContents read(VoicemailPage page) {
        Set<String> there = new HashSet<>();
        page.messages().forEach(message -> there.add(message.id()));
        List<VoicemailMessage> gone = new ArrayList<>(deleted);
        gone.removeIf(message -> there.contains(message.id()));
        return new MailboxContents(page.messages(), gone, page.total(), page.unheard());
    }

    MailboxContents heard(String id, boolean heard) {
        VoicemailMessage message = find(messages, id);
        if (message == null || message.heard() == heard) {
            return this;
        }
        List<VoicemailMessage> marked = new ArrayList<>(messages);
        marked.set(messages.indexOf(message), marked(message, heard));
        return new MailboxContents(marked, deleted, total, Math.max(0, unheard + (heard ? -1 : 1)));
    }

    /** @param forGood whether it cannot be restored */
    MailboxContents without(String id, boolean forGood) {
        VoicemailMessage message = find(messages, id);
        if (message == null) {
            return this;
        }
        List<VoicemailMessage> left = new ArrayList<>(messages);
        left.remove(message);
        List<VoicemailMessage> gone = new ArrayList<>(deleted);
        if (!forGood) {
            gone.add(message);
        }
        return new MailboxContents(left, gone, Math.max(0, total - 1), unheard - (message.heard() ? 0 : 1));
    }

    MailboxContents with(String id) {
        VoicemailMessage message = find(deleted, id);
        if (message == null) {
            return this;
        }
        List<VoicemailMessage> all = new ArrayList<>(messages);
        all.add(message);
        all.sort(NEWEST_FIRST);
        List<VoicemailMessage> gone = new ArrayList<>(deleted);
        gone.remove(message);
        return new MailboxContents(all, gone, total + 1, unheard + (message.heard() ? 0 : 1));
    }

    MailboxContents purged() {
        return new MailboxContents(messages, List.of(), total, unheard);
    }

    private static @Nullable VoicemailMessage find(List<VoicemailMessage> messages, String id) {
        for (VoicemailMessage message : messages) {
            if (message.id().equals(id)) {
                return message;
            }
        }
        return null;
    }

    private static VoicemailMessage marked(VoicemailMessage message, boolean heard) {
        return new VoicemailMessage(
                message.id(),
                message.callerNumber(),
                message.callerName(),
                message.received(),
                message.duration(),
                heard,
                message.urgent(),
                message.size(),
                message.transcription());
    }

    @Override
    public String toString() {
        return "MailboxContents[" + total + "]";
    }
}
