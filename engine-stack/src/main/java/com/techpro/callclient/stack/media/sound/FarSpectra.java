// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * The spectra of the loudspeaker's last blocks, newest first: each of a block and the one before it, as
 * overlap-save needs them. For one thread at a time.
 */
final class FarSpectra {
    private final int hop;
    private final RealFft fft;
    private final float[][] re;
    private final float[][] im;
    private final float[][] power;
    private final float[] time;
    private int newest;

    FarSpectra(int hop, int count, RealFft fft) {
        this.hop = hop;
        this.fft = fft;
        re = new float[count][fft.bins()];
        im = new float[count][fft.bins()];
        power = new float[count][fft.bins()];
        time = new float[2 * hop];
    }

    void add(float[] block) {
        System.arraycopy(time, hop, time, 0, hop);
        System.arraycopy(block, 0, time, hop, hop);
        newest = (newest + re.length - 1) % re.length;
        float[] r = re[newest];
        float[] i = im[newest];
        float[] p = power[newest];
        fft.forward(time, r, i);
        for (int k = 0; k < p.length; k++) {
            p[k] = r[k] * r[k] + i[k] * i[k];
        }
    }

    int count() {
        return re.length;
    }

    float[] re(int blocksAgo) {
        return re[(newest + blocksAgo) % re.length];
    }

    float[] im(int blocksAgo) {
        return im[(newest + blocksAgo) % re.length];
    }

    /** The squared magnitudes. */
    float[] power(int blocksAgo) {
        return power[(newest + blocksAgo) % re.length];
    }
}
