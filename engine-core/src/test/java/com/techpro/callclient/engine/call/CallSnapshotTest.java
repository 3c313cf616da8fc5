// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CallSnapshotTest {
    private final CallSnapshot.Builder builder =
            CallSnapshot.builder("c1", CallDirection.INCOMING, new PartyIdentity("Anna", "1002", "pbx.example"));

    @Test
    void a_host_makes_one_for_its_own_tests() {
        CallSnapshot rings = builder.build();

        assertThat(rings.state()).isEqualTo(CallState.INCOMING);
        assertThat(rings.caller().name()).isEqualTo("Anna");
        assertThat(rings.ending()).isNull();
    }

    @Test
    void a_built_snapshot_does_not_change_with_its_builder() {
        CallSnapshot before = builder.build();

        CallSnapshot after =
                builder.state(CallState.ESTABLISHED).answered(Instant.EPOCH).build();

        assertThat(before.state()).isEqualTo(CallState.INCOMING);
        assertThat(after.state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(after.toBuilder().build())
                .isEqualTo(after)
                .hasSameHashCodeAs(after)
                .isNotEqualTo(before);
    }

    @Test
    void it_prints_without_personal_data() {
        assertThat(builder.build().toString())
                .contains("c1", "INCOMING")
                .doesNotContain("Anna")
                .doesNotContain("1002");
    }
}
