// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FftTest {
    @Test
    void the_transform_matches_its_definition() {
        int size = 64;
        Random random = Seeds.random(1);
        double[] re = random.doubles(size).toArray();
        double[] im = random.doubles(size).toArray();
        double[] fastRe = re.clone();
        double[] fastIm = im.clone();

        new Fft(size).transform(fastRe, fastIm);

        for (int k = 0; k < size; k++) {
            double sumRe = 0;
            double sumIm = 0;
            for (int n = 0; n < size; n++) {
                double angle = -2 * Math.PI * k * n / size;
                sumRe += re[n] * Math.cos(angle) - im[n] * Math.sin(angle);
                sumIm += re[n] * Math.sin(angle) + im[n] * Math.cos(angle);
            }
            assertThat(fastRe[k]).isCloseTo(sumRe, within(1e-9));
            assertThat(fastIm[k]).isCloseTo(sumIm, within(1e-9));
        }
    }

    @Test
    void the_inverse_undoes_the_transform() {
        Fft fft = new Fft(16384);
        double[] signal = Seeds.random(2).doubles(fft.size()).toArray();
        double[] re = signal.clone();
        double[] im = new double[fft.size()];

        fft.transform(re, im);
        fft.inverseUnscaled(re, im);

        for (int i = 0; i < signal.length; i += 97) {
            assertThat(re[i] / fft.size()).isCloseTo(signal[i], within(1e-9));
        }
    }

    @Test
    void a_size_that_is_no_power_of_two_is_refused() {
        assertThatThrownBy(() -> new Fft(100)).isInstanceOf(IllegalArgumentException.class);
    }
}
