// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.tone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;

/** Bursts of sound and their frequencies, as an ear finds them in samples: it shares no code with what plays them. */
public final class HeardTones {
    private static final int WINDOW_MILLIS = 5;
    private static final double AUDIBLE = 150;
    /** A shorter gap is where a modulated tone has its least amplitude. */
    private static final int SHORTEST_PAUSE_MILLIS = 15;

    private static final int LONGEST_ANALYSED_MILLIS = 400;

    private HeardTones() {}

    /**
     * A burst.
     *
     * @param hertz those that have at least two fifths of the strongest's amplitude, rising
     */
    public record Heard(int fromMillis, int millis, List<Integer> hertz) {
        int endMillis() {
            return fromMillis + millis;
        }
    }

    public static List<Heard> in(short[] samples, int rate) {
        int window = rate * WINDOW_MILLIS / 1_000;
        List<Heard> found = new ArrayList<>();
        int from = -1;
        int quiet = 0;
        for (int at = 0; at + window <= samples.length; at += window) {
            boolean loud = rootMeanSquare(samples, at, window) > AUDIBLE;
            quiet = loud ? 0 : quiet + WINDOW_MILLIS;
            if (loud && from < 0) {
                from = at;
            } else if (from >= 0 && quiet == SHORTEST_PAUSE_MILLIS) {
                found.add(heard(samples, rate, from, at + window - quiet * rate / 1_000));
                from = -1;
            }
        }
        if (from >= 0) {
            found.add(heard(samples, rate, from, samples.length));
        }
        return found;
    }

    private static Heard heard(short[] samples, int rate, int from, int to) {
        return new Heard(
                (int) (from * 1_000L / rate),
                (int) ((to - from) * 1_000L / rate),
                hertz(samples, rate, from, to - from));
    }

    /** Local maxima of the spectrum, by Goertzel's algorithm under a Hann window. */
    public static List<Integer> hertz(short[] samples, int rate, int from, int length) {
        int analysed = Math.min(length, rate * LONGEST_ANALYSED_MILLIS / 1_000);
        double[] windowed = new double[analysed];
        for (int i = 0; i < analysed; i++) {
            windowed[i] = samples[from + i] * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / analysed));
        }
        double[] strength = new double[2_100];
        double most = 0;
        for (int hertz = 300; hertz < strength.length; hertz++) {
            strength[hertz] = goertzel(windowed, rate, hertz);
            most = Math.max(most, strength[hertz]);
        }
        List<Integer> peaks = new ArrayList<>();
        for (int hertz = 301; hertz < strength.length - 1; hertz++) {
            if (strength[hertz] > most * 0.4
                    && strength[hertz] >= strength[hertz - 1]
                    && strength[hertz] > strength[hertz + 1]) {
                peaks.add(hertz);
            }
        }
        return peaks;
    }

    private static double goertzel(double[] samples, int rate, double hertz) {
        double twice = 2 * Math.cos(2 * Math.PI * hertz / rate);
        double one = 0;
        double two = 0;
        for (double sample : samples) {
            double next = sample + twice * one - two;
            two = one;
            one = next;
        }
        return Math.sqrt(one * one + two * two - twice * one * two);
    }

    static double rootMeanSquare(short[] samples, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / length);
    }

    /**
     * From the first burst on, that rhythm and nothing else.
     *
     * @param notation frequencies and milliseconds, such as {@code 400+450/400,0/200}; bursts and pauses take turns
     * @param bursts at least so many are whole
     */
    public static void assertRhythm(short[] samples, int rate, String notation, int bursts) {
        List<Heard> heard = in(samples, rate);
        String[] expected = notation.split(",", -1);
        assertThat(heard).as("bursts of " + notation).hasSizeGreaterThanOrEqualTo(bursts);
        for (int i = 0; i < bursts; i++) {
            String[] burst = expected[2 * i % expected.length].split("/", -1);
            Heard now = heard.get(i);
            List<Integer> hertz = new ArrayList<>();
            for (String each : burst[0].split("\\+", -1)) {
                hertz.add(Integer.parseInt(each));
            }
            assertThat(now.hertz()).as(notation + " in " + heard).hasSize(hertz.size());
            for (int each = 0; each < hertz.size(); each++) {
                assertThat(now.hertz().get(each)).as(notation + " in " + heard).isCloseTo(hertz.get(each), within(4));
            }
            assertThat(now.millis()).as(notation + " in " + heard).isCloseTo(Integer.parseInt(burst[1]), within(15));
            if (i + 1 < bursts) {
                int pause =
                        Integer.parseInt(expected[(2 * i + 1) % expected.length].split("/", -1)[1]);
                assertThat(heard.get(i + 1).fromMillis() - now.endMillis())
                        .as("pause " + i + " of " + notation + " in " + heard)
                        .isCloseTo(pause, within(15));
            }
        }
    }
}
