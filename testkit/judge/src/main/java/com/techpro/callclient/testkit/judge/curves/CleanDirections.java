// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.curves;

import com.techpro.callclient.testkit.judge.degrade.Amplitude;
import com.techpro.callclient.testkit.judge.degrade.Degradation;
import com.techpro.callclient.testkit.judge.degrade.Filter;
import com.techpro.callclient.testkit.judge.degrade.Timing;
import com.techpro.callclient.testkit.judge.ear.Ear;
import com.techpro.callclient.testkit.judge.ear.Hearing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Directions of calls without faults. Each has a voice, a codec, and a random delay, offset, level,
 * polarity and filter. A judge that rejects one raises a false alarm. The same seed gives the same
 * directions.
 */
public final class CleanDirections {
    private static final int MOST_DELAY = 5_000;
    private static final int MOST_OFFSET = 160;
    /** In dB. What becomes louder is said as much quieter, so that nothing is clipped. */
    private static final double MOST_GAIN = 12;

    private static final double MOST_HEIGHT = 1_000;
    /** In hertz; 0 is no filter, and 1 the telephone band. */
    private static final int[] FILTERS = {0, 0, 80, 120, 200, 300, 1};

    private final List<TestVoice> voices;
    private final long seed;

    /**
     * Prepares the directions without judging any.
     *
     * @param voices one or more
     * @throws IllegalArgumentException if there is none
     */
    public CleanDirections(List<TestVoice> voices, long seed) {
        if (voices.isEmpty()) {
            throw new IllegalArgumentException("one voice is needed at least");
        }
        this.voices = List.copyOf(voices);
        this.seed = seed;
    }

    /**
     * The result of a channel's directions.
     *
     * @param channel the channel
     * @param judged how many directions were judged
     * @param lowestScore the lowest similarity, 1 to 5
     * @param alarms the rejected directions, with the reason
     */
    public record Result(Channel channel, int judged, double lowestScore, List<String> alarms) {
        public Result {
            alarms = List.copyOf(alarms);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%-26s %6d directions, %4d alarms, similarity %.1f at least",
                    channel.name(),
                    judged,
                    alarms.size(),
                    lowestScore);
        }
    }

    /** Judges this many directions of a channel. */
    public Result judge(Channel channel, int directions) {
        Ear ear = new Ear();
        List<String> alarms = new ArrayList<>();
        double lowest = 5;
        for (int i = 0; i < directions; i++) {
            Random random = new Random(31 * (31 * seed + channel.name().hashCode()) + i);
            // Similar seeds have similar first numbers.
            var unused = random.nextLong();
            TestVoice voice = voices.get(random.nextInt(voices.size()));
            Way way = Way.drawn(random, channel);
            short[] said = Amplitude.gain(-Math.max(0, way.gain())).applyTo(voice.samples());
            Hearing hearing = ear.compare(said, way.degradation().applyTo(said));
            lowest = Math.min(lowest, hearing.score());
            if (!hearing.verified()) {
                alarms.add(voice + ", " + way.words() + ": " + hearing + " " + hearing.findings());
            }
        }
        return new Result(channel, directions, lowest, alarms);
    }

    private record Way(String words, double gain, Degradation degradation) {
        static Way drawn(Random random, Channel channel) {
            int delay = random.nextInt(MOST_DELAY);
            int offset = random.nextInt(MOST_OFFSET + 1);
            double gain = Math.rint((2 * random.nextDouble() - 1) * MOST_GAIN);
            boolean inverted = random.nextInt(4) == 0;
            double height = random.nextInt(4) == 0 ? Math.rint(MOST_HEIGHT * (2 * random.nextDouble() - 1)) : 0;
            int filter = FILTERS[random.nextInt(FILTERS.length)];
            Degradation before =
                    filter == 0 ? Degradation.none() : filter == 1 ? Filter.telephoneBand() : Filter.highPass(filter);
            Degradation way = Timing.delay(delay)
                    .then(before)
                    .then(Amplitude.gain(gain))
                    .then(inverted ? Amplitude.inverted() : Degradation.none())
                    .then(channel.degradation(offset))
                    .then(Amplitude.offset(height));
            String words = String.format(
                    Locale.ROOT,
                    "%s, delay %d and offset %d samples, %+.0f dB, %s, offset of samples %.0f, %s",
                    channel.name(),
                    delay,
                    offset,
                    gain,
                    inverted ? "inverted" : "not inverted",
                    height,
                    filter == 0 ? "no filter" : filter == 1 ? "300 to 3400 Hz" : "above " + filter + " Hz");
            return new Way(words, gain, way);
        }
    }
}
