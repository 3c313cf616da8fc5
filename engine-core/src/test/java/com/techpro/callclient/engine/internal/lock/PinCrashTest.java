// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import static com.techpro.callclient.engine.internal.lock.LockScene.BIOMETRIC_OR_PIN;
import static com.techpro.callclient.engine.internal.lock.LockScene.NONE;
import static com.techpro.callclient.engine.internal.lock.LockScene.PIN;
import static com.techpro.callclient.engine.internal.lock.LockScene.pin;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.internal.lock.LockScene.EndingStore;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The process ends at each write of what is done with a PIN, before anything of it is stored or right after, and starts again. */
class PinCrashTest {
    private static final String MINE = "274913";
    private static final String OTHER = "correct horse";
    private static final Duration LONG = Duration.ofHours(2);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void setting_the_first_one_is_done_or_it_is_not(boolean written) {
        LockScene scene = new LockScene();
        EndingStore store = new EndingStore(scene.disk, 1, written);
        scene.restart(store);

        LockOutcome heard = scene.set(MINE, PIN, NONE);

        assertThat(store.over()).isTrue();
        assertThat(heard.isDone()).as("nobody was told that it is set").isFalse();
        scene.restart();
        assertThat(scene.lock.isLocked()).isEqualTo(written);
        assertThat(scene.unlock(MINE).result()).isEqualTo(written ? Result.DONE : Result.PIN_NOT_SET);
    }

    /** The first write counts the proof, the second has the new PIN, the third would undo it. */
    @ParameterizedTest
    @CsvSource({"1, false, true", "1, true, true", "2, false, true", "2, true, false"})
    void after_a_change_exactly_one_of_two_opens(int write, boolean written, boolean oldOne) {
        LockScene scene = new LockScene();
        scene.set(MINE, PIN, NONE);
        EndingStore store = new EndingStore(scene.disk, write, written);
        scene.restart(store);

        LockOutcome heard = scene.set(OTHER, PIN, pin(MINE));

        assertThat(store.over()).isTrue();
        assertThat(heard.isDone()).isFalse();
        scene.restart();
        scene.time.advance(LONG);
        assertThat(scene.lock.isLocked()).isTrue();
        assertThat(scene.unlock(oldOne ? OTHER : MINE).result()).isEqualTo(Result.WRONG_PIN);
        assertThat(scene.unlock(oldOne ? MINE : OTHER).isDone()).isTrue();
    }

    @Test
    void ending_the_process_while_it_compares_gives_no_guess_back() {
        LockScene scene = new LockScene();
        scene.set(MINE, PIN, NONE);
        scene.restart();
        for (int i = 0; i < 5; i++) {
            int writes = scene.disk.writes();
            scene.lock.unlockWithPin(Secret.of(i == 4 ? MINE : "48216" + i));
            scene.time.runUntil(() -> scene.disk.writes() > writes, Duration.ofSeconds(1));
            scene.restart();
            scene.time.advance(LONG);
        }

        assertThat(scene.unlock(MINE).result()).isEqualTo(Result.LOGOUT_NEEDED);
        assertThat(scene.lock.isLocked()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ending_it_before_a_guess_is_counted_leaves_it_unanswered(boolean right) {
        LockScene scene = new LockScene();
        scene.set(MINE, PIN, NONE);
        for (int i = 0; i < 20; i++) {
            EndingStore store = new EndingStore(scene.disk, 1, false);
            scene.restart(store);
            LockOutcome heard = scene.unlock(right ? MINE : "482169");
            assertThat(store.over()).isTrue();
            assertThat(heard.result()).isEqualTo(Result.STORE_FAILED);
            assertThat(scene.lock.isLocked()).isTrue();
        }
        scene.restart();

        assertThat(scene.unlock("482169").attemptsLeft()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ending_it_before_the_right_one_is_noted_costs_the_guess_and_locks_nobody_out(boolean written) {
        LockScene scene = new LockScene();
        scene.set(MINE, PIN, NONE);
        EndingStore store = new EndingStore(scene.disk, 2, written);
        scene.restart(store);
        assertThat(scene.unlock(MINE).isDone()).isTrue();
        assertThat(store.over()).isTrue();

        scene.restart();
        scene.time.advance(LONG);

        assertThat(scene.lock.isLocked()).isTrue();
        assertThat(scene.unlock("482169").attemptsLeft()).isEqualTo(written ? 4 : 3);
        assertThat(scene.unlock(MINE).isDone()).isTrue();
    }

    /** Who is told that it is open may shut down and close the vault at once. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_right_one_is_told_when_it_is_stored_that_nothing_is_counted(boolean changed) {
        LockScene scene = new LockScene();
        scene.set(MINE, PIN, NONE);
        scene.restartSlowly(Duration.ofMillis(20));
        int before = scene.disk.writes();
        CompletableFuture<LockOutcome> told = (changed
                        ? scene.lock.change(BIOMETRIC_OR_PIN, pin(MINE))
                        : scene.lock.unlockWithPin(Secret.of(MINE)))
                .toCompletableFuture();

        scene.time.runUntil(told::isDone, Duration.ofSeconds(1));

        assertThat(told.join().isDone()).isTrue();
        assertThat(scene.disk.writes()).as("it was counted, and forgotten").isEqualTo(before + 2);
    }

    @Test
    void ending_it_before_it_is_erased_leaves_it_locked() {
        LockScene scene = new LockScene();
        scene.set(MINE, PIN, NONE);
        scene.lockNow();
        scene.onLoop(Lock::erased);
        assertThat(scene.lock.isLocked()).isFalse();

        scene.restart(); // the store was not erased yet

        assertThat(scene.lock.isLocked()).isTrue();
        assertThat(scene.unlock(MINE).isDone()).isTrue();
    }
}
