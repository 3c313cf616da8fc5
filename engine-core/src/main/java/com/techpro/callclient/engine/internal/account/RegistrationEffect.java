// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.failure.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An action that a registration requests. */
sealed interface RegistrationEffect {
    /** @param expiry zero removes the binding (RFC 3261 §10.2.2) */
    record SendRegister(Duration expiry) implements RegistrationEffect {}

    /** Replaces a running timer. */
    record StartTimer(Duration delay) implements RegistrationEffect {}

    record StopTimer() implements RegistrationEffect {}

    /**
     * Notifies the host.
     *
     * @param valid how long the registration lasts from now, or null
     */
    record Publish(
            RegistrationState state,
            @Nullable Failure failure,
            @Nullable Duration valid,
            @Nullable Duration retryIn) implements RegistrationEffect {}
}
