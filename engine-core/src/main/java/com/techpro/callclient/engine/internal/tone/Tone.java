// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.tone;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sound that {@link ToneVoice} plays in a loop until it is told otherwise. Immutable. */
public sealed interface Tone {
    /**
     * Bursts and pauses.
     *
     * @param level of a burst, in dBm0
     */
    record Cadence(List<Burst> bursts, double level) implements Tone {
        public Cadence {
            bursts = List.copyOf(bursts);
        }

        /**
         * Parses a notation such as {@code 400+450/400,0/200}: frequencies in Hz and lengths in
         * milliseconds; 0 Hz is a pause. {@code 400*25} is 400 Hz modulated by 25 Hz.
         */
        static Cadence of(String notation, double level) {
            List<Burst> bursts = new ArrayList<>();
            for (String each : notation.split(",", -1)) {
                String[] parts = each.split("/", -1);
                String[] modulated = parts[0].split("\\*", -1);
                List<Integer> hertz = new ArrayList<>();
                for (String frequency : modulated[0].split("\\+", -1)) {
                    if (!frequency.equals("0")) {
                        hertz.add(Integer.parseInt(frequency));
                    }
                }
                int by = modulated.length > 1 ? Integer.parseInt(modulated[1]) : 0;
                bursts.add(new Burst(hertz, by, Integer.parseInt(parts[1])));
            }
            return new Cadence(bursts, level);
        }

        /** Returns the same rhythm with other frequencies. */
        Cadence withHertz(List<Integer> hertz, double loudness) {
            List<Burst> others = new ArrayList<>();
            for (Burst burst : bursts) {
                others.add(burst.isPause() ? burst : new Burst(hertz, 0, burst.millis()));
            }
            return new Cadence(others, loudness);
        }
    }

    /**
     * A section of sound or of silence.
     *
     * @param hertz at most {@link ToneVoice#MOST_FREQUENCIES}; empty for a pause
     * @param modulation the frequency in Hz that modulates the amplitude, by 100 %; 0 for none
     */
    record Burst(List<Integer> hertz, int modulation, int millis) {
        public Burst {
            hertz = List.copyOf(hertz);
        }

        boolean isPause() {
            return hertz.isEmpty();
        }
    }

    /**
     * Recorded samples; do not modify them. Compared by identity, as each file has one instance.
     */
    final class Recorded implements Tone {
        private final short[] samples;
        private final int sampleRate;
        private final @Nullable Recorded narrowband;

        /**
         * @param narrowband the same at 8 kHz, or null if this one is
         */
        Recorded(short[] samples, int sampleRate, @Nullable Recorded narrowband) {
            this.samples = samples;
            this.sampleRate = sampleRate;
            this.narrowband = narrowband;
        }

        public int sampleRate() {
            return sampleRate;
        }

        public Recorded narrowband() {
            return narrowband == null ? this : narrowband;
        }

        int length() {
            return samples.length;
        }

        short at(int position) {
            return samples[position];
        }
    }
}
