// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.internal.lock.LockState.Loading;
import com.techpro.callclient.engine.internal.lock.LockState.Locked;
import com.techpro.callclient.engine.internal.lock.LockState.Open;
import com.techpro.callclient.engine.internal.lock.LockState.Unreadable;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.ports.biometric.BiometricPort.Answer;
import com.techpro.callclient.ports.storage.SecureStoreException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What opens the lock, step by step; {@code LockTest} has the whole of it, with its ports. */
class LockMachineTest {
    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    private static final AppLock.Settings BIOMETRIC =
            new AppLock.Settings(AppLock.Mode.BIOMETRIC_OR_PASSWORD, Duration.ofMinutes(5), null);
    private static final AppLock.Settings PIN = new AppLock.Settings(AppLock.Mode.BIOMETRIC_OR_PIN, null, null);
    private static final StoredHash HASH = StoredHash.stored(new byte[16], 1, new byte[32]);
    private static final LockRecord TRUSTED = LockRecord.EMPTY.with(BIOMETRIC).trusting(true);
    private static final LockRecord CHANGED = TRUSTED.trusting(false);

    @Test
    void biometrics_open_it_while_those_enrolled_are_the_users() {
        assertThat(next(new Locked(TRUSTED, 7), new LockInput.Biometrics(Answer.YES, 7)))
                .isEqualTo(new Open(TRUSTED));
    }

    @Test
    void after_an_enrolment_biometrics_are_rejected_until_the_password_is_entered() {
        LockState locked = next(new Locked(TRUSTED, 7), new LockInput.Biometrics(Answer.ENROLMENT_CHANGED, 7));
        assertThat(locked).isEqualTo(new Locked(CHANGED, 7));

        assertThat(next(locked, new LockInput.Biometrics(Answer.YES, 7))).isEqualTo(locked);

        LockMachine.Step opened = LockMachine.next(locked, new LockInput.RightPassword(true));
        assertThat(opened).isEqualTo(new LockMachine.Step(new Open(TRUSTED), true, true));
    }

    @Test
    void an_answer_to_the_question_of_an_earlier_lock_opens_nothing() {
        assertThat(next(new Locked(TRUSTED, 8), new LockInput.Biometrics(Answer.YES, 7)))
                .isEqualTo(new Locked(TRUSTED, 8));
        assertThat(next(new Locked(TRUSTED, 8), new LockInput.Biometrics(Answer.ENROLMENT_CHANGED, 7)))
                .isEqualTo(new Locked(TRUSTED, 8));
    }

