// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where requests within dialogs go: what a Contact or Route can and cannot make an account do. */
class DialogRoutingTest {
    private final SipScene scene = new SipScene();

    private List<String> flowTo(SipEndpoint endpoint, String uri) {
        List<String> outcome = new ArrayList<>();
        scene.run(() -> endpoint.flowTo(SipUri.of(uri), new FlowCallback() {
            @Override
            public void opened(Flow flow) {
                outcome.add(flow == endpoint.flow() ? "home" : flow.transport() + " elsewhere");
            }

            @Override
            public void failed(Failure failure) {
                outcome.add(failure.code());
            }
        }));
        scene.pass(30_000);
        return outcome;
    }

    @Test
    void a_target_that_is_the_phone_system_uses_the_accounts_flow() {
        SipEndpoint endpoint = scene.endpoint();
        scene.register(endpoint);
        int queries = scene.network.dns().queries();

        for (String uri : List.of(
                "sip:x@192.0.2.10:5060",
                "sip:x@192.0.2.10",
                "sip:x@192.0.2.10:5060;transport=udp",
                "sip:x@pbx.example;lr")) {
            assertThat(flowTo(endpoint, uri)).as(uri).containsExactly("home");
        }
        assertThat(scene.network.dns().queries()).as("and asks nobody").isEqualTo(queries);
    }

    @Test
    void a_lab_account_goes_where_the_contact_says() {
        SipEndpoint endpoint = scene.endpoint();
        scene.register(endpoint);
        scene.network.host("203.0.113.5");

        assertThat(flowTo(endpoint, "sip:x@203.0.113.5:5070")).containsExactly("UDP elsewhere");
    }

    @Test
    void an_unreachable_target_is_routed_through_the_phone_system() {
        SipEndpoint endpoint = scene.endpoint();
        scene.register(endpoint);

        assertThat(flowTo(endpoint, "sip:x@nowhere.example")).containsExactly("home");
        assertThat(flowTo(endpoint, "tel:+441632960083")).containsExactly("home");
    }

    @Test
    void a_contact_of_a_WebSocket_client_is_left_to_the_phone_system_and_nobody_is_asked() {
        SipEndpoint endpoint = scene.endpoint();
        scene.register(endpoint);
        int queries = scene.network.dns().queries();

        assertThat(flowTo(endpoint, "sip:x@df7jal23ls0d.invalid;transport=ws")).containsExactly("home");
        assertThat(scene.network.dns().queries()).isEqualTo(queries);
    }

    @Test
    void an_encrypted_account_sends_nothing_to_unencrypted_or_unverifiable_targets() {
        SipEndpoint endpoint = scene.endpoint(SipAccount.builder("1001", "pbx.example", Secret.of("x"))
                .transport(SipTransport.TLS)
                .build());
        scene.network.host("203.0.113.5");
        scene.network.dns().address("other.example", "203.0.113.5");

        flowTo(endpoint, "sip:x@203.0.113.5:5060");
        flowTo(endpoint, "sip:x@203.0.113.5:5061;transport=tls");
        flowTo(endpoint, "sip:x@other.example;transport=udp");
        flowTo(endpoint, "sip:x@other.example:5060;transport=tcp");

        Set<String> reached = scene.network.trace().packets().stream()
                .filter(packet -> packet.from().getAddress().getHostAddress().equals(SipScene.ENGINE))
                .map(packet -> packet.to().getAddress().getHostAddress())
                .collect(Collectors.toSet());
        assertThat(reached).as("only the phone system itself was tried").containsExactly(SipScene.PBX);
    }
}
