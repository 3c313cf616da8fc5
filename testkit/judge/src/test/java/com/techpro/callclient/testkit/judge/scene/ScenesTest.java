// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.judge.scene.SceneSettings.Kind;
import com.techpro.callclient.testkit.judge.scene.SceneSettings.Speaker;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenes differ by their seed alone, and are what their kind says. */
@Tag("slow")
class ScenesTest {
    private static final int RATE = Scene.SAMPLE_RATE;
    private static final Voices VOICES = Voices.packaged();

    @ParameterizedTest
    @EnumSource(names = {"TONES", "MUSIC", "SKIPS", "MOVING", "RATE_44100", "HEADSET"})
    void a_seed_makes_the_same_scene_again_and_no_other_does(Kind kind) {
        Scene scene = Scene.of(Scenes.of(kind, 7, 1), VOICES);

        Scene again = Scene.of(Scenes.of(kind, 7, 1), VOICES);
        assertThat(again.microphone()).isEqualTo(scene.microphone()).hasSize(Scene.SECONDS * scene.sampleRate());
        assertThat(again.far()).isEqualTo(scene.far()).hasSameSizeAs(scene.microphone());
        assertThat(Scene.of(Scenes.of(kind, 8, 1), VOICES).microphone()).isNotEqualTo(scene.microphone());
        assertThat(Scene.of(Scenes.of(kind, 7, 2), VOICES).far()).isNotEqualTo(scene.far());
    }

    @Test
    void a_seed_chooses_the_same_voices_again() {
        double[] spoken = Voices.of(3, WavFile::read).speech(1, Seeds.random(1), RATE);

        assertThat(Voices.of(3, WavFile::read).speech(1, Seeds.random(1), RATE)).isEqualTo(spoken);
        assertThat(Voices.of(4, WavFile::read).count())
                .isEqualTo(Voices.of(3, WavFile::read).count());
    }

    @ParameterizedTest
    @CsvSource({"MOVING, 1.3", "SKIPS, 1.3", "WEAK_AND_LATE, 1.5"})
    void an_echo_begins_after_the_delay_of_its_devices_and_way(Kind kind, double mostMetres) {
        SceneSettings settings = Scenes.of(kind, 5, 0);
        Scene scene = Scene.of(settings, VOICES);

        double later = first(scene.echo(), 3) - first(doubles(scene.far()), 30);

        assertThat(later / RATE - settings.delay).isBetween(0.0, mostMetres / Room.SPEED + 0.01);
    }

    @Test
    void the_direct_sound_and_each_walls_reflection_arrive_when_geometry_says() {
        double[] size = {5, 4, 3};
        double[] from = {1.5, 2.0, 1.2};
        double[] to = {3.1, 2.9, 1.4};
        double[] response = new Room(size, from, to, 0.4).response();
        double direct = distance(from, to);

        assertThat(peak(response, direct)).isCloseTo(1 / direct, within(0.02));
        // From where a wall's mirror image of the loudspeaker is.
        double[][] images = {{from[0], from[1], -from[2]}, {from[0], -from[1], from[2]}, {-from[0], from[1], from[2]}};
        double kept = peak(response, distance(images[0], to)) * distance(images[0], to);
        assertThat(kept).isBetween(0.6, 0.95);
        for (double[] image : images) {
            double way = distance(image, to);
            assertThat(peak(response, way)).isCloseTo(kept / way, within(0.02));
        }
        for (int i = 0; i < (direct / Room.SPEED) * RATE - 17; i++) {
            assertThat(response[i]).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"0.1, 3, 2.6, 2.4", "0.3, 4, 3.5, 2.6", "0.8, 6, 5, 3"})
    void a_room_fades_as_fast_as_it_should(double decay, double length, double width, double height) {
        double[] size = {length, width, height};
        double[] response = new Room(size, new double[] {1.1, 1.2, 1.3}, new double[] {1.9, 1.4, 1}, decay).response();

        // From -5 to -25 dB of the energy that is still to come (M. R. Schroeder, 1965).
        double slope = (below(response, 25) - below(response, 5)) * 3.0 / RATE;

        assertThat(slope).isBetween(0.6 * decay, 1.5 * decay);
    }

    @Test
    void a_sound_heard_in_parts_is_the_sound_heard_at_once() {
        double[] sound = new double[40000];
        sound[20000] = 1;
        Room room = new Room(new double[] {4, 3, 2.5}, new double[] {1, 1, 1}, new double[] {2, 1, 1}, 0.2);

        double[] heard = room.heard(sound);

        double[] response = room.response();
        for (int i = 0; i < response.length; i += 7) {
            assertThat(heard[20000 + i]).isCloseTo(response[i], within(1e-9));
            assertThat(room.heard(sound, 19900, 26000)[100 + i % 5000]).isCloseTo(response[i % 5000], within(1e-9));
        }
    }

    /** Without memory, two sounds that do not overlap do not disturb each other. */
    @ParameterizedTest
    @CsvSource({"LINEAR, false", "CLIPPING, false", "MEMORY, true", "LIMITER, true"})
    void a_loudspeaker_with_memory_plays_a_sound_otherwise_after_another(Speaker speaker, boolean memory) {
        SceneSettings settings = Scenes.of(Kind.ROOM, 1, 0);
        settings.speaker = speaker;
        settings.drive = 0.8;
        double[] bass = tone(150, 0, RATE / 2);
        double[] speech = tone(700, RATE / 2, RATE);
        double[] both = new double[RATE];
        for (int i = 0; i < both.length; i++) {
            both[i] = bass[i] + speech[i];
        }

        double[] one = Loudspeaker.of(settings, Seeds.random(1)).played(bass);
        double[] other = Loudspeaker.of(settings, Seeds.random(1)).played(speech);
        double[] together = Loudspeaker.of(settings, Seeds.random(1)).played(both);

        double most = 0;
        for (int i = 0; i < both.length; i++) {
            most = Math.max(most, Math.abs(together[i] - one[i] - other[i]));
        }
        assertThat(most > 100).isEqualTo(memory);
        assertThat(most < 1e-6).isNotEqualTo(memory);
    }

    private static double first(double[] samples, double least) {
        int at = 0;
        while (Math.abs(samples[at]) < least) {
            at++;
        }
        return at;
    }

    private static double peak(double[] response, double metres) {
        int at = (int) Math.floor(metres / Room.SPEED * RATE);
        double fraction = metres / Room.SPEED * RATE - at;
        // The height of an impulse between two samples, from both.
        double sinc = fraction < 1e-6 ? 1 : Math.sin(Math.PI * fraction) / (Math.PI * fraction);
        double other = Math.sin(Math.PI * (1 - fraction)) / (Math.PI * (1 - fraction));
        return (response[at] * sinc + response[at + 1] * other) / (sinc * sinc + other * other);
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    private static int below(double[] response, double decibels) {
        double all = 0;
        for (double tap : response) {
            all += tap * tap;
        }
        double left = all;
        int at = 0;
        while (left > all * Math.pow(10, -decibels / 10)) {
            left -= response[at] * response[at];
            at++;
        }
        return at;
    }

    private static double[] tone(double hertz, int from, int to) {
        double[] tone = new double[RATE];
        for (int i = from; i < to; i++) {
            tone[i] = 20000 * Math.sin(2 * Math.PI * hertz * i / RATE);
        }
        return tone;
    }

    private static double[] doubles(short[] samples) {
        double[] doubles = new double[samples.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = samples[i];
        }
        return doubles;
    }
}
