// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.call.signalling.CallSignalling;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the call machine wants done. An effect that answers a request or response carries the
 * id that came with it. If there is nothing with that id, the machine has a bug and
 * {@link CallSignalling#perform} throws.
 */
public sealed interface CallEffect {
    /** Sends the first INVITE, or a re-INVITE. */
    record Invite(SessionDescription offer) implements CallEffect {}

    /**
     * Sends an UPDATE without an offer; it refreshes the session and changes nothing (RFC 4028
     * §7.4).
     */
    record Refresh() implements CallEffect {}

    /** Cancels our first INVITE. */
    record Cancel() implements CallEffect {}

    /** Sends the ACK of a 2xx. For the first INVITE, this decides which phone the call is with. */
    record Acknowledge(AnswerId to) implements CallEffect {}

    /** Sends the ACK of a 2xx to our first INVITE, then BYE. */
    record Discard(AnswerId to) implements CallEffect {}

    /**
     * Sends the final response to the far end's INVITE or UPDATE.
     *
     * @param retryAfter seconds after which the far end may retry, or a negative number
     * @param forwarding the new destination of the caller, or null
     */
    record Respond(
            RequestId to,
            int status,
            @Nullable SessionDescription description,
            int retryAfter,
            @Nullable Forwarding forwarding)
            implements CallEffect {
        public Respond(RequestId to, int status, @Nullable SessionDescription description, int retryAfter) {
            this(to, status, description, retryAfter, null);
        }

        public Respond(RequestId to, Forwarding forwarding) {
            this(to, 302, null, -1, forwarding);
        }

        public Respond(RequestId to, int status, @Nullable SessionDescription description) {
            this(to, status, description, -1);
        }

        public Respond(RequestId to, int status) {
            this(to, status, null, -1);
        }
    }

    /** Sends the 180 to the caller's INVITE, which creates the dialog. */
    record Ring180(RequestId to) implements CallEffect {}

    /** Starts the timers of a call that nobody answers: to forward it, and to end it. */
    record StartRingTimer() implements CallEffect {}

    record Bye() implements CallEffect {}

    /** Refuses the far end's REFER, follows it, or asks the user. */
    record DecideTransfer(RequestId to) implements CallEffect {}

    /** Ends the transfers that the far end or we requested, because another party replaces it. */
    record AbandonTransfers() implements CallEffect {}

    /** Adds the far end's candidates, if this call uses ICE, and answers their INFO. */
    record AddCandidates(RequestId to, String fragment) implements CallEffect {
        @Override
        public String toString() {
            return "AddCandidates[redacted]";
        }
    }

    /** Sends the candidates that the far end does not know yet, if it takes them by INFO. */
    record SendCandidates() implements CallEffect {}

    /** Restarts ICE, if this call uses it, with an offer of ours. */
    record RestartIce() implements CallEffect {}

    /** Tells the host, unless it knows. */
    record Report(CallInput.Observation what) implements CallEffect {}

    /** Starts a timer that feeds {@link CallInput.GlareBackoffElapsed}. */
    record StartGlareBackoff(Duration length) implements CallEffect {
        /**
         * Waits after glare (RFC 3261 §14.1): 2.1 to 4 seconds for the owner of the Call-ID, up to
         * 2 seconds for the other side, in steps of 10 ms.
         */
        static StartGlareBackoff afterGlare(CallDirection direction, double chance) {
            return new StartGlareBackoff(
                    direction == CallDirection.OUTGOING
                            ? Duration.ofMillis(2_100 + 10 * (long) (191 * chance))
                            : Duration.ofMillis(10 * (long) (201 * chance)));
        }

        /** Waits for a connection. */
        static StartGlareBackoff toReconnect(double chance) {
            return new StartGlareBackoff(Duration.ofMillis(3_000 + 10 * (long) (100 * chance)));
        }
    }
}
