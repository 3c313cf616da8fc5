// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.lock;

import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The app lock. It opens with the password of the user's login, or with a PIN that the user chose,
 * with or without a login. While the app is locked, accounts register, also that of a login that
 * {@link com.techpro.callclient.engine.CallClient#restore} restores. Calls in progress continue,
 * and logging out works. Incoming calls can be answered if
 * {@link com.techpro.callclient.engine.CallClientConfig.Builder#answerWhileLocked} permits it.
 * Most of the rest throws {@link LockedException}. A new login waits until the app is unlocked.
 *
 * <p>The password is the one that the phone system accepted; the store keeps only a salted slow
 * hash of it. The lock and its settings survive a restart. An app with a lock starts locked, and
 * every app with a store is locked until the store has been read. Each wrong password makes the
 * user wait longer; restarting the app or setting the clock does not shorten the wait.
 *
 * <p>A PIN is digits or a passphrase: 6 to 128 characters, and not one that is easy to guess. The
 * store keeps only a salted slow hash of it. After {@value #PIN_ATTEMPTS} wrong PINs in a row, no
 * PIN is accepted, also after a restart. The password of the login then opens the lock, and PINs
 * are accepted again. Without a login, only logging out is possible, also for a user who forgot the
 * PIN. Logging out then erases the store, including the favourites whatever its options say,
 * removes the host's own accounts, and ends the lock. Nothing is erased unless the user asks for
 * it.
 *
 * <p>Without a store the lock lasts as long as the client. All methods may be called from any
 * thread and return at once. Outcomes arrive on the callbacks' executor, never exceptionally. Do
 * not wait for them inside a callback: see {@link com.techpro.callclient.engine.CallClient}.
 */
public interface AppLock {
    /** The number of wrong PINs in a row after which no PIN is accepted. */
    int PIN_ATTEMPTS = 5;

    boolean isLocked();

    Settings settings();

    /**
     * Changes the lock, also while it is locked: the proof is all that is needed. The lock can be
     * switched off at any time. A mode without a PIN deletes the PIN.
     *
     * @param proof its secret is wiped after it was checked
     */
    CompletionStage<LockOutcome> change(Settings settings, Proof proof);

    /**
     * Sets or replaces the PIN, and uses these settings from now on. Afterwards the app is open,
     * unless {@link #lockNow} was called later. The PIN is stored when the outcome comes. If it
     * could not be stored, the earlier PIN and settings remain in force.
     *
     * @param pin wiped after it was checked
     * @param settings settings whose mode uses a PIN
     * @param proof the password of the login, or the current PIN; {@link Proof.None} if there is
     *     neither
     * @throws IllegalArgumentException if the mode does not use a PIN
     */
    CompletionStage<LockOutcome> setPin(Secret pin, Settings settings, Proof proof);

    /** @param password the user's; wiped after it was checked */
    CompletionStage<LockOutcome> unlock(Secret password);

    /** @param pin the user's; wiped after it was checked */
    CompletionStage<LockOutcome> unlockWithPin(Secret pin);

    /**
     * Asks the platform to confirm its owner's presence (promise C8). The host has the text of the
     * reason under {@code lock.unlock.reason}. The password or PIN always works as well (promise
     * R4). Biometrics open the lock also after too many wrong PINs, but PINs are still not accepted
     * then.
     */
    CompletionStage<LockOutcome> unlockWithBiometrics();

    /**
     * Tells the engine that the user no longer sees the app: {@link Settings#backgroundTimeout} starts now. If
     * it is zero, the app is locked when this returns.
     */
    void appInBackground();

    /** Tells the engine that the user sees the app again. */
    void appInForeground();

    /**
     * Locks the app, unless the mode is {@link Mode#NONE}. The app is locked when this returns:
     * {@link #isLocked} is true, and locked methods throw {@link LockedException}.
     * {@link com.techpro.callclient.engine.CallClientListener#lockChanged} reports it once,
     * afterwards, on the callbacks' executor. Operations requested before continue.
     *
     * <p>A password, PIN or biometric confirmation that was requested before does not open the lock
     * any more. It ends as {@link LockOutcome.Result#CANCELLED} and does not count as wrong. A
     * pending {@link #change} or {@link #setPin} still takes effect; the app stays locked, unless
     * the new mode is NONE.
     *
     * @return whether the app is locked; false if there is no lock, so that the user must set one
     *     first
     */
    boolean lockNow();

    /** Reports that the user touched the app: the idle time-out starts again. */
    void userActive();

    /** What unlocks the app. */
    enum Mode {
        NONE,
        PASSWORD,
        BIOMETRIC_OR_PASSWORD,
        /** The PIN or, if the user is logged in, the password of the login. */
        PIN,
        /** As {@link #PIN}, or the platform's biometrics. */
        BIOMETRIC_OR_PIN;

        public boolean usesPin() {
            return this == PIN || this == BIOMETRIC_OR_PIN;
        }

        public boolean usesBiometrics() {
            return this == BIOMETRIC_OR_PASSWORD || this == BIOMETRIC_OR_PIN;
        }
    }

    /** The proof that the user is present. */
    sealed interface Proof {
        /** No proof: accepted if there is neither a login nor a PIN. */
        record None() implements Proof {}

        /** The password of the user's login. */
        record Password(Secret password) implements Proof {
            public Password {
                Objects.requireNonNull(password, "password");
            }
        }

        record Pin(Secret pin) implements Proof {
            public Pin {
                Objects.requireNonNull(pin, "pin");
            }
        }
    }

    /**
     * When the app locks, and what unlocks it.
     *
     * @param idleTimeout the time without {@link #userActive} after which the app locks, or null
     *     for never
     * @param backgroundTimeout the time after
     *     {@link com.techpro.callclient.engine.lock.AppLock#appInBackground}, zero for at once, or
     *     null for never
     */
    record Settings(
            Mode mode,
            @Nullable Duration idleTimeout,
            @Nullable Duration backgroundTimeout) {
        public static final Settings OFF = new Settings(Mode.NONE, null, null);

        public Settings {
            Objects.requireNonNull(mode, "mode");
            if ((idleTimeout != null && (idleTimeout.isNegative() || idleTimeout.isZero()))
                    || (backgroundTimeout != null && backgroundTimeout.isNegative())) {
                throw new IllegalArgumentException("a time-out is not negative, and idleness lasts");
            }
        }
    }
}
