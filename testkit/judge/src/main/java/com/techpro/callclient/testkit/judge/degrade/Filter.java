// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.degrade;

/** Frequency filters of a microphone, a loudspeaker or a gateway. */
public final class Filter {
    private Filter() {}

    /** Attenuates below this frequency by 12 dB per octave (a second-order Butterworth filter). */
    public static Degradation highPass(double hertz) {
        return (speech, sampleRate) -> {
            double w = Math.tan(Math.PI * hertz / sampleRate);
            double n = 1 / (1 + Math.sqrt(2) * w + w * w);
            return biquad(speech, new double[] {n, -2 * n, n}, w, n);
        };
    }

    /** Attenuates above this frequency by 12 dB per octave. */
    public static Degradation lowPass(double hertz) {
        return (speech, sampleRate) -> {
            double w = Math.tan(Math.PI * hertz / sampleRate);
            double n = 1 / (1 + Math.sqrt(2) * w + w * w);
            return biquad(speech, new double[] {w * w * n, 2 * w * w * n, w * w * n}, w, n);
        };
    }

    private static short[] biquad(short[] samples, double[] forward, double w, double n) {
        double back1 = 2 * (w * w - 1) * n;
        double back2 = (1 - Math.sqrt(2) * w + w * w) * n;
        double[] state = new double[2];
        return Samples.each(samples, (at, sample) -> {
            double out = forward[0] * sample + state[0];
            state[0] = forward[1] * sample - back1 * out + state[1];
            state[1] = forward[2] * sample - back2 * out;
            return out;
        });
    }

    /** Passes the band of a gateway to the telephone network: 300 to 3,400 Hz. */
    public static Degradation telephoneBand() {
        return highPass(300)
                .then(highPass(300))
                .then(lowPass(3_400))
                .then(lowPass(3_400))
                .then(lowPass(3_400));
    }
}
