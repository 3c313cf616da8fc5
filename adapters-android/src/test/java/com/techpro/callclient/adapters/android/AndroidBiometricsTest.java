// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.robolectric.Shadows.shadowOf;

import android.app.Activity;
import android.app.KeyguardManager;
import com.techpro.callclient.ports.biometric.BiometricPort;
import com.techpro.callclient.ports.biometric.BiometricPort.Answer;
import com.techpro.callclient.ports.biometric.BiometricPort.Availability;
import com.techpro.callclient.testkit.contracts.BiometricPortContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.robolectric.Robolectric;
import org.robolectric.annotation.Config;
import org.robolectric.shadows.ShadowAlertDialog;
import org.robolectric.shadows.ShadowSystemClock;

class AndroidBiometricsTest {
    @TestFactory
    Stream<DynamicContainer> keeps_the_contract() {
        return Stream.concat(ApiLevels.run(Kit26.class), ApiLevels.run(Kit28.class));
    }

    @TestFactory
    Stream<DynamicContainer> on_android() {
        return Stream.concat(ApiLevels.run(OnAndroid26.class), ApiLevels.run(OnAndroid28.class));
    }

    abstract static class Kit extends BiometricPortContract {
        private final BiometricDevice device = BiometricDevice.install();
        private final AndroidBiometrics port = device.biometrics();

        @AfterEach
        void close() {
            device.close();
        }

        @Override
        protected BiometricPort port() {
            return port;
        }

        @Override
        protected void await(BooleanSupplier condition) {
            MainLooper.await(device::look, condition);
        }

        @Override
        protected boolean willAnswer(Answer answer) {
            device.willAnswer(answer);
            return true;
        }

        /** Android does not tell that it is locked out before it is asked for a finger. */
        @Override
        protected boolean become(Availability availability) {
            device.become(availability);
            if (availability == Availability.LOCKED_OUT) {
                port.trustEnrolment();
                List<Answer> answers = new ArrayList<>();
                port.confirm(BiometricFixture.REASON, answers::add);
                await(() -> !answers.isEmpty());
            }
            return true;
        }

        @Override
        protected boolean enrolAnother() {
            device.keystore.enrolAnother();
            return true;
        }

        @Override
        protected int questions() {
            return device.questions();
        }
    }

    @Config(sdk = 26, shadows = ShadowFingerprintSensor.class)
    static class Kit26 extends Kit {}

    @Config(
            sdk = {30, 34, 35},
            shadows = {ShadowSystemPrompt.class, ShadowBiometricSensors.class})
    static class Kit28 extends Kit {}

    abstract static class OnAndroid extends BiometricFixture {
        private static final int TIMEOUT = 3;
        private static final int CANCELED = 5;
        private static final int LOCKOUT = 7;
        private static final int LOCKOUT_PERMANENT = 9;

        @Test
        void the_user_reads_the_apps_reason_and_the_systems_or_the_apps_word_on_the_button() {
            port.confirm(REASON, answers::add);
            assertThat(device.open().reason()).isEqualTo("Why: " + REASON);
            assertThat(device.open().buttonLabel()).isEqualTo(device.app.getString(android.R.string.cancel));
            device.pressButton();
            new AndroidBiometrics(device.app, device.foreground, new PasswordInstead()).confirm(REASON, answers::add);
            assertThat(device.open().buttonLabel()).isEqualTo("Use password");
        }

        @Test
        void an_unrecognised_user_may_try_again() {
            port.confirm(REASON, answers::add);
            device.open().notRecognised();
            assertThat(device.open()).isNotNull();
            assertThat(answers).isEmpty();
            device.touch();
            assertAnswers(Answer.YES);
        }

        @Test
        void giving_up_is_a_no_after_an_unknown_finger_and_else_cancelled() {
            port.confirm(REASON, answers::add);
            device.open();
            device.pressButton();
            port.confirm(REASON, answers::add);
            device.open();
            device.end(TIMEOUT);
            assertAnswers(Answer.CANCELLED, Answer.CANCELLED);
            port.confirm(REASON, answers::add);
            device.open().notRecognised();
            device.pressButton();
            port.confirm(REASON, answers::add);
            device.open().notRecognised();
            device.end(TIMEOUT);
            assertAnswers(Answer.CANCELLED, Answer.CANCELLED, Answer.NO, Answer.NO);
        }

