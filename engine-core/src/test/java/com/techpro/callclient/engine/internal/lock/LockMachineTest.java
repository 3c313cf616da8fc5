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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What opens the lock, step by step; {@code LockTest} has the whole of it, with its ports. */
class LockMachineTest {
    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    private static final AppLock.Settings BIOMETRIC =
            new AppLock.Settings(AppLock.Mode.BIOMETRIC_OR_PASSWORD, Duration.ofMinutes(5), null);
    private static final LockRecord TRUSTED = LockRecord.EMPTY.with(BIOMETRIC).trusting(true);
    private static final LockRecord CHANGED = TRUSTED.trusting(false);

    @Test
    void biometrics_open_it_while_those_enrolled_are_the_users() {
        assertThat(next(new Locked(TRUSTED, 7), new LockInput.Biometrics(Answer.YES, 7)))
                .isEqualTo(new Open(TRUSTED));
    }

    @Test
    void once_somebody_was_enrolled_biometrics_say_yes_in_vain_until_the_password_was_given() {
        LockState locked = next(new Locked(TRUSTED, 7), new LockInput.Biometrics(Answer.ENROLMENT_CHANGED, 7));
        assertThat(locked).isEqualTo(new Locked(CHANGED, 7));

        assertThat(next(locked, new LockInput.Biometrics(Answer.YES, 7))).isEqualTo(locked);

        LockMachine.Step opened = LockMachine.next(locked, new LockInput.RightPassword());
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

        assertThat(LockMachine.next(new Locked(TRUSTED, 7), new LockInput.Attempted(NOW)))
                .isEqualTo(new LockMachine.Step(new Locked(counted, 7), true, false));
        assertThat(LockMachine.next(new Open(TRUSTED), new LockInput.Attempted(NOW)))
                .isEqualTo(new LockMachine.Step(new Open(counted), true, false));
    }

    @Test
    void the_right_password_forgets_the_attempts_before_it() {
        Locked after = new Locked(TRUSTED.with(Attempts.NONE.another(NOW)), 7);

        assertThat(next(after, new LockInput.RightPassword())).isEqualTo(new Open(TRUSTED));
        assertThat(LockMachine.next(after, new LockInput.Changed(AppLock.Settings.OFF)))
                .isEqualTo(new LockMachine.Step(new Open(TRUSTED.with(AppLock.Settings.OFF)), true, true));
    }

    @Test
    void what_is_stored_decides_once_and_an_open_lock_is_not_loaded_over() {
        assertThat(next(new Loading(), new LockInput.Loaded(TRUSTED))).isEqualTo(new Locked(TRUSTED, 0));
        assertThat(next(new Loading(), new LockInput.Loaded(LockRecord.EMPTY))).isEqualTo(new Open(LockRecord.EMPTY));
        assertThat(next(new Open(LockRecord.EMPTY), new LockInput.Loaded(TRUSTED)))
                .isEqualTo(new Open(LockRecord.EMPTY));
        assertThat(next(new Locked(CHANGED, 3), new LockInput.Loaded(TRUSTED))).isEqualTo(new Locked(CHANGED, 3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_cannot_be_read_is_not_open(boolean readAgain) {
        var failure = new LockInput.NotLoaded(SecureStoreException.Reason.UNAVAILABLE);
        LockState unreadable = next(new Loading(), failure);
        assertThat(unreadable).isEqualTo(new Unreadable(SecureStoreException.Reason.UNAVAILABLE));

        LockInput then = readAgain ? new LockInput.Loaded(TRUSTED) : new LockInput.RightPassword();

        assertThat(next(unreadable, then)).isEqualTo(readAgain ? new Locked(TRUSTED, 0) : unreadable);
        assertThat(next(new Locked(TRUSTED, 7), failure)).isEqualTo(new Locked(TRUSTED, 7));
    }

    @Test
    void only_what_has_a_mode_locks_and_each_lock_has_its_number() {
        assertThat(next(new Open(TRUSTED), new LockInput.LockNow(4))).isEqualTo(new Locked(TRUSTED, 4));
        assertThat(next(new Open(LockRecord.EMPTY), new LockInput.LockNow(4))).isEqualTo(new Open(LockRecord.EMPTY));
        assertThat(next(new Locked(TRUSTED, 4), new LockInput.LockNow(5))).isEqualTo(new Locked(TRUSTED, 4));
    }

    @Test
    void who_has_erased_everything_has_no_lock() {
        assertThat(next(new Locked(TRUSTED, 4), new LockInput.Erased())).isEqualTo(new Open(LockRecord.EMPTY));
    }

    private static LockState next(LockState state, LockInput input) {
        return LockMachine.next(state, input).state();
    }
}
