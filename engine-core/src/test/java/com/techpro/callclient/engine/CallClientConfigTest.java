// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.device.DeviceInfo;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A config is what its builder had been told when it was built. */
class CallClientConfigTest {
    /** Every key, salt, tag and branch of a client comes from it. */
    @Test
    void a_client_without_settings_draws_from_a_secure_source() {
        assertThat(CallClientConfig.builder().build().lab().random()).isExactlyInstanceOf(SecureRandom.class);
    }

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

    @Test
    void later_changes_of_a_group_affect_only_the_next_config() {
        FakeSecureStore store = new FakeSecureStore();
        List<Platform> kept = new ArrayList<>();
        CallClientConfig.Builder builder = CallClientConfig.builder()
                .platform(p -> kept.add(p.audio(null)))
                .lab(lab -> lab.mediaLoops(2));
        CallClientConfig one = builder.build();
        kept.get(0).store(store);
        CallClientConfig next = builder.lab(lab -> lab.mediaLoops(3)).build();

        assertThat(one.store()).isNull();
        assertThat(one.lab().mediaLoops()).isEqualTo(2);
        assertThat(next.store()).isSameAs(store);
        assertThat(next.lab().mediaLoops()).isEqualTo(3);
        assertThat(next.audioChosen())
                .as("what the first call of the group set")
                .isTrue();
    }

    @Test
    void of_user_agent_and_device_the_later_one_counts() {
        DeviceInfo device = new DeviceInfo("AcmePhone", "3.1.4", "tablet", "Canary OS 9");

        assertThat(CallClientConfig.builder()
                        .userAgent("One")
                        .platform(p -> p.device(device))
                        .build()
                        .userAgent())
                .isEqualTo(device.userAgent());
        assertThat(CallClientConfig.builder()
                        .platform(p -> p.device(device))
                        .userAgent("One")
                        .build()
                        .userAgent())
                .isEqualTo("One");
    }
}
