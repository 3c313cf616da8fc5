// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransformTest {
    private final double[] one = new double[Transform.SIZE];
    private final double[] other = new double[Transform.SIZE];

    @Test
    void it_is_the_sum_that_defines_it_of_two_signals() {
        Random random = Seeds.random(1);
        Transform transform = new Transform();
        for (int i = 0; i < Transform.SIZE; i++) {
            one[i] = random.nextGaussian();
            other[i] = 3 * random.nextGaussian();
            transform.re[i] = (float) one[i];
            transform.im[i] = (float) other[i];
        }

        transform.transform();

        for (int k = 1; k < Transform.SIZE; k++) {
            assertThat(transform.first(k)).isCloseTo((float) (4 * power(one, k)), within(0.01f));
            assertThat(transform.second(k)).isCloseTo((float) (4 * power(other, k)), within(0.05f));
        }
    }

    private static double power(double[] samples, int k) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < samples.length; i++) {
            double angle = 2 * Math.PI * k * i / samples.length;
            re += samples[i] * Math.cos(angle);
            im -= samples[i] * Math.sin(angle);
        }
        return re * re + im * im;
    }
}
