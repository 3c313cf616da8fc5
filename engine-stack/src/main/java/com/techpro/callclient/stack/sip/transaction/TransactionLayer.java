// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.InitialRequest;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.Via;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.TransportEvents;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Matches messages to transactions (RFC 3261 §17.1.3, §17.2.3) and passes the rest to the
 * {@link TransactionUser}. It absorbs retransmissions, answers CANCEL, and acknowledges failure
 * responses by itself. Belongs to the loop.
 */
public final class TransactionLayer {
    private final EngineLoop loop;
    private final TransportLayer transport;
    private final ClientTransactions clients;
    private final ServerTransactions servers;
    private final TransactionUser user;

    /**
     * Makes the layer and the transport below it.
     *
     * @param random source of branches and tags
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

    /** Sends a request other than ACK in a new transaction. It adds the Via. */
    public ClientTransactionHandle send(SipRequest request, Flow flow, ClientListener listener) {
        loop.assertOnLoop();
        return clients.send(request.toBuilder(), flow, listener);
    }

    /** As {@link #send(SipRequest, Flow, ClientListener)}, without building the message twice. */
    public ClientTransactionHandle send(SipRequest.Builder request, Flow flow, ClientListener listener) {
        loop.assertOnLoop();
        return clients.send(request, flow, listener);
    }

    /** Cancels an INVITE; see {@link #cancel(ClientTransactionHandle, String)}. */
    public void cancel(ClientTransactionHandle invite) {
        cancel(invite, null);
    }

    /**
     * Cancels an INVITE (RFC 3261 §9.1). The CANCEL is sent now, or after the first provisional
     * response; after a final response it is not sent at all. The INVITE's listener gets the
     * outcome as usual.
     *
     * @param reason the value of a Reason header (RFC 3326), or null
     */
    public void cancel(ClientTransactionHandle invite, @Nullable String reason) {
        loop.assertOnLoop();
        clients.cancel(invite, reason);
    }

    /**
     * Cancels an INVITE that was sent on a flow now closed, so that no phone keeps ringing. Servers
     * match the CANCEL by its branch, not by its source (RFC 3261 §9.2, §17.2.3).
     */
    public void cancelLost(SipRequest invite, Flow flow) {
        loop.assertOnLoop();
        clients.cancelLost(invite, flow);
    }

    /**
     * Sends the ACK of a 2xx, which is no transaction.
     *
     * @param ack without Via, or one that this method returned, to send it again
     * @return the ACK as sent
     */
    public SipRequest sendAck(SipRequest ack, Flow flow) {
        loop.assertOnLoop();
        SipRequest sent =
                ack.vias().isEmpty() ? ack.toBuilder().via(clients.newVia(flow)).build() : ack;
        transport.send(sent, flow);
        return sent;
    }

    /**
     * Closes the transport, which fails open requests. Drops the remaining transactions, whose
     * messages contain numbers and names.
     */
    public void close() {
        loop.assertOnLoop();
        transport.close();
        clients.close();
        servers.close();
    }

    /** Returns a fresh tag of 64 random bits (RFC 3261 §19.3 requires 32). */
    public String newTag() {
        return servers.newTag();
    }

    /** Returns the number of open transactions and of 2xx without an ACK. */
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

    /** Receives the transport's events. */
    private final class Events implements TransportEvents {
        @Override
        public void received(SipMessage message, Flow flow) {
            if (message instanceof SipRequest request) {
                pass(request, servers.received(request, flow));
            } else if (message instanceof SipResponse response && !clients.received(response)) {
                user.strayResponse(response, flow);
            }
        }

        private void pass(SipRequest request, Received received) {
            if (received instanceof Received.New fresh) {
                user.request(fresh.transaction());
            } else if (received instanceof Received.Ack) {
                user.ack(request);
            } else if (received instanceof Received.Cancelled cancelled) {
                user.cancelled(cancelled.invite(), request);
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
            // Only requests fail here. The other side's timers B and F end a lost response, and our
            // wait for the ACK a lost 2xx. A peer that expects so much over UDP must ask in another
            // way.
            if (message instanceof SipRequest request) {
                clients.undeliverable(request, new Failure.MessageTooLarge());
            }
        }

        @Override
        public void pong(Flow flow) {
            user.pong(flow);
        }
    }

    /** Returns a unique branch (§8.1.1.7). */
    static String newBranch(Random random) {
        return Via.MAGIC_COOKIE + Long.toHexString(random.nextLong() | Long.MIN_VALUE);
    }
}
