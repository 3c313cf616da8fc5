// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.TransportEvents;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import com.techpro.callclient.stack.sip.transport.TransportLimits;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.helpers.Certificates;
import com.techpro.callclient.testkit.helpers.Certificates.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One client with accounts at two phone systems, over TLS: each is trusted for its own account and for no other, although both are behind one
 * address, as they are at a provider. What is known of a TLS peer is its certificate.
 */
class TwoPhoneSystemsTest {
    private static final Identity CA = Certificates.authority("Test Authority");
    private static final String PROVIDER = "192.0.2.30";

    private final SipScene scene = new SipScene();

    @Test
    void a_phone_system_rings_its_own_account_and_not_that_of_another_at_the_same_address() {
        Server one = new Server("one.test", 5061);
        Server other = new Server("other.test", 5071);
        SipEndpoint account = one.account("1001");
        SipEndpoint second = other.account("2002");
        SipUri contact = contact(account);

        other.calls(contact);
        assertThat(other.statuses).as("the other phone system's call").containsExactly(404);
        assertThat(scene.heard).isEmpty();

        one.calls(contact);
        assertThat(one.statuses).as("its own phone system's call").doesNotContain(404);
        assertThat(scene.heard).containsExactly("invite");

        other.calls(contact(second));
        assertThat(scene.heard).containsExactly("invite", "invite");
    }

    private SipUri contact(SipEndpoint endpoint) {
        return scene.on(() -> endpoint.contact().uri());
    }

    /** A phone system that answers each request with 200, keeps the flow that it was reached on, and calls over it. */
    private final class Server implements TransportEvents {
        final List<Integer> statuses = new ArrayList<>();
        private final String domain;
        private final int port;
        private final EngineLoop loop;
        private final List<Flow> flows = new ArrayList<>();
        private final List<TransportLayer> transport = new ArrayList<>();
        private int calls;

        Server(String domain, int port) {
            this.domain = domain;
            this.port = port;
            scene.network.dns().address(domain, PROVIDER);
            loop = new EngineLoop(scene.time.openLoop(domain));
            loop.execute(() -> {
                TransportLayer layer = new TransportLayer(
                        loop,
                        scene.network.host(PROVIDER),
                        scene.time.workers(),
                        Seeds.random(1),
                        this,
                        TransportLimits.DEFAULT);
                Identity identity = Certificates.named("x").dns(domain).issuedBy(CA);
                try {
                    layer.listen(SipTransport.TLS, new InetSocketAddress(PROVIDER, port), identity.context());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                transport.add(layer);
            });
        }

        /** An account of the client that has registered here. */
        SipEndpoint account(String user) {
            SipEndpoint endpoint = scene.endpoint(SipAccount.builder(user, domain + ":" + port, Secret.of("x"))
                    .tlsTrust(TlsTrust.anchoredAt(CA.certificate()))
                    .build());
            scene.run(() -> endpoint.send(endpoint.newRegister().set("Expires", "600"), scene.listener("register")));
            scene.pass(2_000);
            assertThat(scene.heard).containsExactly("register 200");
            scene.heard.clear();
            return endpoint;
        }

        void calls(SipUri contact) {
            String branch = domain + ++calls;
            SipRequest invite = SipRequest.builder("INVITE", contact)
                    .set("Via", "SIP/2.0/TLS " + PROVIDER + ":" + port + ";branch=z9hG4bK" + branch)
                    .from(NameAddr.of(SipUri.of("sip:caller@" + domain)).withTag("caller"))
                    .to(NameAddr.of(SipUri.of("sip:callee@" + domain)))
                    .callId(branch)
                    .cseq(1, "INVITE")
                    .contact(NameAddr.of(SipUri.of("sip:caller@" + PROVIDER + ":" + port + ";transport=tls")))
                    .build();
            loop.execute(() -> transport.get(0).send(invite, flows.get(0)));
            scene.pass(100);
        }

        @Override
        public void received(SipMessage message, Flow flow) {
            if (message instanceof SipRequest request) {
                flows.add(flow);
                SipResponse ok = SipResponse.respondTo(request, 200)
                        .toTag("server")
                        .contact(request.contacts().get(0))
                        .build();
                transport.get(0).send(ok, flow);
            } else if (message instanceof SipResponse response) {
                statuses.add(response.status());
            }
        }

        @Override
        public void flowClosed(Flow flow, Failure why) {}

        @Override
        public void tooLarge(SipMessage message, Flow flow) {}

        @Override
        public void pong(Flow flow) {}
    }
}
