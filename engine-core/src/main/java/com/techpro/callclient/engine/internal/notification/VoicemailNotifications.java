// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.notification;

import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.voicemail.VoicemailItem;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot.Availability;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is news of one user's voicemail. Two tell of it, in either order, and either may be missing: the lamp, which counts, and the list of the
 * mailbox, which names its messages. Whoever is first is believed, and the same many messages of the other are no news then. They are
 * compared by what each grew by, since many a mailbox holds copies of which the lamp knows nothing, and the two never agree in number.
 *
 * <p>Fewer messages than before are no news: the user, or another phone of theirs, dealt with some. Nor is what the mailbox held when it was read for the
 * first time: the user who logs in sees it.
 */
final class VoicemailNotifications {
    /** Messages remembered as known: twice what is listed at most. */
    private static final int MOST_SEEN = 10_000;

    private final Map<String, Boolean> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_SEEN;
        }
    };

    /** How many the lamp shines for; -1 before it told. */
    private int lit = -1;
    /** How many unheard ones are listed; -1 before the list was read. */
    private int listed = -1;
    /** How many messages the lamp told of that the list has not shown yet, and the other way round. */
    private int lampAhead;

    private int listAhead;
    /** What is older than this may come into the list because the user asked for older ones; null where all are listed. */
    private @Nullable Instant oldestKnown;

    /** What to do about the notice. */
    sealed interface Verdict {
        /** There is a new message. */
        record Tell(int count) implements Verdict {}

        /** Nothing waits any more. */
        record TakeBack() implements Verdict {}

        /** It stays as it is. */
        record Leave() implements Verdict {}
    }

    /** The lamp changed. */
    Verdict lamp(MessagesWaiting summary) {
        MessagesWaiting.Counts voice = summary.voice();
        int now = !summary.waiting() ? 0 : voice == null ? 1 : Math.max(1, voice.newMessages());
        // The first word of a lamp may already count what the list told of meanwhile.
        int before = lit >= 0 ? lit : listAhead > 0 ? Math.max(0, listed - listAhead) : 0;
        boolean first = lit < 0;
        lit = now;
        if (now <= before) {
            lampAhead = Math.min(lampAhead, now);
            return now == 0 && listAhead == 0 ? new Verdict.TakeBack() : new Verdict.Leave();
        }
        int grown = now - before;
        int known = Math.min(grown, listAhead);
        listAhead -= known;
        if (first) {
            // Before it spoke the list was read, or will be: only what it counts beyond that is still to be listed.
            lampAhead = listed < 0 ? grown : Math.max(0, now - listed);
        } else {
            lampAhead += grown - known;
        }
        return grown > known ? new Verdict.Tell(now) : new Verdict.Leave();
    }

    /** The list changed, or what is known of it. */
    Verdict list(VoicemailSnapshot now) {
        if (now.availability() != Availability.AVAILABLE) {
            return new Verdict.Leave();
        }
        int fresh = 0;
        Instant oldest = null;
        for (VoicemailItem item : now.messages()) {
            Instant received = item.message().received();
            oldest = oldest == null || received.isBefore(oldest) ? received : oldest;
            boolean unseen = seen.put(item.id(), Boolean.TRUE) == null;
            boolean young = oldestKnown == null || received.isAfter(oldestKnown);
            fresh += unseen && young && !item.message().heard() ? 1 : 0;
        }
        now.deleted().forEach(item -> seen.put(item.id(), Boolean.TRUE));
        oldestKnown = now.hasMore() ? oldest : null;
        boolean first = listed < 0;
        listed = now.unheard();
        if (first) {
            lampAhead = Math.max(0, lit - listed);
            return new Verdict.Leave();
        }
        int known = Math.min(fresh, lampAhead);
        lampAhead -= known;
        listAhead = Math.min(listAhead + fresh - known, listed);
        if (fresh > known) {
            return new Verdict.Tell(Math.max(1, listed));
        }
        return listed == 0 && lampAhead == 0 ? new Verdict.TakeBack() : new Verdict.Leave();
    }
}
