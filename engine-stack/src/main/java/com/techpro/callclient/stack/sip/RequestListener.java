// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.message.SipResponse;

/**
 * Receives the outcome of a request: exactly one of the last three methods is called, on the loop,
 * never inside the call that sent it. Challenges that can be answered are not reported.
 */
public interface RequestListener {
    /** For requests whose outcome does not matter. */
    RequestListener IGNORING = new RequestListener() {
        @Override
        public void success(SipResponse response) {}

        @Override
        public void rejected(SipResponse response, Failure why) {}

        @Override
        public void failed(Failure why) {}
    };

    default void provisional(SipResponse response) {}

    void success(SipResponse response);

    /** A final response that rejects the request, and its meaning. */
    void rejected(SipResponse response, Failure why);

    /** There was no final response: no server found, no connection, or no answer. */
    void failed(Failure why);
}
