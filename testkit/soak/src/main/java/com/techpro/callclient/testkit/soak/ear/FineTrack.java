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
    /** So alike at the delay before, it need not be looked for anywhere else. */
    private static final double FOLLOWED = 0.95;
    /** So far from the delay before, in samples, it is the same. */
    private static final int SAME = 3;
    /** Of the loud ones: what is quieter is not worth looking at. */
    private static final double QUIET = 0.1;
    /** So many windows away one tells something of a step. */
    private static final int NEIGHBOUR = 3;

    /** At a step of what was heard it is late by so many samples; correlation 1 to -1. */
    private record Place(int step, int delay, double correlation) {}

    private final double[] said;
    private final double[] heard;
    private final double[] saidEnergy;
    private final double[] heardEnergy;
    private final Track track;
    /** One window after the other; null where the waveform does not tell. */
    private final @Nullable Place[] windows;

    private final List<Place> places = new ArrayList<>();

    FineTrack(double[] said, double[] heard, Track track, boolean[] counts) {
        this.said = said;
        this.heard = heard;
        this.saidEnergy = energies(said);
        this.heardEnergy = energies(heard);
        this.track = track;
        double quiet = QUIET * QUIET * loud();
        this.windows = new Place[counts.length / APART];
        int before = 0;
        for (int window = 0; window < windows.length; window++) {
            int step = window * APART + APART / 2;
            Place place = counts[step] ? place(step, quiet, before) : null;
            windows[window] = place;
            if (place != null) {
                places.add(place);
                before = place.delay;
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

    /** How often the delay changed, as a jitter buffer changes it. */
    int changes() {
        int changes = 0;
        for (int i = 1; i < places.size(); i++) {
            changes += Math.abs(places.get(i).delay - places.get(i - 1).delay) > SAME ? 1 : 0;
        }
        return changes;
    }

    /** By how many samples the delay grew in all. */
    long grown() {
        long grown = 0;
        for (int i = 1; i < places.size(); i++) {
            int by = places.get(i).delay - places.get(i - 1).delay;
            grown += by > SAME ? by : 0;
        }
        return grown;
    }

    private @Nullable Place place(int step, double quiet, int before) {
        int heardFrom = step * Bands.STEP - WINDOW / 2;
        if (heardFrom < 0 || heardFrom + WINDOW > heard.length || heardEnergy(heardFrom) <= 0) {
            return null;
        }
        int around = track.delay(step) * Bands.STEP;
        if (Math.abs(before - around) <= REACH) {
            Place same = best(step, heardFrom, quiet, before - SAME, before + SAME);
            if (same != null && Math.abs(same.correlation) >= FOLLOWED && Math.abs(same.delay - before) < SAME) {
                return same;
            }
        }
        Place found = best(step, heardFrom, quiet, around - REACH, around + REACH);
        return found == null || Math.abs(found.correlation) < SURE ? null : found;
    }

    private @Nullable Place best(int step, int heardFrom, double quiet, int from, int to) {
        int best = 0;
        double most = 0;
        double energy = heardEnergy(heardFrom);
        for (int delay = from; delay <= to; delay++) {
            int saidFrom = heardFrom - delay;
            if (saidFrom < 0 || saidFrom + WINDOW > said.length) {
                continue;
            }
            double spoken = saidEnergy[saidFrom + WINDOW] - saidEnergy[saidFrom];
            if (spoken < quiet * WINDOW) {
                continue;
            }
            double sum = 0;
            for (int i = 0; i < WINDOW; i++) {
                sum += said[saidFrom + i] * heard[heardFrom + i];
            }
            double correlation = sum / Math.sqrt(spoken * energy);
            if (Math.abs(correlation) > Math.abs(most)) {
                most = correlation;
                best = delay;
            }
        }
        return most == 0 ? null : new Place(step, best, most);
    }

    private double heardEnergy(int from) {
        return heardEnergy[from + WINDOW] - heardEnergy[from];
    }

    /** Of all samples before each, and of all. */
    private static double[] energies(double[] samples) {
        double[] energies = new double[samples.length + 1];
        for (int i = 0; i < samples.length; i++) {
            energies[i + 1] = energies[i] + samples[i] * samples[i];
        }
        return energies;
    }

    /** Mean square of the loudest twentieth of what was said. */
    private double loud() {
        double[] energies = new double[said.length / WINDOW];
        for (int i = 0; i < energies.length; i++) {
            energies[i] = (saidEnergy[(i + 1) * WINDOW] - saidEnergy[i * WINDOW]) / WINDOW;
        }
        return Bands.loud(energies);
    }
}
