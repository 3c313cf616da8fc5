// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.failure.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An input of the {@link RegistrationMachine}. */
sealed interface RegistrationInput {
    record Start() implements RegistrationInput {}

    /**
     * A 200 that lists our binding.
     *
     * @param lead how long before expiry the registrar wants the refresh, or zero
     */
    record Accepted(Duration granted, Duration lead) implements RegistrationInput {
        Accepted(Duration granted) {
            this(granted, Duration.ZERO);
        }
    }

    /**
     * Any other final response.
     *
     * @param minExpires of a 423, else null
     * @param retryAfter or null
     */
    record Rejected(
            int status,
            @Nullable Duration minExpires,
            @Nullable Duration retryAfter) implements RegistrationInput {}

    /** No usable response: not sent, not answered, or our credentials were refused. */
    record Failed(Failure failure) implements RegistrationInput {}

    /** The timer started by the last step has fired. */
    record TimerFired() implements RegistrationInput {}

    /** The flow that we registered over is lost. */
    record FlowLost(Failure failure) implements RegistrationInput {}

    /**
     * The network changed: this side closed the flow, and a REGISTER on its way is lost. No
     * failure, so a new one follows at once.
     */
    record NetworkChanged() implements RegistrationInput {}

    /** The device has a network again, or another one, so waiting is pointless. */
    record TryNow() implements RegistrationInput {}

    /** The host wants to register, whatever the state. */
    record Register() implements RegistrationInput {}

    /** The REGISTER on its way was refused, but it used outdated credentials. */
    record CredentialsChanged() implements RegistrationInput {}

    record Leave() implements RegistrationInput {}
}
