// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.refer;

import com.techpro.callclient.engine.call.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The life of a REFER and of the subscription that comes with it (RFC 3515 §2.4, RFC 6665). Pure: {@code (phase, input)} gives the next
 * step.
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
    /** Timer N: the first NOTIFY comes at once (RFC 3515 §2.4.4, RFC 6665 §4.1.2.4). */
    static final Duration FIRST_NOTIFY = Duration.ofSeconds(32);

    /** As long as a call may ring (RFC 3261 §13.3.1.1, Timer C). */
    static final Duration RINGING = Duration.ofMinutes(3).plusSeconds(10);

    private ReferralMachine() {}

    enum Phase {
        SENT,
        ACCEPTED,
        PROGRESSING,
        OVER
    }

    /** What a referral reacts to. */
    sealed interface Input {
        /** @param tells whether notifications follow (RFC 4488) */
        record Accepted(boolean tells) implements Input {}

        /** Another final answer, or none. */
        record Refused(Failure why) implements Input {}

        /**
         * @param status of the request that the referee sent, or 0 if it does not say
         * @param failure what a final status that is none of success means, else null
         * @param last whether no other follows
         */
        record Notified(int status, @Nullable Failure failure, boolean last) implements Input {}

        record TimerFired() implements Input {}
    }

    /**
     * A phase and what to do on entering it.
     *
     * @param timeout replaces the timer that runs, or null to let it run
     * @param outcome to tell, with which everything is over, or null
     */
    record Step(
            Phase phase,
            @Nullable Duration timeout,
            @Nullable ReferralOutcome outcome) {
        static Step over(ReferralOutcome outcome) {
            return new Step(Phase.OVER, null, outcome);
        }

        static Step stay(Phase phase) {
            return new Step(phase, null, null);
        }
    }

    static Step next(Phase phase, Input input) {
        if (phase == Phase.OVER) {
            return Step.stay(phase);
        }
        if (input instanceof Input.Notified notified) {
            return notified(notified);
        }
        if (input instanceof Input.TimerFired) {
            return Step.over(
                    phase == Phase.PROGRESSING
                            ? new ReferralOutcome.Failed(new Failure.TimedOut(Failure.Waited.ANSWER))
                            : new ReferralOutcome.Accepted());
        }
        if (phase != Phase.SENT) {
            return Step.stay(phase);
        }
        if (input instanceof Input.Accepted accepted) {
            return accepted.tells()
                    ? new Step(Phase.ACCEPTED, FIRST_NOTIFY, null)
                    : Step.over(new ReferralOutcome.Accepted());
        }
        return Step.over(new ReferralOutcome.Failed(((Input.Refused) input).why()));
    }

    private static Step notified(Input.Notified notified) {
        if (notified.failure() != null) {
            return Step.over(new ReferralOutcome.Failed(notified.failure()));
        }
        if (notified.status() >= 200) {
            return Step.over(new ReferralOutcome.Done());
        }
        return notified.last() ? Step.over(new ReferralOutcome.Accepted()) : new Step(Phase.PROGRESSING, RINGING, null);
    }
}
