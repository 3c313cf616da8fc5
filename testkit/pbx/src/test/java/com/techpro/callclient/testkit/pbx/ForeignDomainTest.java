// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The PBX speaks for one domain: whatever is for another, its right users included, is answered 404 and asks for no password. */
class ForeignDomainTest {
    private static final String PBX = "10.0.0.1";

    private final VirtualTime time = VirtualTime.seeded(1);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 1);
    private EmbeddedPbx pbx;
    private PlainPhone phone;

    @BeforeEach
    void start() throws IOException {
        pbx = EmbeddedPbx.builder()
                .address(PBX)
                .extension("1001", "open sesame")
                .random(new Random(1))
                .port(SipTransport.UDP, 5060)
                .start(network.host(PBX), time);
        phone = new PlainPhone("1001", "10.0.0.11", network.host("10.0.0.11"), new InetSocketAddress(PBX, 5060));
    }

    @AfterEach
    void stop() {
        pbx.close();
        phone.close();
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
