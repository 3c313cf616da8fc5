// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.audio;

import com.techpro.callclient.adapters.javasound.pcm.Resampler;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Reads sound files into mono 16-bit samples at the rate one wants, and writes such samples as WAV. */
public final class WavFile {
    /** About 20 minutes of CD-quality stereo; a longer clip is surely a mistake. */
    private static final int MAX_BYTES = 200_000_000;

    private WavFile() {}

    /**
     * Reads a WAV file of any rate, mono or stereo (mixed down), PCM of 8 to 32 bits, µ-law or A-law.
     *
     * @throws IOException if it cannot be read or is no such file; the message says which
     */
    public static short[] read(Path file, int sampleRate) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return read(bytes, sampleRate);
        }
    }

    /** As {@link #read(Path, int)}, from a stream such as a class-path resource. */
    public static short[] read(InputStream bytes, int sampleRate) throws IOException {
        try (AudioInputStream encoded = AudioSystem.getAudioInputStream(new BufferedInputStream(bytes))) {
            AudioFormat stored = encoded.getFormat();
            int rate = Math.round(stored.getSampleRate());
            int channels = stored.getChannels();
            if (rate < 1000 || rate > 400_000 || channels < 1) {
                throw new IOException("its header asks for " + channels + " channels at " + rate + " samples a second");
            }
            AudioFormat linear = new AudioFormat(rate, 16, channels, true, false);
            if (!AudioSystem.isConversionSupported(linear, stored)) {
                throw new IOException("its encoding is " + stored + "; save it as 16-bit PCM");
            }
            try (AudioInputStream pcm = AudioSystem.getAudioInputStream(linear, encoded)) {
                byte[] data = pcm.readNBytes(MAX_BYTES + 1);
                if (data.length > MAX_BYTES) {
                    throw new IOException(
                            "it holds more than " + MAX_BYTES / 1_000_000 + " MB of sound; use a shorter clip");
                }
                return Resampler.convert(mixDown(data, channels), rate, sampleRate);
            }
        } catch (UnsupportedAudioFileException e) {
            throw new IOException("it is not a WAV file, or one in an unknown encoding", e);
        }
    }

    /** Writes 16-bit mono PCM, replacing the file. */
    public static void write(Path file, short[] samples, int sampleRate) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        AudioFormat format = new AudioFormat(sampleRate, 16, 1, true, false);
        try (AudioInputStream pcm =
                new AudioInputStream(new ByteArrayInputStream(bytes.array()), format, samples.length)) {
            AudioSystem.write(pcm, AudioFileFormat.Type.WAVE, file.toFile());
        }
    }

    private static short[] mixDown(byte[] data, int channels) {
        var interleaved = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        short[] mono = new short[interleaved.remaining() / channels];
        for (int i = 0; i < mono.length; i++) {
            int sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += interleaved.get(i * channels + channel);
            }
            mono[i] = (short) Math.round((float) sum / channels);
        }
        return mono;
    }
}
