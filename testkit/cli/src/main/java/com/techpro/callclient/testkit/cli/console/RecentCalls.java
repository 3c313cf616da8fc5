// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import com.techpro.callclient.testkit.cli.console.CallProgress.Outcome;
import com.techpro.callclient.testkit.pbx.live.LiveCall;
import com.techpro.callclient.testkit.pbx.trace.Ladder;
import com.techpro.callclient.testkit.pbx.trace.MessageTrace;
import com.techpro.callclient.testkit.pbx.trace.PcapngCapture;
import com.techpro.callclient.testkit.pbx.trace.TracedMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The newest calls in a PBX's trace, with ladders and captures. Each side of a call has its own
 * Call-ID. They form one call here if the PBX forwarded a caller's INVITE, and once they have been
 * seen together.
 */
final class RecentCalls {
    static final int MOST = 100;

    private final MessageTrace trace;
    private final Deque<Recent> calls = new ArrayDeque<>();
    private final Map<String, Recent> byCallId = new HashMap<>();
    private long read;
    private long messages;

    RecentCalls(MessageTrace trace) {
        this.trace = trace;
    }

    /** A call as its messages show it. */
    private static final class Recent {
        /**
         * By Call-ID; the first is the caller's, or that of one of the phones that the PBX itself
         * calls.
         */
        private final Map<String, CallProgress> sides = new LinkedHashMap<>();

        private final String id;
        private final Instant at;
        private final String from;
        private final String to;
        private final boolean placedByPbx;
        private int messages;
        private @Nullable LiveCall live;
        private boolean wasLive;
        /** Identifies the audio of its first phone; 0 until it is known. */
        private int leg;

        private Recent(CallMessage invite, Instant at) {
            this.id = invite.callId();
            this.at = at;
            this.from = invite.from();
            this.to = invite.to();
            this.placedByPbx = invite.fromPbx();
        }

        /** Returns the side whose messages decide the outcome. */
        private CallProgress decisive() {
            CallProgress decisive = null;
            for (CallProgress side : sides.values()) {
                if (decisive == null || (placedByPbx && side.outcome().compareTo(decisive.outcome()) > 0)) {
                    decisive = side;
                }
            }
            return decisive == null ? new CallProgress() : decisive;
        }

        private Outcome outcome() {
            Outcome told = decisive().outcome();
            LiveCall now = live;
            if (now != null) {
                // After a transfer the transferor is gone, and the call goes on.
                return now.talking() ? Outcome.ANSWERED : told == Outcome.ENDED ? Outcome.RINGING : told;
            }
            boolean open = told == Outcome.CALLING || told == Outcome.RINGING || told == Outcome.ANSWERED;
            if (!wasLive || !open) {
                return told;
            }
            return sides.values().stream().anyMatch(CallProgress::isCancelled) ? Outcome.CANCELLED : Outcome.LOST;
        }

        /**
         * Ignores callees that did not answer: a group's other phones are cancelled once one
         * answers.
         */
        private String last() {
            String last = "";
            long at = -1;
            CallProgress first = decisive();
            for (CallProgress side : sides.values()) {
                if ((side == first || side.isEstablished()) && side.lastAt() > at) {
                    last = side.last();
                    at = side.lastAt();
                }
            }
            return last;
        }
    }

    /**
     * The present state of a call.
     *
     * @param id its first Call-ID
     * @param last the newest message that tells the call's state: a request except ACK, or its
     *     outcome
     * @param status the status of its INVITE, 0 before that
     * @param transferred whether a transfer out of it succeeded
     */
    record Shown(
            String id,
            String at,
            String from,
            String to,
            int messages,
            String last,
            Outcome outcome,
            int status,
            boolean transferred) {}

    /**
     * Reads the messages since the last call, and joins the sides of live calls. Get the live calls
     * before calling this, because it reads the trace.
     */
    synchronized List<Shown> update(List<LiveCall> live) {
        List<TracedMessage> fresh;
        long mark;
        do {
            mark = trace.mark();
            fresh = trace.since(read);
        } while (trace.mark() != mark);
        read = mark;
        return update(fresh, live);
    }

