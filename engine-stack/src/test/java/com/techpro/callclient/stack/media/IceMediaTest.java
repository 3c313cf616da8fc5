// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.ice.CandidateType;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.ice.IceCandidate;
import com.techpro.callclient.stack.ice.IceState;
import com.techpro.callclient.stack.ice.IceTransportPolicy;
import com.techpro.callclient.stack.ice.TurnServer;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.contracts.PacketTrace;
import com.techpro.callclient.testkit.contracts.SimulatedNat.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Media of two sessions goes the way that ICE finds, and no other. */
@Tag("slow")
class IceMediaTest {
    private static final Duration CONNECTING = Duration.ofMillis(2_500);

    static Stream<Arguments> kinds() {
        return Stream.of(Kind.values())
                .flatMap(one -> Stream.of(Kind.values()).map(another -> Arguments.of(one, another)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void RFC8445_sound_goes_both_ways_through_NATs_of_each_kind(Kind one, Kind another) {
        try (var scene = IceScene.builder(1).nats(one, another).open().start()) {
            scene.run(CONNECTING);
            scene.bothHear();
            scene.call.network.trace().clear();
            scene.bothHear();

            boolean strict = one == Kind.SYMMETRIC && another.compareTo(Kind.PORT_RESTRICTED) >= 0
                    || another == Kind.SYMMETRIC && one.compareTo(Kind.PORT_RESTRICTED) >= 0;
            long direct = scene.call.network.trace().packets().stream()
                    .filter(packet -> packet.payload().length > 100
                            && packet.from().getHostString().startsWith("198.51.100.")
                            && packet.to().getHostString().startsWith("198.51.100."))
                    .count();
            assertThat(direct > 0).as("without the relay").isEqualTo(!strict);
            assertThat(scene.alice.party.iceStates).containsExactly(IceState.CHECKING, IceState.CONNECTED);
            assertThat(scene.alice.party.events).noneMatch(event -> event.startsWith("latched"));
            assertThat(scene.alice.guard.refused()).as("refused by the guard").isZero();
            assertThat(scene.bob.guard.refused()).as("refused by the guard").isZero();
            // And long after permissions, channels and mappings would have ended
            scene.run(Duration.ofMinutes(11));
            scene.bothHear();
        }
    }

    /** RFC 8839 §4.2.5 would give ICE up; browsers go on, and what they reach so is reached. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_named_address_that_is_no_candidate_is_used_until_a_pair_is_there_and_no_longer(boolean described)
            throws IOException {
        InetSocketAddress named = new InetSocketAddress("203.0.113.99", 4_000);
        try (var scene = IceScene.builder(3).open()) {
            List<byte[]> came = new ArrayList<>();
            try (DatagramLink link = scene.call.network.host("203.0.113.99").openDatagram(named, (packet, from) -> {
                byte[] copy = new byte[packet.remaining()];
                packet.get(copy);
                came.add(copy);
            })) {
                scene.alice.party.gathered = description -> scene.later(() -> {
                    if (described) {
                        scene.bob.agree(named, IceAttributes.NONE, scene.alice);
                        scene.bob.party.session.remoteIce(description);
                        description.candidates().forEach(candidate -> scene.bob.guard.permit(candidate.address()));
                    } else {
                        description.candidates().forEach(candidate -> scene.bob.guard.permit(candidate.address()));
                        scene.bob.party.session.remoteIce(description);
                        scene.bob.agree(named, IceAttributes.NONE, scene.alice);
                    }
                });
                scene.bob.party.gathered = description -> scene.later(() -> scene.alice.hear(description, scene.bob));
                scene.run(CONNECTING);
                scene.bothHear();
                assertThat(came).isNotEmpty().allMatch(packet -> packet[0] < 0);
                came.clear();
                scene.bothHear();
                assertThat(came).isEmpty();
                assertThat(scene.bob.party.iceStates).containsExactly(IceState.CHECKING, IceState.CONNECTED);
            }
        }
    }

    @Test
    void where_no_candidate_is_reached_the_named_address_is_used_and_no_failure_is_told() throws IOException {
        InetSocketAddress named = new InetSocketAddress("203.0.113.99", 4_000);
        try (var scene = IceScene.builder(4).withoutServers().open()) {
            int[] came = {0};
            try (DatagramLink link =
                    scene.call.network.host("203.0.113.99").openDatagram(named, (packet, from) -> came[0]++)) {
                scene.alice.party.gathered = description -> scene.later(() -> {
                    scene.bob.agree(named, IceAttributes.NONE, scene.alice);
                    scene.bob.party.session.remoteIce(description);
                });
                scene.run(Duration.ofSeconds(1));
                assertThat(came[0]).isGreaterThan(40);
                // Longer than checks may take
                scene.run(Duration.ofSeconds(80));
                came[0] = 0;
                scene.run(Duration.ofSeconds(1));
                assertThat(came[0]).isGreaterThan(40);
                assertThat(scene.bob.party.iceStates).containsExactly(IceState.CHECKING);
            }
        }
    }

    @Test
    void RFC8828_where_relays_alone_may_be_shown_a_named_address_is_not_used() throws IOException {
        InetSocketAddress named = new InetSocketAddress("203.0.113.99", 4_000);
        try (var scene = IceScene.builder(5).policy(IceTransportPolicy.RELAY).open()) {
            int[] came = {0};
            try (DatagramLink link =
                    scene.call.network.host("203.0.113.99").openDatagram(named, (packet, from) -> came[0]++)) {
                scene.alice.party.gathered = description -> scene.later(() -> scene.bob.hear(description, scene.alice));
                scene.bob.party.gathered = description -> scene.later(() -> {
                    scene.alice.agree(named, IceAttributes.NONE, scene.bob);
                    scene.alice.party.session.remoteIce(description);
                    description.candidates().forEach(candidate -> scene.alice.guard.permit(candidate.address()));
                });
                scene.run(CONNECTING);
                scene.bothHear();
                assertThat(came[0]).isZero();
            }
        }
    }

    @Test
    void before_a_pair_is_valid_no_media_is_sent() {
        // Given two private networks, and no server to tell what they look like from outside
        try (var scene = IceScene.builder(2).withoutServers().open().start()) {
            scene.run(Duration.ofSeconds(2));

            assertThat(scene.call.network.trace().packets())
                    .isNotEmpty()
                    .allMatch(packet -> packet.payload()[0] >= 0 && packet.payload()[0] < 4);
        }
    }

    @Test
    void RFC7675_media_stops_where_consent_is_lost_and_a_restart_brings_it_back() {
        try (var scene = IceScene.builder(3).open().start()) {
            scene.run(CONNECTING);
            scene.bothHear();
            scene.call.network.partition(IceScene.ALICE, IceScene.BOB);
            scene.run(Duration.ofSeconds(31));
            assertThat(scene.alice.party.iceStates).endsWith(IceState.CONSENT_LOST);
            scene.call.network.heal(IceScene.ALICE, IceScene.BOB);
            scene.call.network.trace().clear();
            scene.run(Duration.ofSeconds(10));
            assertThat(scene.call.network.trace().packets())
                    .as("sent without consent")
                    .allMatch(packet ->
                            packet.to().equals(IceScene.SERVER) || packet.from().equals(IceScene.SERVER));

            scene.alice.party.session.restartIce();
            scene.run(CONNECTING);
            assertThat(scene.alice.party.iceStates).endsWith(IceState.CHECKING, IceState.CONNECTED);
            scene.bothHear();
        }
    }

    @Test
    void RFC8656_a_relay_that_was_restarted_is_asked_anew_after_consent_is_lost() {
        try (var scene =
                IceScene.builder(17).nats(Kind.SYMMETRIC, Kind.SYMMETRIC).open().start()) {
            scene.run(CONNECTING);
            scene.bothHear();
            scene.server.restart();
            scene.run(Duration.ofSeconds(40));
            assertThat(scene.alice.party.iceStates).endsWith(IceState.CONSENT_LOST);

            scene.alice.party.session.restartIce();
            scene.run(CONNECTING);
            scene.bothHear();
            assertThat(scene.server.allocations()).isEqualTo(2);
        }
    }

    @Test
    void of_two_families_the_one_that_both_sides_have_is_found() {
        try (var scene = IceScene.builder(18)
                .aliceAt("2001:db8::5", IceScene.ALICE)
                .aliceOffersAll()
                .open()
                .start()) {
            scene.run(CONNECTING);
            scene.bothHear();
            assertThat(scene.alice.party.candidates)
                    .extracting(candidate -> candidate.base().getAddress().getHostAddress())
                    .contains("2001:db8:0:0:0:0:0:5", IceScene.ALICE);
        }
    }

    @Test
    void with_a_40_ms_delay_media_starts_within_three_round_trips() {
        try (var scene = IceScene.builder(19).open()) {
            scene.call.network.defaultConditions(LinkConditions.PERFECT.withDelay(Duration.ofMillis(40)));
            scene.start();
            scene.call.time.runUntil(() -> scene.alice.told != null && scene.bob.told != null, Duration.ofSeconds(1));
            Duration described = scene.call.time.elapsed();
            scene.call.time.runUntil(
                    () -> sentSound(scene, IceScene.ALICE_NAT) && sentSound(scene, IceScene.BOB_NAT),
                    Duration.ofSeconds(1));
            assertThat(scene.call.time.elapsed().minus(described)).isLessThan(Duration.ofMillis(240));
        }
    }

    private static boolean sentSound(IceScene scene, String nat) {
        return scene.sentFrom(nat).stream()
                .anyMatch(packet -> packet.payload().length > 100
                        && packet.payload()[0] < 0
                        && packet.to().getHostString().startsWith("198.51.100."));
    }

    @Test
    void damaged_STUN_and_channel_data_disturb_nothing() throws IOException {
        try (var scene =
                IceScene.builder(20).nats(Kind.FULL_CONE, Kind.FULL_CONE).open().start()) {
            scene.run(CONNECTING);
            DatagramLink stranger = scene.call
                    .network
                    .host("203.0.113.66")
                    .openDatagram(new InetSocketAddress("203.0.113.66", 0), (packet, from) -> {});
            InetSocketAddress mapped = mapped(scene);
            List<byte[]> seen = scene.call.network.trace().packets().stream()
                    .map(PacketTrace.Packet::payload)
                    .filter(payload -> payload[0] >= 0 && payload[0] < 80)
                    .toList();
            Random random = scene.call.time.random("damage");
            scene.call.network.trace().recording(false);
            for (int i = 0; i < 5_000; i++) {
                byte[] packet = seen.get(random.nextInt(seen.size())).clone();
                for (int hits = random.nextInt(4); hits > 0; hits--) {
                    packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
                }
                stranger.send(ByteBuffer.wrap(packet), mapped);
                if (i % 5 == 0) {
                    scene.run(Duration.ofMillis(20));
                }
            }
            // A check that is repeated from elsewhere as it is names a peer-reflexive address, and no more.
            scene.bothHear();
            assertThat(scene.alice.party.iceStates).endsWith(IceState.CONNECTED);
            stranger.close();
        }
    }

    private static InetSocketAddress mapped(IceScene scene) {
        return scene.alice.party.candidates.stream()
                .filter(candidate -> candidate.type() == CandidateType.SERVER_REFLEXIVE)
                .findFirst()
                .orElseThrow()
                .address();
    }

    @Test
    void an_address_that_is_added_takes_over_without_a_gap() throws IOException {
        try (var scene =
                IceScene.builder(4).aliceAt(IceScene.ALICE, "10.0.0.77").open().start()) {
            scene.run(CONNECTING);
            scene.bothHear();
            MediaStatistics before = scene.bob.party.session.statistics();
            MediaStatistics aliceBefore = scene.alice.party.session.statistics();

            scene.alice.party.session.moveTo(InetAddress.getByName("10.0.0.77"));
            scene.run(Duration.ofSeconds(4));
            scene.bothHear();

            assertThat(scene.bob.party.session.statistics().lost()).isEqualTo(before.lost());
            assertThat(scene.alice.party.session.statistics().lost()).isEqualTo(aliceBefore.lost());
            assertThat(scene.alice.party.session.localRtp().getHostString()).isEqualTo("10.0.0.77");
            assertThat(scene.alice.party.iceStates).endsWith(IceState.NEW, IceState.CHECKING, IceState.CONNECTED);
            assertThat(scene.alice.guard.refused()).isZero();
            // And the former sockets are closed: of the host there are a poller, and one socket
            scene.run(Duration.ofSeconds(4));
            assertThat(scene.alice.party.host.openLinks()).isEqualTo(2);
            scene.bothHear();
            // The relay of the first address ends by itself.
            scene.run(Duration.ofMinutes(10));
        }
    }

    @Test
    void a_host_that_has_another_address_alone_is_heard_again_after_the_restart() throws IOException {
        try (var scene = IceScene.builder(5).open().start()) {
            scene.run(CONNECTING);
            scene.bothHear();

            scene.call.network.host(IceScene.ALICE).moveTo("10.0.0.78");
            scene.alice.party.session.moveTo(InetAddress.getByName("10.0.0.78"));
            scene.run(CONNECTING);
            scene.bothHear();
            assertThat(scene.alice.party.events).noneMatch(event -> event.startsWith("failed"));
            scene.run(Duration.ofMinutes(11));
        }
    }

    @Test
    void RFC8445_2_5_a_lite_peer_is_checked_and_talked_to() throws IOException {
        try (var scene = IceScene.builder(6).bobWithoutIce().open()) {
            LitePeer lite = new LitePeer(scene.call.network.host("198.51.100.9"));
            scene.alice.party.gathered = description -> scene.later(() -> {
                lite.description = description;
                scene.alice.guard.permit(lite.address());
                scene.alice.party.session.remoteIce(lite.attributes());
                scene.alice.party.configure(lite.parameters());
            });
            scene.run(CONNECTING);
            scene.run(Duration.ofSeconds(3));

            // It sends Alice's own sound back.
            assertThat(scene.alice.party.heard(Duration.ofSeconds(1)).power(440))
                    .isGreaterThan(0.9);
            assertThat(scene.alice.party.iceStates).containsExactly(IceState.CHECKING, IceState.CONNECTED);
            assertThat(lite.nominations).isPositive();
            lite.close();
        }
    }

    @Test
    void RFC8445_5_1_4_media_uses_the_default_candidate_with_a_peer_without_ICE() {
        try (var scene = IceScene.builder(7)
                .bobWithoutIce()
                .withoutServers()
                .nats(Kind.FULL_CONE, Kind.FULL_CONE)
                .open()) {
            toPeerWithoutIce(scene);
            scene.run(CONNECTING);
            // Bob, behind his NAT, is heard from another address than he named.
            scene.run(Duration.ofSeconds(1));
            assertThat(scene.bob.party.heard(Duration.ofMillis(500)).power(440)).isGreaterThan(0.9);
        }
    }

    @Test
    void a_peer_without_ICE_is_reached_by_the_relay_where_that_is_the_default_candidate() {
        try (var scene = IceScene.builder(8)
                .bobWithoutIce()
                .nats(Kind.SYMMETRIC, Kind.FULL_CONE)
                .policy(IceTransportPolicy.RELAY)
                .open()) {
            toPeerWithoutIce(scene);
            scene.run(CONNECTING);
            scene.run(Duration.ofSeconds(2));

            assertThat(scene.bob.party.heard(Duration.ofMillis(500)).power(440)).isGreaterThan(0.9);
            assertThat(scene.alice.party.heard(Duration.ofMillis(500)).power(1000))
                    .isGreaterThan(0.9);
            assertThat(scene.sentFrom(IceScene.ALICE_NAT))
                    .isNotEmpty()
                    .allMatch(packet -> packet.to().equals(IceScene.SERVER));
        }
    }

    /** Bob's public port is known to the signalling, as a phone system's is. */
    private static void toPeerWithoutIce(IceScene scene) {
        IceAttributes none = new IceAttributes(null, false, false, false, Set.of(), List.of(), List.of());
        scene.alice.party.gathered = description -> scene.later(() -> {
            IceCandidate usual = description.defaultCandidate(MediaLink.RTP);
            InetSocketAddress bob = scene.bob.party.session.localRtp();
            // The NAT of Bob has no mapping before he has sent.
            scene.bob.agree(usual.address(), none, scene.alice);
            scene.alice.party.session.remoteIce(none);
            scene.later(() -> scene.alice.agree(
                    scene.call.network.trace().packets().stream()
                            .map(PacketTrace.Packet::from)
                            .filter(from -> from.getHostString().equals(IceScene.BOB_NAT))
                            .findFirst()
                            .orElse(bob),
                    none,
                    scene.bob));
        });
    }

    @Test
    void the_relay_policy_signals_only_relayed_candidates_and_uses_only_the_relay() {
        try (var scene =
                IceScene.builder(9).policy(IceTransportPolicy.RELAY).open().start()) {
            scene.run(CONNECTING);
            scene.bothHear();

            assertThat(scene.alice.party.candidates)
                    .isNotEmpty()
                    .allMatch(candidate -> candidate.type() == CandidateType.RELAYED);
            assertThat(scene.sentFrom(IceScene.ALICE_NAT))
                    .isNotEmpty()
                    .allMatch(packet -> packet.to().equals(IceScene.SERVER));
        }
    }

    @Test
    void a_withheld_private_host_address_is_not_signalled_and_media_still_goes_directly() {
        try (var scene = IceScene.builder(10)
                .policy(IceTransportPolicy.NO_PRIVATE_HOST)
                .open()
                .start()) {
            scene.run(CONNECTING);
            scene.bothHear();

            assertThat(scene.alice.party.candidates)
                    .extracting(IceCandidate::type)
                    .containsExactlyInAnyOrder(CandidateType.SERVER_REFLEXIVE, CandidateType.RELAYED);
            scene.call.network.trace().clear();
            scene.bothHear();
            assertThat(scene.sentFrom(IceScene.ALICE_NAT))
                    .filteredOn(packet -> packet.payload().length > 100)
                    .isNotEmpty()
                    .allMatch(packet -> packet.to().getHostString().equals(IceScene.BOB_NAT));
        }
    }

    @Test
    void RFC8838_candidates_may_come_one_by_one_after_the_description() {
        try (var scene = IceScene.builder(11).open()) {
            for (IceScene.End end : List.of(scene.alice, scene.bob)) {
                IceScene.End other = end == scene.alice ? scene.bob : scene.alice;
                IceAttributes early = end.party.session.iceDescription();
                IceAttributes trickling = new IceAttributes(
                        early.credentials(),
                        false,
                        false,
                        false,
                        Set.of(IceAttributes.TRICKLE),
                        early.candidates(),
                        List.of());
                scene.later(() -> other.hear(trickling, end));
                end.party.trickled = candidate -> scene.later(() -> {
                    other.guard.permit(candidate.address());
                    other.party.session.addRemoteCandidate(candidate);
                });
                end.party.gathered = description -> scene.later(() -> other.party.session.remoteCandidatesComplete());
            }
            scene.run(CONNECTING);
            scene.bothHear();
        }
    }

    @Test
    void RFC5761_where_RTCP_has_a_port_of_its_own_each_component_gets_a_pair() {
        try (var scene = IceScene.builder(12).components(2).open().start()) {
            scene.run(CONNECTING);
            scene.bothHear();
            scene.run(Duration.ofSeconds(20));

            assertThat(scene.alice.party.session.statistics().roundTrip()).isNotNull();
            assertThat(scene.alice.party.iceStates).endsWith(IceState.CONNECTED);
            assertThat(scene.alice.guard.refused()).isZero();
        }
    }

    @Test
    void malformed_STUN_is_counted_and_disturbs_nothing() throws IOException {
        try (var scene =
                IceScene.builder(13).nats(Kind.FULL_CONE, Kind.FULL_CONE).open().start()) {
            scene.run(CONNECTING);
            DatagramLink stranger = scene.call
                    .network
                    .host("203.0.113.66")
                    .openDatagram(new InetSocketAddress("203.0.113.66", 0), (packet, from) -> {});
            InetSocketAddress mapped = mapped(scene);
            for (int i = 0; i < 20; i++) {
                byte[] bytes = new byte[i + 1];
                bytes[0] = (byte) (i % 4);
                stranger.send(ByteBuffer.wrap(bytes), mapped);
            }
            scene.bothHear();
            assertThat(scene.alice.party.session.statistics().drops().malformed())
                    .isEqualTo(20);
            assertThat(scene.alice.party.iceStates).endsWith(IceState.CONNECTED);
            stranger.close();
        }
    }

    @Test
    void of_a_flood_of_STUN_few_packets_a_frame_are_looked_at() throws IOException {
        try (var scene =
                IceScene.builder(14).nats(Kind.FULL_CONE, Kind.FULL_CONE).open().start()) {
            scene.run(CONNECTING);
            scene.bothHear();
            DatagramLink stranger = scene.call
                    .network
                    .host("203.0.113.66")
                    .openDatagram(new InetSocketAddress("203.0.113.66", 0), (packet, from) -> {});
            InetSocketAddress mapped = mapped(scene);
            for (int i = 0; i < 400; i++) {
                stranger.send(ByteBuffer.wrap(new byte[20]), mapped);
            }
            scene.bothHear();
            MediaStatistics.Drops drops = scene.alice.party.session.statistics().drops();
            assertThat(drops.malformed()).isBetween(20L, 4L * IceTransport.MAX_PACKETS_A_FRAME);
            assertThat(drops.malformed() + drops.unwanted()).isEqualTo(400);
            stranger.close();
        }
    }

    @Test
    void gathering_overtaken_by_a_restart_is_reported_once_for_the_new_generation() {
        try (var scene = IceScene.builder(21).withoutServers().open()) {
            List<IceAttributes> told = new ArrayList<>();
            scene.alice.party.gathered = told::add;
            IceAttributes first = scene.alice.party.session.iceDescription();
            scene.alice.party.session.restartIce();
            scene.run(Duration.ofSeconds(1));

            assertThat(told).hasSize(1);
            assertThat(told.get(0)).isEqualTo(scene.alice.party.session.iceDescription());
            assertThat(told.get(0).credentials()).isNotEqualTo(first.credentials());
            assertThat(told.get(0).endOfCandidates()).isTrue();
        }
    }

    @Test
    void neither_servers_nor_their_passwords_are_printed() {
        TurnServer server = new TurnServer(IceScene.SERVER, "somebody", Secret.of("turn-password"));
        IceParameters parameters = new IceParameters(
                true, 1, List.of(), List.of(IceScene.SERVER), List.of(server), IceTransportPolicy.RELAY);
        assertThat(server + " " + parameters)
                .doesNotContain("203.0.113.1")
                .doesNotContain("somebody")
                .doesNotContain("turn-password");
    }

    @Test
    void the_same_seed_gives_the_same_packets() {
        assertThat(trace(15)).isEqualTo(trace(15)).isNotEqualTo(trace(16));
    }

    private static byte[] trace(long seed) {
        try (var scene = IceScene.builder(seed).open().start()) {
            scene.run(Duration.ofSeconds(10));
            return scene.call.network.trace().toBytes();
        }
    }
}
