// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import java.time.Duration;
import java.util.List;
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
    /** The requests that a registration over this flow sends for the probe. */
    interface Requests {
        /**
         * Sends an OPTIONS on this flow, and nowhere else.
         *
         * @param answered run on any response
         */
        void askOptions(Flow open, Runnable answered);

        /**
         * Sends a REGISTER on this flow.
         *
         * @return whether a REGISTER is on its way; false if the account is not registered
         */
        boolean refresh(Flow open);
    }

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration PROMPT_PONG = Duration.ofSeconds(2);
    private static final Duration PROMPT_OPTIONS = Duration.ofSeconds(3);

    private enum Means {
        PING,
        OPTIONS,
        REGISTER
    }

    private final EngineLoop loop;
    private final TransportLayer transport;
    private final Flow flow;
    private final List<Requests> users;
    private Means means = Means.PING;
    private boolean pinged;
    private @Nullable Timer patience;

    /** @param users of the flow, at least one */
    LivenessProbe(EngineLoop loop, TransportLayer transport, Flow flow, List<Requests> users) {
        this.loop = loop;
        this.transport = transport;
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
        users.get(0).askOptions(flow, () -> {
            means = Means.OPTIONS;
            close();
        });
    }

    private void refresh(Duration longest) {
        means = Means.REGISTER;
        for (Requests user : users) {
            if (user.refresh(flow)) {
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
