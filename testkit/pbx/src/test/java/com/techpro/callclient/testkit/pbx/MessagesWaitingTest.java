// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.MessagesWaiting.Counts;
import com.techpro.callclient.engine.RegistrationState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The message lamp, from the phone system to the listener. */
class MessagesWaitingTest {
    /** How its PBX behaves. */
    PbxBuilder profile(PbxBuilder builder) {
        return builder;
    }

    private final PbxScene scene = new PbxScene(11, this::profile);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_change_is_told_once() {
        PbxScene.Phone phone = subscribed();
        scene.pass(Duration.ofSeconds(2));
        assertThat(phone.messages).containsExactly(counted(0, 0));

        scene.pbx.setMessages("1001", 2, 1);
        scene.pbx.setMessages("1001", 2, 1);
        scene.pass(Duration.ofSeconds(2));

        assertThat(phone.messages).containsExactly(counted(0, 0), counted(2, 1));
    }

    @Test
    void a_phone_that_did_not_ask_is_told_over_its_own_connection() {
        PbxScene.Phone phone = scene.phone("1001").registered();
        scene.pass(Duration.ofSeconds(2));
        phone.messages.clear();

        scene.pbx.setMessages("1001", 1, 0);
        scene.pass(Duration.ofSeconds(2));

        assertThat(phone.messages).containsExactly(counted(1, 0));
    }

    @Test
    void after_a_restart_of_the_phone_system_the_lamp_works_again() {
        PbxScene.Phone phone = subscribed();
        scene.pass(Duration.ofSeconds(2));

        scene.pbx.restart();
        scene.until(() -> phone.account.registration().state() != RegistrationState.REGISTERED);
        phone.registered();
        scene.pass(Duration.ofSeconds(5));
        scene.pbx.setMessages("1001", 5, 0);
        scene.pass(Duration.ofSeconds(2));

        assertThat(phone.messages).endsWith(counted(5, 0));
    }

    @Test
    void the_subscription_is_refreshed_for_as_long_as_the_phone_is_there() {
        PbxScene.Phone phone = subscribed();
        scene.pass(Duration.ofHours(5));

        scene.pbx.setMessages("1001", 1, 0);
        scene.pass(Duration.ofSeconds(2));

        assertThat(phone.messages).endsWith(counted(1, 0));
        assertThat(phone.counters().dialogs()).isEqualTo(1);
    }

    @Test
    void a_removed_account_leaves_no_subscription() {
        PbxScene.Phone phone = subscribed();
        scene.pass(Duration.ofSeconds(2));

        phone.account.remove();
        scene.pass(Duration.ofSeconds(40));

        assertThat(phone.counters().dialogs()).isZero();
        assertThat(phone.counters().transactions()).isZero();
        assertThat(phone.client.accounts()).isEqualTo(List.of());
    }

    private PbxScene.Phone subscribed() {
        return scene.phone(
                        "1001",
                        scene.pbx.account("1001").subscribesToMessages(true).build())
                .registered();
    }

    private MessagesWaiting counted(int newMessages, int oldMessages) {
        return new MessagesWaiting(
                newMessages > 0, new Counts(newMessages, oldMessages, 0, 0), "sip:*97@" + scene.pbx.domain());
    }
}
