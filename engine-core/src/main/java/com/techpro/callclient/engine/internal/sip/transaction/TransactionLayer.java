// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transaction;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.message.InitialRequest;
import com.techpro.callclient.engine.internal.sip.message.SipMessage;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.Via;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.engine.internal.sip.transport.TransportEvents;
import com.techpro.callclient.engine.internal.sip.transport.TransportLayer;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Matches messages to transactions (RFC 3261 §17.1.3, §17.2.3) and hands the rest to the {@link TransactionUser}. It absorbs what
 * is repeated, answers CANCEL, and acknowledges failures by itself. Owned by the loop.
 */
public final class TransactionLayer {
    private final EngineLoop loop;
    private final TransportLayer transport;
    private final ClientTransactions clients;
    private final ServerTransactions servers;
    private final TransactionUser user;

    /**
     * Makes the layer together with the transport below it, which reports to it.
     *
     * @param random branches and tags come from here
     */
    public TransactionLayer(
            EngineLoop loop,
            Timers timers,
            Random random,
            TransactionUser user,
            Function<TransportEvents, TransportLayer> transport) {
        this.loop = loop;
        this.user = user;
        this.transport = transport.apply(new Events());
        this.clients = new ClientTransactions(loop, timers, random, this.transport);
        this.servers = new ServerTransactions(loop, timers, random, this.transport, user);
    }

    public TransportLayer transport() {
        return transport;
    }

    /** Sends a request, other than ACK, in a transaction of its own; the Via is added here. */
    public ClientTransactionHandle send(SipRequest request, Flow flow, ClientListener listener) {
        loop.assertOnLoop();
        return clients.send(request.toBuilder(), flow, listener);
    }

    /** As {@link #send(SipRequest, Flow, ClientListener)}, without building the message twice. */
    public ClientTransactionHandle send(SipRequest.Builder request, Flow flow, ClientListener listener) {
        loop.assertOnLoop();
        return clients.send(request, flow, listener);
    }

    /** Gives up an INVITE; see {@link #cancel(ClientTransactionHandle, String)}. */
    public void cancel(ClientTransactionHandle invite) {
        cancel(invite, null);
    }

    /**
     * Gives up an INVITE (RFC 3261 §9.1): the CANCEL goes out now, or after the first provisional response; if there is a final
     * one, not at all. What becomes of the INVITE is reported to its listener as always.
     *
     * @param reason the value of a Reason header (RFC 3326), or null
     */
    public void cancel(ClientTransactionHandle invite, @Nullable String reason) {
        loop.assertOnLoop();
        clients.cancel(invite, reason);
    }

    /**
     * Gives up an INVITE that went out on a flow that is gone, so that nobody goes on ringing for it: servers know it by its branch and not by
     * where the CANCEL comes from (RFC 3261 §9.2, §17.2.3).
     */
    public void cancelLost(SipRequest invite, Flow flow) {
        loop.assertOnLoop();
        clients.cancelLost(invite, flow);
    }

    /**
     * Sends the ACK of a 2xx, which is no transaction.
     *
     * @param ack without Via; or one that this method returned, to be sent again
     * @return as sent
     */
    public SipRequest sendAck(SipRequest ack, Flow flow) {
        loop.assertOnLoop();
        SipRequest sent =
                ack.vias().isEmpty() ? ack.toBuilder().via(clients.newVia(flow)).build() : ack;
        transport.send(sent, flow);
        return sent;
    }

    /**
     * Closes the transport, and forgets the transactions that wait for nothing but repetitions: with them go the numbers and names in their
     * messages.
     */
    public void close() {
        loop.assertOnLoop();
        transport.close();
        clients.close();
        servers.close();
    }

    /** A fresh tag: 64 random bits (RFC 3261 §19.3 asks for 32). */
    public String newTag() {
        return servers.newTag();
    }

    /** Transactions not terminated, and 2xx not acknowledged. */
    public int activeTransactions() {
        return counters().active();
    }

    public TransactionCounters counters() {
        return new TransactionCounters(
                clients.size(),
                servers.size(),
                servers.unacknowledged(),
                servers.strayAcks(),
                clients.strayResponses(),
                servers.merged(),
                servers.overload());
    }

    /** What comes from below. */
    private final class Events implements TransportEvents {
        @Override
        public void received(SipMessage message, Flow flow) {
            if (message instanceof SipRequest request) {
                servers.received(request, flow);
            } else if (message instanceof SipResponse response && !clients.received(response)) {
                user.strayResponse(response, flow);
            }
        }

        @Override
        public Admission overloaded(InitialRequest request, Flow flow) {
            return servers.overloaded(request, flow);
        }

        @Override
        public void flowClosed(Flow flow, @Nullable Failure why) {
            Failure failure = why == null ? new Failure.Unreachable() : why;
            clients.flowClosed(flow, failure);
            servers.flowClosed(flow);
            user.flowClosed(flow, why);
        }

        @Override
        public void malformed(SipResponse answer, boolean sent) {
            user.malformed(answer.cseq().method(), sent ? answer.status() : 0);
        }

        @Override
        public void tooLarge(SipMessage message, Flow flow) {
            // A response is left to the other side's timers F and B, and a 2xx to our own wait for its ACK: whoever
            // asked for so
            // much over UDP has to ask in another way.
            if (message instanceof SipRequest request) {
                clients.undeliverable(request, new Failure.MessageTooLarge());
            }
        }

        @Override
        public void pong(Flow flow) {
            user.pong(flow);
        }
    }

    /** A client transaction's way to the transport; of a server's see {@link ResponseWire}. */
    record FlowWire(TransportLayer transport, Flow flow) implements MessageSender {
        @Override
        public void send(SipMessage message) {
            transport.send(message, flow);
        }

        @Override
        public boolean isReliable() {
            return flow.isReliable();
        }
    }

    /** A branch that no other transaction has (§8.1.1.7). */
    static String newBranch(Random random) {
        return Via.MAGIC_COOKIE + Long.toHexString(random.nextLong() | Long.MIN_VALUE);
    }
}
