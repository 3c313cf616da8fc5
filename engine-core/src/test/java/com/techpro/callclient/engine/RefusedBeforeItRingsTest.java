// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that could not become one: refused at once, not after somebody took them. */
class RefusedBeforeItRingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"255.255.255.255", "127.0.0.1", "224.0.1.75"})
    void sound_where_no_phone_can_be_is_488_before_it_rings(String address) {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(25).registered()) {
            scene.invite("bad-1", "z9hG4bKbad1", 1, sdp(address, 40_000, 1));
            scene.until(() -> !scene.pbx.received("SIP/2.0 4").isEmpty() || !scene.incoming.isEmpty());

            assertThat(scene.incoming).as("it did not ring").isEmpty();
            assertThat(scene.pbx.last("SIP/2.0 4").startLine()).startsWith("SIP/2.0 488 ");
        }
    }

    @Test
    void a_reINVITE_that_wants_sound_where_no_phone_can_be_is_488_and_the_call_goes_on() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(26).registered()) {
            ScriptedPeer pbx = scene.pbx;
            scene.invite("bad-2", "z9hG4bKbad2", 1, sdp("192.0.2.10", 40_000, 1));
            scene.until(() -> !scene.incoming.isEmpty());
            scene.incoming.get(0).answer();
            scene.until(() -> !pbx.received("SIP/2.0 200").isEmpty());
            ScriptedMessage answer = pbx.last("SIP/2.0 200");
            pbx.request("ACK", answer, 1, "bob");
            scene.until(() -> scene.incoming.get(0).snapshot().state() == CallState.ESTABLISHED);

            ScriptedMessage bad = pbx.request(
                    "INVITE",
                    answer,
                    2,
                    "bob",
                    ScriptedPeer.lines("Contact: <sip:bob@192.0.2.10:5060>", sdp("127.0.0.1", 40_000, 2)));
            scene.until(() -> pbx.received("SIP/2.0 4").size() == 1);
            pbx.request("ACK", answer, 2, "bob", "Via: " + bad.header("Via"));
            scene.pass(Duration.ofSeconds(1));

            assertThat(pbx.last("SIP/2.0 4").startLine()).startsWith("SIP/2.0 488 ");
            assertThat(scene.incoming.get(0).snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        }
    }

    @Test
    void the_call_over_maxCalls_is_told_as_that_and_nothing_is_sent() {
        try (ScriptedPhoneSystem scene = new ScriptedPhoneSystem(
                        9, SipTransport.UDP, account -> account, config -> config.maxCalls(1))
                .registered()) {
            scene.pbx.on("INVITE", invite -> scene.pbx.respond(invite, "180 Ringing"));
            scene.alice.dial("bob");
            scene.until(() -> !scene.pbx.received("INVITE").isEmpty());

            Call second = scene.alice.dial("carol");
            scene.until(() -> second.snapshot().state() == CallState.ENDED);

            assertThat(second.snapshot().ending()).isEqualTo(new CallEnding.Failed(new Failure.TooManyCalls()));
            scene.pass(Duration.ofSeconds(2));
            assertThat(scene.pbx.received("INVITE sip:carol")).isEmpty();
        }
    }
}
