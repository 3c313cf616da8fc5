// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transport;

import java.net.InetSocketAddress;
import java.time.Duration;

/** What a {@link Flow} travels on: a UDP socket or a stream. */
interface FlowTransport {
    /**
     * @param to where a datagram goes: the flow's peer, except for a response to a request that did not ask for rport
     * @return false if a datagram cannot hold so much; the flow is as good as before
     */
    boolean send(byte[] message, Flow flow, InetSocketAddress to);

    void keepAlive(Flow flow, boolean answerRequired);

    /** Whether the peer answered the last keep-alive. */
    default boolean answersKeepAlives() {
        return false;
    }

    /** Closes the flow if nothing comes on it for so long. Of streams alone. */
    default void awaitAnswer(Duration longest) {}

    void close(Flow flow);
}
