// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.sound;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.testkit.pbx.media.FrameClock;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WavFileTest {
    /** Made by sox: {@code sox -D sounds.wav -e gsm-full-rate sounds-of-libgsm.wav}; {@link GsmSoxInteropTest} makes it anew. */
    @Test
    void GSM_06_10_is_encoded_as_libgsm_does_to_the_bit() throws IOException {
        byte[] ours = WavFile.write(GsmSounds.all(), WavFile.Encoding.WAV49);
        byte[] theirs;
        try (InputStream in = Objects.requireNonNull(WavFileTest.class.getResourceAsStream("sounds-of-libgsm.wav"))) {
            theirs = in.readAllBytes();
        }

        assertThat(ours).hasSameSizeAs(theirs);
        for (int block = 0; block * 65 < ours.length - 60; block++) {
            int from = 60 + block * 65;
            assertThat(Arrays.copyOfRange(ours, from, Math.min(ours.length, from + 65)))
                    .as("block %d", block)
                    .isEqualTo(Arrays.copyOfRange(theirs, from, Math.min(theirs.length, from + 65)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void written_samples_are_read_back_at_their_length(WavFile.Encoding encoding) {
        for (int length : new int[] {0, 1, 159, 160, 319, 320, 321, 8_001}) {
            short[] samples = Arrays.copyOf(Prompts.tone(440, 2_000), length);

            byte[] file = WavFile.write(samples, encoding);
            short[] read = WavFile.read(file);

            assertThat(file.length % 2).as("chunks are of an even length").isZero();
            assertThat(read).hasSize(length);
            if (encoding == WavFile.Encoding.PCM) {
                assertThat(read).isEqualTo(samples);
            } else if (encoding == WavFile.Encoding.MULAW) {
                for (int i = 0; i < length; i++) {
                    assertThat(read[i]).isEqualTo(G711.ULAW.decode(G711.ULAW.encode(samples[i])));
                }
            }
        }
    }

    @Test
    void GSM_06_10_is_a_tenth_of_linear_samples() {
        short[] minute = new short[60 * FrameClock.RATE];

        assertThat(10 * WavFile.write(minute, WavFile.Encoding.WAV49).length)
                .isLessThan(WavFile.write(minute, WavFile.Encoding.PCM).length + 30_000);
    }

    @Test
    void other_files_have_no_sound() {
        byte[] file = WavFile.write(Prompts.BEEP, WavFile.Encoding.WAV49);
        byte[] cut = Arrays.copyOf(file, file.length - 100);
        file[20] = 0x55;

        assertThat(WavFile.read(file)).isEmpty();
        assertThat(WavFile.read(cut)).isEmpty();
        assertThat(WavFile.read(new byte[3])).isEmpty();
    }
}
