// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.speech;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Recorded mono speech, with the parts that are loud enough to count. Positions are in samples of 8
 * kHz, whatever a sound card's rate. Immutable.
 */
public final class SpeechClip {
    public static final int SAMPLE_RATE = 8000;
    public static final int FRAME = 160;
    /** The rate of wideband codecs' speech. */
    public static final int WIDEBAND_RATE = 2 * SAMPLE_RATE;

    /** The rate of Opus. No recording here has anything above 8 kHz. */
    private static final int FULLBAND_RATE = 6 * SAMPLE_RATE;

    /**
     * A frame this much quieter than loud ones is a pause: its loss is inaudible, and noise
     * dominates its comparison.
     */
    private static final double PAUSE_BELOW_LOUD = Math.pow(10, -26 / 20.0);

    private static final double LOUD_QUANTILE = 0.95;
    private static final int SHORTEST_SECONDS = 2;
    private static final int HEADER_BYTES = 44;
    private static final double LEAST_SPEECH = 0.3;
    private static final double LEAST_LEVEL = 200;

    private final short[] samples;
    private final short[] wideband;
    private final double pauseLevel;
    /** Of each frame. */
    private final double[] levels;

    private volatile short @Nullable [] fullband;

    /** From a recording with nothing above 4 kHz. */
    SpeechClip(short[] samples) {
        this(samples, SampleRates.interpolated(samples, 2));
    }

    /**
     * The same recording at two rates.
     *
     * @param samples 8 kHz
     * @param wideband 16 kHz
     * @throws IllegalArgumentException with the reason, if this cannot be judged
     */
    SpeechClip(short[] samples, short[] wideband) {
        this.samples = samples.clone();
        this.wideband = Arrays.copyOf(wideband, 2 * samples.length);
        if (samples.length < SHORTEST_SECONDS * SAMPLE_RATE) {
            throw new IllegalArgumentException("it is shorter than " + SHORTEST_SECONDS + " seconds");
        }
        this.levels = new double[samples.length / FRAME];
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

    /** Returns the testkit's own clip. */
    public static SpeechClip builtIn() throws IOException {
        return new SpeechClip(resource("speech.wav"), resource("speech-16k.wav"));
    }

    /** The samples of a file with nothing but 16-bit mono PCM after its header. */
    private static short[] resource(String name) throws IOException {
        try (InputStream wav = Objects.requireNonNull(
                SpeechClip.class.getResourceAsStream(name), name + " belongs beside this class")) {
            byte[] file = wav.readAllBytes();
            short[] samples = new short[(file.length - HEADER_BYTES) / 2];
            ByteBuffer.wrap(file, HEADER_BYTES, 2 * samples.length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(samples);
            return samples;
        }
    }

    /** @throws IOException if the file is unreadable or unsuitable; the message says why */
    public static SpeechClip read(Path wav, WavReader reader) throws IOException {
        try (InputStream narrow = Files.newInputStream(wav);
                InputStream wide = Files.newInputStream(wav)) {
            return new SpeechClip(reader.read(narrow, SAMPLE_RATE), reader.read(wide, WIDEBAND_RATE));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Returns a tone, identified by its pitch; a whole number of hertz, so that it loops without a
     * click.
     */
    public static SpeechClip tone(int hertz, double amplitude) {
        short[] samples = new short[SHORTEST_SECONDS * SAMPLE_RATE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * i / SAMPLE_RATE));
        }
        return new SpeechClip(samples);
    }

    public int length() {
        return samples.length;
    }

    /** Returns the root mean square below which a frame is a pause. */
    public double pauseLevel() {
        return pauseLevel;
    }

    /** Whether the frame with this sample is a pause. */
    boolean isPause(int index) {
        return levels[Math.min(levels.length - 1, index / FRAME)] < pauseLevel;
    }

    short at(int index) {
        return samples[index];
    }

    /** Returns the whole clip at a sound card's rate; do not modify it. */
    short[] at(Rate rate) {
        switch (rate) {
            case NARROWBAND:
                return samples;
            case WIDEBAND:
                return wideband;
            default:
                short[] made = fullband;
                if (made == null) {
                    made = SampleRates.interpolated(wideband, FULLBAND_RATE / WIDEBAND_RATE);
                    fullband = made;
                }
                return made;
        }
    }

    /** The rates of the soak's sound cards. */
    public enum Rate {
        NARROWBAND(SAMPLE_RATE),
        WIDEBAND(WIDEBAND_RATE),
        FULLBAND(FULLBAND_RATE);

        private final int hertz;

        Rate(int hertz) {
            this.hertz = hertz;
        }

        public int hertz() {
            return hertz;
        }

        /** Returns the samples for each of 8 kHz. */
        public int factor() {
            return hertz / SAMPLE_RATE;
        }

        /** Null if there is no such rate. */
        public static @Nullable Rate of(int hertz) {
            return Arrays.stream(values())
                    .filter(rate -> rate.hertz == hertz)
                    .findFirst()
                    .orElse(null);
        }
    }

    private static double rms(short[] samples, int from) {
        double sum = 0;
        for (int i = from; i < from + FRAME; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / FRAME);
    }
}
