// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.net.NetworkMonitor;
import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceServer.Transport;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.IceSettings.Candidates;
import com.techpro.callclient.ports.phonesystem.IceSettings.Use;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeNetworkMonitor;
import com.techpro.callclient.testkit.contracts.PacketTrace;
import com.techpro.callclient.testkit.contracts.SimulatedNat.Kind;
import com.techpro.callclient.testkit.contracts.SimulatedTurnServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole engines whose sound goes through a TURN server that is reached by TCP (RFC 8656 §2.1). */
class TurnOverStreamScenarioTest {
    private static final double LOUD = 6_000;
    private static final String RELAY = "203.0.113.1";
    private static final String NAT = "198.51.100.1";
    private static final String ALICE = "10.0.0.5";

    private final PhoneScene scene = new PhoneScene(8656);
    private final SimulatedTurnServer turn = new SimulatedTurnServer(scene.network.host(RELAY));

    @AfterEach
    void close() {
        scene.close();
    }

    /** Of one byte each, across the borders of messages, and as they were sent. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1_000})
    void audio_flows_both_ways_with_any_segmentation_of_the_stream(int slice) {
        turn.slice(slice);
        Phone alice = behindNat(RELAY, Candidates.RELAYED_ONLY);
        Phone bob = plain();
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(3));

        assertThat(turn.connections()).isPositive();
        assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
        assertThat(alice.hears(2_000)).isGreaterThan(LOUD);
        call.hangUp();
        scene.pass(Duration.ofSeconds(3));
        assertThat(turn.connections()).as("connections").isZero();
        assertThat(turn.allocations()).as("allocations").isZero();
        alice.assertQuiet();
        assertThat(scene.network.trace().packets())
                .filteredOn(packet -> packet.to().equals(turn.address()))
                .isNotEmpty()
                .noneMatch(packet -> packet.kind() == PacketTrace.Kind.DATAGRAM);
        assertThat(alice.counters().refusals()).isEmpty();
    }

    @Test
    void a_connection_lost_during_a_call_is_replaced_before_silence_is_detected() {
        Phone alice = behindNat(RELAY, Candidates.RELAYED_ONLY);
        Phone bob = plain();
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(3));
        assertThat(alice.hears(2_000)).isGreaterThan(LOUD);

        turn.disconnect();
        scene.pass(Duration.ofSeconds(2));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(alice.hears(2_000)).isGreaterThan(LOUD);
        assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
        assertThat(turn.connections()).isEqualTo(1);
    }

    @Test
    void a_call_with_a_way_of_its_own_does_not_mind_that_the_connection_ends() {
        Phone alice = behindNat(RELAY, Candidates.ALL);
        Phone bob = plain();
        scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(3));
        long invites = scene.proxy.requests("INVITE");

        turn.disconnect();
        scene.pass(Duration.ofSeconds(2));

        assertThat(alice.hears(2_000)).isGreaterThan(LOUD);
        assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
        assertThat(scene.proxy.requests("INVITE")).isEqualTo(invites);
    }

    @Test
    void a_server_that_refuses_the_connection_costs_a_round_trip() {
        turn.refuseStreams();
        assertThat(timeToRing(behindNat(RELAY, Candidates.ALL))).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void a_server_that_is_not_there_costs_less_than_300_ms() {
        assertThat(timeToRing(behindNat("203.0.113.99", Candidates.ALL))).isLessThan(Duration.ofMillis(300));
    }

    /** The connection is of the network that the call leaves. */
    @Test
    void a_call_that_moves_has_a_connection_from_its_new_address() {
        FakeNetworkMonitor monitor = new FakeNetworkMonitor(scene.time.openLoop("platform")::execute);
        Phone alice = scene.phone(
                        "192.0.2.1",
                        account(RELAY, Candidates.RELAYED_ONLY),
                        config -> config.platform(p -> p.networkMonitor(monitor)))
                .registered()
                .speaking(1_000);
        Phone bob = plain();
        scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(3));

        scene.network.host("192.0.2.1").moveTo("198.51.100.77");
        monitor.become(NetworkMonitor.Status.on("another"));
        scene.pass(Duration.ofSeconds(8));

        assertThat(scene.network.trace().packets())
                .anyMatch(packet -> packet.kind() == PacketTrace.Kind.CONNECT
                        && packet.to().equals(turn.address())
                        && packet.from().getHostString().equals("198.51.100.77"));
        assertThat(alice.hears(2_000)).isGreaterThan(LOUD);
        assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
    }

    private Duration timeToRing(Phone alice) {
        Phone bob = plain();
        Duration begun = Duration.ofNanos(scene.time.nanoTime());
        Call call = alice.account.dial("bob");
        scene.until(() -> bob.incoming != null);
        Duration taken = Duration.ofNanos(scene.time.nanoTime()).minus(begun);
        call.hangUp();
        scene.until(() -> call.snapshot().state() == CallState.ENDED);
        return taken;
    }

    private Phone behindNat(String server, Candidates candidates) {
        scene.network.nat(NAT).kind(Kind.SYMMETRIC);
        return scene.phone(scene.network.hostBehind(scene.network.nat(NAT), ALICE), account(server, candidates))
                .registered()
                .speaking(1_000);
    }

    private static SipAccount account(String server, Candidates candidates) {
        IceServer relay = IceServer.turn(
                server, Transport.TCP, SimulatedTurnServer.USER, Secret.of(SimulatedTurnServer.PASSWORD));
        return PhoneScene.account("alice").toBuilder()
                .ice(IceSettings.DEFAULT
                        .withUse(Use.OFFERED)
                        .withServers(List.of(relay))
                        .withCandidates(candidates))
                .build();
    }

    private Phone plain() {
        return scene.phone("bob", "192.0.2.2").registered().speaking(2_000);
    }
}
