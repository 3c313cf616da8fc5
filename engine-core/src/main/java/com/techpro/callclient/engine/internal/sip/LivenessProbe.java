// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.engine.internal.sip.transport.TransportLayer;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether the far end of a connection is still there. A connection that died without a word looks like one on which nobody speaks, and Java does
 * not show which bytes the far end's TCP has acknowledged. Many servers do not answer pings, some not even OPTIONS, so it learns what this one answers. What a
 * server promises (RFC 5626 §4.4.1) counts for nothing, as a promise that is not kept would end each connection:
 *
 * <pre>
 *   PING     --no pong within 2 s, or none to the last ping--------------> OPTIONS
 *   OPTIONS  --no answer within 3 s--------------------------------------> REGISTER
 *   REGISTER --an OPTIONS is answered after all--------------------------> OPTIONS
 * </pre>
 *
 * Whatever comes on the connection shows that somebody is there, a refusal too. If nothing comes within ten seconds of a ping that the server is known to answer, or of
 * the first question that ended in a REGISTER, the connection closes. REGISTER is the last word: a registrar answers it. Of one flow; on the loop.
 */
final class LivenessProbe {
    /** What is asked in the name of a registration that uses the flow. */
    interface Requests {
        /**
         * Sends an OPTIONS on this flow, and nowhere else.
         *
         * @param answered run on any response
         */
        void askOptions(Flow open, Runnable answered);

        /** @return whether a REGISTER is on its way on this flow; it is not where the account is not registered */
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
