// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transaction.ClientListener;
import com.techpro.callclient.stack.sip.transaction.TransactionLayer;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether the far end of a connection is still there. A dead connection looks like a silent
 * one, and Java does not show which bytes the far end's TCP has acknowledged. Many servers do not
 * answer pings, some not even OPTIONS, so the probe learns what this server answers. It ignores the
 * server's promise to answer (RFC 5626 §4.4.1): a promise that is not kept would end every
 * connection.
 *
 * <pre>
 *   PING     --no pong within 2 s, or none to the last ping--------------> OPTIONS
 *   OPTIONS  --no answer within 3 s--------------------------------------> REGISTER
 *   REGISTER --an OPTIONS is answered after all--------------------------> OPTIONS
 * </pre>
 *
 * Anything received on the connection shows that the far end is there, even a rejection. The
 * connection is closed if nothing arrives within ten seconds of a ping that the server is known to
 * answer, or of the first question of a series that ended with REGISTER. REGISTER comes last
 * because every registrar answers it. For one flow; belongs to the loop.
 */
final class LivenessProbe {
    /**
     * What a registration over a flow asks its server.
     *
     * @param options returns a new OPTIONS for this flow
     * @param refresh sends a REGISTER on this flow; returns whether one is on its way, which it is
     *     not if the account is not registered
     */
    record Requests(Function<Flow, SipRequest.Builder> options, Predicate<Flow> refresh) {}

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration PROMPT_PONG = Duration.ofSeconds(2);
    private static final Duration PROMPT_OPTIONS = Duration.ofSeconds(3);

    private enum Means {
        PING,
        OPTIONS,
        REGISTER
    }

    private final EngineLoop loop;
    private final TransactionLayer transactions;
    private final TransportLayer transport;
    private final Flow flow;
    private final List<Requests> users;
    private Means means = Means.PING;
    private boolean pinged;
    private @Nullable Timer patience;

    /** @param users of the flow, at least one */
    LivenessProbe(EngineLoop loop, TransactionLayer transactions, Flow flow, List<Requests> users) {
        this.loop = loop;
        this.transactions = transactions;
        this.transport = transactions.transport();
        this.flow = flow;
        this.users = users;
    }

    void ask() {
        if (patience != null) {
            return;
        }
        switch (means) {
            case PING -> ping();
            case OPTIONS -> options();
            case REGISTER -> refresh(ANSWER);
        }
    }

    private void ping() {
        boolean first = !pinged;
        pinged = true;
        transport.keepAlive(flow, false);
        if (transport.answersKeepAlives(flow)) {
            return;
        }
        if (!first) {
            options();
            return;
        }
        patience = loop.schedule(PROMPT_PONG, () -> {
            patience = null;
            if (!transport.answersKeepAlives(flow)) {
                options();
            }
        });
    }

    private void options() {
        means = Means.OPTIONS;
        patience = loop.schedule(PROMPT_OPTIONS, () -> {
            patience = null;
            refresh(ANSWER.minus(PROMPT_OPTIONS));
        });
        SipRequest.Builder options = users.get(0).options().apply(flow);
        transactions.send(options, flow, new ClientListener() {
            @Override
            public void response(SipResponse response) {
                means = Means.OPTIONS;
                close();
            }

            @Override
            public void failed(Failure failure) {
                // The probe has a deadline of its own.
            }
        });
    }

    private void refresh(Duration longest) {
        means = Means.REGISTER;
        for (Requests user : users) {
            if (user.refresh().test(flow)) {
                transport.awaitAnswer(flow, longest);
                return;
            }
        }
        transport.keepAlive(flow, false);
    }

    void close() {
        if (patience != null) {
            patience.cancel();
            patience = null;
        }
    }
}
