// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.call.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a registration reacts to. */
sealed interface RegistrationInput {
    record Start() implements RegistrationInput {}

    /**
     * 200, with our binding in it.
     *
     * @param lead how long before the end the registrar wants the refresh, or zero
     */
    record Accepted(Duration granted, Duration lead) implements RegistrationInput {
        Accepted(Duration granted) {
            this(granted, Duration.ZERO);
        }
    }

    /**
     * Any other final answer.
     *
     * @param minExpires of a 423, else null
     * @param retryAfter or null
     */
    record Rejected(
            int status,
            @Nullable Duration minExpires,
            @Nullable Duration retryAfter) implements RegistrationInput {}

    /** No answer that could be used: not sent, not answered, or our credentials refused. */
    record Failed(Failure failure) implements RegistrationInput {}

    /** The timer that the last step started. */
    record TimerFired() implements RegistrationInput {}

    /** The flow that we registered over is gone. */
    record FlowLost(Failure failure) implements RegistrationInput {}

    /** The device has a network again, or another one: waiting makes no sense any more. */
    record TryNow() implements RegistrationInput {}

    /** The host wants it registered, whatever was before. */
    record Register() implements RegistrationInput {}

    /** The REGISTER on its way was refused, but with credentials that are not the account's any more. */
    record CredentialsChanged() implements RegistrationInput {}

    record Leave() implements RegistrationInput {}
}
