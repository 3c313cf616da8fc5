// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.lock;

import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The lock on the app. While it is locked no credential leaves the store, calls in progress go on, an incoming call can be answered if
 * {@link com.techpro.callclient.engine.CallClientConfig.Builder#answerWhileLocked} says so, logging out works, and everything else throws {@link LockedException}.
 *
 * <p>The password is the one that the phone system accepted; only a salted slow hash of it is kept, in the store. The lock and its settings
 * survive a restart: an app with a lock starts locked, and every app with a store is locked until the store was read. Wrong passwords cost
 * time, more with each, and restarting the app or setting the clock does not give it back. All methods may be called from any thread and
 * return at once; outcomes come on the callbacks' executor, never exceptionally, and are not to be waited for inside a callback: see
 * {@link com.techpro.callclient.engine.CallClient}.
 */
public interface AppLock {
    boolean isLocked();

    Settings settings();

    /**
     * Changes the lock, also while it is locked: the right password is all the proof there is. Switching it off, too, is possible at any time.
     *
     * @param password the user's; wiped once it was looked at
     */
    CompletionStage<LockOutcome> change(Settings settings, Secret password);

    /** @param password the user's; wiped once it was looked at */
    CompletionStage<LockOutcome> unlock(Secret password);

    /**
     * Asks the platform whether its owner is there (promise C8), for the reason whose text the host has under {@code lock.unlock.reason}; the password
     * always works as well (promise R4).
     */
    CompletionStage<LockOutcome> unlockWithBiometrics();

    /** Locks, unless the mode is {@link Mode#NONE}. */
    void lockNow();

    /** The user touched the app: the time until it locks for idleness starts anew. */
    void userActive();

    /** What unlocks. */
    enum Mode {
        NONE,
        PASSWORD,
        BIOMETRIC_OR_PASSWORD
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
