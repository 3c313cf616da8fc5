// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys that were dialled behind a number, as {@code 1002,,12#}. */
class PostDialKeysTest {
    private final PhoneScene scene = new PhoneScene(413);
    private final Phone alice = scene.phone("1001", "192.0.2.1").registered();
    private final Phone bob = scene.phone("1002", "192.0.2.2").registered();

    @AfterEach
    void close() {
        scene.close();
    }

    private Call answered(String dialled) {
        Call call = alice.account.dial(dialled);
        scene.until(() -> bob.incoming != null);
        bob.incoming.answer();
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        return call;
    }

    private String keysHeard() {
        StringBuilder keys = new StringBuilder();
        bob.told(CallEvent.DtmfReceived.class).forEach(event -> keys.append(event.tone()));
        return keys.toString();
    }

    @Test
    void they_are_pressed_after_the_answer_with_two_seconds_a_comma() {
        Call call = answered("1002,,12#,9");

        scene.pass(Duration.ofMillis(3_800));
        assertThat(keysHeard()).as("before two commas are over").isEmpty();
        scene.pass(Duration.ofMillis(1_500));
        assertThat(keysHeard()).isEqualTo("12#");
        scene.pass(Duration.ofMillis(1_000));
        assertThat(keysHeard()).as("before the third comma is over").isEqualTo("12#");
        scene.pass(Duration.ofSeconds(2));
        assertThat(keysHeard()).isEqualTo("12#9");
        scene.pass(Duration.ofSeconds(20));
        assertThat(keysHeard()).isEqualTo("12#9");

        assertThat(call.snapshot().remote().user()).as("nothing keeps them").isEqualTo("1002");
    }

    @Test
    void nothing_is_pressed_before_the_answer_nor_after_the_end() {
        Call call = alice.account.dial("1002,1");
        scene.until(() -> bob.incoming != null);
        scene.pass(Duration.ofSeconds(10));
        bob.incoming.answer();
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        // The key is due while the goodbye is on its way, and the call can still say that it refuses it.
        scene.pass(Duration.ofMillis(1_999));
        call.hangUp();
        scene.pass(Duration.ofSeconds(10));

        assertThat(keysHeard()).isEmpty();
        assertThat(alice.told(CallEvent.CommandRefused.class)).isEmpty();
    }
}
