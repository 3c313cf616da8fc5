// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;

/** Calls from the layer to either server machine. */
interface ServerMachine {
    /** A request of the transaction: a retransmission, or its ACK. */
    void received(SipRequest request);

    void respond(SipResponse response);

    void transportFailed();

    /** Stops all timers. */
    void stopTimers();
}
