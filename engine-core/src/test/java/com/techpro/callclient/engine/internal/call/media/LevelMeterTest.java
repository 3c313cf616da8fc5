// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.engine.call.MicrophoneWarning;
import com.techpro.callclient.engine.call.SoundLevel;
import com.techpro.callclient.testkit.contracts.Sound;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Levels are those of the last tenth of a second, against full scale. */
class LevelMeterTest {
    private static final int RATE = 16_000;
    private static final int FRAME = RATE / 50;
    /** A tone at full scale, the upper half of which is cut off. */
    private static final Sound CUT_OFF = (index, rate) ->
            (short) Math.min(32_767, 2 * Sound.tone(300, 32_000).at(index, rate));

    private final LevelMeter meter = new LevelMeter(RATE);

    @ParameterizedTest
    @CsvSource({"32767, -3.01, 0", "8000, -15.26, -12.25", "100, -53.3, -50.3"})
    void a_tone_is_3_dB_below_its_peak(double amplitude, double rms, double peak) {
        speak(Sound.tone(1_000, amplitude), 5);

        assertThat(meter.level().rms()).isEqualTo(rms, within(0.1));
        assertThat(meter.level().peak()).isEqualTo(peak, within(0.1));
    }

    @Test
    void there_is_no_level_before_a_tenth_of_a_second() {
        speak(Sound.tone(1_000, 8_000), 4);
        assertThat(meter.level()).isNull();
        speak(Sound.tone(1_000, 8_000), 1);
        assertThat(meter.level()).isNotNull();
    }

    @Test
    void earlier_loud_sound_does_not_count() {
        speak(Sound.tone(1_000, 30_000), 5);
        speak(Sound.SILENCE, 5);

        assertThat(meter.level()).isEqualTo(SoundLevel.SILENCE);
    }

    @Test
    void the_loudest_negative_sample_is_full_scale() {
        short[] loudest = new short[RATE / 10];
        Arrays.fill(loudest, Short.MIN_VALUE);
        meter.measure(loudest);

        assertThat(meter.level()).isEqualTo(new SoundLevel(0, 0));
    }

    @Test
    void measuring_leaves_the_sound_as_it_is() {
        short[] said = {1, -2, 3};
        meter.measure(said);

        assertThat(said).containsExactly(1, -2, 3);
    }

    @Test
    void a_microphone_without_any_signal_is_told_after_three_seconds() {
        speak(Sound.SILENCE, 149);
        assertThat(meter.warnings()).isEmpty();
        speak(Sound.SILENCE, 1);
        assertThat(meter.warnings()).containsExactly(MicrophoneWarning.NO_SIGNAL);
        speak(Sound.tone(300, 3), 5);
        assertThat(meter.warnings()).isEmpty();
    }

    @Test
    void a_muted_microphone_is_silent_without_a_warning() {
        meter.setMuted(true);
        speak(Sound.SILENCE, 500);
        assertThat(meter.warnings()).isEmpty();
        meter.setMuted(false);
        speak(Sound.SILENCE, 100);
        assertThat(meter.warnings()).isEmpty();
    }

    @Test
    void sound_that_clips_again_and_again_is_told_for_two_seconds() {
        speak(CUT_OFF, 10);
        assertThat(meter.warnings()).isEmpty();
        speak(CUT_OFF, 5);
        assertThat(meter.warnings()).containsExactly(MicrophoneWarning.CLIPPING);
        speak(Sound.tone(300, 8_000), 85);
        assertThat(meter.warnings()).containsExactly(MicrophoneWarning.CLIPPING);
        speak(Sound.tone(300, 8_000), 5);
        assertThat(meter.warnings()).isEmpty();
    }

    @Test
    void the_loudest_sound_that_fits_is_no_clipping() {
        speak(Sound.tone(300, 32_700), 100);
        assertThat(meter.warnings()).isEmpty();
    }

    private void speak(Sound sound, int frames) {
        for (int i = 0; i < frames; i++) {
            short[] frame = new short[FRAME];
            for (int at = 0; at < FRAME; at++) {
                frame[at] = sound.at(i * FRAME + at, RATE);
            }
            meter.measure(frame);
        }
    }
}
