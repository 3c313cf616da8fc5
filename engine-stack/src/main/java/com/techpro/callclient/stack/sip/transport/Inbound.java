// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.stack.net.NumericHost;
import com.techpro.callclient.stack.sip.message.InitialRequest;
import com.techpro.callclient.stack.sip.message.MessageKind;
import com.techpro.callclient.stack.sip.message.ParseOutcome;
import com.techpro.callclient.stack.sip.message.ParseOutcome.Rejected;
import com.techpro.callclient.stack.sip.message.Rejection;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipParser;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.Via;
import com.techpro.callclient.stack.sip.transport.TransportEvents.Admission;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * The road of a received message to the transaction layer (RFC 3261 §18.1.2, §18.2.1; RFC 3581 §4).
 * Each station returns what it made:
 *
 * <pre>
 * TlsStream.open    bytes -&gt; Plaintext, Opened, Ended        where encrypted
 * Framer.cut        bytes -&gt; Message, Ping, Closed, Broken   a datagram is one message
 * MessageKind.of    message -&gt; INITIAL_REQUEST, ACK_OF_REFUSAL, OTHER
 * ReceiveQueue      an initial request -&gt; serve or refuse it, once nothing else waits
 * Admission         a request to refuse -&gt; SERVE, 503, 481, IGNORE          from here: {@link #take}
 * SipParser.parse   message -&gt; Parsed, Rejected
 * stamped, isOurs   a request with its source in the topmost Via; a response to us
 * TransportEvents   a request to ServerTransactions -&gt; New, Cancelled, Ack, Absorbed
 * UasCore           to the handler of its dialog or account
 * </pre>
 */
final class Inbound {
    /** What became of a message. */
    enum Taken {
        PROCESSED,
        /** There was no time for it, and its refusal took little. */
        REFUSED,
        /** It is not SIP; a stream that it came from may be out of step. */
        NOT_SIP
    }

    /**
     * In seconds. Short, because a proxy sends nothing at all during this time (RFC 5390 §5).
     * Random, so that callers do not all come back together.
     */
    private static final int MOST_RETRY_AFTER = 5;

    private final SipParser parser = new SipParser();
    private final TransportEvents events;
    private final Outbound outbound;
    private final LongSupplier nanoTime;
    private final Random random;
    private final MessageTap tap;
    private final RejectionRateLimit budget = new RejectionRateLimit();
    private long received;
    private long misdirected;

    /**
     * @param random chooses when a refused caller may try again
     */
    Inbound(TransportEvents events, Outbound outbound, LongSupplier nanoTime, Random random, MessageTap tap) {
        this.random = random;
        this.events = events;
        this.outbound = outbound;
        this.nanoTime = nanoTime;
        this.tap = tap;
    }

    /**
     * Takes a message, and passes it up if it is one.
     *
     * @param refuse whether there is no time for it, if it is an initial request
     */
    Taken take(MessageKind kind, byte[] buffer, int offset, int length, Flow flow, boolean refuse) {
        if (kind == MessageKind.ACK_OF_REFUSAL) {
            // It belongs to no transaction.
            received++;
            tap.received(buffer, offset, length, flow);
            return Taken.PROCESSED;
        }
        if (refuse && refuseForOverload(buffer, offset, length, flow)) {
            return Taken.REFUSED;
        }
        tap.received(buffer, offset, length, flow);
        ParseOutcome outcome = parser.parse(buffer, offset, length);
        if (outcome instanceof Rejected rejected) {
            answer(rejected, flow);
            return rejected.reason() == Rejection.NOT_SIP ? Taken.NOT_SIP : Taken.PROCESSED;
        }
        SipMessage message = ((ParseOutcome.Parsed) outcome).message();
        if (message instanceof SipRequest request) {
            received++;
            events.received(stamped(request, flow), flow);
        } else if (isOurs(message, flow)) {
            received++;
            events.received(message, flow);
        } else {
            misdirected++;
        }
        return Taken.PROCESSED;
    }

    /**
     * Refuses a request outside dialogs for lack of time, with as little work as possible.
     *
     * @return false if it must be processed all the same
     */
    private boolean refuseForOverload(byte[] buffer, int offset, int length, Flow flow) {
        InitialRequest request = InitialRequest.read(buffer, offset, length);
        Admission admission = request == null ? Admission.SERVE : events.overloaded(request, flow);
        if (request == null || admission == Admission.SERVE) {
            return false;
        }
        received++;
        tap.received(buffer, offset, length, flow);
        if (admission.status() != 0) {
            int retryAfter = admission == Admission.SERVICE_UNAVAILABLE ? 1 + random.nextInt(MOST_RETRY_AFTER) : 0;
            Via top = stamped(request.topVia(), flow.remote());
            send(request.refusal(admission.status(), top, retryAfter), flow, Outbound.destination(top, flow));
        }
        return true;
    }

    /**
     * Answers a message that cannot be extracted from its stream, if the message is at fault; it is
     * never passed up.
     */
    void refuse(byte[] buffer, int offset, int length, Flow flow) {
        tap.received(buffer, offset, length, flow);
        if (parser.parse(buffer, offset, length) instanceof Rejected rejected) {
            answer(rejected, flow);
        }
    }

    private void answer(Rejected rejected, Flow flow) {
        SipResponse answer = rejected.answer();
        if (answer == null) {
            return;
        }
        boolean owed = isOwed(flow);
        events.malformed(answer, owed);
        if (owed) {
            SipResponse stamped = stamped(answer, flow);
            send(stamped.encode(), flow, Outbound.destination(stamped, flow));
        }
    }

    private void send(byte[] answer, Flow flow, InetSocketAddress to) {
        // If no datagram can hold it, the caller's timers handle it.
        var unused = outbound.send(answer, flow, to);
    }

    /** A datagram's source address may be forged; a stream's handshake has proved it. */
    private boolean isOwed(Flow flow) {
        return flow.isReliable() || budget.spend(flow.remote().getAddress(), nanoTime.getAsLong());
    }

    private static SipRequest stamped(SipRequest request, Flow flow) {
        Via via = request.topVia();
        Via stamped = stamped(via, flow.remote());
        return stamped.equals(via)
                ? request
                : request.toBuilder().replaceTopVia(stamped).build();
    }

    private static SipResponse stamped(SipResponse answer, Flow flow) {
        if (answer.vias().isEmpty()) {
            return answer;
        }
        return answer.toBuilder()
                .replaceTopVia(stamped(answer.topVia(), flow.remote()))
                .build();
    }

    /** Returns the topmost Via with the real source of the request. */
    private static Via stamped(Via via, InetSocketAddress source) {
        Via stamped = via;
        if (via.rport() >= 0) {
            stamped = stamped.withParam("rport", Integer.toString(source.getPort()));
        }
        // Replaces an existing received parameter: only this side knows the source.
        boolean told = via.received() != null || via.rport() >= 0;
        if (told || !source.getAddress().equals(NumericHost.parse(via.host()))) {
            stamped = stamped.withParam("received", NumericHost.text(source.getAddress()));
        }
        return stamped;
    }

    /** A response to us has one Via, with the sent-by of this flow. */
    private static boolean isOurs(SipMessage response, Flow flow) {
        List<Via> vias = response.vias();
        return vias.size() == 1 && flow.isSentBy(vias.get(0));
    }

    long received() {
        return received;
    }

    long misdirected() {
        return misdirected;
    }

    long withheld() {
        return budget.withheld();
    }

    Map<Rejection, Long> rejections() {
        return parser.rejections();
    }
}
