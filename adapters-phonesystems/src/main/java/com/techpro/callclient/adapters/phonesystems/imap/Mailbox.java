// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
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
 * The known part of a folder: its newest messages, down to the oldest that was fetched. It looks
 * deeper only when the caller wants more. A message's content is fetched once. Its flags are
 * fetched again only after the server hinted at a change. The holder of the box's lock owns it.
 *
 * <pre>
 * place 1 ... below | oldest ... EXISTS
 *     not fetched   |  all fetched
 * </pre>
 */
final class Mailbox {
    /** Messages in one FETCH; their answers are kept in memory until parsed. */
    private static final int WINDOW = 250;
    /** Fetches for one list, whose time is limited: the folder may hold ordinary mail only. */
    private static final int MOST_WINDOWS = 4;
    /** With this many known messages, older ones are not fetched: nobody scrolls that far. */
    private static final int MOST_KNOWN = 10_000;
    /**
     * How many messages the known part may have with new ones. Beyond that, it starts anew with the
     * newest.
     */
    private static final int MOST_GROWN = MOST_KNOWN + 2 * WINDOW * MOST_WINDOWS;
    /** The most messages that are counted without a fetch. */
    private static final int MOST_COUNTED = 1_000_000;
    /**
     * How often the folder may change during a refresh before the known state is used as it is.
     */
    private static final int MOST_UPDATES = 3;

    private static final long NOTHING = Long.MAX_VALUE;

    private static final int LONGEST_HEADER = 8_192;
    private static final String SUMMARY = "UID FLAGS INTERNALDATE BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS ("
            + Dialect.FIELDS + ")]<0." + LONGEST_HEADER + ">";
    private static final Comparator<Entry> NEWEST_FIRST = Comparator.comparing(Entry::received)
            .thenComparing(entry -> entry.uid)
            .reversed();

    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private long validity = -1;
    private boolean stale = true;
    /** Messages in the folder, by the server's count. */
    private int exists;
    /** The lowest UID from which on all messages are known; 1 for the whole folder. */
    private long oldest = NOTHING;
    /** Messages before the oldest known one. */
    private int below;
    /** Messages that were counted without a fetch. */
    private int belowTotal;

    private int belowUnheard;
    private boolean counted;

    /** A message, which may be no voicemail. */
    static final class Entry {
        final long uid;
        /** Null if it is no voicemail. */
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

    /**
     * The server has selected the folder again. The known state stays if the UIDs are still valid.
     */
    void selected(ImapConnection.Selected state) {
        if (state.validity() != validity) {
            entries.clear();
            validity = state.validity();
            oldest = NOTHING;
        }
        stale = true;
        exists = state.exists();
    }

