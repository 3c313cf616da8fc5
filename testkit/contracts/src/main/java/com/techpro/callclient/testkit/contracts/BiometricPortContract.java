// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static com.techpro.callclient.testkit.contracts.ClauseSkips.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.biometric.BiometricPort;
import com.techpro.callclient.ports.biometric.BiometricPort.Answer;
import com.techpro.callclient.ports.biometric.BiometricPort.Availability;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link BiometricPort}. An adapter's author opens the port, implements waiting,
 * and controls the platform as far as possible.
 */
@PortContract
public abstract class BiometricPortContract {
    private static final String REASON = "lock.unlock.reason";

    /** Returns the port under test, with somebody enrolled; called once per test. */
    protected abstract BiometricPort port();

    /** Waits until the condition holds, or fails after about ten seconds. */
    protected abstract void await(BooleanSupplier condition);

    /**
     * Sets the user's answer to the next prompt; false if that cannot be tried ("an answering
     * user").
     */
    protected abstract boolean willAnswer(Answer answer);

    /**
     * Puts the platform into this state; false if that cannot be tried ("changing the
     * availability").
     */
    protected abstract boolean become(Availability availability);

    /** Adds a finger or a face; false if that cannot be tried ("enrolment"). */
    protected abstract boolean enrolAnother();

    /** Returns how often the platform has shown its prompt so far; negative if unknown. */
    protected abstract int questions();

    @Test
    @OptionalClause("changing the availability")
    void BIO_1_availability_is_as_things_are_now() {
        BiometricPort port = port();
        assertThat(port.availability()).isEqualTo(Availability.READY);
        require(become(Availability.NOT_ENROLLED), "changing the availability");
        assertThat(port.availability()).isEqualTo(Availability.NOT_ENROLLED);
    }

    @Test
    @OptionalClause("an answering user")
    void BIO_2_the_answer_comes_once_and_not_inside_the_call() {
        BiometricPort port = port();
        for (Answer answer : List.of(Answer.YES, Answer.NO, Answer.CANCELLED)) {
            answersOnce(port, answer);
        }
    }

    private void answersOnce(BiometricPort port, Answer answer) {
        require(willAnswer(answer), "an answering user");
        port.trustEnrolment();
        List<Answer> answers = new CopyOnWriteArrayList<>();
        Thread caller = Thread.currentThread();
        AtomicBoolean returned = new AtomicBoolean();
        AtomicBoolean inside = new AtomicBoolean();

        port.confirm(REASON, given -> {
            inside.set(Thread.currentThread() == caller && !returned.get());
            answers.add(given);
        });
        returned.set(true);
        await(() -> !answers.isEmpty());
        settle(port);

        assertThat(inside).isFalse();
        assertThat(answers).containsExactly(answer);
    }

    @Test
    @OptionalClause("changing the availability")
    void BIO_3_an_unavailable_sensor_answers_without_a_question() {
        BiometricPort port = port();
        for (Availability state :
                List.of(Availability.NOT_ENROLLED, Availability.LOCKED_OUT, Availability.NO_HARDWARE)) {
            answersUnasked(port, state);
        }
    }

    private void answersUnasked(BiometricPort port, Availability state) {
        require(willAnswer(Answer.YES) && become(state), "changing the availability");
        int before = questions();

        Answer expected = state == Availability.LOCKED_OUT ? Answer.LOCKED_OUT : Answer.UNAVAILABLE;
        assertThat(ask(port)).isEqualTo(expected);
        assertThat(questions()).isEqualTo(before);
    }

    @Test
    @OptionalClause({"an answering user", "enrolment"})
    void BIO_4_a_changed_enrolment_is_no_yes_until_it_is_trusted_again() {
        BiometricPort port = port();
        require(willAnswer(Answer.YES), "an answering user");
        port.trustEnrolment();
        assertThat(ask(port)).isEqualTo(Answer.YES);

        require(enrolAnother(), "enrolment");
        assertThat(ask(port)).isEqualTo(Answer.ENROLMENT_CHANGED);
        assertThat(ask(port)).isEqualTo(Answer.ENROLMENT_CHANGED);
        port.trustEnrolment();
        assertThat(ask(port)).isEqualTo(Answer.YES);
    }

    private Answer ask(BiometricPort port) {
        List<Answer> answers = new CopyOnWriteArrayList<>();
        port.confirm(REASON, answers::add);
        await(() -> !answers.isEmpty());
        return answers.get(0);
    }

    /**
     * A second answer to the first prompt would have come by the time of the second prompt's
     * answer.
     */
    private void settle(BiometricPort port) {
        ask(port);
    }
}
