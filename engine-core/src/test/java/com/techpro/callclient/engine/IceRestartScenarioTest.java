// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Restarts of ours (RFC 8445 §9) that a phone system answers with the name and password it had. */
class IceRestartScenarioTest {
    private static final String[] LITE = {
        "a=ice-lite",
        "a=ice-ufrag:" + LiteIcePeer.UFRAG,
        "a=ice-pwd:" + LiteIcePeer.PASSWORD,
        "a=candidate:1 1 UDP 2130706431 192.0.2.10 40000 typ host",
        "a=rtcp-mux"
    };

    @Test
    void an_answer_with_the_former_ICE_credentials_is_checked_and_media_continues() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(8839).registered();
                LiteIcePeer peer = new LiteIcePeer(
                        scene.network.host("192.0.2.10"), new InetSocketAddress("192.0.2.10", 40_000))) {
            scene.invite("lite-1", "z9hG4bKlite1", 1, sdp("192.0.2.10", 40_000, 1, LITE));
            scene.until(() -> !scene.incoming.isEmpty());
            scene.incoming.get(0).answer();
            scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());
            ScriptedMessage answer = scene.pbx.last("SIP/2.0 200");
            scene.pbx.request("ACK", answer, 1, "bob");
            scene.pass(Duration.ofSeconds(2));
            String first = answer.bodyLines("a=ice-ufrag:").get(0);
            assertThat(peer.usernames).isNotEmpty().allMatch((LiteIcePeer.UFRAG + ":" + first)::equals);
            assertThat(peer.heard).isGreaterThan(80);

            // It sends no sound: a way is looked for anew
            scene.pbx.on(
                    "INVITE",
                    invite -> scene.pbx.respond(
                            invite,
                            "200 OK",
                            ScriptedPeer.lines(
                                    "Contact: <sip:bob@192.0.2.10:5060>", sdp("192.0.2.10", 40_000, 2, LITE))));
            scene.until(() -> !scene.pbx.received("INVITE").isEmpty());
            String second = scene.pbx.last("INVITE").bodyLines("a=ice-ufrag:").get(0);
            assertThat(second).isNotEqualTo(first);
            scene.pass(Duration.ofMillis(500));
            peer.heard = 0;
            scene.pass(Duration.ofSeconds(2));

            assertThat(peer.usernames).contains(LiteIcePeer.UFRAG + ":" + second);
            assertThat(peer.heard).isGreaterThan(80);
            assertThat(scene.incoming.get(0).snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        }
    }

    /** What is in use stays in use while nothing better is found. */
    @Test
    void media_stays_on_the_old_pair_while_new_generation_checks_are_unanswered() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(8840).registered();
                LiteIcePeer peer = new LiteIcePeer(
                        scene.network.host("192.0.2.10"), new InetSocketAddress("192.0.2.10", 40_000))) {
            scene.invite("lite-2", "z9hG4bKlite2", 1, sdp("192.0.2.10", 40_000, 1, LITE));
            scene.until(() -> !scene.incoming.isEmpty());
            scene.incoming.get(0).answer();
            scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());
            scene.pbx.request("ACK", scene.pbx.last("SIP/2.0 200"), 1, "bob");
            scene.pass(Duration.ofSeconds(2));

            peer.onlyFrom(peer.usernames.get(0));
            scene.pbx.on(
                    "INVITE",
                    invite -> scene.pbx.respond(
                            invite,
                            "200 OK",
                            ScriptedPeer.lines(
                                    "Contact: <sip:bob@192.0.2.10:5060>", sdp("192.0.2.10", 40_000, 2, LITE))));
            scene.until(() -> !scene.pbx.received("INVITE").isEmpty());
            scene.pass(Duration.ofSeconds(2));
            peer.heard = 0;
            scene.pass(Duration.ofSeconds(2));
            assertThat(peer.heard).isGreaterThan(80);
        }
    }
}
