// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.speech;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleRatesTest {
    private static final int REACH = 16;

    @ParameterizedTest
    @CsvSource({"2, 1", "2, 511", "2, 512", "2, 1700", "3, 1700", "6, 1024"})
    void each_sample_of_a_higher_rate_is_the_sum_of_all_near_it(int factor, int length) {
        short[] loop = noise(length);
        double[] filter = lowPass(factor);

        short[] raised = SampleRates.interpolated(loop, factor);

        assertThat(raised).hasSize(factor * length);
        for (int at = 0; at < raised.length; at++) {
            double sum = 0;
            int reach = REACH * factor;
            for (int i = Math.floorDiv(at - reach + factor - 1, factor); i <= Math.floorDiv(at + reach, factor); i++) {
                sum += filter[at - i * factor + reach] * loop[Math.floorMod(i, length)];
            }
            assertThat(raised[at]).isEqualTo(rounded(factor * sum));
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 0", "2, 1023, 0", "3, 1536, 0", "3, 5003, 0", "3, 5003, 7", "6, 7001, 1"})
    void each_sample_of_a_lower_rate_is_the_sum_of_all_near_it(int factor, int length, int first) {
        short[] samples = noise(length);
        double[] filter = lowPass(factor);

        short[] lowered = SampleRates.decimated(samples, factor, first);

        assertThat(lowered).hasSize(Math.max(0, length - first + factor - 1) / factor);
        for (int i = 0; i < lowered.length; i++) {
            double sum = 0;
            int centre = first + i * factor;
            int reach = REACH * factor;
            for (int at = Math.max(0, centre - reach); at <= Math.min(length - 1, centre + reach); at++) {
                sum += filter[at - centre + reach] * samples[at];
            }
            assertThat(lowered[i]).isEqualTo(rounded(sum));
        }
    }

    private static short[] noise(int length) {
        Random random = Seeds.random(length);
        short[] noise = new short[length];
        for (int i = 0; i < length; i++) {
            // Now and then louder than a sample can be.
            noise[i] = rounded(15_000 * random.nextGaussian());
        }
        return noise;
    }

    private static double[] lowPass(int factor) {
        int reach = REACH * factor;
        double cutOff = 0.95 / factor;
        double[] filter = new double[2 * reach + 1];
        double sum = 0;
        for (int i = -reach; i <= reach; i++) {
            double sinc = i == 0 ? cutOff : Math.sin(Math.PI * cutOff * i) / (Math.PI * i);
            filter[i + reach] = sinc * (0.5 + 0.5 * Math.cos(Math.PI * i / (reach + 1)));
            sum += filter[i + reach];
        }
        for (int i = 0; i < filter.length; i++) {
            filter[i] /= sum;
        }
        return filter;
    }

    private static short rounded(double sample) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.rint(sample)));
    }
}
