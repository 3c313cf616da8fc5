// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.people.CallOutcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Promise C5: each ending, of a call of either direction that nobody answered. */
class CallOutcomesTest {
    @ParameterizedTest
    @CsvSource({
        "LocalHangUp, MISSED, CANCELLED",
        "Cancelled, MISSED, CANCELLED",
        "CancelledByCaller, MISSED, MISSED",
        "AnsweredElsewhere, ANSWERED_ELSEWHERE, ANSWERED_ELSEWHERE",
        "Busy, BUSY, BUSY",
        "Declined, DECLINED, DECLINED",
        "RejectedHere DECLINED, DECLINED, DECLINED",
        "RejectedHere BUSY, DECLINED, DECLINED",
        "RejectedHere UNAVAILABLE, MISSED, MISSED",
        "Forwarded, FORWARDED, FORWARDED",
        "NoAnswer, MISSED, NO_ANSWER",
        "NotFound, FAILED, FAILED",
        "Unavailable, FAILED, FAILED",
        "MediaTimeout, FAILED, FAILED",
        "Failed, FAILED, FAILED",
    })
    void a_call_that_nobody_answered_is(String ending, CallOutcome incoming, CallOutcome outgoing) {
        assertThat(CallOutcomes.of(CallDirection.INCOMING, false, ending(ending)))
                .isEqualTo(incoming);
        assertThat(CallOutcomes.of(CallDirection.OUTGOING, false, ending(ending)))
                .isEqualTo(outgoing);
    }

    @ParameterizedTest
    @EnumSource(CallDirection.class)
    void a_call_that_was_answered_stays_so_unless_another_phone_took_it(CallDirection direction) {
        for (String ending : new String[] {"LocalHangUp", "CancelledByCaller", "MediaTimeout", "Failed"}) {
            assertThat(CallOutcomes.of(direction, true, ending(ending)))
                    .as(ending)
                    .isEqualTo(CallOutcome.ANSWERED);
        }
        assertThat(CallOutcomes.of(direction, true, ending("AnsweredElsewhere")))
                .isEqualTo(CallOutcome.ANSWERED_ELSEWHERE);
    }

    private static CallEnding ending(String name) {
        return switch (name) {
            case "LocalHangUp" -> new CallEnding.LocalHangUp();
            case "Cancelled" -> new CallEnding.Cancelled();
            case "CancelledByCaller" -> new CallEnding.CancelledByCaller();
            case "AnsweredElsewhere" -> new CallEnding.AnsweredElsewhere();
            case "Busy" -> new CallEnding.Busy();
            case "Declined" -> new CallEnding.Declined();
            case "Forwarded" -> new CallEnding.Forwarded();
            case "NoAnswer" -> new CallEnding.NoAnswer();
            case "NotFound" -> new CallEnding.NotFound();
            case "Unavailable" -> new CallEnding.Unavailable();
            case "MediaTimeout" -> new CallEnding.MediaTimeout();
            case "Failed" -> new CallEnding.Failed(new Failure.Unreachable());
            default -> new CallEnding.RejectedHere(RejectReason.valueOf(name.replace("RejectedHere ", "")));
        };
    }
}
