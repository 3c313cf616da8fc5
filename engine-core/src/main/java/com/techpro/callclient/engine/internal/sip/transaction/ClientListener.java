// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transaction;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;

/** Hears what a client transaction brings, on the loop. */
public interface ClientListener {
    /**
     * A response. Provisional ones first, then one final one; only an INVITE may bring more 2xx after the first: repetitions, and
     * those of other forks.
     */
    void response(SipResponse response);

    /** There will be no final response. */
    void failed(Failure failure);

    /** Nothing more will come, and the transaction holds nothing any more. Follows a final response or a failure. */
    default void terminated() {}
}
