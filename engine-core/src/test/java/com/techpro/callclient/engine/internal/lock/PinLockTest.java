// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import static com.techpro.callclient.engine.internal.lock.LockScene.BIOMETRIC_OR_PIN;
import static com.techpro.callclient.engine.internal.lock.LockScene.NONE;
import static com.techpro.callclient.engine.internal.lock.LockScene.PASSWORD;
import static com.techpro.callclient.engine.internal.lock.LockScene.PIN;
import static com.techpro.callclient.engine.internal.lock.LockScene.password;
import static com.techpro.callclient.engine.internal.lock.LockScene.pin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.AppLock.Settings;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.ports.biometric.BiometricPort.Answer;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A PIN of the user's own: set, changed, wrong, forgotten, with a login and without. */
class PinLockTest {
    private static final String MINE = "274913";
    private static final String OTHER = "correct horse";

    private final LockScene scene = new LockScene();

    /** The hash takes a while, in which the user may log out. */
    @Test
    void a_hash_that_is_ready_after_an_erasure_is_not_kept() {
        scene.logIn("secret");
        scene.set(MINE, PIN, password("secret"));
        int written = scene.disk.writes();
        scene.onLoop(lock -> {
            lock.proved(Secret.of("secret"), true);
            lock.erased();
        });

        assertThat(scene.disk.writes()).isEqualTo(written);
        assertThat(scene.unlockByPassword("secret").result()).isEqualTo(Result.NOT_LOGGED_IN);
    }

    /** The user is erased, or logs in, while a worker compares. */
    @ParameterizedTest
    @ValueSource(strings = {"right PIN", "wrong PIN", "new PIN", "right password", "first PIN"})
    void U2_a_comparison_that_was_overtaken_changes_and_counts_nothing(String what) {
        boolean first = what.equals("first PIN");
        if (!first) {
            scene.logIn("secret");
            scene.set(MINE, PIN, password("secret"));
            scene.lockNow();
        }
        CompletionStage<LockOutcome> attempt = switch (what) {
            case "right PIN" -> scene.lock.unlockWithPin(Secret.of(MINE));
            case "wrong PIN" -> scene.lock.unlockWithPin(Secret.of("482160"));
            case "new PIN" -> scene.lock.setPin(Secret.of(OTHER), PIN, pin(MINE));
            case "right password" -> scene.lock.change(PASSWORD, password("secret"));
            default -> scene.lock.setPin(Secret.of(MINE), PIN, NONE);
        };
        // The attempt is counted in the store, and its comparison begins.
        int written = scene.disk.writes();
        scene.time.runUntil(() -> first || scene.disk.writes() > written, Duration.ofSeconds(1));
        scene.loop.execute(() -> {
            if (!first) {
                scene.lock.erased();
            }
            scene.lock.proved(Secret.of("another"), true);
        });

        assertThat(scene.settled(attempt)).isEqualTo(LockOutcome.of(Result.CANCELLED));
        assertThat(scene.lock.settings()).isEqualTo(Settings.OFF);
        assertThat(scene.unlock(MINE).result()).isEqualTo(Result.PIN_NOT_SET);
        assertThat(scene.unlockByPassword("another").isDone()).isTrue();
    }

    /** A slow hash at each login would be for nothing, and a quick one in the store helps a thief. */
    @Test
    void the_password_is_hashed_for_the_store_once_there_is_a_lock() throws Exception {
        scene.logIn("secret");
        assertThat(scene.stored()).isNull();

        assertThat(scene.set(MINE, PIN, password("secret")).isDone()).isTrue();
        StoredHash first = LockRecord.decode(scene.stored()).password();
        assertThat(first.iterations()).isEqualTo(10);
        scene.restart();
        assertThat(scene.unlockByPassword("secret").isDone()).isTrue();

        scene.logIn("changed");
        assertThat(LockRecord.decode(scene.stored()).password().iterations()).isEqualTo(10);
        scene.restart();
        assertThat(scene.unlockByPassword("secret").result()).isEqualTo(Result.WRONG_PASSWORD);
        assertThat(scene.unlockByPassword("changed").isDone()).isTrue();
    }

