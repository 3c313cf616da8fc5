// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Subtracts the echo from the microphone's blocks as far as a linear model explains it. Its parts are those
 * of WebRTC's AEC3: a delay search, a fine and a fast model, and what the models leave for {@link ResidualEcho}.
 * For the microphone's thread; no allocation after construction.
 */
final class EchoCanceller {
    /** What the model has room for before the strongest echo, in seconds. */
    private static final double BEFORE = 0.004;
    /** What an echo path is modelled to, in seconds. */
    private static final double MODELLED = 0.128;
    /** Of the fast model, in seconds. */
    private static final double SHADOWED = 0.064;
    /** What a coefficient keeps of itself in a second. */
    private static final double KEPT_A_SECOND = 0.9;
    /** Samples that come this late still belong to a running stream, in seconds. */
    private static final double LATE = 0.25;
    /** For so long after it is watched whether they were kept for later or are lost, in seconds. */
    private static final double WATCHED = 0.04;
    /** Fewer are no frame, but what a clock is ahead, in seconds. */
    private static final double LEAST_WATCHED = 0.002;
    /** The model is good if it leaves less than this part of the power. */
    private static final float GOOD = 0.25f;
    /** The model leaves next to nothing if that is less than this part of the power... */
    private static final float SETTLED = 0.03f;
    /** ...for so many blocks. */
    private static final int SETTLED_BLOCKS = 12;
    /** As long as the fast model is better now and then, the other has more to learn: after so many blocks it has not. */
    private static final int LEARNT_BLOCKS = 375;
    /** Of the smoothed powers, a block. */
    private static final float PACE = 0.25f;
    /** For how many blocks a model that made things worse is suspect. */
    private static final int LOST = 60;
    /** The echo comes at another delay if the model adds to the power like this: the sum of two echoes, about. */
    private static final float MISPLACED = 1.8f;
    /** What an echo at any delay keeps of its power from block to block. */
    private static final float KEPT_A_BLOCK = 0.7f;
    /** Below this mean square of the loudspeaker nothing at all is modelled. */
    private static final float EMPTY = 1e-6f;
    /** Below this mean square the loudspeaker counts as silent. */
    private static final float FAR_SILENT = 30f;
    /** An echo that is not proven after so many seconds of the loudspeaker's sound is none. */
    private static final double RULED_OUT = 0.8;

    private final int hop;
    private final int coreRate;
    private final Reference reference;
    private final EchoSearch search;
    private final FarSpectra far;
    private final EchoFilter filter;
    private final ShadowFilter shadow;
    private final ClockDrift drift;
    private final EchoProof proof;
    private final float[] farBlock;
    private final float[] edgeBlock;
    private final float[] shadowEcho;
    private final float[] shadowError;
    private final float[] error;
    private final float[] unlearnt;
    private final FarSpectra edge;
    private final float[] anywhere;
    private double delay = Reference.leastDelay();
    private double expected = -1;
    private long lateSamples;
    private long lateBefore;
    private int blocksWatched;
    private double leastAhead;
    private float farLevel;
    private float micPower;
    private float errorPower;
    private float shadowPower;
    private float trust = 1;
    private int betterShadow;
    private boolean shadowed;
    private int emptyBlocks;
    private int blocksLearnt;
    private int settled;
    /** For how many blocks of both models the fast one has not been taken. */
    private int unsurpassed;

    private boolean evenBlock;
    private int lost;
    private int misplaced;

    EchoCanceller(int coreRate, int hop) {
        this.hop = hop;
        this.coreRate = coreRate;
        reference = new Reference(coreRate);
        search = new EchoSearch(coreRate, hop);
        RealFft fft = new RealFft(2 * hop);
        far = new FarSpectra(hop, (int) Math.ceil(MODELLED * coreRate / hop), fft);
        float keep = (float) Math.pow(KEPT_A_SECOND, (double) hop / coreRate);
        filter = new EchoFilter(hop, far, fft, keep);
        shadow = new ShadowFilter(hop, (int) Math.ceil(SHADOWED * coreRate / hop), far, fft);
        drift = new ClockDrift(coreRate, hop);
        proof = new EchoProof((double) coreRate / hop);
        farBlock = new float[hop];
        edgeBlock = new float[hop];
        shadowEcho = new float[hop];
        shadowError = new float[hop];
        error = new float[hop];
        unlearnt = new float[fft.bins()];
        edge = new FarSpectra(hop, 1, fft);
        anywhere = new float[fft.bins()];
    }

    /** Adds what the loudspeaker is given, at the core's rate. */
    void played(float[] samples, int count) {
        reference.write(samples, count);
    }

