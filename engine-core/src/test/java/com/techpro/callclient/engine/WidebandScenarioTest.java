// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two whole engines speak G.722, and devices follow what is spoken. */
class WidebandScenarioTest {
    private static final double LOUD = 6_000;

    private final PhoneScene scene = new PhoneScene(1);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void sound_above_4_kHz_arrives_in_both_directions() {
        Phone alice = scene.phone("alice", "192.0.2.1").registered().speaking(5_000);
        Phone bob = scene.phone("bob", "192.0.2.2").registered().speaking(6_000);
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(1));

        assertThat(call.snapshot().codec()).isEqualTo("G722");
        assertThat(alice.hears(6_000)).isGreaterThan(LOUD);
        assertThat(bob.hears(5_000)).isGreaterThan(LOUD);
        assertThat(alice.audio.heardRate()).isEqualTo(16_000);
    }

    @Test
    void devices_that_are_narrowband_only_are_used_as_they_are() {
        Phone alice = scene.phone("alice", "192.0.2.1").registered().speaking(1_000);
        Phone bob = scene.phone("bob", "192.0.2.2").registered().speaking(2_000);
        alice.audio.narrowband();
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(1));

        assertThat(call.snapshot().codec()).isEqualTo("G722");
        assertThat(alice.hears(2_000)).isGreaterThan(LOUD);
        assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
        assertThat(alice.audio.heardRate()).isEqualTo(8_000);
        assertThat(alice.audio.openStreams()).isEqualTo(2);
    }
}
