// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;
import com.techpro.callclient.stack.sip.transport.TransportEvents;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import com.techpro.callclient.stack.sip.transport.TransportLimits;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An INVITE whose server is lost goes to the next one (RFC 3263 §4.3), unless the user has hung up meanwhile. */
class InviteFailOverTest {
    private static final String FIRST = "192.0.2.21";
    private static final String SECOND = "192.0.2.22";

    private final SipScene scene = new SipScene();
    private final Server first = new Server(FIRST);
    private final Server second = new Server(SECOND);

    @BeforeEach
    void the_second_server_is_far_away() {
        scene.network
                .dns()
                .srv("_sip._tcp.two.example", 1, 0, 5060, "first.example")
                .srv("_sip._tcp.two.example", 2, 0, 5060, "second.example")
                .address("first.example", FIRST)
                .address("second.example", SECOND);
        scene.network.conditionsBetween(SipScene.ENGINE, SECOND, LinkConditions.LAN.withDelay(Duration.ofMillis(500)));
        scene.pass(10);
    }

    @Test
    void an_INVITE_to_a_lost_server_goes_to_the_next_one() {
        dial();
        assertThat(first.methods).containsExactly("INVITE");
        first.stop();
        scene.pass(5_000);

        assertThat(second.methods).startsWith("INVITE");
        assertThat(scene.heard).containsExactly("flow lost");
    }

    @Test
    void a_call_hung_up_while_the_next_server_is_connected_rings_nowhere() {
        OutgoingInvite call = dial();
        first.stop();
        scene.pass(300);
        scene.run(call::cancel);
        scene.pass(5_000);

        assertThat(second.methods).isEmpty();
        assertThat(scene.heard).containsExactly("flow lost", "failed rejected-487");
    }

    @Test
    void if_a_flow_closes_before_its_INVITE_is_sent_another_carries_it() {
        scene.network.dns().address("one.example", FIRST);
        SipEndpoint endpoint = endpoint("one.example");
        List<Flow> obtained = new ArrayList<>();
        scene.run(() -> endpoint.connect(new FlowCallback() {
            @Override
            public void opened(Flow flow) {
                obtained.add(flow);
            }

            @Override
            public void failed(Failure failure) {}
        }));
        scene.pass(50);
        first.stop();
        scene.pass(50);
        Server restarted = new Server(FIRST);
        scene.run(() -> endpoint.invite(
                obtained.get(0), endpoint.newRequest("INVITE", SipScene.CALLEE), scene.inviteListener()));
        scene.pass(5_000);

        assertThat(restarted.methods).startsWith("INVITE");
    }

    private SipEndpoint endpoint(String domain) {
        return scene.endpoint(SipAccount.builder("1001", domain, Secret.of("x"))
                .transport(SipTransport.TCP)
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                .build());
    }

    private OutgoingInvite dial() {
        SipEndpoint endpoint = endpoint("two.example");
        OutgoingInvite call =
                scene.on(() -> endpoint.invite(endpoint.newRequest("INVITE", SipScene.CALLEE), scene.inviteListener()));
        scene.pass(50);
        return call;
    }

    /** Takes down the methods of what arrives, and answers nothing. */
    private final class Server implements TransportEvents {
        private final List<String> methods = new ArrayList<>();
        private final EngineLoop loop;
        private @Nullable TransportLayer transport;

        Server(String address) {
            loop = new EngineLoop(scene.time.openLoop("server " + address));
            loop.execute(() -> {
                TransportLayer made = new TransportLayer(
                        loop,
                        scene.network.host(address),
                        scene.time.workers(),
                        scene.time.random("server"),
                        this,
                        TransportLimits.DEFAULT);
                transport = made;
                try {
                    made.listen(SipTransport.TCP, new InetSocketAddress(address, 5060), null);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        void stop() {
            loop.execute(transport::close);
            scene.time.settle();
        }

        @Override
        public void received(SipMessage message, Flow flow) {
            methods.add(((SipRequest) message).method());
        }

        @Override
        public void flowClosed(Flow flow, @Nullable Failure why) {}

        @Override
        public void tooLarge(SipMessage message, Flow flow) {}

        @Override
        public void pong(Flow flow) {}
    }
}
