// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A call each way with a far end that is nothing but text. */
class ScriptedPeerTest {
    private static final String CONTACT = "Contact: <sip:bob@192.0.2.10:5060>";

    @Test
    void aCallOutIsAnsweredAndHungUpByTheFarEnd() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(3665).registered()) {
            scene.pbx.on("INVITE", invite -> {
                scene.pbx.respond(invite, "180 Ringing", CONTACT);
                scene.pbx.respond(invite, "200 OK", lines(CONTACT, sdp("192.0.2.10", 40_000, 1)));
            });
            Call call = scene.alice.dial("bob");
            scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
            scene.until(() -> !scene.pbx.received("ACK").isEmpty());

            ScriptedMessage invite = scene.pbx.last("INVITE");
            scene.pbx.request("BYE", invite, 1, "scripted");
            scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());

            assertThat(call.snapshot().state()).isEqualTo(CallState.ENDED);
            assertThat(scene.pbx.last("SIP/2.0 200").summary()).isEqualTo("200 BYE");
        }
    }

    @Test
    void aCallInRingsIsAnsweredAndHungUpHere() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(3666).registered()) {
            scene.invite("in-1", "z9hG4bKin1", 1, sdp("192.0.2.10", 40_000, 1));
            scene.until(() -> !scene.pbx.received("SIP/2.0 180").isEmpty());
            assertThat(scene.pbx.last("SIP/2.0 180").parameter("To", "tag")).isNotEmpty();

            scene.incoming.get(0).answer();
            scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());
            ScriptedMessage answer = scene.pbx.last("SIP/2.0 200");
            assertThat(answer.bodyLines("m=audio ")).hasSize(1);
            scene.pbx.request("ACK", answer, 1, "bob");
            scene.until(() -> scene.incoming.get(0).snapshot().state() == CallState.ESTABLISHED);

            scene.pbx.on("BYE", bye -> scene.pbx.respond(bye, "200 OK"));
            scene.incoming.get(0).hangUp();
            scene.until(() -> !scene.pbx.received("BYE").isEmpty());
            scene.pass(Duration.ofSeconds(1));
            assertThat(scene.pbx.received("BYE")).hasSize(1);
        }
    }
}
