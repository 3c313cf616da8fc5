// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.audio.pcm;

import java.util.Arrays;

/**
 * Changes the sample rate of one mono stream with a windowed-sinc polyphase filter. Keeps the
 * stream's recent samples: a stream fed in pieces of any size gives the same output as in one
 * piece. Not thread-safe.
 *
 * <p>Each output sample is the ideal band-limited interpolation of the input at that instant. A
 * Kaiser window cuts the sinc to {@value #ZERO_CROSSINGS} zero crossings on each side. With
 * {@code to / from} in lowest terms {@code up / down}, the output instants have {@code up}
 * different positions between two input samples. One row of filter taps is computed in advance for
 * each position. Rates without a small common ratio share {@value #MOST_ROWS} rows; the error is
 * inaudible in speech. The filter looks ahead by half its length: three milliseconds at 8 kHz.
 */
public final class Resampler {
    private static final int ZERO_CROSSINGS = 24;
    /** About 75 dB of stop-band attenuation. */
    private static final double KAISER_BETA = 7.5;
    /**
     * The middle of the transition band, as a fraction of the lower rate. At 8 kHz, 3.5 kHz passes,
     * and aliases land above 3.7 kHz.
     */
    private static final double CUTOFF = 0.485;

    private static final int MOST_ROWS = 512;

    private final int up;
    private final int down;
    private final int taps;
    private final float[][] rows;
    private float[] buffer;
    private int filled;
    private int base;
    private int phase;

    /** Rates in samples per second, 1,000 to 400,000. */
    public Resampler(int from, int to) {
        if (from < 1000 || from > 400_000 || to < 1000 || to > 400_000) {
            throw new IllegalArgumentException(
                    "rates are 1,000 to 400,000 samples a second, not " + from + " to " + to);
        }
        int divisor = greatestCommonDivisor(from, to);
        this.up = to / divisor;
        this.down = from / divisor;
        this.taps = from == to ? 2 : 2 * (int) Math.ceil(ZERO_CROSSINGS * Math.max(1.0, (double) from / to));
        this.rows = from == to
                ? new float[][] {{1, 0}}
                : filter(Math.min(up, MOST_ROWS), taps, CUTOFF * Math.min(1.0, (double) to / from));
        this.buffer = new float[taps * 2];
        reset();
    }

    /**
     * Returns a resampler for sound that must not wait: each piece of it gives as long a piece at
     * once, whose sound is later by {@link #lookAhead}. The others keep the sound in its place and
     * give the first piece shorter by that much.
     */
    public static Resampler forLiveSound(int from, int to) {
        Resampler resampler = new Resampler(from, to);
        resampler.filled += resampler.lookAhead();
        return resampler;
    }

    /** Returns the maximum number of samples that {@link #resample} writes for this many. */
    public int maxOutput(int inputLength) {
        return (int) (((long) inputLength + taps) * up / down) + 1;
    }

    /**
     * Returns how many input samples past an instant the filter needs before it can output the
     * sample of that instant.
     */
    public int lookAhead() {
        return taps / 2;
    }

    /** Clears the history, as for a new stream. */
    public void reset() {
        Arrays.fill(buffer, 0);
        // Leading silence aligns output sample 0 exactly with input sample 0.
        filled = taps / 2 - 1;
        base = 0;
        phase = 0;
    }

    /**
     * Takes the next part of the stream and writes every output sample that can be computed so far.
     *
     * @param output room for {@link #maxOutput} samples from {@code outputOffset}
     * @return the number of samples written
     */
    public int resample(short[] input, int offset, int length, short[] output, int outputOffset) {
        append(input, offset, length);
        int written = outputOffset;
        while (base + taps <= filled) {
            float[] row = rows[up <= MOST_ROWS ? phase : (int) ((long) phase * MOST_ROWS / up)];
            float sum = 0;
            for (int i = 0; i < taps; i++) {
                sum += row[i] * buffer[base + i];
            }
            output[written++] = clip(sum);
            phase += down;
            base += phase / up;
            phase %= up;
        }
        return written - outputOffset;
    }

    /**
     * Converts a complete recording. The result has the same duration, to the sample, and nothing
     * is cut off at the end.
     */
    public static short[] convert(short[] input, int from, int to) {
        Resampler resampler = new Resampler(from, to);
        short[] tail = new short[resampler.lookAhead()];
        short[] output = new short[resampler.maxOutput(input.length + tail.length)];
        int written = resampler.resample(input, 0, input.length, output, 0);
        written += resampler.resample(tail, 0, tail.length, output, written);
        int exact = (int) (((long) input.length * to + from - 1) / from);
        return Arrays.copyOf(output, Math.min(written, exact));
    }

    private void append(short[] input, int offset, int length) {
        int drop = Math.min(base, filled);
        System.arraycopy(buffer, drop, buffer, 0, filled - drop);
        filled -= drop;
        base -= drop;
        if (filled + length > buffer.length) {
            buffer = Arrays.copyOf(buffer, filled + length);
        }
        for (int i = 0; i < length; i++) {
            buffer[filled + i] = input[offset + i];
        }
        filled += length;
    }

    private static short clip(float sample) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sample)));
    }

    private static float[][] filter(int places, int taps, double cutoff) {
        float[][] rows = new float[places][taps];
        double half = taps / 2.0;
        double[] row = new double[taps];
        for (int phase = 0; phase < places; phase++) {
            double sum = 0;
            for (int i = 0; i < taps; i++) {
                double distance = i - (half - 1) - (double) phase / places;
                row[i] = sinc(2 * cutoff * distance) * kaiser(distance / half);
                sum += row[i];
            }
            for (int i = 0; i < taps; i++) {
                rows[phase][i] = (float) (row[i] / sum);
            }
        }
        return rows;
    }

    private static double sinc(double x) {
        return Math.abs(x) < 1e-12 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static double kaiser(double x) {
        return Math.abs(x) > 1 ? 0 : bessel0(KAISER_BETA * Math.sqrt(1 - x * x)) / bessel0(KAISER_BETA);
    }

    /** The modified Bessel function of the first kind and order zero, by its power series. */
    private static double bessel0(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-12; k++) {
            term *= (x / (2 * k)) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
