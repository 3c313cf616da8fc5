// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * Whether the microphone's levels follow the loudspeaker's at some delay, as they do if it hears an echo, however the
 * room and a loudspeaker change the sound: the correlation of the logarithmic levels in bands. For one thread at a
 * time; no allocation after construction.
 */
final class LevelMatch {
    /** For how many slots with a loud loudspeaker levels must be known... */
    private static final int LEAST = 12;
    /** ...and for how many they are compared. */
    private static final int MOST = 62;
    /** The correlation of levels that follow: an echo's is 0.6 to 1, that of two speakers up to 0.5 mostly... */
    private static final double FOLLOWS = 0.55;
    /** ...if so many slots are compared. Of fewer it tells less... */
    private static final int SURE = 18;
    /** ...and only a lower one counts. */
    private static final double FOLLOWS_SOON = 0.3;
    /** Levels that differed may follow after all, as a tone's do at its end... */
    private static final double FOLLOWS_AFTER_ALL = 0.75;
    /** ...within so many slots. */
    private static final int COMPARED = 4 * MOST;
    /** What is that much below the loudest counts as silence: 20 dB, in nepers of power. */
    private static final float RANGE = 4.6f;
    /** The variance of a level, in the same, below which there is nothing to follow. */
    private static final double VARIED = 0.5;
    /** In so many bands the loudspeaker's level must change, else it is a tone, to which any level fits. */
    private static final int VARIED_BANDS = 4;
    /** The microphone hears something if that is so many times the least... */
    private static final float HEARD = 8f;
    /** ...which rises by this in a slot. */
    private static final float RISE = 1.03f;
    /** The mean square that counts for nothing. */
    private static final float QUIET = 10f;

    private final int latest;
    private final float quiet;
    private final float[][] far;
    private final float[][] mic;
    /** How many slots have passed since the loudspeaker first sounded. */
    private int slots;

    private int loudSlots;
    /** How many slots after it the microphone first heard something; negative if it has not. */
    private int heardAfter = -1;

    private float least = Float.MAX_VALUE / 2;
    private boolean differ;

    /** @param latest the longest delay, in slots */
    LevelMatch(int bands, int latest, float ofMeanSquare) {
        this.latest = latest;
        quiet = QUIET * ofMeanSquare;
        far = new float[MOST + latest + 1][bands];
        mic = new float[MOST + latest + 1][bands];
    }

    /**
     * Takes the powers of a slot by band.
     *
     * @param loud whether the loudspeaker's are to be heard
     */
    void add(float[] farPower, float[] micPower, boolean loud) {
        float heard = 0;
        for (float power : micPower) {
            heard += power;
        }
        least = Math.min(heard, least * RISE + quiet * 1e-3f);
        if (slots == 0 && !loud) {
            return;
        }
        int at = slots % far.length;
        for (int band = 0; band < farPower.length; band++) {
            far[at][band] = (float) Math.log(farPower[band] + quiet);
            mic[at][band] = (float) Math.log(micPower[band] + quiet);
        }
        if (heardAfter < 0 && heard > HEARD * least + quiet) {
            heardAfter = slots;
        }
        loudSlots += loud ? 1 : 0;
        slots++;
        // The loudest echo is not later than what the microphone heard first.
        int delays = heardAfter < 0 ? latest : Math.min(latest, heardAfter + 1);
        if (loudSlots >= LEAST && slots >= delays + LEAST && slots < COMPARED) {
            differ = differAt(delays);
        }
    }

    private boolean differAt(int delays) {
        for (int delay = 0; delay <= delays; delay++) {
            double alike = correlation(delay);
            if (Double.isNaN(alike) ? !differ : alike > leastFor(slots - delay)) {
                return false;
            }
        }
        return true;
    }

    private double leastFor(int known) {
        if (differ) {
            return known < SURE ? 1 : FOLLOWS_AFTER_ALL;
        }
        return known < SURE ? FOLLOWS_SOON : FOLLOWS;
    }

    /** Of the levels, the loudspeaker's earlier by so many slots; NaN if the loudspeaker's hardly change. */
    private double correlation(int delay) {
        int count = Math.min(MOST, slots - delay);
        int variedBands = 0;
        double product = 0;
        double ofFar = 0;
        double ofMic = 0;
        for (int band = 0; band < far[0].length; band++) {
            float farMost = 0;
            float micMost = 0;
            for (int i = slots - count; i < slots; i++) {
                farMost = Math.max(farMost, far[(i - delay) % far.length][band]);
                micMost = Math.max(micMost, mic[i % mic.length][band]);
            }
            double f = 0;
            double m = 0;
            double ff = 0;
            double mm = 0;
            double fm = 0;
            for (int i = slots - count; i < slots; i++) {
                float a = Math.max(0, far[(i - delay) % far.length][band] - farMost + RANGE);
                float b = Math.max(0, mic[i % mic.length][band] - micMost + RANGE);
                f += a;
                m += b;
                ff += a * a;
                mm += b * b;
                fm += a * b;
            }
            product += fm - f * m / count;
            double varied = ff - f * f / count;
            variedBands += varied > VARIED * count ? 1 : 0;
            ofFar += varied;
            ofMic += mm - m * m / count;
        }
        return variedBands >= VARIED_BANDS ? product / Math.sqrt(ofFar * ofMic + 1e-6) : Double.NaN;
    }

    /** Begins with levels that do not follow, until they do. */
    void beginDiffering() {
        differ = true;
    }

    /** Whether that is known for good. */
    boolean isDecided() {
        return slots >= COMPARED && differ;
    }

    /** Whether the microphone hears something else than the loudspeaker. */
    boolean differ() {
        return differ;
    }
}
