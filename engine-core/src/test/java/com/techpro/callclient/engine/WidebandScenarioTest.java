// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two whole engines speak what sounds best, and devices follow what is spoken. */
class WidebandScenarioTest {
    private static final double LOUD = 6_000;

    private final PhoneScene scene = new PhoneScene(1);

    @AfterEach
    void close() {
        scene.close();
    }

    @ParameterizedTest
    @CsvSource({"opus, 48000", "G722, 16000"})
    void sound_above_4_kHz_arrives_in_both_directions(String codec, int rate) {
        Phone alice = phone("alice", "192.0.2.1", codec).registered().speaking(5_000);
        Phone bob = phone("bob", "192.0.2.2", codec).registered().speaking(6_000);
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(1));

        assertThat(call.snapshot().codec()).isEqualTo(codec);
        assertThat(alice.hears(6_000)).isGreaterThan(LOUD);
        assertThat(bob.hears(5_000)).isGreaterThan(LOUD);
        assertThat(alice.audio.heardRate()).isEqualTo(rate);
    }

    @Test
    void Opus_is_spoken_if_nobody_says_otherwise() {
        Call call = scene.talk(
                scene.phone("alice", "192.0.2.1").registered(),
                scene.phone("bob", "192.0.2.2").registered());

        assertThat(call.snapshot().codec()).isEqualTo("opus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"opus", "G722"})
    void devices_that_are_narrowband_only_are_used_as_they_are(String codec) {
        Phone alice = phone("alice", "192.0.2.1", codec).registered().speaking(1_000);
        Phone bob = phone("bob", "192.0.2.2", codec).registered().speaking(2_000);
        alice.audio.narrowband();
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(1));

        assertThat(call.snapshot().codec()).isEqualTo(codec);
        assertThat(alice.hears(2_000)).isGreaterThan(LOUD);
        assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
        assertThat(alice.audio.heardRate()).isEqualTo(8_000);
        assertThat(alice.audio.openStreams()).isEqualTo(2);
    }

    /** RFC 4733 §2.1: at Opus's clock. */
    @Test
    void keys_are_heard_beside_Opus() {
        Phone alice = scene.phone("alice", "192.0.2.1").registered().speaking(1_000);
        Phone bob = scene.phone("bob", "192.0.2.2").registered();
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(1));
        call.sendDtmf("15#");
        scene.pass(Duration.ofSeconds(2));

        assertThat(bob.told(CallEvent.DtmfReceived.class))
                .extracting(CallEvent.DtmfReceived::tone)
                .containsExactly('1', '5', '#');
        assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
    }

    private Phone phone(String user, String address, String codec) {
        return scene.phone(
                address,
                PhoneScene.accountBuilder(user)
                        .codecs(Set.of(codec.toLowerCase(Locale.ROOT)))
                        .build());
    }

    /** A phone system that tells by re-INVITE who answered may offer less than it answered with. */
    @Test
    void devices_are_not_interrupted_when_less_is_spoken_than_they_can() {
        try (ScriptedPhoneSystem narrow = ScriptedPhoneSystem.udp(15).registered()) {
            String contact = "Contact: <sip:bob@192.0.2.10:5060>";
            String[] wideband = lines(contact, sdp("192.0.2.10", 40_000, 1));
            for (int i = 0; i < wideband.length; i++) {
                wideband[i] = wideband[i].replace("RTP/AVP 0 8 101", "RTP/AVP 9 101");
            }
            narrow.pbx.on("INVITE", invite -> narrow.pbx.respond(invite, "200 OK", wideband));
            Call call = narrow.alice.dial("bob");
            narrow.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
            narrow.pass(Duration.ofMillis(500));
            assertThat(call.snapshot().codec()).isEqualTo("G722");
            assertThat(narrow.audio.opened()).isEqualTo(2);

            ScriptedMessage invite = narrow.pbx.received("INVITE").get(0);
            narrow.pbx.request("INVITE", invite, 7, "scripted", lines(contact, sdp("192.0.2.10", 40_000, 2)));
            narrow.until(() -> !narrow.pbx.received("SIP/2.0 200").isEmpty());
            narrow.pbx.request("ACK", invite, 7, "scripted");
            narrow.pass(Duration.ofSeconds(1));

            assertThat(call.snapshot().codec()).isEqualTo("PCMU");
            assertThat(narrow.audio.opened()).isEqualTo(2);
            assertThat(narrow.audio.openStreams()).isEqualTo(2);
        }
    }
}
