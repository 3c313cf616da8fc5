// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GateTest {
    @Test
    void a_gate_that_was_not_reached_is_never_green() {
        Gate found = Gate.of("speech", "speech", "2 of 2", "all", true);
        assertThat(found.unlessEnded(false)).isEqualTo(found);
        assertThat(found.green()).isTrue();
        assertThat(found.unlessEnded(true).green()).isFalse();
        assertThat(found.unlessEnded(true).verdict()).isEqualTo(Gate.Verdict.NOT_JUDGED);
        assertThat(Gate.notReached("speech", "speech").green()).isFalse();
    }
}
