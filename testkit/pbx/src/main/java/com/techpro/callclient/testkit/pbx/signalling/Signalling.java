// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.signalling;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.message.InitialRequest;
import com.techpro.callclient.engine.internal.sip.message.SipMessage;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.transaction.Timers;
import com.techpro.callclient.engine.internal.sip.transaction.TransactionLayer;
import com.techpro.callclient.engine.internal.sip.transaction.TransactionUser;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.engine.internal.sip.transport.TransportEvents;
import com.techpro.callclient.engine.internal.sip.transport.TransportLayer;
import com.techpro.callclient.engine.internal.sip.transport.TransportLimits;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.testkit.pbx.fault.Fault;
import com.techpro.callclient.testkit.pbx.fault.FaultScript;
import java.util.Random;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The SIP layers that the PBX stands on, from start to crash, with the {@link FaultScript} between transport and transactions: whatever
 * it does to a message, the layers above and below take it for the network's doing. On the signalling loop.
 */
public final class Signalling implements AutoCloseable {
    private final EngineLoop loop;
    private final FaultScript faults;
    private final DigestAuthentication doorkeeper;
    private final TransactionLayer transactions;

    public Signalling(
            EngineLoop loop,
            Network network,
            Executor workers,
            Random random,
            FaultScript faults,
            DigestAuthentication doorkeeper,
            TransactionUser user) {
        this.loop = loop;
        this.faults = faults;
        this.doorkeeper = doorkeeper;
        this.transactions = new TransactionLayer(
                loop,
                Timers.RFC_3261,
                random,
                user,
                events -> new FaultyTransport(loop, network, workers, random, new FaultyEvents(events)));
    }

    public TransactionLayer transactions() {
        return transactions;
    }

    @Override
    public void close() {
        transactions.transport().close();
    }

    /** What devices send, as far as the script lets it in. */
    private final class FaultyEvents implements TransportEvents {
        private final TransportEvents above;

        private FaultyEvents(TransportEvents above) {
            this.above = above;
        }

        @Override
        public void received(SipMessage message, Flow flow) {
            Fault fault = message instanceof SipResponse response
                    ? faults.next(
                            FaultScript.Way.RESPONSE_IN,
                            message.cseq().method(),
                            message.to().uri().user(),
                            response.status())
                    : faults.next(
                            FaultScript.Way.REQUEST_IN,
                            message.cseq().method(),
                            message.from().uri().user(),
                            0);
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
                SipResponse.Builder response = SipResponse.respondTo(request, answer.status());
                if (request.to().tag() == null) {
                    response.toTag("fault");
                }
                answer.headers().forEach(response::set);
                transactions.transport().send(response.build(), flow);
            } else if (message instanceof SipRequest request && fault instanceof Fault.UselessNonce) {
                transactions.transport().send(doorkeeper.uselessChallenge(request), flow);
            }
            // Dropped and garbled messages are the same to a receiver: there is none.
        }

        @Override
        public Admission overloaded(InitialRequest request, Flow flow) {
            return above.overloaded(request, flow);
        }

        @Override
        public void flowClosed(Flow flow, @Nullable Failure why) {
            above.flowClosed(flow, why);
        }

        @Override
        public void tooLarge(SipMessage message, Flow flow) {
            above.tooLarge(message, flow);
        }

        @Override
        public void pong(Flow flow) {
            above.pong(flow);
        }
    }

    /** What devices get, as far as the script lets it out. */
    private final class FaultyTransport extends TransportLayer {
        private FaultyTransport(
                EngineLoop loop, Network network, Executor workers, Random random, TransportEvents events) {
            super(loop, network, workers, random, events, TransportLimits.DEFAULT);
        }

        /** A repetition meets its own fault. */
        @Override
        public Runnable sender(SipResponse response, Flow flow) {
            return () -> send(response, flow);
        }

        @Override
        public void send(SipMessage message, Flow flow) {
            Fault fault = message instanceof SipResponse response
                    ? faults.next(
                            FaultScript.Way.RESPONSE_OUT,
                            message.cseq().method(),
                            message.from().uri().user(),
                            response.status())
                    : faults.next(
                            FaultScript.Way.REQUEST_OUT,
                            message.cseq().method(),
                            message.to().uri().user(),
                            0);
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

    /** The message with its start line spoilt: no reader can take it for SIP. */
    private static byte[] garbled(SipMessage message) {
        byte[] bytes = message.encode();
        for (int i = 0; i < Math.min(bytes.length, 12); i++) {
            bytes[i] = (byte) (0x80 | i);
        }
        return bytes;
    }
}
