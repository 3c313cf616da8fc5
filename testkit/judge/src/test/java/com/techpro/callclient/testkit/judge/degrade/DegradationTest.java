// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.degrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.judge.degrade.PacketLoss.Concealment;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechClip.Rate;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.pbx.sound.SpeechCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each degradation does what it says: as much of it, where it says, and the same each time. */
@Tag("slow")
class DegradationTest {
    private static final int RATE = Degradation.SAMPLE_RATE;
    private static final int PACKET = RATE / 50;

    private static short[] said;

    @BeforeAll
    static void speak() throws IOException {
        SpeechSource talk = new SpeechSource(SpeechClip.builtIn(), 3_000);
        said = new short[4 * RATE];
        for (int i = 0; i < said.length; i++) {
            said[i] = talk.at(Rate.WIDEBAND, i);
        }
    }

    private static short[] constant(int seconds) {
        short[] samples = new short[seconds * RATE];
        Arrays.fill(samples, (short) 1_000);
        return samples;
    }

    private static short[] tone(int hertz) {
        Sound tone = Sound.tone(hertz, 8_000);
        short[] samples = new short[RATE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = tone.at(i, RATE);
        }
        return samples;
    }

    private static List<Degradation> all() {
        Duration moment = Duration.ofMillis(1_500);
        Duration length = Duration.ofMillis(60);
        return List.of(
                Degradation.none(),
                PacketLoss.even(5).offset(33),
                PacketLoss.random(5, 7).packets(Duration.ofMillis(10)),
                PacketLoss.bursts(8, 4, 7).concealedBy(Concealment.REPEAT),
                EngineCoding.of(SpeechCodec.G711_ALAW).then(EngineCoding.of(SpeechCodec.GSM)),
                EngineCoding.of(SpeechCodec.OPUS_12)
                        .losing(PacketLoss.random(10, 3).offset(57).concealedBy(Concealment.REPEAT)),
                Filter.highPass(120).then(Filter.lowPass(3_000)),
                Filter.telephoneBand(),
                Amplitude.gain(6).then(Amplitude.inverted()).then(Amplitude.offset(300)),
                Amplitude.clipping(12),
                AddedSound.noise(30, 5).then(AddedSound.hum(30, 50)).then(AddedSound.buzz(30, 100)),
                AddedSound.clicks(Duration.ofMillis(300), 9_000),
                AddedSound.sound(said, 20).then(AddedSound.echo(Duration.ofMillis(200), 20)),
                Interruption.silence(moment, length)
                        .then(Interruption.holes(Duration.ofMillis(5), 40))
                        .then(Interruption.anotherSound(said, moment, length)),
                Interruption.beginningCut(length).then(Interruption.endCut(length)),
                Timing.delay(981)
                        .then(Timing.delayStep(moment, length))
                        .then(Timing.faster(1))
                        .then(Timing.jitterBuffer(9)));
    }

    @Test
    void each_degradation_is_repeatable_keeps_the_length_and_leaves_its_input() {
        short[] before = said.clone();
        for (Degradation degradation : all()) {
            short[] once = degradation.applyTo(said);
            assertThat(degradation.applyTo(said)).isEqualTo(once).hasSameSizeAs(said);
            assertThat(said).isEqualTo(before);
        }
    }

    @Test
    void packets_are_lost_where_they_are_and_as_many_as_is_said() {
        short[] heard = PacketLoss.even(10).offset(57).applyTo(constant(4));
        assertThat(share(heard)).isCloseTo(0.1, within(0.01));
        int first = IntStream.range(0, heard.length)
                .filter(i -> heard[i] == 0)
                .findFirst()
                .orElseThrow();
        assertThat((first - 57) % PACKET).isZero();
        assertThat(Arrays.copyOfRange(heard, first, first + PACKET)).containsOnly(0);
        assertThat(heard[first + PACKET]).isEqualTo((short) 1_000);
        assertThat(share(PacketLoss.random(10, 4).applyTo(constant(60)))).isCloseTo(0.1, within(0.02));
        assertThat(share(PacketLoss.bursts(10, 5, 4).applyTo(constant(60)))).isCloseTo(0.1, within(0.03));
        assertThat(share(PacketLoss.even(100).applyTo(constant(1)))).isEqualTo(1);
    }

    private static double share(short[] heard) {
        return IntStream.range(0, heard.length).filter(i -> heard[i] == 0).count() / (double) heard.length;
    }

