// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.history;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.people.CallOutcome;

/** Converts a call's ending to the history's outcome. */
public final class CallOutcomes {
    private CallOutcomes() {}

    public static CallOutcome of(CallDirection direction, boolean answered, CallEnding ending) {
        if (answered && !(ending instanceof CallEnding.AnsweredElsewhere)) {
            return CallOutcome.ANSWERED;
        }
        if (ending instanceof CallEnding.AnsweredElsewhere) {
            return CallOutcome.ANSWERED_ELSEWHERE;
        }
        if (ending instanceof CallEnding.Forwarded) {
            return CallOutcome.FORWARDED;
        }
        if (ending instanceof CallEnding.RejectedHere rejected && rejected.reason() == RejectReason.UNAVAILABLE) {
            return CallOutcome.MISSED;
        }
        if (ending instanceof CallEnding.RejectedHere || ending instanceof CallEnding.Declined) {
            return CallOutcome.DECLINED;
        }
        if (ending instanceof CallEnding.CancelledByCaller) {
            return CallOutcome.MISSED;
        }
        if (ending instanceof CallEnding.NoAnswer) {
            return direction == CallDirection.INCOMING ? CallOutcome.MISSED : CallOutcome.NO_ANSWER;
        }
        if (ending instanceof CallEnding.Busy) {
            return CallOutcome.BUSY;
        }
        boolean givenUp = ending instanceof CallEnding.Cancelled || ending instanceof CallEnding.LocalHangUp;
        if (givenUp) {
            return direction == CallDirection.INCOMING ? CallOutcome.MISSED : CallOutcome.CANCELLED;
        }
        return CallOutcome.FAILED;
    }
}
