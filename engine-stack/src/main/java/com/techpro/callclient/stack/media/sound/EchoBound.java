// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import java.util.Arrays;

/**
 * How loud an echo can be at most that no model has yet: as loud as the loudspeaker was at any delay that an echo can
 * have, times the most that the microphone can hear of it. That is all at first. It is less as soon as the microphone
 * stays quiet for as long as an echo takes. It is nothing as soon as the microphone's levels do not follow the
 * loudspeaker's. For one thread at a time; no allocation after construction.
 */
final class EchoBound {
    /** The longest delay of an echo, in seconds. */
    private static final double LONGEST = 0.62;
    /** What of that must have passed before the microphone's silence says something, in seconds. */
    private static final double WAITED = 0.42;
    /** Of what is compared, in seconds. */
    private static final double SLOT = 0.016;
    /** Below this mean square the loudspeaker's echo proves nothing. */
    private static final float LOUD = 2e3f;
    /** An echo may be so many times louder than the one that was heard. */
    private static final float MARGIN = 4f;

    /** An echo of less than this part of the power is none: -40 dB. */
    private static final float UNHEARD = 1e-4f;

    private static final int[] EDGES = {0, 250, 500, 900, 1500, 2300, 3400, Integer.MAX_VALUE};

    private final FarSpectra far;
    private final FarSpectra mic;
    private final LevelMatch levels;
    private final int blocksPerSlot;
    private final int waited;
    private final int[] edges = new int[EDGES.length];
    private final float[][] slots;
    private final float[][] farSlots;
    private final float[][] micSlots;
    private final float[] held;
    private final float[] most;
    private final float loud;
    private boolean unheard;
    private boolean isHeld;
    private int slot;
    private int blocks;

    EchoBound(int coreRate, int hop, RealFft fft) {
        far = new FarSpectra(hop, 1, fft);
        mic = new FarSpectra(hop, 1, fft);
        double blockSeconds = (double) hop / coreRate;
        blocksPerSlot = Math.max(1, (int) Math.round(SLOT / blockSeconds));
        double seconds = blocksPerSlot * blockSeconds;
        int count = (int) Math.ceil(LONGEST / seconds);
        waited = (int) Math.ceil(WAITED / seconds);
        for (int i = 0; i < edges.length; i++) {
            edges[i] = (int) Math.min(fft.bins(), (long) EDGES[i] * 2 * hop / coreRate);
        }
        // The power of a spectrum, of which half is in the bins.
        float ofMeanSquare = 2f * hop * hop * blocksPerSlot;
        loud = LOUD * ofMeanSquare;
        slots = new float[count][fft.bins()];
        farSlots = new float[count][EDGES.length - 1];
        micSlots = new float[count][EDGES.length - 1];
        held = new float[fft.bins()];
        most = new float[EDGES.length - 1];
        Arrays.fill(most, 1);
        levels = new LevelMatch(EDGES.length - 1, count - 1, ofMeanSquare);
    }

    /**
     * Takes a block of both.
     *
     * @param loudspeaker up to the edge
     * @param compare whether an echo is neither known nor ruled out
     */
    void add(float[] loudspeaker, float[] microphone, boolean compare) {
        far.add(loudspeaker);
        float[] power = far.power(0);
        raiseTo(power, slots[slot]);
        if (isHeld) {
            raiseTo(power, held);
        }
        boolean needed = compare && !levels.isDecided();
        if (needed) {
            mic.add(microphone);
            addBands(power, farSlots[slot]);
            addBands(mic.power(0), micSlots[slot]);
        }
        blocks++;
        if (blocks == blocksPerSlot) {
            if (needed) {
                quieter();
                levels.add(farSlots[slot], micSlots[slot], sum(farSlots[slot]) > loud);
            }
            next();
        }
    }

    private void addBands(float[] power, float[] to) {
        for (int band = 0; band < to.length; band++) {
            for (int k = edges[band]; k < edges[band + 1]; k++) {
                to[band] += power[k];
            }
        }
    }

    private static float sum(float[] bands) {
        float sum = 0;
        for (float band : bands) {
            sum += band;
        }
        return sum;
    }

    /** An echo of what was played before would have been heard by now. */
    private void quieter() {
        float heardAtAll = 0;
        for (float[] one : micSlots) {
            heardAtAll = Math.max(heardAtAll, sum(one));
        }
        float playedAtAll = 0;
        for (int ago = waited; ago < slots.length; ago++) {
            playedAtAll = Math.max(playedAtAll, sum(farSlots[(slot + slots.length - ago) % slots.length]));
        }
        unheard |= playedAtAll > loud && MARGIN * heardAtAll < UNHEARD * playedAtAll;
        for (int band = 0; band < most.length; band++) {
            float heard = 0;
            for (float[] one : micSlots) {
                heard = Math.max(heard, one[band]);
            }
            float played = 0;
            for (int ago = waited; ago < slots.length; ago++) {
                played = Math.max(played, farSlots[(slot + slots.length - ago) % slots.length][band]);
            }
            if (played > loud / 4) {
                most[band] = Math.min(most[band], MARGIN * heard / played);
            }
        }
    }

    private static void raiseTo(float[] by, float[] most) {
        for (int k = 0; k < most.length; k++) {
            most[k] = Math.max(most[k], by[k]);
        }
    }

    private void next() {
        isHeld = false;
        slot = (slot + 1) % slots.length;
        blocks = 0;
        Arrays.fill(farSlots[slot], 0);
        Arrays.fill(micSlots[slot], 0);
        Arrays.fill(slots[slot], 0);
    }

    /** Begins with what is known of the same devices. */
    void begin(LearntEcho remembered) {
        if (remembered.none()) {
            levels.beginDiffering();
            return;
        }
        for (int band = 0; band < most.length; band++) {
            most[band] = Math.min(1, MARGIN * remembered.gain(band));
        }
    }

    /** A modelled echo's gain of power, by band. */
    float[] gains(EchoFilter model) {
        float[] gains = new float[most.length];
        float[] byBin = model.gains();
        for (int band = 0; band < gains.length; band++) {
            for (int k = edges[band]; k < edges[band + 1]; k++) {
                gains[band] = Math.max(gains[band], byBin[k]);
            }
        }
        return gains;
    }

    /** Whether the microphone has heard nothing of a loud loudspeaker for as long as an echo takes. */
    boolean isUnheard() {
        return unheard;
    }

    /** Whether the microphone hears something else than the loudspeaker. */
    boolean isRuledOut() {
        return levels.differ();
    }

    /** The loudspeaker's most power by bin, at any delay. */
    float[] held() {
        if (!isHeld) {
            Arrays.fill(held, 0);
            for (float[] one : slots) {
                raiseTo(one, held);
            }
            isHeld = true;
        }
        return held;
    }

    /** Raises powers by bin to a share of what an echo can have. */
    void raise(float[] power, float share) {
        float[] loudest = held();
        for (int band = 0; band < most.length; band++) {
            float part = share * most[band];
            for (int k = edges[band]; k < edges[band + 1]; k++) {
                power[k] = Math.max(power[k], part * loudest[k]);
            }
        }
    }
}
