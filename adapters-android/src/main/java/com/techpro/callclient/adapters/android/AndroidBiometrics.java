// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.Activity;
import android.app.KeyguardManager;
import android.content.Context;
import android.hardware.biometrics.BiometricManager;
import android.hardware.fingerprint.FingerprintManager;
import android.os.Build;
import android.os.Handler;
import android.os.Looper;
import android.os.SystemClock;
import com.techpro.callclient.ports.biometric.BiometricPort;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * Fingers and faces that Android counts as strong: by {@code BiometricPrompt}, and below API 28 by the fingerprint sensor under a dialogue of our own.
 * A yes is one of a key in Android's Keystore, which Android gives up when another finger or face is enrolled.
 *
 * <p>Questions are asked one after the other, over the activity that is in front; without one, or when the user leaves the app meanwhile, the answer is
 * {@link Answer#CANCELLED}. {@link Answer#NO} is a finger or face that was not recognised, after which the user gave up; as long as Android lets
 * them try again the question stays. Where nothing was trusted yet, or what is enrolled is known to have changed, the answer is
 * {@link Answer#ENROLMENT_CHANGED} without a question. If the Keystore or the question fails it is {@link Answer#UNAVAILABLE}. Answers come on the
 * main thread.
 *
 * <p>Two things Android does not tell. One is whether it is locked out, unless it is asked for a finger: after it said so,
 * {@link Availability#LOCKED_OUT} is told for half a minute, which is how long its shorter lockout lasts; then it is asked again. The other is that a
 * finger was removed while others stay: that is no {@link Answer#ENROLMENT_CHANGED} (BIO-4).
 */
public final class AndroidBiometrics implements BiometricPort {
    private static final Duration LOCKOUT = Duration.ofSeconds(30);

    private final Context context;
    private final ForegroundActivity foreground;
    private final BiometricTexts texts;
    private final EnrolmentKey key = new EnrolmentKey();
    private final Handler main = new Handler(Looper.getMainLooper());
    // Both belong to the main thread; Android takes one question at a time.
    private final Queue<Request> waiting = new ArrayDeque<>();
    private boolean asking;
    // By SystemClock.elapsedRealtime, which goes on while the device sleeps.
    private volatile long lockedOutUntil;

    private record Request(String reasonKey, Consumer<Answer> answer) {}

    public AndroidBiometrics(Context context, ForegroundActivity foreground, BiometricTexts texts) {
        this.context = context.getApplicationContext();
        this.foreground = foreground;
        this.texts = texts;
    }

    @Override
    public Availability availability() {
        Availability sensor;
        try {
            sensor = sensor();
        } catch (RuntimeException e) {
            return Availability.NO_HARDWARE; // without the permission, or a sensor that fails: none that could be used
        }
        if (sensor != Availability.READY) {
            return sensor;
        }
        return SystemClock.elapsedRealtime() < lockedOutUntil ? Availability.LOCKED_OUT : Availability.READY;
    }

    @Override
    public void confirm(String reasonKey, Consumer<Answer> answer) {
        Request request = new Request(Objects.requireNonNull(reasonKey), Objects.requireNonNull(answer));
        main.post(() -> {
            waiting.add(request);
            askNext();
        });
    }

    /** Returns when it is done, which takes a moment. Where the Keystore fails nothing new is trusted. */
    @Override
    public void trustEnrolment() {
        try {
            key.renew();
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // Nobody is enrolled, or the Keystore is broken: confirm() tells which.
        }
    }

    private void askNext() {
        if (asking) {
            return;
        }
        Request next = waiting.poll();
        if (next != null) {
            asking = true;
            Answer known = ask(next);
            if (known != null) {
                answered(next, known);
            }
        }
    }

    /** The answer, if it is known without a question. */
    private @Nullable Answer ask(Request request) {
        Availability availability = availability();
        if (availability != Availability.READY) {
            return availability == Availability.LOCKED_OUT ? Answer.LOCKED_OUT : Answer.UNAVAILABLE;
        }
        try {
            Cipher cipher = key.cipher();
            if (cipher == null) {
                return Answer.ENROLMENT_CHANGED;
            }
            Activity activity = foreground.current();
            if (activity == null || activity.isFinishing()) {
                return Answer.CANCELLED;
            }
            ask(request, activity, cipher);
            return null;
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            return Answer.UNAVAILABLE; // from the Keystore, from the app's texts or from Android's question
        }
    }

    private void ask(Request request, Activity activity, Cipher cipher) {
        Runnable[] end = {() -> {}};
        BiometricAttempt attempt = new BiometricAttempt(() -> key.use(cipher), answer -> {
            end[0].run();
            if (answer == Answer.LOCKED_OUT) {
                lockedOutUntil = SystemClock.elapsedRealtime() + LOCKOUT.toMillis();
            }
            answered(request, answer);
        });
        BiometricQuestion question = show(request, activity, cipher, attempt);
        // After the activities that follow have come to the front, another one or the same one turned.
        end[0] = foreground.whenStopped(stopped -> main.post(() -> {
            if (question.endsWith(stopped) || foreground.current() == null) {
                question.close();
                attempt.cancelled();
            }
        }));
    }

    private BiometricQuestion show(Request request, Activity activity, Cipher cipher, BiometricAttempt attempt) {
        String reason = texts.reason(request.reasonKey);
        String label = texts.cancelLabel();
        CharSequence cancelLabel = label == null ? activity.getText(android.R.string.cancel) : label;
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) {
            return new PromptQuestion(activity, reason, cancelLabel, cipher, attempt, main::post);
        }
        FingerprintQuestion question = new FingerprintQuestion(activity, reason, cancelLabel, attempt, main);
        question.open(fingerprints(), cipher);
        return question;
    }

    private void answered(Request request, Answer answer) {
        asking = false;
        main.post(this::askNext); // not inside what Android calls: its own question is not quite gone yet
        request.answer.accept(answer);
    }

    @SuppressWarnings("deprecation") // what came in its place is there from API 29, and 30
    private Availability sensor() {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.Q) {
            FingerprintManager sensor = fingerprints();
            if (sensor == null || !sensor.isHardwareDetected()) {
                return Availability.NO_HARDWARE;
            }
            boolean secure = context.getSystemService(KeyguardManager.class).isDeviceSecure();
            return secure && sensor.hasEnrolledFingerprints() ? Availability.READY : Availability.NOT_ENROLLED;
        }
        BiometricManager manager = context.getSystemService(BiometricManager.class);
        int found = Build.VERSION.SDK_INT < Build.VERSION_CODES.R
                ? manager.canAuthenticate()
                : manager.canAuthenticate(BiometricManager.Authenticators.BIOMETRIC_STRONG);
        return switch (found) {
            case BiometricManager.BIOMETRIC_SUCCESS -> Availability.READY;
            case BiometricManager.BIOMETRIC_ERROR_NONE_ENROLLED -> Availability.NOT_ENROLLED;
            default -> Availability.NO_HARDWARE;
        };
    }

    /** Null where the device has none. */
    @SuppressWarnings("deprecation") // what came in its place is there from API 28
    private FingerprintManager fingerprints() {
        return context.getSystemService(FingerprintManager.class);
    }
}
