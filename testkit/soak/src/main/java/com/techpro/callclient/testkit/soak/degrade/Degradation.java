// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.degrade;

/**
 * Something that happens to speech on its way. Each leaves what it is given as it is, gives a new recording, and gives the same one each time: what is random is told by a
 * seed. Immutable, so any thread may use one.
 *
 * <p>{@link PacketLoss}, {@link Coding}, {@link Filter}, {@link Amplitude}, {@link AddedSound}, {@link Timing} and {@link Interruption} make them; {@link #then} makes a way of
 * several.
 */
@FunctionalInterface
public interface Degradation {
    /** Of recordings whose rate nobody names, in samples a second: that of {@link com.techpro.callclient.testkit.soak.ear.Ear}. */
    int SAMPLE_RATE = 16_000;

    /**
     * What is left of a recording.
     *
     * @param speech mono
     * @param sampleRate of it, in samples a second
     * @return of the same length
     */
    short[] applyTo(short[] speech, int sampleRate);

    /** What is left of a recording of 16 kHz. */
    default short[] applyTo(short[] speech) {
        return applyTo(speech, SAMPLE_RATE);
    }

    /** This, and then another. */
    default Degradation then(Degradation next) {
        return (speech, sampleRate) -> next.applyTo(applyTo(speech, sampleRate), sampleRate);
    }

    /** Nothing happens. */
    static Degradation none() {
        return (speech, sampleRate) -> speech.clone();
    }
}
