// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.degrade;

import java.time.Duration;
import java.util.Random;

/** Speech that comes at another time than it was said, or at another speed. What no longer fits at the end is left out. */
public final class Timing {
    /** What a jitter buffer adds or leaves out at once: pitches of 400 to 67 Hz. */
    private static final Duration SHORTEST = Duration.ofNanos(2_500_000);

    private static final Duration LONGEST = Duration.ofMillis(15);
    /** By which it finds where the waveform is alike. */
    private static final Duration LIKE = Duration.ofMillis(15);

    private static final Duration LEAST_APART = Duration.ofMillis(500);
    private static final Duration MOST_APART = Duration.ofMillis(1_500);

    private Timing() {}

    /** Later. */
    public static Degradation delay(Duration by) {
        return (speech, sampleRate) -> later(speech, Samples.count(by, sampleRate));
    }

    /**
     * Later by so many samples.
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
     * From a moment on later, after as much silence, or earlier, and what was said meanwhile is left out: another path through the network.
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

    /** Faster by so many percent, and higher, as of clocks that drift apart; slower if they are negative. */
    public static Degradation faster(double percent) {
        return (speech, sampleRate) ->
                Samples.each(speech, (at, sample) -> Samples.between(speech, at * (1 + percent / 100)));
    }

    /** A jitter buffer that plays some pitch periods less or more, about once a second, by fading from one into the other: nobody hears it. */
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

        /** After which the waveform is most like itself. */
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