    /** As {@link #update(List)}, with messages from elsewhere. */
    synchronized List<Shown> update(List<TracedMessage> fresh, List<LiveCall> live) {
        fresh.forEach(this::add);
        calls.forEach(call -> call.live = null);
        live.forEach(this::join);
        List<Shown> shown = new ArrayList<>();
        for (Recent call : calls) {
            shown.add(new Shown(
                    call.id,
                    call.at.toString(),
                    call.from,
                    call.to,
                    call.messages,
                    call.last(),
                    call.outcome(),
                    call.decisive().status(),
                    call.sides.values().stream().anyMatch(CallProgress::isTransferred)));
        }
        return shown;
    }

    private void add(TracedMessage traced) {
        CallMessage message = CallMessage.of(traced);
        Recent call = byCallId.get(message.callId());
        if (call == null && message.text().equals("INVITE") && !message.inDialog()) {
            call = passedOn(message);
            if (call == null) {
                call = new Recent(message, traced.at());
                calls.addFirst(call);
            }
            call.sides.put(message.callId(), new CallProgress());
            byCallId.put(message.callId(), call);
            if (calls.size() > MOST) {
                calls.removeLast().sides.keySet().forEach(byCallId::remove);
            }
        }
        if (call != null) {
            CallProgress side = call.sides.get(message.callId());
            if (side != null) {
                side.add(message, messages++);
            }
            call.messages++;
        }
    }

    /**
     * Returns the call that an INVITE of the PBX continues: that caller's newest unanswered one;
     * null if there is none.
     */
    private @Nullable Recent passedOn(CallMessage invite) {
        return calls.stream()
                .filter(call -> invite.fromPbx() && !call.placedByPbx && call.from.equals(invite.from()))
                .filter(call -> call.decisive().outcome() == Outcome.CALLING
                        || call.decisive().outcome() == Outcome.RINGING)
                .findFirst()
                .orElse(null);
    }

    /** The first of its legs is the caller. */
    private void join(LiveCall live) {
        Recent first = live.legs().stream()
                .map(leg -> byCallId.get(leg.callId()))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(null);
        if (first == null) {
            return;
        }
        first.live = live;
        first.wasLive = true;
        first.leg = first.leg == 0 ? live.legs().get(0).leg() : first.leg;
        for (LiveCall.Side leg : live.legs()) {
            Recent other = byCallId.get(leg.callId());
            if (other != null && other != first) {
                calls.remove(other);
                first.sides.putAll(other.sides);
                other.sides.keySet().forEach(callId -> byCallId.put(callId, first));
                first.messages += other.messages;
            }
        }
    }

    /** Returns a call's ladder as a page of its own; null if the call is unknown. */
    synchronized @Nullable String ladder(String id) {
        Recent call = byCallId.get(id);
        if (call == null) {
            return null;
        }
        List<TracedMessage> kept = kept(call);
        String note = kept.size() < call.messages ? "The first messages were not kept." : "";
        return Ladder.html(call.from + " calls " + call.to, note, kept, List.of());
    }

    /** Returns a call's messages for Wireshark, without secrets; null if the call is unknown. */
    synchronized byte @Nullable [] capture(String id) {
        Recent call = byCallId.get(id);
        return call == null ? null : PcapngCapture.redacted(kept(call));
    }

    /**
     * Returns the number that identifies the audio of a call's first phone.
     *
     * @return 0 if it is not known; empty if the call is unknown
     */
    synchronized OptionalInt leg(String id) {
        Recent call = byCallId.get(id);
        return call == null ? OptionalInt.empty() : OptionalInt.of(call.leg);
    }

    /** Returns all messages that the PBX keeps, as {@link #capture(String)}. */
    byte[] capture() {
        return PcapngCapture.redacted(trace.messages());
    }

    private List<TracedMessage> kept(Recent call) {
        return trace.messages().stream()
                .filter(message ->
                        call.sides.containsKey(CallMessage.of(message).callId()))
                .toList();
    }
}
