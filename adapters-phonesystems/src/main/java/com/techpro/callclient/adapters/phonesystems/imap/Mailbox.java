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
 * What has been seen of a folder: its newest messages, down to the oldest that was looked at, and deeper only when more are wanted than these
 * are. What a message is, is fetched once; its flags are fetched again only after the server has hinted that something is not as it was. Belongs
 * to whoever holds the box's lock.
 *
 * <pre>
 * place 1 ... below | oldest ... EXISTS
 *   not looked at   |  looked at, all of it
 * </pre>
 */
final class Mailbox {
    /** Messages in one fetch; their answers are held until they have been read. */
    private static final int WINDOW = 250;
    /** Fetches for one list: ordinary mail may be all that there is, and a list has its time. */
    private static final int MOST_WINDOWS = 4;
    /** Messages of which anything is remembered; more are not looked at, and nobody scrolls as far. */
    private static final int MOST_KNOWN = 10_000;
    /** How many more may have come until it is begun anew, with the newest alone. */
    private static final int MOST_GROWN = MOST_KNOWN + 2 * WINDOW * MOST_WINDOWS;
    /** Messages that are counted without having been looked at. */
    private static final int MOST_COUNTED = 1_000_000;
    /** How often a folder may change while it is looked at, before what is known is taken for what is there. */
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
    /** Messages in the folder, as the server counts them. */
    private int exists;
    /** The lowest UID from which on all is known; 1 if that is the whole folder. */
    private long oldest = NOTHING;
    /** Messages in front of the oldest. */
    private int below;
    /** What is counted without having been looked at. */
    private int belowTotal;

    private int belowUnheard;
    private boolean counted;

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
            oldest = NOTHING;
        }
        stale = true;
        exists = state.exists();
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
            if (told.keyEquals("EXISTS")) {
                exists = told.getNumber();
            } else if (told.keyEquals("EXPUNGE")) {
                exists = Math.max(0, exists - 1);
            }
        }
    }

    /**
     * Brings what is known up to date, and looks deeper until there are as many messages as wanted, the folder ends, or it has been enough for
     * one time: then the next call goes on from there. The folder is selected.
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
            // What has been learnt stays, so that the next attempt has less to do.
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
                    // The last message is in every range, also in one that begins behind it (RFC 3501 §6.4.8).
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
                // Described in a way that nobody can read: not asked for again.
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
     * Where everything that was looked at is voicemail, the mailbox is the phone system's own, and what lies below is voicemail too. Among
     * ordinary mail nobody can know without looking.
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

    /** Messages, as far as they can be told from ordinary mail. */
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

    /** What callers left and nobody deleted, the newest first, as far as the folder was looked through. */
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

    /** All that is known without a hole; one that was only found stands alone, and is not in it. */
    Collection<Entry> all() {
        return entries.tailMap(oldest).values();
    }

    /** Also what was only found. */
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
