// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.Activity;
import android.app.AlertDialog;
import android.hardware.fingerprint.FingerprintManager;
import android.os.CancellationSignal;
import android.os.Handler;
import javax.crypto.Cipher;

/**
 * A dialogue of our own over the activity: below API 28 Android reads the finger, but shows
 * nothing.
 */
@SuppressWarnings("deprecation") // the replacement exists from API 28
final class FingerprintQuestion implements BiometricQuestion {
    private final Activity activity;
    private final BiometricAttempt attempt;
    private final Handler main;
    private final CancellationSignal signal = new CancellationSignal();
    private final AlertDialog dialog;

    /** Neither shows anything nor reads a finger before {@link #open}. */
    FingerprintQuestion(
            Activity activity, String reason, CharSequence cancelLabel, BiometricAttempt attempt, Handler main) {
        if (reason.isEmpty()) {
            throw new IllegalArgumentException("a question needs a reason");
        }
        this.activity = activity;
        this.attempt = attempt;
        this.main = main;
        this.dialog = new AlertDialog.Builder(activity)
                .setTitle(reason)
                .setMessage("") // reserves space for the sensor's later messages
                .setNegativeButton(cancelLabel, (shown, button) -> shown.cancel())
                .create();
        dialog.setCanceledOnTouchOutside(false);
        dialog.setOnCancelListener(shown -> {
            signal.cancel();
            attempt.givenUp();
        });
    }

    /** @throws RuntimeException if Android refuses it; then nothing is shown either */
    void open(FingerprintManager sensor, Cipher cipher) {
        dialog.show();
        try {
            sensor.authenticate(new FingerprintManager.CryptoObject(cipher), signal, 0, new Callback(), main);
        } catch (RuntimeException e) {
            dialog.dismiss();
            throw e;
        }
    }

    @Override
    public void close() {
        dialog.dismiss();
        signal.cancel();
    }

    @Override
    public boolean endsWith(Activity stopped) {
        return stopped.equals(activity);
    }

    /** Posts what ends the prompt: Android calls some of it inside {@code authenticate}. */
    private final class Callback extends FingerprintManager.AuthenticationCallback {
        @Override
        public void onAuthenticationSucceeded(FingerprintManager.AuthenticationResult result) {
            end(attempt::recognised);
        }

        @Override
        public void onAuthenticationFailed() {
            attempt.notRecognised(); // the sensor makes the device vibrate
        }

        @Override
        public void onAuthenticationHelp(int code, CharSequence text) {
            dialog.setMessage(text);
        }

        @Override
        public void onAuthenticationError(int error, CharSequence text) {
            end(() -> attempt.failed(error));
        }

        private void end(Runnable step) {
            main.post(() -> {
                dialog.dismiss();
                step.run();
            });
        }
    }
}
