// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The PBX speaks for one domain: whatever is for another, its right users included, is answered 404 and asks for no password. */
class ForeignDomainTest {
    private static final String PBX = PlainPhoneScene.PBX;

    private final PlainPhoneScene scene = new PlainPhoneScene();
    private final VirtualTime time = scene.time;
    private final EmbeddedPbx pbx = scene.pbx;
    private final PlainPhone phone = scene.phone;

    @AfterEach
    void stop() {
        scene.close();
    }

    private int answerTo(String message) {
        phone.send(message);
        time.advance(Duration.ofSeconds(1));
        return phone.lastStatus();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "SUBSCRIBE", "REFER", "OPTIONS", "REGISTER"})
    void a_request_for_another_domain_is_404(String method) {
        for (String host : new String[] {"other.example", "pbx.test.example", "203.0.113.9"}) {
            assertThat(answerTo(phone.request(method, "sip:1001@" + host, "c-" + method + host)))
                    .as(method + " at " + host)
                    .isEqualTo(404);
        }
        assertThat(pbx.state().refusals()).containsEntry(404, 3L);
    }

    @Test
    void nobody_is_registered_for_another_domain() {
        String request = phone.request("REGISTER", "sip:pbx.test", "c1", "Contact: <sip:1001@10.0.0.11>");

        assertThat(answerTo(request.replace("To: <sip:1001@pbx.test>", "To: <sip:1001@other.example>")))
                .isEqualTo(404);
        assertThat(pbx.state().registrations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pbx.test", "PBX.test", "10.0.0.1", "10.0.0.1:5060"})
    void its_own_names_are_the_domain_and_its_address(String host) {
        assertThat(answerTo(phone.request("INVITE", "sip:1001@" + host, "c1"))).isEqualTo(401);
    }
}
