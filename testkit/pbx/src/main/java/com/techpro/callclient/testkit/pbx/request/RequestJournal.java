// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.request;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.Via;
import com.techpro.callclient.stack.sip.transport.Flow;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The newest requests from phones, each once. Written on the signalling loop, readable from any
 * thread; never waits.
 */
public final class RequestJournal {
    private final int most;
    private final Deque<Entry> kept = new ArrayDeque<>();
    /** Kept requests that have not been taken. */
    private final Deque<Entry> untaken = new ArrayDeque<>();
    /** Identifies retransmissions of the newest requests. */
    private final Set<String> seen = new LinkedHashSet<>();

    private long dropped;
    private long count;

    private record Entry(long number, RecordedRequest request) {
        boolean isFrom(String user, long since) {
            return number >= since && request.fromUser().equals(user);
        }
    }

    /** @param most how many are kept */
    public RequestJournal(int most) {
        this.most = most;
    }

    /** Creates the view of a request for tests. */
    public static RecordedRequest view(
            SipRequest request, Instant now, SipTransport transport, InetSocketAddress source) {
        return new RecordedRequest(request, now, transport, source);
    }

    /**
     * Adds a request unless it is a retransmission.
     *
     * @return its view, kept or not
     */
    public RecordedRequest add(SipRequest request, Instant now, Flow flow) {
        RecordedRequest view = view(request, now, flow.transport(), flow.remote());
        keep(view, identityOf(request));
        return view;
    }

    private synchronized void keep(RecordedRequest recorded, String identity) {
        if (most == 0 || !seen.add(identity)) {
            return;
        }
        if (seen.size() > most) {
            removeFirst(seen.iterator());
        }
        if (kept.size() == most) {
            long oldest = kept.removeFirst().number;
            dropped++;
            Entry next = untaken.peekFirst();
            if (next != null && next.number == oldest) {
                untaken.removeFirst();
            }
        }
        Entry entry = new Entry(count++, recorded);
        kept.addLast(entry);
        untaken.addLast(entry);
    }

    /** Returns the kept requests, oldest first. */
    public synchronized List<RecordedRequest> all() {
        return kept.stream().map(Entry::request).toList();
    }

    /**
     * Returns a mark for {@link #from} and {@link #take(String, String, long)}, which select
     * requests after it.
     */
    public synchronized long mark() {
        return count;
    }

    /** Returns requests with that user in From that arrived since a mark. */
    public synchronized List<RecordedRequest> from(String user, long since) {
        return kept.stream()
                .filter(entry -> entry.isFrom(user, since))
                .map(Entry::request)
                .toList();
    }

    /** Returns the requests of one method. */
    public List<RecordedRequest> of(String method) {
        return all().stream().filter(request -> request.method().equals(method)).toList();
    }

    /** Takes the oldest request not taken yet; null if there is none. */
    public @Nullable RecordedRequest take(@Nullable String method) {
        return take(entry -> method == null || entry.request.method().equals(method));
    }

    /** As {@link #take(String)}, for requests with that user in From that arrived since a mark. */
    public @Nullable RecordedRequest take(@Nullable String method, String user, long since) {
        return take(entry -> entry.isFrom(user, since)
                && (method == null || entry.request.method().equals(method)));
    }

    private synchronized @Nullable RecordedRequest take(Predicate<Entry> wanted) {
        for (Iterator<Entry> each = untaken.iterator(); each.hasNext(); ) {
            Entry entry = each.next();
            if (wanted.test(entry)) {
                each.remove();
                return entry.request;
            }
        }
        return null;
    }

    /** Returns how many requests were discarded because the limit was reached. */
    public synchronized long dropped() {
        return dropped;
    }

    /** Forgets the kept requests. Their retransmissions are still recognised. */
    public synchronized void forget() {
        kept.clear();
        untaken.clear();
    }

    /** As {@link #forget}, and sets {@link #dropped} to 0. */
    public synchronized void reset() {
        forget();
        dropped = 0;
    }

    /** Lists the requests, one a line, for an assertion message. */
    public static String describe(List<RecordedRequest> requests) {
        if (requests.isEmpty()) {
            return "nothing";
        }
        List<String> lines = new ArrayList<>();
        for (RecordedRequest request : requests) {
            lines.add("  " + request);
        }
        return "\n" + String.join("\n", lines);
    }

    /** RFC 3261 §17.2.3, with a fallback for older phones. */
    private static String identityOf(SipRequest request) {
        Via via = request.topVia();
        return String.join(
                "\n",
                request.method(),
                String.valueOf(via.branch()),
                via.host() + ":" + via.port(),
                request.callId(),
                request.cseq().encode());
    }

    private static void removeFirst(Iterator<String> oldest) {
        oldest.next();
        oldest.remove();
    }
}
