// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.request;

import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.Via;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.ports.phonesystem.SipTransport;
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

/** Requests from phones, the newest of them, each once. Written on the signalling loop, read from any thread; never waits. */
public final class RequestJournal {
    private final int most;
    private final Deque<Entry> kept = new ArrayDeque<>();
    /** Those of the kept that nobody has taken. */
    private final Deque<Entry> untaken = new ArrayDeque<>();
    /** What tells a request from its repetitions, of the newest so many. */
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

    /** A request as tests look at it. */
    public static RecordedRequest view(
            SipRequest request, Instant now, SipTransport transport, InetSocketAddress source) {
        return new RecordedRequest(request, now, transport, source);
    }

    /**
     * Keeps a request, unless it is a repetition of one that came before.
     *
     * @return what it looks like, kept or not
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

    /** Those that are kept, oldest first. */
    public synchronized List<RecordedRequest> all() {
        return kept.stream().map(Entry::request).toList();
    }

    /** What {@link #from} and {@link #take(String, String, long)} are given for those that come from now on. */
    public synchronized long mark() {
        return count;
    }

    /** Those with that user in From that came since a mark. */
    public synchronized List<RecordedRequest> from(String user, long since) {
        return kept.stream()
                .filter(entry -> entry.isFrom(user, since))
                .map(Entry::request)
                .toList();
    }

    /** Those of one method. */
    public List<RecordedRequest> of(String method) {
        return all().stream().filter(request -> request.method().equals(method)).toList();
    }

    /** The oldest that was not taken yet, which is taken with that; null if there is none. */
    public @Nullable RecordedRequest take(@Nullable String method) {
        return take(entry -> method == null || entry.request.method().equals(method));
    }

    /** As {@link #take(String)}, of those with that user in From that came since a mark. */
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

    /** How many had to make room for others. */
    public synchronized long dropped() {
        return dropped;
    }

    /** Forgets those that are kept. A repetition of one of them is still one. */
    public synchronized void forget() {
        kept.clear();
        untaken.clear();
    }

    /** As {@link #forget}, and {@link #dropped} counts from 0 again. */
    public synchronized void reset() {
        forget();
        dropped = 0;
    }

    /** What was received, a line each, for the message of an assertion. */
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

    /** RFC 3261 §17.2.3, and what tells requests of older phones apart. */
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
