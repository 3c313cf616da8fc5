// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

import java.util.Arrays;

/**
 * Short-time levels of signals in decibels over one step of a 16-bit sample, in bands about as wide
 * as an ear's. A step is 5 ms and its window is 10 ms, so it notices a gap of half of the shortest
 * packet at any position.
 */
final class Bands {
    static final int RATE = 16_000;
    /** Samples between two levels. */
    static final int STEP = RATE / 200;

    /** The upper ends of bands in hertz; the first entry is the lower end of the lowest. */
    private static final int[] EDGES = {
        100, 300, 500, 700, 900, 1150, 1450, 1800, 2200, 2700, 3300, 4000, 4900, 5900, 7000
    };

    static final int COUNT = EDGES.length - 1;

    private static final int WINDOW = Transform.SIZE;
    private static final float[] HANN = hann();
    /** The factor from a transform's squares in half of its bins to the samples' mean square. */
    private static final float SCALE = scale();
    /** Smaller mean squares count as silence: half a decibel. */
    private static final double NOTHING = 0.1;

    /** The first bin of each band, the last, and their shares within it. */
    private static final int[] FIRST = new int[COUNT];

    private static final int[] LAST = new int[COUNT];
    private static final float[] SHARE_OF_FIRST = new float[COUNT];
    private static final float[] SHARE_OF_LAST = new float[COUNT];

    static {
        float width = (float) RATE / Transform.SIZE;
        for (int band = 0; band < COUNT; band++) {
            // No band contains hum: the lowest band omits the bins nearest to it.
            float from = Math.max(1.5f, EDGES[band] / width);
            float to = EDGES[band + 1] / width;
            FIRST[band] = Math.round(from);
            LAST[band] = (int) Math.ceil(to - 0.5f);
            SHARE_OF_FIRST[band] = FIRST[band] + 0.5f - from;
            SHARE_OF_LAST[band] = to - LAST[band] + 0.5f;
        }
    }

    private final Transform transform = new Transform();

    /** Returns the lower end of a band in hertz. */
    static int lowest(int band) {
        return EDGES[band];
    }

    /** Returns the upper end of a band in hertz. */
    static int highest(int band) {
        return EDGES[band + 1];
    }

    /** Chooses a band and all higher ones. */
    static boolean[] from(int lowest) {
        boolean[] chosen = new boolean[COUNT];
        Arrays.fill(chosen, lowest, COUNT, true);
        return chosen;
    }

    /** Calculates the levels of all steps of a signal. */
    void listen(Signal signal, Levels to) {
        for (int step = 0; step < to.steps; step += 2) {
            listen(signal, step * STEP, to, step, (step + 1) * STEP, step + 1);
        }
    }

    /**
     * Calculates the levels around two samples of a signal, outside which is silence.
     *
     * @param at the first sample
     * @param step the place for its levels
     * @param otherAt the second sample
     * @param otherStep the place for its levels; if beyond the end, there is no second sample
     */
    void listen(Signal signal, int at, Levels to, int step, int otherAt, int otherStep) {
        boolean both = otherStep < to.steps && window(signal, otherAt, transform.im);
        boolean one = window(signal, at, transform.re);
        if (!one && !both) {
            return;
        }
        if (!both) {
            Arrays.fill(transform.im, 0);
        }
        if (!one) {
            Arrays.fill(transform.re, 0);
        }
        transform.transform();
        for (int band = 0; band < COUNT; band++) {
            float sum = 0;
            float otherSum = 0;
            for (int k = FIRST[band]; k <= LAST[band]; k++) {
                float share = k == FIRST[band] ? SHARE_OF_FIRST[band] : k == LAST[band] ? SHARE_OF_LAST[band] : 1;
                sum += share * transform.first(k);
                otherSum += share * transform.second(k);
            }
            if (one) {
                to.set(step, band, SCALE * sum);
            }
            if (both) {
                to.set(otherStep, band, SCALE * otherSum);
            }
        }
    }

    /** Whether the window has any sound. */
    private static boolean window(Signal signal, int at, float[] to) {
        int from = at - STEP;
        if (signal.energy(from, WINDOW) < NOTHING * WINDOW) {
            return false;
        }
        if (signal.has(from, WINDOW)) {
            // Copied first, because compilers vectorise loops with one index.
            System.arraycopy(signal.samples, from, to, 0, WINDOW);
            for (int i = 0; i < WINDOW; i++) {
                to[i] *= HANN[i];
            }
        } else {
            for (int i = 0; i < WINDOW; i++) {
                to[i] = signal.has(from + i, 1) ? HANN[i] * signal.samples[from + i] : 0;
            }
        }
        return true;
    }

    private static float[] hann() {
        float[] window = new float[WINDOW];
        for (int i = 0; i < WINDOW; i++) {
            window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / WINDOW));
        }
        return window;
    }

    private static float scale() {
        double squares = 0;
        for (float weight : HANN) {
            squares += weight * weight;
        }
        // Half of the bins are used, and each sum of two parts is twice the signal's own.
        return (float) (2 / (4 * Transform.SIZE * squares));
    }
}
