// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 3261 §13.3.1.1: a proxy gives up a call of which it has not heard for three minutes, so it hears each minute. */
class RingingRepeatedTest {
    private ScriptedPhoneSystem scene;

    @BeforeEach
    void phoneSystem() {
        scene = new ScriptedPhoneSystem(
                        20, SipTransport.UDP, account -> account, config -> config.ringTimeout(Duration.ofMinutes(5)))
                .registered();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_phone_that_rings_says_so_each_minute_until_it_is_taken() {
        scene.invite("ring-1", "z9hG4bKring1", 1, sdp("192.0.2.10", 40_000, 1));
        scene.pass(Duration.ofSeconds(59));
        assertThat(scene.pbx.received("SIP/2.0 180")).hasSize(1);
        scene.pass(Duration.ofSeconds(150));
        assertThat(scene.pbx.received("SIP/2.0 180")).hasSize(4);
        assertThat(scene.pbx.received("SIP/2.0 180").stream()
                        .map(ScriptedMessage::text)
                        .distinct())
                .as("one and the same")
                .hasSize(1);

        scene.incoming.get(0).answer();
        scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());
        scene.pbx.request("ACK", scene.pbx.last("SIP/2.0 200"), 1, "bob");
        scene.pass(Duration.ofMinutes(2));
        assertThat(scene.pbx.received("SIP/2.0 180")).hasSize(4);
    }

    @Test
    void RFC3262_3_where_ringing_is_acknowledged_each_is_a_new_one() {
        scene.pbx.on(
                "SIP/2.0 180",
                ringing -> scene.pbx.request(
                        "PRACK",
                        ringing,
                        1 + Integer.parseInt(ringing.header("RSeq")) % 1_000_000,
                        "bob",
                        "RAck: " + ringing.header("RSeq") + " 1 INVITE"));
        scene.invite("ring-2", "z9hG4bKring2", 1, lines("Require: 100rel", sdp("192.0.2.10", 40_000, 1)));
        scene.pass(Duration.ofSeconds(130));

        assertThat(scene.pbx.received("SIP/2.0 180")).hasSize(3);
        assertThat(scene.pbx.received("SIP/2.0 180").stream()
                        .map(ringing -> Long.parseLong(ringing.header("RSeq"))
                                - Long.parseLong(
                                        scene.pbx.received("SIP/2.0 180").get(0).header("RSeq"))))
                .containsExactly(0L, 1L, 2L);
        assertThat(scene.pbx.received("SIP/2.0 200")).hasSize(3);
    }
}
