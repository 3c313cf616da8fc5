// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Conceals lost frames of waveform-coded speech by repeating its last pitch periods, similar to
 * ITU-T G.711 appendix I but without its delay. It repeats one period at first, after 20 ms two,
 * then three, to avoid a buzz. The level is full for 10 ms, then fades out until 60 ms. The
 * concealment is cross-faded into the next true frame.
 *
 * <p>Comfort noise replaces what faded out. It has the level and the spectrum of the quietest
 * frames that were heard, which are the background between two words. It is never louder than they
 * were.
 */
public final class LossConcealment {
    private static final int CORRELATED_MILLIS = 10;
    private static final int FULL_LOUDNESS_MILLIS = 10;
    private static final int SILENT_MILLIS = 60;
    private static final int LONGER_PERIOD_MILLIS = 20;
    private static final int LONGEST_FADE_MILLIS = 10;
    /** A single lost frame, its cross-fade included, needs no noise. */
    private static final int NOISE_MILLIS = 30;

    private static final int BACKGROUND_MILLIS = 20;
    private static final int BACKGROUND_COEFFICIENTS = 8;
    /** The loudest comfort noise, in -dBov. */
    private static final int LOUDEST_NOISE = 45;
    /** A frame below that level, as a mean square, is background. */
    private static final float QUIET = 33_950;
    /** A louder frame is background if it is 15 dB below the words ... */
    private static final float BELOW_WORDS = 31.6f;
    /** ... of the last seconds: their level falls by 1 dB a second. */
    private static final float WORDS_DECAY = 0.9954f;
    /**
     * With each frame of background the floor rises by a third of a decibel, to follow a louder
     * one.
     */
    private static final float FLOOR_RISE = 1.08f;

    private final int sampleRate;
    private final Pitch pitch;
    private final int correlated;
    private final int fullLoudness;
    private final int silent;
    private final int longerPeriod;
    private final int longestFade;
    private final int noiseAfter;
    private final int backgroundLength;
    /**
     * The latest true samples, as a ring: most frames are followed by another, and only copied
     * here.
     */
    private short[] latest = new short[0];
    /** Where the next sample goes in {@link #latest}; 0 during a loss, when they are in order. */
    private int next;

    /** Samples concealed since the last true one; 0 outside a loss. */
    private int lost;

    private int lag;
    private int repeated;
    private int position;
    /**
     * The step from the last true sample to the repeated period; it fades over the first quarter of
     * the period.
     */
    private float step;

    /** The energy of the samples since the last whole background frame, and how many those are. */
    private long energy;

    private int measured;
    /** The mean square of the loudest frames, and of the quietest ones. */
    private float words;

    private float floor = Float.POSITIVE_INFINITY;
    /** The autocorrelation of the quietest frame. */
    private final long[] background = new long[BACKGROUND_COEFFICIENTS + 1];

    private @Nullable Decoder noiseGenerator;
    /** The background as a payload of comfort noise. */
    private byte[] noisePayload = new byte[0];

    private short[] noise = new short[0];
    private int noisePosition;

    public LossConcealment(int sampleRate) {
        this.sampleRate = sampleRate;
        pitch = new Pitch(sampleRate);
        correlated = CORRELATED_MILLIS * sampleRate / 1000;
        fullLoudness = FULL_LOUDNESS_MILLIS * sampleRate / 1000;
        silent = SILENT_MILLIS * sampleRate / 1000;
        longerPeriod = LONGER_PERIOD_MILLIS * sampleRate / 1000;
        longestFade = LONGEST_FADE_MILLIS * sampleRate / 1000;
        noiseAfter = NOISE_MILLIS * sampleRate / 1000;
        backgroundLength = BACKGROUND_MILLIS * sampleRate / 1000;
    }

    /** Records a true frame; smooths its beginning if it ends a loss. */
    public void good(short[] samples, int from, int count) {
        if (lost > 0) {
            int fade = Math.min(count, Math.min(longestFade, lag / 4 + lost / 5));
            for (int i = 0; i < fade; i++) {
                float made = nextMade();
                samples[from + i] = (short) Math.round(made + (samples[from + i] - made) * (i + 1) / (fade + 1));
            }
            lost = 0;
        }
        // In the same steps whatever the frames' length is.
        for (int at = from, part; at < from + count; at += part) {
            part = Math.min(from + count - at, backgroundLength - measured);
            remember(samples, at, part);
            measure(samples, at, part);
        }
    }

    /** Writes {@code count} concealed samples. */
    public void conceal(short[] samples, int from, int count) {
        if (lost == 0) {
            begin();
        }
        make(samples, from, count);
    }

