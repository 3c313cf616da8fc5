// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import org.junit.jupiter.api.Test;

/** Whoever is called by a sips address, or calls one, is told a sips address to call back (RFC 3261 §8.1.1.8, §12.1.1). */
class SecureContactTest {
    @Test
    void RFC3261_8_1_1_8_a_call_to_a_sips_URI_has_a_sips_Contact_in_every_request() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(20).registered()) {
            scene.pbx.on(
                    "INVITE",
                    invite -> scene.pbx.respond(
                            invite,
                            "200 OK",
                            lines("Contact: <sip:bob@192.0.2.10:5060>", sdp("192.0.2.10", 40_000, 1))));
            Call call = scene.alice.dial("sips:bob@192.0.2.10");
            scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);

            assertThat(scene.pbx.last("INVITE").uri("Contact")).startsWith("sips:alice@192.0.2.1:");
            assertThat(scene.pbx.last("INVITE").uri("Contact"))
                    .as("deprecated with sips, RFC 3261 §26.2.2")
                    .doesNotContain("transport=");
            call.hold();
            scene.until(() -> scene.pbx.received("INVITE").size() == 2);
            assertThat(scene.pbx.last("INVITE").uri("Contact")).startsWith("sips:alice@192.0.2.1:");

            assertThat(scene.pbx.last("REGISTER").uri("Contact")).startsWith("sip:");
        }
    }

    @Test
    void RFC3261_12_1_1_a_call_from_a_sips_address_is_answered_with_one() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(21).registered()) {
            String contact = scene.pbx.last("REGISTER").uri("Contact").replaceFirst("sip:", "sips:");
            scene.pbx.send("INVITE " + contact + " SIP/2.0\nVia: " + scene.pbx.via()
                    + "\nMax-Forwards: 70\nFrom: <sips:bob@192.0.2.10>;tag=bob\nTo: <sips:alice@192.0.2.10>\n"
                    + "Call-ID: secure-1\nCSeq: 1 INVITE\nContact: <sips:bob@192.0.2.10>\n"
                    + String.join("\n", sdp("192.0.2.10", 40_000, 1)) + "\n");
            scene.until(() -> !scene.incoming.isEmpty());
            scene.incoming.get(0).answer();
            scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());

            ScriptedMessage answer = scene.pbx.last("SIP/2.0 200");
            assertThat(answer.uri("Contact")).startsWith("sips:alice@192.0.2.1:");
        }
    }
}
