// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.message.SipResponse;

/** Calls from the layer to either client machine. */
interface ClientMachine {
    void start();

    void received(SipResponse response);

    void transportFailed(Failure why);

    /** Stops all timers. */
    void stopTimers();
}
