// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.SipStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest status of one flow's registration, in the terms of
 * {@link com.techpro.callclient.engine.RegistrationSnapshot}.
 */
record FlowStatus(
        RegistrationState state,
        @Nullable Failure failure,
        @Nullable Instant expires,
        @Nullable Duration retryIn,
        @Nullable SipStatus status) {
    static final FlowStatus STARTING = of(RegistrationState.REGISTERING, null);

    static FlowStatus of(RegistrationState state, @Nullable Failure failure) {
        return new FlowStatus(state, failure, null, null, null);
    }

    boolean isRegistered() {
        return state == RegistrationState.REGISTERED;
    }

    /**
     * Returns the status of an account with these two flows. It is registered while one flow is
     * (RFC 5626 §4.2), unless the phone system refused the account. It is unregistered when both
     * flows are.
     *
     * @param second null if there is only one flow
     */
    static FlowStatus ofAccount(FlowStatus first, @Nullable FlowStatus second) {
        if (second == null) {
            return first;
        }
        boolean trying = first.state == RegistrationState.WAITING || first.state == RegistrationState.REGISTERING;
        if (trying && second.isRegistered()) {
            return second;
        }
        boolean leaving = first.state == RegistrationState.UNREGISTERED
                && second.state != RegistrationState.UNREGISTERED
                && second.state != RegistrationState.FAILED;
        return leaving ? of(RegistrationState.UNREGISTERING, null) : first;
    }
}
