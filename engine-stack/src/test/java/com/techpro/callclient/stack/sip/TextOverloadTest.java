// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.MessageTap;
import com.techpro.callclient.testkit.contracts.TlsServerNetwork;
import com.techpro.callclient.testkit.helpers.Certificates;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More texts than the engine can serve at once, in virtual time in which serving takes time. The phone system is text on a TLS connection. */
class TextOverloadTest {
    /** It can do 200 calls a second, or 1,000 texts. */
    private static final Duration INVITE = Duration.ofMillis(5);

    private static final Duration REFUSAL = Duration.ofNanos(40_000);
    private static final String HOST = "192.0.2.20";
    private static final Certificates.Identity CA = Certificates.authority("Test Authority");

    private final SipScene scene = new SipScene(SipSettings.DEFAULT, true, new MessageTap() {
        @Override
        public void received(byte[] buffer, int offset, int length, Flow flow) {}

        @Override
        public void sent(byte[] message, Flow flow) {
            if (new String(message, 0, 12, StandardCharsets.UTF_8).startsWith("SIP/2.0 503")) {
                scene().busy.spend(REFUSAL);
            }
        }
    });
    private final TextServer server = new TextServer(
            new TlsServerNetwork(
                    scene.network.host(HOST),
                    Certificates.named("pbx").ip(HOST).issuedBy(CA).context()),
            HOST);
    private Duration textTakes = Duration.ofMillis(1);
    private String target;

    private SipScene scene() {
        return scene;
    }

    @BeforeEach
    void registered() {
        SipEndpoint endpoint = scene.on(() -> scene.stack.newEndpoint(
                SipAccount.builder("1001", "pbx.example", Secret.of("secret"))
                        .transport(SipTransport.TLS)
                        .securityFloor(SecurityFloor.DEFAULT)
                        .tlsTrust(TlsTrust.anchoredAt(CA.certificate()))
                        .outboundProxy(new HostPort(HOST, 5060))
                        .build(),
                new Answering()));
        scene.run(() -> endpoint.send(endpoint.newRegister(), scene.listener("register")));
        scene.pass(100);
        target = scene.on(() -> endpoint.contact().uri().encode());
    }

    private final class Answering implements EndpointHandler {
        @Override
        public void invite(ServerTransactionHandle invite) {
            scene.busy.spend(INVITE);
            invite.respond(486);
        }

        @Override
        public void request(ServerTransactionHandle request) {
            scene.busy.spend(textTakes);
            request.respond(200);
        }

        @Override
        public void ackTimedOut(ServerTransactionHandle invite) {}

        @Override
        public void flowLost(RegistrationFlow lost, @Nullable Failure why) {}

        @Override
        public void contactChanged() {}
    }

    private void send(String method, int from, int to) {
        StringBuilder all = new StringBuilder();
        for (int i = from; i < to; i++) {
            all.append(server.request(method, target, method + i, ""));
        }
        server.send(all.toString());
    }

    private long answered(String status) {
        return server.statuses.values().stream().filter(status::equals).count();
    }

    /** As when a phone comes back, and its server has kept them: the engine has other things to do just then. */
    @Test
    void three_thousand_texts_at_once_are_served() {
        scene.loop.execute(() -> scene.busy.spend(Duration.ofMillis(300)));
        send("MESSAGE", 0, 3_000);

        scene.pass(3_600);

        assertThat(answered("200 MESSAGE")).isEqualTo(3_000);
        assertThat(scene.refused).isEmpty();
    }

    /** So slow that many texts do not fill the queue, but wait too long in it. */
    @Test
    void at_twice_its_capacity_it_works_at_capacity_and_refuses_the_rest() {
        textTakes = Duration.ofMillis(4);
        int capacity = 250;
        for (int i = 0; i < 400; i++) {
            send("MESSAGE", 25 * i, 25 * (i + 1));
            scene.pass(50);
        }
        scene.pass(6_000);

        assertThat(answered("200 MESSAGE")).isGreaterThan(capacity * 20 * 8 / 10);
        assertThat(answered("200 MESSAGE") + answered("503 MESSAGE")).isEqualTo(10_000);
        assertThat(scene.stack.load().longestQueueDelay()).isLessThan(Duration.ofSeconds(5));
        assertThat(scene.refused).isNotEmpty().containsOnly("overload MESSAGE 503");
    }

    @Test
    void a_call_does_not_wait_for_texts() {
        send("MESSAGE", 0, 3_000);
        scene.pass(500);
        send("INVITE", 0, 3);

        scene.pass(50);

        assertThat(answered("486 INVITE")).isEqualTo(3);
        scene.pass(3_600);
        assertThat(answered("200 MESSAGE")).isEqualTo(3_000);
    }

    @Test
    void texts_have_their_turn_among_more_calls_than_can_be_served() {
        for (int i = 0; i < 100; i++) {
            send("INVITE", 40 * i, 40 * (i + 1));
            send("MESSAGE", i, i + 1);
            scene.pass(100);
        }
        scene.pass(5_000);

        assertThat(answered("200 MESSAGE")).isEqualTo(100);
        assertThat(answered("486 INVITE")).isGreaterThan(200 * 10 * 8 / 10);
    }
}
