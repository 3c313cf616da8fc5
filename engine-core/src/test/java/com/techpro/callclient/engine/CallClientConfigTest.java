// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A config is what its builder had been told when it was built. */
class CallClientConfigTest {
    @Test
    void what_a_builder_is_told_later_is_not_in_what_it_has_built_but_in_what_it_builds_next() {
        CallClientConfig.Builder builder =
                CallClientConfig.builder().userAgent("One").maxCalls(3);
        CallClientConfig one = builder.build();
        CallClientConfig next = builder.userAgent("Next").build();

        assertThat(one.userAgent()).isEqualTo("One");
        assertThat(next.userAgent()).isEqualTo("Next");
        assertThat(next.maxCalls()).isEqualTo(3);
    }
}
