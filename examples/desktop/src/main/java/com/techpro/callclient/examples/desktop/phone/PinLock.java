// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.ports.secret.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The app lock: the user's own PIN, and the account's password for a user who forgot it.
 * docs/app-lock.md describes the engine's part.
 */
public final class PinLock {
    /** What the lock screen requests. */
    public enum Asks {
        PIN,
        /** The account's password: the PIN was forgotten, or was wrong five times. */
        PASSWORD,
        /** Only logging out is possible. */
        NOTHING
    }

    private static final List<Integer> IDLE_MINUTES = List.of(1, 5, 15);
    private static final int PROPOSED = 1;

    private final AppLock lock;
    private final Clock clock;
    private final Consumer<Notice> notices;
    private final Runnable changed;
    private Asks asks = Asks.PIN;
    private String message = "";
    private Instant refusedUntil = Instant.EPOCH;
    private boolean pinBlocked;
    private boolean working;

    /**
     * @param notices receives the result of a change
     * @param changed runs when the lock screen changes
     */
    PinLock(AppLock lock, Clock clock, Consumer<Notice> notices, Runnable changed) {
        this.lock = lock;
        this.clock = clock;
        this.notices = notices;
        this.changed = changed;
    }

    /**
     * Whether the lock screen is to be shown. It is not while the engine still reads at the start
     * whether there is a lock.
     */
    public boolean isLocked() {
        return lock.isLocked() && lock.settings().mode() != AppLock.Mode.NONE;
    }

    /** Whether there is a PIN. */
    public boolean isSet() {
        return lock.settings().mode().usesPin();
    }

    /** Returns a one-line summary of the lock. */
    public String summary() {
        return isSet() ? "Locks: " + choices().get(choice()) : "No PIN is set";
    }

    /** Returns the choices of the automatic lock as texts; the last is never. */
    public static List<String> choices() {
        return List.of("after a minute idle", "after 5 minutes idle", "after 15 minutes idle", "only when you lock it");
    }

    /** Returns the present choice, or without a PIN the proposed one. */
    public int choice() {
        Duration idle = lock.settings().idleTimeout();
        if (!isSet()) {
            return PROPOSED;
        }
        return idle == null ? IDLE_MINUTES.size() : Math.max(0, IDLE_MINUTES.indexOf((int) idle.toMinutes()));
    }

    // --- The lock screen

    public Asks asks() {
        return asks;
    }

    /** Switches between PIN and password. Does nothing once the PIN is blocked. */
    public void askForPassword(boolean password) {
        if (asks != Asks.NOTHING && !pinBlocked) {
            asks = password ? Asks.PASSWORD : Asks.PIN;
            message = "";
            changed.run();
        }
    }

    /** Whether the PIN is no longer accepted. */
    public boolean pinBlocked() {
        return pinBlocked;
    }

    /**
     * Returns the result of the last attempt, and how long to wait for the next; empty before one.
     */
    public String message() {
        long seconds = secondsToWait();
        return seconds == 0 ? message : message + " Wait " + seconds + (seconds == 1 ? " second." : " seconds.");
    }

    /** Whether an attempt is accepted now. */
    public boolean takesAttempts() {
        return !working && asks != Asks.NOTHING && secondsToWait() == 0;
    }

    private long secondsToWait() {
        long millis = Duration.between(clock.instant(), refusedUntil).toMillis();
        return Math.max(0, (millis + 999) / 1_000);
    }

    /** @param typed the requested input; wiped */
    public void unlock(char[] typed) {
        if (typed.length == 0 || !takesAttempts()) {
            Arrays.fill(typed, ' ');
            return;
        }
        working = true;
        boolean byPin = asks == Asks.PIN;
        Secret secret = secret(typed);
        var unused = (byPin ? lock.unlockWithPin(secret) : lock.unlock(secret)).thenAccept(this::attempted);
        changed.run();
    }

    private void attempted(LockOutcome outcome) {
        working = false;
        refusedUntil = clock.instant().plus(outcome.retryIn());
        message = outcome.isDone() ? "" : words(outcome);
        if (outcome.result() == LockOutcome.Result.PIN_BLOCKED) {
            pinBlocked = true;
            asks = Asks.PASSWORD;
        } else if (outcome.result() == LockOutcome.Result.LOGOUT_NEEDED) {
            asks = Asks.NOTHING;
        }
        changed.run();
    }

    private static String words(LockOutcome outcome) {
        Integer left = outcome.attemptsLeft();
        String advice = outcome.advice();
        if (left == null || left == 0) {
            return advice;
        }
        return advice + (left == 1 ? " 1 attempt is left." : " " + left + " attempts are left.");
    }

    /** It was locked or unlocked, for any reason. */
    void changed(boolean locked) {
        message = "";
        if (!locked) {
            asks = Asks.PIN;
            pinBlocked = false;
            refusedUntil = Instant.EPOCH;
        }
    }

    // --- While it is open

    /**
     * Sets or replaces the PIN. All typed input is wiped.
     *
     * @param proof the present PIN, or the account's password
     * @param byPassword whether it is the password; always so if there is no PIN yet
     * @param choice one of {@link #choices}
     */
    public void set(char[] pin, char[] again, char[] proof, boolean byPassword, int choice) {
        boolean same = Arrays.equals(pin, again);
        Arrays.fill(again, ' ');
        if (!same) {
            Arrays.fill(pin, ' ');
            Arrays.fill(proof, ' ');
            notices.accept(Notice.problem("The PINs do not match.", "Enter the new PIN twice."));
            return;
        }
        AppLock.Settings settings = new AppLock.Settings(
                AppLock.Mode.PIN,
                choice < IDLE_MINUTES.size() ? Duration.ofMinutes(IDLE_MINUTES.get(choice)) : null,
                null);
        told(lock.setPin(secret(pin), settings, proof(proof, byPassword)), "The PIN was not set.", "The PIN is set.");
    }

    /** Removes the lock and its PIN. */
    public void switchOff(char[] proof, boolean byPassword) {
        told(lock.change(AppLock.Settings.OFF, proof(proof, byPassword)), "The lock is still on.", "The lock is off.");
    }

    private AppLock.Proof proof(char[] typed, boolean byPassword) {
        Secret secret = secret(typed);
        return byPassword || !isSet() ? new AppLock.Proof.Password(secret) : new AppLock.Proof.Pin(secret);
    }

    private void told(CompletionStage<LockOutcome> change, String failed, String done) {
        var unused = change.thenAccept(outcome ->
                notices.accept(outcome.isDone() ? Notice.information(done) : Notice.problem(failed, words(outcome))));
    }

    private static Secret secret(char[] typed) {
        Secret secret = Secret.of(typed);
        Arrays.fill(typed, ' ');
        return secret;
    }
}
