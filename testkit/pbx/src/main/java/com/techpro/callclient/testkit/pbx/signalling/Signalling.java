// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.signalling;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.InitialRequest;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transaction.Timers;
import com.techpro.callclient.stack.sip.transaction.TransactionLayer;
import com.techpro.callclient.stack.sip.transaction.TransactionUser;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.MessageTap;
import com.techpro.callclient.stack.sip.transport.TransportEvents;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import com.techpro.callclient.stack.sip.transport.TransportLimits;
import com.techpro.callclient.testkit.pbx.fault.Fault;
import com.techpro.callclient.testkit.pbx.fault.FaultScript;
import com.techpro.callclient.testkit.pbx.request.RequestJournal;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The SIP layers of the PBX, from start to crash. The {@link FaultScript} acts between transport
 * and transactions, so other layers take its faults for the network's. On the signalling loop.
 */
public final class Signalling implements AutoCloseable {
    private final EngineLoop loop;
    private final PbxSettings settings;
    private final FaultScript faults;
    private final RequestJournal journal;
    private final DigestAuthentication authentication;
    private final TransactionLayer transactions;
    private final ConnectionUpkeep connections;
    /** Connections to an edge, by its port. */
    private final Map<Flow, Integer> edges = new HashMap<>();

    private final Set<Integer> droppedEdges = new HashSet<>();

    /**
     * @param tap receives each message as on the wire: incoming before the fault script, outgoing
     *     after it
     */
    public Signalling(
            EngineLoop loop,
            Network network,
            Executor workers,
            PbxSettings settings,
            Random random,
            FaultScript faults,
            RequestJournal journal,
            DigestAuthentication authentication,
            TransactionUser user,
            MessageTap tap) {
        this.loop = loop;
        this.settings = settings;
        this.faults = faults;
        this.journal = journal;
        this.authentication = authentication;
        this.connections = new ConnectionUpkeep(loop, settings, this::ping, this::closeFlow);
        this.transactions = new TransactionLayer(
                loop,
                Timers.RFC_3261,
                random,
                user,
                events -> new FaultyTransport(loop, network, workers, random, new FaultyEvents(events), tap));
    }

    public TransactionLayer transactions() {
        return transactions;
    }

    @Override
    public void close() {
        connections.close();
        transactions.transport().close();
    }

    /** Takes a port down: closes its connections and ignores what arrives there. */
    public void dropEdge(int port) {
        droppedEdges.add(port);
        for (Map.Entry<Flow, Integer> open : Map.copyOf(edges).entrySet()) {
            if (open.getValue() == port) {
                closeFlow(open.getKey());
            }
        }
    }

    /** Brings an edge back after {@link #dropEdge}. */
    public void restoreEdge(int port) {
        droppedEdges.remove(port);
    }

    /** Brings all edges back after {@link #dropEdge}. */
    public void restoreEdges() {
        droppedEdges.clear();
    }

    /** Whether the flow is on a port that is down; if so, closes it. */
    private boolean isDropped(Flow flow) {
        int port = flow.local().getPort();
        if (!droppedEdges.contains(port)) {
            if (flow.isReliable()) {
                edges.put(flow, port);
            }
            return false;
        }
        if (flow.isReliable()) {
            closeFlow(flow);
        }
        return true;
    }

    /** Passes on the devices' messages as the fault script allows. */
    private final class FaultyEvents implements TransportEvents {
        private final TransportEvents above;

        private FaultyEvents(TransportEvents above) {
            this.above = above;
        }

        @Override
        public void received(SipMessage message, Flow flow) {
            if (isDropped(flow)) {
                return;
            }
            connections.heard(
                    flow, message instanceof SipRequest ? message.from().uri().user() : null);
            Fault fault = message instanceof SipRequest request
                    ? faults.next(
                            FaultScript.Way.REQUEST_IN,
                            request.method(),
                            message.from().uri().user(),
                            0,
                            journal.add(request, loop.now(), flow))
                    : faults.next(
                            FaultScript.Way.RESPONSE_IN,
                            message.cseq().method(),
                            message.to().uri().user(),
                            message instanceof SipResponse response ? response.status() : 0,
                            null);
            if (fault == null) {
                above.received(message, flow);
            } else if (fault instanceof Fault.Delay delay) {
                loop.schedule(delay.by(), () -> above.received(message, flow));
            } else if (fault instanceof Fault.Duplicate) {
                above.received(message, flow);
                above.received(message, flow);
            } else if (fault instanceof Fault.CutConnection) {
                transactions.transport().close(flow);
            } else if (message instanceof SipRequest request && fault instanceof Fault.Answer answer) {
                // Only for a CANCEL, which the PBX's transaction users do not see.
                SipResponse.Builder response =
                        SipResponse.respondTo(request, answer.reply().status());
                if (request.to().tag() == null) {
                    response.toTag("fault");
                }
                answer.reply().headers().forEach(response::set);
                transactions.transport().send(response.build(), flow);
            } else if (message instanceof SipRequest request && fault instanceof Fault.UselessNonce) {
                transactions.transport().send(authentication.uselessChallenge(request), flow);
            }
            // Dropped and garbled messages look the same to a receiver: there is none.
        }

