// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.ports.net.NetworkMonitor;
import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.IceSettings.Use;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeNetworkMonitor;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.contracts.SimulatedNat;
import com.techpro.callclient.testkit.contracts.SimulatedTurnServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A phone on a network that has IPv6 alone, and a phone system and far ends that are known by addresses of IPv4 (RFC 7050, RFC 6052). */
class Nat64ScenarioTest {
    private static final double LOUD = 6_000;
    private static final String SIX = "2001:db8::1";
    private static final String FOUR = "192.0.2.1";

    private final PhoneScene scene = new PhoneScene(6052);
    private final FakeNetworkMonitor monitor = new FakeNetworkMonitor(scene.time.openLoop("platform")::execute);

    @BeforeEach
    void aTranslator() {
        scene.network.nat64("203.0.113.64", "64:ff9b::");
        scene.network.dns().address("ipv4only.arpa", "192.0.0.170", "64:ff9b::192.0.0.170", "64:ff9b::192.0.0.171");
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private Phone alice(String address, Use ice) {
        return scene.phone(
                        address,
                        PhoneScene.accountBuilder("alice")
                                .ice(IceSettings.DEFAULT.withUse(ice))
                                .build(),
                        config -> config.platform(p -> p.networkMonitor(monitor)))
                .registered()
                .speaking(440);
    }

    private Phone bob(Use ice) {
        return scene.phone(
                        "192.0.2.2",
                        PhoneScene.accountBuilder("bob")
                                .ice(IceSettings.DEFAULT.withUse(ice))
                                .build())
                .registered()
                .speaking(880);
    }

    private void bothHear(Phone alice, Phone bob) {
        assertThat(bob.hears(440)).as("what bob hears").isGreaterThan(LOUD);
        assertThat(alice.hears(880)).as("what alice hears").isGreaterThan(LOUD);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void RFC6052_calls_to_and_from_addresses_of_IPv4_are_heard_on_both_sides(boolean ice) {
        Phone alice = alice(SIX, ice ? Use.OFFERED : Use.NEVER);
        Phone bob = bob(ice ? Use.OFFERED : Use.NEVER);

        Call out = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(2));
        bothHear(alice, bob);
        bob.incoming.hold();
        scene.until(() -> out.snapshot().hold() == HoldState.REMOTE);
        bob.incoming.resume();
        scene.until(() -> out.snapshot().hold() == HoldState.NONE);
        bothHear(alice, bob);
        out.hangUp();
        scene.until(() -> bob.ending() != null);

        Call in = scene.talk(bob, alice);
        scene.pass(Duration.ofSeconds(2));
        bothHear(alice, bob);
        in.hangUp();
        alice.assertQuiet();
        bob.assertQuiet();
        assertThat(alice.counters().drops()).doesNotContainKey("destination-refused");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void C10_a_call_goes_on_from_a_network_with_IPv4_to_one_without_and_back(boolean ice) {
        Phone alice = alice(FOUR, ice ? Use.OFFERED : Use.NEVER);
        Phone bob = bob(ice ? Use.OFFERED : Use.NEVER);
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(2));
        bothHear(alice, bob);

        move(FOUR, SIX, "mobile");
        bothHear(alice, bob);

        move(SIX, "198.51.100.7", "wifi");
        bothHear(alice, bob);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    /** RFC 8838: as what a description names, so what follows it by INFO. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void RFC6052_candidates_of_IPv4_that_follow_their_description_are_reached(boolean outgoing) {
        String relay = "203.0.113.1";
        SimulatedTurnServer turn = new SimulatedTurnServer(scene.network.host(relay));
        scene.network.nat("203.0.113.64").kind(SimulatedNat.Kind.PORT_RESTRICTED);
        scene.network.conditionsBetween("192.0.2.2", relay, LinkConditions.PERFECT.withDelay(Duration.ofMillis(100)));
        // By the relay alone, which is known late
        scene.network.partition(SIX, "192.0.2.2");
        Phone alice = phone("alice", SIX, 440, IceServer.stun(relay));
        Phone bob = phone(
                "bob",
                "192.0.2.2",
                880,
                IceServer.turn(relay, SimulatedTurnServer.USER, Secret.of(SimulatedTurnServer.PASSWORD)));

        Call call = outgoing ? scene.talk(alice, bob) : scene.talk(bob, alice);
        scene.pass(Duration.ofSeconds(3));
        bothHear(alice, bob);
        assertThat(turn.allocations()).isPositive();
        call.hangUp();
        scene.pass(Duration.ofSeconds(3));
    }

    private Phone phone(String user, String address, int tone, IceServer server) {
        return scene.phone(
                        address,
                        PhoneScene.accountBuilder(user)
                                .ice(IceSettings.DEFAULT.withUse(Use.OFFERED).withServers(List.of(server)))
                                .build(),
                        config -> config.platform(p -> p.networkMonitor(monitor)))
                .registered()
                .speaking(tone);
    }

    private void move(String from, String to, String route) {
        scene.network.host(from).moveTo(to);
        monitor.become(NetworkMonitor.Status.on(route));
        scene.pass(Duration.ofSeconds(4));
    }

    @Test
    void with_IPv4_no_prefix_is_queried_and_addresses_are_used_as_they_are() {
        Phone alice = alice(FOUR, Use.NEVER);
        scene.talk(alice, bob(Use.NEVER));
        scene.pass(Duration.ofSeconds(1));

        assertThat(scene.network.dns().queries()).isZero();
        assertThat(scene.network.trace().packets())
                .noneMatch(packet -> packet.to().getAddress().getAddress().length == 16);
    }
}
