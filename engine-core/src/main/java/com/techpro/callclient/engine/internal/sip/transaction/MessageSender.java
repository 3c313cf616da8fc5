// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transaction;

import com.techpro.callclient.engine.internal.sip.message.SipMessage;

/** Where a transaction's messages go. */
interface MessageSender {
    void send(SipMessage message);

    /** What sends the message, as often as it is run, and holds as little of it as can be. */
    default Runnable sender(SipMessage message) {
        return () -> send(message);
    }

    boolean isReliable();
}
