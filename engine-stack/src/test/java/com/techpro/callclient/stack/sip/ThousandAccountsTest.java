// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What many registered and idle accounts cost. */
class ThousandAccountsTest {
    private final SipScene scene = new SipScene(SipSettings.DEFAULT.withSharedConnections(true));
    private final List<SipEndpoint> endpoints = new ArrayList<>();

    private void registerMore(int count) {
        scene.network.trace().recording(false);
        scene.pbx.script(request -> {
            scene.pbx.send(scene.pbx
                    .response(request, 200)
                    .contact(request.contacts().get(0))
                    .build());
            scene.pbx.requests.clear();
        });
        for (int i = 0; i < count; i++) {
            SipEndpoint endpoint =
                    scene.endpoint(SipAccount.builder("u" + endpoints.size(), "pbx.example", Secret.of("secret"))
                            .transport(SipTransport.UDP)
                            .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                            .build());
            endpoints.add(endpoint);
            scene.run(() -> endpoint.send(endpoint.newRegister().set("Expires", "3600"), scene.listener("r")));
            scene.pass(5);
        }
        scene.pass(60_000);
        assertThat(scene.heard).hasSize(count).containsOnly("r 200");
        scene.heard.clear();
        scene.answers.clear();
    }

    @Test
    void share_one_timer_and_one_keep_alive() {
        registerMore(1_000);

        assertThat(scene.scheduler.pendingTimers()).isEqualTo(1);
        scene.network.trace().clear();
        scene.network.trace().recording(true);
        scene.time.advance(Duration.ofMinutes(10));
        assertThat(scene.network.trace().packets())
                .as("one packet each 16 to 20 s")
                .hasSizeBetween(30, 38);

        endpoints.forEach(endpoint -> scene.run(endpoint::close));
        assertThat(scene.scheduler.pendingTimers()).isZero();
        assertThat(scene.on(scene.stack::counters).endpoints()).isZero();
    }

    @Test
    void take_less_than_8_kB_each() {
        registerMore(1_000);
        long before = usedHeap();
        registerMore(1_000);
        long perAccount = (usedHeap() - before) / 1_000;

        System.out.println(
                "heap per further registered account, the account itself included: " + perAccount + " bytes");
        assertThat(perAccount).as("bytes, the account itself included").isLessThan(8 * 1024);
    }

    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
