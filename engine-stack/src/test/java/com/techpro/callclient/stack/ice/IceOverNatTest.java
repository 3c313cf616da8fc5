// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.ice.turn.TurnFailure;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.SimulatedNat.Kind;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.SimulatedTurnServer;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two agents, each behind a NAT of its own, with a STUN and TURN server between them. */
class IceOverNatTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Scene scene = new Scene(1);

    /** Two peers, their NATs and the server. */
    private static final class Scene {
        final VirtualTime time;
        final SimulatedNetwork network;
        final SimulatedTurnServer server;
        IcePeer alice;
        IcePeer bob;

        Scene(long seed) {
            time = VirtualTime.seeded(seed);
            network = new SimulatedNetwork(time, seed);
            server = new SimulatedTurnServer(network.host("203.0.113.1"));
            alice = peer("alice", "198.51.100.1", "10.0.0.5", true, 1);
            bob = peer("bob", "198.51.100.2", "10.0.1.5", false, 1);
        }

        IcePeer peer(String name, String nat, String host, boolean controlling, int components) {
            return new IcePeer(time, name, network.hostBehind(network.nat(nat), host), controlling, components);
        }

        Scene nats(Kind one, Kind another) {
            network.nat("198.51.100.1").kind(one);
            network.nat("198.51.100.2").kind(another);
            return this;
        }

        Scene start() {
            for (IcePeer peer : List.of(alice, bob)) {
                peer.open(1).stun(server.address()).turn(server);
            }
            IcePeer.connect(alice, bob);
            return this;
        }

        Scene connected() {
            time.runUntil(() -> alice.isConnected() && bob.isConnected(), LIMIT);
            return this;
        }

        void talk(String text) {
            alice.say(text + " to bob");
            bob.say(text + " to alice");
            time.advance(Duration.ofSeconds(1));
            assertThat(bob.media).contains(text + " to bob");
            assertThat(alice.media).contains(text + " to alice");
        }

        void close() {
            alice.close();
            bob.close();
            time.advance(Duration.ofSeconds(5));
            assertThat(server.allocations()).as("allocations given back").isZero();
            alice.closeSockets();
            bob.closeSockets();
            server.close();
            assertThat(network.openLinks()).as("open sockets").isZero();
            assertThat(time.pendingTimers()).as("pending timers").isZero();
        }
    }

    @AfterEach
    void close() {
        scene.close();
    }

    static Stream<Arguments> kinds() {
        return Stream.of(Kind.values())
                .flatMap(one -> Stream.of(Kind.values()).map(another -> Arguments.of(one, another)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void two_agents_find_each_other_and_go_through_the_relay_only_where_nothing_else_is(Kind one, Kind another) {
        scene.nats(one, another).start().connected();
        // RFC 5128: a symmetric NAT shows a peer a port that nobody can tell it, and a port-restricted one wants to
        // know it.
        boolean strict = one == Kind.SYMMETRIC && another.compareTo(Kind.PORT_RESTRICTED) >= 0
                || another == Kind.SYMMETRIC && one.compareTo(Kind.PORT_RESTRICTED) >= 0;

        assertThat(scene.alice.local).isNotNull();
        assertThat(scene.alice.remote).isNotNull();
        boolean relayed =
                scene.alice.local.type() == CandidateType.RELAYED || scene.alice.remote.type() == CandidateType.RELAYED;
        assertThat(relayed).isEqualTo(strict);
        assertThat(scene.time.elapsed()).isLessThan(Duration.ofMillis(1500));
        scene.talk("hello");
        scene.time.advance(Duration.ofMinutes(30));
        scene.talk("still there");
        assertThat(scene.alice.states).containsExactly(IceState.CHECKING, IceState.CONNECTED);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void loss_duplication_and_reordering_cost_time_alone(long seed) {
        scene.close();
        scene = new Scene(seed);
        scene.network.defaultConditions(LinkConditions.LAN
                .withDelay(Duration.ofMillis(40))
                .withJitter(Duration.ofMillis(10))
                .withLoss(0.2)
                .withDuplicates(0.1)
                .withReordering(0.1, Duration.ofMillis(30)));
        scene.nats(Kind.PORT_RESTRICTED, seed % 2 == 0 ? Kind.SYMMETRIC : Kind.PORT_RESTRICTED)
                .start()
                .connected();

        assertThat(scene.alice.local).isNotNull();
        for (int i = 0; i < 40; i++) {
            scene.alice.say("packet");
            scene.bob.say("packet");
            scene.time.advance(Duration.ofMillis(20));
        }
        scene.time.advance(Duration.ofMinutes(2));
        assertThat(scene.alice.media.size()).isGreaterThan(15);
        assertThat(scene.bob.media.size()).isGreaterThan(15);
        assertThat(scene.alice.isConnected()).isTrue();
        scene.network.conditionsBetween("10.0.0.5", "203.0.113.1", LinkConditions.LAN);
        scene.network.conditionsBetween("10.0.1.5", "203.0.113.1", LinkConditions.LAN);
    }

    private static byte[] traceOf(long seed) {
        Scene scene = new Scene(seed);
        scene.network.defaultConditions(LinkConditions.LAN.withLoss(0.1).withJitter(Duration.ofMillis(5)));
        scene.nats(Kind.SYMMETRIC, Kind.SYMMETRIC).start().connected();
        scene.time.advance(Duration.ofMinutes(3));
        byte[] trace = scene.network.trace().toBytes();
        scene.network.defaultConditions(LinkConditions.LAN);
        scene.alice.closeSockets();
        scene.bob.closeSockets();
        scene.server.close();
        return trace;
    }

    @Test
    void the_same_seed_gives_the_same_trace_byte_for_byte_and_another_seed_another() {
        assertThat(traceOf(5)).isEqualTo(traceOf(5)).isNotEqualTo(traceOf(6));
    }

    /** Calls of one phone, one after the other. */
    @Test
    void a_dead_STUN_server_delays_one_call_until_it_answers_again() {
        SilentStunServers silent = new SilentStunServers();
        SimulatedHost host = scene.network.hostBehind(scene.network.nat("198.51.100.1"), "10.0.0.7");
        Duration limit = IceSession.STUN_LIMIT;

        scene.server.silent(true);
        assertThat(gathering("first", host, silent)).isEqualTo(limit);
        assertThat(gathering("second", host, silent)).isZero();
        scene.server.silent(false);
        assertThat(gathering("third", host, silent)).isZero();
        assertThat(gathering("fourth", host, silent)).isBetween(Duration.ofMillis(1), limit.minusMillis(1));
        scene.server.silent(true);
        assertThat(gathering("fifth", host, silent)).isEqualTo(limit);
    }

    /** It is asked by every call, and answers all of them too late. */
    @Test
    void a_STUN_server_that_answers_late_delays_one_call_until_it_is_near() {
        SilentStunServers silent = new SilentStunServers();
        SimulatedHost host = scene.network.hostBehind(scene.network.nat("198.51.100.1"), "10.0.0.7");
        String server = scene.server.address().getAddress().getHostAddress();

        scene.network.conditionsBetween("10.0.0.7", server, LinkConditions.PERFECT.withDelay(Duration.ofMillis(250)));
        assertThat(gathering("first", host, silent)).isEqualTo(IceSession.STUN_LIMIT);
        assertThat(gathering("second", host, silent)).isZero();
        assertThat(gathering("third", host, silent)).isZero();
        scene.network.conditionsBetween("10.0.0.7", server, LinkConditions.PERFECT.withDelay(Duration.ofMillis(150)));
        assertThat(gathering("fourth", host, silent)).isZero();
        assertThat(gathering("fifth", host, silent)).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void a_server_that_was_silent_on_one_network_is_waited_for_on_another() {
        SilentStunServers silent = new SilentStunServers();
        scene.server.silent(true);
        SimulatedHost atWork = scene.network.hostBehind(scene.network.nat("198.51.100.1"), "10.0.0.7");
        assertThat(gathering("at work", atWork, silent)).isEqualTo(IceSession.STUN_LIMIT);

        SimulatedHost atHome = scene.network.hostBehind(scene.network.nat("198.51.100.2"), "10.0.1.7");
        assertThat(gathering("at home", atHome, silent)).isEqualTo(IceSession.STUN_LIMIT);
    }

    /** How long the description of a call waits; the call lasts for a second. */
    private Duration gathering(String name, SimulatedHost host, SilentStunServers silent) {
        Duration begun = scene.time.elapsed();
        IcePeer caller = new IcePeer(scene.time, name, host, true, 1, silent);
        caller.open(1).stun(scene.server.address()).tell();
        scene.time.advance(Duration.ofSeconds(1));
        caller.close();
        caller.closeSockets();
        assertThat(caller.gatheredAt).isNotNull();
        return caller.gatheredAt.minus(begun);
    }

    @Test
    void two_that_both_think_they_control_agree() {
        scene.bob = scene.peer("carol", "198.51.100.2", "10.0.1.5", true, 1);
        scene.start().connected();

        assertThat(scene.alice.session.agent().isControlling())
                .isNotEqualTo(scene.bob.session.agent().isControlling());
        scene.talk("hello");
    }

    @Test
    void two_that_both_think_they_are_controlled_agree() {
        scene.alice = scene.peer("dave", "198.51.100.1", "10.0.0.5", false, 1);
        scene.start().connected();

        assertThat(scene.alice.session.agent().isControlling())
                .isNotEqualTo(scene.bob.session.agent().isControlling());
        scene.talk("hello");
    }

    @Test
    void media_goes_the_old_way_until_a_restart_has_found_the_new() {
        scene.start().connected();
        IceCredentials before = scene.alice.session.agent().credentials();

        IcePeer.restart(scene.alice, scene.bob);
        scene.talk("meanwhile");
        assertThat(scene.alice.session.agent().credentials()).isNotEqualTo(before);
        scene.connected().talk("afterwards");
        assertThat(scene.alice.states)
                .containsExactly(
                        IceState.CHECKING, IceState.CONNECTED, IceState.NEW, IceState.CHECKING, IceState.CONNECTED);
    }

    @Test
    void a_side_that_moves_is_found_again_after_a_restart() {
        scene.start().connected();
        scene.network.host("10.0.0.5").moveTo("10.0.0.77");
        scene.alice.moved();
        scene.alice.open(scene.network.host("10.0.0.77").addresses().get(0), 1);
        IcePeer.restart(scene.alice, scene.bob);

        scene.connected().talk("from elsewhere");
        assertThat(scene.alice.local).isNotNull();
        assertThat(scene.alice.local.base().getAddress().getHostAddress()).isEqualTo("10.0.0.77");
        // The relay of the address that is gone cannot be given back; it ends by itself.
        scene.time.advance(Duration.ofMinutes(11));
    }

    @Test
    void consent_ends_thirty_seconds_after_the_last_answer_and_nothing_is_sent_any_more() {
        scene.start().connected();
        scene.time.advance(Duration.ofMinutes(1));
        scene.network.partition("10.0.0.5", "10.0.1.5");
        Duration broken = scene.time.elapsed();
        scene.time.runUntil(() -> scene.alice.session.agent().state() == IceState.CONSENT_LOST, Duration.ofSeconds(31));

        assertThat(scene.time.elapsed().minus(broken)).isGreaterThan(Duration.ofSeconds(23));
        scene.alice.say("anybody?");
        scene.network.heal("10.0.0.5", "10.0.1.5");
        scene.alice.say("anybody?");
        scene.time.advance(Duration.ofSeconds(40));
        assertThat(scene.bob.media).isEmpty();
        IcePeer.restart(scene.alice, scene.bob);
        scene.connected().talk("there you are");
    }

    /** RFC 8445 §5.1.1.2: the answer of a relay says how it sees the socket. */
    @Test
    void a_relay_alone_shows_the_direct_way_as_well() {
        scene.nats(Kind.PORT_RESTRICTED, Kind.PORT_RESTRICTED);
        for (IcePeer peer : List.of(scene.alice, scene.bob)) {
            peer.open(1).turn(scene.server);
        }
        IcePeer.connect(scene.alice, scene.bob);

        scene.connected().talk("hello");
        assertThat(direct()).isTrue();
        IcePeer.restart(scene.alice, scene.bob);
        scene.connected().talk("hello again");
        assertThat(direct()).isTrue();
    }

    private boolean direct() {
        return scene.alice.local != null
                && scene.alice.remote != null
                && scene.alice.local.type() != CandidateType.RELAYED
                && scene.alice.remote.type() != CandidateType.RELAYED;
    }

    /** RFC 8445 §5.1.3. */
    @Test
    void equal_candidates_from_two_servers_are_signalled_once() {
        scene.start().connected();
        for (IcePeer peer : List.of(scene.alice, scene.bob)) {
            assertThat(peer.candidates)
                    .extracting(IceCandidate::type)
                    .containsExactlyInAnyOrder(
                            CandidateType.HOST, CandidateType.SERVER_REFLEXIVE, CandidateType.RELAYED);
        }
    }

    @Test
    void a_wrong_password_at_the_relay_is_told_and_does_no_harm() {
        for (IcePeer peer : List.of(scene.alice, scene.bob)) {
            peer.open(1).stun(scene.server.address()).turn(scene.server.address(), "wrong");
        }
        IcePeer.connect(scene.alice, scene.bob);

        scene.connected().talk("hello");
        assertThat(scene.alice.relayFailures).containsExactly(TurnFailure.WRONG_CREDENTIALS);
    }

    @Test
    void components_of_their_own_each_get_a_pair() {
        scene.alice = scene.peer("alice", "198.51.100.1", "10.0.0.5", true, 2);
        scene.bob = scene.peer("bob", "198.51.100.2", "10.0.1.5", false, 2);
        for (IcePeer peer : List.of(scene.alice, scene.bob)) {
            peer.open(2).stun(scene.server.address());
        }
        IcePeer.connect(scene.alice, scene.bob);

        scene.connected().talk("hello");
    }
}