    /** Whether the loudspeaker has been given anything to be heard lately. */
    boolean farActive() {
        return farLevel > FAR_SILENT;
    }

    /**
     * Takes a block of the microphone.
     *
     * @param mic the block; afterwards without the modelled echo
     * @param echo the modelled echo
     * @return whether there is any
     */
    boolean cancel(float[] mic, float[] echo) {
        Arrays.fill(unlearnt, 0);
        if (!reference.began()) {
            Arrays.fill(echo, 0);
            return false;
        }
        align(mic);
        reference.delayed(delay, farBlock, hop);
        float power = meanSquare(farBlock);
        farLevel = Math.max(power, farLevel * 0.97f);
        emptyBlocks = power < EMPTY ? emptyBlocks + 1 : 0;
        if (emptyBlocks > far.count() + 1) {
            // All that the models can hear is silence.
            Arrays.fill(echo, 0);
            float ofMic = meanSquare(mic);
            addPowers(ofMic, ofMic);
            return false;
        }
        far.add(farBlock);
        filter.estimate(echo);
        difference(mic, echo, error);
        addPowers(meanSquare(mic), meanSquare(error));
        boolean learning = farActive() && lateSamples == 0;
        if (learning) {
            blocksLearnt++;
            learn(mic);
        }
        if (!proof.isGiven()) {
            // With a headset there is no echo, and the user's speech stays as it is.
            Arrays.fill(echo, 0);
            return false;
        }
        if (learning && errorPower < GOOD * micPower && drift.add(filter)) {
            reference.rate(drift.rate());
        }
        subtract(mic, echo);
        if (learning) {
            float[] misadjusted = filter.misadjusted();
            for (int k = 0; k < unlearnt.length; k++) {
                unlearnt[k] = 0.5f * misadjusted[k];
            }
        }
        if (misplaced > 0) {
            addAtAnyDelay();
        }
        return true;
    }

    /** An echo that has moved is as loud as it was, and earlier or later, until it is found. */
    private void addAtAnyDelay() {
        edge.add(edgeBlock);
        float[] power = edge.power(0);
        for (int k = 0; k < unlearnt.length; k++) {
            anywhere[k] = Math.max(power[k], KEPT_A_BLOCK * anywhere[k]);
            unlearnt[k] = Math.max(unlearnt[k], 0.5f * anywhere[k] * filter.gain(k));
        }
    }

    /**
     * The power by bin that the echo of the last block is expected to have beside the modelled one: much where the
     * loudspeaker sounds for the first time.
     */
    float[] unlearnt() {
        return unlearnt;
    }

    private void addPowers(float ofMic, float ofError) {
        micPower += PACE * (ofMic - micPower);
        errorPower += PACE * (ofError - errorPower);
    }

    private void learn(float[] mic) {
        filter.learn(error);
        if (needsShadow()) {
            shadow.estimate(shadowEcho);
            difference(mic, shadowEcho, shadowError);
            shadow.learn(shadowError);
            shadowPower += PACE * (meanSquare(shadowError) - shadowPower);
            compare();
        }
        evenBlock = !evenBlock;
        if (evenBlock || shadowed) {
            filter.constrain();
        }
        if (evenBlock && shadowed) {
            shadow.constrain();
        }
        proof.add(micPower, errorPower, expected >= 0);
    }

    private void subtract(float[] mic, float[] echo) {
        // A model that makes things worse is not used.
        float aim = errorPower > 1.2f * micPower + 1 ? 0 : 1;
        float from = trust;
        trust += 0.5f * (aim - trust);
        float step = (trust - from) / hop;
        for (int i = 0; i < hop; i++) {
            mic[i] -= echo[i] * (from + step * i);
        }
    }

    /** How much of the modelled echo's power may be left at least. */
    float leftAtLeast() {
        return 1 - trust;
    }

