// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.engine.internal.store.StoredDocument.UnreadableException;
import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.ports.biometric.BiometricPort;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.loop.PendingAnswers;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the {@link LockMachine}: loads and stores the record, checks passwords and PINs, prompts for
 * biometrics, and keeps the timeouts. Belongs to the loop, except for what {@link AppLock} offers.
 */
public final class Lock {
    private static final String REASON_KEY = "lock.unlock.reason";

    private final EngineLoop loop;
    private final Executor workers;
    private final @Nullable UserStore store;
    private final Biometrics biometrics;
    private final Consumer<Boolean> listener;
    private final LockTimeouts timeouts;
    private final LockWishes wishes = new LockWishes();
    private final PendingAnswers answers;
    private final UnlockAttempts attempts;
    private List<Runnable> whenOpen = new ArrayList<>();
    private final Runnable unlocked;

    private volatile LockState state = new LockState.Loading();
    private long locks;
    private boolean told;
    private boolean readingAgain;

    /**
     * @param workers may block
     * @param callbacks report outcomes and changes
     * @param store null if nothing survives the client
     * @param listener receives on the loop whether the app is locked, at each change
     * @param unlocked runs on the loop each time the app is unlocked
     */
    public Lock(
            EngineLoop loop,
            Executor workers,
            Executor callbacks,
            Random random,
            @Nullable UserStore store,
            Biometrics biometrics,
            Consumer<Boolean> listener,
            Runnable unlocked) {
        this(loop, workers, callbacks, random, StoredHash.ITERATIONS, store, biometrics, listener, unlocked);
    }

    Lock(
            EngineLoop loop,
            Executor workers,
            Executor callbacks,
            Random random,
            int iterations,
            @Nullable UserStore store,
            Biometrics biometrics,
            Consumer<Boolean> listener,
            Runnable unlocked) {
        this.loop = loop;
        this.workers = workers;
        this.store = store;
        this.biometrics = biometrics;
        this.listener = listener;
        this.unlocked = unlocked;
        this.attempts = new UnlockAttempts(loop, workers, random, iterations, this::whenRead, this::record, this::feed);
        this.answers = new PendingAnswers(callbacks);
        this.timeouts = new LockTimeouts(loop, this::lockOnLoop);
        if (store == null) {
            this.state = new LockState.Open(LockRecord.EMPTY);
        } else {
            loop.execute(() -> load(() -> {}));
        }
    }

    /**
     * Whether the app is locked. Overdue locks count, even if the loop has not handled them. From
     * any thread.
     */
    public boolean isLocked() {
        // Read before the state, because the loop changes the state first.
        boolean due = wishes.areOpen() || timeouts.isOver();
        LockState now = state;
        return now.isLocked() || (due && now.record().locks());
    }

    /**
     * Whether listeners were told that it is locked. They are not while the store is being read, nor
     * before the loop handles a lock that is due. On the loop.
     */
    public boolean isToldLocked() {
        loop.assertOnLoop();
        return told;
    }

    /**
     * Checks that the app is unlocked. If the store could not be read, and may be readable now, it
     * is read again. From any thread.
     *
     * @throws LockedException if the app is locked
     */
    public void requireOpen() {
        if (isLocked()) {
            if (state instanceof LockState.Unreadable unreadable) {
                readAgain(unreadable.reason());
                throw new LockedException(unreadable.reason());
            }
            throw new LockedException();
        }
    }

    /** Does nothing for reasons that last until somebody acts on them in this app. */
    private void readAgain(SecureStoreException.Reason reason) {
        if (reason == SecureStoreException.Reason.IN_USE || reason == SecureStoreException.Reason.LOCKED) {
            loop.execute(() -> {
                if (!readingAgain && !isRead()) {
                    readingAgain = true;
                    load(() -> readingAgain = false);
                }
            });
        }
    }

    /**
     * Runs the task on the loop once the app is unlocked, possibly before this method returns. If
     * the lock's record could not be read, it is read again and not waited for.
     *
     * @param unreadable receives why it cannot be read; the task then does not run
     */
    public void whenOpen(Runnable task, Consumer<SecureStoreException.Reason> unreadable) {
        whenRead(
                () -> {
                    if (isLocked()) {
                        whenOpen.add(task);
                    } else {
                        task.run();
                    }
                },
                unreadable);
    }

