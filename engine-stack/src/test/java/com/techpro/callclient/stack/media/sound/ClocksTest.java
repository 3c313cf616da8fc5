// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import static com.techpro.callclient.stack.media.sound.Desk.RATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.audio.VoiceEffect;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two devices, each with a clock and a thread of its own. */
@Tag("slow")
class ClocksTest {
    private final short[] far = Desk.speech(1, 30, 16000);

    @Test
    void a_difference_of_the_clocks_is_measured_and_followed() {
        // Given an echo that comes later by 80 samples in a million
        short[] heard = Desk.echo(far, Desk.room(2, 0.4), RATE / 20);
        short[] mic = stretched(heard, 80e-6);
        EchoCanceller canceller = new EchoCanceller(RATE, 128, null);

        mostDifference(canceller, far, mic);

        assertThat((canceller.rate() - 1) * 1e6).isCloseTo(-80, Offset.offset(25.0));
    }

    @Test
    void a_silence_says_nothing_about_the_clocks() {
        // Given a loudspeaker with pauses, in which the microphone hears only itself
        short[] halting = far.clone();
        for (int at = 0; at < halting.length; at += RATE) {
            Arrays.fill(halting, at + RATE * 2 / 5, at + RATE, (short) 0);
        }
        for (int room = 1; room <= 8; room++) {
            short[] heard = Desk.echo(halting, Desk.room(2 + room, 0.4), RATE / 5);
            short[] mic = Desk.sum(heard, Desk.noise(3 + room, 30, 2));
            EchoCanceller canceller = new EchoCanceller(RATE, 128, null);

            double difference = mostDifference(canceller, halting, mic);

            assertThat(difference * 1e6).as("room %d", room).isLessThan(20);
        }
    }

    @Test
    void frames_that_are_played_late_do_not_bring_the_echo_back() {
        VoiceProcessor processor = new VoiceProcessor(RATE, Set.of(VoiceEffect.ECHO_CANCELLATION));
        short[] mic = Desk.echo(far, Desk.room(2, 0.4), RATE / 5);
        short[] out = new short[mic.length];
        int frame = 160;
        int played = 0;
        for (int at = 0; at + frame <= mic.length; at += frame) {
            // Every second the loudspeaker's thread is held up for 40 ms.
            boolean heldUp = at % RATE < 4 * frame && at > 2 * RATE;
            while (!heldUp && played <= at) {
                processor.played(Arrays.copyOfRange(far, played, played + frame));
                played += frame;
            }
            short[] samples = Arrays.copyOfRange(mic, at, at + frame);
            processor.process(samples);
            System.arraycopy(samples, 0, out, at, frame);
        }

        assertThat(Desk.level(mic, 4, 29) - Desk.level(out, 4, 29)).isGreaterThan(73);
    }

    @Test
    void a_loudspeaker_that_ran_dry_does_not_bring_the_echo_back() {
        // Given a device that plays 40 ms of silence each second, since nobody gave it anything
        VoiceProcessor processor = new VoiceProcessor(RATE, Set.of(VoiceEffect.ECHO_CANCELLATION));
        int frame = 160;
        short[] played = new short[far.length];
        for (int at = 0, next = 0; at + frame <= far.length; at += frame) {
            if (!isDry(at, frame)) {
                System.arraycopy(far, next, played, at, frame);
                next += frame;
            }
        }
        short[] mic = Desk.echo(played, Desk.room(2, 0.4), RATE / 20);
        short[] out = new short[mic.length];

        for (int at = 0; at + frame <= mic.length; at += frame) {
            if (!isDry(at, frame)) {
                processor.played(Arrays.copyOfRange(played, at, at + frame));
            }
            short[] samples = Arrays.copyOfRange(mic, at, at + frame);
            processor.process(samples);
            System.arraycopy(samples, 0, out, at, frame);
        }

        assertThat(Desk.level(mic, 4, 29) - Desk.level(out, 4, 29)).isGreaterThan(30);
    }

    private static boolean isDry(int at, int frame) {
        return at % RATE < 4 * frame && at > 2 * RATE;
    }

    @Test
    void a_loudspeaker_that_runs_ahead_loses_nothing_and_ends_in_bounds() {
        VoiceProcessor processor = new VoiceProcessor(RATE, Set.of(VoiceEffect.ECHO_CANCELLATION));
        short[] silence = new short[RATE];
        for (int i = 0; i < 100; i++) {
            processor.played(silence);
        }
        short[] mic = Desk.echo(far, Desk.room(2, 0.4), RATE / 10);

        short[] out = Desk.processed(processor, far, mic);

        assertThat(Desk.level(mic, 6, 29) - Desk.level(out, 6, 29)).isGreaterThan(20);
    }

    @Test
    void any_length_of_frames_gives_the_same_sound() {
        short[] mic = Desk.sum(Desk.echo(far, Desk.room(2, 0.4), RATE / 10), Desk.noise(3, 30, 30));
        short[] byLong = new short[4 * RATE];
        short[] byOdd = new short[4 * RATE];
        VoiceProcessor first = new VoiceProcessor(RATE, EnumSet.allOf(VoiceEffect.class));
        VoiceProcessor second = new VoiceProcessor(RATE, EnumSet.allOf(VoiceEffect.class));
        int round = 960;
        int[] parts = {1, 79, 240, 320, 320};
        for (int at = 0; at + round <= byLong.length; at += round) {
            first.played(Arrays.copyOfRange(far, at, at + round));
            second.played(Arrays.copyOfRange(far, at, at + round));
            short[] whole = Arrays.copyOfRange(mic, at, at + round);
            first.process(whole);
            System.arraycopy(whole, 0, byLong, at, round);
            int begin = at;
            for (int part : parts) {
                short[] some = Arrays.copyOfRange(mic, begin, begin + part);
                second.process(some);
                System.arraycopy(some, 0, byOdd, begin, part);
                begin += part;
            }
        }

        assertThat(byOdd).isEqualTo(byLong);
    }

    /** Of the clocks, as the canceller takes it to be while it has both signals. */
    private static double mostDifference(EchoCanceller canceller, short[] far, short[] mic) {
        double most = 0;
        float[] block = new float[128];
        float[] echo = new float[128];
        for (int at = 0; at + 128 <= far.length; at += 128) {
            copy(far, at, block);
            canceller.played(block, 128);
            copy(mic, at, block);
            canceller.cancel(block, echo);
            most = Math.max(most, Math.abs(canceller.rate() - 1));
        }
        return most;
    }

    private static void copy(short[] from, int at, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = from[at + i];
        }
    }

    private static short[] stretched(short[] samples, double share) {
        short[] out = new short[samples.length];
        for (int i = 20; i < out.length - 20; i++) {
            double position = i - i * share;
            int whole = (int) Math.floor(position);
            double sum = 0;
            for (int j = Math.max(0, whole - 15); j <= whole + 16; j++) {
                double x = position - j;
                double sinc = Math.abs(x) < 1e-9 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
                sum += samples[j] * sinc * (0.5 + 0.5 * Math.cos(Math.PI * x / 17));
            }
            out[i] = (short) Math.rint(sum);
        }
        return out;
    }
}
