// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.tone;

import org.jspecify.annotations.Nullable;

/**
 * Adds one tone to frames. Within a burst the phase is continuous. Each start and end is a ramp of
 * five milliseconds, to avoid clicks. Allocates nothing. Belongs to the device's thread.
 */
final class ToneVoice {
    static final int MOST_FREQUENCIES = 4;

    private static final int RAMPS_PER_SECOND = 200;
    /** The amplitude of a 0 dBm0 sine in 16 bits: full scale is 3.14 dBm0 (ITU-T G.711). */
    private static final double ZERO_DBM0 = 32_767 / Math.pow(10, 3.14 / 20);

    private final int sampleRate;
    private final int ramp;
    private final double[] phases = new double[MOST_FREQUENCIES];
    private final double[] steps = new double[MOST_FREQUENCIES];

    private @Nullable Tone playing;
    private int burst;
    /** Remaining samples of the burst. */
    private int left;

    private int frequencies;
    private double amplitude;
    private double modulationPhase;
    /** 0 if nothing modulates the burst. */
    private double modulationStep;
    /** The position in a recording. */
    private int position;

    /** The ramp's position, from 0 to {@link #ramp}. */
    private int rise;

    ToneVoice(int sampleRate) {
        this.sampleRate = sampleRate;
        this.ramp = sampleRate / RAMPS_PER_SECOND;
    }

    /**
     * Continues a tone, or begins it after fading out another.
     *
     * @param wanted null for silence
     */
    void add(short[] frame, @Nullable Tone wanted) {
        for (int i = 0; i < frame.length; i++) {
            if (playing != wanted && rise == 0) {
                begin(wanted);
            }
            Tone now = playing;
            if (now == null) {
                return;
            }
            double sample = now instanceof Tone.Cadence cadence
                    ? next(cadence, now == wanted)
                    : next((Tone.Recorded) now, now == wanted);
            frame[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, frame[i] + Math.round(sample)));
        }
    }

    private void begin(@Nullable Tone tone) {
        playing = tone;
        position = 0;
        burst = 0;
        if (tone instanceof Tone.Cadence cadence) {
            begin(cadence);
        }
    }

    private void begin(Tone.Cadence cadence) {
        Tone.Burst now = cadence.bursts().get(burst);
        left = now.millis() * (sampleRate / 100) / 10;
        frequencies = now.hertz().size();
        amplitude = frequencies == 0 ? 0 : ZERO_DBM0 * Math.pow(10, cadence.level() / 20) / Math.sqrt(frequencies);
        for (int i = 0; i < frequencies; i++) {
            phases[i] = 0;
            steps[i] = 2 * Math.PI * now.hertz().get(i) / sampleRate;
        }
        modulationPhase = 0;
        modulationStep = 2 * Math.PI * now.modulation() / sampleRate;
        if (modulationStep > 0) {
            // The two sidebands have half of the carrier's power.
            amplitude /= Math.sqrt(1.5);
        }
    }

    private double next(Tone.Cadence cadence, boolean goesOn) {
        if (left == 0) {
            burst = (burst + 1) % cadence.bursts().size();
            begin(cadence);
        }
        climb(goesOn && frequencies > 0 && left > ramp);
        left--;
        double sum = 0;
        for (int i = 0; i < frequencies; i++) {
            sum += Math.sin(phases[i]);
            phases[i] += steps[i];
        }
        if (modulationStep > 0) {
            sum *= 1 + Math.sin(modulationPhase);
            modulationPhase += modulationStep;
        }
        return amplitude * sum * rise / ramp;
    }

    private double next(Tone.Recorded recording, boolean goesOn) {
        climb(goesOn);
        short sample = recording.at(position);
        position = (position + 1) % recording.length();
        return (double) sample * rise / ramp;
    }

    private void climb(boolean up) {
        rise = up ? Math.min(ramp, rise + 1) : Math.max(0, rise - 1);
    }
}
