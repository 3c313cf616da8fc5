// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The oracle is the G.722 of FFmpeg 7.1, which shares no code with ours. It gave {@code g722-ffmpeg.g722} for {@link #signal} and the digests of what it decoded:
 *
 * <pre>
 *   ffmpeg -f s16le -ar 16000 -ac 1 -i signal.raw -c:a g722 -f g722 g722-ffmpeg.g722
 *   ffmpeg -f g722 -i g722-ffmpeg.g722 -f s16le decoded.raw
 * </pre>
 */
class G722Test {
    private static final int RATE = 16_000;

    @Test
    void codewords_are_those_of_another_implementation_to_the_bit() throws IOException {
        short[] signal = signal();
        byte[] coded = new byte[signal.length / 2];

        int octets = G722.INSTANCE.newEncoder("").encode(signal, 0, coded, 0, signal.length);

        assertThat(octets).isEqualTo(coded.length);
        assertThat(coded).isEqualTo(vector());
    }

    @Test
    void samples_are_those_of_another_implementation_to_the_bit() throws Exception {
        assertThat(digest(decoded(vector())))
                .isEqualTo("a9f9d1a8e448bbc85dd1b5caef9a0b18fb5185137dd1acffb2e891a771acf502");
    }

    @Test
    void codewords_that_no_encoder_sends_are_decoded_as_another_implementation_does() throws Exception {
        byte[] random = new byte[8_000];
        Seeds.random(1).nextBytes(random);
        assertThat(digest(decoded(random)))
                .isEqualTo("9254d0611fbb3c79aa109ddeef771853561f7b1157731b811993e560ecb26ead");
    }

    @Test
    void a_stream_in_packets_of_any_length_gives_the_same_as_in_one() throws IOException {
        short[] signal = signal();
        byte[] coded = new byte[signal.length / 2];
        Encoder encoder = G722.INSTANCE.newEncoder("");
        Decoder decoder = G722.INSTANCE.newDecoder();
        short[] heard = new short[signal.length];
        Random random = Seeds.random(5);
        for (int at = 0; at < coded.length; ) {
            int octets = Math.min(coded.length - at, random.nextInt(200));
            assertThat(encoder.encode(signal, 2 * at, coded, at, 2 * octets)).isEqualTo(octets);
            assertThat(decoder.samples(coded, at, octets)).isEqualTo(2 * octets);
            assertThat(decoder.decode(coded, at, heard, 2 * at, octets)).isEqualTo(2 * octets);
            at += octets;
        }

        assertThat(coded).isEqualTo(vector());
        assertThat(heard).isEqualTo(decoded(vector()));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 1_000, 3_000, 5_000, 6_500})
    void tones_of_both_bands_come_through_at_their_level(int hertz) {
        short[] tone = new short[RATE];
        for (int i = 0; i < RATE; i++) {
            tone[i] = (short) (8_000 * Math.sin(2 * Math.PI * hertz * i / RATE));
        }
        byte[] coded = new byte[RATE / 2];
        G722.INSTANCE.newEncoder("").encode(tone, 0, coded, 0, RATE);
        short[] heard = decoded(coded);

        double real = 0;
        double imaginary = 0;
        for (int i = RATE / 10; i < RATE; i++) {
            real += heard[i] * Math.cos(2 * Math.PI * hertz * i / RATE);
            imaginary += heard[i] * Math.sin(2 * Math.PI * hertz * i / RATE);
        }
        double amplitude = 2 * Math.hypot(real, imaginary) / (RATE - RATE / 10.0);
        assertThat(amplitude).isBetween(7_400.0, 8_600.0);
    }

    @Test
    void RFC3551_4_5_2_the_clock_counts_half_the_samples() {
        assertThat(G722.INSTANCE.clockRate()).isEqualTo(8_000);
        assertThat(G722.INSTANCE.sampleRate()).isEqualTo(RATE);
        assertThat(G722.INSTANCE.clockUnits(320)).isEqualTo(160);
        assertThat(G722.INSTANCE.staticPayloadType()).isEqualTo(9);
    }

    /** A sweep over the band, noise that is loud and soft in turn, and a square wave as loud as can be. */
    private static short[] signal() {
        short[] samples = new short[24_000];
        Random random = Seeds.random(722);
        double phase = 0;
        for (int i = 0; i < samples.length; i++) {
            double sample;
            if (i < 12_000) {
                phase += 2 * Math.PI * (50 + 7_500.0 * i / 12_000) / RATE;
                sample = 12_000 * StrictMath.sin(phase);
            } else if (i < 20_000) {
                sample = (random.nextInt(2_001) - 1_000) * (i % 4_000 < 2_000 ? 20.0 : 0.3);
            } else {
                sample = i / 20 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
            }
            samples[i] = (short) sample;
        }
        return samples;
    }

    private static short[] decoded(byte[] coded) {
        short[] samples = new short[2 * coded.length];
        G722.INSTANCE.newDecoder().decode(coded, 0, samples, 0, coded.length);
        return samples;
    }

    private static byte[] vector() throws IOException {
        try (InputStream in = G722Test.class.getResourceAsStream("g722-ffmpeg.g722")) {
            return in.readAllBytes();
        }
    }

    private static String digest(short[] samples) throws NoSuchAlgorithmException {
        ByteBuffer octets = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        octets.asShortBuffer().put(samples);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets.array()));
    }
}
