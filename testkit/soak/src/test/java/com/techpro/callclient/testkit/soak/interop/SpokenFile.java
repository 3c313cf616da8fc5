// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A minute of speech as a file, and the proof that a recording holds it. The proof is this suite's own and simple on purpose: each
 * loud moment of the recording is looked for in the whole of the speech, and consecutive ones must be found in order.
 */
final class SpokenFile {
    static final Duration ENOUGH = Duration.ofSeconds(5);
    static final Duration A_WORD = Duration.ofSeconds(1);

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int RATE = 8000;
    private static final int REPEATS = 8;
    /** Correlations are made at a quarter of the rate, where most of a voice's energy is anyway. */
    private static final int DECIMATION = 4;

    /** A sixth of a second: little enough for a jitter buffer that stretches time in between. */
    private static final int WINDOW = RATE / DECIMATION / 6;

    /** Two frames of 20 ms. */
    private static final int SPLICE = RATE / DECIMATION / 25;

    private static final int LOUD = 300;
    private static final double FOUND = 0.75;
    private static final int LEAST_WINDOWS = 10;
    private static final Match NOWHERE = new Match(0, 0);

    private final Path file;
    private final short[] once;
    private final float[] reference;

    SpokenFile(Path file, short[] once) {
        this.file = file;
        this.once = once;
        this.reference = decimate(once);
    }

    /** Lets espeak-ng say something long enough, and writes it several times over. */
    static SpokenFile write(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        PeerProcess.run(
                directory,
                LIMIT,
                "espeak-ng",
                "-D",
                "-w",
                "once-raw.wav",
                "The harbour master counted seven boats before breakfast, two of them green,"
                        + " and wrote a short note about the weather for whoever might read it.");
        PeerProcess.run(directory, LIMIT, "sox", "once-raw.wav", "-r", "8000", "-c", "1", "-b", "16", "once.wav");
        PeerProcess.run(
                directory,
                LIMIT,
                "sox",
                "once.wav",
                file.toAbsolutePath().toString(),
                "repeat",
                Integer.toString(REPEATS - 1));
        try {
            return new SpokenFile(file.toAbsolutePath(), WavFile.read(directory.resolve("once.wav"), RATE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file() {
        return file;
    }

    /** A microphone that hears this speech over and over, and a speaker that remembers. */
    Ear ear() {
        return new Ear();
    }

    void assertHeardIn(Path recording) {
        try {
            assertHeardSamples(WavFile.read(recording, RATE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void assertHeardSamples(short[] heard) {
        float[] samples = decimate(heard);
        int loud = 0;
        int found = 0;
        int pairs = 0;
        int inOrder = 0;
        int previous = -1;
        int expected = -1;
        for (int at = 0; at + WINDOW <= samples.length; at += WINDOW) {
            expected = expected < 0 ? -1 : (expected + WINDOW) % reference.length;
            if (level(samples, at) < LOUD) {
                previous = -1;
                continue;
            }
            loud++;
            Match match = expected < 0 ? NOWHERE : whereDue(samples, at, expected);
            if (match.correlation < FOUND) {
                match = best(samples, at, WINDOW, 0, reference.length);
            }
            if (match.correlation < FOUND) {
                previous = -1;
                continue;
            }
            expected = match.offset;
            found++;
            if (previous >= 0) {
                pairs++;
                int step = Math.floorMod(match.offset - previous, reference.length);
                inOrder += Math.abs(step - WINDOW) < WINDOW / 3 ? 1 : 0;
            }
            previous = match.offset;
        }
        if (loud < LEAST_WINDOWS || found < 0.7 * loud || pairs < 3 || inOrder < 0.6 * pairs) {
            throw new AssertionError(
                    "the speech was not heard: of " + samples.length / WINDOW + " windows " + loud + " were loud, "
                            + found + " of these hold the speech, " + inOrder + " of " + pairs + " pairs in order");
        }
    }

    /**
     * About where the speech should be by now, if it is there: the same vowel elsewhere does not count. A jitter buffer that shortens
     * or stretches the sound within a window leaves one half of it.
     */
    private Match whereDue(float[] samples, int at, int expected) {
        Match whole = best(samples, at, WINDOW, expected - SPLICE, 2 * SPLICE + 1);
        if (whole.correlation >= FOUND) {
            return whole;
        }
        int half = WINDOW / 2;
        Match first = best(samples, at, half, expected - SPLICE, 2 * SPLICE + 1);
        Match second = best(samples, at + half, half, expected + half - SPLICE, 2 * SPLICE + 1);
        return second.correlation > first.correlation
                ? new Match(Math.floorMod(second.offset - half, reference.length), second.correlation)
                : first;
    }

    /** The most similar stretch of the speech that begins at one of so many places, from the first on. */
    private Match best(float[] samples, int at, int length, int first, int places) {
        double energy = 0;
        for (int i = 0; i < length; i++) {
            energy += samples[at + i] * samples[at + i];
        }
        double bestCorrelation = 0;
        int bestOffset = 0;
        for (int place = 0; place < places; place++) {
            int offset = Math.floorMod(first + place, reference.length);
            float product = 0;
            float own = 0;
            for (int i = 0, j = offset; i < length; i++, j++) {
                if (j == reference.length) {
                    j = 0;
                }
                product += samples[at + i] * reference[j];
                own += reference[j] * reference[j];
            }
            double correlation = own == 0 || energy == 0 ? 0 : product / Math.sqrt(own * energy);
            if (correlation > bestCorrelation) {
                bestCorrelation = correlation;
                bestOffset = offset;
            }
        }
        return new Match(bestOffset, bestCorrelation);
    }

    private record Match(int offset, double correlation) {}

    private static double level(float[] samples, int at) {
        double sum = 0;
        for (int i = 0; i < WINDOW; i++) {
            sum += samples[at + i] * samples[at + i];
        }
        return Math.sqrt(sum / WINDOW);
    }

    private static float[] decimate(short[] samples) {
        float[] result = new float[samples.length / DECIMATION];
        for (int i = 0; i < result.length; i++) {
            float sum = 0;
            for (int j = 0; j < DECIMATION; j++) {
                sum += samples[i * DECIMATION + j];
            }
            result[i] = sum / DECIMATION;
        }
        return result;
    }

    /** The audio of one phone. */
    final class Ear extends HeadlessAudio {
        private Ear() {
            super(once);
        }

        void assertHeard() {
            assertHeardSamples(heard());
        }
    }
}
