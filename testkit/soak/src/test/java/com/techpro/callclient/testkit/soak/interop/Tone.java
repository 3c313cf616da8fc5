// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.ports.audio.pcm.Resampler;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * The voice of one of several who speak at once: a pitch, by which it is found in what the others hear. Recordings are looked at a fifth of a second
 * at a time, in which every multiple of 5 Hz goes round a whole number of times and so does not blur into another.
 */
record Tone(int hertz, short[] once) {
    private static final int RATE = HeadlessAudio.RATE;
    private static final double AMPLITUDE = 8_000;
    private static final int WINDOW = RATE / 5;
    private static final int HEADER_BYTES = 44;
    private static final Duration LONGER_THAN_ANY_TEST = Duration.ofMinutes(3);

    /** Half of what G.711 leaves of it, and ten times of what a torn window of the others blurs into it. */
    private static final double PRESENT = AMPLITUDE / 2;

    /** @param hertz a multiple of five */
    static Tone of(int hertz) {
        return new Tone(hertz, samples(hertz, Duration.ofSeconds(1)));
    }

    /** As a file, for phones that do not begin it anew. */
    Path write(Path file) {
        try {
            WavFile.write(file, samples(hertz, LONGER_THAN_ANY_TEST), RATE);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HeadlessAudio phone() {
        return new HeadlessAudio(once);
    }

    /** How long all of these were heard at once. */
    static Duration together(short[] heard, Tone... tones) {
        int windows = 0;
        for (int at = 0; at + WINDOW <= heard.length; at += WINDOW) {
            short[] window = Arrays.copyOfRange(heard, at, at + WINDOW);
            windows += Arrays.stream(tones).allMatch(tone -> tone.level(window) > PRESENT) ? 1 : 0;
        }
        return Duration.ofMillis(1_000L * windows * WINDOW / RATE);
    }

    /** The end of what was heard. */
    static short[] last(Duration length, short[] heard) {
        int samples = (int) (length.toMillis() * RATE / 1_000);
        return Arrays.copyOfRange(heard, Math.max(0, heard.length - samples), heard.length);
    }

    /** How loud it was where it was loudest. */
    double loudest(short[] heard) {
        double loudest = 0;
        for (int at = 0; at + WINDOW <= heard.length; at += WINDOW) {
            loudest = Math.max(loudest, level(Arrays.copyOfRange(heard, at, at + WINDOW)));
        }
        return loudest;
    }

    /** A recording by somebody else, even while it grows: then its header is wrong, or not there yet. */
    static short[] read(Path wav) {
        return read(wav, RATE);
    }

    /** @param undescribedRate samples a second while the header is not there */
    static short[] read(Path wav, int undescribedRate) {
        try {
            if (!Files.exists(wav)) {
                return new short[0];
            }
            byte[] bytes = Files.readAllBytes(wav);
            ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            if (bytes.length < HEADER_BYTES) {
                return new short[0];
            }
            boolean described = file.getInt(0) != 0;
            int channels = described ? file.getShort(22) : 1;
            int rate = described ? file.getInt(24) : undescribedRate;
            if (described && file.getShort(34) != 16) {
                throw new AssertionError("it was not recorded with 16 bits");
            }
            // One channel tells as much as all.
            short[] samples = new short[(bytes.length - HEADER_BYTES) / 2 / channels];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = file.getShort(HEADER_BYTES + 2 * i * channels);
            }
            return Resampler.convert(samples, rate, RATE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double level(short[] window) {
        return Sound.amplitudeOf(hertz, window, RATE);
    }

    private static short[] samples(int hertz, Duration length) {
        Sound sound = Sound.tone(hertz, AMPLITUDE);
        short[] samples = new short[(int) length.toSeconds() * RATE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = sound.at(i, RATE);
        }
        return samples;
    }
}
