// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.biometric;

import java.util.function.Consumer;

/**
 * Asks the platform to confirm that its owner is at the device. No biometric data can pass here
 * (promise C8). Clauses, each tested by {@code BiometricPortContract}:
 *
 * <ul>
 *   <li><b>BIO-1</b> {@link #availability} returns the current state and does not block.
 *   <li><b>BIO-2</b> {@link #confirm} shows the platform's own prompt. The answer comes exactly
 *       once, on any thread, never inside the call.
 *   <li><b>BIO-3</b> While {@link #availability} is not {@link Availability#READY},
 *       {@link #confirm} shows no prompt. It answers {@link Answer#LOCKED_OUT} if that is the
 *       cause, else {@link Answer#UNAVAILABLE}.
 *   <li><b>BIO-4</b> If a finger or face was added or removed since {@link #trustEnrolment}, the
 *       answer is {@link Answer#ENROLMENT_CHANGED}, not {@link Answer#YES}, until it is called
 *       again.
 *   <li><b>BIO-5</b> Methods may be called from any thread.
 * </ul>
 */
public interface BiometricPort {
    Availability availability();

    /** @param reasonKey the key of the text that tells the user the reason */
    void confirm(String reasonKey, Consumer<Answer> answer);

    /**
     * Accepts the fingers and faces enrolled now. The engine calls it right after a correct
     * password or PIN, if biometrics are permitted.
     */
    void trustEnrolment();

    /** The state of the platform's biometrics. */
    enum Availability {
        READY,
        NOT_ENROLLED,
        LOCKED_OUT,
        NO_HARDWARE
    }

    /** How the platform's prompt ended. */
    enum Answer {
        YES,
        NO,
        CANCELLED,
        LOCKED_OUT,
        UNAVAILABLE,
        ENROLMENT_CHANGED
    }
}
