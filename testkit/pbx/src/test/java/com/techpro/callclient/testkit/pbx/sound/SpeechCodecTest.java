// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.sound;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.sound.SpeechCodec.Fate;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpeechCodecTest {
    /** A second, and half a packet. */
    private static short[] tone(SpeechCodec codec) {
        Sound tone = Sound.tone(500, 8_000);
        short[] samples = new short[50 * codec.packet() + codec.packet() / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = tone.at(i, codec.sampleRate());
        }
        return samples;
    }

    @ParameterizedTest
    @EnumSource
    void a_tone_is_the_same_tone_after_each_codec(SpeechCodec codec) {
        short[] said = tone(codec);
        short[] heard = codec.coded(said, packet -> Fate.DECODED);
        assertThat(heard).hasSameSizeAs(said);
        short[] settled = Arrays.copyOfRange(heard, 10 * codec.packet(), 50 * codec.packet());
        assertThat(Sound.amplitudeOf(500, settled, codec.sampleRate())).isBetween(6_500.0, 9_000.0);
        assertThat(heard).isNotEqualTo(said);
        assertThat(codec.coded(said, packet -> Fate.DECODED)).isEqualTo(heard);
    }

    @ParameterizedTest
    @EnumSource
    void a_lost_packet_is_silent_or_made_up_and_nothing_else_is(SpeechCodec codec) {
        short[] said = tone(codec);
        int at = 20 * codec.packet();
        short[] silent = codec.coded(said, packet -> packet == 20 ? Fate.SILENT : Fate.DECODED);
        short[] concealed = codec.coded(said, packet -> packet == 20 ? Fate.CONCEALED : Fate.DECODED);
        assertThat(Arrays.copyOfRange(silent, at, at + codec.packet())).containsOnly(0);
        assertThat(energy(concealed, at, codec.packet()))
                .isGreaterThan(energy(concealed, at - codec.packet(), codec.packet()) / 4);
        short[] whole = codec.coded(said, packet -> Fate.DECODED);
        assertThat(Arrays.copyOf(silent, at)).isEqualTo(Arrays.copyOf(whole, at));
        assertThat(silent[at + codec.packet() + 5]).isNotZero();
    }

    private static double energy(short[] samples, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return sum;
    }
}