    /** As {@link #whenOpen}, but runs the task in a locked app too. */
    public void whenRead(Runnable task, Consumer<SecureStoreException.Reason> unreadable) {
        loop.assertOnLoop();
        Runnable read = () -> {
            if (state instanceof LockState.Unreadable now) {
                unreadable.accept(now.reason());
            } else {
                task.run();
            }
        };
        if (isRead()) {
            read.run();
        } else {
            load(read);
        }
    }

    /** From any thread. */
    public AppLock.Settings settings() {
        return state.record().settings();
    }

    /** From any thread. */
    public CompletionStage<LockOutcome> unlock(Secret password) {
        return attempt(new AppLock.Proof.Password(password), null, null);
    }

    /** From any thread. */
    public CompletionStage<LockOutcome> unlockWithPin(Secret pin) {
        return attempt(new AppLock.Proof.Pin(pin), null, null);
    }

    /** From any thread. */
    public CompletionStage<LockOutcome> change(AppLock.Settings settings, AppLock.Proof proof) {
        return attempt(proof, null, settings);
    }

    /** From any thread. */
    public CompletionStage<LockOutcome> setPin(Secret pin, AppLock.Settings settings, AppLock.Proof proof) {
        if (!settings.mode().usesPin()) {
            throw new IllegalArgumentException("a PIN needs a mode that has one");
        }
        return attempt(proof, pin, settings);
    }

    /** Closes: pending attempts end as cancelled. On the loop. */
    public void close() {
        loop.assertOnLoop();
        attempts.close();
        answers.close();
    }

    /**
     * Locks; the app is locked when this method returns, unless there is no lock. From any thread.
     *
     * @return whether it is locked
     */
    public boolean lockNow() {
        wishes.make();
        loop.execute(() -> {
            lockOnLoop();
            wishes.meet();
        });
        return isLocked();
    }

    /** From any thread. */
    public void userActive() {
        loop.execute(() -> {
            if (!timeouts.lockIfOver() && state instanceof LockState.Open) {
                timeouts.restart(settings());
            }
        });
    }

    /** Starts the background timeout, at once. From any thread. */
    public void appInBackground() {
        Deadline left = timeouts.leave(settings());
        loop.execute(() -> {
            timeouts.lockIfOver();
            timeouts.inBackground(left, state.isLocked() ? AppLock.Settings.OFF : settings());
        });
    }

    /** From any thread. */
    public void appInForeground() {
        loop.execute(() -> {
            timeouts.lockIfOver();
            timeouts.inForeground();
        });
    }

    /**
     * Notes that the phone system has just accepted this password, so that it unlocks from now on.
     * Its slow hash is computed only if there is a lock, or once one is set.
     *
     * @param password copied
     * @param typed whether the user entered it for this login and so is present; that opens the
     *     lock
     */
    public void proved(Secret password, boolean typed) {
        loop.assertOnLoop();
        attempts.proved(password, typed, state.record());
    }

    /**
     * Turns the lock off, because the user's data was erased, including the record in the store.
     */
    public void erased() {
        loop.assertOnLoop();
        attempts.erased();
        feed(new LockInput.Erased(), reason -> {});
    }

    /** From any thread. */
    public CompletionStage<LockOutcome> unlockWithBiometrics() {
        Answer<LockOutcome> outcome = open();
        long asked = wishes.count();
        loop.execute(() -> {
            timeouts.lockIfOver();
            if (state instanceof LockState.Locked locked) {
                askPlatform(locked, asked, outcome);
            } else if (state instanceof LockState.Open) {
                outcome.tell(LockOutcome.of(isLocked() ? Result.CANCELLED : Result.DONE));
            } else if (state instanceof LockState.Unreadable unreadable) {
                outcome.tell(LockOutcome.storeFailed(unreadable.reason()));
            } else {
                outcome.tell(LockOutcome.of(Result.STORE_FAILED));
            }
        });
        return outcome.stage();
    }

