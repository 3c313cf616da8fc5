// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * An app lock in memory. It reads no secret: a password or PIN is right unless the test says by
 * {@link #proofsAreWrong} that it is wrong, and any PIN is strong enough. No time passes, so the test
 * calls {@link #timeIsUp}. While it is locked, the methods of all fakes throw
 * {@link com.techpro.callclient.engine.lock.LockedException} as those of the engine do. All methods may
 * be called from any thread.
 */
public final class FakeAppLock implements AppLock {
    private final FakeContext context;
    private final BooleanSupplier loggedIn;
    private final Runnable unlocked;
    private volatile Settings settings = Settings.OFF;
    private boolean pinSet;
    private boolean wrong;
    private int wrongPins;
    private Result biometrics = Result.DONE;

    /** @param unlocked runs when the app is unlocked */
    FakeAppLock(FakeContext context, BooleanSupplier loggedIn, Runnable unlocked) {
        this.context = context;
        this.loggedIn = loggedIn;
        this.unlocked = unlocked;
    }

    /** The user set a PIN earlier, and the app is locked now. */
    public void lockedByPin() {
        context.run(() -> {
            pinSet = true;
            settings = new Settings(Mode.PIN, null, null);
            context.setLocked(true);
        });
    }

    /** Says whether passwords and PINs are wrong from now on. */
    public void proofsAreWrong(boolean areWrong) {
        context.run(() -> wrong = areWrong);
    }

    /** Sets how the platform answers when it is asked for its owner; {@link Result#DONE} unless set. */
    public void biometricsEndWith(Result result) {
        Objects.requireNonNull(result, "result");
        context.run(() -> biometrics = result);
    }

    /** A time-out is over: the app is locked, unless the mode is {@link AppLock.Mode#NONE}. */
    public void timeIsUp() {
        context.run(this::lock);
    }

    private void lock() {
        if (settings.mode() != Mode.NONE) {
            context.setLocked(true);
        }
    }

    private void open() {
        wrongPins = 0;
        context.setLocked(false);
        unlocked.run();
    }

    /** Ends the lock, as a logout does. Under the context's lock. */
    void forget() {
        pinSet = false;
        wrong = false;
        settings = Settings.OFF;
        open();
    }

    @Override
    public boolean isLocked() {
        return context.isLocked();
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public CompletionStage<LockOutcome> change(Settings chosen, Proof proof) {
        Objects.requireNonNull(chosen, "settings");
        Objects.requireNonNull(proof, "proof");
        return ask("change", () -> {
            LockOutcome checked = proof instanceof Proof.None ? LockOutcome.of(Result.PROOF_NEEDED) : check(proof);
            if (!checked.isDone()) {
                return checked;
            }
            if (chosen.mode().usesPin() && !pinSet) {
                return LockOutcome.of(Result.PIN_NOT_SET);
            }
            boolean password = chosen.mode() != Mode.NONE && !chosen.mode().usesPin();
            if (password && !loggedIn.getAsBoolean()) {
                return LockOutcome.of(Result.NOT_LOGGED_IN);
            }
            pinSet = chosen.mode().usesPin();
            settings = chosen;
            if (chosen.mode() == Mode.NONE) {
                open();
            }
            return checked;
        });
    }

    @Override
    public CompletionStage<LockOutcome> setPin(Secret pin, Settings chosen, Proof proof) {
        Objects.requireNonNull(pin, "pin");
        Objects.requireNonNull(proof, "proof");
        if (!chosen.mode().usesPin()) {
            throw new IllegalArgumentException("the mode uses no PIN");
        }
        return ask("setPin", () -> {
            pin.wipe();
            LockOutcome checked = check(proof);
            if (checked.isDone()) {
                pinSet = true;
                settings = chosen;
                open();
            }
            return checked;
        });
    }

    /** Checks and wipes a proof. */
    private LockOutcome check(Proof proof) {
        if (proof instanceof Proof.Password password) {
            return checkPassword(password.password());
        }
        if (proof instanceof Proof.Pin pin) {
            return checkPin(pin.pin());
        }
        return LockOutcome.of(pinSet || loggedIn.getAsBoolean() ? Result.PROOF_NEEDED : Result.DONE);
    }

    private LockOutcome checkPassword(Secret password) {
        password.wipe();
        if (!loggedIn.getAsBoolean()) {
            return LockOutcome.of(Result.NOT_LOGGED_IN);
        }
        return LockOutcome.of(wrong ? Result.WRONG_PASSWORD : Result.DONE);
    }

    private LockOutcome checkPin(Secret pin) {
        pin.wipe();
        if (!pinSet) {
            return LockOutcome.of(Result.PIN_NOT_SET);
        }
        Result blocked = loggedIn.getAsBoolean() ? Result.PIN_BLOCKED : Result.LOGOUT_NEEDED;
        if (wrongPins >= PIN_ATTEMPTS) {
            return LockOutcome.of(blocked);
        }
        if (!wrong) {
            return LockOutcome.of(Result.DONE);
        }
        wrongPins++;
        int left = PIN_ATTEMPTS - wrongPins;
        return new LockOutcome(left == 0 ? blocked : Result.WRONG_PIN, Duration.ZERO, left);
    }

    @Override
    public CompletionStage<LockOutcome> unlock(Secret password) {
        Objects.requireNonNull(password, "password");
        return ask("unlock", () -> opening(checkPassword(password)));
    }

    @Override
    public CompletionStage<LockOutcome> unlockWithPin(Secret pin) {
        Objects.requireNonNull(pin, "pin");
        return ask("unlockWithPin", () -> opening(checkPin(pin)));
    }

    @Override
    public CompletionStage<LockOutcome> unlockWithBiometrics() {
        return ask(
                "unlockWithBiometrics",
                () -> opening(
                        LockOutcome.of(settings.mode().usesBiometrics() ? biometrics : Result.BIOMETRICS_UNAVAILABLE)));
    }

    private LockOutcome opening(LockOutcome checked) {
        if (checked.isDone()) {
            open();
        }
        return checked;
    }

    private CompletionStage<LockOutcome> ask(String name, Supplier<LockOutcome> question) {
        context.requireOpen();
        return context.get(() -> {
            context.record("lock", name);
            return context.answered(question.get());
        });
    }

    @Override
    public void appInBackground() {
        context.requireOpen();
        context.run(() -> {
            context.record("lock", "appInBackground");
            if (Duration.ZERO.equals(settings.backgroundTimeout())) {
                lock();
            }
        });
    }

    @Override
    public void appInForeground() {
        context.requireOpen();
        context.record("lock", "appInForeground");
    }

    @Override
    public boolean lockNow() {
        context.requireOpen();
        context.run(() -> {
            context.record("lock", "lockNow");
            lock();
        });
        return isLocked();
    }

    @Override
    public void userActive() {
        context.requireOpen();
        context.record("lock", "userActive");
    }
}
