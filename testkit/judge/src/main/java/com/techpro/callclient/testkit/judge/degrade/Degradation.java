// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.degrade;

/**
 * A change of speech on its way. It returns a new recording and does not change the given one. The
 * result is always the same: a seed determines random choices. Immutable, so any thread may use
 * one.
 *
 * <p>{@link PacketLoss}, {@link Coding}, {@link Filter}, {@link Amplitude}, {@link AddedSound},
 * {@link Timing} and {@link Interruption} create degradations; {@link #then} chains them.
 */
@FunctionalInterface
public interface Degradation {
    /**
     * The default rate of recordings in hertz: that of
     * {@link com.techpro.callclient.testkit.judge.ear.Ear}.
     */
    int SAMPLE_RATE = 16_000;

    /**
     * Returns the degraded recording.
     *
     * @param speech mono
     * @param sampleRate in hertz
     * @return a recording of the same length
     */
    short[] applyTo(short[] speech, int sampleRate);

    /** Returns the degraded recording, at 16 kHz. */
    default short[] applyTo(short[] speech) {
        return applyTo(speech, SAMPLE_RATE);
    }

    /** Returns this followed by another. */
    default Degradation then(Degradation next) {
        return (speech, sampleRate) -> next.applyTo(applyTo(speech, sampleRate), sampleRate);
    }

    /** Returns a degradation that changes nothing. */
    static Degradation none() {
        return (speech, sampleRate) -> speech.clone();
    }
}
