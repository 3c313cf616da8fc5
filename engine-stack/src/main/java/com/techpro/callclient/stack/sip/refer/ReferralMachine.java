// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.refer;

import com.techpro.callclient.engine.failure.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a REFER and its implicit subscription (RFC 3515 §2.4, RFC 6665). Pure:
 * {@code (phase, input)} gives the next step.
 *
 * <pre>
 *           2xx                  NOTIFY 1xx
 *   Sent ─────────► Accepted ─────────────► Progressing
 *    │ │               │ │                     │ │ │
 *    │ │ no, or none   │ │ nothing in time:    │ │ │ nothing in time: Failed
 *    │ └─► Failed      │ └─► "accepted"        │ │ └ terminated: "accepted"
 *    └─────────────────┴──── NOTIFY final ─────┘ ─► Done or Failed
 * </pre>
 *
 * A NOTIFY may overtake the answer.
 */
final class ReferralMachine {
    /** Timer N: the first NOTIFY follows at once (RFC 3515 §2.4.4, RFC 6665 §4.1.2.4). */
    static final Duration FIRST_NOTIFY = Duration.ofSeconds(32);

    /**
     * As long as a call may ring (RFC 3261 §13.3.1.1, Timer C); then a referee that keeps reporting
     * "trying" is given up.
     */
    static final Duration RINGING = Duration.ofMinutes(3).plusSeconds(10);

    private ReferralMachine() {}

    enum ReferralPhase {
        SENT,
        ACCEPTED,
        PROGRESSING,
        OVER
    }

    /** The inputs of a referral. */
    sealed interface ReferralInput {
        /**
         * @param tells whether notifications follow (RFC 4488)
         */
        record Accepted(boolean tells) implements ReferralInput {}

        /** Another final response, or none. */
        record Refused(Failure why) implements ReferralInput {}

        /**
         * @param status of the request that the referee sent, or 0 if it does not say
         * @param failure the meaning of a final status other than success, else null
         * @param last whether no other follows
         */
        record Notified(int status, @Nullable Failure failure, boolean last) implements ReferralInput {}

        record TimerFired() implements ReferralInput {}
    }

    /**
     * A phase, and what to do on entering it.
     *
     * @param timeout replaces the running timer, or null to keep it
     * @param outcome the final outcome to report, or null
     */
    record Step(
            ReferralPhase phase,
            @Nullable Duration timeout,
            @Nullable ReferralOutcome outcome) {
        static Step over(ReferralOutcome outcome) {
            return new Step(ReferralPhase.OVER, null, outcome);
        }

        static Step stay(ReferralPhase phase) {
            return new Step(phase, null, null);
        }
    }

    static Step next(ReferralPhase phase, ReferralInput input) {
        if (phase == ReferralPhase.OVER) {
            return Step.stay(phase);
        }
        if (input instanceof ReferralInput.Notified notified) {
            return notified(phase, notified);
        }
        if (input instanceof ReferralInput.TimerFired) {
            return Step.over(
                    phase == ReferralPhase.PROGRESSING
                            ? new ReferralOutcome.Failed(new Failure.TimedOut(Failure.Waited.ANSWER))
                            : new ReferralOutcome.Accepted());
        }
        if (phase != ReferralPhase.SENT) {
            return Step.stay(phase);
        }
        if (input instanceof ReferralInput.Accepted accepted) {
            return accepted.tells()
                    ? new Step(ReferralPhase.ACCEPTED, FIRST_NOTIFY, null)
                    : Step.over(new ReferralOutcome.Accepted());
        }
        return Step.over(new ReferralOutcome.Failed(((ReferralInput.Refused) input).why()));
    }

    private static Step notified(ReferralPhase phase, ReferralInput.Notified notified) {
        if (notified.failure() != null) {
            return Step.over(new ReferralOutcome.Failed(notified.failure()));
        }
        if (notified.status() >= 200) {
            return Step.over(new ReferralOutcome.Done());
        }
        if (notified.last()) {
            return Step.over(new ReferralOutcome.Accepted());
        }
        return phase == ReferralPhase.PROGRESSING
                ? Step.stay(phase)
                : new Step(ReferralPhase.PROGRESSING, RINGING, null);
    }
}
