// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Offers of what the engine does not speak: ICE beside a plain address, and keys by DTLS alone. */
class IceAndDtlsOfferTest {
    private static final String[] CANDIDATES = {
        "a=ice-ufrag:8hhY",
        "a=ice-pwd:asd88fgpdd777uzjYhagZg",
        "a=candidate:1 1 UDP 2130706431 203.0.113.7 8998 typ host",
        "a=candidate:2 1 UDP 1694498815 198.51.100.3 45664 typ srflx raddr 203.0.113.7 rport 8998",
        "a=sendrecv"
    };

    private static final String[] DTLS = {
        "Content-Type: application/sdp",
        "",
        "v=0",
        "o=- 20 1 IN IP4 192.0.2.10",
        "s=-",
        "c=IN IP4 192.0.2.10",
        "t=0 0",
        "a=group:BUNDLE 0",
        "m=audio 40000 UDP/TLS/RTP/SAVP 0 8 101",
        "a=mid:0",
        "a=rtpmap:101 telephone-event/8000",
        "a=setup:actpass",
        "a=fingerprint:sha-256 12:DF:3E:5D:49:6B:19:E5:7C:AB:4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB:4A:AD",
        "a=rtcp-mux"
    };

    /** As browsers do, which look at candidates alone; and no ten silent seconds where nobody is at those. */
    @Test
    void candidates_beside_a_rewritten_address_are_checked_while_audio_goes_to_it() throws IOException {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(8839).registered()) {
            int[] heard = new int[3];
            DatagramLink plain = scene.network
                    .host("192.0.2.11")
                    .openDatagram(new InetSocketAddress("192.0.2.11", 40_000), (packet, from) -> heard[0]++);
            DatagramLink dead = scene.network
                    .host("203.0.113.7")
                    .openDatagram(
                            new InetSocketAddress("203.0.113.7", 8_998),
                            (packet, from) -> heard[isCheck(packet) ? 2 : 1]++);
            scene.invite("ice-1", "z9hG4bKice1", 1, sdp("192.0.2.11", 40_000, 1, CANDIDATES));
            scene.until(() -> !scene.incoming.isEmpty());
            scene.incoming.get(0).answer();
            scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());
            ScriptedMessage answer = scene.pbx.last("SIP/2.0 200");
            scene.pbx.request("ACK", answer, 1, "bob");
            scene.pass(Duration.ofSeconds(1));

            assertThat(answer.bodyLines("m=audio ")).hasSize(1);
            assertThat(answer.bodyLines("a=ice-mismatch")).isEmpty();
            assertThat(answer.bodyLines("a=candidate")).isNotEmpty();
            assertThat(heard[0]).isGreaterThan(40);
            assertThat(heard[1]).isZero();
            assertThat(heard[2]).isPositive();
            plain.close();
            dead.close();
        }
    }

    private static boolean isCheck(ByteBuffer packet) {
        return packet.get(packet.position()) < 4;
    }

    /** RFC 3261 §8.1.3.5: the same call once more, with what the other side can take. */
    @Test
    void a_DTLS_only_offer_is_refused_before_it_rings_and_the_retry_rings_as_one_call() {
        try (ScriptedPhoneSystem scene = new ScriptedPhoneSystem(
                        5763,
                        SipTransport.UDP,
                        account -> account.keyingPolicy(KeyingPolicy.SDES_ONLY),
                        config -> config)
                .registered()) {
            ScriptedMessage first = scene.invite("dtls-1", "z9hG4bKdtls1", 1, DTLS);
            scene.until(() -> !scene.pbx.received("SIP/2.0 4").isEmpty());
            assertThat(scene.pbx.last("SIP/2.0 4").startLine()).startsWith("SIP/2.0 488 ");
            scene.pbx.request("ACK", scene.pbx.last("SIP/2.0 4"), 1, "bob", "Via: " + first.header("Via"));
            scene.pass(Duration.ofMillis(100));
            assertThat(scene.incoming).isEmpty();
            assertThat(scene.events).as("nothing was missed").isEmpty();
            assertThat(scene.client.calls()).isEmpty();

            scene.invite("dtls-1", "z9hG4bKdtls2", 2, sdp("192.0.2.10", 40_000, 2));
            scene.until(() -> !scene.incoming.isEmpty());
            scene.incoming.get(0).answer();
            scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());
            scene.pbx.request("ACK", scene.pbx.last("SIP/2.0 200"), 2, "bob");
            scene.until(() -> scene.incoming.get(0).snapshot().state() == CallState.ESTABLISHED);

            assertThat(scene.incoming).hasSize(1);
            assertThat(scene.told(CallEvent.Ended.class)).isEmpty();
        }
    }
}
