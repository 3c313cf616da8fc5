// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.InitialRequest;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.Via;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.TransportEvents.Admission;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The open server transactions, found by branch, sent-by and method (RFC 3261 §17.2.3). */
final class ServerTransactions {
    /**
     * Above this, new requests get 503; requests in dialogs above twice as many. Limits the memory
     * that a flood can take.
     */
    private static final int MAX_OPEN = 200_000;

    /**
     * If a request has no unique branch, as RFC 2543 allowed, other fields that identify it replace
     * the branch. The sender chooses it: keys are ordered, so that a map also finds one among many
     * that have the same hash.
     */
    record Key(String branch, String host, int port, String method) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::branch)
                .thenComparing(Key::host)
                .thenComparing(Key::port)
                .thenComparing(Key::method);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }

        static Key of(SipRequest request, String method) {
            Via via = request.topVia();
            String branch = via.branch();
            if (branch == null || !via.hasUniqueBranch()) {
                branch = request.callId()
                        + ' '
                        + request.from().tag()
                        + ' '
                        + request.cseq().number()
                        + ' '
                        + request.requestUri().encode()
                        + ' '
                        + branch;
            }
            return new Key(branch, via.host(), via.port(), method);
        }
    }

    /**
     * Fields that are equal when one request arrives over two paths (§8.2.2.2). Only the recipient
     * has no order: the sender cannot choose among many.
     */
    record MergeKey(
            String callId,
            @Nullable String fromTag,
            long cseq,
            String method,
            @Nullable Object recipient) implements Comparable<MergeKey> {
        private static final Comparator<MergeKey> ORDER = Comparator.comparing(MergeKey::callId)
                .thenComparing(MergeKey::fromTag, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(MergeKey::cseq)
                .thenComparing(MergeKey::method);

        @Override
        public int compareTo(MergeKey other) {
            return ORDER.compare(this, other);
        }
    }

    /** A transaction in the table. After a final response, it no longer holds the request. */
    private final class Open {
        private final MessageSender wire;
        private final String localTag;
        private @Nullable ServerMachine machine;
        private @Nullable ServerTransactionHandle handle;

        private Open(ServerTransactionHandle handle) {
            this.wire = new MessageSender(transport, handle.flow());
            this.localTag = handle.localTag();
            this.handle = handle;
        }

        private void transportFailed() {
            ServerTransactionHandle unanswered = handle;
            if (machine != null && machine.transportFailed() && unanswered != null) {
                unanswered.lost();
                user.lost(unanswered);
            }
        }
    }

    private final EngineLoop loop;
    private final Timers timers;
    private final Random random;
    private final TransportLayer transport;
    private final TransactionUser user;
    private final Map<Key, Open> open = new HashMap<>();
    private final Map<MergeKey, Key> mergeable = new HashMap<>();
    private final Map<Retransmit2xx.Key, Retransmit2xx> unacknowledged = new HashMap<>();
    private long strayAcks;
    private long merged;
    private long overload;

    ServerTransactions(EngineLoop loop, Timers timers, Random random, TransportLayer transport, TransactionUser user) {
        this.loop = loop;
        this.timers = timers;
        this.random = random;
        this.transport = transport;
        this.user = user;
    }

    Received received(SipRequest request, Flow flow) {
        if (request.isMethod("ACK")) {
            Open invite = open.get(Key.of(request, "INVITE"));
            if (invite == null || invite.machine == null) {
                return acknowledged(request, flow);
            }
            return invite.machine.received(request) ? acknowledged(request, invite.wire.flow()) : Received.ABSORBED;
        }
        Key key = Key.of(request, request.method());
        Open known = open.get(key);
        if (known != null) {
            if (known.machine != null) {
                known.machine.received(request); // a retransmission
            }
        } else if (open.size() >= (request.to().tag() == null ? MAX_OPEN : 2 * MAX_OPEN)) {
            overload++;
            user.requestRefused(request, RefusalReason.OVERLOAD, 503);
            transport.send(SipResponse.respondTo(request, 503).toTag(newTag()).build(), flow);
        } else if (isExpected(request, flow) || user.admits(request, flow)) {
            return begin(key, request, flow);
        }
        return Received.ABSORBED;
    }

    /** Returns whether this is a CANCEL on the flow of its INVITE. */
    private boolean isExpected(SipRequest request, Flow flow) {
        Open invite = request.isMethod("CANCEL") ? open.get(Key.of(request, "INVITE")) : null;
        return invite != null && invite.wire.flow() == flow;
    }

    /**
     * The engine is too busy for a request outside dialogs, unless it is a retransmission or
     * cancels a ringing call.
     */
    Admission overloaded(InitialRequest request, Flow flow) {
        Via via = request.topVia();
        String branch = via.branch();
        String method = request.isMethod("CANCEL") ? "INVITE" : request.method();
        if (branch == null
                || !via.hasUniqueBranch()
                || open.containsKey(new Key(branch, via.host(), via.port(), method))) {
            return Admission.SERVE;
        }
        Admission admission = user.overloaded(request, flow);
        if (admission == Admission.SERVICE_UNAVAILABLE) {
            overload++;
        }
        return admission;
    }

    private Received begin(Key key, SipRequest request, Flow flow) {
        MergeKey mergeKey = request.to().tag() != null || request.isMethod("CANCEL")
                ? null
                : new MergeKey(
                        request.callId(),
                        request.from().tag(),
                        request.cseq().number(),
                        request.method(),
                        user.recipient(request, flow));
        ServerTransactionHandle handle = new ServerTransactionHandle(request, flow, this);
        Open entry = new Open(handle);
        Transaction.Surroundings surroundings = new Transaction.Surroundings(loop, timers, entry.wire, () -> {
            open.remove(key);
            if (mergeKey != null) {
                mergeable.remove(mergeKey, key);
            }
        });
        boolean merges = mergeKey != null && mergeable.putIfAbsent(mergeKey, key) != null;
        open.put(key, entry);
        if (request.isMethod("INVITE")) {
            InviteServerTransaction machine = new InviteServerTransaction(request, surroundings);
            entry.machine = machine;
            machine.start();
        } else {
            entry.machine = new ServerTransaction(surroundings);
        }
        if (merges) {
            merged++;
            user.requestRefused(request, RefusalReason.LOOP_DETECTED, 482);
            handle.respond(482);
            return Received.ABSORBED;
        }
        return request.isMethod("CANCEL") ? cancelled(handle) : new Received.New(handle);
    }

    /** §9.2. The 200 has the To tag of the INVITE's responses, even if the INVITE was answered. */
    private Received cancelled(ServerTransactionHandle cancel) {
        Open invite = open.get(Key.of(cancel.request(), "INVITE"));
        if (invite == null) {
            cancel.respond(481);
            return Received.ABSORBED;
        }
        ServerTransactionHandle unanswered = invite.handle;
        cancel.respond(cancel.response(200).toTag(invite.localTag).build());
        return unanswered == null ? Received.ABSORBED : new Received.Cancelled(unanswered);
    }

    void respond(ServerTransactionHandle transaction, SipResponse response) {
        loop.assertOnLoop();
        SipRequest request = transaction.request();
        Open entry = open.get(Key.of(request, request.method()));
        if (entry == null || entry.handle != transaction || entry.machine == null) {
            return; // the flow was lost meanwhile
        }
        if (response.isFinal()) {
            entry.handle = null;
            if (response.isSuccess() && request.isMethod("INVITE")) {
                awaitAck(transaction, response, entry.wire);
            }
        }
        entry.machine.respond(response);
    }

    void move(ServerTransactionHandle transaction, Flow flow) {
        loop.assertOnLoop();
        SipRequest request = transaction.request();
        Open entry = open.get(Key.of(request, request.method()));
        if (entry != null) {
            entry.wire.moveTo(flow);
            if (entry.machine instanceof InviteServerTransaction invite) {
                invite.moved();
            }
        }
    }

    private void awaitAck(ServerTransactionHandle invite, SipResponse success, MessageSender wire) {
        String tag = success.to().tag();
        Retransmit2xx.Key key =
                new Retransmit2xx.Key(success.callId(), success.cseq().number(), tag == null ? "" : tag);
        Retransmit2xx repetition = new Retransmit2xx(loop, timers, wire, success, () -> {
            unacknowledged.remove(key);
            user.ackTimedOut(invite);
        });
        Retransmit2xx before = unacknowledged.put(key, repetition);
        if (before != null) {
            before.stop();
        }
    }

    private Received acknowledged(SipRequest ack, Flow flow) {
        String tag = ack.to().tag();
        Retransmit2xx.Key key = new Retransmit2xx.Key(ack.callId(), ack.cseq().number(), tag == null ? "" : tag);
        Retransmit2xx acknowledged = unacknowledged.get(key);
        if (acknowledged == null) {
            strayAcks++;
        } else if (user.admits(ack, flow)) {
            unacknowledged.remove(key);
            acknowledged.stop();
            return Received.ACK;
        }
        return Received.ABSORBED;
    }

    /** Drops all transactions without notifying their users. */
    void close() {
        open.values().forEach(entry -> {
            if (entry.machine != null) {
                entry.machine.stopTimers();
            }
        });
        open.clear();
        mergeable.clear();
        unacknowledged.values().forEach(Retransmit2xx::stop);
        unacknowledged.clear();
    }

    void flowClosed(Flow flow) {
        for (Open entry : new ArrayList<>(open.values())) {
            if (entry.wire.flow() == flow) {
                entry.transportFailed();
            }
        }
    }

    String newTag() {
        return Long.toHexString(random.nextLong() | Long.MIN_VALUE);
    }

    int size() {
        return open.size();
    }

    int unacknowledged() {
        return unacknowledged.size();
    }

    long strayAcks() {
        return strayAcks;
    }

    long merged() {
        return merged;
    }

    long overload() {
        return overload;
    }
}