        @Test
        void questions_are_asked_one_after_the_other_and_each_is_answered() {
            port.confirm(REASON, answers::add);
            port.confirm(REASON, answers::add);
            port.confirm(REASON, answer -> {
                answers.add(answer);
                port.confirm(REASON, answers::add);
            });
            device.open();
            assertThat(device.questions()).isEqualTo(1);
            device.willAnswer(Answer.YES);
            MainLooper.await(device::look, () -> answers.size() == 4);
            assertAnswers(Answer.YES, Answer.YES, Answer.YES, Answer.YES);
            assertThat(device.questions()).isEqualTo(4);
        }

        @Test
        void an_answer_that_throws_does_not_keep_the_next_question_waiting() {
            port.confirm(REASON, answer -> {
                throw new IllegalStateException("of the host");
            });
            port.confirm(REASON, answers::add);
            device.open();
            assertThatThrownBy(() -> {
                        device.pressButton();
                        device.open();
                    })
                    .hasStackTraceContaining("of the host");
            device.willAnswer(Answer.YES);
            MainLooper.await(device::look, () -> !answers.isEmpty());
            assertAnswers(Answer.YES);
        }

        @Test
        void any_thread_may_ask() throws Exception {
            Thread host = new Thread(() -> {
                port.trustEnrolment();
                port.confirm(REASON, answers::add);
            });
            host.start();
            host.join();
            assertThat(device.questions()).isZero(); // Android wants to be asked on the main thread
            device.willAnswer(Answer.YES);
            MainLooper.await(device::look, () -> !answers.isEmpty());
            assertAnswers(Answer.YES);
        }

        @Test
        void a_lockout_is_told_without_a_question_until_it_may_be_over() {
            for (int lockout : new int[] {LOCKOUT, LOCKOUT_PERMANENT}) {
                answers.clear();
                int before = device.questions();
                port.confirm(REASON, answers::add);
                device.open();
                device.end(lockout);
                assertAnswers(Answer.LOCKED_OUT);
                assertThat(port.availability()).isEqualTo(Availability.LOCKED_OUT);
                ShadowSystemClock.advanceBy(Duration.ofSeconds(29));
                port.confirm(REASON, answers::add);
                assertAnswers(Answer.LOCKED_OUT, Answer.LOCKED_OUT);
                assertThat(device.questions()).isEqualTo(before + 1);
                ShadowSystemClock.advanceBy(Duration.ofSeconds(1));
                assertThat(port.availability()).isEqualTo(Availability.READY);
            }
        }

        @Test
        void other_errors_of_android_are_unavailable_and_a_withdrawn_prompt_is_cancelled() {
            for (int error : new int[] {1, 4, 8, 11, 12, 14, 15, 1001}) {
                answers.clear();
                port.confirm(REASON, answers::add);
                device.open();
                device.end(error);
                assertAnswers(Answer.UNAVAILABLE);
            }
            port.confirm(REASON, answers::add);
            device.open().notRecognised();
            device.end(CANCELED);
            assertAnswers(Answer.UNAVAILABLE, Answer.CANCELLED);
            assertThat(port.availability()).isEqualTo(Availability.READY);
        }

        @Test
        void an_answer_known_without_a_prompt_is_also_asynchronous() {
            device.become(Availability.NO_HARDWARE);
            port.confirm(REASON, answers::add);
            assertThat(answers).isEmpty();
            assertAnswers(Answer.UNAVAILABLE);
            device.become(Availability.READY);
            device.keystore.enrolAnother();
            port.confirm(REASON, answers::add);
            assertThat(answers).hasSize(1);
            assertAnswers(Answer.UNAVAILABLE, Answer.ENROLMENT_CHANGED);
        }

        @Test
        void without_an_activity_in_front_nobody_is_asked() {
            device.activity.pause();
            port.confirm(REASON, answers::add);
            assertAnswers(Answer.CANCELLED);
            device.activity.resume();
            device.activity.get().finish();
            port.confirm(REASON, answers::add);
            assertAnswers(Answer.CANCELLED, Answer.CANCELLED);
            assertThat(device.questions()).isZero();
        }

        @Test
        void leaving_the_app_cancels_the_prompt_and_later_results_are_ignored() {
            port.confirm(REASON, answers::add);
            BiometricDevice.Question question = device.open();
            device.keystore.authorise(question.cipher());
            device.activity.pause().stop();
            assertAnswers(Answer.CANCELLED);
            assertThat(device.open()).isNull();
            question.recognised();
            question.error(LOCKOUT);
            assertAnswers(Answer.CANCELLED);
            assertThat(port.availability()).isEqualTo(Availability.READY);
            device.activity.start().resume();
            port.confirm(REASON, answers::add);
            device.open();
            device.touch();
            assertAnswers(Answer.CANCELLED, Answer.YES);
        }