    /** For responses while the folder is selected. Any response may hint at a change. */
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
            // A response without a UID reports another client's change.
            stale |= fetched.uid() < 0;
        } else {
            stale = true;
            if (told.keyEquals("EXISTS")) {
                exists = told.getNumber();
            } else if (told.keyEquals("EXPUNGE")) {
                exists = Math.max(0, exists - 1);
            }
        }
    }

    /**
     * Updates the known messages. Then it looks deeper until it has the wanted number, reaches the
     * folder's end, or has used its fetches; the next call continues there. The folder must be
     * selected.
     */
    void refresh(ImapConnection connection, int wanted) throws VoicemailException {
        connection.ask("NOOP");
        try {
            update(connection);
            for (int i = 0; i < MOST_WINDOWS && below > 0 && count() < wanted && all().size() < MOST_KNOWN; i++) {
                lookDeeper(connection);
                update(connection);
            }
            if (!counted) {
                countBelow(connection);
            }
        } catch (VoicemailException | RuntimeException | Error e) {
            // The known part stays, so the next attempt has less to do.
            stale = true;
            throw e;
        }
    }

    private void update(ImapConnection connection) throws VoicemailException {
        for (int i = 0; i < MOST_UPDATES && stale; i++) {
            stale = false;
            counted = false;
            if (exists - below > MOST_GROWN) {
                beginAnew();
            }
            Set<Long> there = new HashSet<>();
            List<Long> unknown = new ArrayList<>();
            if (oldest != NOTHING && exists > 0) {
                for (FetchAnswer answer : connection.fetch(oldest + ":*", "UID FLAGS")) {
                    // Every range contains the last message, even a range that begins after it (RFC
                    // 3501 §6.4.8).
                    if (answer.uid() >= oldest && there.add(answer.uid()) && !entries.containsKey(answer.uid())) {
                        unknown.add(answer.uid());
                    }
                }
                if (there.size() > MOST_GROWN) {
                    beginAnew();
                    throw new VoicemailException(Reason.PROTOCOL, "the server has more messages than it said");
                }
            }
            if (oldest != NOTHING) {
                entries.tailMap(oldest).keySet().retainAll(there);
            }
            below = oldest == 1 ? 0 : Math.max(0, exists - there.size());
            unknown.sort(Collections.reverseOrder());
            for (int from = 0; from < unknown.size(); from += WINDOW) {
                learn(connection, unknown.subList(from, Math.min(from + WINDOW, unknown.size())));
            }
        }
    }

    private void beginAnew() {
        entries.clear();
        oldest = NOTHING;
        below = exists;
    }

    private void lookDeeper(ImapConnection connection) throws VoicemailException {
        int last = below;
        int first = Math.max(1, last - WINDOW + 1);
        for (FetchAnswer answer : connection.fetchPlaces(first, last, SUMMARY)) {
            Set<String> flags = answer.flags();
            Entry known = entries.get(answer.uid());
            Entry entry = known != null || flags == null ? known : new Entry(answer.uid(), summary(answer));
            if (entry == null) {
                // Its description is unreadable, so it is not fetched again.
                entry = new Entry(answer.uid(), null);
            }
            if (flags != null) {
                entry.flags(flags);
            }
            entries.put(answer.uid(), entry);
            oldest = Math.min(oldest, answer.uid());
        }
        below = first - 1;
        counted = false;
        if (below == 0) {
            oldest = 1;
        }
    }

    /**
     * Counts the messages below. If all fetched messages are voicemail, the mailbox is the phone
     * system's own, and the messages below are voicemail too. Among ordinary mail, only a fetch
     * could tell.
     */
    private void countBelow(ImapConnection connection) throws VoicemailException {
        belowTotal = 0;
        belowUnheard = 0;
        if (below > 0
                && below <= MOST_COUNTED
                && !all().isEmpty()
                && all().stream().allMatch(entry -> entry.summary != null)) {
            belowTotal = connection.count(below, "UNDELETED");
            belowUnheard = connection.count(below, "UNDELETED UNSEEN");
        }
        counted = true;
    }

    /** Returns the number of voicemail messages, as far as they can be told from ordinary mail. */
    int total() {
        return count() + belowTotal;
    }

    int unheard() {
        int unheard = belowUnheard;
        for (Entry entry : all()) {
            unheard += entry.isMessage() && !entry.heard ? 1 : 0;
        }
        return unheard;
    }

    private int count() {
        int count = 0;
        for (Entry entry : all()) {
            count += entry.isMessage() ? 1 : 0;
        }
        return count;
    }

    /** Finds a message, also if this box never listed it; null if the server has none. */
    @Nullable
    Entry find(ImapConnection connection, long uid) throws VoicemailException {
        if (!entries.containsKey(uid)) {
            learn(connection, List.of(uid));
        }
        return entries.get(uid);
    }

    /** Fetches a message's flags again; null if it is gone. */
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
            // The message is gone or its description is unreadable, so it is not fetched again.
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

    /** Returns the callers' messages that nobody deleted, newest first, within the known part. */
    List<Entry> messages() {
        List<Entry> messages = new ArrayList<>();
        for (Entry entry : all()) {
            if (entry.isMessage()) {
                messages.add(entry);
            }
        }
        messages.sort(NEWEST_FIRST);
        return messages;
    }

    /**
     * Returns the known messages without a gap. Single messages that were found are not among them.
     */
    Collection<Entry> all() {
        return entries.tailMap(oldest).values();
    }

    /** Returns all known messages, also single ones that were found. */
    Collection<Entry> known() {
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
