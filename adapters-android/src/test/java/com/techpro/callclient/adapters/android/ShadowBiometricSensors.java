// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.hardware.biometrics.BiometricManager;
import android.hardware.biometrics.BiometricManager.Authenticators;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowBiometricManager;

/** What {@link BiometricDevice} can do, from API 29 on; Robolectric's own does not mind which sensors are asked for. */
@Implements(BiometricManager.class)
public final class ShadowBiometricSensors extends ShadowBiometricManager {
    @Implementation
    @Override
    protected int canAuthenticate(int authenticators) {
        if (BiometricDevice.current().weakOnly
                && (authenticators & Authenticators.BIOMETRIC_WEAK) == Authenticators.BIOMETRIC_STRONG) {
            return BiometricManager.BIOMETRIC_ERROR_NO_HARDWARE;
        }
        return switch (BiometricDevice.current().told()) {
            case NOT_ENROLLED -> BiometricManager.BIOMETRIC_ERROR_NONE_ENROLLED;
            case NO_HARDWARE -> BiometricManager.BIOMETRIC_ERROR_NO_HARDWARE;
            default -> BiometricManager.BIOMETRIC_SUCCESS;
        };
    }
}
