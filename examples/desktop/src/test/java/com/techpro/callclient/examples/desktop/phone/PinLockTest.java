// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the lock screen says at each answer of the engine's, without a window and in no time. */
class PinLockTest {
    private final FakeLock engine = new FakeLock();
    private final Wall clock = new Wall();
    private final List<Notice> notices = new ArrayList<>();
    private final PinLock lock = new PinLock(engine, clock, notices::add, () -> {});

    @Test
    void a_wrong_pin_says_how_many_attempts_are_left_and_makes_the_user_wait() {
        engine.answers.add(new LockOutcome(Result.WRONG_PIN, Duration.ofSeconds(5), 2));
        char[] typed = "270841".toCharArray();
        lock.unlock(typed);

        assertThat(typed).containsOnly(' ');
        assertThat(lock.message()).isEqualTo("The PIN is wrong; try again. 2 attempts are left. Wait 5 seconds.");
        assertThat(lock.takesAttempts()).isFalse();
        char[] tooSoon = "270842".toCharArray();
        lock.unlock(tooSoon);
        assertThat(tooSoon).containsOnly(' ');
        assertThat(engine.asked).containsExactly("pin 270841");

        clock.now = clock.now.plusMillis(4_001);
        assertThat(lock.message()).endsWith("Wait 1 second.");
        clock.now = clock.now.plusMillis(999);
        assertThat(lock.message()).isEqualTo("The PIN is wrong; try again. 2 attempts are left.");
        assertThat(lock.takesAttempts()).isTrue();
    }

    @Test
    void the_fifth_wrong_pin_asks_for_the_password_until_it_opened_the_lock() {
        engine.answers.add(new LockOutcome(Result.PIN_BLOCKED, Duration.ZERO, 0));
        lock.unlock("270841".toCharArray());
        assertThat(lock.asks()).isEqualTo(PinLock.Asks.PASSWORD);
        assertThat(lock.message()).startsWith(Result.PIN_BLOCKED.advice());
        lock.askForPassword(false);
        assertThat(lock.asks()).isEqualTo(PinLock.Asks.PASSWORD);

        lock.unlock("word".toCharArray());
        lock.changed(false);
        assertThat(engine.asked).containsExactly("pin 270841", "password word");
        assertThat(lock.asks()).isEqualTo(PinLock.Asks.PIN);
        assertThat(lock.message()).isEmpty();
    }

    @Test
    void without_a_login_the_fifth_leaves_nothing_but_logging_out() {
        engine.answers.add(LockOutcome.of(Result.LOGOUT_NEEDED));
        lock.unlock("270841".toCharArray());

        assertThat(lock.asks()).isEqualTo(PinLock.Asks.NOTHING);
        assertThat(lock.takesAttempts()).isFalse();
        lock.askForPassword(true);
        assertThat(lock.asks()).isEqualTo(PinLock.Asks.NOTHING);
        assertThat(lock.message()).isEqualTo(Result.LOGOUT_NEEDED.advice());
    }

    @Test
    void a_forgotten_pin_asks_for_the_password_and_allows_going_back() {
        lock.askForPassword(true);
        lock.unlock("word".toCharArray());
        lock.askForPassword(false);
        lock.unlock("270841".toCharArray());

        assertThat(engine.asked).containsExactly("password word", "pin 270841");
    }

    @Test
    void nothing_is_asked_twice_at_once_and_nothing_typed_is_no_attempt() {
        CompletableFuture<LockOutcome> answer = new CompletableFuture<>();
        engine.later = answer;
        lock.unlock("270841".toCharArray());
        lock.unlock("270841".toCharArray());
        lock.unlock(new char[0]);
        assertThat(engine.asked).hasSize(1);
        answer.complete(LockOutcome.of(Result.STORE_FAILED));

        assertThat(lock.message()).isEqualTo(Result.STORE_FAILED.advice());
        assertThat(lock.takesAttempts()).isTrue();
    }

    @Test
    void a_pin_is_set_with_the_password_and_changed_with_the_pin_or_the_password() {
        set("270841", "270841", "word", false, 0);
        assertThat(lock.choice()).isEqualTo(1);
        engine.settings = new AppLock.Settings(AppLock.Mode.PIN, Duration.ofMinutes(1), null);
        assertThat(lock.choice()).isZero();
        set("270842", "270842", "270841", false, 2);
        set("270843", "270843", "word", true, 3);
        lock.switchOff("270843".toCharArray(), false);

        assertThat(engine.asked)
                .containsExactly(
                        "set 270841 PIN PT1M password word",
                        "set 270842 PIN PT15M pin 270841",
                        "set 270843 PIN null password word",
                        "change NONE null pin 270843");
        assertThat(notices).extracting(Notice::title).contains("The PIN is set.", "The lock is off.");
    }

