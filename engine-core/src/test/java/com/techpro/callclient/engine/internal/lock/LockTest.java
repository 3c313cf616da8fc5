// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.AppLock.Mode;
import com.techpro.callclient.engine.lock.AppLock.Settings;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.ports.biometric.BiometricPort.Answer;
import com.techpro.callclient.ports.biometric.BiometricPort.Availability;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.loop.SerialExecutor;
import com.techpro.callclient.testkit.contracts.FakeBiometrics;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What opens the lock, what closes it, and what a guess costs. */
class LockTest {
    private static final Settings PASSWORD = new Settings(Mode.PASSWORD, null, null);
    private static final Settings BIOMETRIC = new Settings(Mode.BIOMETRIC_OR_PASSWORD, null, null);

    private final VirtualTime time = VirtualTime.seeded(1);
    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
    private final FakeBiometrics sensor = new FakeBiometrics(time.workers());
    private final List<Boolean> told = new ArrayList<>();
    private final FakePermissions permissions = new FakePermissions();
    private boolean allowed = true;
    private EngineLoop loop;
    private Lock lock = start();

    @Test
    void without_a_lock_nothing_is_locked() {
        pass(Duration.ZERO);
        lock.lockNow();
        lock.appInBackground();
        pass(Duration.ofDays(1));

        assertThat(lock.isLocked()).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void it_is_locked_until_the_store_was_read() {
        assertThat(lock.isLocked()).isTrue();
        assertThatThrownBy(lock::requireOpen).isInstanceOf(LockedException.class);

        pass(Duration.ZERO);

        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void nobody_can_lock_before_the_phone_system_accepted_a_password() {
        assertThat(change(PASSWORD, "secret")).isEqualTo(LockOutcome.of(Result.NOT_LOGGED_IN));
        assertThat(lock.settings()).isEqualTo(Settings.OFF);
    }

    @Test
    void U2_a_wrong_password_changes_and_opens_nothing() {
        locked(PASSWORD);

        assertThat(unlock("Secret").result()).isEqualTo(Result.WRONG_PASSWORD);
        assertThat(unlock("").result()).isEqualTo(Result.WRONG_PASSWORD);
        assertThat(lock.isLocked()).isTrue();
        assertThat(lock.settings()).isEqualTo(PASSWORD);
        pass(Duration.ofMinutes(1));
        assertThat(change(Settings.OFF, "secret ").result()).isEqualTo(Result.WRONG_PASSWORD);
        assertThat(lock.isLocked()).isTrue();
        assertThat(lock.settings()).isEqualTo(PASSWORD);
        assertThat(told).containsExactly(true);
    }

    @Test
    void the_right_password_opens_it_and_it_can_be_switched_off_at_any_time() {
        locked(PASSWORD);

        assertThat(unlock("secret").isDone()).isTrue();
        assertThat(lock.isLocked()).isFalse();
        lockNow();
        assertThat(change(Settings.OFF, "secret").isDone()).isTrue();
        lockNow();

        assertThat(lock.isLocked()).isFalse();
        assertThat(told).containsExactly(true, false, true, false);
    }

    @Test
    void the_password_handed_in_is_wiped() {
        locked(PASSWORD);
        Secret password = Secret.of("secret");

        settled(lock.unlock(password));

        assertThatThrownBy(() -> StoredHash.of(password, 1, time.random("x")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_lock_survives_a_restart_and_no_password_is_in_the_store() throws Exception {
        locked(PASSWORD);

        restart();

        assertThat(lock.isLocked()).isTrue();
        assertThat(lock.settings()).isEqualTo(PASSWORD);
        byte[] stored = new FakeSecureStore(disk).read("lock");
        assertThat(new String(stored, StandardCharsets.UTF_8)).doesNotContain("secret");
        assertThat(unlock("wrong").result()).isEqualTo(Result.WRONG_PASSWORD);
        assertThat(unlock("secret").isDone()).isTrue();
    }

    @Test
    void each_wrong_password_after_the_second_costs_twice_as_long() {
        locked(PASSWORD);
        List<Duration> costs = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            LockOutcome outcome = unlock("guess " + i);
            assertThat(outcome.result()).isEqualTo(Result.WRONG_PASSWORD);
            costs.add(outcome.retryIn());
            pass(outcome.retryIn());
        }

        assertThat(costs.subList(0, 6))
                .containsExactly(
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(40));
        assertThat(costs).last().isEqualTo(Duration.ofHours(1));
    }

    @Test
    void a_password_that_comes_too_early_is_not_even_looked_at() {
        locked(PASSWORD);
        Duration cost = fail(5);

        LockOutcome early = unlock("secret");

        assertThat(early.result()).isEqualTo(Result.TOO_MANY_ATTEMPTS);
        assertThat(early.retryIn()).isEqualTo(cost);
        assertThat(lock.isLocked()).isTrue();
        time.jumpWallClock(Duration.ofDays(30));
        assertThat(unlock("secret").result()).as("clock set forward").isEqualTo(Result.TOO_MANY_ATTEMPTS);
        pass(cost);
        assertThat(unlock("secret").isDone()).isTrue();
        lockNow();
        assertThat(unlock("wrong").retryIn()).as("counted from the start").isZero();
    }

    @Test
    void passwords_tried_side_by_side_cost_as_much_as_one_after_the_other() {
        locked(PASSWORD);
        List<CompletionStage<LockOutcome>> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(lock.unlock(Secret.of("guess " + i)));
        }
        pass(Duration.ZERO);

        assertThat(all.stream().map(this::settled).map(LockOutcome::result))
                .startsWith(Result.WRONG_PASSWORD, Result.WRONG_PASSWORD, Result.WRONG_PASSWORD)
                .endsWith(Result.TOO_MANY_ATTEMPTS);
        assertThat(all.stream().map(this::settled).filter(o -> o.result() == Result.WRONG_PASSWORD))
                .hasSize(3);
    }

    @Test
    void the_cost_survives_a_restart_by_the_wall_clock() {
        locked(PASSWORD);
        Duration cost = fail(8);
        pass(Duration.ofSeconds(60));

        restart();

        assertThat(unlock("secret"))
                .isEqualTo(new LockOutcome(Result.TOO_MANY_ATTEMPTS, cost.minus(Duration.ofSeconds(60))));
    }

    @Test
    void a_clock_set_back_gives_nothing_back() {
        locked(PASSWORD);
        Duration cost = fail(8);
        time.jumpWallClock(Duration.ofDays(-365));

        restart();

        assertThat(unlock("secret")).isEqualTo(new LockOutcome(Result.TOO_MANY_ATTEMPTS, cost));
    }

    @Test
    void a_clock_set_forward_and_a_restart_still_cost_half_a_minute_a_guess() {
        locked(PASSWORD);
        fail(8);
        time.jumpWallClock(Duration.ofDays(365));

        restart();

        assertThat(unlock("secret")).isEqualTo(new LockOutcome(Result.TOO_MANY_ATTEMPTS, Duration.ofSeconds(30)));
    }

    @Test
    void an_attempt_is_counted_before_it_is_looked_at() throws Exception {
        locked(PASSWORD);
        int written = disk.writes();
        lock.unlock(Secret.of("guess"));
        time.runUntil(() -> disk.writes() > written, Duration.ofSeconds(1));

        restart(); // the process was ended while the password was being compared

        assertThat(LockRecord.decode(stored()).attempts().failures()).isEqualTo(1);
    }

    @Test
    void an_attempt_that_cannot_be_counted_is_not_checked() {
        locked(PASSWORD);
        disk.fail(Reason.FULL);

        assertThat(unlock("secret")).isEqualTo(LockOutcome.storeFailed(Reason.FULL));
        assertThat(LockOutcome.storeFailed(Reason.FULL).advice()).isEqualTo(Reason.FULL.advice());
        assertThat(LockOutcome.of(Result.STORE_FAILED).advice()).isEqualTo(Result.STORE_FAILED.advice());
        assertThat(lock.isLocked()).isTrue();

        disk.fail(null);
        assertThat(unlock("secret").isDone()).isTrue();
    }

    @Test
    void a_store_that_cannot_be_read_keeps_it_locked_until_it_can() {
        locked(PASSWORD);
        disk.fail(Reason.LOCKED);
        restart();
        pass(Duration.ofHours(1));

        assertThat(lock.isLocked()).isTrue();
        assertThat(unlock("secret")).isEqualTo(LockOutcome.storeFailed(Reason.LOCKED));
        assertThat(biometrics()).isEqualTo(Result.STORE_FAILED);
        disk.fail(null);
        assertThat(unlock("secret").isDone()).isTrue();
    }

    @Test
    void a_damaged_record_keeps_it_locked_until_everything_is_erased() throws Exception {
        new FakeSecureStore(disk).write(Map.of("lock", "{\"version\":1}".getBytes(StandardCharsets.UTF_8)));
        restart();

        assertThat(lock.isLocked()).isTrue();
        assertThat(unlock("secret").result()).isEqualTo(Result.STORE_FAILED);
        onLoop(Lock::erased);
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void idleness_locks_and_use_puts_it_off() {
        locked(new Settings(Mode.PASSWORD, Duration.ofMinutes(5), null));
        unlock("secret");
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofMinutes(4));
            lock.userActive();
        }
        assertThat(lock.isLocked()).isFalse();

        pass(Duration.ofMinutes(5));

        assertThat(lock.isLocked()).isTrue();
        lock.userActive();
        pass(Duration.ZERO);
        assertThat(lock.isLocked()).as("being active is no proof").isTrue();
    }

    @Test
    void the_background_locks_at_once_or_later() {
        locked(new Settings(Mode.PASSWORD, null, Duration.ofMinutes(1)));
        unlock("secret");
        lock.appInBackground();
        pass(Duration.ofSeconds(59));
        lock.appInForeground();
        pass(Duration.ofMinutes(10));
        assertThat(lock.isLocked()).isFalse();

        lock.appInBackground();
        pass(Duration.ofSeconds(61));
        assertThat(lock.isLocked()).isTrue();
        lock.appInForeground();
        pass(Duration.ZERO);
        assertThat(lock.isLocked()).isTrue();

        unlock("secret");
        change(new Settings(Mode.PASSWORD, null, Duration.ZERO), "secret");
        lock.appInBackground();
        pass(Duration.ZERO);
        assertThat(lock.isLocked()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"idle, 60,", "background, , 60", "both, 300, 60"})
    void a_device_that_slept_through_the_time_out_is_locked_before_any_timer_runs(
            String what, @Nullable Long idle, @Nullable Long background) {
        locked(new Settings(Mode.PASSWORD, seconds(idle), seconds(background)));
        unlock("secret");
        if (background != null) {
            lock.appInBackground();
        }
        pass(Duration.ofSeconds(1));

        time.jumpWallClock(Duration.ofMinutes(2)); // deep sleep: the monotonic clock stood still

        assertThat(lock.isLocked()).isTrue();
        lock.appInForeground();
        pass(Duration.ZERO);
        assertThat(lock.isLocked()).isTrue();
        assertThat(unlock("secret").isDone()).isTrue();
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void a_wall_clock_set_back_while_in_the_background_locks() {
        locked(new Settings(Mode.PASSWORD, null, Duration.ofMinutes(1)));
        unlock("secret");
        lock.appInBackground();
        pass(Duration.ofSeconds(1));

        time.jumpWallClock(Duration.ofMinutes(-2));

        assertThat(lock.isLocked()).isTrue();
    }

    @Test
    void C8_the_platform_s_yes_opens_it_and_its_no_does_not() {
        locked(BIOMETRIC);
        sensor.willAnswer(Answer.NO);
        assertThat(biometrics()).isEqualTo(Result.NOT_RECOGNISED);
        sensor.willAnswer(Answer.CANCELLED);
        assertThat(biometrics()).isEqualTo(Result.CANCELLED);
        sensor.become(Availability.LOCKED_OUT);
        assertThat(biometrics()).isEqualTo(Result.BIOMETRICS_LOCKED_OUT);
        sensor.become(Availability.NO_HARDWARE);
        assertThat(biometrics()).isEqualTo(Result.BIOMETRICS_UNAVAILABLE);
        assertThat(lock.isLocked()).isTrue();

        sensor.become(Availability.READY);
        sensor.willAnswer(Answer.YES);

        assertThat(biometrics()).isEqualTo(Result.DONE);
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void R4_the_password_works_regardless_of_the_sensor_and_on_its_own() {
        locked(BIOMETRIC);
        sensor.become(Availability.NO_HARDWARE);
        assertThat(unlock("secret").isDone()).isTrue();

        change(PASSWORD, "secret");
        sensor.become(Availability.READY);
        lockNow();
        int asked = sensor.questions();

        assertThat(biometrics()).isEqualTo(Result.BIOMETRICS_UNAVAILABLE);
        assertThat(sensor.questions()).isEqualTo(asked);
        assertThat(unlock("secret").isDone()).isTrue();
    }

    @Test
    void a_changed_enrolment_needs_the_password_once_also_after_a_restart() {
        locked(BIOMETRIC);
        sensor.enrolAnother();

        assertThat(biometrics()).isEqualTo(Result.PASSWORD_NEEDED);
        restart();
        int asked = sensor.questions();
        assertThat(biometrics()).isEqualTo(Result.PASSWORD_NEEDED);
        assertThat(sensor.questions()).isEqualTo(asked);
        assertThat(unlock("secret").isDone()).isTrue();
        lockNow();
        assertThat(biometrics()).isEqualTo(Result.DONE);
    }

    @Test
    void a_yes_to_an_earlier_lock_s_question_opens_nothing() {
        locked(BIOMETRIC);
        sensor.hesitate();
        CompletionStage<LockOutcome> late = lock.unlockWithBiometrics();
        pass(Duration.ZERO);
        unlock("secret");
        lockNow();

        sensor.answerNow();

        assertThat(settled(late).result()).isEqualTo(Result.CANCELLED);
        assertThat(lock.isLocked()).isTrue();
    }

    @Test
    void R2_P4_biometrics_that_are_not_permitted_any_more_are_not_asked() {
        locked(BIOMETRIC);
        permissions.deny(Permission.BIOMETRICS);
        assertThat(biometrics()).isEqualTo(Result.BIOMETRICS_UNAVAILABLE);
        permissions.grant(Permission.BIOMETRICS);
        allowed = false;
        assertThat(biometrics()).isEqualTo(Result.BIOMETRICS_UNAVAILABLE);

        assertThat(sensor.questions()).isZero();
        assertThat(unlock("secret").isDone()).isTrue();
    }

    @Test
    void a_task_waiting_for_the_lock_runs_once_when_it_opens() {
        locked(PASSWORD);
        List<String> ran = new ArrayList<>();
        onLoop(l -> l.whenOpen(() -> ran.add("logged in"), reason -> ran.add(reason.name())));
        onLoop(l -> l.whenRead(() -> ran.add("restored"), reason -> ran.add(reason.name())));
        assertThat(ran).containsExactly("restored");

        unlock("secret");
        lockNow();
        unlock("secret");

        assertThat(ran).containsExactly("restored", "logged in");
        onLoop(l -> l.whenOpen(() -> ran.add("at once"), reason -> ran.add(reason.name())));
        assertThat(ran).hasSize(3);
    }

    @Test
    void a_new_password_of_the_phone_system_replaces_the_old_one() {
        locked(PASSWORD);
        fail(6);

        prove("changed");

        assertThat(lock.isLocked()).isFalse();
        lockNow();
        assertThat(unlock("secret").result()).isEqualTo(Result.WRONG_PASSWORD);
        assertThat(unlock("changed").isDone()).isTrue();
    }

    @Test
    void printing_reveals_no_secret() {
        StoredHash hash = StoredHash.of(Secret.of("secret"), 1, time.random("salt"));

        assertThat(hash).hasToString("PasswordHash[redacted]");
        assertThat(LockRecord.EMPTY.with(hash).toString()).contains("redacted");
    }

    private static @Nullable Duration seconds(@Nullable Long length) {
        return length == null ? null : Duration.ofSeconds(length);
    }

    private Lock start() {
        loop = new EngineLoop(time.openLoop("signalling"));
        Thread.UncaughtExceptionHandler failures = (thread, failure) -> {
            throw new AssertionError(failure);
        };
        return new Lock(
                loop,
                time.workers(),
                new SerialExecutor(time.workers(), failures),
                time.random("lock"),
                10,
                new UserStore(loop, new SerialExecutor(time.workers(), failures), new FakeSecureStore(disk)),
                new Biometrics(sensor, permissions, () -> allowed),
                told::add,
                () -> {});
    }

    /** The process ends, whatever it was doing, and starts again. */
    private void restart() {
        lock = start();
        pass(Duration.ZERO);
    }

    private void locked(Settings settings) {
        pass(Duration.ZERO);
        prove("secret");
        assertThat(change(settings, "secret").isDone()).isTrue();
        lockNow();
        assertThat(lock.isLocked()).isTrue();
    }

    private void lockNow() {
        lock.lockNow();
        pass(Duration.ZERO);
    }

    private Duration fail(int times) {
        Duration cost = Duration.ZERO;
        for (int i = 0; i < times; i++) {
            pass(cost);
            cost = unlock("guess " + i).retryIn();
        }
        return cost;
    }

    private void prove(String password) {
        onLoop(l -> l.proved(Secret.of(password), true));
    }

    private LockOutcome unlock(String password) {
        return settled(lock.unlock(Secret.of(password)));
    }

    private LockOutcome change(Settings settings, String password) {
        return settled(lock.change(settings, new AppLock.Proof.Password(Secret.of(password))));
    }

    private Result biometrics() {
        return settled(lock.unlockWithBiometrics()).result();
    }

    private LockOutcome settled(CompletionStage<LockOutcome> outcome) {
        pass(Duration.ZERO);
        return outcome.toCompletableFuture().getNow(null);
    }

    private void onLoop(Consumer<Lock> task) {
        loop.execute(() -> task.accept(lock));
        pass(Duration.ZERO);
    }

    private byte[] stored() {
        try {
            return new FakeSecureStore(disk).read("lock");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void pass(Duration length) {
        time.advance(length);
    }
}
