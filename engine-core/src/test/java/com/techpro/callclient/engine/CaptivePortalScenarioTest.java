// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.NetworkMonitor;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.testkit.contracts.FakeNetworkMonitor;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.TlsServerNetwork;
import com.techpro.callclient.testkit.helpers.Certificates;
import com.techpro.callclient.testkit.helpers.Certificates.Identity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A phone comes to a network that answers in the phone system's place until its user has signed in (RFC 8952). */
class CaptivePortalScenarioTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(ScriptedPhoneSystem.HOST, 5061);
    private static final Identity OTHER_CA = Certificates.authority("Hotel Authority");
    private static final String HOTEL = "198.51.100.7";

    private final FakeNetworkMonitor monitor = new FakeNetworkMonitor(Runnable::run);
    private final Portal portal = new Portal();
    private ScriptedPhoneSystem scene;

    enum Kind {
        /** By an authority that nobody trusts. */
        OWN_CERTIFICATE,
        HTTP_ANSWER,
        RESET
    }

    @BeforeEach
    void open() {
        scene = ScriptedPhoneSystem.tls(
                8952, account -> account, config -> config.platform(p -> p.networkMonitor(monitor)));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    /** From now on somebody else is at the phone system's address. */
    private SimulatedHost intercepted(Kind kind) throws IOException {
        scene.network.host(ScriptedPhoneSystem.HOST).moveTo("192.0.2.99");
        SimulatedHost host = scene.network.host(ScriptedPhoneSystem.HOST);
        Identity hotel = Certificates.named("x").dns("signin.hotel.test").issuedBy(OTHER_CA);
        Network served = kind == Kind.OWN_CERTIFICATE ? new TlsServerNetwork(host, hotel.context()) : host;
        portal.kind = kind;
        served.listen(SERVER, link -> portal);
        return host;
    }

    private void signIn(SimulatedHost hotel) {
        hotel.moveTo("192.0.2.98");
        scene.network.host("192.0.2.99").moveTo(ScriptedPhoneSystem.HOST);
    }

    private void arrive() {
        scene.phone.moveTo(HOTEL);
        monitor.become(NetworkMonitor.Status.on("hotel"));
        scene.pass(Duration.ofSeconds(5));
    }

    private Failure failure() {
        return scene.registrations.stream()
                .filter(snapshot -> snapshot.state() == RegistrationState.WAITING)
                .reduce((first, last) -> last)
                .map(RegistrationSnapshot::failure)
                .orElse(null);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_network_impersonating_a_verified_phone_system_is_a_captive_portal(Kind kind) throws IOException {
        scene.registered();
        SimulatedHost hotel = intercepted(kind);
        arrive();

        assertThat(failure())
                .isEqualTo(new Failure.CaptivePortal(
                        kind == Kind.OWN_CERTIFICATE ? TlsProblem.UNTRUSTED : TlsProblem.PROTOCOL));
        assertThat(failure().code()).isEqualTo("captive-portal");
        assertThat(failure().advice()).contains("sign in");
        scene.pass(Duration.ofMinutes(10));
        assertThat(portal.connections).isBetween(30, 65);
        assertThat(portal.heard.toString()).doesNotContain("REGISTER", "alice");

        signIn(hotel);
        scene.pass(Duration.ofSeconds(21));

        assertThat(scene.alice.registration().state()).isEqualTo(RegistrationState.REGISTERED);
    }

    @Test
    void nobody_but_the_phone_system_is_asked_for_anything() throws IOException {
        scene.registered();
        intercepted(Kind.OWN_CERTIFICATE);
        arrive();
        scene.pass(Duration.ofMinutes(1));

        assertThat(scene.network.dns().queries()).isZero();
        assertThat(scene.network.trace().packets())
                .filteredOn(
                        packet -> packet.from().getAddress().getHostAddress().equals(HOTEL))
                .isNotEmpty()
                .allMatch(packet -> packet.to().equals(SERVER));
    }

    @Test
    void the_next_change_of_the_network_is_a_reason_to_try_at_once() throws IOException {
        scene.registered();
        SimulatedHost hotel = intercepted(Kind.OWN_CERTIFICATE);
        arrive();
        scene.pass(Duration.ofMinutes(1));
        signIn(hotel);

        monitor.become(NetworkMonitor.Status.on("hotel, signed in"));
        scene.pass(Duration.ofMillis(200));

        assertThat(scene.alice.registration().state()).isEqualTo(RegistrationState.REGISTERED);
    }

    @Test
    void a_bad_certificate_on_a_known_network_is_untrusted_and_no_captive_portal() throws IOException {
        scene.registered();
        intercepted(Kind.OWN_CERTIFICATE);

        scene.network.resetStreams(ScriptedPhoneSystem.PHONE, "192.0.2.99");
        scene.pass(Duration.ofSeconds(30));

        assertThat(failure()).isEqualTo(new Failure.TlsFailed(TlsProblem.UNTRUSTED));
    }

    @Test
    void a_bad_certificate_after_a_good_one_on_the_new_network_is_untrusted_too() throws IOException {
        scene.registered();
        arrive();
        assertThat(scene.alice.registration().state()).isEqualTo(RegistrationState.REGISTERED);
        intercepted(Kind.OWN_CERTIFICATE);

        scene.network.resetStreams(HOTEL, "192.0.2.99");
        scene.pass(Duration.ofSeconds(30));

        assertThat(failure()).isEqualTo(new Failure.TlsFailed(TlsProblem.UNTRUSTED));
    }

    @Test
    void a_phone_system_that_was_never_verified_is_not_trusted_and_nothing_else() throws IOException {
        intercepted(Kind.OWN_CERTIFICATE);
        scene.pass(Duration.ofSeconds(5));
        arrive();

        assertThat(failure()).isEqualTo(new Failure.TlsFailed(TlsProblem.UNTRUSTED));
    }

    /** What answers in the phone system's place. */
    private static final class Portal implements StreamHandler {
        final StringBuilder heard = new StringBuilder();
        Kind kind = Kind.RESET;
        int connections;

        @Override
        public void connected(StreamLink link) {
            connections++;
        }

        @Override
        public void received(StreamLink link, ByteBuffer bytes) {
            heard.append(StandardCharsets.ISO_8859_1.decode(bytes));
            if (kind == Kind.HTTP_ANSWER) {
                link.write(StandardCharsets.US_ASCII.encode(
                        "HTTP/1.1 302 Found\r\nLocation: http://signin.hotel.test/\r\n\r\n"));
            } else if (kind == Kind.RESET) {
                link.close();
            }
        }

        @Override
        public void closed(StreamLink link, IOException cause) {}
    }
}
