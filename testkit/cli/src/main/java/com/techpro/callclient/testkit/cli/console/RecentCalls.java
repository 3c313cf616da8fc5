// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import com.techpro.callclient.testkit.pbx.live.LiveCall;
import com.techpro.callclient.testkit.pbx.trace.Ladder;
import com.techpro.callclient.testkit.pbx.trace.MessageTrace;
import com.techpro.callclient.testkit.pbx.trace.TracedMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The newest calls in a PBX's trace, and their ladders. The two sides of a call have a Call-ID each; they are one call here once they were seen together. */
final class RecentCalls {
    private static final int MOST = 20;

    private final MessageTrace trace;
    private final Deque<Recent> calls = new ArrayDeque<>();
    private long read;

    RecentCalls(MessageTrace trace) {
        this.trace = trace;
    }

    /** A call as its messages tell of it. */
    private static final class Recent {
        private final Set<String> callIds = new HashSet<>();
        private final String id;
        private final Instant at;
        private final String from;
        private final String to;
        private int messages;
        private String last = "";
        private Instant lastAt = Instant.MIN;

        private Recent(String id, TracedMessage invite) {
            this.id = id;
            this.at = invite.at();
            this.from = user(header(invite, "From", "f"));
            this.to = user(header(invite, "To", "t"));
            callIds.add(id);
        }
    }

    /**
     * One of them as it stands.
     *
     * @param id its first Call-ID
     * @param last what the newest message says of how the call stands: a request but ACK, or what came of an INVITE
     */
    record Shown(String id, String at, String from, String to, int messages, String last) {}

    /** Reads what came since it was asked last; the sides of calls that live now belong together. */
    synchronized List<Shown> update(List<LiveCall> live) {
        List<TracedMessage> fresh = trace.since(read);
        read = trace.mark();
        fresh.forEach(this::add);
        live.forEach(
                call -> join(call.legs().stream().map(LiveCall.Side::callId).toList()));
        List<Shown> shown = new ArrayList<>();
        for (Recent call : calls) {
            shown.add(new Shown(call.id, call.at.toString(), call.from, call.to, call.messages, call.last));
        }
        return shown;
    }

    private void add(TracedMessage message) {
        String callId = callIdOf(message);
        String what = message.summary();
        Recent call = of(callId);
        if (call == null && what.equals("INVITE")) {
            call = new Recent(callId, message);
            calls.addFirst(call);
            if (calls.size() > MOST) {
                calls.removeLast();
            }
        }
        if (call != null) {
            call.messages++;
            if (tells(message)) {
                call.last = what;
                call.lastAt = message.at();
            }
        }
    }

    /** An ACK tells nothing that the response before it did not, nor does a response to a BYE. */
    private static boolean tells(TracedMessage message) {
        int status = message.status();
        if (status == 0) {
            return !message.summary().equals("ACK");
        }
        return status > 100 && message.header("CSeq").endsWith("INVITE");
    }

    private @Nullable Recent of(String callId) {
        return calls.stream()
                .filter(call -> call.callIds.contains(callId))
                .findFirst()
                .orElse(null);
    }

    /** The first of them is who calls. */
    private void join(List<String> callIds) {
        Recent first = callIds.isEmpty() ? null : of(callIds.get(0));
        for (String callId : callIds) {
            Recent other = of(callId);
            if (first != null && other != null && other != first) {
                calls.remove(other);
                first.callIds.addAll(other.callIds);
                first.messages += other.messages;
                if (other.lastAt.isAfter(first.lastAt)) {
                    first.last = other.last;
                    first.lastAt = other.lastAt;
                }
            }
        }
    }

    /** A call's ladder as a page of its own; null if it is not among these. */
    synchronized @Nullable String ladder(String id) {
        Recent call = of(id);
        if (call == null) {
            return null;
        }
        List<TracedMessage> messages = trace.messages().stream()
                .filter(message -> call.callIds.contains(callIdOf(message)))
                .toList();
        String note = messages.size() < call.messages ? "The first messages are not kept any more." : "";
        return Ladder.html(call.from + " calls " + call.to, note, messages, List.of());
    }

    private static String callIdOf(TracedMessage message) {
        return header(message, "Call-ID", "i");
    }

    private static String header(TracedMessage message, String name, String compact) {
        String value = message.header(name);
        return value.isEmpty() ? message.header(compact) : value;
    }

    /** The user of an address, for a list of calls. */
    private static String user(String address) {
        int begin = address.indexOf(':', Math.max(0, address.indexOf('<'))) + 1;
        int end = address.indexOf('@', begin);
        return end < 0 ? address : address.substring(begin, end);
    }
}
