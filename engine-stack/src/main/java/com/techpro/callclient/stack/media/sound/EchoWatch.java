// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import java.util.Arrays;

/**
 * Tells whether the far end probably hears itself: whether what is sent contains what the loudspeaker was given. It
 * listens after everything that may have removed the echo, so it does not matter who should have done that.
 *
 * <p>Once in about a second of sound, at a rate of about 4 kHz, it computes the cross-correlation of both with the
 * phase transform (C. Knapp, G. Carter, IEEE Trans. ASSP 24(4), 1976). An echo is a distinct peak at a delay of up to
 * {@value #RANGE_MILLIS} ms that stays at its place, and is less than {@value #BOUND} dB quieter than the loudspeaker's
 * sound. A peak at a negative delay is our own sound that the far end sends back. While nothing is suspect, only one
 * second in four is examined.
 *
 * <p>{@link #played} belongs to the playback's thread and {@link #sent} to the microphone's; {@link #isHeard} may be
 * called from any. Nothing locks, waits or allocates.
 */
public final class EchoWatch {
    private static final int RANGE_MILLIS = 600;
    /** An echo that is this much quieter does not disturb, or is lost in the noise of rooms. */
    private static final int BOUND = 35;

    private static final int LOW_RATE = 4000;
    /** At the low rate. */
    private static final int BLOCK = 32;
    /** What is examined of the sent sound, at the low rate. */
    private static final int SPAN = 4096;

    private static final int SIZE = 2 * SPAN;
    /** The band in which speech is strong and hum is not, in Hz. */
    private static final int LOWEST = 300;

    private static final int HIGHEST = 1700;
    /** A peak counts if it is this many times the root mean square of all. */
    private static final float DISTINCT = 7;
    /** How much a peak may wander, in samples of the low rate. */
    private static final int SAME_PLACE = 4;
    /** From the strongest part of an echo to its decay, in samples of the low rate. */
    private static final int DECAY = 160;

    private static final int ONSET = 12;
    /** To either side, in bins. */
    private static final int SMOOTHED = 100;
    /** The least delay of our own sound that is sent back, in samples of the low rate. */
    private static final int LEAST_RETURN = 40;
    /** Of the loudspeaker's sound that can be heard, and of the sent one, as mean squares. */
    private static final float FAR_AUDIBLE = 100 * 100;

    private static final float SENT_AUDIBLE = 1;
    /** So many seconds of evidence are enough for a warning, and at most so many are remembered. */
    private static final int ENOUGH = 3;

    private static final int MOST = 6;
    /** How many spans are examined at the beginning in any case, and every how many of them later. */
    private static final int FIRST_SPANS = 20;

    private static final int SELDOM = 4;

    private final int factor;
    private final SampleRing ring;
    private final short[] taken;
    private final float[] block;
    private final float[] low = new float[BLOCK];
    private int filled;
    private final Decimator farLow;
    private final Decimator sentLow;
    private final Reference reference;
    private final float[] far = new float[SIZE];
    private final float[] sent = new float[SPAN];
    private int span;
    private int spans;

    private final RealFft fft = new RealFft(SIZE);
    private final float[] hann = new float[SPAN];
    private final int lowest;
    private final int highest;
    private final int range;
    private final float[] time = new float[SIZE];
    private final float[] farRe = new float[SPAN + 1];
    private final float[] farIm = new float[SPAN + 1];
    private final float[] crossRe = new float[SPAN + 1];
    private final float[] crossIm = new float[SPAN + 1];
    private final float[] sentRe = new float[SPAN + 1];
    private final float[] sentIm = new float[SPAN + 1];
    private final float[] smooth = new float[SPAN + 1];
    private final double[] sums = new double[SPAN + 2];
    private int place = -1;
    private int evidence;
    private volatile boolean heard;

