// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallQuality;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Quality is measured or absent. */
class QualityBeforeSoundTest {
    private final PhoneScene scene = new PhoneScene(415);
    private final Phone alice = scene.phone("1001", "192.0.2.1").registered();
    private final Phone bob = scene.phone("1002", "192.0.2.2").registered();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void there_is_none_before_sound_has_arrived_and_then_it_has_its_time() {
        Call call = scene.talk(alice, bob);
        assertThat(call.snapshot().quality()).as("no packet has come").isNull();
        assertThat(call.snapshot().cipher()).as("keys are known all the same").isNotNull();

        scene.pass(Duration.ofSeconds(6));

        Instant now = scene.time.openLoop("clock").now();
        CallQuality quality = call.snapshot().quality();
        assertThat(quality).isNotNull();
        assertThat(quality.receiving().packets()).isPositive();
        assertThat(quality.latest().measured()).isBetween(now.minusSeconds(1), now);
        assertThat(alice.told(CallEvent.QualityChanged.class))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.after().quality()).isNotNull());

        call.hangUp();
        scene.pass(Duration.ofMinutes(1));
        assertThat(call.snapshot().quality().latest().measured())
                .as("of the call's last second")
                .isBefore(now.plusSeconds(2));
    }
}
