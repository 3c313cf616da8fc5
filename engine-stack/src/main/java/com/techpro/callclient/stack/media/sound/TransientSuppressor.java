// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * Finds the clicks of a keyboard. A click begins within a block and loses nine tenths of its power in 32 ms. So do some
 * sounds of speech, but only keys make one after the other: the first clicks and lone ones stay, and so does what begins
 * soon after speech. It decides without delay. For one thread at a time; no allocation after construction.
 */
final class TransientSuppressor {
    /** A click is so many times louder than what was before. */
    private static final float ONSET = 10;

    private static final int BEFORE = 4;
    /** A click that is less than so many times louder than speech lately stays. */
    private static final float NOT_SPEECH = 100;
    /** What is left of a click at most, by block since its onset, and afterwards. */
    private static final float[] LEFT = {Float.MAX_VALUE, Float.MAX_VALUE, 0.7f, 0.3f};

    private static final float LEFT_LATER = 1 / 12f;
    /** In blocks; what is then left of it is not heard. */
    private static final int LENGTH = 8;
    /** In blocks; longer, and a word that begins would go too. */
    private static final int REMOVED = 2;
    /** So many clicks are somebody who types; half a click is forgotten in a second. */
    private static final float TYPING = 3;

    private static final float MOST = 5;
    private static final float FORGOTTEN = 0.5f;
    /** By so much is speech forgotten in a second: 40 dB. */
    private static final double SPEECH_FORGOTTEN = 1e-4;
    /** The power of an empty microphone. */
    private static final float NOTHING = 10;

    private final float forgottenPerBlock;
    private final float speechPerBlock;
    private final float[] before = new float[BEFORE];
    private int at;
    private float last;
    private float clicks;
    private float speech;
    private float peak;
    /** In blocks since the onset; negative if there is none. */
    private int age = -1;

    private boolean removed;

    TransientSuppressor(double blockSeconds) {
        forgottenPerBlock = (float) (FORGOTTEN * blockSeconds);
        speechPerBlock = (float) Math.pow(SPEECH_FORGOTTEN, blockSeconds);
    }

    /** Takes a block and returns whether it has a click that is to be removed. */
    boolean isClick(float[] block) {
        float power = brightness(block);
        clicks = Math.max(0, clicks - forgottenPerBlock);
        speech *= speechPerBlock;
        if (power > ONSET * quietBefore()) {
            age = 0;
            peak = power;
            removed = clicks >= TYPING && power > NOT_SPEECH * speech;
        } else if (age >= 0) {
            age++;
            peak = age == 1 ? Math.max(peak, power) : peak;
            if (power > peak * (age < LEFT.length ? LEFT[age] : LEFT_LATER)) {
                speech = Math.max(speech, peak);
                age = -1;
            } else if (age > LENGTH) {
                clicks = Math.min(MOST, clicks + 1);
                age = -1;
            }
        }
        if (age < 0) {
            speech = Math.max(speech, power);
        }
        before[at] = power;
        at = (at + 1) % BEFORE;
        return age >= 0 && age < REMOVED && removed;
    }

    /** The power of the differences between samples: voices have less of it than clicks. */
    private float brightness(float[] block) {
        float sum = 0;
        float previous = last;
        for (float sample : block) {
            float difference = sample - previous;
            sum += difference * difference;
            previous = sample;
        }
        last = previous;
        return sum / block.length;
    }

    private float quietBefore() {
        float most = NOTHING;
        for (float power : before) {
            most = Math.max(most, power);
        }
        return most;
    }
}
