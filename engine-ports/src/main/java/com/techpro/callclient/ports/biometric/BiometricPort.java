// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.biometric;

import java.util.function.Consumer;

/**
 * Asks the platform whether its owner is at the device. No biometric data can pass here (promise C8). Clauses, each tested by
 * {@code BiometricPortContract}:
 *
 * <ul>
 *   <li><b>BIO-1</b> {@link #availability} answers as things are now and does not block.
 *   <li><b>BIO-2</b> {@link #confirm} shows the platform's own question; the answer comes exactly once, on any thread, never inside the call.
 *   <li><b>BIO-3</b> Where {@link #availability} is not {@link Availability#READY}, {@link #confirm} answers {@link Answer#UNAVAILABLE}, or
 *       {@link Answer#LOCKED_OUT} if that is the cause, without a question.
 *   <li><b>BIO-4</b> A finger or face added or removed since {@link #trustEnrolment} is {@link Answer#ENROLMENT_CHANGED}, not {@link Answer#YES},
 *       until it is called again.
 *   <li><b>BIO-5</b> Methods may be called from any thread.
 * </ul>
 */
public interface BiometricPort {
    Availability availability();

    /** @param reasonKey the key of the text that tells the user why */
    void confirm(String reasonKey, Consumer<Answer> answer);

    /** Accepts the fingers and faces enrolled now. The engine calls it right after a correct password, where biometrics are permitted. */
    void trustEnrolment();

    /** What the platform can do now. */
    enum Availability {
        READY,
        NOT_ENROLLED,
        LOCKED_OUT,
        NO_HARDWARE
    }

    /** How the platform's question ended. */
    enum Answer {
        YES,
        NO,
        CANCELLED,
        LOCKED_OUT,
        UNAVAILABLE,
        ENROLMENT_CHANGED
    }
}
