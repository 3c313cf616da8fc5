// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import com.techpro.callclient.testkit.soak.speech.SampleRates;
import com.techpro.callclient.testkit.soak.speech.SpeechClip.Rate;
import com.techpro.callclient.testkit.soak.speech.SpeechSource;

/**
 * Of sound of 16 kHz. What is below 4 kHz, where a voice has its strength, is compared by its waveform, to half a sample of 8 kHz, because codecs of higher rates delay by parts of
 * one; distances are those of all bands that the codec carries.
 */
final class WidebandAlignment extends Alignment {
    private static final int FACTOR = Rate.WIDEBAND.factor();
    /**
     * What Opus makes of a frame that it heard is nearer than this, what is put in the place of one that is lost is farther. {@code CodedSpeechTest} measures both.
     */
    static final double ALIKE = 3.0;

    private final short[] heard;
    private final short[] said;
    private final Alignment between;
    private final Fidelity fidelity;
    private final BandDistance bands;

    private WidebandAlignment(short[] said, short[] heard, Fidelity fidelity) {
        super(SampleRates.decimated(said, FACTOR, 0), SampleRates.decimated(heard, FACTOR, 0));
        this.said = said;
        this.heard = heard;
        this.between = new Alignment(SampleRates.decimated(said, FACTOR, 0), SampleRates.decimated(heard, FACTOR, 1));
        this.fidelity = fidelity;
        this.bands = new BandDistance(fidelity.highestHertz());
    }

    /**
     * Compares with what a talk said.
     *
     * @param heard 16 kHz
     * @param heardAt as of {@link Alignment}, in samples of 8 kHz
     */
    static WidebandAlignment of(SpeechSource talk, short[] heard, long heardAt, Fidelity fidelity) {
        short[] said = new short[heard.length + FACTOR * MAX_DELAY];
        for (int i = 0; i < said.length; i++) {
            said[i] = talk.at(Rate.WIDEBAND, FACTOR * (heardAt - MAX_DELAY) + i);
        }
        return new WidebandAlignment(said, heard, fidelity);
    }

    @Override
    Match follow(int index, int length, int delay) {
        return super.follow(index, length, delay).or(between.search(index, length, delay, 1));
    }

    @Override
    double distance(int frame, int delay) {
        return bands.decibels(said, FACTOR * counterpart(frame, delay), heard, FACTOR * frame);
    }

    @Override
    UpperBand upperBand(int frame, int delay) {
        return bands.upperBand(said, FACTOR * counterpart(frame, delay), heard, FACTOR * frame);
    }

    @Override
    boolean isAlike(int frame, int delay) {
        return !fidelity.waveform() && distance(frame, delay) <= ALIKE;
    }
}
