// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a call wants signalled. What answers something names it, by the id that came with it; what is not there to be answered is a mistake
 * of the machine, and {@link CallSignalling#perform} throws.
 */
sealed interface CallEffect {
    /** The first INVITE, or a later one. */
    record Invite(SessionDescription offer) implements CallEffect {}

    /** An UPDATE without an offer: it refreshes the session and changes nothing (RFC 4028 §7.4). */
    record Refresh() implements CallEffect {}

    /** Gives up our first INVITE. */
    record Cancel() implements CallEffect {}

    /** ACK of a 2xx; of a first INVITE, it decides which phone the call is with. */
    record Acknowledge(AnswerId to) implements CallEffect {}

    /** ACK of a 2xx to our first INVITE, and BYE. */
    record Discard(AnswerId to) implements CallEffect {}

    /**
     * The final response to an INVITE or UPDATE of theirs.
     *
     * @param retryAfter seconds after which they may try again, or a negative number
     * @param forwarding whom they are sent on to, or null
     */
    record Respond(
            RequestId to,
            int status,
            @Nullable SessionDescription description,
            int retryAfter,
            @Nullable Forwarding forwarding)
            implements CallEffect {
        Respond(RequestId to, int status, @Nullable SessionDescription description, int retryAfter) {
            this(to, status, description, retryAfter, null);
        }

        Respond(RequestId to, Forwarding forwarding) {
            this(to, 302, null, -1, forwarding);
        }

        Respond(RequestId to, int status, @Nullable SessionDescription description) {
            this(to, status, description, -1);
        }

        Respond(RequestId to, int status) {
            this(to, status, null, -1);
        }
    }

    record Bye() implements CallEffect {}

    /** {@link CallInput.GlareBackoffElapsed} after a while. */
    record StartGlareBackoff(Duration length) implements CallEffect {}
}
