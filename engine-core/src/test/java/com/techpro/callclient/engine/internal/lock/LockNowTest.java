// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.lock.AppLock.Mode;
import com.techpro.callclient.engine.lock.AppLock.Settings;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.ports.biometric.BiometricPort.Answer;
import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What locks is in force when the call that locks returns: the loop does not run between the two. */
class LockNowTest {
    private static final String MINE = "274913";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final LockScene scene = new LockScene();

    @AfterEach
    void close() {
        scene.time.close();
    }

    @Test
    void U2_it_is_locked_when_the_call_returns_and_that_is_told_once_afterwards() {
        open(LockScene.PIN);

        assertThat(scene.lock.lockNow()).isTrue();
        assertThat(scene.lock.lockNow()).isTrue();

        assertLocked();
        assertThat(scene.told).isEmpty();
        scene.settle();
        assertLocked();
        assertThat(scene.told).containsExactly(true);
        assertThat(scene.unlock(MINE).isDone()).isTrue();
        assertThat(scene.lock.isLocked()).isFalse();
        assertThat(scene.told).containsExactly(true, false);
    }

    @Test
    void without_a_lock_nothing_is_locked_before_the_loop_comes_to_it_either() {
        assertThat(scene.lock.lockNow()).isFalse();
        scene.lock.appInBackground();
        assertThat(scene.lock.isLocked()).isFalse();
        scene.settle();

        open(LockScene.PIN);
        Settings never = new Settings(Mode.NONE, MINUTE, Duration.ZERO);
        assertThat(scene.change(never, LockScene.pin(MINE)).isDone()).isTrue();
        scene.lock.lockNow();
        scene.lock.appInBackground();
        assertThat(scene.lock.isLocked()).isFalse();
        scene.time.advance(MINUTE);

        assertThat(scene.lock.isLocked()).isFalse();
        assertThat(scene.told).isEmpty();
    }

    @Test
    void a_pin_that_is_set_while_nothing_is_locked_is_set_and_open() {
        CompletionStage<LockOutcome> set = scene.lock.setPin(Secret.of(MINE), LockScene.PIN, LockScene.NONE);
        scene.lock.lockNow();
        assertThat(scene.lock.isLocked()).isFalse();

        assertThat(scene.settled(set).isDone()).isTrue();
        assertThat(scene.lock.isLocked()).isFalse();
    }

    @Test
    void U2_a_pin_that_is_being_compared_does_not_open_it_and_does_not_count_as_wrong() {
        open(LockScene.PIN);
        scene.lockNow();
        for (int i = 0; i < 6; i++) {
            CompletionStage<LockOutcome> before = scene.lock.unlockWithPin(Secret.of(MINE));
            scene.lock.lockNow();

            assertThat(scene.settled(before)).isEqualTo(LockOutcome.of(Result.CANCELLED));
            assertLocked();
        }

        assertThat(scene.told).containsExactly(true);
        assertThat(scene.unlock("482160").attemptsLeft()).isEqualTo(4);
        assertThat(scene.unlock(MINE).isDone()).isTrue();
    }

    @Test
    void U2_one_that_was_right_and_that_the_loop_has_not_seen_does_not_open_it() {
        open(LockScene.PIN);
        int written = scene.disk.writes();
        CompletionStage<LockOutcome> before = scene.lock.unlockWithPin(Secret.of(MINE));
        scene.time.runUntil(() -> scene.disk.writes() > written, Duration.ofSeconds(1));

        scene.lock.lockNow();

        assertLocked();
        assertThat(scene.settled(before).result()).isEqualTo(Result.CANCELLED);
        assertLocked();
        assertThat(scene.told).containsExactly(true);
    }

    @Test
    void U2_the_platform_s_yes_to_a_question_from_before_does_not_open_it() {
        open(LockScene.BIOMETRIC_OR_PIN);
        scene.lockNow();
        scene.sensor.willAnswer(Answer.YES);
        scene.sensor.hesitate();
        CompletionStage<LockOutcome> before = scene.lock.unlockWithBiometrics();
        scene.settle();

        scene.lock.lockNow();
        scene.sensor.answerNow();

        assertThat(scene.settled(before).result()).isEqualTo(Result.CANCELLED);
        assertLocked();
        assertThat(scene.told).containsExactly(true);
    }

    @Test
    void U2_settings_that_are_being_changed_are_changed_and_it_stays_locked() {
        open(LockScene.PIN);
        Settings other = new Settings(Mode.PIN, MINUTE, null);
        CompletionStage<LockOutcome> change = scene.lock.change(other, LockScene.pin(MINE));
        scene.lock.lockNow();

        assertThat(scene.settled(change).isDone()).isTrue();
        assertThat(scene.lock.settings()).isEqualTo(other);
        assertLocked();

        CompletionStage<LockOutcome> set = scene.lock.setPin(Secret.of("913274"), LockScene.PIN, LockScene.pin(MINE));
        scene.lock.lockNow();
        assertThat(scene.settled(set).isDone()).isTrue();
        assertLocked();
        assertThat(scene.told).containsExactly(true);
        assertThat(scene.unlock("913274").isDone()).isTrue();
    }

    @Test
    void a_lock_that_is_being_switched_off_is_off() {
        open(LockScene.PIN);
        CompletionStage<LockOutcome> off = scene.lock.change(Settings.OFF, LockScene.pin(MINE));
        scene.lock.lockNow();

        assertThat(scene.settled(off).isDone()).isTrue();
        assertThat(scene.lock.isLocked()).isFalse();
    }

    @Test
    void U2_an_app_that_locks_at_once_in_the_background_is_locked_when_it_is_there() {
        open(new Settings(Mode.PIN, null, Duration.ZERO));

        scene.lock.appInBackground();

        assertLocked();
        scene.lock.appInForeground();
        assertLocked();
        assertThat(scene.told).isEmpty();
        scene.settle();
        assertLocked();
        assertThat(scene.told).containsExactly(true);
    }

    @Test
    void an_app_that_is_unlocked_in_the_background_locks_there_again() {
        open(new Settings(Mode.PIN, null, MINUTE));
        scene.lockNow();
        scene.lock.appInBackground();
        assertThat(scene.unlock(MINE).isDone()).isTrue();

        scene.time.advance(MINUTE);

        assertLocked();
        assertThat(scene.told).containsExactly(true, false, true);
    }

    @Test
    void U2_the_time_in_the_background_runs_while_the_app_is_frozen_from_the_start() {
        open(new Settings(Mode.PIN, null, MINUTE));

        scene.lock.appInBackground();
        scene.time.jumpWallClock(MINUTE);
        scene.lock.appInForeground();

        assertLocked();
        scene.settle();
        assertLocked();
        assertThat(scene.told).containsExactly(true);
    }

    @Test
    void the_app_stays_open_when_it_returns_in_time() {
        open(new Settings(Mode.PIN, null, MINUTE));

        scene.lock.appInBackground();
        scene.time.jumpWallClock(MINUTE.minusNanos(1));
        scene.lock.appInForeground();

        assertThat(scene.lock.isLocked()).isFalse();
        scene.settle();
        scene.time.advance(MINUTE);
        assertThat(scene.lock.isLocked()).isFalse();
        assertThat(scene.told).isEmpty();
    }

    private void open(Settings settings) {
        assertThat(scene.set(MINE, settings, LockScene.NONE).isDone()).isTrue();
        assertThat(scene.lock.isLocked()).isFalse();
    }

    private void assertLocked() {
        assertThat(scene.lock.isLocked()).isTrue();
        assertThatThrownBy(scene.lock::requireOpen).isInstanceOf(LockedException.class);
    }
}
