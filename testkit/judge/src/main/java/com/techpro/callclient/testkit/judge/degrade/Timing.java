// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.degrade;

import java.time.Duration;
import java.util.Random;

/** Changes of time or speed. Samples beyond the end are dropped. */
public final class Timing {
    /** The shortest insertion or removal of a jitter buffer: pitches of 400 to 67 Hz. */
    private static final Duration SHORTEST = Duration.ofNanos(2_500_000);

    private static final Duration LONGEST = Duration.ofMillis(15);
    /** The length of waveform that it compares. */
    private static final Duration LIKE = Duration.ofMillis(15);

    private static final Duration LEAST_APART = Duration.ofMillis(500);
    private static final Duration MOST_APART = Duration.ofMillis(1_500);

    private Timing() {}

    /** Delays the speech. */
    public static Degradation delay(Duration by) {
        return (speech, sampleRate) -> later(speech, Samples.count(by, sampleRate));
    }

    /**
     * Delays the speech by this many samples.
     *
     * @throws IllegalArgumentException if they are negative
     */
    public static Degradation delay(int samples) {
        if (samples < 0) {
            throw new IllegalArgumentException("nobody hears what will be said");
        }
        return (speech, sampleRate) -> later(speech, samples);
    }

    private static short[] later(short[] speech, int by) {
        short[] later = new short[speech.length];
        System.arraycopy(speech, 0, later, Math.min(by, speech.length), Math.max(0, speech.length - by));
        return later;
    }

    /**
     * Changes the delay at a moment: inserts silence, or omits speech, as on another network path.
     *
     * @param by earlier if it is negative
     */
    public static Degradation delayStep(Duration at, Duration by) {
        return (speech, sampleRate) -> {
            int from = Math.min(speech.length, Samples.count(at, sampleRate));
            int step = Samples.count(by, sampleRate);
            return Samples.each(speech, (i, sample) -> {
                int said = i - step;
                return i < from ? sample : said < from || said >= speech.length ? 0 : speech[said];
            });
        };
    }

    /**
     * Speeds the speech up by this many percent, and raises its pitch, as drifting clocks do;
     * negative is slower.
     */
    public static Degradation faster(double percent) {
        return (speech, sampleRate) ->
                Samples.each(speech, (at, sample) -> Samples.between(speech, at * (1 + percent / 100)));
    }

    /**
     * Removes or inserts some pitch periods about once a second with cross-fades, as a jitter
     * buffer does inaudibly.
     */
    public static Degradation jitterBuffer(long seed) {
        return (speech, sampleRate) -> new Splices(speech, sampleRate, new Random(seed)).made();
    }

    private static final class Splices {
        private final short[] speech;
        private final Random random;
        private final int shortest;
        private final int longest;
        private final int like;
        private final int leastApart;
        private final int mostApart;

        Splices(short[] speech, int sampleRate, Random random) {
            this.speech = speech;
            this.random = random;
            this.shortest = Samples.count(SHORTEST, sampleRate);
            this.longest = Samples.count(LONGEST, sampleRate);
            this.like = Samples.count(LIKE, sampleRate);
            this.leastApart = Samples.count(LEAST_APART, sampleRate);
            this.mostApart = Samples.count(MOST_APART, sampleRate);
        }

        short[] made() {
            short[] played = new short[speech.length];
            int from = 0;
            int next = apart();
            for (int to = 0; to < played.length && from < speech.length; ) {
                if (to < next || from < longest || from + longest + like >= speech.length) {
                    played[to++] = speech[from++];
                    continue;
                }
                next = to + apart();
                int period = period(from);
                int onto = random.nextBoolean() ? from + period : from - period;
                for (int i = 0; i < period && to < played.length; i++) {
                    double part = i / (double) period;
                    played[to++] = (short) Math.rint((1 - part) * speech[from + i] + part * speech[onto + i]);
                }
                from = onto + period;
            }
            return played;
        }

        private int apart() {
            return leastApart + random.nextInt(mostApart - leastApart);
        }

        /** Returns the lag at which the waveform is most similar to itself. */
        private int period(int at) {
            int best = shortest;
            double most = Double.NEGATIVE_INFINITY;
            for (int lag = shortest; lag < longest; lag++) {
                double product = 1;
                double here = 1;
                double there = 1;
                for (int i = 0; i < like; i++) {
                    product += (double) speech[at + i] * speech[at + lag + i];
                    here += (double) speech[at + i] * speech[at + i];
                    there += (double) speech[at + lag + i] * speech[at + lag + i];
                }
                double alike = product / Math.sqrt(here * there);
                if (alike > most) {
                    most = alike;
                    best = lag;
                }
            }
            return best;
        }
    }
}
