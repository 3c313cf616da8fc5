// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import com.techpro.callclient.stack.media.dtls.DtlsRole;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.contracts.PacketTrace;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.SimulatedNat.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a stranger sends to the ports of a call whose keys come by a handshake ends nothing, whenever it comes (RFC 6347 §4.1.2.7, RFC 5763 §5). */
class DtlsStrangersTest {
    private static final List<SrtpSuite> SUITES = List.of(SrtpSuite.AEAD_AES_256_GCM);
    private static final String KEYED = "keyed AEAD_AES_256_GCM";
    private static final String STRANGER = "203.0.113.66";
    private static final Duration ONE_WAY = Duration.ofMillis(80);
    private static final Duration STEP = Duration.ofMillis(40);

    @ParameterizedTest
    @EnumSource
    void without_ICE_stray_records_at_every_moment_end_nothing(StrayRecords stray) throws Exception {
        try (TestCall call = new TestCall(31)) {
            call.network.defaultConditions(LinkConditions.LAN.withDelay(ONE_WAY));
            InetSocketAddress[] ports = {call.alice.address(), call.bob.address()};
            try (Stranger stranger = new Stranger(call, 5_000)) {
                call.alice.speak(440);
                call.bob.speak(880);
                // While it rings
                stranger.spray(call, stray, 3, ports);
                agree(
                        call,
                        identity(call, "alice"),
                        identity(call, "bob"),
                        () -> stranger.spray(call, stray, 3, ports));
                // During the handshake, and after it
                stranger.spray(call, stray, 50, ports);

                bothTalk(call);
                assertThat(call.alice.events).noneMatch(event -> event.startsWith("latched"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_caller_behind_a_NAT_is_answered_all_the_same(StrayRecords stray) throws Exception {
        try (TestCall call = new TestCall(32, true)) {
            call.network.defaultConditions(LinkConditions.LAN.withDelay(ONE_WAY));
            try (Stranger stranger = new Stranger(call, 5_000)) {
                call.alice.speak(440);
                call.bob.speak(880);
                stranger.spray(call, stray, 3, call.bob.address());
                DtlsIdentity alice = identity(call, "alice");
                DtlsIdentity bob = identity(call, "bob");
                call.bob.configure(parameters(call.alice, DtlsRole.SERVER, bob, alice));
                stranger.spray(call, stray, 3, call.bob.address());
                call.alice.configure(parameters(call.bob, DtlsRole.CLIENT, alice, bob));
                stranger.spray(call, stray, 50, call.bob.address());

                bothTalk(call);
            }
        }
    }

    /** Against all the places there are for addresses that nobody vouched for. */
    @Test
    void hellos_from_many_addresses_keep_no_caller_away() throws Exception {
        try (TestCall call = new TestCall(33, true)) {
            List<Stranger> strangers = new ArrayList<>();
            SimulatedHost host = call.network.host(STRANGER);
            for (int port = 5_000; port < 5_020; port++) {
                strangers.add(new Stranger(host, port));
            }
            DtlsIdentity alice = identity(call, "alice");
            DtlsIdentity bob = identity(call, "bob");
            call.alice.speak(440);
            call.bob.speak(880);
            strangers.forEach(stranger -> stranger.send(StrayRecords.CLIENT_HELLO, call.bob.address()));
            call.run(STEP);
            call.bob.configure(parameters(call.alice, DtlsRole.SERVER, bob, alice));
            strangers.forEach(stranger -> stranger.send(StrayRecords.CLIENT_HELLO, call.bob.address()));
            call.run(STEP);
            call.alice.configure(parameters(call.bob, DtlsRole.CLIENT, alice, bob));
            call.run(Duration.ofSeconds(3));

            bothTalk(call);
            strangers.forEach(Stranger::close);
        }
    }

    /** With a certificate of its own, and all that belongs to it. */
    @Test
    void a_complete_handshake_of_an_untrusted_source_ends_nothing() throws Exception {
        try (TestCall call = new TestCall(34)) {
            TestCall.Party mallory = mallory(call);
            DtlsIdentity alice = identity(call, "alice");
            DtlsIdentity bob = identity(call, "bob");
            call.alice.speak(440);
            call.bob.speak(880);
            call.alice.configure(parameters(call.bob, DtlsRole.SERVER, alice, bob));
            mallory.configure(parameters(call.alice, DtlsRole.CLIENT, identity(call, "mallory"), alice));
            call.run(Duration.ofSeconds(2));
            assertThat(call.alice.events).allMatch(event -> event.startsWith("handshake "));
            call.bob.configure(parameters(call.alice, DtlsRole.CLIENT, bob, alice));
            call.run(Duration.ofSeconds(2));

            bothTalk(call);
            mallory.close();
            call.run(Duration.ofSeconds(1));
            mallory.engine.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void RFC8445_with_ICE_an_address_that_passed_no_check_is_not_heard(StrayRecords stray) throws Exception {
        try (IceScene scene =
                IceScene.builder(35).nats(Kind.FULL_CONE, Kind.FULL_CONE).open()) {
            TestCall call = scene.call;
            try (Stranger stranger = new Stranger(call, 5_000)) {
                DtlsIdentity alice = identity(call, "alice");
                DtlsIdentity bob = identity(call, "bob");
                scene.alice.handshake = dtls(DtlsRole.SERVER, alice, bob);
                scene.bob.handshake = dtls(DtlsRole.CLIENT, bob, alice);
                scene.start();
                long passed = 0;
                for (int i = 0; i < 60; i++) {
                    // What the NATs show of the two, which a full cone opens to anybody
                    List<InetSocketAddress> ports = call.network.trace().packets().stream()
                            .map(PacketTrace.Packet::from)
                            .filter(from -> from.getHostString().startsWith("198.51.100."))
                            .distinct()
                            .toList();
                    passed += ports.size();
                    stranger.spray(call, stray, 1, ports.toArray(InetSocketAddress[]::new));
                }
                assertThat(passed).isGreaterThan(100);

                assertThat(scene.alice.party.events).containsExactly(KEYED);
                assertThat(scene.bob.party.events).containsExactly(KEYED);
                assertThat(call.network.trace().packets())
                        .noneMatch(packet -> packet.to().getHostString().equals(STRANGER));
                scene.bothHear();
                if (stray != StrayRecords.CLIENT_HELLO) {
                    long unheard = Stream.of(scene.alice.party, scene.bob.party)
                            .mapToLong(end -> end.session.statistics().drops().unwanted())
                            .sum();
                    assertThat(unheard).isGreaterThanOrEqualTo(100);
                }
            }
        }
    }

    private static TestCall.Party mallory(TestCall call) {
        return call.new Party(call.network.host(STRANGER), STRANGER);
    }

    private static void bothTalk(TestCall call) {
        call.run(Duration.ofSeconds(2));
        assertThat(call.alice.events).contains(KEYED).noneMatch(event -> event.startsWith("failed"));
        assertThat(call.bob.events).contains(KEYED).noneMatch(event -> event.startsWith("failed"));
        assertThat(call.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
        assertThat(call.alice.heard(Duration.ofSeconds(1)).power(880)).isGreaterThan(0.9);
    }

    /** The answer comes to the caller, which is the server, after the callee has begun (RFC 5763 §3). */
    private static void agree(TestCall call, DtlsIdentity alice, DtlsIdentity bob, Runnable meanwhile) {
        call.bob.configure(parameters(call.alice, DtlsRole.CLIENT, bob, alice));
        meanwhile.run();
        call.alice.configure(parameters(call.bob, DtlsRole.SERVER, alice, bob));
    }

    private static DtlsIdentity identity(TestCall call, String whose) {
        return new DtlsIdentity(call.time.random(whose), call.time.now());
    }

    private static Keying dtls(DtlsRole role, DtlsIdentity own, DtlsIdentity theirs) {
        return new Keying.Dtls(role, own, List.of(theirs.fingerprint()), SUITES);
    }

    private static MediaParameters parameters(TestCall.Party to, DtlsRole role, DtlsIdentity own, DtlsIdentity theirs) {
        PayloadFormat codec = PayloadFormat.ofStatic(G711.ULAW);
        return new MediaParameters(
                to.address(),
                null,
                codec,
                TestCall.EVENTS,
                PayloadTypeMap.of(List.of(codec), List.of()),
                20,
                MediaDirection.SENDRECV,
                dtls(role, own, theirs));
    }

    /** A socket that is no part of the call. */
    private static final class Stranger implements AutoCloseable {
        private final DatagramLink link;

        Stranger(TestCall call, int port) throws IOException {
            this(call.network.host(STRANGER), port);
        }

        Stranger(SimulatedHost host, int port) throws IOException {
            link = host.openDatagram(new InetSocketAddress(STRANGER, port), (packet, from) -> {});
        }

        void send(StrayRecords stray, InetSocketAddress to) {
            for (ByteBuffer datagram : stray.datagrams()) {
                link.send(datagram, to);
            }
        }

        /** Again and again, as the moment that hurts is not known. */
        void spray(TestCall call, StrayRecords stray, int times, InetSocketAddress... ports) {
            for (int i = 0; i < times; i++) {
                for (InetSocketAddress port : ports) {
                    send(stray, port);
                }
                call.run(STEP);
            }
        }

        @Override
        public void close() {
            link.close();
        }
    }
}
