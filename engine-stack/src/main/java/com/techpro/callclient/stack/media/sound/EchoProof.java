// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * Whether the microphone hears the loudspeaker at all: an echo is proven by what its model takes away, and forgotten
 * if that is nothing for long. What the microphone cannot hear proves nothing. For one thread at a time.
 */
final class EchoProof {
    /** An echo is there if the model takes away this part of the power for a while... */
    private static final float PROVEN = 0.25f;
    /** ...and may not be if it takes away less than this... */
    private static final float UNPROVEN = 0.04f;
    /** ...for so many seconds. */
    private static final int FORGOTTEN = 5;

    private static final float PACE = 0.03f;
    /** Below this mean square the microphone hears little but itself. */
    static final float AUDIBLE = 200f;

    private final double blocksPerSecond;
    private float proof;
    private boolean proven;
    private int unproven;

    EchoProof(double blocksPerSecond) {
        this.blocksPerSecond = blocksPerSecond;
    }

    /**
     * Takes a block in which the loudspeaker sounds.
     *
     * @param micPower of the microphone, smoothed
     * @param errorPower of what the model leaves of it
     * @param located whether the delay of an echo is known
     */
    void add(float micPower, float errorPower, boolean located) {
        boolean audible = micPower > AUDIBLE;
        if (audible) {
            float taken = (micPower - errorPower) / micPower;
            proof += PACE * (Math.max(-1, taken) - proof);
        }
        if (proof > PROVEN) {
            proven = located;
            unproven = 0;
        } else if (proof > UNPROVEN) {
            unproven = 0;
        } else if (proven) {
            unproven++;
            proven = unproven < FORGOTTEN * blocksPerSecond;
        }
    }

    boolean isGiven() {
        return proven;
    }

    /** Whether there is an echo, though its delay may not be known, as a tone's is not. */
    boolean isLikely() {
        return proof > PROVEN;
    }

    /** The model begins anew at another delay. That it failed where it was says nothing against an echo. */
    void restart() {
        proof = Math.max(0, proof);
    }
}
