// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.hardware.biometrics.BiometricPrompt;
import com.techpro.callclient.ports.biometric.BiometricPort.Answer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reduces Android's callbacks for one prompt to one answer: the first counts. On the main thread.
 */
final class BiometricAttempt {
    private final Supplier<Answer> whenRecognised;
    private final Consumer<Answer> answer;
    private boolean notRecognised;
    private boolean answered;

    /** @param whenRecognised returns the key's answer once Android has recognised somebody */
    BiometricAttempt(Supplier<Answer> whenRecognised, Consumer<Answer> answer) {
        this.whenRecognised = whenRecognised;
        this.answer = answer;
    }

    void recognised() {
        if (!answered) {
            end(whenRecognised.get());
        }
    }

    /** A wrong finger or face; the prompt stays open, and Android counts. */
    void notRecognised() {
        notRecognised = true;
    }

    /** The user gave up, or did nothing for too long. */
    void givenUp() {
        end(notRecognised ? Answer.NO : Answer.CANCELLED);
    }

    /** Nobody can answer any more. */
    void cancelled() {
        end(Answer.CANCELLED);
    }

    /**
     * @param error Android's code; {@code FingerprintManager} has the same numbers as
     *     {@code BiometricPrompt}
     */
    void failed(int error) {
        switch (error) {
            case BiometricPrompt.BIOMETRIC_ERROR_LOCKOUT, BiometricPrompt.BIOMETRIC_ERROR_LOCKOUT_PERMANENT ->
                end(Answer.LOCKED_OUT);
            case BiometricPrompt.BIOMETRIC_ERROR_USER_CANCELED,
                    BiometricPrompt.BIOMETRIC_ERROR_TIMEOUT,
                    BiometricPrompt.BIOMETRIC_ERROR_UNABLE_TO_PROCESS -> givenUp();
            case BiometricPrompt.BIOMETRIC_ERROR_CANCELED -> cancelled();
            default -> end(Answer.UNAVAILABLE);
        }
    }

    private void end(Answer given) {
        if (!answered) {
            answered = true;
            answer.accept(given);
        }
    }
}
