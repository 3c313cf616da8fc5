// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import static com.techpro.callclient.stack.media.sound.Desk.RATE;
import static com.techpro.callclient.stack.media.sound.Desk.echo;
import static com.techpro.callclient.stack.media.sound.Desk.noise;
import static com.techpro.callclient.stack.media.sound.Desk.processed;
import static com.techpro.callclient.stack.media.sound.Desk.room;
import static com.techpro.callclient.stack.media.sound.Desk.speech;
import static com.techpro.callclient.stack.media.sound.Desk.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the far end probably hears itself. */
@Tag("slow")
class EchoWatchTest {
    private static final int SECONDS = 10;
    private static final int FRAME = RATE / 50;

    private final EchoWatch watch = new EchoWatch(RATE);
    private final short[] far = speech(1, SECONDS, 16000);
    private final short[] near = speech(7, SECONDS, 16000);

    @ParameterizedTest
    @CsvSource({"20, -8", "137, -8", "300, -8", "20, -30", "137, -30", "300, -30"})
    void an_echo_is_told_after_a_few_seconds_at_any_delay(int millis, double decibels) {
        assertThat(secondsUntilTold(watch, far, heard(far, decibels, millis))).isBetween(2.0, 6.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 137, 300})
    void an_echo_that_is_42_dB_quieter_is_none(int millis) {
        assertThat(isTold(far, heard(far, -42, millis))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 48_000})
    void an_echo_is_told_at_any_rate_of_the_devices(int rate) {
        EchoWatch other = new EchoWatch(rate);
        short[] mic = heard(far, -8, 60);

        double seconds = secondsUntilTold(other, resampled(far, rate), resampled(mic, rate), rate / 50);

        assertThat(seconds).isBetween(2.0, 6.0);
    }

    @Test
    void an_echo_is_told_though_the_user_speaks_half_of_the_time() {
        short[] turns = near.clone();
        for (int second = 0; second < SECONDS; second += 4) {
            Arrays.fill(turns, second * RATE, (second + 2) * RATE, (short) 0);
        }

        assertThat(isTold(far, sum(heard(far, -14, 60), turns))).isTrue();
    }

    @Test
    void an_echo_is_told_though_frames_to_play_are_fetched_unevenly() {
        short[] mic = heard(far, -8, 120);
        Random random = Seeds.random(4);
        int ahead = 0;
        for (int at = 0; at + FRAME <= far.length; at += FRAME) {
            int until = Math.min(far.length, at + FRAME * (1 + random.nextInt(3)));
            for (; ahead < until; ahead += FRAME) {
                watch.played(Arrays.copyOfRange(far, ahead, ahead + FRAME));
            }
            watch.sent(Arrays.copyOfRange(mic, at, at + FRAME));
        }

        assertThat(watch.isHeard()).isTrue();
    }

    @Test
    void the_users_speech_at_the_same_time_is_no_echo() {
        assertThat(isTold(far, near)).isFalse();
    }

    @Test
    void a_silent_microphone_hears_no_echo() {
        assertThat(isTold(far, new short[far.length])).isFalse();
    }

    @Test
    void a_silent_loudspeaker_has_no_echo() {
        assertThat(isTold(new short[near.length], near)).isFalse();
    }

    @Test
    void music_on_hold_is_no_echo_of_the_users_speech() {
        assertThat(isTold(looped(11, 0.5), near)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {120, 410, 900, 1700})
    void the_users_own_speech_that_the_far_end_repeats_is_no_echo(int millis) {
        assertThat(isTold(heard(near, -10, millis), near)).isFalse();
    }

    /** It returns as late as the loop is long, and so a little before it is played again. */
    @Test
    void a_loop_that_the_user_plays_and_the_far_end_repeats_is_no_echo() {
        short[] loop = looped(12, 0.5);

        assertThat(isTold(sum(heard(loop, -10, 410), noise(5, SECONDS, 40)), loop))
                .isFalse();
    }

    @Test
    void an_echo_that_has_been_cancelled_is_not_told() {
        VoiceProcessor processor = new VoiceProcessor(RATE, Set.of(VoiceEffect.ECHO_CANCELLATION));

        assertThat(isTold(far, processed(processor, far, heard(far, -8, 60)))).isFalse();
    }

    @Test
    void a_warning_ends_when_the_echo_does() {
        short[] mic = heard(far, -8, 60);
        assertThat(isTold(far, mic)).isTrue();

        assertThat(isTold(far, noise(3, SECONDS, 4))).isFalse();
    }

    @Test
    void a_warning_stays_while_the_far_end_is_silent() {
        assertThat(isTold(far, heard(far, -8, 60))).isTrue();

        assertThat(isTold(new short[far.length], near)).isTrue();
    }

    @Test
    void a_rate_below_8000_is_refused() {
        assertThatThrownBy(() -> new EchoWatch(7999)).isInstanceOf(IllegalArgumentException.class);
    }

    private static short[] heard(short[] far, double decibels, int millis) {
        // Half of the response has all but a thousandth of its energy, and takes half of the time.
        double[] room = Arrays.copyOf(room(2, Math.pow(10, decibels / 20)), RATE * 3 / 40);
        short[] echo = echo(far, room, millis * RATE / 1000);
        return sum(echo, noise(3, SECONDS, 4));
    }

    /** The same second half of speech again and again. */
    private static short[] looped(long seed, double seconds) {
        short[] part = speech(seed, seconds, 16000);
        short[] all = new short[SECONDS * RATE];
        for (int i = 0; i < all.length; i++) {
            all[i] = part[i % part.length];
        }
        return all;
    }

    /** Without care for what is above the lower band. */
    private static short[] resampled(short[] samples, int rate) {
        short[] out = new short[(int) ((long) samples.length * rate / RATE)];
        for (int i = 0; i < out.length; i++) {
            out[i] = samples[(int) ((long) i * RATE / rate)];
        }
        return out;
    }

    private boolean isTold(short[] played, short[] sent) {
        secondsUntilTold(watch, played, sent);
        return watch.isHeard();
    }

    private static double secondsUntilTold(EchoWatch watch, short[] played, short[] sent) {
        return secondsUntilTold(watch, played, sent, FRAME);
    }

    /** Returns when it was first told; infinity if never. */
    private static double secondsUntilTold(EchoWatch watch, short[] played, short[] sent, int frame) {
        double first = Double.POSITIVE_INFINITY;
        for (int at = 0; at + frame <= played.length; at += frame) {
            watch.played(Arrays.copyOfRange(played, at, at + frame));
            watch.sent(Arrays.copyOfRange(sent, at, at + frame));
            if (watch.isHeard() && first == Double.POSITIVE_INFINITY) {
                first = (at / frame + 1) / 50.0;
            }
        }
        return first;
    }
}