    @Test
    void two_pins_that_differ_never_reach_the_engine_and_all_is_wiped() {
        char[][] typed = {"270841".toCharArray(), "270842".toCharArray(), "word".toCharArray()};
        lock.set(typed[0], typed[1], typed[2], true, 0);

        assertThat(engine.asked).isEmpty();
        for (char[] each : typed) {
            assertThat(each).containsOnly(' ');
        }
        assertThat(notices)
                .singleElement()
                .satisfies(notice -> assertThat(notice.problem()).isTrue());
    }

    @Test
    void a_pin_that_will_not_do_is_told_with_the_engine_s_advice() {
        engine.answers.add(LockOutcome.of(Result.PIN_TOO_SIMPLE));
        set("123456", "123456", "word", true, 0);

        assertThat(notices).containsExactly(Notice.problem("The PIN was not set.", Result.PIN_TOO_SIMPLE.advice()));
    }

    @Test
    void the_lock_screen_is_not_shown_before_it_is_known_that_there_is_a_lock() {
        engine.locked = true;
        assertThat(lock.isLocked()).isFalse();
        assertThat(lock.summary()).startsWith("No PIN");
        engine.settings = new AppLock.Settings(AppLock.Mode.PIN, Duration.ofMinutes(1), null);
        assertThat(lock.isLocked()).isTrue();
        assertThat(lock.summary()).isEqualTo("Locks: after a minute idle");
        engine.settings = new AppLock.Settings(AppLock.Mode.PIN, null, null);
        assertThat(lock.summary()).isEqualTo("Locks: only when you lock it");
    }

    private void set(String pin, String again, String proof, boolean byPassword, int choice) {
        lock.set(pin.toCharArray(), again.toCharArray(), proof.toCharArray(), byPassword, choice);
    }

    private static final class Wall extends Clock {
        Instant now = Instant.parse("2026-03-02T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("this wall has one zone");
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** The engine's lock, which answers what the test says and remembers what it was asked. */
    private static final class FakeLock implements AppLock {
        final List<String> asked = new ArrayList<>();
        final Queue<LockOutcome> answers = new ArrayDeque<>();
        Settings settings = Settings.OFF;
        boolean locked;

        @Nullable
        CompletableFuture<LockOutcome> later;

        private CompletionStage<LockOutcome> answer(String question) {
            asked.add(question);
            LockOutcome next = answers.poll();
            return later != null
                    ? later
                    : CompletableFuture.completedFuture(next == null ? LockOutcome.of(Result.DONE) : next);
        }

        private static String text(Secret secret) {
            return secret.use(SecretAccess.forAuthenticators(), String::new);
        }

        private static String text(Proof proof) {
            return proof instanceof Proof.Pin pin
                    ? "pin " + text(pin.pin())
                    : proof instanceof Proof.Password password ? "password " + text(password.password()) : "none";
        }

        private static String text(Settings settings) {
            return settings.mode() + " " + settings.idleTimeout();
        }

        @Override
        public boolean isLocked() {
            return locked;
        }

        @Override
        public Settings settings() {
            return settings;
        }

        @Override
        public CompletionStage<LockOutcome> change(Settings wanted, Proof proof) {
            return answer("change " + text(wanted) + " " + text(proof));
        }

        @Override
        public CompletionStage<LockOutcome> setPin(Secret pin, Settings wanted, Proof proof) {
            return answer("set " + text(pin) + " " + text(wanted) + " " + text(proof));
        }

        @Override
        public CompletionStage<LockOutcome> unlock(Secret password) {
            return answer("password " + text(password));
        }

        @Override
        public CompletionStage<LockOutcome> unlockWithPin(Secret pin) {
            return answer("pin " + text(pin));
        }

        @Override
        public CompletionStage<LockOutcome> unlockWithBiometrics() {
            return answer("biometrics");
        }

        @Override
        public void appInBackground() {}

        @Override
        public void appInForeground() {}

        @Override
        public boolean lockNow() {
            asked.add("lock now");
            return true;
        }

        @Override
        public void userActive() {
            asked.add("active");
        }
    }
}
