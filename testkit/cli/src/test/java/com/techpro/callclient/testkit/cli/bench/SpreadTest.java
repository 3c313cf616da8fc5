// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void the_median_of_some_rounds_is_given_with_the_extremes() {
        assertThat(Spread.of(List.of(3.0, 1.0, 9.0, 2.0, 4.0))).isEqualTo(new Spread(1, 3, 9));
        assertThat(Spread.of(List.of(4.0, 1.0))).isEqualTo(new Spread(1, 2.5, 4));
        assertThat(new Spread(1.234, 2, 3)).hasToString("1.23 to 3.00");
    }
}
