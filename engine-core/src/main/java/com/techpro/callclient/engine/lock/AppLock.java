// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.lock;

import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The lock on the app. The password of the user's login opens it, or a PIN of the user's own, with a login or without. While it is locked no
 * credential leaves the store, calls in progress go on, an incoming call can be answered if
 * {@link com.techpro.callclient.engine.CallClientConfig.Builder#answerWhileLocked} says so, logging out works, and everything else throws {@link LockedException}.
 *
 * <p>The password is the one that the phone system accepted; only a salted slow hash of it is kept, in the store. The lock and its settings
 * survive a restart: an app with a lock starts locked, and every app with a store is locked until the store was read. Wrong passwords cost
 * time, more with each, and restarting the app or setting the clock does not give it back.
 *
 * <p>A PIN is digits or a passphrase: 6 to 128 characters, and none of those that everybody tries first. Of it, too, only a salted slow hash is
 * kept. After {@value #PIN_ATTEMPTS} wrong ones in a row it opens nothing any more, also after a restart. Then the password of the login
 * opens the lock, and the PIN counts again. Without a login only logging out is left, for whoever forgot the PIN too: it erases what the
 * store holds, the favourites whatever its options say, removes the host's own accounts, and ends the lock. Nothing is erased unasked.
 *
 * <p>Without a store the lock lasts as long as the client. All methods may be called from any thread and
 * return at once; outcomes come on the callbacks' executor, never exceptionally, and are not to be waited for inside a callback: see
 * {@link com.techpro.callclient.engine.CallClient}.
 */
public interface AppLock {
    /** Wrong PINs in a row, after which none is looked at. */
    int PIN_ATTEMPTS = 5;

    boolean isLocked();

    Settings settings();

    /**
     * Changes the lock, also while it is locked: the right password is all the proof there is. Switching it off, too, is possible at any time.
     *
     * @param password the user's; wiped once it was looked at
     */
    CompletionStage<LockOutcome> change(Settings settings, Secret password);

    /**
     * As the other, with whatever proof the user has. A mode without a PIN forgets the PIN.
     *
     * @param proof its secret is wiped once it was looked at
     */
    CompletionStage<LockOutcome> change(Settings settings, Proof proof);

    /**
     * Sets a PIN, or another in its place, and locks with these settings from now on; the app is open afterwards, unless {@link #lockNow} came later. It is stored when the
     * outcome comes; where it could not be, what held before holds.
     *
     * @param pin wiped once it was looked at
     * @param settings with a mode that has a PIN
     * @param proof the password of the login, or the PIN so far; {@link Proof.None} where there is neither
     * @throws IllegalArgumentException if the mode has no PIN
     */
    CompletionStage<LockOutcome> setPin(Secret pin, Settings settings, Proof proof);

    /** @param password the user's; wiped once it was looked at */
    CompletionStage<LockOutcome> unlock(Secret password);

    /** @param pin the user's; wiped once it was looked at */
    CompletionStage<LockOutcome> unlockWithPin(Secret pin);

    /**
     * Asks the platform whether its owner is there (promise C8), for the reason whose text the host has under {@code lock.unlock.reason}; the password
     * or the PIN always works as well (promise R4). A yes opens also where the PIN was wrong too often, and does not make it count again.
     */
    CompletionStage<LockOutcome> unlockWithBiometrics();

    /**
     * Locks, unless the mode is {@link Mode#NONE}. The app is locked when this returns: {@link #isLocked} is
     * true, and what is locked throws {@link LockedException} from the next line on.
     * {@link com.techpro.callclient.engine.CallClientListener#lockChanged} tells it once, afterwards, on the
     * callbacks' executor. What was asked for before goes on. A password, a PIN or the platform's yes that
     * was asked for before opens nothing any more: it ends as {@link LockOutcome.Result#CANCELLED}, and does
     * not count as wrong. {@link #change} and {@link #setPin} change what they were to change, and an app
     * that is locked meanwhile stays locked, unless its mode is NONE then.
     */
    void lockNow();

    /** The user touched the app: the time until it locks for idleness starts anew. */
    void userActive();

    /** What unlocks. */
    enum Mode {
        NONE,
        PASSWORD,
        BIOMETRIC_OR_PASSWORD,
        /** The PIN, and where the user is logged in the password of the login. */
        PIN,
        /** As {@link #PIN}, or the platform's yes. */
        BIOMETRIC_OR_PIN;

        public boolean usesPin() {
            return this == PIN || this == BIOMETRIC_OR_PIN;
        }

        public boolean usesBiometrics() {
            return this == BIOMETRIC_OR_PASSWORD || this == BIOMETRIC_OR_PIN;
        }
    }

    /** What shows that the user is here. */
    sealed interface Proof {
        /** Nothing: enough where there is neither a login nor a PIN. */
        record None() implements Proof {}

        /** Of the user's login. */
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
     * @param idleTimeout without {@link #userActive}, or null for never
     * @param backgroundTimeout since {@link com.techpro.callclient.engine.CallClient#appInBackground}, zero for at once, or null for never
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
