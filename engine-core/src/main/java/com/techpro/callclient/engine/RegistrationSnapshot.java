// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.ports.push.PushSupport;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of an account's registration at one moment.
 *
 * @param failure why the state is WAITING or FAILED, or UNREGISTERED without the registrar's confirmation; else null
 * @param expires when the phone system forgets this registration unless it is refreshed; null unless REGISTERED
 * @param retryIn how long the engine waits before it tries again; null unless WAITING
 * @param weakenedSecurity whether the account permits less protection than real use needs
 * @param flows over how many flows calls arrive (RFC 5626): 2 if the phone system has two servers and both are up; 0
 *     unless REGISTERED
 * @param push whether a call wakes a sleeping app
 * @param status the response that refused the registration, if the failure is a response; else null
 */
public record RegistrationSnapshot(
        RegistrationState state,
        @Nullable Failure failure,
        @Nullable Instant expires,
        @Nullable Duration retryIn,
        boolean weakenedSecurity,
        int flows,
        PushSupport push,
        @Nullable SipStatus status) {}
