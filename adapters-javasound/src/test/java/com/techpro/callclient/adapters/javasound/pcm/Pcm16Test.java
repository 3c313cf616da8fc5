// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Pcm16Test {
    private static final short[] EXTREMES = {0, 1, -1, 255, 256, -256, Short.MAX_VALUE, Short.MIN_VALUE};

    @Test
    void monoIsLittleEndianAsTheJdkWritesIt() {
        byte[] bytes = new byte[2 * EXTREMES.length];

        assertThat(Pcm16.fromMono(EXTREMES, EXTREMES.length, 1, 2, bytes)).isEqualTo(bytes.length);

        ByteBuffer expected = ByteBuffer.allocate(bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        expected.asShortBuffer().put(EXTREMES);
        assertThat(bytes).isEqualTo(expected.array());
    }

    @Test
    void whatWentToBothChannelsComesBackAsItWas() {
        byte[] bytes = new byte[4 * EXTREMES.length];
        short[] back = new short[EXTREMES.length];

        int length = Pcm16.fromMono(EXTREMES, EXTREMES.length, 2, 2, bytes);

        assertThat(Pcm16.toMono(bytes, length, 2, 2, back)).isEqualTo(EXTREMES.length);
        assertThat(back).isEqualTo(EXTREMES);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void moreThan16BitsAreReadAndWrittenInTheirUpperPart(int sampleBytes) {
        byte[] bytes = new byte[2 * sampleBytes * EXTREMES.length];
        short[] back = new short[EXTREMES.length];

        int length = Pcm16.fromMono(EXTREMES, EXTREMES.length, 2, sampleBytes, bytes);

        assertThat(length).isEqualTo(bytes.length);
        assertThat(Arrays.copyOfRange(bytes, sampleBytes - 3, sampleBytes)).containsExactly(0, 0, 0);
        assertThat(bytes[3 * sampleBytes - 2]).isEqualTo((byte) 1);
        assertThat(Pcm16.toMono(bytes, length, 2, sampleBytes, back)).isEqualTo(EXTREMES.length);
        assertThat(back).isEqualTo(EXTREMES);
    }

    @Test
    void channelsAreMixedToTheirMeanWithoutOverflow() {
        ByteBuffer stereo = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        stereo.asShortBuffer().put(new short[] {1000, 3000, Short.MAX_VALUE, Short.MAX_VALUE, -100, 100});
        short[] mono = new short[3];

        Pcm16.toMono(stereo.array(), 12, 2, 2, mono);

        assertThat(mono).containsExactly(2000, Short.MAX_VALUE, 0);
    }
}
