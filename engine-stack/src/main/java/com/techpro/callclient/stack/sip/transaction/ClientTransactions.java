// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.Via;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The open client transactions, found by branch and method (RFC 3261 §17.1.3). */
final class ClientTransactions {
    private static final ClientListener NOBODY = new ClientListener() {
        @Override
        public void response(SipResponse response) {}

        @Override
        public void failed(Failure failure) {}
    };

    private record Key(String branch, String method) {}

    private final EngineLoop loop;
    private final Timers timers;
    private final Random random;
    private final TransportLayer transport;
    private final Map<Key, ClientTransactionHandle> open = new HashMap<>();
    /**
     * INVITEs to cancel as soon as a provisional response arrives, with the reason or an empty
     * text.
     */
    private final Map<ClientTransactionHandle, String> cancelLater = new HashMap<>();

    private long strayResponses;

    ClientTransactions(EngineLoop loop, Timers timers, Random random, TransportLayer transport) {
        this.loop = loop;
        this.timers = timers;
        this.random = random;
        this.transport = transport;
    }

    Via newVia(Flow flow) {
        return transport.prepareVia(flow, TransactionLayer.newBranch(random));
    }

    ClientTransactionHandle send(SipRequest.Builder request, Flow flow, ClientListener listener) {
        Via via = newVia(flow);
        if (request.method().equals("REGISTER")) {
            via = via.withParam("keep", ""); // RFC 6223 §4.2
        }
        SipRequest sent = request.remove("Via").via(via).build();
        return start(sent, flow, listener);
    }

    private ClientTransactionHandle start(SipRequest request, Flow flow, ClientListener listener) {
        Key key = new Key(branch(request.topVia()), request.method());
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

    /**
     * @return whether a transaction matched
     */
    boolean received(SipResponse response) {
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

    void cancel(ClientTransactionHandle invite, @Nullable String reason) {
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
        if (open.containsKey(new Key(branch(request.topVia()), "CANCEL"))) {
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

    /** As {@link TransactionLayer#cancelLost}. */
    void cancelLost(SipRequest invite, Flow flow) {
        if (!open.containsKey(new Key(branch(invite.topVia()), "CANCEL"))) {
            start(cancelOf(invite).build(), flow, NOBODY);
        }
    }

    /** It could not be sent, and sending it again would not help. */
    void undeliverable(SipRequest request, Failure why) {
        ClientTransactionHandle handle = open.get(new Key(branch(request.topVia()), request.method()));
        if (handle != null) {
            handle.machine().transportFailed(why);
        }
    }

    /** Drops all transactions without notifying their listeners. */
    void close() {
        open.values().forEach(handle -> handle.machine().stopTimers());
        open.clear();
        cancelLater.clear();
    }

    void flowClosed(Flow flow, Failure why) {
        for (ClientTransactionHandle handle : new ArrayList<>(open.values())) {
            if (handle.flow() == flow) {
                handle.machine().transportFailed(why);
            }
        }
    }

    int size() {
        return open.size();
    }

    long strayResponses() {
        return strayResponses;
    }

    private static String branch(Via via) {
        String branch = via.branch();
        if (branch == null) {
            throw new IllegalStateException("our own Via has a branch");
        }
        return branch;
    }
}