        @Override
        public Admission overloaded(InitialRequest request, Flow flow) {
            return above.overloaded(request, flow);
        }

        @Override
        public void flowClosed(Flow flow, @Nullable Failure why) {
            connections.closed(flow);
            edges.remove(flow);
            above.flowClosed(flow, why);
        }

        @Override
        public void tooLarge(SipMessage message, Flow flow) {
            above.tooLarge(message, flow);
        }

        @Override
        public boolean ping(Flow flow) {
            return !isDropped(flow) && connections.pinged(flow);
        }

        @Override
        public void pong(Flow flow) {
            above.pong(flow);
        }
    }

    /** Sends messages to devices as the fault script allows. */
    private final class FaultyTransport extends TransportLayer {
        private FaultyTransport(
                EngineLoop loop,
                Network network,
                Executor workers,
                Random random,
                TransportEvents events,
                MessageTap tap) {
            super(loop, network, workers, random, events, TransportLimits.DEFAULT, tap);
        }

        /** Retransmissions pass the fault script too. */
        @Override
        public Runnable sender(SipResponse response, Flow flow) {
            return () -> send(response, flow);
        }

        @Override
        public void send(SipMessage ordered, Flow flow) {
            SipMessage message =
                    settings.does(FieldBehaviour.TWO_REASONS, ordered.to().uri().user())
                            ? withTwoReasons(ordered)
                            : ordered;
            Fault fault = message instanceof SipResponse response
                    ? faults.next(
                            FaultScript.Way.RESPONSE_OUT,
                            message.cseq().method(),
                            message.from().uri().user(),
                            response.status(),
                            null)
                    : faults.next(
                            FaultScript.Way.REQUEST_OUT,
                            message.cseq().method(),
                            message.to().uri().user(),
                            0,
                            null);
            if (fault == null) {
                super.send(message, flow);
            } else if (fault instanceof Fault.Delay delay) {
                loop.schedule(delay.by(), () -> super.send(message, flow));
            } else if (fault instanceof Fault.Duplicate) {
                super.send(message, flow);
                super.send(message, flow);
            } else if (fault instanceof Fault.CutConnection) {
                close(flow);
            } else if (fault instanceof Fault.Garble) {
                sendBytes(garbled(message), flow, flow.remote());
            }
        }
    }

    private void ping(Flow flow) {
        transactions.transport().keepAlive(flow);
    }

    private void closeFlow(Flow flow) {
        transactions.transport().close(flow);
    }

    /** Gives CANCEL and BYE two Reason headers (RFC 3326). */
    private static SipMessage withTwoReasons(SipMessage message) {
        if (!(message instanceof SipRequest request) || (!request.isMethod("CANCEL") && !request.isMethod("BYE"))) {
            return message;
        }
        String reason = request.header("Reason");
        boolean elsewhere = reason != null && reason.contains("cause=200");
        String status =
                request.isMethod("BYE") ? "SIP;cause=200;text=\"OK\"" : "SIP;cause=487;text=\"Request Terminated\"";
        return request.toBuilder()
                .set("Reason", reason == null ? status : reason)
                .add(
                        "Reason",
                        elsewhere
                                ? "Q.850;cause=26;text=\"Answered elsewhere\""
                                : "Q.850;cause=16;text=\"Normal Clearing\"")
                .build();
    }

    /** Returns the message with a garbled start line, which no parser takes for SIP. */
    private static byte[] garbled(SipMessage message) {
        byte[] bytes = message.encode();
        for (int i = 0; i < Math.min(bytes.length, 12); i++) {
            bytes[i] = (byte) (0x80 | i);
        }
        return bytes;
    }
}
