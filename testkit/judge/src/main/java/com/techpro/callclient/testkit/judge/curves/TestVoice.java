// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.curves;

import com.techpro.callclient.testkit.judge.ear.Ear;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechClip.Rate;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.judge.speech.WavReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Six seconds of one voice at 16 kHz, to be degraded and judged. All voices have the same level,
 * and silence before the first word and after the last. Immutable.
 */
public final class TestVoice {
    private static final int LENGTH = 6 * Ear.SAMPLE_RATE;
    private static final int BEFORE = Ear.SAMPLE_RATE / 5;
    private static final int AFTER = Ear.SAMPLE_RATE / 2;
    private static final int FADE = Ear.SAMPLE_RATE / 100;
    /** Of 32,768: as far below full scale as people speak. */
    private static final double PEAK = 16_000;
    /** Speech begins at this level below the peak. */
    private static final double BEGUN = 30;

    private static final List<String> ESPEAK = List.of("en-gb+m3", "en-us+f3", "de+f4", "en-gb+whisper");

    private static final String SENTENCES =
            "Five young engineers quickly measure the jitter, the delay, and the echo on this telephone line."
                    + " Please hold; we shall hear each other again in a moment.";

    private final String name;
    private final short[] samples;

    private TestVoice(String name, short[] recording) {
        this.name = name;
        this.samples = prepared(recording);
    }

    /**
     * Creates a voice from a recording.
     *
     * @param recording 16 kHz; its first six seconds are used
     */
    public static TestVoice of(String name, short[] recording) {
        return new TestVoice(name, recording);
    }

    /** Returns the testkit's own voice. */
    public static TestVoice packaged() {
        try {
            SpeechSource source = new SpeechSource(SpeechClip.builtIn(), 0);
            short[] recording = new short[LENGTH];
            for (int i = 0; i < recording.length; i++) {
                recording[i] = source.at(Rate.WIDEBAND, i);
            }
            return new TestVoice("packaged", recording);
        } catch (IOException e) {
            throw new IllegalStateException("the packaged recording cannot be read", e);
        }
    }

    /** Returns four more voices, spoken by {@code espeak-ng}; none if it is not installed. */
    public static List<TestVoice> synthesised(WavReader reader) {
        List<TestVoice> voices = new ArrayList<>();
        for (String name : ESPEAK) {
            TestVoice voice = spoken(name, 150, 50, SENTENCES, reader);
            if (voice != null) {
                voices.add(voice);
            }
        }
        return Collections.unmodifiableList(voices);
    }

    /**
     * Returns what {@code espeak-ng} makes of a text: always the same.
     *
     * @param name of its voice
     * @param speed in words a minute
     * @param pitch 0 to 99, usually 50
     * @return null if it is not installed, or has no such voice
     */
    public static @Nullable TestVoice spoken(String name, int speed, int pitch, String text, WavReader reader) {
        try {
            // -D: without it the same text does not always sound the same.
            Process process = new ProcessBuilder(
                            "espeak-ng", "-D", "-v", name, "-s", "" + speed, "-p", "" + pitch, "--stdout", text)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            byte[] wav;
            try (InputStream out = process.getInputStream()) {
                wav = out.readAllBytes();
            }
            if (process.waitFor() == 0) {
                return new TestVoice("espeak " + name, reader.read(new ByteArrayInputStream(wav), Ear.SAMPLE_RATE));
            }
        } catch (IOException notInstalled) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    /**
     * Returns the WAV files of a folder, by their names.
     *
     * @throws IOException if the folder or one of its WAV files cannot be read, with its name
     */
    public static List<TestVoice> in(Path folder, WavReader reader) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.wav")) {
            found.forEach(files::add);
        }
        Collections.sort(files);
        List<TestVoice> voices = new ArrayList<>();
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            try (InputStream wav = Files.newInputStream(file)) {
                voices.add(new TestVoice(
                        name.substring(0, name.length() - ".wav".length()), reader.read(wav, Ear.SAMPLE_RATE)));
            } catch (IOException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
        }
        return Collections.unmodifiableList(voices);
    }

    private static short[] prepared(short[] recording) {
        double peak = 1;
        for (short sample : recording) {
            peak = Math.max(peak, Math.abs((double) sample));
        }
        double begun = peak / Math.pow(10, BEGUN / 20);
        int first = 0;
        while (first < recording.length && Math.abs((double) recording[first]) < begun) {
            first++;
        }
        short[] prepared = new short[LENGTH];
        int count = Math.min(recording.length - first, LENGTH - BEFORE - AFTER);
        for (int i = 0; i < count; i++) {
            double fade = Math.min(1, (count - i) / (double) FADE);
            prepared[BEFORE + i] = (short) Math.rint(fade * recording[first + i] * PEAK / peak);
        }
        return prepared;
    }

    /** Returns the name for people. */
    public String name() {
        return name;
    }

    /** Returns six seconds at 16 kHz. */
    public short[] samples() {
        return samples.clone();
    }

    /** Returns where the loudest stretch of this length begins. */
    int loudest(int count) {
        int best = 0;
        double most = -1;
        int step = Ear.SAMPLE_RATE / 200;
        for (int at = 0; at + count <= samples.length; at += step) {
            double quietest = Double.MAX_VALUE;
            for (int part = at; part < at + count; part += step) {
                double sum = 0;
                for (short sample : Arrays.copyOfRange(samples, part, part + step)) {
                    sum += (double) sample * sample;
                }
                quietest = Math.min(quietest, sum);
            }
            if (quietest > most) {
                most = quietest;
                best = at;
            }
        }
        return best;
    }

    @Override
    public String toString() {
        return name;
    }
}
