// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.audio;

import java.io.IOException;
import java.util.Arrays;

/**
 * Brings a recording to another sampling rate, by a sinc filter with a raised-cosine window whose coefficients are made once for each phase. Rates
 * without a small common ratio share {@value #MOST_PHASES} phases, which is below what speech shows.
 */
final class Resampler implements SoundDecoder {
    private static final int MOST_PHASES = 512;

    /** Zero crossings of the filter to each side. */
    private static final int CROSSINGS = 16;

    /** How much of the lower band is let through; the filter falls in the rest. */
    private static final double PASSED = 0.92;

    private final SoundDecoder source;
    private final int rate;
    private final int half;
    private final int phases;
    private final float[][] filter;

    private final short[] read = new short[2_048];
    /** Samples of the source; the first is that of {@link #start}. */
    private final float[] input;

    private long start;
    private int filled;
    /** How many samples the source gave, once it has ended; -1 before. */
    private long sourceLength = -1;

    private long produced;

    Resampler(SoundDecoder source, int rate) {
        this.source = source;
        this.rate = rate;
        double band = PASSED * Math.min(1.0, (double) rate / source.sampleRate());
        this.half = (int) Math.ceil(CROSSINGS * Math.max(1.0, (double) source.sampleRate() / rate));
        this.phases = Math.min(MOST_PHASES, rate / gcd(rate, source.sampleRate()));
        this.filter = new float[phases][2 * half];
        for (int phase = 0; phase < phases; phase++) {
            for (int tap = 0; tap < 2 * half; tap++) {
                double distance = tap - half + 1 - (double) phase / phases;
                double window = 0.5 + 0.5 * Math.cos(Math.PI * distance / (half + 1));
                filter[phase][tap] = (float) (band * sinc(band * distance) * window);
            }
        }
        this.input = new float[2 * half + read.length];
        // Before the first sample there was silence.
        this.start = -half;
        this.filled = half;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    @Override
    public int sampleRate() {
        return rate;
    }

    @Override
    public long declaredSamples() {
        long samples = source.declaredSamples();
        return samples < 0 ? -1 : samples * rate / source.sampleRate();
    }

    @Override
    public int read(short[] samples) throws IOException {
        int count = 0;
        while (count < samples.length) {
            long numerator = produced * source.sampleRate();
            long base = numerator / rate;
            int phase = (int) (numerator % rate * phases / rate);
            if (sourceLength >= 0 && base >= sourceLength) {
                break;
            }
            if (base + half >= start + filled) {
                if (count > 0) {
                    // What there is goes on before more is waited for.
                    break;
                }
                more();
            } else {
                samples[count++] = at((int) (base - half + 1 - start), filter[phase]);
                produced++;
            }
        }
        return count == 0 ? -1 : count;
    }

    private short at(int from, float[] taps) {
        float sum = 0;
        for (int i = 0; i < taps.length; i++) {
            sum += input[from + i] * taps[i];
        }
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum)));
    }

    private void more() throws IOException {
        int keep = Math.min(filled, 2 * half);
        System.arraycopy(input, filled - keep, input, 0, keep);
        start += filled - keep;
        filled = keep;
        int count = sourceLength >= 0 ? -1 : source.read(read);
        if (count < 0) {
            if (sourceLength < 0) {
                sourceLength = start + filled;
            }
            // After the last sample there is silence.
            Arrays.fill(input, filled, filled + half, 0);
            filled += half;
        } else {
            for (int i = 0; i < count; i++) {
                input[filled + i] = read[i];
            }
            filled += count;
        }
    }

    @Override
    public Flaw flaw() {
        return source.flaw();
    }
}
