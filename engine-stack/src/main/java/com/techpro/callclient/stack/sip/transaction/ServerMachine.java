// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;

/** Calls from the layer to either server machine. */
interface ServerMachine {
    /**
     * Takes a request of the transaction: a retransmission, or its ACK.
     *
     * @return whether it is the ACK of a 2xx, which is the user's
     */
    boolean received(SipRequest request);

    void respond(SipResponse response);

    /** @return whether the user still owes a response, which cannot be delivered now */
    boolean transportFailed();

    /** Stops all timers. */
    void stopTimers();
}
