// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.net.InetSocketAddress;
import java.util.List;

/** Flows that lead nowhere. */
public final class FlowsForTests {
    private FlowsForTests() {}

    public static Flow udp() {
        return flow(SipTransport.UDP);
    }

    public static Flow flow(SipTransport transport) {
        InetSocketAddress nowhere = new InetSocketAddress("192.0.2.1", 5060);
        return new Flow(1, transport, nowhere, nowhere, List.of(), new FlowTransport() {
            @Override
            public boolean send(byte[] message, Flow flow, InetSocketAddress to) {
                return true;
            }

            @Override
            public void keepAlive(Flow flow, boolean answerRequired) {}

            @Override
            public void close(Flow flow) {}
        });
    }
}
