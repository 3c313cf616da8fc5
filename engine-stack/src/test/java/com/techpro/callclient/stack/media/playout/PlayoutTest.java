// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.playout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.Decoder;
import com.techpro.callclient.stack.media.codec.G711;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlayoutTest {
    private static final int MINUTE = 3000;

    @Test
    void an_even_network_is_played_without_a_flaw_and_with_little_delay() {
        Playout playout = new Trace(1, MINUTE).play((now, frame, p) -> {});
        assertThat(playout.concealed()).isZero();
        assertThat(playout.lateSamples()).isZero();
        assertThat(playout.buffer().late()).isZero();
        assertThat(playout.expanded() + playout.accelerated()).isLessThan(400);
        assertThat(playout.delay()).isLessThan(45 * 8);
    }

    @ParameterizedTest
    @ValueSource(doubles = {200, -200})
    void an_hour_of_drift_is_followed_without_a_missed_frame(double ppm) {
        // Given clocks that run apart by 0.72 s in the hour
        int[] largestDelay = {0};
        int[] flaws = {0};
        Playout playout = new Trace(2, 60 * MINUTE).senderPpm(ppm).jitter(5).play((now, frame, p) -> {
            if (now > 10_000 * Trace.MILLI) {
                largestDelay[0] = Math.max(largestDelay[0], p.delay());
                flaws[0] += silent(frame) ? 1 : 0;
            }
        });
        // Then the samples added or cut are those of the drift, and nothing is lost or piles up
        long drift = (long) (3600 * 8000 * Math.abs(ppm) / 1e6);
        assertThat(ppm > 0 ? playout.accelerated() - playout.expanded() : playout.expanded() - playout.accelerated())
                .isBetween(drift - 400, drift + 400);
        assertThat(playout.concealed() + playout.lateSamples()).isLessThan(3 * Trace.FRAME);
        assertThat(largestDelay[0]).isLessThan(60 * 8);
        assertThat(flaws[0]).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {200, -200})
    void drift_of_the_listeners_clock_is_compensated_too(double ppm) {
        Playout playout = new Trace(3, 10 * MINUTE).listenerPpm(ppm).jitter(5).play((now, frame, p) -> {});
        assertThat(playout.lateSamples()).isLessThan(2 * Trace.FRAME);
        assertThat(playout.buffer().late()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {20, 60, 100})
    void uneven_arrival_is_evened_out(double jitter) {
        long[] badBefore = {0};
        Playout playout = new Trace(4, 2 * MINUTE).jitter(jitter).play((now, frame, p) -> {
            if (now < 10_000 * Trace.MILLI) {
                badBefore[0] = p.lateSamples() + p.concealed();
            }
        });
        // Then after it has learnt, no more than the slowest few are missed
        long bad = playout.lateSamples() + playout.concealed() - badBefore[0];
        assertThat(bad / Trace.FRAME).isLessThan((long) (2 * MINUTE * 0.03));
        assertThat(playout.delay()).isLessThan((int) (jitter + 50) * 8);
    }

    /** Of some rates a sample is no whole number of clock units, nor the other way about. */
    @ParameterizedTest
    @ValueSource(ints = {11_025, 16_000, 22_050, 44_100, 48_000})
    void lost_packets_cost_no_more_at_other_rates_of_the_speaker(int rate) {
        double usual = concealedFrames(8_000);

        assertThat(concealedFrames(rate)).isBetween(0.85 * usual, 1.15 * usual);
    }

    private static double concealedFrames(int rate) {
        Playout playout = new Trace(12, 2 * MINUTE)
                .speakerRate(rate)
                .jitter(60)
                .loss(0.05)
                .play((now, frame, p) -> {});
        return playout.concealed() / (rate / 50.0);
    }

    /** There is room for usual packets at first. */
    @ParameterizedTest
    @ValueSource(ints = {8_000, 48_000})
    void the_longest_packet_is_played_whole(int rate) {
        Playout playout = new Playout(8_000, rate);
        byte[] loud = new byte[8 * Playout.LONGEST_PACKET_MILLIS];
        short[] frame = new short[rate / 50];
        int heard = 0;
        Decoder decoder = G711.ULAW.newDecoder();
        playout.buffer().insert(1, 0, 0, 160, decoder, loud, 0, 160);
        playout.buffer().insert(2, 160, 160, loud.length, decoder, loud, 0, loud.length);
        for (int i = 0; i < 20; i++) {
            playout.next(frame, i * 160);
            for (short sample : frame) {
                heard += Math.abs(sample) > 1_000 ? 1 : 0;
            }
        }
        assertThat(heard * 1000 / rate).isBetween(215, 285);
    }

    @Test
    void after_a_hiccup_it_fills_again_and_plays_on() {
        // Given everything sent in 600 ms held up and then delivered at once, ten seconds in
        long[] missedAt = new long[2];
        int[] silentLater = {0};
        Playout playout = new Trace(5, MINUTE)
                .delay(packet -> packet >= 500 && packet < 530 ? 40.0 + (530 - packet) * 20 : 40.0)
                .play((now, frame, p) -> {
                    if (now < 12_000 * Trace.MILLI) {
                        missedAt[0] = p.lateSamples();
                    } else {
                        silentLater[0] += silent(frame) ? 1 : 0;
                    }
                });
        // Then about the hiccup itself is missed, and nothing once it is over
        assertThat(missedAt[0] / Trace.FRAME).isBetween(25L, 33L);
        assertThat(playout.concealments()).isOne();
        assertThat(playout.lateSamples()).isEqualTo(missedAt[0]);
        assertThat(playout.concealed()).isEqualTo(missedAt[0]);
        assertThat(silentLater[0]).isZero();
        // And the delay has come back down
        assertThat(playout.delay()).isLessThan(60 * 8);
    }

    @Test
    void an_underrun_is_bridged_by_a_fading_voice_and_silence_without_a_click() {
        // Given nothing for 200 ms, and then all of it at once
        List<short[]> frames = new ArrayList<>();
        new Trace(12, 600)
                .delay(packet -> packet >= 500 && packet < 510 ? 40.0 + (510 - packet) * 20 : 40.0)
                .play((now, frame, p) -> frames.add(frame.clone()));
        int first = 0;
        double voice = loudness(frames.get(400));
        for (int i = 495; i < frames.size() && first == 0; i++) {
            first = loudness(frames.get(i)) < voice * 0.8 ? i : 0;
        }
        // Then two frames fade and the fourth is silent at the latest
        assertThat(loudness(frames.get(first))).isGreaterThan(voice / 4);
        assertThat(loudness(frames.get(first + 3))).isZero();
        int back = first + 3;
        while (loudness(frames.get(back)) == 0) {
            back++;
        }
        assertThat(back - first).isBetween(6, 10);
        assertThat(loudness(frames.get(back + 2))).isGreaterThan(voice * 0.8);
        assertThat(steepest(frames, first - 1, back + 2)).isLessThan(2 * steepest(frames, 400, 410));
    }

    @Test
    void how_late_frames_were_is_counted_as_concealed_also_while_packets_are_lost() {
        var trace = new Trace(13, MINUTE)
                .loss(0.02)
                .delay(packet -> packet % 500 < 10 ? 40.0 + (10 - packet % 500) * 20 : 40.0);
        Playout playout = trace.play((now, frame, p) -> {});
        assertThat(playout.lateSamples() / Trace.FRAME).isGreaterThan(10);
        assertThat((playout.concealed() - playout.lateSamples()) / Trace.FRAME)
                .isBetween(trace.lostPackets() - 10L, trace.lostPackets() + 3L);
    }

    @Test
    void a_hiccup_that_comes_again_and_again_is_waited_for() {
        // Given all that is sent held up for 50 ms every 2.5 seconds, as a machine's garbage collection does
        long[] before = new long[1];
        Playout playout = new Trace(14, 2 * MINUTE)
                .delay(packet -> 40.0 + Math.max(0, 50 - 20 * (packet % 125)))
                .play((now, frame, p) -> before[0] = now < 20_000 * Trace.MILLI ? p.concealed() : before[0]);
        assertThat(playout.concealed() - before[0]).isLessThan(3 * Trace.FRAME);
        assertThat(playout.delay()).isLessThan(90 * 8);
    }

    @Test
    void a_rare_hiccup_is_waited_for_once_it_recurs() {
        // Given packets held up for 80 ms every five seconds
        long[] before = new long[1];
        Playout playout = new Trace(18, 2 * MINUTE)
                .delay(packet -> 40.0 + Math.max(0, 80 - 20 * (packet % 250)))
                .play((now, frame, p) -> before[0] = now < 12_000 * Trace.MILLI ? p.concealed() : before[0]);
        assertThat(before[0]).isPositive();
        assertThat(playout.concealed() - before[0]).isLessThan(Trace.FRAME);
    }

    @Test
    void sound_for_a_speaker_of_another_rate_does_not_wait_for_its_successor() {
        Playout same = new Trace(21, 200).play((now, frame, p) -> {});
        Playout other = new Trace(21, 200).speakerRate(48_000).play((now, frame, p) -> {});
        assertThat(other.concealed()).isZero();
        assertThat(other.delay() / 48.0).isCloseTo(same.delay() / 8.0, within(1.0));
    }

    /** Else each hold would cost as many splices and gaps as the beginning of the call, at which nothing was known. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 10, 17})
    void how_uneven_the_way_is_need_not_be_learnt_again_after_a_hold(int sinceHiccup) {
        // Given all that is sent held up for 50 ms every 0.4 seconds, and a hold of a second after five
        int held = 250;
        long[] before = new long[2];
        Playout playout = new Trace(15, held + 100)
                .delay(packet -> 40.0 + Math.max(0, 50 - 20 * ((packet - held + 20 * held + sinceHiccup) % 20)))
                .pauseBefore(packet -> packet == held ? 50 : 0)
                .play((now, frame, p) -> {
                    if (now > 5_500 * Trace.MILLI && now < 5_700 * Trace.MILLI) {
                        p.flush();
                        before[0] = p.concealed() + p.expanded();
                        before[1] = p.accelerated();
                    }
                });
        // Then nothing is made up, nothing is cut, and it takes no longer than before
        assertThat(playout.concealed() + playout.expanded()).isEqualTo(before[0]);
        assertThat(playout.buffer().late()).isZero();
        assertThat(playout.accelerated() - before[1]).isLessThanOrEqualTo(Trace.FRAME);
        assertThat(playout.delay()).isLessThan(100 * 8);
    }

    /** Another stream takes another way. */
    @Test
    void of_another_stream_nothing_is_known() {
        long[] longest = new long[1];
        new Trace(16, 300)
                .delay(packet -> packet < 200 ? 40.0 + Math.max(0, 50 - 20 * (packet % 20)) : 40.0)
                .pauseBefore(packet -> packet == 200 ? 50 : 0)
                .play((now, frame, p) -> {
                    if (now > 4_500 * Trace.MILLI && now < 4_700 * Trace.MILLI) {
                        p.flush();
                        p.restart();
                    }
                    longest[0] = now > 6_500 * Trace.MILLI ? Math.max(longest[0], p.delay()) : 0;
                });
        assertThat(longest[0]).isLessThan(45 * 8);
    }

    @Test
    void an_event_with_a_timestamp_base_of_its_own_costs_no_sound_that_waits() {
        var playout = new Playout(8_000, 8_000);
        short[] frame = new short[Trace.FRAME];
        byte[] payload = new byte[Trace.FRAME];
        for (int i = 0; i < 100; i++) {
            Arrays.fill(payload, G711.ULAW.encode((short) (320 * i)));
            playout.buffer()
                    .insert(i, i * Trace.FRAME, i * Trace.FRAME, Trace.FRAME, G711.ULAW, payload, 0, Trace.FRAME);
            playout.next(frame, i * Trace.FRAME);
        }
        short before = frame[0];
        playout.buffer().pass(100, 0x9000_0000, 100 * Trace.FRAME);
        playout.next(frame, 100 * Trace.FRAME);
        assertThat(frame[0]).isGreaterThan(before);
    }

    @Test
    void after_a_hold_nothing_of_the_sound_before_it_is_left() {
        var playout = new Playout(8_000, 8_000);
        short[] frame = new short[Trace.FRAME];
        byte[] payload = new byte[Trace.FRAME];
        for (int i = 0; i < 20; i++) {
            playout.buffer()
                    .insert(i, i * Trace.FRAME, i * Trace.FRAME, Trace.FRAME, G711.ULAW, payload, 0, Trace.FRAME);
            playout.next(frame, i * Trace.FRAME);
        }
        playout.flush();
        for (int i = 20; i < 30; i++) {
            playout.next(frame, i * Trace.FRAME);
            assertThat(frame).containsOnly((short) 0);
        }
    }

    @Test
    void an_outage_of_600_ms_is_made_up_for_and_does_not_lengthen_the_delay() {
        Playout playout = new Trace(6, MINUTE)
                .delay(packet -> packet >= 500 && packet < 530 ? 1e6 : 40.0)
                .play((now, frame, p) -> {});
        assertThat(playout.concealed() / Trace.FRAME).isBetween(28L, 31L);
        assertThat(playout.lateSamples() / Trace.FRAME).isLessThan(3);
        assertThat(playout.delay()).isLessThan(60 * 8);
    }

    @Test
    void a_longer_way_is_followed_in_both_directions() {
        int[] silent = {0};
        Playout playout = new Trace(7, MINUTE)
                .delay(packet -> packet >= 1000 && packet < 2000 ? 140.0 : 40.0)
                .play((now, frame, p) -> silent[0] += now > 22_000 * Trace.MILLI && silent(frame) ? 1 : 0);
        assertThat(playout.lateSamples() / Trace.FRAME).isBetween(4L, 9L);
        assertThat(silent[0]).isZero();
        assertThat(playout.delay()).isLessThan(60 * 8);
    }

    @ParameterizedTest
    @CsvSource({"0.01", "0.05", "0.2"})
    void each_lost_packet_is_concealed_once(double loss) {
        var trace = new Trace(8, MINUTE).loss(loss).jitter(10);
        Playout playout = trace.play((now, frame, p) -> {});
        long concealed = playout.concealed() / Trace.FRAME;
        assertThat(concealed).isBetween(trace.lostPackets() - 10L, trace.lostPackets() + 3L);
        assertThat(playout.lateSamples() / Trace.FRAME).isLessThan(30);
        assertThat(playout.delay()).isLessThan(70 * 8);
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 11_025, 48_000})
    void lost_packets_in_a_row_are_one_concealment(int rate) {
        Playout playout = new Trace(8, MINUTE)
                .speakerRate(rate)
                .lost(packet -> packet % 100 >= 50 && packet % 100 < 53)
                .play((now, frame, p) -> {});
        assertThat(playout.concealments()).isEqualTo(MINUTE / 100);
        assertThat(playout.concealed() * 50 / rate).isBetween(3L * MINUTE / 100 - 3, 3L * MINUTE / 100 + 3);
        assertThat(playout.played() * 50 / rate).isBetween(MINUTE - 50L, MINUTE + 50L);
        assertThat(playout.meanDelayNanos()).isBetween(1_000_000L, 60_000_000L);
    }

    @Test
    void duplicates_are_counted_and_not_heard() {
        Playout playout = new Trace(9, MINUTE).duplicates(0.1).play((now, frame, p) -> {});
        assertThat(playout.buffer().duplicate()).isBetween(200L, 400L);
        assertThat(playout.buffer().late()).isZero();
        assertThat(playout.lateSamples() + playout.concealed()).isZero();
    }

    @Test
    void reordered_packets_are_put_back_in_order() {
        // Given every tenth packet under way 50 ms longer
        Playout playout = new Trace(10, MINUTE)
                .delay(packet -> packet % 10 == 0 ? 90.0 : 40.0)
                .play((now, frame, p) -> {});
        assertThat((playout.buffer().late() + playout.lateSamples() / Trace.FRAME))
                .isLessThan(15);
    }

    @Test
    void a_late_packet_is_counted_and_not_played() {
        // Given one packet in a hundred under way 400 ms longer, when its sound was made up long ago
        int late = MINUTE / 100;
        Playout playout = new Trace(15, MINUTE)
                .delay(packet -> packet % 100 == 50 ? 440.0 : 40.0)
                .play((now, frame, p) -> {});
        assertThat(playout.buffer().late()).isEqualTo(late);
        assertThat(playout.concealed() / Trace.FRAME).isBetween(late - 1L, late + 1L);
    }

    @Test
    void pauses_the_sender_leaves_out_are_neither_lost_nor_missed() {
        // Given a pause of 0.4 to 1.4 s every second of speech
        Playout playout = new Trace(11, MINUTE)
                .jitter(5)
                .pauseBefore(packet -> packet > 0 && packet % 50 == 0 ? 20 + packet % 51 : 0)
                .play((now, frame, p) -> {});
        assertThat(playout.concealed()).isZero();
        assertThat(playout.lateSamples() / Trace.FRAME).isLessThan(5);
        assertThat(playout.buffer().late()).isLessThan(5);
        assertThat(playout.delay()).isLessThan(60 * 8);
    }

    @Test
    void speech_after_a_short_pause_has_the_margin_that_it_had_before() {
        // Given packets that come a millisecond before a fetch
        Playout playout = new Trace(19, MINUTE)
                .delay(packet -> 59.0)
                .pauseBefore(packet -> packet > 0 && packet % 50 == 0 ? 1 : 0)
                .play((now, frame, p) -> {});
        assertThat(playout.expanded() + playout.accelerated()).isZero();
        assertThat(playout.concealed()
                        + playout.lateSamples()
                        + playout.buffer().late())
                .isZero();
        assertThat(playout.delay()).isBetween(21 * 8 - 2, 21 * 8);
    }

    @Test
    void a_player_that_fetches_frames_in_pairs_is_served_too() {
        var playout = new Playout(8_000, 8_000);
        // Given packets every 20 ms and two fetches every 40 ms
        short[] frame = new short[Trace.FRAME];
        byte[] payload = new byte[Trace.FRAME];
        for (int i = 0; i < MINUTE; i++) {
            int now = i * Trace.FRAME;
            playout.buffer().insert(i, i * Trace.FRAME, now, 160, G711.ULAW, payload, 0, 160);
            if (i % 2 == 1) {
                playout.next(frame, now + 8);
                playout.next(frame, now + 8);
            }
        }
        assertThat(playout.lateSamples() / Trace.FRAME).isLessThan(5);
        assertThat(playout.buffer().late()).isZero();
    }

    /** A timer that is up to 20 ms late has two made now, and none then. */
    @ParameterizedTest
    @CsvSource({"9, 0", "9, 5", "9, 10", "9, 15", "50, 0", "50, 5", "50, 10", "50, 15"})
    void a_player_that_fetches_unevenly_causes_no_splices(int every, double underWay) {
        long[] before = new long[1];
        Playout playout = new Trace(17, MINUTE)
                .delay(packet -> 40 + underWay)
                .fetching(pull -> pull % every == 0 ? 2 : pull % every == 1 ? 0 : 1)
                .play((now, frame, p) -> before[0] = now < 6_000 * Trace.MILLI ? changed(p) : before[0]);
        assertThat(changed(playout)).isEqualTo(before[0]);
        assertThat(playout.delay()).isLessThan(60 * 8);
    }

    /** Cuts in speech leave a margin in which they need not be undone; in silence nobody hears either. */
    @ParameterizedTest
    @CsvSource({"0, 32", "10, 20"})
    void delay_that_is_no_longer_needed_is_cut_off_in_silence(int silentOfFifty, int millis) {
        Playout playout = new Trace(20, MINUTE)
                .delay(packet -> packet < 20 ? 65.0 : 40.0)
                .silent(packet -> packet % 50 < silentOfFifty)
                .play((now, frame, p) -> {});
        assertThat(playout.delay()).isEqualTo(millis * 8);
        assertThat(playout.expanded()).isZero();
        assertThat(playout.concealed()).isZero();
    }

    @Test
    void playout_after_a_long_pause_is_current() {
        var playout = new Playout(8_000, 8_000);
        byte[] payload = new byte[Trace.FRAME];
        for (int i = 0; i < MINUTE; i++) {
            playout.buffer().insert(i, i * Trace.FRAME, i * Trace.FRAME, 160, G711.ULAW, payload, 0, 160);
        }
        short[] frame = new short[Trace.FRAME];
        for (int i = MINUTE; i < MINUTE + 10; i++) {
            playout.next(frame, i * Trace.FRAME);
        }
        assertThat(playout.lateSamples()).isZero();
        assertThat(playout.buffer().late()).isGreaterThan(MINUTE - 10L);
    }

    private static long changed(Playout playout) {
        return playout.expanded() + playout.accelerated() + playout.concealed();
    }

    private static double loudness(short[] frame) {
        double energy = 0;
        for (short sample : frame) {
            energy += (double) sample * sample;
        }
        return Math.sqrt(energy / frame.length);
    }

    private static int steepest(List<short[]> frames, int from, int to) {
        int most = 0;
        int last = frames.get(from)[0];
        for (short[] frame : frames.subList(from, to)) {
            for (short sample : frame) {
                most = Math.max(most, Math.abs(sample - last));
                last = sample;
            }
        }
        return most;
    }

    private static boolean silent(short[] frame) {
        int run = 0;
        for (short sample : frame) {
            run = sample == 0 ? run + 1 : 0;
            if (run > 40) {
                return true;
            }
        }
        return false;
    }

    @Test
    void redundancy_and_concealment_by_the_codec_are_preferred_to_our_own() {
        var playout = new Playout(8_000, 8_000);
        var codec = new Redundant();
        short[] frame = new short[Trace.FRAME];
        byte[] payload = new byte[Trace.FRAME];
        List<Short> heard = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            // Given packets that come four at a time, and two lost in a row
            for (int packet = i - 3; packet <= i && i % 4 == 3; packet++) {
                if (packet != 41 && packet != 42) {
                    Arrays.fill(payload, (byte) packet);
                    playout.buffer()
                            .insert(
                                    packet,
                                    packet * Trace.FRAME,
                                    i * Trace.FRAME,
                                    Trace.FRAME,
                                    codec,
                                    payload,
                                    0,
                                    Trace.FRAME);
                }
            }
            playout.next(frame, i * Trace.FRAME);
            heard.add(frame[Trace.FRAME - 1]);
        }
        // Then the first is made up by the codec, and the second is in the packet after it
        assertThat(heard).containsSubsequence((short) 4_000, Redundant.MADE_UP, (short) 4_200, (short) 4_300);
        assertThat(playout.concealed()).isEqualTo(Trace.FRAME);
    }

    @Test
    void a_codec_is_resampled_to_the_playback_rate() {
        var playout = new Playout(8_000, 48_000);
        short[] frame = new short[960];
        byte[] payload = new byte[Trace.FRAME];
        short[] last = new short[0];
        for (int i = 0; i < 100; i++) {
            for (int k = 0; k < Trace.FRAME; k++) {
                payload[k] =
                        G711.ULAW.encode((short) (8_000 * Math.sin(2 * Math.PI * 500 * (i * Trace.FRAME + k) / 8_000)));
            }
            playout.buffer()
                    .insert(i, i * Trace.FRAME, i * Trace.FRAME, Trace.FRAME, G711.ULAW, payload, 0, Trace.FRAME);
            playout.next(frame, i * Trace.FRAME);
            last = frame.clone();
        }
        int crossings = 0;
        int peak = 0;
        for (int i = 1; i < last.length; i++) {
            crossings += last[i - 1] < 0 != last[i] < 0 ? 1 : 0;
            peak = Math.max(peak, Math.abs(last[i]));
        }
        // 500 Hz for 20 ms
        assertThat(crossings).isBetween(19, 21);
        assertThat(peak).isBetween(7_500, 8_500);
        assertThat(playout.concealed()).isZero();
        assertThat(playout.delay()).isBetween(10 * 48, 50 * 48);
    }

    /** Each octet is a hundredth of a sample, and says what the one before it was. */
    private static final class Redundant implements Decoder {
        static final short MADE_UP = -1;

        @Override
        public Codec codec() {
            return G711.ULAW;
        }

        @Override
        public int samples(byte[] payload, int offset, int length) {
            return length;
        }

        @Override
        public int decode(byte[] payload, int offset, short[] to, int toOffset, int length) {
            Arrays.fill(to, toOffset, toOffset + length, (short) (payload[offset] * 100));
            return length;
        }

        @Override
        public boolean conceal(short[] to, int toOffset, int count) {
            Arrays.fill(to, toOffset, toOffset + count, MADE_UP);
            return true;
        }

        @Override
        public boolean recover(byte[] next, int offset, int length, short[] to, int toOffset, int count) {
            Arrays.fill(to, toOffset, toOffset + count, (short) (next[offset] * 100 - 100));
            return true;
        }
    }
}
