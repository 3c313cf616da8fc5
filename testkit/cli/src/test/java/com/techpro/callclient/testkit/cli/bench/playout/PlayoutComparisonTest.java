// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench.playout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.testkit.cli.bench.playout.NetworkTrace.Arrival;
import com.techpro.callclient.testkit.cli.bench.playout.NetworkTrace.Condition;
import com.techpro.callclient.testkit.judge.curves.TestVoice;
import com.techpro.callclient.testkit.judge.speech.SampleRates;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class PlayoutComparisonTest {
    private static final short[] SPEECH = repeated(5);

    @ParameterizedTest
    @ValueSource(ints = {160, 555, 2_004})
    void sound_that_is_only_later_has_that_delay_and_no_damage(int samples) {
        PlayedSound judged = new PlayedSound(SPEECH, later(SPEECH, samples));
        assertThat(judged.delayMillis()).isCloseTo(samples / 8.0, within(0.01));
        assertThat(judged.damagedPercent()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"50, 1, 3", "20, 3, 6", "10, 6, 12"})
    void missing_frames_are_damage_in_proportion(int every, double least, double most) {
        short[] played = later(SPEECH, 600);
        for (int at = 0; at + 160 <= played.length; at += every * 160) {
            Arrays.fill(played, at + 77, Math.min(played.length, at + 77 + 160), (short) 0);
        }
        assertThat(new PlayedSound(SPEECH, played).damagedPercent()).isBetween(least, most);
    }

    @Test
    void a_cut_that_a_jitter_buffer_makes_is_followed() {
        short[] played = later(SPEECH, 800);
        System.arraycopy(played, 100_100, played, 100_000, played.length - 100_100);
        PlayedSound judged = new PlayedSound(SPEECH, played);
        assertThat(judged.damagedPercent()).isLessThan(0.5);
        assertThat(judged.delayMillis()).isBetween(91.0, 97.0);
    }

    @Test
    void other_speech_and_silence_are_damaged_throughout() {
        short[] backwards = new short[SPEECH.length];
        for (int i = 0; i < SPEECH.length; i++) {
            backwards[i] = SPEECH[SPEECH.length - 1 - i];
        }
        assertThat(new PlayedSound(SPEECH, new short[SPEECH.length]).damagedPercent())
                .isEqualTo(100);
        assertThat(new PlayedSound(SPEECH, backwards).damagedPercent()).isGreaterThan(95);
    }

    @ParameterizedTest
    @CsvSource({"EVEN, 0", "LOSS_1, 1", "LOSS_5, 5", "LOSS_10, 10", "LOSS_20, 20", "GAP, 4.8", "SPIKES, 0"})
    void a_network_loses_the_share_in_its_name(Condition condition, double percent) {
        NetworkTrace trace = NetworkTrace.of(condition, repeated(50), 3);
        long all = repeated(50).length / NetworkTrace.FRAME;
        assertThat(100.0 * (all - trace.arrivals().size()) / all).isCloseTo(percent, within(0.3 + percent / 4));
        assertThat(trace.arrivals()).isSortedAccordingTo((one, other) -> Double.compare(one.millis(), other.millis()));
        assertThat(trace.arrivals().stream().map(Arrival::sequence)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"EVEN, 75, 0", "DRIFT, 85, 0", "REBASE, 90, 0", "SOURCE, 80, 0.5", "UNIFORM, 150, 0.5", "LOSS_5, 90, 4"
    })
    void the_engine_plays_networks_with_little_delay_and_damage(Condition condition, double millis, double percent) {
        NetworkTrace trace = NetworkTrace.of(condition, SPEECH, 3);
        PlayedSound judged = new PlayedSound(SPEECH, EnginePlayer.play(trace, SPEECH.length + 8_000, 3));
        assertThat(judged.delayMillis()).isLessThan(millis);
        assertThat(judged.damagedPercent()).isLessThanOrEqualTo(percent);
    }

    private static short[] repeated(int times) {
        short[] voice = SampleRates.decimated(TestVoice.packaged().samples(), 2, 0);
        short[] speech = new short[times * voice.length];
        for (int i = 0; i < times; i++) {
            System.arraycopy(voice, 0, speech, i * voice.length, voice.length);
        }
        return speech;
    }

    private static short[] later(short[] speech, int samples) {
        short[] played = new short[speech.length + samples];
        System.arraycopy(speech, 0, played, samples, speech.length);
        return played;
    }
}
