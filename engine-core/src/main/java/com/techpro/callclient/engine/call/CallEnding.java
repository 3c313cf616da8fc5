// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import com.techpro.callclient.engine.failure.Failure;

/** The reason why a call ended. Every way a call can end is one of these; none carries personal data. */
public sealed interface CallEnding {
    /** A stable word for logs and statistics. */
    default String code() {
        return CallEndingText.of(this).code();
    }

    /** What happened and what the user can do, in one English sentence; of a failure its {@link Failure#advice}. */
    default String advice() {
        return CallEndingText.of(this).advice();
    }

    /** This side hung up an answered call. */
    record LocalHangUp() implements CallEnding {}

    /** The other side hung up an answered call. */
    record RemoteHangUp() implements CallEnding {}

    /** The other side was transferred to somebody else; see {@link Call#transfer} and {@link Call#transferTo}. */
    record Transferred() implements CallEnding {}

    /** This side cancelled its own call before it was answered. */
    record Cancelled() implements CallEnding {}

    /** The caller gave up before the call was answered: a missed call. */
    record CancelledByCaller() implements CallEnding {}

    /** Another phone of this user answered the call: not a missed call (RFC 3326, cause 200). */
    record AnsweredElsewhere() implements CallEnding {}

    /** The other side is busy (486, 600). */
    record Busy() implements CallEnding {}

    /** The other side declined the call (603, 607). */
    record Declined() implements CallEnding {}

    /** This side rejected an incoming call. */
    record RejectedHere(RejectReason reason) implements CallEnding {}

    /** This side forwarded the caller to somebody else; see {@link CallForwarding} and {@link Call#forward}. */
    record Forwarded() implements CallEnding {}

    /** The call rang until the time was up: outgoing, nobody answered there; incoming, nobody answered here. */
    record NoAnswer() implements CallEnding {}

    /** The number or extension does not exist (404, 410, 484, 485, 604). */
    record NotFound() implements CallEnding {}

    /**
     * The number exists, but none of its phones takes calls now (480): none can be reached, or its user does not want
     * to be disturbed.
     */
    record Unavailable() implements CallEnding {}

    /** Media stopped arriving and did not come back. */
    record MediaTimeout() implements CallEnding {}

    /** Anything else that prevented or broke the call. */
    record Failed(Failure failure) implements CallEnding {}
}
