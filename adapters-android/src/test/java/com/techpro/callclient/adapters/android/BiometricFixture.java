// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.robolectric.Shadows.shadowOf;

import android.os.Looper;
import com.techpro.callclient.ports.biometric.BiometricPort.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A device whose owner is enrolled and trusted; at a question nothing is done but what the test does. */
abstract class BiometricFixture {
    static final String REASON = "lock.unlock.reason";

    final BiometricDevice device = BiometricDevice.install();
    final AndroidBiometrics port = device.biometrics();
    final List<Answer> answers = new ArrayList<>();

    BiometricFixture() {
        port.trustEnrolment();
        device.nobodyThere();
    }

    @AfterEach
    void close() {
        device.close();
    }

    final void assertAnswers(Answer... expected) {
        shadowOf(Looper.getMainLooper()).idle();
        assertThat(answers).containsExactly(expected);
    }
}
