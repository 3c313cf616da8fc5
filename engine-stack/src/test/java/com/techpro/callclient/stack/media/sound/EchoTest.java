// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import static com.techpro.callclient.stack.media.sound.Desk.RATE;
import static com.techpro.callclient.stack.media.sound.Desk.echo;
import static com.techpro.callclient.stack.media.sound.Desk.level;
import static com.techpro.callclient.stack.media.sound.Desk.likeness;
import static com.techpro.callclient.stack.media.sound.Desk.noise;
import static com.techpro.callclient.stack.media.sound.Desk.processed;
import static com.techpro.callclient.stack.media.sound.Desk.room;
import static com.techpro.callclient.stack.media.sound.Desk.speech;
import static com.techpro.callclient.stack.media.sound.Desk.sum;
import static com.techpro.callclient.stack.media.sound.Desk.tone;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.audio.VoiceEffect;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a microphone hears of the loudspeaker, and what is left of it. */
@Tag("slow")
class EchoTest {
    private static final Set<VoiceEffect> ECHO = Set.of(VoiceEffect.ECHO_CANCELLATION);

    private final VoiceProcessor processor = new VoiceProcessor(RATE, ECHO);
    private short[] far = speech(1, 12, 16000);

    @ParameterizedTest
    @ValueSource(ints = {5, 60, 400})
    void an_echo_is_gone_after_a_second_at_any_delay(int millis) {
        short[] mic = sum(echo(far, room(2, 0.4), millis * RATE / 1000), noise(3, 12, 2));

        short[] out = processed(processor, far, mic);

        assertThat(level(mic, 2, 3) - level(out, 2, 3)).isGreaterThan(20);
        assertThat(level(mic, 4, 6) - level(out, 4, 6)).isGreaterThan(30);
    }

    @Test
    void the_echo_of_a_loudspeaker_that_distorts_goes_as_well() {
        short[] distorted = new short[far.length];
        for (int i = 0; i < far.length; i++) {
            distorted[i] = (short) Math.rint(5000 * Math.tanh(far[i] / 4000.0 + 0.3));
        }
        short[] mic = echo(distorted, room(2, 0.4), RATE / 20);

        short[] out = processed(processor, far, mic);

        assertThat(level(mic, 4, 8) - level(out, 4, 8)).isGreaterThan(25);
    }

    @Test
    void a_first_hiss_does_not_come_back_although_only_vowels_taught_the_model() {
        Arrays.fill(far, (short) 0);
        for (double hertz = 300; hertz < 2000; hertz += 170) {
            far = sum(far, tone(hertz, RATE, 12, 1500));
        }
        short[] hiss = noise(4, 12, 2000);
        Arrays.fill(hiss, 0, 6 * RATE, (short) 0);
        far = sum(far, hiss);
        short[] mic = echo(far, room(2, 0.4), RATE / 20);

        short[] out = processed(processor, far, mic);

        assertThat(level(mic, 6.15, 6.45) - level(out, 6.15, 6.45)).isGreaterThan(54);
    }

    @Test
    void the_model_alone_explains_most_of_an_echo() {
        short[] mic = echo(far, room(2, 0.4), RATE / 20);

        assertThat(taken(mic, 5, 12)).isGreaterThan(18);
    }

    @Test
    void a_user_with_a_headset_is_heard_unchanged_while_the_other_speaks() {
        short[] near = speech(7, 12, 16000);

        short[] out = processed(processor, far, near);

        assertThat(likeness(Desk.highPassed(near), out, processor.latency(), 0.2, 11))
                .isGreaterThan(25);
    }

    @Test
    void both_speak_at_the_same_time_and_the_user_is_heard() {
        short[] near = speech(7, 12, 16000);
        Arrays.fill(near, 0, 5 * RATE, (short) 0);
        short[] mic = sum(echo(far, room(2, 0.4), RATE / 20), near);

        short[] out = processed(processor, far, mic);

        short[] wanted = Desk.highPassed(near);
        assertThat(likeness(wanted, out, processor.latency(), 5, 11)).isGreaterThan(6);
        assertThat(level(wanted, 5, 11) - level(out, 5, 11)).isLessThan(1.5);
    }

    @Test
    void an_echo_that_suddenly_comes_later_is_gone_again_soon() {
        short[] early = echo(far, room(2, 0.4), RATE / 20);
        short[] late = echo(far, room(2, 0.4), RATE / 20 + 1600);
        System.arraycopy(late, 6 * RATE, early, 6 * RATE, 6 * RATE);

        short[] out = processed(processor, far, early);

        assertThat(level(early, 7.5, 9) - level(out, 7.5, 9)).isGreaterThan(25);
    }

