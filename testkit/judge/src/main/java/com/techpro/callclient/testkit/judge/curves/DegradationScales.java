// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.curves;

import com.techpro.callclient.testkit.judge.curves.DegradationScale.Place;
import com.techpro.callclient.testkit.judge.degrade.AddedSound;
import com.techpro.callclient.testkit.judge.degrade.Amplitude;
import com.techpro.callclient.testkit.judge.degrade.Coding;
import com.techpro.callclient.testkit.judge.degrade.Degradation;
import com.techpro.callclient.testkit.judge.degrade.Interruption;
import com.techpro.callclient.testkit.judge.degrade.PacketLoss;
import com.techpro.callclient.testkit.judge.degrade.PacketLoss.Concealment;
import com.techpro.callclient.testkit.judge.degrade.Timing;
import com.techpro.callclient.testkit.judge.ear.Ear;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The degradations by which the judge of recordings is measured. */
public final class DegradationScales {
    private static final Duration HALF_A_PACKET = Duration.ofMillis(10);
    private static final Duration ECHO = Duration.ofMillis(200);
    private static final Duration BETWEEN_CLICKS = Duration.ofMillis(487);
    /** The longest part omitted from a word. */
    private static final int WORD = Ear.SAMPLE_RATE / 8;

    private static final List<DegradationScale> OF_PACKETS = List.of(
            DegradationScale.of(
                    "packets lost evenly, silence in their place",
                    "%",
                    (level, place) -> PacketLoss.even(level).offset(place.offset()),
                    0.25,
                    0.5,
                    1,
                    2,
                    3,
                    4,
                    6,
                    10),
            DegradationScale.of(
                    "packets of 10 ms lost evenly, silence in their place",
                    "%",
                    (level, place) ->
                            PacketLoss.even(level).packets(HALF_A_PACKET).offset(place.offset()),
                    0.25,
                    0.5,
                    1,
                    2,
                    3,
                    4,
                    6,
                    10),
            DegradationScale.of(
                    "packets lost at random, silence in their place",
                    "%",
                    (level, place) -> PacketLoss.random(level, place.seed()).offset(place.offset()),
                    0.25,
                    0.5,
                    1,
                    2,
                    4,
                    6,
                    10),
            DegradationScale.of(
                    "packets lost in bursts of five, silence in their place",
                    "%",
                    (level, place) -> PacketLoss.bursts(level, 5, place.seed()).offset(place.offset()),
                    0.1,
                    0.5,
                    1,
                    2,
                    4,
                    6,
                    10),
            DegradationScale.of(
                    "packets lost evenly, the one before repeated",
                    "%",
                    (level, place) ->
                            PacketLoss.even(level).offset(place.offset()).concealedBy(Concealment.REPEAT),
                    1,
                    2,
                    4,
                    6,
                    8,
                    12,
                    16,
                    24,
                    32));