        @Test
        void a_question_that_cannot_be_shown_is_unavailable_and_the_next_one_is_asked() {
            device.refusal = new SecurityException("no permission");
            port.confirm(REASON, answers::add);
            assertAnswers(Answer.UNAVAILABLE);
            assertNoDialog();
            device.refusal = null;
            AndroidBiometrics wordless = new AndroidBiometrics(device.app, device.foreground, reasonKey -> "");
            wordless.confirm(REASON, answers::add);
            assertAnswers(Answer.UNAVAILABLE, Answer.UNAVAILABLE);
            AndroidBiometrics throwing = new AndroidBiometrics(device.app, device.foreground, reasonKey -> {
                throw new IllegalStateException("of the host");
            });
            throwing.confirm(REASON, answers::add);
            assertAnswers(Answer.UNAVAILABLE, Answer.UNAVAILABLE, Answer.UNAVAILABLE);
            port.confirm(REASON, answers::add);
            device.open();
            device.touch();
            assertAnswers(Answer.UNAVAILABLE, Answer.UNAVAILABLE, Answer.UNAVAILABLE, Answer.YES);
        }

        static void assertNoDialog() {
            var dialog = ShadowAlertDialog.getLatestAlertDialog();
            assertThat(dialog != null && dialog.isShowing()).isFalse();
        }

        private static final class PasswordInstead implements BiometricTexts {
            @Override
            public String reason(String reasonKey) {
                return reasonKey;
            }

            @Override
            public String cancelLabel() {
                return "Use password";
            }
        }
    }

    @Config(sdk = 26, shadows = ShadowFingerprintSensor.class)
    static class OnAndroid26 extends OnAndroid {
        @Test
        void the_dialogue_goes_with_every_end_of_the_question() {
            List<Runnable> ends = List.of(
                    device::touch,
                    () -> device.end(1),
                    device::pressButton,
                    () -> ShadowAlertDialog.getLatestAlertDialog().cancel(),
                    () -> device.activity.pause().stop());
            for (Runnable end : ends) {
                answers.clear();
                port.confirm(REASON, answers::add);
                assertThat(device.open()).isNotNull();
                end.run();
                assertThat(device.open()).isNull();
                assertThat(answers).hasSize(1);
                assertNoDialog();
            }
        }

        @Test
        void the_sensor_reads_no_finger_once_the_user_gave_up() {
            port.confirm(REASON, answers::add);
            device.open();
            device.pressButton();
            assertAnswers(Answer.CANCELLED);
            assertThat(device.calledOff()).isTrue();
        }

        @Test
        void turning_the_device_cancels_the_dialogue_over_the_activity_that_went() {
            port.confirm(REASON, answers::add);
            device.open();
            device.activity.recreate();
            assertAnswers(Answer.CANCELLED);
            assertThat(device.open()).isNull();
            assertNoDialog();
        }

        @Test
        void without_a_secure_lock_nobody_is_enrolled() {
            shadowOf(device.app.getSystemService(KeyguardManager.class)).setIsDeviceSecure(false);
            assertThat(port.availability()).isEqualTo(Availability.NOT_ENROLLED);
            port.confirm(REASON, answers::add);
            assertAnswers(Answer.UNAVAILABLE);
        }
    }

    @Config(
            sdk = {30, 34, 35},
            shadows = {ShadowSystemPrompt.class, ShadowBiometricSensors.class})
    static class OnAndroid28 extends OnAndroid {
        @Test
        void turning_the_device_or_going_on_within_the_app_leaves_androids_prompt_where_it_is() {
            port.confirm(REASON, answers::add);
            BiometricDevice.Question question = device.open();
            device.activity.recreate();
            assertThat(device.open()).isSameAs(question);
            device.activity.pause();
            Robolectric.buildActivity(Activity.class).setup();
            device.activity.stop();
            assertThat(device.open()).isSameAs(question);
            device.touch();
            assertAnswers(Answer.YES);
        }

        @Test
        void a_sensor_that_android_calls_weak_is_none() {
            device.weakOnly = true;
            assertThat(port.availability()).isEqualTo(Availability.NO_HARDWARE);
        }
    }
}