    @Test
    void packets_lost_at_one_rate_are_also_lost_at_a_higher_one() {
        short[] few = PacketLoss.bursts(4, 3, 11).applyTo(constant(30));
        short[] many = PacketLoss.bursts(12, 3, 11).applyTo(constant(30));
        assertThat(IntStream.range(0, few.length).allMatch(i -> few[i] != 0 || many[i] == 0))
                .isTrue();
        assertThat(share(many)).isGreaterThan(share(few));
    }

    @Test
    void a_repeated_packet_is_the_one_before() {
        short[] heard =
                PacketLoss.even(2).offset(57).concealedBy(Concealment.REPEAT).applyTo(said);
        int changed = Arrays.mismatch(said, heard) - 57;
        int at = 57 + changed / PACKET * PACKET;
        assertThat(Arrays.copyOfRange(heard, at, at + PACKET)).isEqualTo(Arrays.copyOfRange(said, at - PACKET, at));
    }

    @Test
    void impossible_losses_are_refused() {
        assertThatThrownBy(() -> PacketLoss.even(101)).hasMessageContaining("0 to 100 %");
        assertThatThrownBy(() -> PacketLoss.even(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PacketLoss.bursts(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PacketLoss.even(1).packets(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EngineCoding.of(SpeechCodec.OPUS_24).applyTo(said, 44_100))
                .hasMessageContaining("44100 Hz");
        assertThatThrownBy(() -> Timing.delay(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void coded_speech_has_its_energy_and_a_lost_packet_of_it_none(SpeechCodec codec) {
        double before = Samples.rms(said);
        assertThat(Samples.rms(EngineCoding.of(codec).applyTo(said))).isBetween(0.8 * before, 1.15 * before);
        for (int offset : new int[] {0, 57, 160}) {
            short[] heard = EngineCoding.of(codec)
                    .losing(PacketLoss.even(100).offset(offset))
                    .applyTo(said);
            assertThat(heard).containsOnly(0);
            short[] some = EngineCoding.of(codec)
                    .losing(PacketLoss.even(10).offset(offset))
                    .applyTo(tone(500));
            int silent = IntStream.range(0, 12 * PACKET)
                    .filter(i -> quiet(some, 5 * PACKET + i))
                    .findFirst()
                    .orElseThrow();
            // The filters between the rates reach over a packet's edge.
            assertThat(Math.floorMod(5 * PACKET + silent - offset + 40, PACKET)).isLessThan(80);
        }
    }

    private static boolean quiet(short[] samples, int at) {
        for (int i = at; i < at + 3 * RATE / 500; i++) {
            if (Math.abs(samples[i]) > 1_000) {
                return false;
            }
        }
        return true;
    }

    @Test
    void filters_attenuate_as_specified() {
        assertThat(lost(Filter.highPass(300), 100)).isCloseTo(19, within(1.0));
        assertThat(lost(Filter.highPass(300), 300)).isCloseTo(3, within(0.3));
        assertThat(lost(Filter.highPass(300), 1_000)).isCloseTo(0, within(0.2));
        assertThat(lost(Filter.lowPass(1_000), 1_000)).isCloseTo(3, within(0.3));
        assertThat(lost(Filter.telephoneBand(), 1_000)).isCloseTo(0, within(0.3));
        assertThat(lost(Filter.telephoneBand(), 100)).isGreaterThan(30);
        assertThat(lost(Filter.telephoneBand(), 6_000)).isGreaterThan(30);
    }

    /** Of a tone, in decibels. */
    private static double lost(Degradation filter, int hertz) {
        short[] heard = filter.applyTo(tone(hertz));
        return 20 * Math.log10(8_000 / Sound.amplitudeOf(hertz, Arrays.copyOfRange(heard, RATE / 2, RATE), RATE));
    }

    @Test
    void amplitudes_change_as_they_say() {
        assertThat(Amplitude.gain(6.02).applyTo(constant(1))).containsOnly(2_000);
        assertThat(Amplitude.gain(40).applyTo(constant(1))).containsOnly(Short.MAX_VALUE);
        assertThat(Amplitude.inverted().applyTo(constant(1))).containsOnly(-1_000);
        assertThat(Amplitude.offset(-300).applyTo(constant(1))).containsOnly(700);
        assertThat(Samples.peak(Amplitude.clipping(20).applyTo(said))).isCloseTo(Samples.peak(said) / 10, within(1.0));
    }

    @Test
    void added_sound_has_the_stated_level() {
        for (Degradation added : List.of(
                AddedSound.noise(20, 3),
                AddedSound.hum(20, 50),
                AddedSound.buzz(20, 100),
                AddedSound.sound(tone(700), 20))) {
            short[] heard = added.applyTo(said);
            // Its first second: the other sound is no longer.
            short[] alone = Arrays.copyOf(Samples.each(heard, (at, sample) -> sample - said[at]), RATE);
            assertThat(20 * Math.log10(Samples.rms(said) / Samples.rms(alone))).isCloseTo(20, within(0.5));
        }
        short[] clicked = AddedSound.clicks(Duration.ofMillis(250), 5_000).applyTo(new short[RATE]);
        assertThat(IntStream.range(0, RATE).filter(i -> clicked[i] == 5_000)).hasSize(4);
    }

    @Test
    void an_echo_comes_when_it_says_and_as_much_quieter() {
        short[] once = new short[RATE];
        once[100] = 20_000;
        short[] heard = AddedSound.echo(Duration.ofMillis(200), 20).applyTo(once);
        assertThat(heard[100]).isEqualTo((short) 20_000);
        assertThat(heard[100 + RATE / 5]).isEqualTo((short) 2_000);
    }

    @Test
    void interruptions_are_where_they_say() {
        short[] heard = Interruption.silence(Duration.ofMillis(500), Duration.ofMillis(60))
                .applyTo(constant(1));
        assertThat(IntStream.range(0, RATE).filter(i -> heard[i] == 0).boxed())
                .containsExactlyElementsOf(
                        IntStream.range(RATE / 2, RATE / 2 + 3 * PACKET).boxed().toList());
        assertThat(share(Interruption.holes(Duration.ofMillis(10), 0).applyTo(constant(1))))
                .isEqualTo(0.2);
        assertThat(Interruption.anotherSound(new short[RATE], Duration.ZERO, Duration.ofSeconds(1))
                        .applyTo(constant(1)))
                .containsOnly(0);
        short[] word = Interruption.silence(Duration.ZERO, Duration.ofMillis(300))
                .then(Interruption.silence(Duration.ofMillis(700), Duration.ofMillis(300)))
                .applyTo(constant(1));
        assertThat(share(Interruption.beginningCut(Duration.ofMillis(100)).applyTo(word)))
                .isCloseTo(0.7, within(1e-9));
        assertThat(share(Interruption.endCut(Duration.ofMillis(100)).applyTo(word)))
                .isCloseTo(0.7, within(1e-9));
        assertThat(Interruption.endCut(Duration.ofMillis(100)).applyTo(new short[RATE]))
                .containsOnly(0);
    }

    @Test
    void time_moves_as_it_says() {
        short[] once = new short[RATE];
        once[8_000] = 20_000;
        assertThat(where(Timing.delay(Duration.ofMillis(10)), once)).isEqualTo(8_160);
        assertThat(where(Timing.delayStep(Duration.ofMillis(400), Duration.ofMillis(100)), once))
                .isEqualTo(9_600);
        assertThat(where(Timing.delayStep(Duration.ofMillis(400), Duration.ofMillis(-50)), once))
                .isEqualTo(7_200);
        assertThat(where(Timing.delayStep(Duration.ofMillis(600), Duration.ofMillis(100)), once))
                .isEqualTo(8_000);
        assertThat(where(Timing.faster(25), once)).isEqualTo(6_400);
        assertThat(Timing.delay(2 * RATE).applyTo(once)).containsOnly(0);
    }

    private static int where(Degradation degradation, short[] samples) {
        short[] heard = degradation.applyTo(samples);
        return IntStream.range(0, heard.length)
                .filter(i -> heard[i] > 10_000)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_jitter_buffer_changes_the_time_and_leaves_the_waveform() {
        short[] heard = Timing.jitterBuffer(3).applyTo(said);
        assertThat(Arrays.mismatch(said, heard)).isBetween(RATE / 2, 2 * RATE);
        assertThat(Samples.rms(heard)).isCloseTo(Samples.rms(said), within(Samples.rms(said) / 10));
        short[] steady = Timing.jitterBuffer(3).applyTo(tone(200));
        int steepest = IntStream.range(1, RATE)
                .map(i -> Math.abs(steady[i] - steady[i - 1]))
                .max()
                .orElseThrow();
        assertThat(steepest).isLessThan(900);
    }
}
