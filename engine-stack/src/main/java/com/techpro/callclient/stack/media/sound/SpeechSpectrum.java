// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * The short-time spectrum in which gains are applied: frames of two blocks under a square root of a Hann window,
 * overlapping by half, which give the signal back a block later. It has the spectra of the microphone without the
 * modelled echo and of that echo. For one thread at a time.
 */
final class SpeechSpectrum {
    private final int hop;
    private final RealFft fft;
    private final float[] window;
    private final float[] past;
    private final float[] pastEcho;
    private final float[] overlap;
    private final float[] time;
    private final float[] re;
    private final float[] im;
    private final float[] echoRe;
    private final float[] echoIm;
    private final float[] power;
    private final float[] echoPower;
    private final float[] kept;
    /** For how many blocks the echo's frame is not yet empty; negative if its spectrum is known to be. */
    private int echoBlocks = -1;

    SpeechSpectrum(int hop) {
        this.hop = hop;
        fft = new RealFft(2 * hop);
        window = new float[2 * hop];
        for (int i = 0; i < window.length; i++) {
            window[i] = (float) Math.sin(Math.PI * (i + 0.5) / window.length);
        }
        past = new float[2 * hop];
        pastEcho = new float[2 * hop];
        overlap = new float[hop];
        time = new float[2 * hop];
        int bins = fft.bins();
        re = new float[bins];
        im = new float[bins];
        echoRe = new float[bins];
        echoIm = new float[bins];
        power = new float[bins];
        echoPower = new float[bins];
        kept = new float[bins];
    }

    int bins() {
        return re.length;
    }

    /**
     * Transforms the frame that ends with these blocks.
     *
     * @param withEcho whether there is any modelled echo in this block; if not, {@code echo} is zero
     */
    void analyse(float[] block, float[] echo, boolean withEcho) {
        transform(block, past, re, im, power);
        echoBlocks = withEcho ? 2 : Math.max(-1, echoBlocks - 1);
        if (echoBlocks >= 0) {
            transform(echo, pastEcho, echoRe, echoIm, echoPower);
        }
    }

    private void transform(float[] block, float[] frame, float[] toRe, float[] toIm, float[] toPower) {
        System.arraycopy(frame, hop, frame, 0, hop);
        System.arraycopy(block, 0, frame, hop, hop);
        for (int i = 0; i < time.length; i++) {
            time[i] = frame[i] * window[i];
        }
        fft.forward(time, toRe, toIm);
        for (int k = 0; k < toPower.length; k++) {
            toPower[k] = toRe[k] * toRe[k] + toIm[k] * toIm[k];
        }
    }

    /** Keeps the power for {@link #limit}. */
    void keep() {
        System.arraycopy(power, 0, kept, 0, kept.length);
    }

    /**
     * Reduces bins that are louder than the noise and than what was {@link #keep kept} to the louder of these.
     *
     * @return the mean gain of the upper quarter
     */
    float limit(float[] noise) {
        float upper = 0;
        int upperBins = power.length / 4;
        for (int k = 0; k < power.length; k++) {
            float most = Math.max(noise[k], kept[k]);
            float gain = power[k] > most ? (float) Math.sqrt(most / power[k]) : 1;
            re[k] *= gain;
            im[k] *= gain;
            power[k] *= gain * gain;
            upper += k >= power.length - upperBins ? gain : 0;
        }
        return upper / upperBins;
    }

    /** The squared magnitudes by bin. */
    float[] power() {
        return power;
    }

    /** Those of the modelled echo. */
    float[] echoPower() {
        return echoPower;
    }

    float[] re() {
        return re;
    }

    float[] im() {
        return im;
    }

    /** Writes the block before the analysed one, with the changes made to the spectra. */
    void synthesise(float[] block) {
        fft.inverse(re, im, time);
        for (int i = 0; i < hop; i++) {
            block[i] = overlap[i] + time[i] * window[i];
            overlap[i] = time[hop + i] * window[hop + i];
        }
    }
}
