// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.MediaProblem;
import com.techpro.callclient.ports.net.NetworkMonitor;
import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceServer.Transport;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.IceSettings.Candidates;
import com.techpro.callclient.ports.phonesystem.IceSettings.Use;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.testkit.contracts.FakeNetworkMonitor;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.contracts.SimulatedTurnServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Accounts that tell relayed addresses alone. */
class RelayOnlyScenarioTest {
    private static final double LOUD = 6_000;
    private static final String RELAY = "203.0.113.1";
    private static final String ALICE = "192.0.2.1";
    private static final String MOVED = "198.51.100.77";
    private static final CallEnding NO_RELAY = new CallEnding.Failed(new Failure.MediaRefused(MediaProblem.NO_RELAY));

    private final PhoneScene scene = new PhoneScene(8828);
    private final SimulatedTurnServer turn = new SimulatedTurnServer(scene.network.host(RELAY));

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void without_a_server_the_call_has_failed_at_once() {
        Phone alice = alice(List.of(), Use.OFFERED);
        Call call = alice.account.dial("bob");
        scene.pass(Duration.ofMillis(100));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ENDED);
        assertThat(alice.ending()).isEqualTo(NO_RELAY);
        assertThat(scene.proxy.requests("INVITE")).isZero();
        alice.assertQuiet();
    }

    /** Its answer would be an address that nobody is told. */
    @Test
    void no_STUN_server_is_asked() {
        InetSocketAddress stun = new InetSocketAddress("203.0.113.2", 3478);
        List<IceServer> servers =
                List.of(IceServer.stun("203.0.113.2"), server(Transport.UDP, SimulatedTurnServer.PASSWORD));
        scene.talk(alice(servers, Use.OFFERED), bob(Use.WHEN_OFFERED));

        assertThat(scene.network.trace().packets())
                .noneMatch(packet -> packet.to().equals(stun));
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"UDP", "TCP"})
    void a_server_that_refuses_the_login_is_told_as_no_relay(Transport transport) {
        Phone alice = alice(List.of(server(transport, "wrong")), Use.OFFERED);
        Call call = alice.account.dial("bob");
        scene.pass(Duration.ofMillis(300));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ENDED);
        assertThat(alice.ending()).isEqualTo(NO_RELAY);
        alice.assertQuiet();
    }

    @Test
    void a_server_that_does_not_answer_is_waited_for_four_seconds() {
        turn.silent(true);
        Phone alice = alice(List.of(server(Transport.UDP, SimulatedTurnServer.PASSWORD)), Use.OFFERED);
        Call call = alice.account.dial("bob");
        scene.pass(Duration.ofMillis(3_900));
        assertThat(call.snapshot().state()).isNotEqualTo(CallState.ENDED);
        scene.pass(Duration.ofMillis(200));
        assertThat(alice.ending()).isEqualTo(NO_RELAY);
        alice.assertQuiet();
    }

    /** Of five round trips, over a long way. */
    @Test
    void a_server_that_is_far_away_is_waited_for() {
        scene.network.conditionsBetween(ALICE, RELAY, LinkConditions.PERFECT.withDelay(Duration.ofMillis(150)));
        Phone alice = alice(List.of(server(Transport.TCP, SimulatedTurnServer.PASSWORD)), Use.OFFERED);
        Phone bob = bob(Use.WHEN_OFFERED);
        scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(4));
        assertThat(alice.hears(2_000)).isGreaterThan(LOUD);
        assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
    }

    @Test
    void a_callee_without_a_relay_refuses_the_call() {
        Phone bob = bob(Use.OFFERED);
        Phone alice = alice(List.of(), Use.WHEN_OFFERED);
        Call call = bob.account.dial("alice");
        scene.until(() -> alice.incoming != null);
        alice.incoming.answer();
        scene.until(() -> call.snapshot().state() == CallState.ENDED);
        assertThat(alice.ending()).isEqualTo(NO_RELAY);
        alice.assertQuiet();
    }

    /** There is no other way to go on by. */
    @Test
    void a_relay_that_is_lost_for_good_in_mid_call_ends_the_call_as_one() {
        Phone alice = alice(List.of(server(Transport.TCP, SimulatedTurnServer.PASSWORD)), Use.OFFERED);
        Phone bob = bob(Use.WHEN_OFFERED);
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(3));
        turn.refuseStreams();
        scene.pass(Duration.ofSeconds(1));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ENDED);
        assertThat(alice.ending()).isEqualTo(NO_RELAY);
    }

    /** Other ways are as good as before, and what is told has no such address. */
    @ParameterizedTest
    @CsvSource({"203.0.113.1, 0", "0.0.0.0, 40000", "127.0.0.1, 40000", "224.0.0.1, 40000", "255.255.255.255, 40000"})
    void a_relay_that_names_an_address_that_is_none_ends_no_call(String address, int port) {
        turn.claim(new InetSocketAddress(address, port));
        IceSettings both = IceSettings.DEFAULT
                .withUse(Use.OFFERED)
                .withServers(List.of(server(Transport.UDP, SimulatedTurnServer.PASSWORD)));
        Phone alice = alice(both);
        Phone bob = bob(Use.WHEN_OFFERED);

        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(4));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(alice.hears(2_000)).isGreaterThan(LOUD);
        assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
        assertThat(scene.proxy.seen().stream().map(message -> new String(message.body(), StandardCharsets.UTF_8)))
                .noneMatch(body -> body.contains("typ relay"));
        assertThat(turn.allocations()).as("given back").isZero();
    }

    @Test
    void a_relay_that_names_no_address_is_told_as_none_where_there_must_be_one() {
        turn.claim(new InetSocketAddress("0.0.0.0", 40_000));
        Phone alice = alice(List.of(server(Transport.UDP, SimulatedTurnServer.PASSWORD)), Use.OFFERED);
        alice.account.dial("bob");
        scene.pass(Duration.ofMillis(300));

        assertThat(alice.ending()).isEqualTo(NO_RELAY);
        alice.assertQuiet();
    }

    /** Its offer would be answered with the address of the device otherwise. */
    @ParameterizedTest
    @EnumSource(
            value = Use.class,
            names = {"WHEN_OFFERED", "OFFERED"})
    void S5_a_caller_without_ICE_sees_the_relay_alone(Use use) {
        Phone alice = alice(List.of(server(Transport.UDP, SimulatedTurnServer.PASSWORD)), use);
        Phone bob = bob(Use.NEVER);
        scene.talk(bob, alice);
        scene.pass(Duration.ofSeconds(2));
        assertThat(alice.hears(2_000)).isGreaterThan(LOUD);
        assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
        assertThat(scene.proxy.seen().stream()
                        .map(SipMessage::body)
                        .filter(body -> body.length > 0)
                        .map(body -> new String(body, StandardCharsets.UTF_8)))
                .isNotEmpty()
                .noneMatch(body -> body.contains(ALICE + "\r\n") || body.contains(ALICE + " "))
                .noneMatch(body -> body.contains("a=candidate") || body.contains("a=ice-ufrag"));
        assertThat(scene.proxy.seen().stream()
                        .map(message -> new String(message.body(), StandardCharsets.UTF_8))
                        .filter(body -> body.contains("c=IN IP4 " + RELAY))
                        .flatMap(body -> body.lines().filter(line -> line.startsWith("m=audio")))
                        .distinct())
                .as("the first answer has the relay's port beside its address")
                .hasSize(1);
    }

    /** On another network there is another address to hide, from a far end without ICE as well. */
    @ParameterizedTest
    @EnumSource(
            value = Use.class,
            names = {"NEVER", "WHEN_OFFERED"})
    void S5_a_call_that_moves_shows_the_relay_alone(Use theirs) {
        FakeNetworkMonitor monitor = new FakeNetworkMonitor(scene.time.openLoop("platform")::execute);
        IceSettings relayed = IceSettings.DEFAULT
                .withUse(Use.OFFERED)
                .withServers(List.of(server(Transport.UDP, SimulatedTurnServer.PASSWORD)))
                .withCandidates(Candidates.RELAYED_ONLY);
        Phone alice = scene.phone(
                        ALICE,
                        PhoneScene.account("alice").toBuilder().ice(relayed).build(),
                        config -> config.platform(p -> p.networkMonitor(monitor)))
                .registered()
                .speaking(1_000);
        Phone bob = bob(theirs);
        scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(2));
        int before = scene.proxy.seen().size();

        scene.network.host(ALICE).moveTo(MOVED);
        monitor.become(NetworkMonitor.Status.on("another"));
        scene.pass(Duration.ofSeconds(8));

        assertThat(alice.hears(2_000)).isGreaterThan(LOUD);
        assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
        assertThat(scene.proxy.seen().stream()
                        .skip(before)
                        .map(SipMessage::body)
                        .filter(body -> body.length > 0)
                        .map(body -> new String(body, StandardCharsets.UTF_8)))
                .noneMatch(body -> body.contains(ALICE + "\r\n") || body.contains(ALICE + " "))
                .noneMatch(body -> body.contains(MOVED));
        assertThat(scene.network.trace().packets())
                .noneMatch(packet -> packet.from().getHostString().equals(MOVED)
                        && packet.to().getHostString().equals("192.0.2.2"));
    }

    private Phone alice(List<IceServer> servers, Use use) {
        return alice(IceSettings.DEFAULT.withUse(use).withServers(servers).withCandidates(Candidates.RELAYED_ONLY));
    }

    private Phone alice(IceSettings settings) {
        return scene.phone(
                        ALICE,
                        PhoneScene.account("alice").toBuilder().ice(settings).build())
                .registered()
                .speaking(1_000);
    }

    private static IceServer server(Transport transport, String password) {
        return IceServer.turn(RELAY, transport, SimulatedTurnServer.USER, Secret.of(password));
    }

    private Phone bob(Use use) {
        return scene.phone(
                        "192.0.2.2",
                        PhoneScene.account("bob").toBuilder()
                                .ice(IceSettings.DEFAULT.withUse(use))
                                .build())
                .registered()
                .speaking(2_000);
    }
}
