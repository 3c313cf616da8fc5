// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;

import android.os.Build;
import android.security.keystore.KeyProperties;
import com.techpro.callclient.ports.biometric.BiometricPort.Answer;
import com.techpro.callclient.ports.biometric.BiometricPort.Availability;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.robolectric.annotation.Config;

class EnrolmentKeyTest {
    @TestFactory
    Stream<DynamicContainer> on_android() {
        return Stream.concat(ApiLevels.run(OnAndroid26.class), ApiLevels.run(OnAndroid28.class));
    }

    abstract static class OnAndroid extends BiometricFixture {
        @Test
        void nothing_is_trusted_before_the_first_time() {
            device.keystore.keys.clear();
            port.confirm(REASON, answers::add);
            assertAnswers(Answer.ENROLMENT_CHANGED);
            assertThat(device.questions()).isZero();
        }

        @Test
        void trust_without_an_enrolment_does_not_cover_a_later_one() {
            device.become(Availability.NOT_ENROLLED);
            port.trustEnrolment();
            assertThat(device.keystore.keys).isEmpty();
            device.become(Availability.READY);
            port.confirm(REASON, answers::add);
            assertAnswers(Answer.ENROLMENT_CHANGED);
        }

        @Test
        void an_enrolment_during_the_prompt_does_not_confirm() {
            port.confirm(REASON, answers::add);
            device.open();
            device.keystore.enrolAnother();
            device.touch();
            assertAnswers(Answer.ENROLMENT_CHANGED);
        }

        @Test
        void a_yes_that_the_keystore_does_not_know_of_is_none() {
            device.keystoreKnows = false;
            port.confirm(REASON, answers::add);
            device.open();
            device.touch();
            assertAnswers(Answer.UNAVAILABLE);
        }

        @Test
        void a_broken_keystore_is_unavailable_and_trusts_nothing_new() {
            device.keystore.close();
            port.trustEnrolment();
            port.confirm(REASON, answers::add);
            assertAnswers(Answer.UNAVAILABLE);
            device.keystore.returnToService();
            port.confirm(REASON, answers::add);
            device.open();
            device.touch();
            assertAnswers(Answer.UNAVAILABLE, Answer.YES);
        }

        @Test
        void the_key_wants_a_strong_sensor_for_each_use_and_is_given_up_with_the_enrolment() {
            var specification = device.keystore.keys.get(EnrolmentKey.ALIAS).specification;
            assertThat(specification.isUserAuthenticationRequired()).isTrue();
            assertThat(specification.getUserAuthenticationValidityDurationSeconds())
                    .isLessThanOrEqualTo(0);
            assertThat(specification.isInvalidatedByBiometricEnrollment()).isTrue();
            if (Build.VERSION.SDK_INT >= 30) {
                assertThat(specification.getUserAuthenticationType()).isEqualTo(KeyProperties.AUTH_BIOMETRIC_STRONG);
            }
        }
    }

    @Config(sdk = 26, shadows = ShadowFingerprintSensor.class)
    static class OnAndroid26 extends OnAndroid {}

    @Config(
            sdk = {30, 34, 35},
            shadows = {ShadowSystemPrompt.class, ShadowBiometricSensors.class})
    static class OnAndroid28 extends OnAndroid {}
}
