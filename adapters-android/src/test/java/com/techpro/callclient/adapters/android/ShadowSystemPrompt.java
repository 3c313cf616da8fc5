// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.content.DialogInterface;
import android.hardware.biometrics.BiometricPrompt;
import android.os.CancellationSignal;
import java.util.concurrent.Executor;
import javax.crypto.Cipher;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.annotation.RealObject;
import org.robolectric.util.ReflectionHelpers;

/** The prompt of {@link BiometricDevice} from API 28 on; Robolectric has none. */
@Implements(BiometricPrompt.class)
public final class ShadowSystemPrompt {
    @RealObject
    private BiometricPrompt prompt;

    @Implementation
    protected void authenticate(
            BiometricPrompt.CryptoObject crypto,
            CancellationSignal signal,
            Executor executor,
            BiometricPrompt.AuthenticationCallback callback) {
        BiometricDevice.current().asked(new Shown(prompt, crypto, executor, callback), signal);
    }

    private record Shown(
            BiometricPrompt prompt,
            BiometricPrompt.CryptoObject crypto,
            Executor executor,
            BiometricPrompt.AuthenticationCallback callback)
            implements BiometricDevice.Question {
        @Override
        public Cipher cipher() {
            return crypto.getCipher();
        }

        @Override
        public void recognised() {
            executor.execute(() -> callback.onAuthenticationSucceeded(new BiometricPrompt.AuthenticationResult(
                    crypto, BiometricPrompt.AUTHENTICATION_RESULT_TYPE_BIOMETRIC)));
        }

        @Override
        public void notRecognised() {
            executor.execute(callback::onAuthenticationFailed);
        }

        @Override
        public void error(int code) {
            executor.execute(() -> callback.onAuthenticationError(code, "Error"));
        }

        /** Android tells the button's own listener, and no callback. */
        @Override
        public void pressButton() {
            Object button = ReflectionHelpers.getField(prompt, "mNegativeButtonInfo");
            Executor on = ReflectionHelpers.getField(button, "executor");
            DialogInterface.OnClickListener listener = ReflectionHelpers.getField(button, "listener");
            on.execute(() -> listener.onClick(null, DialogInterface.BUTTON_NEGATIVE));
        }

        @Override
        public String reason() {
            return prompt.getTitle().toString();
        }

        @Override
        public String buttonLabel() {
            return prompt.getNegativeButtonText().toString();
        }
    }
}
