// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class G711Test {
    /**
     * The decoder's output values in the units of tables 1a and 2a of the recommendation (4096 and 8159 full scale), for the first codeword of each
     * chord and the loudest of all.
     */
    @ParameterizedTest
    @CsvSource({
        "ULAW, FF, 0",
        "ULAW, EF, 33",
        "ULAW, DF, 99",
        "ULAW, CF, 231",
        "ULAW, BF, 495",
        "ULAW, AF, 1023",
        "ULAW, 9F, 2079",
        "ULAW, 8F, 4191",
        "ULAW, 80, 8031",
        "ULAW, 00, -8031",
        "ULAW, 7F, 0",
        "ALAW, D5, 1",
        "ALAW, C5, 33",
        "ALAW, F5, 66",
        "ALAW, E5, 132",
        "ALAW, 95, 264",
        "ALAW, 85, 528",
        "ALAW, B5, 1056",
        "ALAW, A5, 2112",
        "ALAW, AA, 4032",
        "ALAW, 2A, -4032",
        "ALAW, 55, -1",
    })
    void codewords_decode_to_the_values_of_the_recommendation(G711 law, String codeword, int value) {
        int unit = law == G711.ULAW ? 4 : 8;
        assertThat(law.decode((byte) Integer.parseInt(codeword, 16))).isEqualTo((short) (value * unit));
    }

    @ParameterizedTest
    @EnumSource
    void decoding_and_encoding_again_gives_the_codeword(G711 law) {
        for (int codeword = 0; codeword < 256; codeword++) {
            if (law == G711.ULAW && codeword == 0x7F) {
                // Negative zero: the encoder has only the positive one.
                continue;
            }
            assertThat(law.encode(law.decode((byte) codeword))).isEqualTo((byte) codeword);
        }
    }

    /** Where one chord ends and the next begins: the decision values x_17, x_33, ... of tables 1a and 2a. */
    private static int chord(G711 law, int magnitude) {
        int[] ulaw = {31, 95, 223, 479, 991, 2015, 4063};
        int[] alaw = {32, 64, 128, 256, 512, 1024, 2048};
        int[] ends = law == G711.ULAW ? ulaw : alaw;
        int unit = law == G711.ULAW ? 4 : 8;
        int chord = 0;
        while (chord < ends.length && magnitude >= ends[chord] * unit) {
            chord++;
        }
        return chord;
    }

    @ParameterizedTest
    @EnumSource
    void every_sample_is_coded_to_the_nearest_value_of_its_chord(G711 law) {
        // Up to the bits below the encoder's resolution
        int slack = law == G711.ULAW ? 4 : 16;
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            int error = Math.abs(law.decode(law.encode((short) sample)) - sample);
            int best = Integer.MAX_VALUE;
            for (int codeword = 0; codeword < 256; codeword++) {
                int value = law.decode((byte) codeword);
                if (chord(law, Math.abs(value)) == chord(law, Math.abs(sample))) {
                    best = Math.min(best, Math.abs(value - sample));
                }
            }
            assertThat(error).as("sample %d", sample).isLessThanOrEqualTo(best + slack);
        }
    }

    @ParameterizedTest
    @EnumSource
    void louder_is_never_coded_as_softer(G711 law) {
        for (int sample = Short.MIN_VALUE; sample < Short.MAX_VALUE; sample++) {
            assertThat(law.decode(law.encode((short) (sample + 1))))
                    .isGreaterThanOrEqualTo(law.decode(law.encode((short) sample)));
        }
    }

    @ParameterizedTest
    @CsvSource({"ULAW, 37", "ALAW, 37"})
    void a_sine_keeps_the_signal_to_noise_ratio_of_companding(G711 law, double decibels) {
        double signal = 0;
        double noise = 0;
        for (int i = 0; i < 8000; i++) {
            short sample = (short) Math.round(12000 * Math.sin(i * 2 * Math.PI * 1004 / 8000));
            int error = law.decode(law.encode(sample)) - sample;
            signal += (double) sample * sample;
            noise += (double) error * error;
        }
        assertThat(10 * Math.log10(signal / noise)).isGreaterThan(decibels);
    }

    @Test
    void silence_is_the_codeword_of_zero() {
        assertThat(G711.ULAW.silence()).isEqualTo((byte) 0xFF);
        assertThat(G711.ALAW.silence()).isEqualTo((byte) 0xD5);
    }
}
