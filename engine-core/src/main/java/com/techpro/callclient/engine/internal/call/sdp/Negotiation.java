// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.engine.failure.Failure.MediaProblem;

/** How one side of an offer/answer exchange came out. */
public sealed interface Negotiation {
    /**
     * Agreed.
     *
     * @param local our description: the answer to send, or the offer that was answered
     */
    record Agreed(SessionDescription local, NegotiatedMedia media) implements Negotiation {}

    /** Not possible; on a request this is a 488 (RFC 3261 §21.4.26). */
    record Refused(MediaProblem problem) implements Negotiation {}
}
