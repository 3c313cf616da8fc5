// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.Activity;
import android.hardware.biometrics.BiometricManager;
import android.hardware.biometrics.BiometricPrompt;
import android.os.Build;
import android.os.CancellationSignal;
import java.util.concurrent.Executor;
import javax.crypto.Cipher;

/**
 * Android's own prompt, from API 28. It belongs to the system, and stays while the activity below
 * it is rotated.
 */
final class PromptQuestion implements BiometricQuestion {
    private final CancellationSignal signal = new CancellationSignal();

    /**
     * Shows it.
     *
     * @param main never runs its task immediately
     * @throws RuntimeException if Android refuses it
     */
    PromptQuestion(
            Activity activity,
            String reason,
            CharSequence cancelLabel,
            Cipher cipher,
            BiometricAttempt attempt,
            Executor main) {
        BiometricPrompt.Builder prompt = new BiometricPrompt.Builder(activity)
                .setTitle(reason)
                .setNegativeButton(cancelLabel, main, (dialog, button) -> attempt.givenUp());
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            prompt.setAllowedAuthenticators(BiometricManager.Authenticators.BIOMETRIC_STRONG);
        }
        prompt.build().authenticate(new BiometricPrompt.CryptoObject(cipher), signal, main, new Callback(attempt));
    }

    @Override
    public void close() {
        signal.cancel();
    }

    @Override
    public boolean endsWith(Activity stopped) {
        return false;
    }

    private static final class Callback extends BiometricPrompt.AuthenticationCallback {
        private final BiometricAttempt attempt;

        private Callback(BiometricAttempt attempt) {
            this.attempt = attempt;
        }

        @Override
        public void onAuthenticationSucceeded(BiometricPrompt.AuthenticationResult result) {
            attempt.recognised();
        }

        @Override
        public void onAuthenticationFailed() {
            attempt.notRecognised();
        }

        @Override
        public void onAuthenticationError(int error, CharSequence text) {
            attempt.failed(error);
        }
    }
}
