// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.TransportLayer;

/**
 * Sends a transaction's messages on one flow, until another replaces it. Not final: a test of the
 * machines logs what they send.
 */
class MessageSender {
    private final TransportLayer transport;
    private Flow flow;

    MessageSender(TransportLayer transport, Flow flow) {
        this.transport = transport;
        this.flow = flow;
    }

    final Flow flow() {
        return flow;
    }

    final void moveTo(Flow other) {
        flow = other;
    }

    void send(SipMessage message) {
        transport.send(message, flow);
    }

    /** Returns a task that sends the response each time it runs, and keeps only its bytes. */
    Runnable sender(SipResponse response) {
        return transport.sender(response, flow);
    }

    boolean isReliable() {
        return flow.isReliable();
    }
}
