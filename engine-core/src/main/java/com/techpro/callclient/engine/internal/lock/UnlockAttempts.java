// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.engine.lock.AppLock.Proof;
import com.techpro.callclient.engine.lock.AppLock.Settings;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks passwords and PINs, one at a time, so that parallel attempts do not share one wait. Each
 * is counted as wrong and stored before a worker compares it; after wrong ones the next must wait.
 * Belongs to the loop.
 */
final class UnlockAttempts {
    /** A person has one or two pending; each more would hold secrets in memory. */
    static final int MOST_PENDING = 16;

    private final EngineLoop loop;
    private final Executor workers;
    private final Random random;
    private final int iterations;
    private final BiConsumer<Runnable, Consumer<SecureStoreException.Reason>> whenRead;
    private final Supplier<@Nullable LockRecord> record;
    private final BiConsumer<LockInput, Consumer<SecureStoreException.@Nullable Reason>> feed;
    private final Queue<Attempt> waiting = new ArrayDeque<>();
    private boolean busy;
    private long notBefore;
    /** Counts proved passwords and erasures. */
    private int proofs;

    /**
     * @param whenRead runs a task once the record was read, or says why it cannot be
     * @param record returns null while it cannot be read
     * @param feed takes an input, and reports null once the record is stored, or why it is not
     */
    UnlockAttempts(
            EngineLoop loop,
            Executor workers,
            Random random,
            int iterations,
            BiConsumer<Runnable, Consumer<SecureStoreException.Reason>> whenRead,
            Supplier<@Nullable LockRecord> record,
            BiConsumer<LockInput, Consumer<SecureStoreException.@Nullable Reason>> feed) {
        this.loop = loop;
        this.workers = workers;
        this.random = random;
        this.iterations = iterations;
        this.whenRead = whenRead;
        this.record = record;
        this.feed = feed;
        this.notBefore = loop.nanoTime();
    }

    /** Refuses the attempt if too many wait already; it then counts as none. */
    void add(Attempt attempt) {
        if (waiting.size() == MOST_PENDING) {
            attempt.wipe();
            attempt.outcome().tell(LockOutcome.of(Result.TOO_MANY_ATTEMPTS));
            return;
        }
        waiting.add(attempt);
        next();
    }

    /** Drops waiting attempts. */
    void close() {
        waiting.forEach(Attempt::wipe);
        waiting.clear();
    }

    /** Makes the next attempt wait this long from now. */
    void pause(Duration length) {
        notBefore = loop.nanoTime() + length.toNanos();
    }

    /** As {@link Lock#proved}. */
    void proved(Secret password, boolean typed, LockRecord before) {
        int asked = ++proofs;
        if (typed || !before.locks() || before.password() == null) {
            proved(hashOf(password, false), typed);
        }
        if (before.locks()) {
            Secret copy = password.copy();
            workers.execute(() -> {
                StoredHash hash = hashOf(copy, true);
                copy.wipe();
                loop.execute(() -> {
                    // An erasure or a later password has overtaken it.
                    if (asked == proofs) {
                        proved(hash, false);
                    }
                });
            });
        }
    }

    private void proved(@Nullable StoredHash hash, boolean typed) {
        if (hash != null) {
            if (typed) {
                pause(Duration.ZERO);
            }
            feed.accept(new LockInput.Proved(hash, typed), reason -> {});
        }
    }

    /** The record was erased: forgets what was proved and which attempts were wrong. */
    void erased() {
        proofs++;
        pause(Duration.ZERO);
    }

    private void next() {
        Attempt next = busy ? null : waiting.poll();
        if (next != null) {
            busy = true;
            whenRead.accept(() -> begin(next), reason -> finish(next, LockOutcome.storeFailed(reason)));
        }
    }

    private void finish(Attempt attempt, LockOutcome outcome) {
        attempt.wipe();
        busy = false;
        attempt.outcome().tell(outcome);
        // As a task of its own: attempts that are refused at once must not fill the stack.
        loop.execute(this::next);
    }

    private void finish(Attempt attempt, Result result) {
        finish(attempt, LockOutcome.of(result));
    }

