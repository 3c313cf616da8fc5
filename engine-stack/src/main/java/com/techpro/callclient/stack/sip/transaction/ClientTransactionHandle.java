// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.transport.Flow;

/** A request that was sent; use it to cancel the request. */
public final class ClientTransactionHandle {
    private final SipRequest request;
    private final Flow flow;
    private final ClientMachine machine;

    ClientTransactionHandle(SipRequest request, Flow flow, ClientMachine machine) {
        this.request = request;
        this.flow = flow;
        this.machine = machine;
    }

    /** Returns the request as sent, with its Via. */
    public SipRequest request() {
        return request;
    }

    public Flow flow() {
        return flow;
    }

    ClientMachine machine() {
        return machine;
    }

    @Override
    public String toString() {
        return "ClientTransactionHandle[" + request + "]";
    }
}
