// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.CONTACT;
import static com.techpro.callclient.engine.ScriptedPhoneSystem.HOST;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.IceSettings.Use;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.contracts.PacketTrace;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ICE adds to a call's set-up, in exact time: servers that do not answer, and the pace of checks. */
class IceWaitsTest {
    private static final String NOBODY = "203.0.113.99";
    private static final String FAR = "203.0.113.5";
    private static final IceServer DEAD_STUN = IceServer.stun(NOBODY);
    private static final IceServer DEAD_TURN = IceServer.turn(NOBODY, "nobody", Secret.of("turn-secret"));
    private static final String TRICKLE = "a=ice-options:ice2 trickle";

    @Test
    void a_STUN_server_that_does_not_answer_delays_an_INVITE_by_350_ms() {
        assertThat(untilInvite(DEAD_STUN).minus(untilInvite())).isEqualTo(Duration.ofMillis(350));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 100, 200, 300})
    void the_first_offer_has_the_public_address_that_a_far_STUN_server_tells(int roundTrip) throws Exception {
        String mapped = "198.51.100.7 5555 typ srflx";
        try (ScriptedPhoneSystem scene = scene(IceServer.stun(FAR))) {
            DatagramLink[] server = new DatagramLink[1];
            server[0] = scene.network
                    .host(FAR)
                    .openDatagram(
                            new InetSocketAddress(FAR, 3478),
                            (packet, from) -> server[0].send(bindingSuccess(packet), from));
            scene.network.conditionsBetween(
                    ScriptedPhoneSystem.PHONE, FAR, LinkConditions.PERFECT.withDelay(Duration.ofMillis(roundTrip / 2)));
            var unused = untilInvite(scene);

            assertThat(scene.pbx.last("INVITE").bodyLines("a=candidate"))
                    .anyMatch(candidate -> candidate.contains(mapped));
        }
    }

    /** A Binding success response (RFC 8489 §14.2) that tells 198.51.100.7:5555. */
    private static ByteBuffer bindingSuccess(ByteBuffer request) {
        byte[] id = new byte[16];
        request.duplicate().position(request.position() + 4).get(id);
        ByteBuffer response = ByteBuffer.allocate(32);
        response.putShort((short) 0x0101).putShort((short) 12).put(id);
        response.putShort((short) 0x0020).putShort((short) 8).putShort((short) 1);
        response.putShort((short) (5555 ^ 0x2112)).putInt(0xC633_6407 ^ 0x2112_A442);
        return response.flip();
    }

    @Test
    void the_next_call_does_not_wait_for_a_silent_STUN_server() {
        assertThat(untilSecondInvite(DEAD_STUN)).isEqualTo(untilSecondInvite());
    }

    /** For a phone system without ICE a relay may be the only way (RFC 8445 §5.1.4). */
    @Test
    void a_relay_is_waited_for() {
        assertThat(untilInvite(DEAD_TURN).minus(untilInvite())).isEqualTo(Duration.ofMillis(250));
    }

    /** RFC 8840 §4.1: it takes candidates by INFO, and its SDP says that it trickles. */
    @ParameterizedTest
    @CsvSource({"true, true, 0", "false, true, 350", "true, false, 350"})
    void an_answer_waits_for_servers_unless_the_caller_trickles(boolean takesInfo, boolean trickles, long millis) {
        Duration wait = untilAnswer(takesInfo, trickles, DEAD_STUN).minus(untilAnswer(takesInfo, trickles));
        assertThat(wait).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void a_caller_that_trickles_gets_the_answer_at_once_though_a_relay_may_come() {
        assertThat(untilAnswer(true, true, DEAD_TURN)).isEqualTo(untilAnswer(true, true));
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 250"})
    void a_restart_waits_for_relays_unless_the_far_end_trickles(boolean trickles, long millis) {
        Duration wait = untilRestarted(trickles, DEAD_TURN).minus(untilRestarted(trickles));
        // The media loop looks every 4 ms.
        assertThat(wait).isCloseTo(Duration.ofMillis(millis), Duration.ofMillis(4));
    }

    @Test
    void a_restart_does_not_wait_for_a_silent_STUN_server() {
        // The media loop looks every 4 ms.
        assertThat(untilRestarted(false, DEAD_STUN).minus(untilRestarted(false)))
                .isLessThan(Duration.ofMillis(4));
    }

    /** RFC 8445 §14.2: of both wishes the slower one applies, and who says nothing wishes for 50 ms. */
    @ParameterizedTest
    @CsvSource({"'', 50", "a=ice-pacing:5, 10", "a=ice-pacing:30, 30"})
    void a_pair_is_chosen_one_pace_after_its_first_check(String theirs, long millis) {
        try (ScriptedPhoneSystem scene = scene();
                LiteIcePeer peer = peer(scene)) {
            scene.pbx.on("INVITE", invite -> scene.pbx.respond(invite, "200 OK", lines(CONTACT, pacedBy(theirs))));
            scene.established();
            assertThat(scene.pbx.last("INVITE").body()).contains("t=0 0\r\na=ice-pacing:10\r\n");
            scene.pass(Duration.ofSeconds(1));
            List<PacketTrace.Packet> checks = scene.network.trace().packets().stream()
                    .filter(packet -> packet.to().equals(peer.socket.localAddress()) && packet.payload()[0] == 0)
                    .toList();
            assertThat(checks).hasSize(2);
            assertThat(checks.get(1).at().minus(checks.get(0).at())).isEqualTo(Duration.ofMillis(millis));
            assertThat(checks).extracting(IceWaitsTest::chooses).containsExactly(false, true);
        }
    }

    /** Whether it has USE-CANDIDATE, which is empty (RFC 8445 §7.1.2). */
    private static boolean chooses(PacketTrace.Packet check) {
        return new String(check.payload(), StandardCharsets.ISO_8859_1).contains("\0%\0\0");
    }

    /** With an attribute of the session. */
    private static String[] pacedBy(String attribute) {
        List<String> description = new ArrayList<>(List.of(described("a=ice-options:ice2")));
        if (!attribute.isEmpty()) {
            description.add(description.indexOf("a=ice-lite"), attribute);
        }
        return description.toArray(new String[0]);
    }

    private static Duration untilInvite(IceServer... servers) {
        try (ScriptedPhoneSystem scene = scene(servers)) {
            return untilInvite(scene);
        }
    }

    private static Duration untilSecondInvite(IceServer... servers) {
        try (ScriptedPhoneSystem scene = scene(servers)) {
            var unused = untilInvite(scene);
            scene.pbx.respond(scene.pbx.last("INVITE"), "486 Busy Here");
            scene.pass(Duration.ofSeconds(1));
            return untilInvite(scene);
        }
    }

    private static Duration untilInvite(ScriptedPhoneSystem scene) {
        int before = scene.pbx.received("INVITE").size();
        Duration begun = scene.time.elapsed();
        var unused = scene.alice.dial("bob");
        scene.until(() -> scene.pbx.received("INVITE").size() > before);
        return scene.time.elapsed().minus(begun);
    }

    private static Duration untilAnswer(boolean takesInfo, boolean trickles, IceServer... servers) {
        try (ScriptedPhoneSystem scene = scene(servers)) {
            String[] offer = described(trickles ? TRICKLE : "a=ice-options:ice2");
            scene.invite("one", "z9hG4bKone", 1, takesInfo ? lines("Recv-Info: trickle-ice", offer) : offer);
            scene.until(() -> !scene.incoming.isEmpty());
            Duration begun = scene.time.elapsed();
            scene.incoming.get(0).answer();
            scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());
            Duration end = scene.time.elapsed();
            scene.pbx.request("ACK", scene.pbx.last("SIP/2.0 200"), 1, "bob");
            return end.minus(begun);
        }
    }

    /** The far end offers other credentials (RFC 8445 §9). */
    private static Duration untilRestarted(boolean trickles, IceServer... servers) {
        String options = trickles ? TRICKLE : "a=ice-options:ice2";
        try (ScriptedPhoneSystem scene = scene(servers);
                LiteIcePeer peer = peer(scene)) {
            scene.pbx.on("INFO", info -> scene.pbx.respond(info, "200 OK"));
            scene.pbx.on(
                    "INVITE",
                    invite -> scene.pbx.respond(
                            invite, "200 OK", lines(CONTACT, lines("Recv-Info: trickle-ice", described(options)))));
            scene.established();
            scene.pass(Duration.ofSeconds(1));
            assertThat(peer.heard).isPositive();

            Duration begun = scene.time.elapsed();
            scene.pbx.request(
                    "INVITE", scene.pbx.last("INVITE"), 1, "scripted", lines(CONTACT, described("another", options)));
            scene.until(() -> scene.pbx.received("SIP/2.0 200").stream()
                    .anyMatch(answer -> answer.header("CSeq").equals("1 INVITE")));
            Duration end = scene.time.elapsed();
            scene.pbx.request("ACK", scene.pbx.last("INVITE"), 1, "scripted");
            return end.minus(begun);
        }
    }

    private static String[] described(String options) {
        return described(LiteIcePeer.UFRAG, options);
    }

    private static String[] described(String ufrag, String options) {
        return LiteIceCall.described(1, ufrag, LiteIcePeer.PASSWORD, options, "a=mid:0", "a=rtcp-mux");
    }

    private static ScriptedPhoneSystem scene(IceServer... servers) {
        return new ScriptedPhoneSystem(
                        8845,
                        SipTransport.UDP,
                        account -> account.ice(
                                IceSettings.DEFAULT.withUse(Use.OFFERED).withServers(List.of(servers))),
                        config -> config)
                .registered();
    }

    private static LiteIcePeer peer(ScriptedPhoneSystem scene) {
        return new LiteIcePeer(scene.network.host(HOST), new InetSocketAddress(HOST, 40_000));
    }
}
