// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.robolectric.Shadows.shadowOf;

import android.app.Activity;
import android.app.Application;
import android.app.KeyguardManager;
import android.os.CancellationSignal;
import android.os.Looper;
import com.techpro.callclient.ports.biometric.BiometricPort.Answer;
import com.techpro.callclient.ports.biometric.BiometricPort.Availability;
import javax.crypto.Cipher;
import org.robolectric.Robolectric;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.android.controller.ActivityController;

/**
 * A sensor, the person before it, the Keystore behind it, and what Android does with the three. Robolectric's own sensor only recognises fingers or
 * does not, and it has no {@code BiometricPrompt}. What this does not show is what a real device's system draws, and when it takes a question away.
 */
final class BiometricDevice implements AutoCloseable {
    private static BiometricDevice current;

    final FakeAndroidKeystore keystore = FakeAndroidKeystore.install();
    final Application app = RuntimeEnvironment.getApplication();
    final ForegroundActivity foreground = new ForegroundActivity(app);
    final ActivityController<Activity> activity =
            Robolectric.buildActivity(Activity.class).setup();
    private Availability sensor = Availability.READY;
    private Answer will = Answer.YES;
    private boolean present = true;
    private Question open;
    private int questions;
    private CancellationSignal signal;
    RuntimeException refusal;
    boolean weakOnly;
    boolean keystoreKnows = true;

    /** What Android has open, in either of its ways. */
    interface Question {
        Cipher cipher();

        void recognised();

        void notRecognised();

        void error(int code);

        /** The button with which the user ends it. */
        void pressButton();

        String reason();

        String buttonLabel();
    }

    private BiometricDevice() {
        shadowOf(app.getSystemService(KeyguardManager.class)).setIsDeviceSecure(true);
    }

    static BiometricDevice install() {
        current = new BiometricDevice();
        return current;
    }

    static BiometricDevice current() {
        return current;
    }

    @Override
    public void close() {
        keystore.close();
    }

    AndroidBiometrics biometrics() {
        return new AndroidBiometrics(app, foreground, reasonKey -> "Why: " + reasonKey);
    }

    void become(Availability state) {
        sensor = state;
        keystore.fingersEnrolled = state == Availability.READY || state == Availability.LOCKED_OUT;
    }

    /** What Android says when it is asked, which is not whether it is locked out. */
    Availability told() {
        return sensor == Availability.LOCKED_OUT ? Availability.READY : sensor;
    }

    void willAnswer(Answer answer) {
        will = answer;
        present = true;
    }

    /** From now on questions stay open. */
    void nobodyThere() {
        present = false;
    }

    int questions() {
        return questions;
    }

    /** Null if there is none. */
    Question open() {
        shadowOf(Looper.getMainLooper()).idle();
        return open;
    }

    /** Whether the last question was called off. */
    boolean calledOff() {
        return signal.isCanceled();
    }

    /** Called by the shadows. */
    void asked(Question question, CancellationSignal given) {
        if (refusal != null) {
            throw refusal;
        }
        if (open != null) {
            throw new AssertionError("Android has one question at a time");
        }
        questions++;
        open = question;
        signal = given;
        signal.setOnCancelListener(() -> {
            open = open == question ? null : open;
            question.error(5); // also of a question that has ended in another way
        });
    }

    /** The person before the sensor does what they want to, if they are asked. */
    void look() {
        if (open == null || !present) {
            return;
        }
        if (sensor == Availability.LOCKED_OUT) {
            end(7);
            return;
        }
        switch (will) {
            case YES -> touch();
            case NO -> {
                open.notRecognised();
                pressButton();
            }
            case CANCELLED -> pressButton();
            default -> throw new IllegalArgumentException(will.name());
        }
    }

    /** With the owner's finger. */
    void touch() {
        if (keystoreKnows) {
            keystore.authorise(open.cipher());
        }
        Question answered = open;
        open = null;
        answered.recognised();
    }

    /** Android ends the question. */
    void end(int error) {
        if (open != null) {
            Question ended = open;
            open = null;
            ended.error(error);
        }
    }

    void pressButton() {
        Question ended = open;
        open = null;
        ended.pressButton();
        shadowOf(Looper.getMainLooper()).idle();
    }
}