    private void begin(Attempt attempt) {
        LockRecord now = record.get();
        Result refused = now == null ? Result.STORE_FAILED : attempt.refusal(now);
        if (now == null || refused != null) {
            finish(attempt, refused == null ? Result.STORE_FAILED : refused);
            return;
        }
        StoredHash known = attempt.knownIn(now);
        Duration wait = Duration.ofNanos(Math.max(0, notBefore - loop.nanoTime()));
        if (known == null) {
            compare(attempt, null);
        } else if (!wait.isZero()) {
            finish(attempt, new LockOutcome(Result.TOO_MANY_ATTEMPTS, wait));
        } else {
            feed.accept(new LockInput.Attempted(loop.now(), attempt.byPin()), notStored -> {
                if (notStored != null) {
                    finish(attempt, LockOutcome.storeFailed(notStored));
                } else {
                    compare(attempt, known);
                }
            });
        }
    }

    /** @param known null if nothing must be proved */
    private void compare(Attempt attempt, @Nullable StoredHash known) {
        workers.execute(() -> {
            Result compared = known == null ? Result.DONE : matches(known, attempt.proof());
            Secret newPin = compared == Result.DONE ? attempt.newPin() : null;
            StoredHash newHash = newPin == null ? null : hashOf(newPin, true);
            Secret password = compared == Result.DONE ? attempt.passwordToStore(known) : null;
            StoredHash proved = password == null ? null : hashOf(password, true);
            boolean failed = compared == Result.STORE_FAILED
                    || (newPin != null && newHash == null)
                    || (password != null && proved == null);
            // Wiped here already, because a loop that is closed meanwhile would not do it.
            attempt.wipe();
            loop.execute(() -> compared(attempt, known, failed ? Result.STORE_FAILED : compared, newHash, proved));
        });
    }

    /**
     * @param newHash the hash of the new PIN
     * @param proved the password's storable hash, if there was none
     */
    private void compared(
            Attempt attempt,
            @Nullable StoredHash known,
            Result result,
            @Nullable StoredHash newHash,
            @Nullable StoredHash proved) {
        LockRecord now = record.get();
        if (result == Result.STORE_FAILED) {
            finish(attempt, result);
        } else if (now == null || attempt.isOvertaken(now, known)) {
            finish(attempt, Result.CANCELLED); // erased or logged in meanwhile
        } else if (result != Result.DONE) {
            Duration cost = now.attempts().cost();
            pause(cost);
            LockRecord.Pin pin = attempt.byPin() ? now.pin() : null;
            finish(attempt, new LockOutcome(attempt.wrong(now), cost, pin == null ? null : pin.attemptsLeft()));
        } else {
            if (proved != null) {
                feed.accept(new LockInput.Proved(proved, false), reason -> {});
            }
            if (newHash != null) {
                setPin(attempt, now, newHash);
            } else {
                right(attempt, now);
            }
        }
    }

    private void right(Attempt attempt, LockRecord now) {
        Settings settings = attempt.settings();
        boolean opens = attempt.opens().getAsBoolean();
        boolean done = settings != null || opens || !now.locks();
        // Reported after the write, even if it failed: a program that ends then has not counted
        // this attempt as wrong.
        feed.accept(
                settings == null ? new LockInput.RightPassword(opens) : new LockInput.Changed(settings, opens),
                reason -> finish(attempt, done ? Result.DONE : Result.CANCELLED));
    }

    private void setPin(Attempt attempt, LockRecord before, StoredHash hash) {
        Settings settings = attempt.settings();
        if (settings == null) {
            throw new IllegalStateException("a PIN comes with settings");
        }
        feed.accept(new LockInput.PinSet(hash, settings, attempt.opens().getAsBoolean()), notStored -> {
            if (notStored != null) {
                feed.accept(new LockInput.PinNotStored(hash, before.pin(), before.settings()), reason -> {});
            }
            finish(attempt, notStored == null ? LockOutcome.of(Result.DONE) : LockOutcome.storeFailed(notStored));
        });
    }

    /**
     * Returns null if the platform cannot compute the hash; it then unlocks nothing.
     *
     * @param storable false for one that is quick, and compared in memory only
     */
    private @Nullable StoredHash hashOf(Secret secret, boolean storable) {
        try {
            return StoredHash.of(secret, storable ? iterations : StoredHash.UNSTORED, random);
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e);
            return null;
        }
    }

    /** Returns {@link Result#STORE_FAILED} if the platform cannot compute the hash. */
    private static Result matches(StoredHash known, Proof proof) {
        Secret given = proof instanceof Proof.Pin pin ? pin.pin() : ((Proof.Password) proof).password();
        try {
            return known.matches(given) ? Result.DONE : Result.WRONG_PASSWORD;
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e);
            return Result.STORE_FAILED;
        }
    }
}
