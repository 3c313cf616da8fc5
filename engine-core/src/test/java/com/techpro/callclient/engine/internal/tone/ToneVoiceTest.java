// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.tone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.ports.audio.PlaybackSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples of the tones: what E.180's Supplement 2 has, heard by another ear than the one that made them. */
class ToneVoiceTest {
    private static final int MILLIS = 20;

    private static short[] played(Tone tone, int rate, int seconds) {
        ToneMixer mixer = new ToneMixer();
        mixer.progress(tone);
        return frames(mixer.over(ToneMixer.SILENCE, rate), rate, seconds * 1_000 / MILLIS);
    }

    private static short[] frames(PlaybackSource source, int rate, int count) {
        short[] all = new short[rate / 1_000 * MILLIS * count];
        short[] frame = new short[rate / 1_000 * MILLIS];
        for (int i = 0; i < count; i++) {
            Arrays.fill(frame, (short) 0x5A5A);
            source.fill(frame);
            System.arraycopy(frame, 0, all, i * frame.length, frame.length);
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DE | 425/1000,0/4000                       | 425/480,0/480   | 425/240,0/240                 | 425/200,0/200,425/200,0/5000",
                "US | 440+480/2000,0/4000                   | 480+620/500,0/500 | 480+620/250,0/250           | 440/300,0/10000",
                "CA | 440+480/2000,0/4000                   | 480+620/500,0/500 | 480+620/250,0/250           | 440/300,0/10000",
                "GB | 400+450/400,0/200,400+450/400,0/2000  | 400/375,0/375   | 400/400,0/350,400/225,0/525   | 400/100,0/4000",
                "FR | 440/1500,0/3500                       | 440/500,0/500   | 440/250,0/250                 | 440/300,0/10000",
                "AT | 420/1000,0/5000                       | 420/400,0/400   | 420/200,0/200                 | 420/40,0/1960",
                "CH | 425/1000,0/4000                       | 425/500,0/500   | 425/200,0/200                 | 425/200,0/200,425/200,0/4000",
                "IT | 425/1000,0/4000                       | 425/500,0/500   | 425/200,0/200                 | 425/400,0/100,425/250,0/100,425/150,0/14000",
                "ES | 425/1500,0/3000                       | 425/200,0/200   | 425/200,0/200,425/200,0/200,425/200,0/600 | 425/175,0/175,425/175,0/3500",
                "SE | 425/1000,0/5000                       | 425/250,0/250   | 425/250,0/750                 | 425/200,0/500,425/200,0/9100",
                "AU | 413+438/400,0/200,413+438/400,0/2000  | 425/375,0/375   | 425/375,0/375                 | 425/200,0/200,425/200,0/4400",
                "AR | 425/1000,0/4500 | 425/300,0/200 | 425/300,0/400 | 425/400,0/200,425/400,0/4000",
                "BG | 425/1000,0/4000 | 425/500,0/500 | 425/250,0/250 | 425/150,0/150,425/150,0/4000",
                "HK | 440+480/400,0/200,440+480/400,0/3000 | 480+620/500,0/500 | 480+620/250,0/250 | 440/300,0/10000",
                "IE | 400+450/400,0/200,400+450/400,0/2000 | 425/450,0/450 | 425/375,0/375 | 425/200,0/200,425/200,0/4000",
                "IL | 414/1000,0/3000 | 414/500,0/500 | 414/250,0/250 | 414/100,0/100,414/100,0/100,414/600,0/3000",
                "IN | 375+400+425/400,0/200,375+400+425/400,0/2000 | 400/750,0/750 | 400/250,0/250 | 400/200,0/100,400/200,0/7500",
                "JP | 384+400+416/1000,0/2000 | 400/500,0/500 | 400/500,0/500 | 384+400+416/500,0/8000",
                "KR | 440+480/1000,0/2000 | 480+620/500,0/500 | 480+620/300,0/200 | 350+440/250,0/250,350+440/250,0/3250",
                "MY | 425/400,0/200,425/400,0/2000 | 425/500,0/500 | 425/500,0/500 | 425/100,0/4000",
                "RO | 425+450+475/1850,0/4150 | 450/167,0/167 | 450/500,0/500 | 450/150,0/150,450/150,0/8000",
                "SG | 401+425+449/400,0/200,401+425+449/400,0/2000 | 425/750,0/750 | 425/250,0/250 | 401+425+449/300,0/200,401+425+449/300,0/3200",
                "TH | 400/1000,0/4000 | 400/500,0/500 | 400/300,0/300 | 1000/400,0/10000",
                "TR | 450/2000,0/4000 | 450/500,0/500 | 450/200,0/200,450/200,0/200,450/200,0/200,450/600,0/200 | 450/200,0/600,450/200,0/8000",
                "TW | 440+480/1000,0/2000 | 480+620/500,0/500 | 480+620/250,0/250 | 350+440/250,0/250,350+440/250,0/3250",
                "UA | 425/1000,0/4000 | 425/350,0/350 | 425/175,0/175 | 425/200,0/5000",
                "ZA | 367+400+433/400,0/200,367+400+433/400,0/2000 | 400/500,0/500 | 400/250,0/250 | 367+400+433/250,0/250",
                "XX | 425/1000,0/4000                       | 425/500,0/500   | 425/200,0/200                 | 425/200,0/200,425/200,0/4000",
            })
    @Tag("slow")
    void a_country_has_its_tones(String country, String ringback, String busy, String congestion, String waiting) {
        ToneSet set = ToneTable.of(country);

        HeardTones.assertRhythm(played(set.ringback(), 8_000, 14), 8_000, ringback, 3);
        HeardTones.assertRhythm(played(set.busy(), 8_000, 4), 8_000, busy, 3);
        HeardTones.assertRhythm(played(set.congestion(), 8_000, 4), 8_000, congestion, 3);
        HeardTones.assertRhythm(played(set.waiting(), 8_000, 16), 8_000, waiting, 2);
        HeardTones.assertRhythm(played(set.end(), 8_000, 4), 8_000, busy, 2);
        HeardTones.assertRhythm(
                played(set.ring(), 8_000, 14), 8_000, ringback.replaceAll("[0-9+]+/(?=[^,]*,0/)", "660+880/"), 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BE", "BR", "CN", "CZ", "DK", "FI", "GR", "HU", "MX", "NL", "NO", "NZ", "PL", "PT", "RU"})
    void each_other_country_in_the_table_is_there_and_none_of_its_tones_is_silent(String country) {
        ToneSet set = ToneTable.of(country);
        assertThat(set)
                .isNotSameAs(ToneTable.of(null))
                .isSameAs(ToneTable.of(country.toLowerCase(java.util.Locale.ROOT)));
        for (Tone tone : List.of(
                set.ring(),
                set.ringback(),
                set.busy(),
                set.congestion(),
                set.information(),
                set.waiting(),
                set.warning())) {
            short[] heard = played(tone, 8_000, 1);
            assertThat(HeardTones.rootMeanSquare(heard, 0, at(40))).as(country).isGreaterThan(1_000);
        }
    }

    @ParameterizedTest
    @CsvSource({"US,950,1400,1800", "GB,950,1400,1800", "AT,950,1450,1850", "BE,900,1400,1800"})
    void the_special_information_tone_rises_in_three_steps(String country, int first, int second, int third) {
        short[] heard = played(ToneTable.of(country).information(), 8_000, 3);

        assertThat(HeardTones.hertz(heard, 8_000, at(40), at(250)).get(0)).isCloseTo(first, within(4));
        assertThat(HeardTones.hertz(heard, 8_000, at(390), at(250)).get(0)).isCloseTo(second, within(4));
        assertThat(HeardTones.hertz(heard, 8_000, at(730), at(250)).get(0)).isCloseTo(third, within(4));
        assertThat(HeardTones.rootMeanSquare(heard, at(1_100), at(800))).isZero();
    }

    private static int at(int millis) {
        return millis * 8;
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000, 44_100, 48_000})
    void a_tone_is_the_same_at_every_rate(int rate) {
        ToneSet set = ToneTable.of("US");
        ToneMixer mixer = new ToneMixer();
        mixer.progress(set.ringback());
        short[] heard = new short[rate * 9];
        mixer.over(ToneMixer.SILENCE, rate).fill(heard);

        HeardTones.assertRhythm(heard, rate, "440+480/2000,0/4000", 2);
    }

    /** 0 dBm0 is 3.14 dB below the loudest sine (G.711): E.180 wants -10, within five, and never more than speech. */
    @ParameterizedTest
    @ValueSource(strings = {"DE", "US", "GB", "IN"})
    void tones_are_as_loud_as_E_180_says(String country) {
        ToneSet set = ToneTable.of(country);
        assertThat(level(set.ringback())).isCloseTo(-10, within(0.3));
        assertThat(level(set.busy())).isCloseTo(-10, within(0.3));
        assertThat(level(set.waiting()))
                .as("in the ear of somebody who listens")
                .isCloseTo(-13, within(0.3));
    }

    @Test
    void a_modulated_tone_falls_to_nothing_and_doubles_at_its_rate() {
        short[] heard = played(ToneTable.of("IN").ringback(), 8_000, 1);

        // 25 Hz: a cycle of 40 ms, loudest after a quarter of it and silent after three.
        for (int cycle = 1; cycle < 9; cycle++) {
            double most = HeardTones.rootMeanSquare(heard, at(40 * cycle + 10) - 10, 20);
            double least = HeardTones.rootMeanSquare(heard, at(40 * cycle + 30) - 10, 20);
            assertThat(most).isGreaterThan(7_500);
            assertThat(least).isLessThan(200);
        }
    }

    private static double level(Tone tone) {
        short[] heard = played(tone, 8_000, 1);
        double rms = HeardTones.rootMeanSquare(heard, at(10), at(80));
        return 20 * Math.log10(rms * Math.sqrt(2) / 32_767) + 3.14;
    }

    /** A step of the wave that a sine of these frequencies does not make is a click. */
    @Test
    void nothing_clicks_where_bursts_begin_and_end_nor_where_a_tone_is_stopped() {
        ToneMixer mixer = new ToneMixer();
        PlaybackSource speaker = mixer.over(ToneMixer.SILENCE, 48_000);
        mixer.progress(ToneTable.of("US").busy());
        short[] heard = frames(speaker, 48_000, 90);
        mixer.progress(null);
        short[] end = frames(speaker, 48_000, 5);

        // Two sines of 5,100 at 480 and 620 Hz climb by 735 a sample together, and 21 more where they fade.
        assertThat(largestStep(heard)).isLessThan(780);
        assertThat(largestStep(end)).isLessThan(780);
        assertThat(Math.abs(end[0] - heard[heard.length - 1])).isLessThan(780);
        assertThat(HeardTones.rootMeanSquare(end, 48 * 6, 48 * 60))
                .as("silent after the ramp")
                .isZero();
    }

    private static int largestStep(short[] samples) {
        int largest = 0;
        for (int i = 1; i < samples.length; i++) {
            largest = Math.max(largest, Math.abs(samples[i] - samples[i - 1]));
        }
        return largest;
    }

    @Test
    void a_burst_that_is_longer_than_a_frame_runs_on_in_phase() {
        short[] heard = played(ToneTable.of("DE").ringback(), 8_000, 1);
        int amplitude = 7_218;
        for (int i = 60; i < 7_900; i++) {
            double sine = amplitude * Math.sin(2 * Math.PI * 425 * i / 8_000);
            assertThat((double) heard[i]).isCloseTo(sine, within(2.0));
        }
    }

    @Test
    void another_tone_begins_when_the_one_before_has_faded() {
        ToneMixer mixer = new ToneMixer();
        PlaybackSource speaker = mixer.over(ToneMixer.SILENCE, 8_000);
        mixer.progress(ToneTable.of("DE").ringback());
        frames(speaker, 8_000, 10);
        mixer.progress(ToneTable.of("DE").busy());
        short[] heard = frames(speaker, 8_000, 100);

        HeardTones.assertRhythm(Arrays.copyOfRange(heard, at(6), heard.length), 8_000, "425/480,0/480", 2);
    }

    @Test
    void a_notice_tone_is_mixed_with_the_playback() {
        ToneMixer mixer = new ToneMixer();
        long[] position = {0};
        PlaybackSource speech = frame -> {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (short) (8_000 * Math.sin(2 * Math.PI * 1_000 * position[0]++ / 8_000));
            }
        };
        mixer.notice(ToneTable.of("DE").waiting());
        short[] heard = frames(mixer.over(speech, 8_000), 8_000, 10);

        assertThat(HeardTones.hertz(heard, 8_000, 0, at(200))).hasSize(2);
        assertThat(HeardTones.hertz(heard, 8_000, 0, at(200)).get(0)).isCloseTo(425, within(4));
        assertThat(HeardTones.hertz(heard, 8_000, 0, at(200)).get(1)).isCloseTo(1_000, within(4));
    }

    @Test
    void a_tone_over_loud_sound_saturates_and_does_not_wrap() {
        ToneMixer mixer = new ToneMixer();
        mixer.notice(ToneTable.of("DE").waiting());
        short[] heard = frames(mixer.over(frame -> Arrays.fill(frame, Short.MAX_VALUE), 8_000), 8_000, 5);
        for (short sample : heard) {
            assertThat(sample).isGreaterThan((short) 20_000);
        }
    }

    @Test
    void a_recording_is_played_again_and_again() {
        short[] samples = new short[8_000];
        for (int i = 0; i < 4_000; i++) {
            samples[i] = (short) (9_000 * Math.sin(2 * Math.PI * 700 * i / 8_000));
        }
        HeardTones.assertRhythm(played(new Tone.Recorded(samples, 8_000, null), 8_000, 4), 8_000, "700/500,0/500", 3);
    }
}
