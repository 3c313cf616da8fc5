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
 * Fingerprints and faces that Android classifies as strong, by {@code BiometricPrompt}. Below API
 * 28 it uses the fingerprint sensor under a dialogue of our own. A yes requires a key in Android's
 * Keystore, which Android invalidates when another finger or face is enrolled.
 *
 * <p>Prompts are shown one after the other, over the activity in front. Without one, or when the
 * user leaves the app meanwhile, the answer is {@link Answer#CANCELLED}. {@link Answer#NO} means
 * that a finger or face was not recognised, and the user then gave up; while Android allows retries
 * the prompt stays. If nothing was trusted yet, or the enrolment is known to have changed, the
 * answer is {@link Answer#ENROLMENT_CHANGED} without a prompt. If the Keystore or the prompt fails
 * it is {@link Answer#UNAVAILABLE}. Answers come on the main thread.
 *
 * <p>Android does not tell two things. It reports a lockout only when it is asked for a finger.
 * After such a report, {@link Availability#LOCKED_OUT} is returned for half a minute, the length of
 * its shorter lockout; then Android is asked again. It also does not tell that a finger was removed
 * while others stay, so that is no {@link Answer#ENROLMENT_CHANGED} (BIO-4).
 */
public final class AndroidBiometrics implements BiometricPort {
    private static final Duration LOCKOUT = Duration.ofSeconds(30);

    private final Context context;
    private final ForegroundActivity foreground;
    private final BiometricTexts texts;
    private final EnrolmentKey key = new EnrolmentKey();
    private final Handler main = new Handler(Looper.getMainLooper());
    // Both belong to the main thread; Android shows one prompt at a time.
    private final Queue<Request> waiting = new ArrayDeque<>();
    private boolean asking;
    // By SystemClock.elapsedRealtime, which continues while the device sleeps.
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
            return Availability.NO_HARDWARE; // no permission, or a failing sensor
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

    /** Blocks for a moment until it is done. If the Keystore fails, nothing new is trusted. */
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

    /** Returns the answer if it is known without a prompt. */
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
            return Answer.UNAVAILABLE; // from the Keystore, the app's texts or Android's prompt
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
        // After the following activities have come to the front: another one, or the same one after
        // a rotation.
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
        main.post(this::askNext); // its own prompt is not quite gone yet
        request.answer.accept(answer);
    }

    @SuppressWarnings("deprecation") // the replacements exist from API 29, and 30
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

    /** Null if the device has none. */
    @SuppressWarnings("deprecation") // the replacement exists from API 28
    private FingerprintManager fingerprints() {
        return context.getSystemService(FingerprintManager.class);
    }
}
