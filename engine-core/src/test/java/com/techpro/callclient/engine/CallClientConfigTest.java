// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A config is what its builder had been told when it was built. */
class CallClientConfigTest {
    @Test
    void later_changes_of_a_builder_affect_only_the_next_config() {
        CallClientConfig.Builder builder =
                CallClientConfig.builder().userAgent("One").maxCalls(3);
        CallClientConfig one = builder.build();
        CallClientConfig next = builder.userAgent("Next").build();

        assertThat(one.userAgent()).isEqualTo("One");
        assertThat(next.userAgent()).isEqualTo("Next");
        assertThat(next.maxCalls()).isEqualTo(3);
    }
}
