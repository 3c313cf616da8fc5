// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.CONTACT;
import static com.techpro.callclient.engine.ScriptedPhoneSystem.HOST;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.IceSettings.Candidates;
import com.techpro.callclient.ports.phonesystem.IceSettings.Use;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.SimulatedTurnServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * ICE where RTCP has a port of its own, and so a pair of its own (RFC 8445 §4): a scripted phone
 * system without rtcp-mux.
 */
class IceReportsScenarioTest {
    private static final InetSocketAddress RTP = new InetSocketAddress(HOST, 40_000);
    private static final InetSocketAddress RTCP = new InetSocketAddress(HOST, 40_001);
    private static final String RELAY = "203.0.113.1";
    private int sequence = 100;

    /** Sound has its pair all the time, and so goes on. */
    @Test
    void RFC7675_reports_stop_where_their_consent_ends_and_come_back_after_a_restart() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(7675).registered();
                LiteIcePeer sound = new LiteIcePeer(scene.network.host(HOST), RTP);
                LiteIcePeer reports = new LiteIcePeer(scene.network.host(HOST), RTCP)) {
            Call call = scene.answered(lite(1));
            scene.pass(Duration.ofSeconds(1));
            speak(scene, sound, Duration.ofSeconds(12));
            assertThat(reports.usernames).isNotEmpty();
            assertThat(reports.heard).isPositive();
            assertThat(scene.pbx.received("INVITE")).isEmpty();

            reports.answersChecks(false);
            for (int i = 0; i < 40 && scene.pbx.received("INVITE").isEmpty(); i++) {
                speak(scene, sound, Duration.ofSeconds(1));
            }
            ScriptedMessage invite = scene.pbx.last("INVITE");
            assertThat(invite.bodyLines("a=ice-ufrag:"))
                    .isNotEqualTo(scene.pbx.received("SIP/2.0 200").get(0).bodyLines("a=ice-ufrag:"));
            reports.heard = 0;
            sound.heard = 0;
            speak(scene, sound, Duration.ofSeconds(20));
            assertThat(reports.heard).as("reports without consent").isZero();
            assertThat(sound.heard).as("sound, that has it").isGreaterThan(900);

            reports.answersChecks(true);
            scene.pbx.respond(invite, "200 OK", lines(CONTACT, lite(2)));
            speak(scene, sound, Duration.ofSeconds(20));
            assertThat(reports.heard).isPositive();
            assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        }
    }

    /** RFC 8445 §12.1: not even to the address in the description. */
    @Test
    void no_report_is_sent_before_there_is_a_pair_for_reports() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(8445).registered();
                LiteIcePeer sound = new LiteIcePeer(scene.network.host(HOST), RTP);
                LiteIcePeer reports = new LiteIcePeer(scene.network.host(HOST), RTCP)) {
            reports.answersChecks(false);
            scene.answered(lite(1));
            scene.pass(Duration.ofSeconds(1));
            speak(scene, sound, Duration.ofSeconds(20));
            assertThat(sound.heard).isGreaterThan(900);
            assertThat(reports.usernames).isNotEmpty();
            assertThat(reports.heard).isZero();
        }
    }

    @Test
    void RTCP_to_a_far_end_without_ICE_goes_to_the_address_in_its_SDP() throws IOException {
        IceSettings ice = IceSettings.DEFAULT.withUse(Use.OFFERED);
        try (ScriptedPhoneSystem scene = scene(ice)) {
            int[] heard = callsSomebodyWithoutIce(scene);
            assertThat(heard[0]).isGreaterThan(900);
            assertThat(heard[1]).isPositive();
        }
    }

    /** The address of the device is not shown by reports either. */
    @Test
    void relay_only_RTCP_to_a_far_end_without_ICE_uses_the_relay() throws IOException {
        IceSettings ice = IceSettings.DEFAULT
                .withUse(Use.OFFERED)
                .withServers(List.of(
                        IceServer.turn(RELAY, SimulatedTurnServer.USER, Secret.of(SimulatedTurnServer.PASSWORD))))
                .withCandidates(Candidates.RELAYED_ONLY);
        try (ScriptedPhoneSystem scene = scene(ice)) {
            int[] heard = callsSomebodyWithoutIce(scene);
            assertThat(heard[0]).isGreaterThan(900);
            assertThat(heard[1]).isPositive();
            assertThat(scene.network.trace().packets())
                    .filteredOn(packet -> packet.to().equals(RTP) || packet.to().equals(RTCP))
                    .isNotEmpty()
                    .allMatch(packet ->
                            packet.from().getAddress().getHostAddress().equals(RELAY));
        }
    }

    private static ScriptedPhoneSystem scene(IceSettings ice) {
        ScriptedPhoneSystem scene =
                new ScriptedPhoneSystem(8656, SipTransport.UDP, account -> account.ice(ice), config -> config);
        var unused = new SimulatedTurnServer(scene.network.host(RELAY));
        return scene.registered();
    }

    /** @return packets of sound, and of reports, that came where the answer says, within twenty seconds */
    private static int[] callsSomebodyWithoutIce(ScriptedPhoneSystem scene) throws IOException {
        int[] heard = new int[2];
        try (DatagramLink rtp = scene.network.host(HOST).openDatagram(RTP, (packet, from) -> heard[0]++);
                DatagramLink rtcp = scene.network.host(HOST).openDatagram(RTCP, (packet, from) -> heard[1]++)) {
            scene.pbx.on("INVITE", invite -> scene.pbx.respond(invite, "200 OK", lines(CONTACT, sdp(HOST, 40_000, 1))));
            scene.established();
            scene.pass(Duration.ofSeconds(20));
        }
        return heard;
    }

    /** A description of a lite agent, which says so for the whole session (RFC 8839 §5.3). */
    private static String[] lite(int version) {
        return new String[] {
            "Content-Type: application/sdp",
            "",
            "v=0",
            "o=- 20 " + version + " IN IP4 192.0.2.10",
            "s=-",
            "c=IN IP4 192.0.2.10",
            "t=0 0",
            "a=ice-lite",
            "m=audio 40000 RTP/AVP 0",
            "a=ice-ufrag:" + LiteIcePeer.UFRAG,
            "a=ice-pwd:" + LiteIcePeer.PASSWORD,
            "a=candidate:1 1 UDP 2130706431 192.0.2.10 40000 typ host",
            "a=candidate:1 2 UDP 2130706430 192.0.2.10 40001 typ host"
        };
    }

    /** G.711 of Bob's. */
    private void speak(ScriptedPhoneSystem scene, LiteIcePeer from, Duration length) {
        for (int i = 0; i < length.toMillis() / 20; i++) {
            ByteBuffer packet = ByteBuffer.allocate(172);
            packet.put((byte) 0x80)
                    .put((byte) 0)
                    .putShort((short) sequence)
                    .putInt(sequence * 160)
                    .putInt(0x5e5d);
            sequence++;
            from.say(packet.array());
            scene.pass(Duration.ofMillis(20));
        }
    }
}
