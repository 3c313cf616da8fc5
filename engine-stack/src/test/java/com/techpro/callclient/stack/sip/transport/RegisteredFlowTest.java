// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.EndpointHandler;
import com.techpro.callclient.stack.sip.RegistrationFlow;
import com.techpro.callclient.stack.sip.RequestListener;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.SipSettings;
import com.techpro.callclient.stack.sip.SipStack;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.helpers.Certificates;
import com.techpro.callclient.testkit.helpers.Certificates.Identity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A TLS account with two servers, first and second: to which of them it belongs, and whose calls it takes. */
class RegisteredFlowTest {
    private static final Identity CA = Certificates.authority("Test Authority");
    private static final Identity PBX =
            Certificates.named("pbx").dns("pbx.example").issuedBy(CA);

    private final VirtualTime time = VirtualTime.seeded(13);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 13);
    private final Peer first = new Peer(time, network.host("192.0.2.10"), "first");
    private final Peer second = new Peer(time, network.host("192.0.2.11"), "second");
    private final Loop scheduler = time.openLoop("engine");
    private final EngineLoop loop = new EngineLoop(scheduler);
    private final List<String> heard = new ArrayList<>();
    private final Map<Peer, Flow> connections = new HashMap<>();
    private SipStack stack;
    private SipEndpoint endpoint;

    @BeforeEach
    void anAccountRegisteredAtTheFirst() {
        network.dns().srv("_sips._tcp.pbx.example", 1, 0, 5061, "one.pbx.example");
        network.dns().srv("_sips._tcp.pbx.example", 2, 0, 5061, "two.pbx.example");
        network.dns().address("one.pbx.example", "192.0.2.10");
        network.dns().address("two.pbx.example", "192.0.2.11");
        first.listen(SipTransport.TLS, "192.0.2.10", 5061, PBX.context());
        second.listen(SipTransport.TLS, "192.0.2.11", 5061, PBX.context());
        run(() -> {
            stack = new SipStack(
                    loop, network.host("192.0.2.1"), time.workers(), time.random("sip"), SipSettings.DEFAULT);
            endpoint = stack.newEndpoint(
                    SipAccount.builder("1001", "pbx.example", Secret.of("x"))
                            .tlsTrust(TlsTrust.anchoredAt(CA.certificate()))
                            .build(),
                    new Recorder());
        });
        answering(first, 200);
        answering(second, 200);
        register();
        assertThat(heard).containsExactly("REGISTER 200");
        heard.clear();
    }

    @AfterEach
    void nothingIsLeftOpen() {
        run(endpoint::close);
        time.advance(Duration.ofMinutes(2));
        assertThat(scheduler.pendingTimers()).isZero();
        assertThat(first.counters().streams()).as("connections").isZero();
        assertThat(second.counters().streams()).as("connections").isZero();
        run(stack::close);
        first.run(first.layer::close);
        second.run(second.layer::close);
        time.advance(Duration.ofSeconds(60));
    }

    @Test
    void aRequestThatTheFirstServerRefusesWith503GoesToTheSecondAndTheAccountStays() {
        Flow registered = endpoint.flow();
        answering(first, 503);

        options();

        assertThat(heard).containsExactly("OPTIONS 200");
        assertThat(second.arrivals).hasSize(1);
        assertThat(endpoint.flow()).isSameAs(registered);
        assertThat(endpoint.trusts(registered)).isTrue();
        callFrom(first);
        assertThat(heard).containsExactly("OPTIONS 200", "invite");
        first.arrivals.clear();
        time.advance(Duration.ofMinutes(2));
        assertThat(registered.isOpen()).isTrue();
        callFrom(second);
        assertThat(heard).as("nobody registered there").containsExactly("OPTIONS 200", "invite");
    }

    @Test
    void aRequestThatNobodyAnswersTakesNoTrustFromTheFlow() {
        Flow registered = endpoint.flow();
        first.onRequest = (request, flow) -> {};
        second.onRequest = (request, flow) -> {};

        options();
        time.advance(Duration.ofSeconds(70));

        assertThat(heard).containsExactly("OPTIONS timeout-response");
        assertThat(endpoint.flow()).isSameAs(registered);
        callFrom(first);
        assertThat(heard).contains("invite");
    }

    @Test
    void theAccountMovesByRegisteringAtTheSecondServerAndCallsFromTheFirstAreStillHeard() {
        Flow before = endpoint.flow();
        answering(first, 503);

        register();

        assertThat(heard).containsExactly("REGISTER 200");
        Flow now = endpoint.flow();
        assertThat(now.remote().getAddress().getHostAddress()).isEqualTo("192.0.2.11");
        SipRequest register = (SipRequest) second.arrivals.get(0).message();
        assertThat(register.contacts().get(0).uri().port())
                .isEqualTo(now.local().getPort());
        assertThat(before.isOpen()).isTrue();
        callFrom(first);
        callFrom(second);
        assertThat(heard).containsExactly("REGISTER 200", "invite", "invite");
        second.run(() -> second.layer.close(second.arrivals.get(0).flow()));
        time.advance(Duration.ofSeconds(1));
        assertThat(heard).containsExactly("REGISTER 200", "invite", "invite", "flow lost");
    }

    @Test
    void aServerThatSays503WhileNoOtherCanBeReachedIsWhatTheRequestIsToldOf() {
        second.run(second.layer::close);
        answering(first, 503);

        options();
        time.advance(Duration.ofSeconds(15));

        assertThat(heard).containsExactly("OPTIONS server-error-503");
    }

    private void run(Runnable task) {
        loop.execute(task);
        time.settle();
    }

    private void register() {
        run(() -> endpoint.send(endpoint.newRegister().set("Expires", "600"), new Listener("REGISTER")));
        time.advance(Duration.ofSeconds(2));
    }

    private void options() {
        first.arrivals.clear();
        second.arrivals.clear();
        run(() -> endpoint.send(
                endpoint.newRequest("OPTIONS", SipUri.of("sip:1002@pbx.example")), new Listener("OPTIONS")));
        time.advance(Duration.ofSeconds(2));
    }

    private void answering(Peer server, int status) {
        server.onRequest = (request, flow) -> {
            connections.put(server, flow);
            SipResponse.Builder response =
                    SipResponse.respondTo(request, status).toTag("t");
            request.contacts().forEach(response::contact);
            server.layer.send(response.build(), flow);
        };
    }

    /** Calls the account on the connection that the server has from it. */
    private void callFrom(Peer server) {
        Flow flow = connections.get(server);
        SipRequest call = Peer.options().build();
        server.run(() -> server.layer.send(
                SipRequest.builder("INVITE", SipUri.of("sip:1001@192.0.2.1"))
                        .via(server.layer.prepareVia(flow, "z9hG4bK" + server.arrivals.size() + heard.size()))
                        .from(call.from())
                        .to(call.to())
                        .callId("call" + heard.size())
                        .cseq(1, "INVITE")
                        .build(),
                flow));
        time.advance(Duration.ofSeconds(1));
    }

    private final class Listener implements RequestListener {
        private final String method;

        Listener(String method) {
            this.method = method;
        }

        @Override
        public void success(SipResponse response) {
            heard.add(method + " " + response.status());
        }

        @Override
        public void rejected(SipResponse response, Failure why) {
            heard.add(method + " " + why.code());
        }

        @Override
        public void failed(Failure why) {
            heard.add(method + " " + why.code());
        }
    }

    private final class Recorder implements EndpointHandler {
        @Override
        public void invite(ServerTransactionHandle invite) {
            heard.add("invite");
            invite.respond(486);
        }

        @Override
        public void flowLost(RegistrationFlow lost, Failure why) {
            heard.add("flow lost");
        }
    }
}