    private void make(short[] samples, int from, int count) {
        for (int i = 0; i < count; i++) {
            samples[from + i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(nextMade())));
        }
    }

    /**
     * Inserts one pitch period between earlier sound and these samples, to gain time.
     *
     * @return how many samples that is, at most {@link TimeScaling#most}
     */
    public int expand(short[] samples, int from) {
        if (lost > 0) {
            return 0;
        }
        begin();
        int period = lag;
        make(samples, from, period);
        return period;
    }

    /** Forgets the earlier sound: until there is more, concealment is silence. */
    public void forget() {
        Arrays.fill(latest, (short) 0);
        lost = 0;
        energy = 0;
        measured = 0;
        words = 0;
        floor = Float.POSITIVE_INFINITY;
        Arrays.fill(background, 0);
    }

    /** Whether the last samples were concealed. */
    public boolean concealing() {
        return lost > 0;
    }

    private void begin() {
        allocate();
        bringIntoOrder();
        lag = pitch.lag(latest, latest.length, correlated);
        repeated = lag;
        position = 0;
        step = latest[latest.length - 1] - latest[latest.length - 1 - lag];
    }

    /** Not before there is sound: many a call has no speaker, or none of its own rate. */
    private void allocate() {
        if (latest.length == 0) {
            latest = new short[3 * pitch.longest + pitch.longest / 4 + 1];
        }
    }

    /** Moves the oldest sample to the beginning, without room for a copy. */
    private void bringIntoOrder() {
        reverse(0, next);
        reverse(next, latest.length);
        reverse(0, latest.length);
        next = 0;
    }

    private void reverse(int from, int to) {
        for (int i = from, j = to - 1; i < j; i++, j--) {
            short sample = latest[i];
            latest[i] = latest[j];
            latest[j] = sample;
        }
    }

    /**
     * Returns a sample of the last periods, whose end is cross-faded into the sound before their
     * beginning, so that they form a loop.
     */
    private float ofPeriods(int at) {
        float sample = latest[latest.length - repeated + at];
        int overlap = lag / 4;
        int faded = at - repeated + overlap;
        if (faded < 0) {
            return sample;
        }
        float share = (faded + 1f) / (overlap + 1);
        return sample + (latest[latest.length - 2 * repeated + at] - sample) * share;
    }

    private float nextMade() {
        if (lost == noiseAfter) {
            beginNoise();
        }
        float noise = lost < noiseAfter ? 0 : nextNoise();
        if (lost >= silent) {
            return noise;
        }
        if (lost > 0 && lost % longerPeriod == 0 && repeated < 3 * lag) {
            // The newest period is the last one, so the position moves on by one period.
            repeated += lag;
            position += lag;
        }
        float sample = ofPeriods(position);
        int wearOff = Math.max(1, lag / 4);
        if (lost < wearOff) {
            sample += step * (wearOff - lost) / wearOff;
        }
        position = position + 1 >= repeated ? 0 : position + 1;
        float loudness = lost < fullLoudness ? 1 : (float) (silent - lost) / (silent - fullLoudness);
        lost++;
        return sample * loudness + noise * (1 - loudness);
    }

    private void beginNoise() {
        noisePayload = ComfortNoise.describe(background, backgroundLength, LOUDEST_NOISE);
        if (noiseGenerator == null) {
            noiseGenerator = ComfortNoise.generator(sampleRate);
            noise = new short[noiseGenerator.samples(noisePayload, 0, noisePayload.length)];
        }
        noisePosition = noise.length;
    }

    private float nextNoise() {
        if (noisePosition == noise.length && noiseGenerator != null) {
            noiseGenerator.decode(noisePayload, 0, noise, 0, noisePayload.length);
            noisePosition = 0;
        }
        return noise[noisePosition++];
    }

    private void measure(short[] samples, int from, int count) {
        for (int i = from; i < from + count; i++) {
            energy += samples[i] * samples[i];
        }
        measured += count;
        if (measured == backgroundLength) {
            judge((float) energy / backgroundLength);
            energy = 0;
            measured = 0;
        }
    }

    /** Learns the background from the last frame, if that is no word. */
    private void judge(float power) {
        words = Math.max(power, words * WORDS_DECAY);
        if (power > QUIET && power * BELOW_WORDS > words) {
            return;
        }
        // One more, so that it rises from silence, too.
        floor = floor * FLOOR_RISE + 1;
        if (power > floor) {
            return;
        }
        floor = power;
        bringIntoOrder();
        int from = latest.length - backgroundLength;
        for (int lag = 0; lag <= BACKGROUND_COEFFICIENTS; lag++) {
            long sum = 0;
            for (int i = from + lag; i < latest.length; i++) {
                sum += latest[i] * latest[i - lag];
            }
            background[lag] = sum;
        }
    }

    private void remember(short[] samples, int from, int count) {
        allocate();
        int kept = Math.min(count, latest.length);
        int start = from + count - kept;
        int first = Math.min(kept, latest.length - next);
        System.arraycopy(samples, start, latest, next, first);
        System.arraycopy(samples, start + first, latest, 0, kept - first);
        next = next + first == latest.length ? kept - first : next + first;
    }
}
