// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.signalling;

import com.techpro.callclient.engine.internal.call.sdp.SdpException;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.stack.sip.message.ParameterizedToken;
import com.techpro.callclient.stack.sip.message.SipMessage;
import org.jspecify.annotations.Nullable;

/** Session descriptions in messages. */
public final class MessageBodies {
    private MessageBodies() {}

    /**
     * Returns the status to reject a request's body with (RFC 3261 §8.2.3); 0 if the body is
     * accepted, absent or optional.
     *
     * @param description as {@link #description} returns it
     */
    public static int refusal(SipMessage message, @Nullable SessionDescription description) {
        if (!message.hasBody()) {
            return 0;
        }
        boolean known = SessionDescription.CONTENT_TYPE.equals(message.contentType());
        if (!known || message.hasHeader("Content-Encoding")) {
            return isOptional(message) ? 0 : 415;
        }
        return description == null ? 400 : 0;
    }

    /** RFC 3261 §20.11. */
    private static boolean isOptional(SipMessage message) {
        ParameterizedToken disposition = ParameterizedToken.parse(message.header("Content-Disposition"));
        return disposition != null
                && "optional".equalsIgnoreCase(disposition.parameters().get("handling"));
    }

    /** Returns the description, or null if there is none or it cannot be parsed. */
    public static @Nullable SessionDescription description(SipMessage message) {
        if (!message.hasBody() || !SessionDescription.CONTENT_TYPE.equals(message.contentType())) {
            return null;
        }
        try {
            return SessionDescription.parse(message.body());
        } catch (SdpException e) {
            return null;
        }
    }
}