    /** As when a program repeats an attempt without waiting for the outcome. */
    @Test
    void thousands_of_attempts_at_once_are_refused_and_the_lock_still_opens() {
        scene.set(MINE, PIN, NONE);
        scene.lockNow();
        scene.unlock("482160");
        scene.unlock("482161");

        CompletionStage<LockOutcome> third = scene.lock.unlockWithPin(Secret.of("482162"));
        List<CompletionStage<LockOutcome>> many = new ArrayList<>();
        Secret last = Secret.of(MINE);
        for (int i = 0; i < 20_000; i++) {
            many.add(scene.lock.unlockWithPin(i == 19_999 ? last : Secret.of(MINE)));
        }

        assertThat(scene.settled(third).attemptsLeft()).isEqualTo(2);
        assertThat(many)
                .allSatisfy(
                        outcome -> assertThat(scene.settled(outcome).result()).isEqualTo(Result.TOO_MANY_ATTEMPTS));
        assertThatThrownBy(() -> last.use(SecretAccess.forAuthenticators(), char[]::clone))
                .isInstanceOf(IllegalStateException.class);
        scene.time.advance(Duration.ofSeconds(5));
        assertThat(scene.unlock(MINE).isDone()).isTrue();
    }

    @Test
    void without_a_login_the_first_pin_needs_no_proof_and_locks() {
        assertThat(scene.set(MINE, PIN, NONE)).isEqualTo(LockOutcome.of(Result.DONE));
        assertThat(scene.lock.isLocked()).isFalse();
        assertThat(scene.lock.settings()).isEqualTo(PIN);
        scene.lockNow();
        assertThat(scene.lock.isLocked()).isTrue();

        assertThat(scene.unlock("274914").result()).isEqualTo(Result.WRONG_PIN);
        assertThat(scene.lock.isLocked()).isTrue();
        assertThat(scene.unlock(MINE).isDone()).isTrue();

        assertThat(scene.lock.isLocked()).isFalse();
        assertThat(scene.told).containsExactly(true, false);
    }

    @Test
    void it_survives_a_restart_and_is_not_in_the_store() {
        scene.set(OTHER, PIN, NONE);

        scene.restart();

        assertThat(scene.lock.isLocked()).isTrue();
        assertThat(new String(scene.stored(), StandardCharsets.UTF_8))
                .doesNotContain(OTHER)
                .contains("pinHash");
        assertThat(scene.unlock(MINE).result()).isEqualTo(Result.WRONG_PIN);
        assertThat(scene.unlock(OTHER).isDone()).isTrue();
    }

    @Test
    void with_a_login_its_password_is_the_proof_and_opens_as_well() {
        scene.logIn("secret");

        assertThat(scene.set(MINE, PIN, NONE).result()).isEqualTo(Result.PROOF_NEEDED);
        assertThat(scene.set(MINE, PIN, pin(MINE)).result()).isEqualTo(Result.PIN_NOT_SET);
        assertThat(scene.set(MINE, PIN, password("Secret")).result()).isEqualTo(Result.WRONG_PASSWORD);
        assertThat(scene.lock.settings()).isEqualTo(Settings.OFF);
        assertThat(scene.set(MINE, PIN, password("secret")).isDone()).isTrue();

        scene.lockNow();
        assertThat(scene.unlock(MINE).isDone()).isTrue();
        scene.lockNow();
        assertThat(scene.unlockByPassword("secret").isDone()).isTrue();
        scene.lockNow();
        assertThat(scene.unlockByPassword(MINE).result())
                .as("a PIN is no password")
                .isEqualTo(Result.WRONG_PASSWORD);
        assertThat(scene.unlock("secret").result()).as("nor the other way").isEqualTo(Result.WRONG_PIN);
    }

    @Test
    void another_pin_needs_the_one_so_far_and_takes_its_place() {
        scene.set(MINE, PIN, NONE);

        assertThat(scene.set(OTHER, PIN, NONE).result()).isEqualTo(Result.PROOF_NEEDED);
        assertThat(scene.set(OTHER, PIN, pin("274914")).result()).isEqualTo(Result.WRONG_PIN);
        assertThat(scene.set(OTHER, PIN, password("secret")).result()).isEqualTo(Result.NOT_LOGGED_IN);
        scene.lockNow();
        assertThat(scene.set(OTHER, PIN, pin(MINE)).isDone())
                .as("also while locked")
                .isTrue();
        assertThat(scene.lock.isLocked()).isFalse();

        scene.lockNow();
        assertThat(scene.unlock(MINE).result()).isEqualTo(Result.WRONG_PIN);
        assertThat(scene.unlock(OTHER).isDone()).isTrue();
    }

