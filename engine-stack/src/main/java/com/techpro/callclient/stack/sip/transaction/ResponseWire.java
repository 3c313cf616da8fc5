// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.TransportLayer;

/**
 * Sends a server transaction's responses on the flow of its request, until another flow replaces
 * it.
 */
final class ResponseWire implements MessageSender {
    private final TransportLayer transport;
    private Flow flow;

    ResponseWire(TransportLayer transport, Flow flow) {
        this.transport = transport;
        this.flow = flow;
    }

    Flow flow() {
        return flow;
    }

    void moveTo(Flow other) {
        flow = other;
    }

    @Override
    public void send(SipMessage message) {
        transport.send(message, flow);
    }

    @Override
    public Runnable sender(SipMessage message) {
        return message instanceof SipResponse response
                ? transport.sender(response, flow)
                : MessageSender.super.sender(message);
    }

    @Override
    public boolean isReliable() {
        return flow.isReliable();
    }
}