    private static final List<DegradationScale> OF_SOUND = List.of(
            DegradationScale.of(
                    "holes, twenty a second",
                    "ms",
                    (level, place) -> Interruption.holes(milliseconds(level), place.offset()),
                    1,
                    2,
                    3,
                    4,
                    5,
                    7,
                    10),
            DegradationScale.of(
                    "silence once, within a word",
                    "ms",
                    (level, place) -> Interruption.silence(inWord(place), milliseconds(level)),
                    10,
                    20,
                    30,
                    40,
                    60,
                    80,
                    120),
            DegradationScale.of(
                    "another voice once, in place of a word",
                    "ms",
                    (level, place) ->
                            Interruption.anotherSound(place.other().samples(), inWord(place), milliseconds(level)),
                    20,
                    40,
                    60,
                    80,
                    100,
                    120,
                    200),
            DegradationScale.of(
                    "a part of a word left out, the rest earlier",
                    "ms",
                    (level, place) ->
                            Timing.delayStep(inWord(place), milliseconds(level).negated()),
                    10,
                    20,
                    30,
                    40,
                    60,
                    80,
                    120),
            DegradationScale.of(
                    "first word cut",
                    "ms",
                    (level, place) -> Interruption.beginningCut(milliseconds(level)),
                    10,
                    20,
                    30,
                    40,
                    60,
                    80,
                    120),
            DegradationScale.of(
                    "last word cut",
                    "ms",
                    (level, place) -> Interruption.endCut(milliseconds(level)),
                    10,
                    20,
                    30,
                    40,
                    60,
                    80,
                    120,
                    200),
            DegradationScale.of(
                    "noise",
                    "dB below speech",
                    (level, place) -> AddedSound.noise(level, place.seed()),
                    50,
                    45,
                    40,
                    35,
                    30,
                    25,
                    20,
                    15),
            DegradationScale.of(
                    "hum of 50 Hz",
                    "dB below speech",
                    (level, place) -> AddedSound.hum(level, 50),
                    50,
                    45,
                    40,
                    35,
                    30,
                    25,
                    20,
                    15),
            DegradationScale.of(
                    "buzz of 100 Hz",
                    "dB below speech",
                    (level, place) -> AddedSound.buzz(level, 100),
                    50,
                    45,
                    40,
                    35,
                    30,
                    25,
                    20,
                    15),
            DegradationScale.of(
                    "clicks, two a second",
                    "steps of 32768",
                    (level, place) -> Timing.delay(place.offset()).then(AddedSound.clicks(BETWEEN_CLICKS, level)),
                    250,
                    500,
                    1_000,
                    2_000,
                    4_000,
                    8_000,
                    16_000),
            DegradationScale.of(
                    "another voice besides",
                    "dB below speech",
                    (level, place) -> AddedSound.sound(place.other().samples(), level),
                    50,
                    45,
                    40,
                    35,
                    30,
                    25,
                    20,
                    15),
            DegradationScale.of(
                    "echo after 200 ms",
                    "dB below speech",
                    (level, place) -> AddedSound.echo(ECHO, level),
                    50,
                    45,
                    40,
                    35,
                    30,
                    25,
                    20,
                    15,
                    10),
            DegradationScale.of(
                    "clipped",
                    "dB below the peak",
                    (level, place) -> Amplitude.clipping(level),
                    3,
                    6,
                    9,
                    12,
                    15,
                    18,
                    21,
                    24),
            DegradationScale.of("faster", "%", (level, place) -> Timing.faster(level), 0.1, 0.2, 0.4, 0.6, 1, 2, 4),
            DegradationScale.of("slower", "%", (level, place) -> Timing.faster(-level), 0.1, 0.2, 0.4, 0.6, 1, 2, 4),
            DegradationScale.of(
                    "one-way delay",
                    "ms",
                    (level, place) -> Timing.delay((int) (level * Ear.SAMPLE_RATE / 1_000) - place.delay()),
                    100,
                    200,
                    300,
                    350,
                    450,
                    600,
                    900));

    private DegradationScales() {}

    /**
     * Returns all of them, each from its mildest level to its worst.
     *
     * @param concealing codecs whose own concealment is measured
     * @param repeated a codec that speech passes several times
     */
    public static List<DegradationScale> all(List<Coding> concealing, Coding repeated) {
        List<DegradationScale> all = new ArrayList<>(OF_PACKETS);
        concealing.forEach(codec -> all.add(concealed(codec)));
        all.addAll(OF_SOUND);
        all.add(DegradationScale.ofCodec(
                "codings by " + repeated.title().replaceAll(" .*", "") + ", one after the other",
                "times",
                (level, place) -> times((int) level, repeated, place.offset()),
                1,
                2,
                3,
                4,
                6,
                8));
        return List.copyOf(all);
    }

    private static DegradationScale concealed(Coding codec) {
        return DegradationScale.ofCodec(
                "packets lost at random, concealed by " + codec.title().replaceAll(",.*", ""),
                "%",
                (level, place) -> codec.losing(PacketLoss.random(level, place.seed())
                        .offset(place.offset())
                        .concealedBy(Concealment.REPEAT)),
                0.5,
                1,
                2,
                4,
                8,
                12,
                16,
                24,
                32);
    }

    private static Degradation times(int times, Coding codec, int offset) {
        Degradation all = Degradation.none();
        for (int i = 0; i < times; i++) {
            all = all.then(codec.losing(PacketLoss.even(0).offset(offset + 50 * i)));
        }
        return all;
    }

    /** Returns a position with 125 ms of loud speech, slightly later each time. */
    private static Duration inWord(Place place) {
        long at = (long) place.voice().loudest(WORD) + place.delay() + place.offset() / 2;
        return Duration.ofNanos(at * 1_000_000_000L / Ear.SAMPLE_RATE);
    }

    private static Duration milliseconds(double level) {
        return Duration.ofNanos(Math.round(level * 1e6));
    }
}
