// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A PBX that has more to do than it can: it stands on the engine's layers, and refuses by the same rule. */
class PbxOverloadTest {
    private static final String PBX = PlainPhoneScene.PBX;

    private final PlainPhoneScene scene = new PlainPhoneScene(busy());
    private final VirtualTime time = scene.time;
    private final EmbeddedPbx pbx = scene.pbx;
    private final PlainPhone phone = scene.phone;

    @AfterEach
    void stop() {
        scene.close();
    }

    private static VirtualTime busy() {
        VirtualTime time = VirtualTime.seeded(1);
        time.openBusy("pbx");
        return time;
    }

    @Test
    void requests_that_waited_too_long_are_refused_and_calls_are_ended_first() {
        phone.dial("600", "open sesame", sdp(), () -> time.advance(Duration.ofMillis(200)));
        String ok = phone.received().stream()
                .filter(message -> PlainPhone.statusOf(message) == 200)
                .findFirst()
                .orElseThrow();
        phone.inDialog("ACK", ok, "");
        time.advance(Duration.ofMillis(200));
        assertThat(pbx.state().activeCalls()).isEqualTo(1);
        phone.received().clear();

        time.busyLoop("pbx").eachTaskTakes(Duration.ofMillis(10));
        for (int i = 0; i < 200; i++) {
            phone.send(phone.request("REGISTER", "sip:pbx.test", "r" + i, "Contact: <sip:1001@10.0.0.11>"));
        }
        phone.inDialog("BYE", ok, "");
        time.advance(Duration.ofMillis(50));
        assertThat(phone.statuses()).as("the BYE is answered before the rest").contains(200);
        assertThat(pbx.state().activeCalls()).isZero();
        time.advance(Duration.ofSeconds(5));

        long refused = phone.statuses().stream().filter(status -> status == 503).count();
        assertThat(phone.statuses().stream().filter(status -> status == 401).count())
                .as("served until it was behind for 200 ms")
                .isBetween(20L, 60L);
        assertThat(refused).isGreaterThan(120);
        assertThat(pbx.state().refusals()).containsEntry(503, refused);
        assertThat(phone.received().stream()
                        .filter(message -> PlainPhone.statusOf(message) == 503)
                        .map(message -> PlainPhone.headerOf(message, "Retry-After")))
                .allSatisfy(seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 5));
        phone.received().clear();
        phone.send(phone.request("REGISTER", "sip:pbx.test", "again", "Contact: <sip:1001@10.0.0.11>"));
        time.advance(Duration.ofSeconds(1));
        assertThat(phone.lastStatus()).as("and then it serves again").isEqualTo(401);
    }

    private static String sdp() {
        return "v=0\r\no=- 1 1 IN IP4 10.0.0.11\r\ns=-\r\nc=IN IP4 10.0.0.11\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8\r\n";
    }
}
