// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a call wants signalled. */
sealed interface Effect {
    /** The first INVITE, or a later one. */
    record Invite(SessionDescription offer) implements Effect {}

    /** An UPDATE without an offer: it refreshes the session and changes nothing (RFC 4028 §7.4). */
    record Refresh() implements Effect {}

    /** Gives up our first INVITE. */
    record Cancel() implements Effect {}

    /** ACK of the 2xx that came last. */
    record Acknowledge() implements Effect {}

    /** ACK of the 2xx that came last, and BYE. */
    record Discard() implements Effect {}

    /** A final response to their INVITE that is open. */
    record Respond(int status, @Nullable SessionDescription description) implements Effect {
        Respond(int status) {
            this(status, null);
        }
    }

    /** A final response to their UPDATE that is open. */
    record RespondToUpdate(int status, @Nullable SessionDescription description) implements Effect {
        RespondToUpdate(int status) {
            this(status, null);
        }
    }

    record Bye() implements Effect {}

    /** {@link Input.PauseOver} after a while. */
    record Pause(Duration length) implements Effect {}
}
