// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import com.techpro.callclient.testkit.pbx.fault.MediaImpairment;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A phone system that changes the codec in mid-stream, from and to Opus, of encrypted calls with keys of the dial pad. */
class EngineCodecChangeTest {
    private static final int LOUD = 6_000;

    @Test
    void another_codec_of_the_offer_is_heard_in_mid_stream_and_DTMF_arrives() {
        try (PbxScene scene = new PbxScene(225, settings -> settings)) {
            Phone alice = phone(scene, "1001", "opus", "pcma").registered().speaking(440);
            Phone bob = phone(scene, "1002", "opus", "pcma").registered().speaking(880);
            Call call = scene.talk(alice, bob);
            assertThat(alice.hears(880)).isGreaterThan(LOUD);
            MediaImpairment way = scene.pbx.faults().media("1001").toPhone().changeCodec("pcma");
            scene.pass(Duration.ofSeconds(2));

            assertThat(alice.hears(880)).isGreaterThan(LOUD);
            assertThat(way.recoded()).isBetween(140L, 160L);
            bob.incoming.sendDtmf("7");
            scene.until(() -> alice.keys().equals("7"));
            way.changeCodec("");
            scene.pass(Duration.ofSeconds(2));
            assertThat(alice.hears(880)).isGreaterThan(LOUD);
            bob.incoming.sendDtmf("8");
            scene.until(() -> alice.keys().equals("78"));
            assertThat(call.snapshot().quality().receiving().lost()).isZero();

            call.hangUp();
            scene.until(() -> alice.ending() != null && bob.ending() != null);
            scene.assertQuiet();
        }
    }

    private static Phone phone(PbxScene scene, String extension, String... codecs) {
        return scene.phone(
                extension, scene.pbx.account(extension).codecs(Set.of(codecs)).build());
    }
}
