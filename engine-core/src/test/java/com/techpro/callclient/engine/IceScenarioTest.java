// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.ports.net.NetworkMonitor;
import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.IceSettings.Candidates;
import com.techpro.callclient.ports.phonesystem.IceSettings.Use;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.testkit.contracts.FakeNetworkMonitor;
import com.techpro.callclient.testkit.contracts.SimulatedNat.Kind;
import com.techpro.callclient.testkit.contracts.SimulatedTurnServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole engines that find their way by ICE: from account settings to sound that is heard, through NATs. */
class IceScenarioTest {
    private static final double LOUD = 6_000;
    private static final String RELAY = "203.0.113.1";
    private static final String ALICE_NAT = "198.51.100.1";
    private static final String BOB_NAT = "198.51.100.2";

    private final PhoneScene scene = new PhoneScene(8445);
    private final SimulatedTurnServer turn = new SimulatedTurnServer(scene.network.host(RELAY));

    @AfterEach
    void close() {
        scene.close();
    }

    @ParameterizedTest
    @CsvSource({
        "FULL_CONE, PORT_RESTRICTED, PREFER_SDES",
        "PORT_RESTRICTED, PORT_RESTRICTED, PREFER_DTLS",
        "SYMMETRIC, SYMMETRIC, PREFER_SDES",
        "SYMMETRIC, SYMMETRIC, PREFER_DTLS"
    })
    void both_hear_each_other_through_NATs_and_holds_change_nothing(Kind one, Kind another, KeyingPolicy keying) {
        Phone alice = behindNat("alice", ALICE_NAT, "10.0.0.5", one, keying, Use.OFFERED);
        Phone bob = behindNat("bob", BOB_NAT, "10.0.1.5", another, keying, Use.WHEN_OFFERED);
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(3));

        assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
        assertThat(alice.hears(2_000)).isGreaterThan(LOUD);
        assertThat(call.snapshot().keying())
                .isEqualTo(keying == KeyingPolicy.PREFER_DTLS ? MediaKeying.DTLS : MediaKeying.SDES);
        for (Call holder : new Call[] {call, bob.incoming}) {
            Call held = holder == call ? bob.incoming : call;
            holder.hold();
            scene.until(() -> held.snapshot().hold() == HoldState.REMOTE);
            scene.pass(Duration.ofMillis(300));
            holder.resume();
            scene.until(() -> held.snapshot().hold() == HoldState.NONE);
            assertThat(alice.hears(2_000)).isGreaterThan(LOUD);
            assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
        }
        call.hangUp();
        alice.assertQuiet();
        bob.assertQuiet();
        assertThat(alice.counters().refusals()).isEmpty();
    }

    @Test
    void a_call_offered_without_ICE_does_without_it() {
        Phone alice = plain("alice", "192.0.2.1", Use.WHEN_OFFERED);
        Phone bob = plain("bob", "192.0.2.2", Use.OFFERED);
        scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(1));
        assertThat(alice.hears(2_000)).isGreaterThan(LOUD);
        assertThat(bodies()).noneMatch(body -> body.contains("a=candidate") || body.contains("a=ice-ufrag"));
    }

    @Test
    void media_flows_between_an_ICE_offerer_and_a_phone_without_ICE() {
        Phone alice = plain("alice", "192.0.2.1", Use.OFFERED);
        Phone bob = plain("bob", "192.0.2.2", Use.NEVER);
        scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(1));
        assertThat(alice.hears(2_000)).isGreaterThan(LOUD);
        assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
        assertThat(bodies()).anyMatch(body -> body.contains("a=candidate"));
    }

    @Test
    void with_relays_alone_no_description_names_an_address_of_the_device() {
        Phone alice = scene.phone(
                        scene.network.hostBehind(scene.network.nat(ALICE_NAT), "10.0.0.5"),
                        account("alice", KeyingPolicy.PREFER_SDES)
                                .ice(servers(Use.OFFERED).withCandidates(Candidates.RELAYED_ONLY))
                                .build())
                .registered()
                .speaking(1_000);
        Phone bob = plain("bob", "192.0.2.2", Use.WHEN_OFFERED);
        scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(3));
        assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
        assertThat(alice.hears(2_000)).isGreaterThan(LOUD);
        assertThat(bodies()).isNotEmpty().noneMatch(body -> body.contains("10.0.0.5") || body.contains(ALICE_NAT));
    }

    /** RFC 8445 §9, begun by us: what does not work any more is looked for anew, and told by a re-INVITE. */
    @Test
    void a_way_that_is_lost_is_found_anew() {
        Phone alice =
                behindNat("alice", ALICE_NAT, "10.0.0.5", Kind.PORT_RESTRICTED, KeyingPolicy.PREFER_SDES, Use.OFFERED);
        Phone bob =
                behindNat("bob", BOB_NAT, "10.0.1.5", Kind.PORT_RESTRICTED, KeyingPolicy.PREFER_SDES, Use.WHEN_OFFERED);
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(3));
        assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
        // The direct way is broken, not that through the relay
        scene.network.partition(ALICE_NAT, BOB_NAT);
        scene.network.partition("10.0.0.5", BOB_NAT);
        scene.network.partition("10.0.1.5", ALICE_NAT);
        scene.network.partition("10.0.0.5", "10.0.1.5");
        scene.pass(Duration.ofSeconds(10));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
        assertThat(alice.hears(2_000)).isGreaterThan(LOUD);
    }

    @Test
    void S5_a_server_that_the_policy_does_not_permit_is_not_asked() {
        SipAccount account = account("alice", KeyingPolicy.PREFER_SDES)
                .ice(servers(Use.OFFERED))
                .build();
        Policy policy = new Policy(Set.of(PhoneScene.DOMAIN), null, null, null, null, Set.of());
        Phone alice = scene.phone("192.0.2.1", account, config -> config.policy(policy))
                .registered();
        Phone bob = plain("bob", "192.0.2.2", Use.WHEN_OFFERED);
        Call call = alice.account.dial("bob");
        scene.until(() -> bob.incoming != null);
        call.hangUp();
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.network.trace().packets())
                .noneMatch(packet -> packet.to().getHostString().equals(RELAY));
    }

    @ParameterizedTest
    @EnumSource(Use.class)
    void a_call_survives_a_network_change_with_or_without_ICE_at_the_far_end(Use theirs) {
        FakeNetworkMonitor monitor = new FakeNetworkMonitor(scene.time.openLoop("platform")::execute);
        Phone alice = moving(monitor, List.of());
        Phone bob = plain("bob", "192.0.2.2", theirs);
        scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(1));

        move(monitor);

        assertThat(alice.hears(2_000)).isGreaterThan(LOUD);
        assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
        assertThat(scene.proxy.requests("INVITE")).isGreaterThan(1);
    }

    /** A server that does not answer makes time for it. */
    @Test
    void a_call_that_moves_while_its_candidates_are_gathered_does_not_vanish() {
        FakeNetworkMonitor monitor = new FakeNetworkMonitor(scene.time.openLoop("platform")::execute);
        Phone alice = moving(monitor, List.of(IceServer.stun("203.0.113.99")));
        Phone bob = plain("bob", "192.0.2.2", Use.WHEN_OFFERED);
        Call call = alice.account.dial("bob");
        scene.pass(Duration.ofMillis(30));
        assertThat(bob.incoming).isNull();

        move(monitor);

        scene.until(() -> bob.incoming != null || call.snapshot().state() == CallState.ENDED);
    }

    private Phone moving(FakeNetworkMonitor monitor, List<IceServer> servers) {
        SipAccount account = account("alice", KeyingPolicy.PREFER_SDES)
                .ice(IceSettings.DEFAULT.withUse(Use.OFFERED).withServers(servers))
                .build();
        return scene.phone("192.0.2.1", account, config -> config.platform(p -> p.networkMonitor(monitor)))
                .registered()
                .speaking(1_000);
    }

    private void move(FakeNetworkMonitor monitor) {
        scene.network.host("192.0.2.1").moveTo("198.51.100.77");
        monitor.become(NetworkMonitor.Status.on("another"));
        scene.pass(Duration.ofSeconds(4));
    }

    private List<String> bodies() {
        return scene.proxy.seen().stream()
                .map(SipMessage::body)
                .filter(body -> body.length > 0)
                .map(body -> new String(body, StandardCharsets.UTF_8))
                .toList();
    }

    private Phone behindNat(String user, String nat, String address, Kind kind, KeyingPolicy keying, Use use) {
        scene.network.nat(nat).kind(kind);
        return scene.phone(
                        scene.network.hostBehind(scene.network.nat(nat), address),
                        account(user, keying).ice(servers(use)).build())
                .registered()
                .speaking(user.equals("alice") ? 1_000 : 2_000);
    }

    private Phone plain(String user, String address, Use use) {
        return scene.phone(
                        address,
                        account(user, KeyingPolicy.PREFER_SDES)
                                .ice(IceSettings.DEFAULT.withUse(use))
                                .build())
                .registered()
                .speaking(user.equals("alice") ? 1_000 : 2_000);
    }

    private static SipAccount.Builder account(String user, KeyingPolicy keying) {
        return PhoneScene.account(user).toBuilder().keyingPolicy(keying);
    }

    private static IceSettings servers(Use use) {
        return IceSettings.DEFAULT
                .withUse(use)
                .withServers(List.of(
                        IceServer.stun(RELAY),
                        IceServer.turn(RELAY, SimulatedTurnServer.USER, Secret.of(SimulatedTurnServer.PASSWORD))));
    }
}
