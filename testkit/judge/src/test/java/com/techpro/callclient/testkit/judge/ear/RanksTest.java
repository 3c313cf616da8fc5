// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RanksTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 20, 21, 199, 256, 257, 288, 289, 1_000, 5_003})
    void ranks_equal_those_found_by_sorting(int count) {
        Random random = Seeds.random(count);
        float[] values = new float[count + 5];
        for (int i = 0; i < values.length; i++) {
            // Many are the same, as in pauses.
            values[i] = i < count ? Math.max(0, random.nextInt(40) - 20) : -1;
        }
        float[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);

        assertThat(Ranks.median(values.clone(), count)).isEqualTo(count == 0 ? 0 : sorted[count / 2]);
        assertThat(Ranks.quiet(values.clone(), count)).isEqualTo(count == 0 ? 0 : sorted[(int) (0.1 * (count - 1))]);
        assertThat(Ranks.loud(values.clone(), count)).isEqualTo(count == 0 ? 0 : sorted[(int) (0.95 * (count - 1))]);
    }
}
