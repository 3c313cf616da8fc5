// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.lock;

import com.techpro.callclient.ports.storage.SecureStoreException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an attempt to unlock or to change the lock.
 *
 * @param retryIn how long further passwords and PINs are refused without being checked; zero if the
 *     next may come at once
 * @param attemptsLeft the number of PINs that may still be tried after a wrong one; otherwise null
 * @param storeFailure why the store failed with {@link Result#STORE_FAILED}, if it said; otherwise
 *     null
 */
public record LockOutcome(
        Result result,
        Duration retryIn,
        @Nullable Integer attemptsLeft,
        SecureStoreException.@Nullable Reason storeFailure) {
    public LockOutcome(Result result, Duration retryIn, @Nullable Integer attemptsLeft) {
        this(result, retryIn, attemptsLeft, null);
    }

    public LockOutcome(Result result, Duration retryIn) {
        this(result, retryIn, null);
    }

    public static LockOutcome of(Result result) {
        return new LockOutcome(result, Duration.ZERO);
    }

    /** Returns {@link Result#STORE_FAILED} with the reason that the store gave. */
    public static LockOutcome storeFailed(SecureStoreException.Reason reason) {
        return new LockOutcome(Result.STORE_FAILED, Duration.ZERO, null, reason);
    }

    /** Returns what the user can do, in one sentence: the store's advice if it failed, else the result's. */
    public String advice() {
        return storeFailure == null ? result.advice() : storeFailure.advice();
    }

    public boolean isDone() {
        return result == Result.DONE;
    }

    /** The result. */
    public enum Result {
        DONE("Done."),
        WRONG_PASSWORD("The password is wrong; try again."),
        WRONG_PIN("The PIN is wrong; try again."),
        /** Too many wrong passwords or PINs, or too many attempts at the same time. */
        TOO_MANY_ATTEMPTS("There were too many wrong attempts; wait before you try again."),
        /** No PIN is accepted until the password of the login opened the lock. */
        PIN_BLOCKED("The PIN was wrong five times; use your account password."),
        /** As {@link #PIN_BLOCKED}, and there is no login. */
        LOGOUT_NEEDED("The PIN was wrong five times; log out, which erases your data on this device, and start again."),
        PIN_TOO_SHORT("A PIN must have at least six characters; choose a longer one."),
        PIN_TOO_LONG("A PIN can have at most 128 characters; choose a shorter one."),
        /**
         * One character throughout, a sequence, a repetition, only two different characters, or one
         * of the most common.
         */
        PIN_TOO_SIMPLE("This PIN is too easy to guess; choose another."),
        PIN_NOT_SET("Set a PIN first."),
        /** There is a login or a PIN; changing the lock requires one of them. */
        PROOF_NEEDED("Enter your PIN or your account password."),
        NOT_RECOGNISED("You were not recognised; try again, or use your password or PIN."),
        CANCELLED("Nothing was changed."),
        BIOMETRICS_LOCKED_OUT("The device has locked biometrics for now; use your password or PIN."),
        BIOMETRICS_UNAVAILABLE("Biometrics cannot be used here; use your password or PIN."),
        /** Fingers or faces were added or removed since the last password or PIN. */
        PASSWORD_NEEDED("The fingerprints or faces on this device have changed; use your password or PIN once."),
        /** The phone system has not accepted a password yet, so there is none to compare with. */
        NOT_LOGGED_IN("Log in to the phone system first."),
        STORE_FAILED("The device's secure store is not working; try again later, or log out.");

        private final String advice;

        Result(String advice) {
            this.advice = advice;
        }

        /** As {@link LockOutcome#advice}, which knows the store's reason too. */
        public String advice() {
            return advice;
        }
    }
}
