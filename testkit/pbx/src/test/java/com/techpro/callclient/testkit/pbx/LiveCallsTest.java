// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import com.techpro.callclient.testkit.pbx.live.LiveCall;
import com.techpro.callclient.testkit.pbx.live.LiveCall.Keys;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the PBX tells of the calls that it has now. */
class LiveCallsTest {
    private final PbxScene scene = new PbxScene(1, settings -> settings);
    private final EmbeddedPbx pbx = scene.pbx;

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_live_call_reports_its_state_and_the_media_of_each_phone() {
        Phone caller = scene.phone("1001").registered().speaking(440);
        Phone called = scene.phone("1002").registered().speaking(880);
        assertThat(pbx.liveCalls()).isEmpty();

        caller.account.dial("1002");
        scene.until(() -> called.incoming != null);
        LiveCall ringing = pbx.liveCalls().get(0);
        assertThat(ringing.talking()).isFalse();
        assertThat(ringing.legs()).extracting(LiveCall.Side::extension).containsExactly("1001", "1002");

        called.incoming.answer();
        scene.pass(Duration.ofSeconds(3));
        LiveCall talking = pbx.liveCalls().get(0);
        assertThat(talking.talking()).isTrue();
        assertThat(talking.since()).isEqualTo(ringing.since());
        assertThat(talking.legs()).extracting(LiveCall.Side::other).containsExactly("1002", "1001");
        for (LiveCall.Side leg : talking.legs()) {
            assertThat(leg.keys()).isEqualTo(Keys.SDES);
            assertThat(leg.packets()).isBetween(100L, 200L);
            assertThat(leg.lost()).isZero();
            assertThat(leg.jitterMillis()).isLessThan(20);
        }

        pbx.faults().media().loseShare(0.5);
        scene.pass(Duration.ofSeconds(3));
        assertThat(pbx.liveCalls().get(0).legs().get(0).lost()).isBetween(40L, 110L);

        pbx.hangUpAll();
        assertThat(pbx.liveCalls()).isEmpty();
        scene.assertQuiet();
    }

    @Test
    void the_loss_on_the_way_to_a_phone_is_the_one_that_it_reports() {
        Phone caller = scene.phone("1001").registered().speaking(440);
        Phone called = scene.phone("1002").registered().speaking(880);
        pbx.faults().media("1002").toPhone().loseEvenly(0.2);
        caller.account.dial("1002");
        scene.until(() -> called.incoming != null);
        called.incoming.answer();
        scene.pass(Duration.ofSeconds(20));

        LiveCall talking = pbx.liveCalls().get(0);
        assertThat(talking.legs()).extracting(LiveCall.Side::lost).containsExactly(0L, 0L);
        assertThat(talking.legs().get(0).lostAtDevice()).isZero();
        assertThat(talking.legs().get(1).lostAtDevice()).isBetween(0.1, 0.3);
    }

    @Test
    void each_phone_has_the_codec_that_it_agreed_on() {
        Phone caller = phoneThatSpeaks("1001", "opus");
        Phone called = phoneThatSpeaks("1002", "pcma");
        caller.account.dial("1002");
        scene.until(() -> called.incoming != null);
        assertThat(pbx.liveCalls().get(0).legs())
                .extracting(LiveCall.Side::codec)
                .containsOnly("");

        called.incoming.answer();
        scene.pass(Duration.ofSeconds(1));
        assertThat(pbx.liveCalls().get(0).legs())
                .extracting(LiveCall.Side::codec)
                .containsExactly("opus", "PCMA");
    }

    private Phone phoneThatSpeaks(String extension, String codec) {
        return scene.phone(
                        extension, pbx.account(extension).codecs(Set.of(codec)).build())
                .registered();
    }

    @Test
    void a_number_of_the_dial_plan_is_a_call_of_one_phone() {
        Phone caller = scene.phone("1001").registered();
        caller.account.dial("603");
        scene.pass(Duration.ofSeconds(1));

        LiveCall ringing = pbx.liveCalls().get(0);
        assertThat(ringing.talking()).isFalse();
        assertThat(ringing.legs()).hasSize(1);
        assertThat(ringing.legs().get(0).other()).isEqualTo("603");
        assertThat(ringing.legs().get(0).packets()).isZero();
    }
}
