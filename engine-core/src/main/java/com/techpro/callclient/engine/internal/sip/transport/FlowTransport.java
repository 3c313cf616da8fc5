// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transport;

import java.net.InetSocketAddress;

/** What a {@link Flow} travels on: a UDP socket or a stream. */
interface FlowTransport {
    /**
     * @param to where a datagram goes: the flow's peer, except for a response to a request that did not ask for rport
     * @return false if a datagram cannot hold so much; the flow is as good as before
     */
    boolean send(byte[] message, Flow flow, InetSocketAddress to);

    void keepAlive(Flow flow, boolean answerRequired);

    void close(Flow flow);
}
