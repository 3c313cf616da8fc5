// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the speaker's thread does when the media loop is held up and cannot give it frames. */
class PlaybackRingTest {
    private static final int FRAME = 160;

    private final PlaybackRing ring = new PlaybackRing(8_000);
    private final short[] frame = new short[FRAME];
    private int phase;
    private long now;

    @Test
    void a_speaker_with_a_stalled_loop_plays_a_fading_voice() {
        speak(50, true);
        double before = loudness(frame);

        // Given a loop that does not come for 200 ms, and the frame it left
        fetch(2);
        assertThat(loudness(frame)).isGreaterThan(before / 2);
        assertThat(new Sound(frame).power(440)).isGreaterThan(0.8);
        fetch(3);
        assertThat(loudness(frame)).isZero();
        fetch(5);

        // Then each of the frames made up is counted, and when the loop is back its voice is
        assertThat(ring.concealed()).isEqualTo(9L * FRAME);
        assertThat(ring.underruns()).isEqualTo(9);
        speak(10, true);
        assertThat(loudness(frame)).isGreaterThan(before * 0.9);
        assertThat(ring.concealed()).isEqualTo(9L * FRAME);
    }

    @Test
    void the_way_into_and_out_of_an_underrun_has_no_click() {
        speak(50, true);
        int steepest = new Sound(frame).largestStep();
        short[] all = new short[0];
        for (int i = 0; i < 8; i++) {
            // Given every fetch served but two in the middle
            if (i != 4 && i != 5) {
                loop(true);
            }
            fetch(1);
            all = Arrays.copyOf(all, all.length + FRAME);
            System.arraycopy(frame, 0, all, all.length - FRAME, FRAME);
        }
        assertThat(new Sound(all).largestStep()).isLessThan(2 * steepest);
    }

    @Test
    void missing_frames_before_the_first_and_on_hold_are_silence_and_no_fault() {
        fetch(3);
        assertThat(loudness(frame)).isZero();
        speak(50, true);
        assertThat(ring.concealed()).isZero();
        // Given a call put on hold, and then a loop that is held up
        loop(false);
        fetch(10);
        assertThat(loudness(frame)).isZero();
        assertThat(ring.concealed()).isZero();
    }

    @Test
    void an_absent_packet_is_waited_for_until_shortly_before_the_fetch() {
        speak(50, true);
        fetch(1);
        assertThat(ring.wants(false, now)).isFalse();
        assertThat(ring.wants(true, now)).isTrue();
        assertThat(waitedMillis()).isEqualTo(4);
        assertThat(ring.due(now)).isEqualTo(now);
    }

    @Test
    void a_loop_that_is_late_makes_frames_earlier_and_later_again_after_a_calm_time() {
        speak(50, true);
        // Given two fetches of which only one finds its sound
        fetch(2);
        speak(499, true);
        fetch(1);
        assertThat(waitedMillis()).isZero();
        // Then the lead is half as long after each ten seconds
        speak(3 * 501, true);
        fetch(1);
        assertThat(waitedMillis()).isBetween(7, 9);
    }

    @Test
    void a_lead_that_was_lowered_too_soon_is_kept_longer() {
        speak(50, true);
        for (int i = 0; i < 3; i++) {
            fetch(2);
            speak(501, true);
        }
        fetch(2);
        speak(1_500, true);
        fetch(1);
        assertThat(waitedMillis()).isZero();
    }

    @Test
    void a_speaker_that_is_held_up_finds_no_more_than_it_needs() {
        speak(50, true);
        for (int i = 0; i < 8; i++) {
            loop(true);
        }
        fetch(1);
        double before = loudness(frame);
        fetch(1);
        assertThat(ring.concealed()).isEqualTo(FRAME);
        assertThat(before).isGreaterThan(4_000);
    }

    /** How long a frame that is not ready is waited for after a fetch that was just seen. */
    private int waitedMillis() {
        long since = now;
        ring.look(true, now);
        while (!ring.wants(false, now)) {
            now += 1_000_000;
        }
        return (int) ((now - since) / 1_000_000);
    }

    private void speak(int frames, boolean receiving) {
        for (int i = 0; i < frames; i++) {
            loop(receiving);
            fetch(1);
        }
        loop(receiving);
    }

    private void loop(boolean receiving) {
        now += 20_000_000;
        ring.look(receiving, now);
        short[] made = new short[FRAME];
        while (ring.listening() && ring.wants(true, now)) {
            for (int i = 0; i < FRAME; i++) {
                made[i] = receiving ? (short) (8000 * Math.sin(2 * Math.PI * 440 * phase++ / 8000)) : 0;
            }
            ring.put(made);
        }
    }

    private void fetch(int frames) {
        for (int i = 0; i < frames; i++) {
            ring.fill(frame);
        }
    }

    private static double loudness(short[] samples) {
        return new Sound(samples).loudness();
    }
}
