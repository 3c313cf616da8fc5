// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.message.SipResponse;

/** Receives the results of a client transaction, on the loop. */
public interface ClientListener {
    /**
     * A response: provisional ones first, then one final. Only an INVITE may get more 2xx after the
     * first: repetitions, and those of other forks.
     */
    void response(SipResponse response);

    /** There will be no final response. */
    void failed(Failure failure);

    /**
     * The transaction is over, reports nothing more and holds nothing. Follows a final response or
     * a failure.
     */
    default void terminated() {}
}
