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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Matches messages to transactions (RFC 3261 §17.1.3, §17.2.3) and passes the rest to the
 * {@link TransactionUser}. It absorbs retransmissions, answers CANCEL, and acknowledges failure
 * responses by itself. The client transactions are here, found by branch and method; the server
 * transactions are in {@code ServerTransactions}. Belongs to the loop.
 */
public final class TransactionLayer {
    private static final ClientListener NOBODY = new ClientListener() {
        @Override
        public void response(SipResponse response) {}

        @Override
        public void failed(Failure failure) {}
    };

    private record Key(String branch, String method) {
        static Key of(SipRequest ours, String method) {
            String branch = ours.topVia().branch();
            if (branch == null) {
                throw new IllegalStateException("our own Via has a branch");
            }
            return new Key(branch, method);
        }
    }

    private final EngineLoop loop;
    private final Timers timers;
    private final Random random;
    private final TransportLayer transport;
    private final ServerTransactions servers;
    private final TransactionUser user;
    private final Map<Key, ClientTransactionHandle> open = new HashMap<>();
    /**
     * INVITEs to cancel as soon as a provisional response arrives, with the reason or an empty
     * text.
     */
    private final Map<ClientTransactionHandle, String> cancelLater = new HashMap<>();

    private long strayResponses;

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
        this.timers = timers;
        this.random = random;
        this.user = user;
        this.transport = transport.apply(new Events());
        this.servers = new ServerTransactions(loop, timers, random, this.transport, user);
    }

    public TransportLayer transport() {
        return transport;
    }

    /** Sends a request other than ACK in a new transaction. It adds the Via. */
    public ClientTransactionHandle send(SipRequest request, Flow flow, ClientListener listener) {
        return send(request.toBuilder(), flow, listener);
    }

    /** As {@link #send(SipRequest, Flow, ClientListener)}, without building the message twice. */
    public ClientTransactionHandle send(SipRequest.Builder request, Flow flow, ClientListener listener) {
        loop.assertOnLoop();
        Via via = newVia(flow);
        if (request.method().equals("REGISTER")) {
            via = via.withParam("keep", ""); // RFC 6223 §4.2
        }
        SipRequest sent = request.remove("Via").via(via).build();
        return start(sent, flow, listener);
    }

    /** Returns a Via with a unique branch (§8.1.1.7). */
    private Via newVia(Flow flow) {
        return transport.prepareVia(flow, Via.MAGIC_COOKIE + Long.toHexString(random.nextLong() | Long.MIN_VALUE));
    }

    private ClientTransactionHandle start(SipRequest request, Flow flow, ClientListener listener) {
        Key key = Key.of(request, request.method());
        Transaction.Surroundings surroundings =
                new Transaction.Surroundings(loop, timers, new MessageSender(transport, flow), () -> {
                    ClientTransactionHandle ended = open.remove(key);
                    if (ended != null) {
                        cancelLater.remove(ended);
                    }
                    listener.terminated();
                });
        ClientMachine machine = request.isMethod("INVITE")
                ? new InviteClientTransaction(request, listener, surroundings)
                : new ClientTransaction(request, listener, surroundings);
        ClientTransactionHandle handle = new ClientTransactionHandle(request, flow, machine);
        open.put(key, handle);
        if (flow.isOpen()) {
            machine.start();
        } else {
            loop.execute(() -> machine.transportFailed(new Failure.Unreachable()));
        }
        return handle;
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
        if (!(invite.machine() instanceof InviteClientTransaction machine)) {
            throw new IllegalArgumentException("only an INVITE is cancelled (RFC 3261 §9.1)");
        }
        String text = reason == null ? "" : reason;
        switch (machine.state()) {
            case CALLING -> cancelLater.putIfAbsent(invite, text);
            case PROCEEDING -> sendCancel(invite, text);
            case COMPLETED, ACCEPTED, TERMINATED -> {
                // Too late (§9.1): the final response has been, or is being, reported.
            }
        }
    }

    /** §9.1: same branch, same CSeq number, same route as the INVITE. */
    private void sendCancel(ClientTransactionHandle invite, String reason) {
        SipRequest request = invite.request();
        if (open.containsKey(Key.of(request, "CANCEL"))) {
            return;
        }
        SipRequest.Builder cancel = cancelOf(request);
        if (!reason.isEmpty()) {
            cancel.set("Reason", reason);
        }
        if (invite.machine() instanceof InviteClientTransaction machine) {
            machine.cancelSent();
        }
        start(cancel.build(), invite.flow(), NOBODY);
    }

    private static SipRequest.Builder cancelOf(SipRequest invite) {
        SipRequest.Builder cancel = SipRequest.builder("CANCEL", invite.requestUri())
                .via(invite.topVia())
                .from(invite.from())
                .to(invite.to())
                .callId(invite.callId())
                .cseq(invite.cseq().number(), "CANCEL");
        invite.routes().forEach(cancel::addRoute);
        return cancel;
    }

    /**
     * Cancels an INVITE that was sent on a flow now closed, so that no phone keeps ringing. Servers
     * match the CANCEL by its branch, not by its source (RFC 3261 §9.2, §17.2.3).
     */
    public void cancelLost(SipRequest invite, Flow flow) {
        loop.assertOnLoop();
        if (!open.containsKey(Key.of(invite, "CANCEL"))) {
            start(cancelOf(invite).build(), flow, NOBODY);
        }
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
                ack.vias().isEmpty() ? ack.toBuilder().via(newVia(flow)).build() : ack;
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
        open.values().forEach(handle -> handle.machine().stopTimers());
        open.clear();
        cancelLater.clear();
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
                open.size(),
                servers.size(),
                servers.unacknowledged(),
                servers.strayAcks(),
                strayResponses,
                servers.merged(),
                servers.overload());
    }

    /**
     * @return whether a transaction matched
     */
    private boolean matched(SipResponse response) {
        String branch = response.topVia().branch();
        ClientTransactionHandle handle =
                branch == null ? null : open.get(new Key(branch, response.cseq().method()));
        if (handle == null) {
            strayResponses++;
            return false;
        }
        handle.machine().received(response);
        String reason = response.isFinal() ? null : cancelLater.remove(handle);
        if (reason != null) {
            sendCancel(handle, reason);
        }
        return true;
    }

    /** Receives the transport's events. */
    private final class Events implements TransportEvents {
        @Override
        public void received(SipMessage message, Flow flow) {
            if (message instanceof SipRequest request) {
                pass(request, servers.received(request, flow));
            } else if (message instanceof SipResponse response && !matched(response)) {
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
            for (ClientTransactionHandle handle : new ArrayList<>(open.values())) {
                if (handle.flow() == flow) {
                    handle.machine().transportFailed(failure);
                }
            }
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
                ClientTransactionHandle handle = open.get(Key.of(request, request.method()));
                if (handle != null) {
                    handle.machine().transportFailed(new Failure.MessageTooLarge());
                }
            }
        }

        @Override
        public void pong(Flow flow) {
            user.pong(flow);
        }
    }
}
