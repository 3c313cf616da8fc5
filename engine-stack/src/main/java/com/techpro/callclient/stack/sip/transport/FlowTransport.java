// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import java.net.InetSocketAddress;
import java.time.Duration;

/** The carrier of a {@link Flow}: a UDP socket or a stream. */
interface FlowTransport {
    /**
     * @param to the destination of a datagram: the flow's peer, except for a response to a request
     *     without rport
     * @return false if a datagram cannot hold the message; the flow stays usable
     */
    boolean send(byte[] message, Flow flow, InetSocketAddress to);

    void keepAlive(Flow flow, boolean answerRequired);

    /** Whether the peer answered the last keep-alive. */
    default boolean answersKeepAlives() {
        return false;
    }

    /**
     * Closes the flow if nothing arrives on it for this long. For streams only.
     *
     * @param first whether only a flow is meant on which nothing ever arrived
     */
    default void awaitAnswer(Duration longest, boolean first) {}

    void close(Flow flow);
}
