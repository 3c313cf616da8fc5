// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.lock;

import java.time.Duration;

/**
 * How an attempt to unlock, or to change the lock, came out.
 *
 * @param retryIn how long further passwords are refused unseen; zero if the next may come at once
 */
public record LockOutcome(Result result, Duration retryIn) {
    public static LockOutcome of(Result result) {
        return new LockOutcome(result, Duration.ZERO);
    }

    public boolean isDone() {
        return result == Result.DONE;
    }

    /** What became of it. */
    public enum Result {
        DONE("It is done."),
        WRONG_PASSWORD("The password is not right; try again."),
        TOO_MANY_ATTEMPTS("The password was wrong too often; wait before you try again."),
        NOT_RECOGNISED("You were not recognised; try again or use the password."),
        CANCELLED("Nothing was changed."),
        BIOMETRICS_LOCKED_OUT("The device refuses biometrics for now; use the password."),
        BIOMETRICS_UNAVAILABLE("Biometrics cannot be used here; use the password."),
        /** Fingers or faces were added or removed since the last password. */
        PASSWORD_NEEDED("What this device recognises has changed; use the password once."),
        /** The phone system has not confirmed a password yet, so there is none to compare with. */
        NOT_LOGGED_IN("Log in to the phone system first."),
        STORE_FAILED("The device's secure store does not work now; try again later, or log out.");

        private final String advice;

        Result(String advice) {
            this.advice = advice;
        }

        /** What the user can do, in one sentence. */
        public String advice() {
            return advice;
        }
    }
}
