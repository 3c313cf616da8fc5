// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.imap;

import com.techpro.callclient.ports.voicemail.VoicemailException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.jspecify.annotations.Nullable;

/**
 * What has been seen of a folder. What a message is, is fetched once; its flags are fetched again only after the server has hinted that
 * something is not as it was. Belongs to whoever holds the box's lock.
 */
final class Mailbox {
    /** Messages in one fetch; their answers are held until they have been read. */
    private static final int WINDOW = 250;

    private static final int LONGEST_HEADER = 8_192;
    private static final String SUMMARY = "UID FLAGS INTERNALDATE BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS ("
            + Dialect.FIELDS + ")]<0." + LONGEST_HEADER + ">";
    private static final Comparator<Entry> NEWEST_FIRST = Comparator.comparing(Entry::received)
            .thenComparing(entry -> entry.uid)
            .reversed();

    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private long validity = -1;
    private boolean stale = true;
    private boolean empty;

    /** A message, voicemail or not. */
    static final class Entry {
        final long uid;
        /** Null for what is no voicemail. */
        final @Nullable Summary summary;

        boolean heard;
        boolean deleted;
        boolean wordsFetched;

        @Nullable
        String words;

        Entry(long uid, @Nullable Summary summary) {
            this.uid = uid;
            this.summary = summary;
        }

        Instant received() {
            return summary == null ? Instant.EPOCH : summary.received();
        }

        boolean isMessage() {
            return summary != null && summary.greeting() == null && !deleted;
        }

        void flags(Set<String> flags) {
            heard = flags.contains("\\seen");
            deleted = flags.contains("\\deleted");
        }
    }

    long validity() {
        return validity;
    }

    /** The server has opened it anew: what is remembered holds only if the numbers mean the same. */
    void selected(ImapConnection.Selected state) {
        if (state.validity() != validity) {
            entries.clear();
            validity = state.validity();
        }
        stale = true;
        empty = state.exists() == 0;
    }

    /** While it is the selected folder: hints of changes come with any answer. */
    void observe(Response response) {
        if (!(response instanceof IMAPResponse told) || !ImapConnection.isNews(told)) {
            return;
        }
        if (told instanceof FetchAnswer fetched) {
            Set<String> flags = fetched.flags();
            Entry entry = entries.get(fetched.uid());
            if (entry != null && flags != null) {
                entry.flags(flags);
            }
            // Numbered by its place alone it is news of somebody else's doing.
            stale |= fetched.uid() < 0;
        } else {
            stale = true;
            empty = told.keyEquals("EXISTS") && told.getNumber() == 0;
        }
    }

    /** Brings it up to date. The folder is selected. */
    void refresh(ImapConnection connection) throws VoicemailException {
        connection.ask("NOOP");
        if (!stale) {
            return;
        }
        stale = false;
        List<Long> unknown = new ArrayList<>();
        Set<Long> there = new HashSet<>();
        try {
            for (FetchAnswer answer : empty ? List.<FetchAnswer>of() : connection.fetch("1:*", "UID FLAGS")) {
                if (there.add(answer.uid()) && !entries.containsKey(answer.uid())) {
                    unknown.add(answer.uid());
                }
            }
            entries.keySet().retainAll(there);
            unknown.sort(Collections.reverseOrder());
            for (int from = 0; from < unknown.size(); from += WINDOW) {
                learn(connection, unknown.subList(from, Math.min(from + WINDOW, unknown.size())));
            }
        } catch (VoicemailException e) {
            // What has been learnt stays, so that the next attempt has less to do.
            stale = true;
            throw e;
        }
    }

    /** A message that may never have been listed by this box; null if the server has none. */
    @Nullable
    Entry find(ImapConnection connection, long uid) throws VoicemailException {
        if (!entries.containsKey(uid)) {
            learn(connection, List.of(uid));
        }
        return entries.get(uid);
    }

    /** Asks for a message's flags again; null if it is not there any more. */
    @Nullable
    Entry confirm(ImapConnection connection, long uid) throws VoicemailException {
        for (FetchAnswer answer : connection.fetch(Long.toString(uid), "UID FLAGS")) {
            if (answer.uid() == uid) {
                return entries.get(uid);
            }
        }
        entries.remove(uid);
        return null;
    }

    private void learn(ImapConnection connection, List<Long> uids) throws VoicemailException {
        Set<Long> missing = new HashSet<>(uids);
        for (FetchAnswer answer : connection.fetch(UidSet.of(uids), SUMMARY)) {
            Set<String> flags = answer.flags();
            if (flags != null && missing.remove(answer.uid())) {
                Entry entry = new Entry(answer.uid(), summary(answer));
                entry.flags(flags);
                entries.put(answer.uid(), entry);
            }
        }
        if (uids.size() > 1) {
            // Gone meanwhile, or described in a way that nobody can read: not asked for again.
            missing.forEach(uid -> entries.put(uid, new Entry(uid, null)));
        }
    }

    static @Nullable Summary summary(FetchAnswer answer) throws VoicemailException {
        List<MimePart> parts = answer.parts();
        byte[] header = answer.body();
        if (parts == null || header == null) {
            return null;
        }
        HeaderBlock headers = HeaderBlock.parse(ImapConnection.atMost(LONGEST_HEADER, header));
        return Dialect.summary(headers, parts, answer.arrived());
    }

    /** What callers left and nobody deleted, the newest first. */
    List<Entry> messages() {
        List<Entry> messages = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (entry.isMessage()) {
                messages.add(entry);
            }
        }
        messages.sort(NEWEST_FIRST);
        return messages;
    }

    Collection<Entry> all() {
        return entries.values();
    }

    void forget(Collection<Long> uids) {
        entries.keySet().removeAll(uids);
    }

    @Override
    public String toString() {
        return "Mailbox[" + entries.size() + "]";
    }
}
