// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;
import com.techpro.callclient.stack.sip.transport.TransportEvents;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import com.techpro.callclient.stack.sip.transport.TransportLimits;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.helpers.Certificates;
import com.techpro.callclient.testkit.helpers.Certificates.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 8305 §5: a phone system with addresses of both families is reached by whichever of them works, at the cost of a moment. */
class HappyEyeballsTest {
    private static final Identity CA = Certificates.authority("Test Authority");
    private static final Identity GOOD = Certificates.named("x").dns("pbx.test").issuedBy(CA);
    private static final Identity SOMEBODY =
            Certificates.named("x").dns("somebody.test").issuedBy(CA);
    private static final String SIX = "2001:db8::30";
    private static final String FOUR = "192.0.2.30";

    private final SipScene scene = new SipScene();
    private final List<Flow> opened = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private SipEndpoint endpoint;

    @BeforeEach
    void aPhoneOfBothFamilies() {
        scene.host.moveTo(SipScene.ENGINE, "2001:db8::1");
        scene.network.dns().address("pbx.test", SIX, FOUR);
    }

    private void serve(SipTransport transport, String address, Identity identity) {
        EngineLoop loop = new EngineLoop(scene.time.openLoop("server " + address));
        loop.execute(() -> {
            TransportLayer server = new TransportLayer(
                    loop,
                    scene.network.host(address),
                    scene.time.workers(),
                    scene.time.random("server"),
                    new Silent(),
                    TransportLimits.DEFAULT);
            try {
                server.listen(
                        transport,
                        new InetSocketAddress(address, 5061),
                        transport.isEncrypted() ? identity.context() : null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void account(SipTransport transport, String domain) {
        SecurityFloor floor = SecurityFloor.DEFAULT;
        endpoint = scene.endpoint(SipAccount.builder("1001", domain, Secret.of("x"))
                .transport(transport)
                .securityFloor(transport.isEncrypted() ? floor : floor.labAllowCleartextSignalling())
                .tlsTrust(TlsTrust.anchoredAt(CA.certificate()))
                .build());
    }

    private void connect() {
        scene.run(() -> endpoint.connect(new FlowCallback() {
            @Override
            public void opened(Flow flow) {
                opened.add(flow);
            }

            @Override
            public void failed(Failure failure) {
                failed.add(failure.code());
            }
        }));
    }

    /** @return how long it took, in ms */
    private long connected() {
        Duration before = scene.time.elapsed();
        connect();
        int wanted = opened.size() + failed.size() + 1;
        scene.time.runUntil(() -> opened.size() + failed.size() == wanted, Duration.ofMinutes(2));
        return scene.time.elapsed().minus(before).toMillis();
    }

    private String reached() {
        return opened.get(opened.size() - 1).remote().getAddress().getHostAddress();
    }

    private boolean wasTried(String address) {
        return scene.network.trace().packets().stream()
                .anyMatch(packet -> packet.to().getAddress().getHostAddress().equals(address)
                        || packet.to().equals(new InetSocketAddress(address, 5061)));
    }

    private void close() {
        scene.run(() -> opened.forEach(scene.stack.transport()::close));
        scene.pass(2_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = SipTransport.class,
            names = {"TCP", "TLS", "WSS"})
    void RFC8305_5_the_other_family_is_used_after_250_ms_without_an_answer(SipTransport transport) {
        serve(transport, SIX, GOOD);
        serve(transport, FOUR, GOOD);
        account(transport, "pbx.test:5061");
        scene.network.partition(SipScene.ENGINE, SIX);

        assertThat(connected()).isBetween(250L, 300L);

        assertThat(reached()).isEqualTo(FOUR);
        assertThat(failed).isEmpty();
        scene.pass(60_000);
        assertThat(scene.host.openLinks()).as("the loser is closed").isEqualTo(1);
    }

    @Test
    void the_family_that_comes_first_is_used_alone_where_it_answers_in_time() {
        serve(SipTransport.TLS, SIX, GOOD);
        serve(SipTransport.TLS, FOUR, GOOD);
        account(SipTransport.TLS, "pbx.test:5061");

        assertThat(connected()).isLessThan(250);
        scene.pass(1_000);

        assertThat(reached()).isEqualTo("2001:db8:0:0:0:0:0:30");
        assertThat(wasTried(FOUR)).isFalse();
    }

    @Test
    void RFC8305_5_the_first_that_is_done_wins_be_it_the_one_that_began_first() {
        serve(SipTransport.TCP, SIX, GOOD);
        serve(SipTransport.TCP, FOUR, GOOD);
        account(SipTransport.TCP, "pbx.test:5061");
        scene.network.conditionsBetween(SipScene.ENGINE, SIX, LinkConditions.LAN.withDelay(Duration.ofMillis(140)));
        scene.network.conditionsBetween(SipScene.ENGINE, FOUR, LinkConditions.LAN.withDelay(Duration.ofMillis(140)));

        assertThat(connected()).isBetween(280L, 300L);

        assertThat(reached()).isEqualTo("2001:db8:0:0:0:0:0:30");
        scene.pass(60_000);
        assertThat(scene.host.openLinks()).isEqualTo(1);
    }

    @Test
    void a_family_that_connects_and_does_not_come_to_a_verified_server_has_not_won() throws IOException {
        scene.network.host(SIX).listen(new InetSocketAddress(SIX, 5061), link -> new Mute());
        serve(SipTransport.TLS, FOUR, GOOD);
        account(SipTransport.TLS, "pbx.test:5061");

        assertThat(connected()).isBetween(250L, 300L);

        assertThat(reached()).isEqualTo(FOUR);
    }

    @Test
    void a_family_that_refuses_costs_no_delay() {
        scene.network.host(SIX);
        serve(SipTransport.TLS, FOUR, GOOD);
        account(SipTransport.TLS, "pbx.test:5061");

        assertThat(connected()).isLessThan(50);

        assertThat(reached()).isEqualTo(FOUR);
    }

    @Test
    void the_certificate_is_checked_over_IPv4_and_IPv6_and_its_refusal_reported() {
        serve(SipTransport.TLS, SIX, SOMEBODY);
        account(SipTransport.TLS, "pbx.test:5061");

        connected();
        assertThat(failed).containsExactly("tls-host-name");

        serve(SipTransport.TLS, FOUR, SOMEBODY);
        connected();
        assertThat(failed).containsExactly("tls-host-name", "tls-host-name");
        assertThat(opened).isEmpty();
    }

    @Test
    void RFC2782_a_server_that_stands_in_for_another_is_not_raced_against_it() {
        scene.network
                .dns()
                .srv("_sips._tcp.domain.test", 1, 0, 5061, "a.domain.test")
                .srv("_sips._tcp.domain.test", 2, 0, 5061, "b.domain.test")
                .address("a.domain.test", SIX)
                .address("b.domain.test", FOUR);
        Identity domain = Certificates.named("x").dns("domain.test").issuedBy(CA);
        serve(SipTransport.TLS, SIX, domain);
        serve(SipTransport.TLS, FOUR, domain);
        account(SipTransport.TLS, "domain.test");
        scene.network.conditionsBetween(SipScene.ENGINE, SIX, LinkConditions.LAN.withDelay(Duration.ofMillis(200)));

        assertThat(connected()).isGreaterThan(700);

        assertThat(reached()).isEqualTo("2001:db8:0:0:0:0:0:30");
        assertThat(wasTried(FOUR)).isFalse();
    }

    @Test
    void the_family_that_was_faster_is_tried_first_for_ten_minutes() {
        serve(SipTransport.TLS, SIX, GOOD);
        serve(SipTransport.TLS, FOUR, GOOD);
        account(SipTransport.TLS, "pbx.test:5061");
        scene.network.partition(SipScene.ENGINE, SIX);
        connected();
        close();

        scene.pass(540_000);
        assertThat(connected()).as("remembered").isLessThan(50);
        close();
        scene.pass(120_000);

        assertThat(connected()).as("forgotten").isGreaterThan(249);
        assertThat(reached()).isEqualTo(FOUR);
    }

    @Test
    void an_endpoint_that_closes_meanwhile_leaves_no_connection_and_nobody_waiting() {
        serve(SipTransport.TLS, FOUR, GOOD);
        scene.network.conditionsBetween(SipScene.ENGINE, FOUR, LinkConditions.LAN.withDelay(Duration.ofSeconds(1)));
        scene.network.partition(SipScene.ENGINE, SIX);
        account(SipTransport.TLS, "pbx.test:5061");
        connect();
        scene.pass(2_500);
        scene.run(endpoint::close);
        assertThat(failed).hasSize(1);
        scene.pass(60_000);

        assertThat(opened).isEmpty();
        assertThat(failed).hasSize(1);
        assertThat(scene.host.openLinks()).isZero();
    }

    /** Takes connections and says nothing. */
    private static final class Mute implements StreamHandler {
        @Override
        public void connected(StreamLink link) {}

        @Override
        public void received(StreamLink link, ByteBuffer bytes) {}

        @Override
        public void closed(StreamLink link, IOException cause) {}
    }

    private static final class Silent implements TransportEvents {
        @Override
        public void received(SipMessage message, Flow flow) {}

        @Override
        public void flowClosed(Flow flow, Failure why) {}

        @Override
        public void tooLarge(SipMessage message, Flow flow) {}

        @Override
        public void pong(Flow flow) {}
    }
}