    /** A microphone lost samples: until the echo is found where it is, it is suppressed wherever it may be. */
    @Test
    void an_echo_that_suddenly_comes_earlier_is_not_heard_meanwhile() {
        for (int syllable = 0; syllable < 12; syllable++) {
            int pause = syllable * RATE + RATE / 4;
            Arrays.fill(far, pause, pause + RATE / 4, (short) 0);
        }
        short[] mic = echo(far, room(2, 0.4), RATE / 20);
        short[] early = echo(far, room(2, 0.4), RATE / 20 - 256);
        System.arraycopy(early, 6 * RATE, mic, 6 * RATE, 6 * RATE);

        short[] out = processed(processor, far, mic);

        assertThat(level(mic, 6.45, 6.7) - level(out, 6.45, 6.7)).isGreaterThan(12);
    }

    @Test
    void when_the_delay_jumps_the_model_of_the_room_is_kept() {
        short[] mic = echo(far, room(2, 0.4), RATE / 20);
        short[] late = echo(far, room(2, 0.4), RATE / 20 + 1600);
        System.arraycopy(late, 8 * RATE, mic, 8 * RATE, mic.length - 8 * RATE);

        assertThat(taken(mic, 9, 10)).isGreaterThan(12);
    }

    @Test
    void after_a_silence_of_the_loudspeaker_its_echo_is_still_known() {
        short[] pausing = far.clone();
        Arrays.fill(pausing, 5 * RATE, 8 * RATE, (short) 0);
        short[] mic = echo(pausing, room(2, 0.4), RATE / 20);

        short[] out = processed(processor, pausing, mic);

        assertThat(level(mic, 8, 8.5) - level(out, 8, 8.5)).isGreaterThan(20);
    }

    @Test
    void the_end_of_an_echo_goes_after_the_loudspeaker_has_ended() {
        Arrays.fill(far, 5 * RATE, far.length, (short) 0);
        short[] mic = echo(far, room(2, 0.4), RATE / 20);

        short[] out = processed(processor, far, mic);

        assertThat(level(mic, 5.08, 5.14) - level(out, 5.08, 5.14)).isGreaterThan(20);
    }

    @Test
    void a_room_that_changes_is_learned_again_soon() {
        short[] mic = echo(far, room(2, 0.4), RATE / 20);
        short[] changed = echo(far, room(9, 0.4), RATE / 20);
        System.arraycopy(changed, 6 * RATE, mic, 6 * RATE, mic.length - 6 * RATE);

        assertThat(taken(mic, 6.5, 7)).isGreaterThan(13);
    }

    @Test
    void without_anything_played_the_user_is_heard_unchanged() {
        short[] near = speech(7, 4, 8000);
        short[] out = near.clone();

        processor.process(out);

        assertThat(likeness(Desk.highPassed(near), out, processor.latency(), 0, 3.9))
                .isGreaterThan(50);
    }

    @Test
    void a_sound_that_has_ended_does_not_come_back_as_noise() {
        short[] near = noise(5, 12, 1500);
        Arrays.fill(near, 0, 5 * RATE, (short) 0);
        Arrays.fill(near, 8 * RATE, near.length, (short) 0);
        short[] mic = sum(echo(far, room(2, 0.4), RATE / 20), near);

        short[] out = processed(processor, far, mic);

        assertThat(level(out, 8.1, 9)).isLessThan(25);
    }

    @Test
    void an_echo_that_the_model_already_has_stays_in_its_place() {
        // Given a path that changes, and is learned before its new delay is found in a pause
        Arrays.fill(far, 4 * RATE, 5 * RATE, (short) 0);
        short[] echo = echo(far, room(2, 0.4), 100);
        short[] late = echo(far, room(2, 0.4), 550);
        System.arraycopy(late, 3 * RATE / 2, echo, 3 * RATE / 2, echo.length - 3 * RATE / 2);
        short[] mic = sum(echo, noise(3, 12, 2));

        assertThat(taken(mic, 5.1, 5.6)).isGreaterThan(9);
    }

    @Test
    void an_echo_that_comes_earlier_bit_by_bit_stays_within_the_model() {
        short[] mic = echo(far, room(2, 0.4), 800);
        for (int second = 3; second < 9; second++) {
            short[] earlier = echo(far, room(2, 0.4), 800 - 20 * (second - 2));
            System.arraycopy(earlier, second * RATE, mic, second * RATE, mic.length - second * RATE);
        }

        assertThat(taken(mic, 10, 12)).isGreaterThan(12);
    }

    /** By how many decibels the model alone reduces the echo between two times. */
    private double taken(short[] mic, double from, double to) {
        EchoCanceller canceller = new EchoCanceller(RATE, 128, null);
        float[] block = new float[128];
        float[] echo = new float[128];
        double before = 0;
        double after = 0;
        for (int at = 0; at + 128 <= far.length; at += 128) {
            for (int i = 0; i < 128; i++) {
                block[i] = far[at + i];
            }
            canceller.played(block, 128);
            for (int i = 0; i < 128; i++) {
                block[i] = mic[at + i];
            }
            canceller.cancel(block, echo);
            for (int i = 0; i < 128 && at >= from * RATE && at < to * RATE; i++) {
                before += mic[at + i] * (double) mic[at + i];
                after += block[i] * block[i];
            }
        }
        return 10 * Math.log10(before / after);
    }
}
