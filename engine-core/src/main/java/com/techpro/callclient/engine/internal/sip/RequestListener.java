// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;

/**
 * Hears the outcome of a request: exactly one of the last three, on the loop, never inside the call that sent it. Challenges that
 * can be met are met without it.
 */
public interface RequestListener {
    /** For requests of which nothing more is wanted than that they are sent. */
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

    /** A final response that says no, and what that means. */
    void rejected(SipResponse response, Failure why);

    /** No final response: nobody found, no connection, no answer. */
    void failed(Failure why);
}
