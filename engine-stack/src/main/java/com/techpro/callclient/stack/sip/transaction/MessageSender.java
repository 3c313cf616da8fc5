// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.stack.sip.message.SipMessage;

/** Sends a transaction's messages. */
interface MessageSender {
    void send(SipMessage message);

    /**
     * Returns a task that sends the message each time it runs, and holds as little of it as
     * possible.
     */
    default Runnable sender(SipMessage message) {
        return () -> send(message);
    }

    boolean isReliable();
}
