// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.call.Failure;
import java.time.Duration;

/** Where a registration stands; see {@link RegistrationMachine}. */
sealed interface RegistrationPhase {
    /** Not started. */
    record Idle() implements RegistrationPhase {}

    /**
     * A first REGISTER, or one after a failure, is on its way.
     *
     * @param asked the expiry it asks for
     * @param failures how often in a row it has failed
     * @param raised whether the registrar has had a longer expiry from us already (RFC 3261 §10.2.8)
     */
    record Registering(Duration asked, int failures, boolean raised) implements RegistrationPhase {
        Registering(Duration asked, int failures) {
            this(asked, failures, false);
        }
    }

    /** The registrar knows us; a timer runs until the refresh. */
    record Registered(Duration asked) implements RegistrationPhase {}

    /**
     * The registrar knows us, and the refresh is on its way.
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
     * @param cause what the last attempt failed with
     */
    record Waiting(Duration asked, int failures, Failure cause) implements RegistrationPhase {}

    /** Failed, and not tried again before somebody says so: only the user can help. */
    record Stopped(Failure failure) implements RegistrationPhase {}

    /**
     * On the way out.
     *
     * @param busy whether an earlier REGISTER must be answered first: one at a time (RFC 3261 §10.2)
     */
    record Leaving(boolean busy) implements RegistrationPhase {}

    record Gone() implements RegistrationPhase {}
}
