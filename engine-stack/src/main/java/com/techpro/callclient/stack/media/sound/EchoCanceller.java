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
    /** The model leaves next to nothing if that is less than this part of the power... */
    private static final float SETTLED = 0.03f;
    /** ...for so many blocks. */
    private static final int SETTLED_BLOCKS = 12;
    /** As long as the fast model is better now and then, the other has more to learn: after so many blocks it has not. */
    private static final int LEARNT_BLOCKS = 375;
    /** For so many blocks after the proof the echo may be as loud as it was, and less and less. */
    private static final int YOUNG = 90;
    /** Below this mean square of the loudspeaker nothing at all is modelled. */
    private static final float EMPTY = 1e-6f;
    /** Below this mean square the loudspeaker counts as silent. */
    private static final float FAR_SILENT = 30f;
    /** By how much an echo may come earlier than in the devices' last stream, in seconds. */
    private static final double EARLIER = 0.025;

    private final int hop;
    private final int coreRate;
    private final Reference reference;
    private final EchoSearch search;
    private final FarSpectra far;
    private final EchoFilter filter;
    private final ShadowFilter shadow;
    private final ClockDrift drift;
    private final LateSamples late;
    private final ModelFit fit = new ModelFit();
    private final EchoProof proof;
    private final EchoBound bound;
    private final DeviceSkip skip;
    private final float[] farBlock;
    private final float[] edgeBlock;
    private final float[] shadowEcho;
    private final float[] shadowError;
    private final float[] error;
    private final float[] unlearnt;
    private double delay = Reference.leastDelay();
    private double expected = -1;
    private float farLevel;
    private float shadowPower;
    private float trust = 1;
    private int betterShadow;
    private boolean shadowed;
    private int emptyBlocks;
    private int settled;
    /** For how many blocks of both models the fast one has not been taken. */
    private int unsurpassed;

    private boolean evenBlock;
    private long heard;
    private int young;

    /** @param remembered what is known of the same two devices, if anything */
    EchoCanceller(int coreRate, int hop, @Nullable LearntEcho remembered) {
        this.hop = hop;
        this.coreRate = coreRate;
        reference = new Reference(coreRate, hop);
        search = new EchoSearch(coreRate, hop);
        RealFft fft = new RealFft(2 * hop);
        far = new FarSpectra(hop, (int) Math.ceil(MODELLED * coreRate / hop), fft);
        float keep = (float) Math.pow(KEPT_A_SECOND, (double) hop / coreRate);
        filter = new EchoFilter(hop, far, fft, keep);
        shadow = new ShadowFilter(hop, (int) Math.ceil(SHADOWED * coreRate / hop), far, fft);
        drift = new ClockDrift(coreRate, hop);
        proof = new EchoProof((double) coreRate / hop);
        late = new LateSamples(coreRate, hop);
        skip = new DeviceSkip(coreRate);
        bound = new EchoBound(coreRate, hop, fft);
        farBlock = new float[hop];
        edgeBlock = new float[hop];
        shadowEcho = new float[hop];
        shadowError = new float[hop];
        error = new float[hop];
        unlearnt = new float[fft.bins()];
        if (remembered != null) {
            bound.begin(remembered);
        }
        if (remembered != null && !remembered.none()) {
            // A stream's buffers are never as full as the last one's.
            delay = Math.max(delay, (remembered.delay() - EARLIER) * coreRate);
            drift.begin(remembered.rate());
            reference.rate(drift.rate());
        }
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
        bound.add(edgeBlock, mic, !proof.isGiven());
        reference.delayed(delay, farBlock);
        float ofFar = meanSquare(farBlock);
        farLevel = Math.max(ofFar, farLevel * 0.97f);
        emptyBlocks = ofFar < EMPTY ? emptyBlocks + 1 : 0;
        if (emptyBlocks > far.count() + 1) {
            // All that the models can hear is silence.
            Arrays.fill(echo, 0);
            fit.addAlone(meanSquare(mic));
            raiseUnproven();
            return false;
        }
        far.add(farBlock);
        filter.estimate(echo);
        difference(mic, echo, error);
        fit.add(meanSquare(mic), meanSquare(error), meanSquare(echo));
        skip.add(mic, echo);
        boolean learning = farActive() && !late.areAwaited();
        if (learning) {
            learn(mic);
        }
        if (!proof.isGiven()) {
            // With a headset there is no echo, and the user's speech stays as it is.
            Arrays.fill(echo, 0);
            young = YOUNG;
            raiseUnproven();
            return false;
        }
        int skipped = skip.samples(fit, learning);
        if (skipped != 0) {
            moveTo(delay + skipped);
            shifted(skipped);
        }
        if (learning && fit.isGood() && drift.add(filter)) {
            reference.rate(drift.rate());
        }
        subtract(mic, echo);
        expectRest(learning);
        return true;
    }

    private void expectRest(boolean learning) {
        if (learning) {
            float[] misadjusted = filter.misadjusted();
            for (int k = 0; k < unlearnt.length; k++) {
                unlearnt[k] = 0.5f * misadjusted[k];
            }
        }
        if (young > 0) {
            young -= learning ? 1 : 0;
            bound.raise(unlearnt, (float) young / YOUNG);
        }
        if (fit.isMisplaced()) {
            addAtAnyDelay();
        }
    }

    /** An echo that has moved is as loud as it was, and earlier or later, until it is found. */
    private void addAtAnyDelay() {
        float[] loudest = bound.held();
        float[] gains = filter.gains();
        for (int k = 0; k < unlearnt.length; k++) {
            unlearnt[k] = Math.max(unlearnt[k], 0.5f * loudest[k] * gains[k]);
        }
    }

    /**
     * The power by bin that the echo of the last block is expected to have beside the modelled one: much where the
     * loudspeaker sounds for the first time.
     */
    float[] unlearnt() {
        return unlearnt;
    }

    private void raiseUnproven() {
        if (!proof.isGiven() && !isRuledOut()) {
            bound.raise(unlearnt, 1);
        }
    }

    /** Levels that hardly change, as a tone's, say less than a model that takes the sound away. */
    private boolean isRuledOut() {
        return bound.isRuledOut() && !proof.isLikely();
    }

    private void learn(float[] mic) {
        filter.learn(error);
        if (needsShadow()) {
            shadow.estimate(shadowEcho);
            difference(mic, shadowEcho, shadowError);
            shadow.learn(shadowError);
            shadowPower += ModelFit.PACE * (meanSquare(shadowError) - shadowPower);
            compare();
        }
        evenBlock = !evenBlock;
        if (evenBlock || shadowed) {
            filter.constrain();
        }
        if (evenBlock && shadowed) {
            shadow.constrain();
        }
        proof.add(fit.micPower(), fit.errorPower(), expected >= 0);
    }

    private void subtract(float[] mic, float[] echo) {
        // A model that makes things worse is not used.
        float aim = fit.isHarmful() ? 0 : 1;
        float from = trust;
        trust += 0.5f * (aim - trust);
        float step = (trust - from) / hop;
        for (int i = 0; i < hop; i++) {
            mic[i] -= echo[i] * (from + step * i);
        }
    }

    /** How much of the modelled echo's power may be left at least. */
    float leftAtLeast() {
        return Math.max(fit.misfit(), 1 - trust);
    }

    private static void difference(float[] from, float[] subtracted, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i] - subtracted[i];
        }
    }

    /** Whether the fast model has to run: not while the other leaves next to nothing. */
    private boolean needsShadow() {
        settled = fit.leavesLessThan(SETTLED) ? settled + 1 : 0;
        boolean needed = !isSettled();
        if (needed && !shadowed) {
            shadow.take(filter);
            shadowPower = fit.errorPower();
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
        if (shadowPower < 0.6f * fit.errorPower() && shadowPower < 0.5f * fit.micPower()) {
            betterShadow++;
            if (betterShadow >= 3) {
                filter.take(shadow);
                fit.replaced(shadowPower);
                betterShadow = 0;
                unsurpassed = 0;
            }
        } else {
            betterShadow = 0;
        }
        if (shadowPower > 4 * fit.errorPower() || shadowPower > 2 * fit.micPower()) {
            shadow.take(filter);
            shadowPower = fit.errorPower();
        }
    }

    private void align(float[] mic) {
        heard++;
        int jump = reference.advance(hop);
        if (jump != 0) {
            delay += jump;
            shifted(jump);
        }
        long earlier = late.earlier(reference);
        if (earlier > 0 && delay > Reference.leastDelay()) {
            moveTo(delay - earlier);
            shifted(-(double) earlier);
        }
        reference.delayed(0, edgeBlock);
        fit.next();
        boolean follows = expected >= 0 && fit.leavesLessThan(0.5f);
        // In silence the search finds only what noises resemble each other by chance.
        if (search.add(mic, edgeBlock, fit.isLost(), isSettled()) && fit.micPower() > EchoProof.AUDIBLE) {
            if (!fit.isGood() && drift.add(heard * (double) hop / coreRate, search.delay())) {
                reference.rate(drift.rate());
                filter.doubt(1);
            }
            if (!follows) {
                found(search.delay());
            }
        }
    }

    private void shifted(double samples) {
        if (expected >= 0) {
            expected += samples;
        }
        search.moved(samples);
        drift.jumped();
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
            reference.delayed(delay + block * hop * reference.rate(), farBlock);
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
            return new LearntEcho(delay / coreRate, reference.rate(), bound.gains(filter));
        }
        return isRuledOut() || bound.isUnheard() ? LearntEcho.NONE : null;
    }

    /** How many of the loudspeaker's samples pass in one of the microphone's, as far as is known. */
    double rate() {
        return reference.rate();
    }
}
