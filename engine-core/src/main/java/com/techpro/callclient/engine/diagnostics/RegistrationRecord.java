// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.diagnostics;

import com.techpro.callclient.engine.RegistrationState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of an account's registration.
 *
 * @param account its id within the client
 * @param failure the {@link com.techpro.callclient.engine.failure.Failure#code}, or null
 * @param retryIn how long the engine waits before it retries, or null
 */
public record RegistrationRecord(
        Instant time,
        String account,
        RegistrationState state,
        @Nullable String failure,
        @Nullable Duration retryIn) {}
