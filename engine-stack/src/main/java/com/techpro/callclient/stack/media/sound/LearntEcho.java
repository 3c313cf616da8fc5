// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * What a {@link VoiceProcessor} has learnt of the way from a loudspeaker to a microphone, for the next stream of the
 * same two devices. Immutable. It holds no sound.
 */
public final class LearntEcho {
    /** The microphone does not hear the loudspeaker. */
    static final LearntEcho NONE = new LearntEcho(0, 1, new float[0]);

    private final double delay;
    private final double rate;
    private final float[] gains;

    /**
     * Takes what is known.
     *
     * @param delay at which the model begins, in seconds
     * @param rate how many of the loudspeaker's samples pass in one of the microphone's
     * @param gains of the echo's power, by band of {@link EchoBound}; not copied
     */
    LearntEcho(double delay, double rate, float[] gains) {
        this.delay = delay;
        this.rate = rate;
        this.gains = gains;
    }

    /** Returns whether the microphone does not hear the loudspeaker. */
    public boolean none() {
        return this == NONE;
    }

    /** Returns the delay at which the model begins, in seconds. */
    public double delay() {
        return delay;
    }

    double rate() {
        return rate;
    }

    float gain(int band) {
        return gains[band];
    }
}