    @Test
    void a_pin_that_will_not_do_is_refused_with_the_reason_and_costs_nothing() {
        scene.set(MINE, PIN, NONE);

        for (int i = 0; i < 10; i++) {
            assertThat(scene.set("27491", PIN, pin(MINE))).isEqualTo(LockOutcome.of(Result.PIN_TOO_SHORT));
            assertThat(scene.set("123456", PIN, pin("wrong"))).isEqualTo(LockOutcome.of(Result.PIN_TOO_SIMPLE));
        }

        assertThat(scene.set("27491".repeat(30), PIN, pin(MINE)).result()).isEqualTo(Result.PIN_TOO_LONG);
        assertThat(scene.unlock("nonsense").attemptsLeft()).isEqualTo(4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scene.lock.setPin(Secret.of(MINE), PASSWORD, NONE))
                .withMessageNotContaining(MINE);
    }

    @Test
    void switching_it_off_forgets_it_and_the_next_one_is_a_first_one() {
        scene.set(MINE, PIN, NONE);
        assertThat(scene.change(Settings.OFF, NONE).result()).isEqualTo(Result.PROOF_NEEDED);
        assertThat(scene.change(Settings.OFF, pin("274914")).result()).isEqualTo(Result.WRONG_PIN);
        assertThat(scene.lock.settings()).isEqualTo(PIN);

        assertThat(scene.change(Settings.OFF, pin(MINE)).isDone()).isTrue();

        scene.lockNow();
        assertThat(scene.lock.isLocked()).isFalse();
        assertThat(scene.unlock(MINE).result()).isEqualTo(Result.PIN_NOT_SET);
        assertThat(new String(scene.stored(), StandardCharsets.UTF_8)).doesNotContain("pin");
        assertThat(scene.set(OTHER, PIN, NONE).isDone()).isTrue();
    }

    @Test
    void time_outs_and_modes_change_by_the_pin_as_far_as_there_is_something_to_open_with() {
        scene.set(MINE, PIN, NONE);
        Settings slow = new Settings(AppLock.Mode.PIN, Duration.ofMinutes(5), null);

        assertThat(scene.change(slow, pin(MINE)).isDone()).isTrue();
        assertThat(scene.lock.settings()).isEqualTo(slow);
        assertThat(scene.change(PASSWORD, pin(MINE)).result())
                .as("it would lock the user out")
                .isEqualTo(Result.NOT_LOGGED_IN);

        scene.logIn("secret");
        assertThat(scene.change(PASSWORD, pin(MINE)).isDone()).isTrue();
        assertThat(scene.unlock(MINE).result()).isEqualTo(Result.PIN_NOT_SET);
        assertThat(scene.change(PIN, password("secret")).result()).isEqualTo(Result.PIN_NOT_SET);
        assertThat(scene.lock.settings()).isEqualTo(PASSWORD);
    }

    @Test
    void wrong_ones_say_how_many_are_left_and_cost_time() {
        scene.set(MINE, PIN, NONE);
        scene.lockNow();
        List<LockOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            LockOutcome outcome = scene.unlock("48216" + i);
            outcomes.add(outcome);
            if (!outcome.retryIn().isZero()) {
                LockOutcome early = scene.unlock(MINE);
                assertThat(early.result()).isIn(Result.TOO_MANY_ATTEMPTS, Result.LOGOUT_NEEDED);
            }
            scene.time.advance(outcome.retryIn());
        }

