// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The result of waking the app with {@link CallClient#wake}.
 *
 * @param failure why an account is not registered, if one is not; else null
 */
public record WakeOutcome(Result result, @Nullable Failure failure) {
    /** What happened before the time was up. */
    public enum Result {
        /** A call rings. */
        CALL,
        /** Every account is registered, and no call came. */
        NO_CALL,
        /** At least one account could not be registered. */
        NOT_REGISTERED,
        /** There is no account: nobody is logged in, or {@link CallClient#restore} is not done yet. */
        NO_ACCOUNT,
        CLOSED
    }
}
