// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.audio.AudioFormat;
import java.util.List;

/**
 * A loud sound of three tones, and the judge of what a microphone captured of it. No frame of the
 * last second has the same three phases as another one, so a frame that is repeated, old, omitted
 * or filled with too little audio is noticed. What is left of a frame without the tones shows an
 * offset, samples that were dropped, and peaks that were cut or wrapped.
 */
final class ProbeTones implements Sound {
    private static final double[] HERTZ = {408.0, 1_680.0, 2_354.4};
    /** The peaks of the sum come near the end of the 16-bit range. */
    private static final double AMPLITUDE = 9_000;

    private static final double MOST_AMPLITUDE_ERROR = 0.15 * AMPLITUDE;
    private static final double MOST_REST = 0.05 * AMPLITUDE;
    private static final double MOST_OFFSET = 0.01 * AMPLITUDE;
    /** In cycles, from one frame to the next. */
    private static final double MOST_PHASE_ERROR = 0.1;
    /** The tones of a frame are not orthogonal: each round leaves a tenth of the error. */
    private static final int ROUNDS = 4;

    private final AudioFormat format;
    private final double[] before = {Double.NaN, Double.NaN, Double.NaN};
    private int frames;
    private int cleanFrames;

    ProbeTones(AudioFormat format) {
        this.format = format;
    }

    @Override
    public short at(long index, int sampleRate) {
        double sum = 0;
        for (double hertz : HERTZ) {
            sum += Math.sin(2 * Math.PI * hertz * index / sampleRate);
        }
        return (short) Math.round(AMPLITUDE * sum);
    }

    /** Judges the next frames. */
    void hear(List<short[]> captured) {
        for (short[] frame : captured) {
            frames++;
            cleanFrames = isNext(frame) ? cleanFrames + 1 : 0;
        }
    }

    /** Returns how many frames were judged. */
    int frames() {
        return frames;
    }

    /** Returns how many of the last frames follow each other without a fault. */
    int cleanFrames() {
        return cleanFrames;
    }

    private boolean isNext(short[] frame) {
        double[] rest = new double[frame.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = frame[i];
        }
        double[] real = new double[HERTZ.length];
        double[] imaginary = new double[HERTZ.length];
        for (int round = 0; round < ROUNDS; round++) {
            for (int tone = 0; tone < HERTZ.length; tone++) {
                takeOut(tone, rest, real, imaginary);
            }
        }
        boolean next = hasTones(real, imaginary);
        double offset = 0;
        double power = 0;
        for (double sample : rest) {
            offset += sample / rest.length;
            power += sample * sample / rest.length;
        }
        return next && Math.abs(offset) < MOST_OFFSET && Math.sqrt(power) < MOST_REST;
    }

    private void takeOut(int tone, double[] rest, double[] real, double[] imaginary) {
        double step = 2 * Math.PI * HERTZ[tone] / format.sampleRate();
        double cosine = 0;
        double sine = 0;
        for (int i = 0; i < rest.length; i++) {
            cosine += 2 * rest[i] * Math.cos(step * i) / rest.length;
            sine += 2 * rest[i] * Math.sin(step * i) / rest.length;
        }
        for (int i = 0; i < rest.length; i++) {
            rest[i] -= cosine * Math.cos(step * i) + sine * Math.sin(step * i);
        }
        real[tone] += cosine;
        imaginary[tone] += sine;
    }

    /** Whether each tone is as loud as it was, and its phase continues that of the frame before. */
    private boolean hasTones(double[] real, double[] imaginary) {
        boolean has = true;
        for (int tone = 0; tone < HERTZ.length; tone++) {
            double phase = Math.atan2(real[tone], imaginary[tone]) / (2 * Math.PI);
            double error = phase - before[tone] - HERTZ[tone] * format.samplesPerFrame() / format.sampleRate();
            before[tone] = phase;
            double loudness = Math.hypot(real[tone], imaginary[tone]);
            has &= Math.abs(error - Math.rint(error)) < MOST_PHASE_ERROR
                    && Math.abs(loudness - AMPLITUDE) < MOST_AMPLITUDE_ERROR;
        }
        return has;
    }
}
