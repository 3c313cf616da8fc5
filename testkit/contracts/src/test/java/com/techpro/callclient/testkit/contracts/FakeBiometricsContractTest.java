// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.biometric.BiometricPort;
import com.techpro.callclient.ports.biometric.BiometricPort.Answer;
import com.techpro.callclient.ports.biometric.BiometricPort.Availability;
import java.time.Duration;
import java.util.function.BooleanSupplier;

class FakeBiometricsContractTest extends BiometricPortContract {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final FakeBiometrics fake = new FakeBiometrics(time.workers());

    @Override
    protected BiometricPort port() {
        return fake;
    }

    @Override
    protected void await(BooleanSupplier condition) {
        time.runUntil(condition, Duration.ofSeconds(10));
    }

    @Override
    protected boolean willAnswer(Answer answer) {
        fake.willAnswer(answer);
        return true;
    }

    @Override
    protected boolean become(Availability availability) {
        fake.become(availability);
        return true;
    }

    @Override
    protected boolean enrolAnother() {
        fake.enrolAnother();
        return true;
    }

    @Override
    protected int questions() {
        return fake.questions();
    }
}
