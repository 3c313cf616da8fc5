// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.ports.biometric.BiometricPort;
import com.techpro.callclient.ports.storage.SecureStoreException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An input of the {@link LockMachine}. */
sealed interface LockInput {
    record Loaded(LockRecord record) implements LockInput {}

    record NotLoaded(SecureStoreException.Reason reason) implements LockInput {}

    /**
     * A timeout, or the user's request to lock.
     *
     * @param number of the lock, if it locks
     */
    record LockNow(long number) implements LockInput {}

    /**
     * A password or PIN is about to be compared. It counts as wrong until proved right, so that
     * killing the process does not help.
     *
     * @param pin whether it also counts as a PIN attempt
     */
    record Attempted(Instant now, boolean pin) implements LockInput {}

    /**
     * The right password or PIN.
     *
     * @param opens false if the user has asked to lock since; the app then stays locked
     */
    record RightPassword(boolean opens) implements LockInput {}

    /**
     * The right password or PIN, with new settings.
     *
     * @param opens as in {@link RightPassword}
     */
    record Changed(AppLock.Settings settings, boolean opens) implements LockInput {}

    /**
     * The right password or PIN, or none if none exists, with a new PIN.
     *
     * @param opens as in {@link RightPassword}
     */
    record PinSet(StoredHash pin, AppLock.Settings settings, boolean opens) implements LockInput {}

    /**
     * A new PIN could not be stored, so the previous state applies again.
     *
     * @param pin the one that could not be stored
     */
    record PinNotStored(StoredHash pin, LockRecord.@Nullable Pin before, AppLock.Settings settings)
            implements LockInput {}

    /** @param number of the lock that the prompt was for */
    record Biometrics(BiometricPort.Answer answer, long number) implements LockInput {}

    /**
     * The phone system accepted the password.
     *
     * @param typed whether the user has just entered it; false for a stored one, which needs nobody
     *     present
     */
    record Proved(StoredHash password, boolean typed) implements LockInput {}

    /** The user's data and the lock are erased. */
    record Erased() implements LockInput {}
}
