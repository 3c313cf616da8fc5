// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transaction;

import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;

/** What the layer tells either server machine. */
interface ServerMachine {
    /** A request that belongs to the transaction: the same once more, or its ACK. */
    void received(SipRequest request);

    void respond(SipResponse response);

    void transportFailed();

    /** It waits for nothing any more. */
    void stopTimers();
}
