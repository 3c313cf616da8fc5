// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.internal.lock.Lock;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.ports.secret.Secret;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** The host's handle of the app lock. Usable from any thread. */
final class AppLockHandle implements AppLock {
    private final Lock lock;
    private final Gate gate;

    AppLockHandle(Lock lock, Gate gate) {
        this.lock = lock;
        this.gate = gate;
    }

    @Override
    public boolean isLocked() {
        return lock.isLocked();
    }

    @Override
    public Settings settings() {
        return lock.settings();
    }

    @Override
    public CompletionStage<LockOutcome> change(Settings settings, Proof proof) {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(proof, "proof");
        gate.requireOpen();
        return lock.change(settings, proof);
    }

    @Override
    public CompletionStage<LockOutcome> setPin(Secret pin, Settings settings, Proof proof) {
        Objects.requireNonNull(pin, "pin");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(proof, "proof");
        gate.requireOpen();
        return lock.setPin(pin, settings, proof);
    }

    @Override
    public CompletionStage<LockOutcome> unlockWithPin(Secret pin) {
        Objects.requireNonNull(pin, "pin");
        gate.requireOpen();
        return lock.unlockWithPin(pin);
    }

    @Override
    public CompletionStage<LockOutcome> unlock(Secret password) {
        Objects.requireNonNull(password, "password");
        gate.requireOpen();
        return lock.unlock(password);
    }

    @Override
    public CompletionStage<LockOutcome> unlockWithBiometrics() {
        gate.requireOpen();
        return lock.unlockWithBiometrics();
    }

    @Override
    public void appInBackground() {
        gate.requireOpen();
        lock.appInBackground();
    }

    @Override
    public void appInForeground() {
        gate.requireOpen();
        lock.appInForeground();
    }

    @Override
    public boolean lockNow() {
        gate.requireOpen();
        return lock.lockNow();
    }

    @Override
    public void userActive() {
        gate.requireOpen();
        lock.userActive();
    }
}
