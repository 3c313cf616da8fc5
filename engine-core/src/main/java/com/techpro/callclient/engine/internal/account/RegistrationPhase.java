// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.failure.Failure;
import java.time.Duration;

/** The phase of a registration; see {@link RegistrationMachine}. */
sealed interface RegistrationPhase {
    /** Not started. */
    record Idle() implements RegistrationPhase {}

    /**
     * A REGISTER is on its way: the first one, or one after a failure.
     *
     * @param asked the expiry it asks for
     * @param failures consecutive failures
     * @param raised whether we have already raised the expiry for the registrar (RFC 3261 §10.2.8)
     */
    record Registering(Duration asked, int failures, boolean raised) implements RegistrationPhase {
        Registering(Duration asked, int failures) {
            this(asked, failures, false);
        }
    }

    /** Registered; a timer runs until the refresh. */
    record Registered(Duration asked) implements RegistrationPhase {}

    /**
     * Registered; the refresh is on its way.
     *
     * @param raised as in {@link Registering}
     */
    record Refreshing(Duration asked, boolean raised) implements RegistrationPhase {
        Refreshing(Duration asked) {
            this(asked, false);
        }
    }

    /**
     * Failed; a timer runs until the next attempt.
     *
     * @param cause the failure of the last attempt
     */
    record Waiting(Duration asked, int failures, Failure cause) implements RegistrationPhase {}

    /** Failed, and not retried before somebody asks: only the user can help. */
    record Stopped(Failure failure) implements RegistrationPhase {}

    /**
     * Unregistering.
     *
     * @param busy whether an earlier REGISTER must be answered first, because only one may be
     *     pending (RFC 3261 §10.2)
     */
    record Leaving(boolean busy) implements RegistrationPhase {}

    record Gone() implements RegistrationPhase {}
}
