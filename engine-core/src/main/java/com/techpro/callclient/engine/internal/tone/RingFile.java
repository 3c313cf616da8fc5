// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.tone;

import com.techpro.callclient.engine.internal.voicemail.audio.Recording;
import com.techpro.callclient.engine.internal.voicemail.audio.SoundDecoder;
import com.techpro.callclient.engine.internal.voicemail.audio.UnplayableException;
import com.techpro.callclient.engine.tone.ToneProblem;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.pcm.Resampler;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads the user's own ringtone. */
public final class RingFile {
    private static final int MOST_SECONDS = 30;
    /** A shorter one is only a click. */
    private static final int LEAST_MILLIS = 100;

    private RingFile() {}

    /** Says why a file cannot be used as a ringtone. */
    public static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1;

        private final ToneProblem problem;

        UnusableException(ToneProblem problem) {
            super(problem.name());
            this.problem = problem;
        }

        public ToneProblem problem() {
            return problem;
        }
    }

    /** Reads the first thirty seconds of the file. Blocks; call it on a worker. */
    public static Tone.Recorded read(Path file) throws UnusableException {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            SoundDecoder sound = Recording.decoder(bytes);
            short[] samples = samples(sound);
            if (samples.length < sound.sampleRate() * LEAST_MILLIS / 1_000) {
                throw new UnusableException(ToneProblem.RING_FILE_UNPLAYABLE);
            }
            int narrow = AudioFormat.NARROWBAND.sampleRate();
            Tone.Recorded narrowband = sound.sampleRate() == narrow
                    ? null
                    : new Tone.Recorded(Resampler.convert(samples, sound.sampleRate(), narrow), narrow, null);
            return new Tone.Recorded(samples, sound.sampleRate(), narrowband);
        } catch (UnplayableException e) {
            throw new UnusableException(ToneProblem.RING_FILE_UNPLAYABLE);
        } catch (IOException | SecurityException e) {
            throw new UnusableException(ToneProblem.RING_FILE_UNREADABLE);
        }
    }

    private static short[] samples(SoundDecoder sound) throws IOException {
        short[] samples = new short[MOST_SECONDS * sound.sampleRate()];
        short[] block = new short[4_096];
        int length = 0;
        for (int read = sound.read(block); read >= 0 && length < samples.length; read = sound.read(block)) {
            int taken = Math.min(read, samples.length - length);
            System.arraycopy(block, 0, samples, length, taken);
            length += taken;
        }
        return Arrays.copyOf(samples, length);
    }
}
