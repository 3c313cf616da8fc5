// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transaction;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;

/** What the layer tells either client machine. */
interface ClientMachine {
    void start();

    void received(SipResponse response);

    void transportFailed(Failure why);

    /** It waits for nothing any more. */
    void stopTimers();
}
