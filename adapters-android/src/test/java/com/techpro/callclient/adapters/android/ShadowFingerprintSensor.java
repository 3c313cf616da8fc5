// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.AlertDialog;
import android.content.DialogInterface;
import android.hardware.fingerprint.FingerprintManager;
import android.os.CancellationSignal;
import android.os.Handler;
import com.techpro.callclient.ports.biometric.BiometricPort.Availability;
import javax.crypto.Cipher;
import org.robolectric.Shadows;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowAlertDialog;
import org.robolectric.shadows.ShadowFingerprintManager;

/** The sensor of {@link BiometricDevice} on API 26, under the adapter's dialogue; Robolectric's own has no errors. */
@SuppressWarnings("deprecation") // the prompt, which came in its place, is there from API 28
@Implements(FingerprintManager.class)
public final class ShadowFingerprintSensor extends ShadowFingerprintManager {
    @Implementation
    @Override
    protected boolean isHardwareDetected() {
        return BiometricDevice.current().told() != Availability.NO_HARDWARE;
    }

    @Implementation
    @Override
    protected boolean hasEnrolledFingerprints() {
        return BiometricDevice.current().told() == Availability.READY;
    }

    @Implementation
    @Override
    protected void authenticate(
            FingerprintManager.CryptoObject crypto,
            CancellationSignal signal,
            int flags,
            FingerprintManager.AuthenticationCallback callback,
            Handler handler) {
        AlertDialog dialog = ShadowAlertDialog.getLatestAlertDialog();
        if (dialog == null || !dialog.isShowing()) {
            throw new AssertionError("the user does not see why");
        }
        pendingCryptoObject = crypto;
        FingerprintManager.AuthenticationResult result = createAuthenticationResult();
        BiometricDevice.current().asked(new Reading(crypto, callback, handler, result, dialog), signal);
    }

    private record Reading(
            FingerprintManager.CryptoObject crypto,
            FingerprintManager.AuthenticationCallback callback,
            Handler handler,
            FingerprintManager.AuthenticationResult result,
            AlertDialog dialog)
            implements BiometricDevice.Question {
        @Override
        public Cipher cipher() {
            return crypto.getCipher();
        }

        @Override
        public void recognised() {
            handler.post(() -> callback.onAuthenticationSucceeded(result));
        }

        @Override
        public void notRecognised() {
            handler.post(callback::onAuthenticationFailed);
            handler.post(() -> callback.onAuthenticationHelp(1, "Again, please"));
        }

        @Override
        public void error(int code) {
            handler.post(() -> callback.onAuthenticationError(code, "Error"));
        }

        @Override
        public void pressButton() {
            dialog.getButton(DialogInterface.BUTTON_NEGATIVE).performClick();
        }

        @Override
        public String reason() {
            return Shadows.shadowOf(dialog).getTitle().toString();
        }

        @Override
        public String buttonLabel() {
            return dialog.getButton(DialogInterface.BUTTON_NEGATIVE).getText().toString();
        }
    }
}
