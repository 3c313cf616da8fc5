// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.RejectReason;

/** How a call of the history went. */
public enum CallOutcome {
    ANSWERED,
    /** Incoming, and nobody took it. */
    MISSED,
    /** Turned away: incoming by the user, outgoing by the other side. */
    DECLINED,
    /** Outgoing: the other side was busy. */
    BUSY,
    /** Outgoing: it rang until the time was up. */
    NO_ANSWER,
    /** Incoming: another phone of the user took it. */
    ANSWERED_ELSEWHERE,
    /** Outgoing: the user gave up. */
    CANCELLED,
    /** It could not be made, or not received; the reason tells why. */
    FAILED;

    /** What an ending means in a history. */
    public static CallOutcome of(CallDirection direction, boolean answered, CallEnding ending) {
        if (answered && !(ending instanceof CallEnding.AnsweredElsewhere)) {
            return ANSWERED;
        }
        if (ending instanceof CallEnding.AnsweredElsewhere) {
            return ANSWERED_ELSEWHERE;
        }
        if (ending instanceof CallEnding.RejectedHere rejected && rejected.reason() == RejectReason.UNAVAILABLE) {
            return MISSED;
        }
        if (ending instanceof CallEnding.RejectedHere || ending instanceof CallEnding.Declined) {
            return DECLINED;
        }
        if (ending instanceof CallEnding.CancelledByCaller) {
            return MISSED;
        }
        if (ending instanceof CallEnding.NoAnswer) {
            return direction == CallDirection.INCOMING ? MISSED : NO_ANSWER;
        }
        if (ending instanceof CallEnding.Busy) {
            return BUSY;
        }
        boolean givenUp = ending instanceof CallEnding.Cancelled || ending instanceof CallEnding.LocalHangUp;
        if (givenUp) {
            return direction == CallDirection.INCOMING ? MISSED : CANCELLED;
        }
        return FAILED;
    }
}