        assertThat(outcomes)
                .containsExactly(
                        new LockOutcome(Result.WRONG_PIN, Duration.ZERO, 4),
                        new LockOutcome(Result.WRONG_PIN, Duration.ZERO, 3),
                        new LockOutcome(Result.WRONG_PIN, Duration.ofSeconds(5), 2),
                        new LockOutcome(Result.WRONG_PIN, Duration.ofSeconds(10), 1),
                        new LockOutcome(Result.LOGOUT_NEEDED, Duration.ofSeconds(20), 0));
    }

    @Test
    void after_the_fifth_the_right_one_opens_nothing_for_ever_and_nothing_is_erased() {
        scene.set(MINE, PIN, NONE);
        scene.lockNow();
        scene.guess(5);
        int values = scene.disk.size();

        for (int day = 0; day < 3; day++) {
            scene.time.advance(Duration.ofDays(1));
            assertThat(scene.unlock(MINE)).isEqualTo(LockOutcome.of(Result.LOGOUT_NEEDED));
            assertThat(scene.change(Settings.OFF, pin(MINE)).result()).isEqualTo(Result.LOGOUT_NEEDED);
            assertThat(scene.set(OTHER, PIN, pin(MINE)).result()).isEqualTo(Result.LOGOUT_NEEDED);
            scene.restart();
        }

        assertThat(scene.lock.isLocked()).isTrue();
        assertThat(scene.disk.size()).isEqualTo(values);
    }

    @Test
    void with_a_login_its_password_opens_after_the_fifth_and_the_pin_counts_again() {
        scene.logIn("secret");
        scene.set(MINE, PIN, password("secret"));
        scene.lockNow();

        assertThat(scene.guess(5).result()).isEqualTo(Result.PIN_BLOCKED);
        assertThat(scene.unlock(MINE)).isEqualTo(LockOutcome.of(Result.PIN_BLOCKED));
        assertThat(scene.unlockByPassword("guess").result()).isEqualTo(Result.WRONG_PASSWORD);
        scene.time.advance(Duration.ofMinutes(1));
        assertThat(scene.lock.isLocked()).isTrue();
        assertThat(scene.unlockByPassword("secret").isDone()).isTrue();

        scene.lockNow();
        assertThat(scene.unlock("274914").attemptsLeft()).isEqualTo(4);
        assertThat(scene.unlock(MINE).isDone()).isTrue();
    }

    @Test
    void the_password_sets_another_pin_where_the_first_was_forgotten() {
        scene.logIn("secret");
        scene.set(MINE, PIN, password("secret"));
        scene.lockNow();
        scene.guess(5);

        assertThat(scene.set(OTHER, PIN, password("secret")).isDone()).isTrue();

        scene.lockNow();
        assertThat(scene.unlock(OTHER).isDone()).isTrue();
    }

    @Test
    void a_stored_login_that_succeeds_while_locked_neither_unlocks_nor_resets_attempts() {
        scene.logIn("secret");
        scene.set(MINE, PIN, password("secret"));
        scene.lockNow();
        scene.unlock("482160");
        scene.unlock("482161");

        scene.onLoop(lock -> lock.proved(Secret.of("secret"), false));

        assertThat(scene.lock.isLocked()).isTrue();
        assertThat(scene.unlock("482162")).isEqualTo(new LockOutcome(Result.WRONG_PIN, Duration.ofSeconds(5), 2));
        scene.time.advance(Duration.ofSeconds(5));
        assertThat(scene.unlockByPassword("secret").isDone()).isTrue();
    }

    @Test
    void the_right_one_forgets_the_wrong_ones_before_it() {
        scene.set(MINE, PIN, NONE);
        for (int i = 0; i < 3; i++) {
            scene.lockNow();
            scene.guess(4);
            assertThat(scene.unlock(MINE).isDone()).isTrue();
        }
        scene.restart();
        assertThat(scene.unlock("274914").attemptsLeft()).isEqualTo(4);
    }

    @Test
    void wrong_passwords_do_not_use_up_the_pin() {
        scene.logIn("secret");
        scene.set(MINE, PIN, password("secret"));
        scene.lockNow();
        for (int i = 0; i < 8; i++) {
            scene.time.advance(scene.unlockByPassword("guess").retryIn());
        }

        assertThat(scene.unlock(MINE).isDone()).isTrue();
    }

    @Test
    void guesses_side_by_side_are_looked_at_one_after_the_other() {
        scene.set(MINE, PIN, NONE);
        scene.lockNow();
        List<CompletionStage<LockOutcome>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(scene.lock.unlockWithPin(Secret.of("48216" + i)));
        }
        scene.settle();

        assertThat(all.stream().map(scene::settled).filter(o -> o.result() == Result.WRONG_PIN))
                .hasSize(3);
        scene.time.advance(Duration.ofSeconds(5));
        assertThat(scene.unlock(MINE).isDone())
                .as("the others were not looked at")
                .isTrue();
    }

    @Test
    void an_older_copy_of_the_store_gives_no_guess_back() {
        scene.set(MINE, PIN, NONE);
        scene.lockNow();
        Runnable putBack = scene.disk.copy();
        scene.guess(4);

        putBack.run();
        scene.restart();

        assertThat(scene.lock.isLocked()).isTrue();
        assertThat(scene.unlock(MINE).result()).isEqualTo(Result.STORE_FAILED);
        assertThat(scene.lock.isLocked()).isTrue();
    }

    @Test
    void forgotten_everything_is_erased_and_the_lock_with_it() {
        scene.set(MINE, PIN, NONE);
        scene.lockNow();
        scene.guess(5);

        scene.onLoop(Lock::erased);

        assertThat(scene.lock.isLocked()).isFalse();
        assertThat(scene.lock.settings()).isEqualTo(Settings.OFF);
        assertThat(scene.set(OTHER, PIN, NONE).isDone()).isTrue();
    }

    @Test
    void C8_biometrics_stand_in_for_it_also_when_it_is_blocked_and_do_not_unblock_it() {
        scene.set(MINE, BIOMETRIC_OR_PIN, NONE);
        scene.lockNow();
        scene.sensor.willAnswer(Answer.NO);
        assertThat(biometrics()).isEqualTo(Result.NOT_RECOGNISED);
        scene.guess(5);

        scene.sensor.willAnswer(Answer.YES);
        assertThat(biometrics()).isEqualTo(Result.DONE);
        assertThat(scene.lock.isLocked()).isFalse();

        scene.lockNow();
        assertThat(scene.unlock(MINE).result()).isEqualTo(Result.LOGOUT_NEEDED);
    }

    @Test
    void a_changed_enrolment_needs_the_pin_once() {
        scene.set(MINE, BIOMETRIC_OR_PIN, NONE);
        scene.lockNow();
        scene.sensor.enrolAnother();
        assertThat(biometrics()).isEqualTo(Result.PASSWORD_NEEDED);
        assertThat(scene.unlock(MINE).isDone()).isTrue();
        scene.lockNow();
        assertThat(biometrics()).isEqualTo(Result.DONE);
    }

    @Test
    void without_biometrics_in_its_mode_the_platform_is_not_asked() {
        scene.set(MINE, PIN, NONE);
        scene.lockNow();

        assertThat(biometrics()).isEqualTo(Result.BIOMETRICS_UNAVAILABLE);
        assertThat(scene.sensor.questions()).isZero();
    }

    @Test
    void without_storage_no_attempt_is_checked_and_no_pin_is_set() {
        scene.set(MINE, PIN, NONE);
        scene.lockNow();
        scene.disk.fail(Reason.FULL);

        assertThat(scene.unlock(MINE).result()).isEqualTo(Result.STORE_FAILED);
        assertThat(scene.set(OTHER, PIN, pin(MINE)).result()).isEqualTo(Result.STORE_FAILED);
        assertThat(scene.lock.isLocked()).isTrue();
        scene.disk.fail(null);
        assertThat(scene.unlock(MINE).isDone()).isTrue();
    }

    @Test
    void a_pin_that_could_not_be_stored_leaves_none_where_there_was_none() {
        scene.disk.fail(Reason.FULL);

        assertThat(scene.set(MINE, PIN, NONE)).isEqualTo(LockOutcome.storeFailed(Reason.FULL));

        assertThat(scene.lock.settings()).isEqualTo(Settings.OFF);
        scene.disk.fail(null);
        scene.onLoop(l -> {});
        assertThat(scene.set(OTHER, PIN, NONE).isDone()).isTrue();
        scene.restart();
        assertThat(scene.unlock(MINE).result()).isEqualTo(Result.WRONG_PIN);
        assertThat(scene.unlock(OTHER).isDone()).isTrue();
    }

    @Test
    void every_secret_handed_in_is_wiped_regardless_of_the_outcome() {
        scene.set(MINE, PIN, NONE);
        List<Secret> given = new ArrayList<>();
        for (String text : List.of(MINE, "274914", "27491", "123456")) {
            Secret pin = Secret.of(text);
            Secret proof = Secret.of(MINE);
            Secret password = Secret.of("secret");
            given.addAll(List.of(pin, proof, password));
            scene.settled(scene.lock.setPin(pin, PIN, new AppLock.Proof.Pin(proof)));
            scene.settled(scene.lock.change(PIN, new AppLock.Proof.Password(password)));
        }
        Secret late = Secret.of(MINE);
        Secret new1 = Secret.of(OTHER);
        scene.onLoop(Lock::close);
        scene.settled(scene.lock.setPin(new1, PIN, new AppLock.Proof.Pin(late)));
        given.addAll(List.of(late, new1));

        assertThat(given)
                .allSatisfy(
                        secret -> assertThatThrownBy(() -> secret.use(SecretAccess.forAuthenticators(), char[]::clone))
                                .isInstanceOf(IllegalStateException.class));
    }

    @Test
    void printing_reveals_no_secret() {
        assertThat(pin(MINE).toString()).contains("redacted").doesNotContain(MINE);
        scene.set(MINE, PIN, NONE);
        scene.restart();

        assertThat(LockRecord.EMPTY.withPin(StoredHash.of(Secret.of(MINE), 1, scene.time.random("salt")), PIN))
                .asString()
                .contains("redacted")
                .doesNotContain(MINE);
    }

    private Result biometrics() {
        return scene.settled(scene.lock.unlockWithBiometrics()).result();
    }
}