    @ParameterizedTest
    @EnumSource(
            value = Answer.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"YES", "ENROLMENT_CHANGED"})
    void any_other_answer_leaves_it_as_it_is(Answer answer) {
        assertThat(next(new Locked(TRUSTED, 7), new LockInput.Biometrics(answer, 7)))
                .isEqualTo(new Locked(TRUSTED, 7));
    }

    @Test
    void an_attempt_is_stored_before_it_is_judged_locked_or_not() {
        LockRecord counted = TRUSTED.with(Attempts.NONE.another(NOW));

        assertThat(LockMachine.next(new Locked(TRUSTED, 7), new LockInput.Attempted(NOW, false)))
                .isEqualTo(new LockMachine.Step(new Locked(counted, 7), true, false));
        assertThat(LockMachine.next(new Open(TRUSTED), new LockInput.Attempted(NOW, false)))
                .isEqualTo(new LockMachine.Step(new Open(counted), true, false));
    }

    @Test
    void the_right_password_forgets_the_attempts_before_it() {
        Locked after = new Locked(TRUSTED.with(Attempts.NONE.another(NOW)), 7);

        assertThat(next(after, new LockInput.RightPassword(true))).isEqualTo(new Open(TRUSTED));
        assertThat(LockMachine.next(after, new LockInput.Changed(AppLock.Settings.OFF, true)))
                .isEqualTo(new LockMachine.Step(new Open(TRUSTED.with(AppLock.Settings.OFF)), true, true));
    }

    @Test
    void stored_settings_apply_only_while_the_lock_is_loading() {
        assertThat(next(new Loading(), new LockInput.Loaded(TRUSTED))).isEqualTo(new Locked(TRUSTED, 0));
        assertThat(next(new Loading(), new LockInput.Loaded(LockRecord.EMPTY))).isEqualTo(new Open(LockRecord.EMPTY));
        assertThat(next(new Open(LockRecord.EMPTY), new LockInput.Loaded(TRUSTED)))
                .isEqualTo(new Open(LockRecord.EMPTY));
        assertThat(next(new Locked(CHANGED, 3), new LockInput.Loaded(TRUSTED))).isEqualTo(new Locked(CHANGED, 3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_lock_that_cannot_be_read_is_not_opened(boolean readAgain) {
        var failure = new LockInput.NotLoaded(SecureStoreException.Reason.UNAVAILABLE);
        LockState unreadable = next(new Loading(), failure);
        assertThat(unreadable).isEqualTo(new Unreadable(SecureStoreException.Reason.UNAVAILABLE));

        LockInput then = readAgain ? new LockInput.Loaded(TRUSTED) : new LockInput.RightPassword(true);

        assertThat(next(unreadable, then)).isEqualTo(readAgain ? new Locked(TRUSTED, 0) : unreadable);
        assertThat(next(new Locked(TRUSTED, 7), failure)).isEqualTo(new Locked(TRUSTED, 7));
    }

    @Test
    void only_a_lock_with_a_mode_locks_and_each_locking_has_its_number() {
        assertThat(next(new Open(TRUSTED), new LockInput.LockNow(4))).isEqualTo(new Locked(TRUSTED, 4));
        assertThat(next(new Open(LockRecord.EMPTY), new LockInput.LockNow(4))).isEqualTo(new Open(LockRecord.EMPTY));
        assertThat(next(new Locked(TRUSTED, 4), new LockInput.LockNow(5))).isEqualTo(new Locked(TRUSTED, 4));
    }

    @Test
    void erasing_everything_removes_the_lock() {
        assertThat(next(new Locked(TRUSTED, 4), new LockInput.Erased())).isEqualTo(new Open(LockRecord.EMPTY));
    }

    /** What each input does to a lock with a PIN: the state after it, the wrong PINs counted, and whether it is stored. */
    @ParameterizedTest
    @CsvSource({
        "open,    wrong pin,      open,   1, true",
        "open,    wrong password, open,   0, true",
        "open,    right,          open,   0, true",
        "open,    settings,       open,   0, true",
        "open,    off,            open,   -, true",
        "open,    other pin,      open,   0, true",
        "open,    not stored,     open,   -, true",
        "open,    lock,           locked, 0, false",
        "open,    biometrics,     open,   0, false",
        "open,    login,          open,   0, true",
        "open,    stored login,   open,   0, true",
        "open,    erased,         open,   -, false",
        "open, 'right, locked since', open, 0, true",
        "open, 'settings, locked since', open, 0, true",
        "open, 'off, locked since', open, -, true",
        "open, 'other pin, locked since', open, 0, true",
        "locked,  wrong pin,      locked, 1, true",
        "locked,  wrong password, locked, 0, true",
        "locked,  right,          open,   0, true",
        "locked,  settings,       open,   0, true",
        "locked,  off,            open,   -, true",
        "locked,  other pin,      open,   0, true",
        "locked,  not stored,     locked, -, true",
        "locked,  lock,           locked, 0, false",
        "locked,  biometrics,     open,   0, false",
        "locked,  login,          open,   0, true",
        "locked,  stored login,   locked, 0, true",
        "locked,  erased,         open,   -, false",
        "locked, 'right, locked since', locked, 0, true",
        "locked, 'settings, locked since', locked, 0, true",
        "locked, 'off, locked since', open, -, true",
        "locked, 'other pin, locked since', locked, 0, true",
        "blocked, wrong pin,      locked, 6, true",
        "blocked, wrong password, locked, 5, true",
        "blocked, right,          open,   0, true",
        "blocked, settings,       open,   0, true",
        "blocked, off,            open,   -, true",
        "blocked, other pin,      open,   0, true",
        "blocked, 'right, locked since', locked, 0, true",
        "blocked, 'settings, locked since', locked, 0, true",
        "blocked, 'off, locked since', open, -, true",
        "blocked, 'other pin, locked since', locked, 0, true",
        "blocked, lock,           locked, 5, false",
        "blocked, biometrics,     open,   5, false",
        "blocked, login,          open,   5, true",
        "blocked, stored login,   locked, 5, true",
        "blocked, erased,         open,   -, false"
    })
    void the_table_of_a_lock_with_a_pin(String before, String input, String after, String failures, boolean saved) {
        LockMachine.Step step = LockMachine.next(state(before), input(input));

        assertThat(step.state()).isInstanceOf(after.equals("open") ? Open.class : Locked.class);
        LockRecord.Pin pin = step.state().record().pin();
        assertThat(pin == null ? "-" : Integer.toString(pin.failures())).isEqualTo(failures);
        assertThat(step.save()).isEqualTo(saved);
    }

    private static LockState state(String name) {
        LockRecord record = LockRecord.EMPTY.withPin(HASH, PIN).trusting(true);
        for (int i = 0; i < 5 && name.equals("blocked"); i++) {
            record = record.counting(new LockInput.Attempted(NOW, true));
        }
        return name.equals("open") ? new Open(record) : new Locked(record, 7);
    }

    private static LockInput input(String name) {
        return switch (name) {
            case "wrong pin" -> new LockInput.Attempted(NOW, true);
            case "wrong password" -> new LockInput.Attempted(NOW, false);
            case "right" -> new LockInput.RightPassword(true);
            case "settings" ->
                new LockInput.Changed(new AppLock.Settings(AppLock.Mode.PIN, Duration.ofMinutes(1), null), true);
            case "off" -> new LockInput.Changed(AppLock.Settings.OFF, true);
            case "other pin" -> new LockInput.PinSet(StoredHash.stored(new byte[16], 2, new byte[32]), PIN, true);
            case "right, locked since" -> new LockInput.RightPassword(false);
            case "settings, locked since" ->
                new LockInput.Changed(new AppLock.Settings(AppLock.Mode.PIN, Duration.ofMinutes(1), null), false);
            case "off, locked since" -> new LockInput.Changed(AppLock.Settings.OFF, false);
            case "other pin, locked since" ->
                new LockInput.PinSet(StoredHash.stored(new byte[16], 2, new byte[32]), PIN, false);
            case "not stored" -> new LockInput.PinNotStored(HASH, null, AppLock.Settings.OFF);
            case "lock" -> new LockInput.LockNow(8);
            case "biometrics" -> new LockInput.Biometrics(Answer.YES, 7);
            case "login" -> new LockInput.Proved(StoredHash.stored(new byte[16], 3, new byte[32]), true);
            case "stored login" -> new LockInput.Proved(StoredHash.stored(new byte[16], 3, new byte[32]), false);
            case "erased" -> new LockInput.Erased();
            default -> throw new AssertionError(name);
        };
    }

    @Test
    void a_pin_that_was_not_stored_is_taken_back_only_if_it_is_still_there() {
        var another = new LockInput.PinNotStored(
                StoredHash.stored(new byte[16], 4, new byte[32]), null, AppLock.Settings.OFF);
        Open open = new Open(LockRecord.EMPTY.withPin(HASH, PIN));

        assertThat(LockMachine.next(open, another)).isEqualTo(LockMachine.Step.stay(open));
        assertThat(next(new Open(LockRecord.EMPTY), another)).isEqualTo(new Open(LockRecord.EMPTY));
    }

    private static LockState next(LockState state, LockInput input) {
        return LockMachine.next(state, input).state();
    }
}