    private static void difference(float[] from, float[] subtracted, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i] - subtracted[i];
        }
    }

    /** Whether the fast model has to run: not while the other leaves next to nothing. */
    private boolean needsShadow() {
        settled = errorPower < SETTLED * micPower ? settled + 1 : 0;
        boolean needed = !isSettled();
        if (needed && !shadowed) {
            shadow.take(filter);
            shadowPower = errorPower;
            betterShadow = 0;
        }
        shadowed = needed;
        return needed;
    }

    private boolean isSettled() {
        return settled >= SETTLED_BLOCKS && unsurpassed >= LEARNT_BLOCKS;
    }

    private void compare() {
        unsurpassed++;
        if (shadowPower < 0.6f * errorPower && shadowPower < 0.5f * micPower) {
            betterShadow++;
            if (betterShadow >= 3) {
                filter.take(shadow);
                errorPower = shadowPower;
                betterShadow = 0;
                unsurpassed = 0;
            }
        } else {
            betterShadow = 0;
        }
        if (shadowPower > 4 * errorPower || shadowPower > 2 * micPower) {
            shadow.take(filter);
            shadowPower = errorPower;
        }
    }

    private void align(float[] mic) {
        int jump = reference.advance(hop);
        if (jump != 0) {
            delay += jump;
            shifted(jump);
        }
        if (reference.silence() > 0) {
            if (blocksWatched > 0) {
                lateBefore = lateSamples;
                blocksWatched = 0;
            }
            lateSamples = lateBefore + reference.silence();
            leastAhead = Double.MAX_VALUE;
        } else if (lateSamples > 0) {
            watchLate();
        }
        reference.delayed(0, edgeBlock, hop);
        lost = errorPower > 1.05f * micPower ? LOST : Math.max(0, lost - 1);
        misplaced = errorPower > MISPLACED * micPower ? LOST : Math.max(0, misplaced - 1);
        boolean follows = expected >= 0 && errorPower < 0.5f * micPower;
        if (search.add(mic, edgeBlock, lost > 0, isSettled()) && !follows) {
            found(search.delay());
        }
    }

    /**
     * Samples that came late may come all at once: the device had others to play meanwhile, and plays these without a
     * gap, so that their echo comes earlier. Or they are never asked for: the device ran dry, and its silence is as
     * long as the reference's.
     */
    private void watchLate() {
        blocksWatched++;
        if (blocksWatched * hop > WATCHED * coreRate / 4) {
            leastAhead = Math.min(leastAhead, reference.ahead());
        }
        boolean few = lateSamples < LEAST_WATCHED * coreRate;
        if (!few && blocksWatched * hop < WATCHED * coreRate) {
            return;
        }
        boolean kept = few || leastAhead > lateSamples / 2.0;
        if (kept && lateSamples < LATE * coreRate && delay > Reference.leastDelay()) {
            moveTo(delay - lateSamples);
            shifted(-(double) lateSamples);
        }
        lateSamples = 0;
        lateBefore = 0;
        blocksWatched = 0;
    }

    private void shifted(double samples) {
        if (expected >= 0) {
            expected += samples;
        }
        search.moved(samples);
    }

    private void found(double strongest) {
        double was = expected - delay;
        double moved = strongest - expected;
        boolean other = expected >= 0 && Math.abs(moved) > 0.0015 * coreRate;
        double place = strongest - delay;
        expected = strongest;
        if (other && was > 0 && was < MODELLED * coreRate && nearer(was, place)) {
            // The same room later or earlier: the model stays.
            moveTo(delay + Math.rint(moved));
            filter.doubt(0.2f);
            return;
        }
        double before = BEFORE * coreRate;
        boolean early = place < before / 4 && delay > Reference.leastDelay();
        if (early || place > MODELLED * coreRate / 3) {
            moveTo(Math.rint(strongest - before));
            filter.reset();
            shadow.reset();
            unsurpassed = 0;
            proof.restart();
        }
    }

    /** Whether the modelled path's strongest part is nearer to where the echo was than to where it is. */
    private boolean nearer(double was, double is) {
        double peak = (filter.strongest() + 0.5) * hop;
        return Math.abs(peak - was) < Math.abs(peak - is);
    }

    /** Reads the reference elsewhere from now on. */
    private void moveTo(double to) {
        delay = Math.max(to, Reference.leastDelay());
        drift.interrupted();
        emptyBlocks = 0;
        for (int block = far.count(); block >= 1; block--) {
            reference.delayed(delay + block * hop * reference.rate(), farBlock, hop);
            far.add(farBlock);
        }
    }

    private static float meanSquare(float[] samples) {
        // Four sums, which need not wait for each other.
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int i = 0; i < samples.length; i += 4) {
            a += samples[i] * samples[i];
            b += samples[i + 1] * samples[i + 1];
            c += samples[i + 2] * samples[i + 2];
            d += samples[i + 3] * samples[i + 3];
        }
        return (a + b + c + d) / samples.length;
    }

    /** What is known of the echo, if anything. */
    @Nullable
    LearntEcho learnt() {
        if (proof.isGiven()) {
            return new LearntEcho(delay / coreRate, new float[0]);
        }
        return blocksLearnt * hop < RULED_OUT * coreRate ? null : LearntEcho.NONE;
    }

    /** How many of the loudspeaker's samples pass in one of the microphone's, as far as is known. */
    double rate() {
        return reference.rate();
    }
}
