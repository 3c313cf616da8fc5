// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Track} to the sample, where the waveform tells it: the correlation of 40 ms, ten times a second. Whether it is upside down does not matter, and is told;
 * so is by how much the voice is faster or slower than it was.
 */
final class FineTrack {
    private static final int WINDOW = Bands.RATE / 25;
    /** Between two windows, in steps. */
    private static final int APART = 20;

    private static final int REACH = Bands.STEP + Bands.STEP / 4;
    private static final double SURE = 0.6;
    /** Of the loud ones: what is quieter is not worth looking at. */
    private static final double QUIET = 0.1;
    /** So many windows away one tells something of a step. */
    private static final int NEIGHBOUR = 3;

    /** At a step of what was heard it is late by so many samples; correlation 1 to -1. */
    private record Place(int step, int delay, double correlation) {}

    private final Track track;
    /** One window after the other; null where the waveform does not tell. */
    private final @Nullable Place[] windows;

    private final List<Place> places = new ArrayList<>();

    FineTrack(double[] said, double[] heard, Track track, int steps) {
        this.track = track;
        double quiet = QUIET * QUIET * loud(said);
        this.windows = new Place[steps / APART];
        for (int window = 0; window < windows.length; window++) {
            Place place = place(said, heard, window * APART + APART / 2, quiet);
            windows[window] = place;
            if (place != null) {
                places.add(place);
            }
        }
    }

    /** How many samples before it was heard a step was said. */
    int delay(int step) {
        int rough = track.delay(step) * Bands.STEP;
        Place nearest = null;
        int last = Math.min(windows.length - 1, step / APART + NEIGHBOUR);
        for (int window = Math.max(0, step / APART - NEIGHBOUR); window <= last; window++) {
            Place place = windows[window];
            if (place != null
                    && Math.abs(place.delay - rough) <= REACH
                    && (nearest == null || Math.abs(place.step - step) < Math.abs(nearest.step - step))) {
                nearest = place;
            }
        }
        return nearest == null ? rough : nearest.delay;
    }

    /** In samples: what half of the places, or of the steps where there is none, do not exceed. */
    int medianDelay() {
        int[] delays = places.stream().mapToInt(Place::delay).sorted().toArray();
        return delays.length == 0 ? track.median() * Bands.STEP : delays[delays.length / 2];
    }

    /** Whether the waveform is inverted. */
    boolean upsideDown() {
        return places.stream().mapToDouble(Place::correlation).sum() < 0;
    }

    /** By what share what was heard is faster than what was said: 0.03 for 3 %, negative if slower; 0 where too little tells it. */
    double faster() {
        List<Double> slopes = new ArrayList<>();
        for (int i = 1; i < places.size(); i++) {
            Place before = places.get(i - 1);
            Place after = places.get(i);
            int time = (after.step - before.step) * Bands.STEP;
            int later = after.delay - before.delay;
            if (time <= 2 * APART * Bands.STEP && Math.abs(later) <= REACH) {
                slopes.add(-later / (double) time);
            }
        }
        slopes.sort(null);
        return slopes.size() < 5 ? 0 : slopes.get(slopes.size() / 2);
    }

    private @Nullable Place place(double[] said, double[] heard, int step, double quiet) {
        int heardFrom = step * Bands.STEP - WINDOW / 2;
        int around = track.delay(step) * Bands.STEP;
        if (heardFrom < 0 || heardFrom + WINDOW > heard.length) {
            return null;
        }
        double heardEnergy = energy(heard, heardFrom);
        int best = 0;
        double most = 0;
        for (int delay = around - REACH; delay <= around + REACH; delay++) {
            int saidFrom = heardFrom - delay;
            if (saidFrom < 0 || saidFrom + WINDOW > said.length) {
                continue;
            }
            double saidEnergy = energy(said, saidFrom);
            if (saidEnergy < quiet * WINDOW || heardEnergy <= 0) {
                continue;
            }
            double sum = 0;
            for (int i = 0; i < WINDOW; i++) {
                sum += said[saidFrom + i] * heard[heardFrom + i];
            }
            double correlation = sum / Math.sqrt(saidEnergy * heardEnergy);
            if (Math.abs(correlation) > Math.abs(most)) {
                most = correlation;
                best = delay;
            }
        }
        return Math.abs(most) < SURE ? null : new Place(step, best, most);
    }

    private static double energy(double[] samples, int from) {
        double sum = 0;
        for (int i = from; i < from + WINDOW; i++) {
            sum += samples[i] * samples[i];
        }
        return sum;
    }

    /** Mean square of the loudest twentieth. */
    private static double loud(double[] samples) {
        double[] energies = new double[samples.length / WINDOW];
        for (int i = 0; i < energies.length; i++) {
            energies[i] = energy(samples, i * WINDOW) / WINDOW;
        }
        return Bands.loud(energies);
    }
}
