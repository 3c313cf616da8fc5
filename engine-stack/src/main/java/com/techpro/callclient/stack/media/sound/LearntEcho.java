// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * What a {@link VoiceProcessor} has learnt of the way from a loudspeaker to a microphone, for the next stream of the
 * same two devices. Immutable. It holds no sound.
 */
public final class LearntEcho {
    /** The microphone does not hear the loudspeaker. */
    static final LearntEcho NONE = new LearntEcho(0, new float[0]);

    private final double delay;
    private final float[] model;

    /**
     * Takes what is known.
     *
     * @param delay at which the model begins, in seconds
     * @param model a coarse one, not copied
     */
    LearntEcho(double delay, float[] model) {
        this.delay = delay;
        this.model = model;
    }

    /** Returns whether the microphone does not hear the loudspeaker. */
    public boolean none() {
        return this == NONE;
    }

    /** Returns the delay at which the model begins, in seconds. */
    public double delay() {
        return delay;
    }

    float[] model() {
        return model;
    }
}
