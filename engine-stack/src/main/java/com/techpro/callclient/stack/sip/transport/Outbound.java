// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.Via;
import java.net.InetSocketAddress;

/** Sends encoded messages on open flows, and counts them. */
final class Outbound {
    private final MessageTap tap;
    private long sent;

    Outbound(MessageTap tap) {
        this.tap = tap;
    }

    /**
     * @return false if no datagram can hold the bytes
     */
    boolean send(byte[] bytes, Flow flow, InetSocketAddress to) {
        if (flow.isOpen()) {
            sent++;
            tap.sent(bytes, flow);
            return flow.carrier().send(bytes, flow, to);
        }
        return true;
    }

    static InetSocketAddress destination(SipMessage message, Flow flow) {
        return message instanceof SipResponse && !message.vias().isEmpty()
                ? destination(message.topVia(), flow)
                : flow.remote();
    }

    /**
     * RFC 3261 §18.2.2: without rport (RFC 3581), the answer goes to the port in the Via, not to
     * the source port.
     */
    static InetSocketAddress destination(Via top, Flow flow) {
        if (flow.isReliable() || top.rport() >= 0) {
            return flow.remote();
        }
        int port = top.port() == 0 ? SipTransport.UDP.defaultPort() : top.port();
        return new InetSocketAddress(flow.remote().getAddress(), port);
    }

    long sent() {
        return sent;
    }
}
