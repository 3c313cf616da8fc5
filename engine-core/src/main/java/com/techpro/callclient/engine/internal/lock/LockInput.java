// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.ports.biometric.BiometricPort;
import com.techpro.callclient.ports.storage.SecureStoreException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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

    /**
     * A password or PIN is about to be compared: it counts as wrong until it proves right, so that ending the process is no way round.
     *
     * @param pin whether it counts among the PINs as well
     */
    record Attempted(Instant now, boolean pin) implements LockInput {}

    /**
     * Or the right PIN.
     *
     * @param opens false if the user wished to lock after it was given: what is locked stays so
     */
    record RightPassword(boolean opens) implements LockInput {}

    /**
     * The right password or PIN, with a wish.
     *
     * @param opens as of {@link RightPassword}
     */
    record Changed(AppLock.Settings settings, boolean opens) implements LockInput {}

    /**
     * The right password or PIN, or none where there is none, with a new PIN.
     *
     * @param opens as of {@link RightPassword}
     */
    record PinSet(PasswordHash pin, AppLock.Settings settings, boolean opens) implements LockInput {}

    /**
     * A PIN that was set could not be stored: what held before holds again.
     *
     * @param pin the one that could not be stored
     */
    record PinNotStored(PasswordHash pin, LockRecord.@Nullable Pin before, AppLock.Settings settings)
            implements LockInput {}

    /** @param number of the lock that the question was asked for */
    record Biometrics(BiometricPort.Answer answer, long number) implements LockInput {}

    /**
     * The phone system accepted the password.
     *
     * @param typed by the user just now; false of one that was stored, at which nobody has to be here
     */
    record Proved(PasswordHash password, boolean typed) implements LockInput {}

    /** The user's data is gone, and the lock with it. */
    record Erased() implements LockInput {}
}