    /**
     * Prepares watching.
     *
     * @param sampleRate of both devices, 8000 to 48000 samples a second
     * @throws IllegalArgumentException if the rate is another
     */
    public EchoWatch(int sampleRate) {
        if (sampleRate < 8000 || sampleRate > 48000) {
            throw new IllegalArgumentException("a rate from 8000 to 48000, not " + sampleRate);
        }
        factor = Math.round((float) sampleRate / LOW_RATE);
        int hop = BLOCK * factor;
        ring = new SampleRing(sampleRate);
        taken = new short[hop];
        block = new float[hop];
        farLow = new Decimator(factor, hop);
        sentLow = new Decimator(factor, hop);
        double rate = (double) sampleRate / factor;
        reference = new Reference((int) Math.round(rate), BLOCK);
        lowest = (int) (LOWEST / rate * SIZE);
        highest = (int) (HIGHEST / rate * SIZE);
        range = (int) (RANGE_MILLIS / 1000.0 * rate);
        for (int i = 0; i < SPAN; i++) {
            hann[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / SPAN));
        }
    }

    /** Takes what the loudspeaker is given. On the playback's thread. */
    public void played(short[] samples) {
        ring.write(samples, samples.length);
    }

    /** Takes what is sent. On the microphone's thread. */
    public void sent(short[] samples) {
        for (short sample : samples) {
            block[filled++] = sample;
            if (filled == block.length) {
                filled = 0;
                sentLow.add(block);
                block();
            }
        }
    }

    /** Returns whether the far end probably hears itself. */
    public boolean isHeard() {
        return heard;
    }

    private void block() {
        for (int i = 0; i < BLOCK; i++) {
            sent[span + i] = sentLow.get(i);
        }
        while (ring.available() >= taken.length) {
            ring.read(taken, taken.length);
            for (int i = 0; i < taken.length; i++) {
                block[i] = taken[i];
            }
            farLow.add(block);
            for (int i = 0; i < BLOCK; i++) {
                low[i] = farLow.get(i);
            }
            reference.write(low, BLOCK);
        }
        if (!reference.began()) {
            return;
        }
        int jump = reference.advance(BLOCK);
        if (jump != 0) {
            // What was collected lies elsewhere in time.
            place += place < 0 ? 0 : jump;
            span = 0;
            Arrays.fill(far, 0);
            return;
        }
        reference.delayed(0, low);
        System.arraycopy(low, 0, far, SPAN + span, BLOCK);
        span += BLOCK;
        if (span == SPAN) {
            span = 0;
            spans++;
            if (spans <= FIRST_SPANS || evidence > 0 || spans % SELDOM == 0) {
                examine();
            }
            System.arraycopy(far, SPAN, far, 0, SPAN);
        }
    }

    private void examine() {
        if (power(far, SIZE) < FAR_AUDIBLE) {
            return;
        }
        boolean suspect = power(sent, SPAN) > SENT_AUDIBLE && peaks();
        evidence = suspect ? Math.min(MOST, evidence + 1) : Math.max(0, evidence - 1);
        if (evidence >= ENOUGH) {
            heard = true;
        } else if (evidence == 0) {
            heard = false;
            place = -1;
        }
    }

    /** Whether there is a distinct and loud peak where the last one was. */
    private boolean peaks() {
        fft.forward(far, farRe, farIm);
        Arrays.fill(time, 0, SPAN, 0);
        for (int i = 0; i < SPAN; i++) {
            time[SPAN + i] = sent[i] * hann[i];
        }
        fft.forward(time, sentRe, sentIm);
        cross();
        normalise();
        fft.inverse(crossRe, crossIm, time);
        int peak = largest(0, range);
        float size = Math.abs(time[peak]);
        float others = (float) Math.sqrt(power(time, SIZE));
        float returned = Math.abs(time[largest(SPAN, SIZE - LEAST_RETURN)]);
        if (size < DISTINCT * others || returned > size || loudness(peak) < -BOUND) {
            return false;
        }
        boolean same = Math.abs(peak - place) <= SAME_PLACE;
        boolean first = place < 0;
        place = peak;
        return same || first;
    }

    /** Makes the sent spectrum's product with the conjugate of the far one, of the band alone. */
    private void cross() {
        Arrays.fill(crossRe, 0);
        Arrays.fill(crossIm, 0);
        for (int k = lowest; k < highest; k++) {
            float fr = farRe[k];
            float fi = farIm[k];
            crossRe[k] = sentRe[k] * fr + sentIm[k] * fi;
            crossIm[k] = sentIm[k] * fr - sentRe[k] * fi;
        }
    }

    private void normalise() {
        for (int k = lowest; k < highest; k++) {
            float magnitude = (float) Math.sqrt(crossRe[k] * crossRe[k] + crossIm[k] * crossIm[k]) + 1e-9f;
            crossRe[k] /= magnitude;
            crossIm[k] /= magnitude;
        }
    }

    /**
     * How loud the echo is against the loudspeaker's sound, in decibels: the energy of the path's response around the
     * peak, which is the cross-spectrum divided by the far sound's power. What the response has elsewhere is by
     * chance, and is subtracted.
     */
    private float loudness(int peak) {
        cross();
        float all = smoothFarPower();
        float overlapping = 0;
        for (int i = 0; i < SPAN; i++) {
            float sample = far[SPAN + i - peak];
            overlapping += hann[i] * sample * sample;
        }
        // Of the sound that the sent span can contain, in the band.
        float scale = overlapping / (all * 2 / SIZE) + 1e-9f;
        for (int k = lowest; k < highest; k++) {
            float divisor = scale * smooth[k] + 1e-9f;
            crossRe[k] /= divisor;
            crossIm[k] /= divisor;
        }
        fft.inverse(crossRe, crossIm, time);
        float sum = 0;
        float around = 0;
        int from = Math.max(0, peak - ONSET);
        int to = peak + DECAY;
        for (int i = 0; i < SIZE; i++) {
            float square = time[i] * time[i];
            sum += square;
            around += i >= from && i < to ? square : 0;
        }
        float chance = (sum - around) / (SIZE - (to - from)) * (to - from);
        float share = 2f * (highest - lowest) / SIZE;
        return (float) (10 * Math.log10(Math.max(1e-9, (around - chance) / share)));
    }

    /** Averages the far power over a tenth of a kilohertz, which leaves formants and no harmonics. Returns the sum of all. */
    private float smoothFarPower() {
        double sum = 0;
        for (int k = 0; k <= SPAN; k++) {
            sum += farRe[k] * farRe[k] + farIm[k] * farIm[k];
            sums[k + 1] = sum;
        }
        for (int k = lowest; k < highest; k++) {
            smooth[k] = (float) ((sums[k + SMOOTHED] - sums[k - SMOOTHED]) / (2 * SMOOTHED));
        }
        return (float) sum;
    }

    private int largest(int from, int to) {
        int best = from;
        for (int i = from; i < to; i++) {
            if (Math.abs(time[i]) > Math.abs(time[best])) {
                best = i;
            }
        }
        return best;
    }

    private static float power(float[] samples, int count) {
        float sum = 0;
        for (int i = 0; i < count; i++) {
            sum += samples[i] * samples[i];
        }
        return sum / count;
    }
}
