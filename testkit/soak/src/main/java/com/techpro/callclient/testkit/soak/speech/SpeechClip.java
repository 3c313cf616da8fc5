// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.speech;

import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** Recorded speech, 8 kHz mono, and which parts of it are loud enough to count. Immutable. */
public final class SpeechClip {
    public static final int SAMPLE_RATE = 8000;
    public static final int FRAME = 160;

    /** Quieter than the loud frames by this much, a frame is a pause: its loss nobody hears, and noise decides its comparison. */
    private static final double PAUSE_BELOW_LOUD = Math.pow(10, -26 / 20.0);

    private static final double LOUD_QUANTILE = 0.95;
    private static final int SHORTEST_SECONDS = 2;
    private static final double LEAST_SPEECH = 0.3;
    private static final double LEAST_LEVEL = 200;

    private final short[] samples;
    private final double pauseLevel;

    /** @throws IllegalArgumentException with what is wrong, if nothing could be told from hearing this */
    SpeechClip(short[] samples) {
        this.samples = samples.clone();
        if (samples.length < SHORTEST_SECONDS * SAMPLE_RATE) {
            throw new IllegalArgumentException("it is shorter than " + SHORTEST_SECONDS + " seconds");
        }
        double[] levels = new double[samples.length / FRAME];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = rms(samples, i * FRAME);
        }
        double[] sorted = levels.clone();
        Arrays.sort(sorted);
        double loud = sorted[(int) (LOUD_QUANTILE * (sorted.length - 1))];
        if (loud < LEAST_LEVEL) {
            throw new IllegalArgumentException("it is too quiet to be speech");
        }
        this.pauseLevel = loud * PAUSE_BELOW_LOUD;
        long active = Arrays.stream(levels).filter(level -> level >= pauseLevel).count();
        if (active < LEAST_SPEECH * levels.length) {
            throw new IllegalArgumentException("it is mostly silence");
        }
    }

    /** The clip that comes with the testkit. */
    public static SpeechClip builtIn() throws IOException {
        try (InputStream wav = Objects.requireNonNull(
                SpeechClip.class.getResourceAsStream("speech.wav"), "speech.wav belongs beside this class")) {
            return new SpeechClip(WavFile.read(wav, SAMPLE_RATE));
        }
    }

    /** @throws IOException if the file cannot be read or does not serve; the message says why */
    public static SpeechClip read(Path wav) throws IOException {
        try {
            return new SpeechClip(WavFile.read(wav, SAMPLE_RATE));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** A tone instead of speech, to be told from others by its pitch; a whole number of hertz, so that it loops without a click. */
    public static SpeechClip tone(int hertz, double amplitude) {
        Sound tone = Sound.tone(hertz, amplitude);
        short[] samples = new short[SHORTEST_SECONDS * SAMPLE_RATE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = tone.at(i, SAMPLE_RATE);
        }
        return new SpeechClip(samples);
    }

    public int length() {
        return samples.length;
    }

    /** Root mean square below which a frame is a pause. */
    public double pauseLevel() {
        return pauseLevel;
    }

    short at(int index) {
        return samples[index];
    }

    private static double rms(short[] samples, int from) {
        double sum = 0;
        for (int i = from; i < from + FRAME; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / FRAME);
    }
}
