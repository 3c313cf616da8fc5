// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavFileTest {
    @TempDir
    Path directory;

    @Test
    void whatWasWrittenIsReadBackToTheSample() throws IOException {
        short[] noise = new short[4321];
        Random random = Seeds.random(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) random.nextInt();
        }
        Path file = directory.resolve("noise.wav");

        WavFile.write(file, noise, 8000);

        assertThat(WavFile.read(file, 8000)).isEqualTo(noise);
    }

    @Test
    void theWrittenHeaderIsThatOfAPlainPcmFile() throws IOException {
        Path file = directory.resolve("two.wav");

        WavFile.write(file, new short[] {1, -2}, 8000);

        assertThat(Files.readAllBytes(file)).isEqualTo(wav(8000, 1, 16, new byte[] {1, 0, (byte) 0xFE, (byte) 0xFF}));
    }

    @ParameterizedTest
    @CsvSource({"48000, 2, 16", "44100, 1, 16", "16000, 2, 8", "11025, 1, 8", "22050, 2, 24", "8000, 1, 16"})
    void aToneStaysTheToneFromAnyRateAndLayout(int rate, int channels, int bits) throws IOException {
        // Given one second of 440 Hz at half scale in every channel
        ByteBuffer data = ByteBuffer.allocate(rate * channels * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rate; i++) {
            double level = 0.5 * Math.sin(2 * Math.PI * 440 * i / rate);
            for (int channel = 0; channel < channels; channel++) {
                long sample = Math.round(level * ((1L << (bits - 1)) - 1));
                if (bits == 8) {
                    data.put((byte) (sample + 128));
                } else {
                    for (int shift = 0; shift < bits; shift += 8) {
                        data.put((byte) (sample >> shift));
                    }
                }
            }
        }

        short[] read = WavFile.read(new ByteArrayInputStream(wav(rate, channels, bits, data.array())), 8000);

        assertThat(read).hasSize(8000);
        int tolerance = bits == 8 ? 400 : 40; // a step of 8 bits is 256
        for (int i = 100; i < 7900; i++) {
            double expected = 16383.5 * Math.sin(2 * Math.PI * 440 * i / 8000);
            assertThat((double) read[i]).isBetween(expected - tolerance, expected + tolerance);
        }
    }

    @Test
    void aStreamedFileThatDoesNotKnowItsLengthIsReadToItsEnd() throws IOException {
        byte[] file = wav(8000, 1, 16, new byte[] {1, 0, 2, 0, 3, 0});
        ByteBuffer.wrap(file)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4, 0x7FFF_F024)
                .putInt(40, 0x7FFF_F000);

        assertThat(WavFile.read(new ByteArrayInputStream(file), 8000)).containsExactly(1, 2, 3);
    }

    @Test
    void whatIsNoSoundFileIsRefusedInWords() {
        byte[] text = "There is no sound in this file, only words.".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> WavFile.read(new ByteArrayInputStream(text), 8000))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a WAV file");
        assertThatThrownBy(() -> WavFile.read(new ByteArrayInputStream(new byte[0]), 8000))
                .isInstanceOf(IOException.class);
    }

    /** The canonical 44-byte header (Microsoft's RIFF/WAVE, 1991), written out by hand. */
    private static byte[] wav(int rate, int channels, int bits, byte[] data) {
        int block = channels * bits / 8;
        return ByteBuffer.allocate(44 + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(36 + data.length)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) channels)
                .putInt(rate)
                .putInt(rate * block)
                .putShort((short) block)
                .putShort((short) bits)
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(data.length)
                .put(data)
                .array();
    }
}