    private void askPlatform(LockState.Locked locked, long asked, Answer<LockOutcome> outcome) {
        if (!settings().mode().usesBiometrics()) {
            outcome.tell(LockOutcome.of(Result.BIOMETRICS_UNAVAILABLE));
        } else if (!locked.record().enrolmentTrusted()) {
            outcome.tell(LockOutcome.of(Result.PASSWORD_NEEDED));
        } else {
            workers.execute(() -> biometrics.confirm(
                    REASON_KEY,
                    answer -> loop.execute(() -> {
                        if (answer != BiometricPort.Answer.YES || asked == wishes.count()) {
                            feed(new LockInput.Biometrics(answer, locked.number()), reason -> {});
                        }
                        outcome.tell(LockOutcome.of(resultOf(answer)));
                    })));
        }
    }

    /** A confirmation requested before the lock, or before a request to lock, opens nothing. */
    private Result resultOf(BiometricPort.Answer answer) {
        return switch (answer) {
            case YES -> state.isLocked() ? Result.CANCELLED : Result.DONE;
            case NO -> Result.NOT_RECOGNISED;
            case CANCELLED -> Result.CANCELLED;
            case LOCKED_OUT -> Result.BIOMETRICS_LOCKED_OUT;
            case UNAVAILABLE -> Result.BIOMETRICS_UNAVAILABLE;
            case ENROLMENT_CHANGED -> Result.PASSWORD_NEEDED;
        };
    }

    private CompletionStage<LockOutcome> attempt(
            AppLock.Proof proof, @Nullable Secret newPin, AppLock.@Nullable Settings settings) {
        Answer<LockOutcome> outcome = open();
        long asked = wishes.count();
        Attempt attempt = new Attempt(proof, newPin, settings, () -> asked == wishes.count(), outcome);
        if (answers.closed()) {
            attempt.wipe();
        }
        loop.execute(() -> {
            if (answers.closed()) {
                attempt.wipe();
            } else {
                attempts.add(attempt);
            }
        });
        return outcome.stage();
    }

    private Answer<LockOutcome> open() {
        return answers.open(LockOutcome.of(Result.CANCELLED));
    }

    private @Nullable LockRecord record() {
        timeouts.lockIfOver();
        return isRead() ? state.record() : null;
    }

    private boolean isRead() {
        return state instanceof LockState.Open || state instanceof LockState.Locked;
    }

    private void load(Runnable then) {
        if (store == null) {
            then.run();
            return;
        }
        store.read(StoredName.LOCK, stored -> {
            if (stored instanceof UserStore.Stored.Found found) {
                loaded(found.value());
            } else {
                feed(new LockInput.NotLoaded(((UserStore.Stored.Unreadable) stored).reason()), reason -> {});
            }
            then.run();
        });
    }

    private void loaded(byte @Nullable [] value) {
        if (isRead()) {
            return; // erased or logged in meanwhile
        }
        try {
            LockRecord record = LockRecord.decode(value);
            attempts.pause(record.attempts().leftAfterRestart(loop.now()));
            feed(new LockInput.Loaded(record), reason -> {});
        } catch (UnreadableException e) {
            feed(new LockInput.NotLoaded(e.reason()), reason -> {});
        }
    }

    private void lockOnLoop() {
        feed(new LockInput.LockNow(++locks), reason -> {});
    }

    /** @param saved receives null once the record is stored, or why it is not */
    private void feed(LockInput input, Consumer<SecureStoreException.@Nullable Reason> saved) {
        loop.assertOnLoop();
        LockState before = state;
        LockMachine.Step step = LockMachine.next(before, input);
        state = step.state();
        update(before);
        if (step.trustEnrolment() && settings().mode().usesBiometrics()) {
            workers.execute(biometrics::trustEnrolment);
        }
        if (step.save() && store != null) {
            store.write(StoredName.LOCK, state.record().encode(), saved);
        } else {
            saved.accept(null);
        }
    }

    private void update(LockState before) {
        if (state.isLocked()) {
            timeouts.stop();
        } else if (before.isLocked() || !before.record().settings().equals(settings())) {
            timeouts.restart(settings());
        }
        boolean locked = state.isLocked();
        if (locked != told) {
            told = locked;
            listener.accept(locked);
        }
        if (before.isLocked() && !locked) {
            unlocked.run();
        }
        if (!locked) {
            List<Runnable> tasks = whenOpen;
            whenOpen = new ArrayList<>();
            tasks.forEach(Runnable::run);
        }
    }
}
