// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.MessagesWaiting.Counts;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user on a WebSocket inside TLS and one on TLS, in virtual time. */
class WebSocketCallsTest {
    private final PbxScene scene = new PbxScene(7, builder -> builder);
    private Phone web;
    private Phone desk;

    @BeforeEach
    void two_phones() {
        web = scene.phone("1001", overWebSocket("1001").build()).registered().speaking(440);
        desk = scene.phone("1002").registered().speaking(880);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private SipAccount.Builder overWebSocket(String extension) {
        return scene.pbx.account(extension, SipTransport.WSS).webSocketPath("/sip?tenant=7");
    }

    private boolean isRegisteredOverWss() {
        return scene.pbx.state().registrations().stream()
                .anyMatch(one -> one.extension().equals("1001") && one.transport() == SipTransport.WSS);
    }

    @Test
    void requests_within_a_dialog_pass_in_both_directions() {
        Call out = scene.talk(web, desk);
        assertThat(out.snapshot().encrypted()).isTrue();
        assertThat(web.hears(880)).isGreaterThan(6_000);
        assertThat(desk.hears(440)).isGreaterThan(6_000);

        for (Call holder : new Call[] {out, desk.incoming}) {
            Call held = holder == out ? desk.incoming : out;
            holder.hold();
            scene.until(() -> held.snapshot().hold() == HoldState.REMOTE);
            holder.resume();
            scene.until(() -> held.snapshot().hold() == HoldState.NONE);
        }
        out.sendDtmf("42");
        scene.until(() -> desk.keys().equals("42"));
        desk.incoming.hangUp();
        scene.until(() -> web.ending() != null);

        Call in = scene.talk(desk, web);
        assertThat(desk.hears(440)).isGreaterThan(6_000);
        in.hangUp();
        scene.assertQuiet();
    }

    @Test
    void waiting_messages_are_told_whether_asked_for_or_not() {
        Phone asking = scene.phone(
                        "1003", overWebSocket("1003").subscribesToMessages(true).build())
                .registered();
        scene.pass(Duration.ofSeconds(2));

        scene.pbx.setMessages("1001", 2, 1);
        scene.pbx.setMessages("1003", 1, 0);
        scene.pass(Duration.ofSeconds(2));

        String mailbox = "sip:*97@" + scene.pbx.domain();
        assertThat(web.messages).endsWith(new MessagesWaiting(true, new Counts(2, 1, 0, 0), mailbox));
        assertThat(asking.messages).endsWith(new MessagesWaiting(true, new Counts(1, 0, 0, 0), mailbox));
        assertThat(asking.counters().dialogs()).isEqualTo(1);
    }

    @Test
    void a_lost_connection_is_made_again_and_a_call_goes_on() {
        Call call = scene.talk(web, desk);

        scene.network.resetStreams(PbxScene.PBX, "10.0.0.01");
        scene.until(() -> web.account.registration().state() != RegistrationState.REGISTERED);
        web.registered();

        assertThat(isRegisteredOverWss()).isTrue();
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(web.hears(880)).isGreaterThan(6_000);
        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void after_a_restart_of_the_phone_system_calls_come_again() {
        scene.pbx.restart();
        scene.until(() -> web.account.registration().state() != RegistrationState.REGISTERED);
        web.registered();
        desk.registered();
        scene.until(this::isRegisteredOverWss);

        Call in = scene.talk(desk, web);
        assertThat(desk.hears(440)).isGreaterThan(6_000);
        in.hangUp();
        scene.assertQuiet();
    }

    @Test
    void a_phone_system_that_falls_silent_is_noticed_by_the_missing_pong() {
        scene.network.partition(PbxScene.PBX, "10.0.0.01");

        scene.until(() -> web.account.registration().state() != RegistrationState.REGISTERED, Duration.ofSeconds(45));

        scene.network.heal(PbxScene.PBX, "10.0.0.01");
        scene.until(() -> web.account.registration().state() == RegistrationState.REGISTERED, Duration.ofMinutes(2));
    }

    @Test
    void nothing_readable_is_on_the_wire() {
        Call call = scene.talk(web, desk);
        call.hangUp();
        scene.pass(Duration.ofSeconds(2));

        assertThat(scene.network.trace().toString().contains("INVITE")).isFalse();
    }
}
