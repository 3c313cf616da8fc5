// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.ports.biometric.BiometricPort;
import com.techpro.callclient.ports.storage.SecureStoreException;
import java.time.Instant;

/** What the lock reacts to. */
sealed interface LockInput {
    record Loaded(LockRecord record) implements LockInput {}

    record NotLoaded(SecureStoreException.Reason reason) implements LockInput {}

    /**
     * A time-out, or the user's wish.
     *
     * @param number of the lock, should it lock
     */
    record LockNow(long number) implements LockInput {}

    /** A password is about to be compared: it counts as wrong until it proves right, so that ending the process is no way round. */
    record Attempted(Instant now) implements LockInput {}

    record RightPassword() implements LockInput {}

    /** The right password, with a wish. */
    record Changed(AppLock.Settings settings) implements LockInput {}

    /** @param number of the lock that the question was asked for */
    record Biometrics(BiometricPort.Answer answer, long number) implements LockInput {}

    /** The phone system accepted the password. */
    record Proved(PasswordHash password) implements LockInput {}

    /** The user's data is gone, and the lock with it. */
    record Erased() implements LockInput {}
}
