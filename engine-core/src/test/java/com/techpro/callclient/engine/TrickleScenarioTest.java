// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.IceSettings.Use;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.SimulatedTurnServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Candidates that follow their description by INFO (RFC 8838, RFC 8840), to and from a scripted phone system. */
class TrickleScenarioTest {
    private static final String SERVER = "203.0.113.1";
    private static final String ELSEWHERE = "198.51.100.7";
    private static final IceServer RELAY =
            IceServer.turn(SERVER, SimulatedTurnServer.USER, Secret.of(SimulatedTurnServer.PASSWORD));
    private static final String CANDIDATE = "a=candidate:1 1 UDP 2130706431 192.0.2.10 40000 typ host";
    private static final String[] DESCRIPTION = {
        "a=ice-lite",
        "a=ice-options:ice2 trickle",
        "a=ice-ufrag:" + LiteIcePeer.UFRAG,
        "a=ice-pwd:" + LiteIcePeer.PASSWORD,
        "a=mid:audio",
        "a=rtcp-mux"
    };

    private ScriptedPhoneSystem scene;
    private LiteIcePeer peer;

    @AfterEach
    void close() {
        peer.close();
        scene.close();
    }

    @Test
    void candidates_that_follow_an_offer_are_checked_as_they_come() {
        start(List.of());
        Call call = called(true);
        ScriptedMessage answer = scene.pbx.last("SIP/2.0 200");
        assertThat(answer.header("Recv-Info")).isEqualTo("trickle-ice");
        assertThat(answer.bodyLines("a=ice-options:")).containsExactly("ice2 trickle");
        assertThat(answer.bodyLines("a=end-of-candidates")).hasSize(1);
        scene.pass(Duration.ofSeconds(1));
        assertThat(peer.usernames).isEmpty();

        inform(answer, 2, LiteIcePeer.fragment(LiteIcePeer.PASSWORD, "audio", CANDIDATE));
        assertThat(scene.pbx.last("SIP/2.0 200").header("CSeq")).isEqualTo("2 INFO");
        inform(answer, 3, LiteIcePeer.fragment(LiteIcePeer.PASSWORD, "audio", CANDIDATE, "a=end-of-candidates"));
        scene.pass(Duration.ofSeconds(2));

        assertThat(peer.usernames).isNotEmpty();
        assertThat(peer.heard).isGreaterThan(80);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void candidates_of_another_generation_or_of_another_section_are_left_alone() {
        start(List.of());
        called(true);
        ScriptedMessage answer = scene.pbx.last("SIP/2.0 200");
        inform(answer, 2, LiteIcePeer.fragment("anotherpasswordof22char", "audio", CANDIDATE));
        inform(answer, 3, LiteIcePeer.fragment(LiteIcePeer.PASSWORD, "video", CANDIDATE));
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.pbx.last("SIP/2.0 200").header("CSeq")).isEqualTo("3 INFO");
        assertThat(peer.usernames).isEmpty();
    }

    /** Several phones may ring, each with a name of its own; which of them answers is not known yet. */
    @Test
    void candidates_that_come_before_the_answer_wait_for_it() {
        start(List.of());
        Call call = scene.alice.dial("bob");
        scene.until(() -> !scene.pbx.received("INVITE").isEmpty());
        ScriptedMessage invite = scene.pbx.last("INVITE");
        assertThat(invite.header("Recv-Info")).isEqualTo("trickle-ice");
        assertThat(invite.bodyLines("a=mid:")).containsExactly("0");
        String contact = "Contact: <sip:bob@192.0.2.10:5060>";
        scene.pbx.respond(invite, "180 Ringing", contact);
        scene.pass(Duration.ofMillis(100));
        inform(invite, 1, LiteIcePeer.fragment(LiteIcePeer.PASSWORD, "0", CANDIDATE, "a=end-of-candidates"));
        assertThat(scene.pbx.last("SIP/2.0 200").header("CSeq")).isEqualTo("1 INFO");
        assertThat(peer.usernames).isEmpty();

        String[] answer = sdp("0.0.0.0", 9, 1, DESCRIPTION);
        scene.pbx.respond(invite, "200 OK", lines(contact, lines("Recv-Info: trickle-ice", answer)));
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        scene.pass(Duration.ofSeconds(2));
        assertThat(peer.usernames).isNotEmpty();
        assertThat(peer.heard).isGreaterThan(80);
    }

    /** A server that is 300 ms away is not waited for, nor is one that is not there; what they give follows, and then that nothing more does. */
    @Test
    void ours_follow_one_after_the_other_each_with_those_before_it() {
        start(List.of(
                RELAY, IceServer.turn("203.0.113.99", IceServer.Transport.TCP, "nobody", Secret.of("turn-secret"))));
        called(true);
        ScriptedMessage answer = scene.pbx.last("SIP/2.0 200");
        assertThat(answer.bodyLines("a=candidate:")).hasSize(1).allMatch(line -> line.contains("typ host"));
        assertThat(answer.bodyLines("a=end-of-candidates")).isEmpty();
        scene.pbx.on("INFO", info -> scene.pbx.respond(info, "200 OK"));

        scene.until(() -> !scene.pbx.received("INFO").isEmpty());
        ScriptedMessage info = scene.pbx.last("INFO");
        assertThat(info.header("Info-Package")).isEqualTo("trickle-ice");
        assertThat(info.header("Content-Disposition")).isEqualTo("Info-Package");
        assertThat(info.header("Content-Type")).isEqualTo("application/trickle-ice-sdpfrag");
        List<String> body = List.of(info.body().split("\r\n"));
        assertThat(body)
                .startsWith(
                        "a=ice-ufrag:" + answer.bodyLines("a=ice-ufrag:").get(0),
                        "a=ice-pwd:" + answer.bodyLines("a=ice-pwd:").get(0),
                        "m=audio 9 RTP/AVP 0",
                        "a=mid:audio",
                        "a=candidate:" + answer.bodyLines("a=candidate:").get(0));
        assertThat(body).hasSize(6);
        assertThat(body.get(5)).startsWith("a=candidate:").contains(SERVER).contains("typ relay");

        scene.until(() -> scene.pbx.received("INFO").size() == 2);
        List<String> whole = new ArrayList<>(body);
        whole.add("a=end-of-candidates");
        assertThat(scene.pbx.last("INFO").body().split("\r\n")).containsExactlyElementsOf(whole);
    }

    @Test
    void a_peer_without_trickle_gets_no_candidates_by_INFO() {
        start(List.of(RELAY));
        called(false);
        scene.pass(Duration.ofSeconds(3));
        assertThat(scene.pbx.received("INFO")).isEmpty();
    }

    /** What is at the phone system's own address may be sent to anyway. */
    @Test
    void S5_a_trickled_candidate_at_another_host_is_permitted_until_the_call_ends() {
        start(List.of(), ELSEWHERE, 41_000);
        Call call = called(true);
        ScriptedMessage answer = scene.pbx.last("SIP/2.0 200");
        assertThat(scene.permits(peer.socket)).isFalse();

        inform(answer, 2, LiteIcePeer.fragment(LiteIcePeer.PASSWORD, "audio", candidate(ELSEWHERE)));
        scene.pass(Duration.ofSeconds(2));
        assertThat(peer.usernames).isNotEmpty();
        assertThat(peer.heard).isGreaterThan(80);
        assertThat(scene.permits(peer.socket)).isTrue();

        scene.pbx.on("BYE", bye -> scene.pbx.respond(bye, "200 OK"));
        call.hangUp();
        scene.until(() -> call.snapshot().state() == CallState.ENDED);
        scene.pass(Duration.ofSeconds(3));
        assertThat(scene.permits(peer.socket)).isFalse();
    }

    @Test
    void S5_of_candidates_that_follow_none_is_checked_where_no_call_may_send() {
        start(List.of());
        called(true);
        ScriptedMessage answer = scene.pbx.last("SIP/2.0 200");
        List<String> nowhere = List.of("127.0.0.1", "224.0.1.75", "255.255.255.255");
        inform(
                answer,
                2,
                LiteIcePeer.fragment(
                        LiteIcePeer.PASSWORD,
                        "audio",
                        nowhere.stream().map(TrickleScenarioTest::candidate).toArray(String[]::new)));
        scene.pass(Duration.ofSeconds(3));
        assertThat(scene.network.trace().packets())
                .noneMatch(packet -> nowhere.contains(packet.to().getAddress().getHostAddress()));
        assertThat(scene.counters().drops()).doesNotContainKey("destination-refused");
    }

    /** RFC 8445 §9: until another way is found the one before is in use, and none before that. */
    @Test
    void S5_candidates_of_the_generation_before_the_last_are_permitted_no_more() {
        start(List.of(), ELSEWHERE, 41_000);
        called(true);
        ScriptedMessage answer = scene.pbx.last("SIP/2.0 200");
        inform(answer, 2, LiteIcePeer.fragment(LiteIcePeer.PASSWORD, "audio", candidate(ELSEWHERE)));
        scene.pass(Duration.ofSeconds(2));

        restart(answer, 3, "8hhZ", "198.51.100.8");
        assertThat(scene.permits(peer.socket)).as("still in use").isTrue();
        restart(answer, 4, "8hiA", "198.51.100.9");
        assertThat(scene.permits(peer.socket)).isFalse();
    }

    /** Another name and password, and a candidate that does not answer. */
    private void restart(ScriptedMessage within, int cseq, String ufrag, String host) {
        int answers = scene.pbx.received("SIP/2.0 200").size();
        String[] offer = sdp(
                "0.0.0.0",
                9,
                cseq,
                "a=ice-lite",
                "a=ice-options:ice2 trickle",
                "a=ice-ufrag:" + ufrag,
                "a=ice-pwd:" + LiteIcePeer.PASSWORD,
                candidate(host),
                "a=mid:audio",
                "a=rtcp-mux");
        scene.pbx.request("INVITE", within, cseq, "bob", lines("Contact: <sip:bob@192.0.2.10:5060>", offer));
        scene.until(() -> scene.pbx.received("SIP/2.0 200").size() > answers);
        scene.pbx.request("ACK", scene.pbx.last("SIP/2.0 200"), cseq, "bob");
        scene.pass(Duration.ofSeconds(1));
    }

    private static String candidate(String host) {
        return "a=candidate:1 1 UDP 2130706431 " + host + " 41000 typ host";
    }

    /** RFC 6086 §4.2.2. */
    @Test
    void another_package_is_refused_with_the_one_that_is_taken() {
        start(List.of());
        called(true);
        ScriptedMessage answer = scene.pbx.last("SIP/2.0 200");
        scene.pbx.request("INFO", answer, 2, "bob", "Info-Package: weather", "Content-Type: text/plain", "", "rain");
        scene.until(() -> !scene.pbx.received("SIP/2.0 469").isEmpty());
        assertThat(scene.pbx.last("SIP/2.0 469").header("Recv-Info")).isEqualTo("trickle-ice");
    }

    private void start(List<IceServer> servers) {
        start(servers, "192.0.2.10", 40_000);
    }

    /** @param host where the other side is heard and found */
    private void start(List<IceServer> servers, String host, int port) {
        scene = new ScriptedPhoneSystem(
                        8840,
                        SipTransport.UDP,
                        account -> account.ice(
                                IceSettings.DEFAULT.withUse(Use.OFFERED).withServers(servers)),
                        config -> config)
                .registered();
        var unused = new SimulatedTurnServer(scene.network.host(SERVER));
        scene.network.conditionsBetween(
                ScriptedPhoneSystem.PHONE, SERVER, LinkConditions.PERFECT.withDelay(Duration.ofMillis(300)));
        peer = new LiteIcePeer(scene.network.host(host), new InetSocketAddress(host, port));
    }

    /** Its offer has no candidate yet. */
    private Call called(boolean takesOurs) {
        String[] offer = sdp("0.0.0.0", 9, 1, DESCRIPTION);
        scene.invite("t-1", "z9hG4bKt1", 1, takesOurs ? lines("Recv-Info: trickle-ice", offer) : offer);
        scene.until(() -> !scene.incoming.isEmpty());
        Call call = scene.incoming.get(0);
        call.answer();
        scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());
        scene.pbx.request("ACK", scene.pbx.last("SIP/2.0 200"), 1, "bob");
        scene.pass(Duration.ofMillis(10));
        return call;
    }

    private void inform(ScriptedMessage within, int cseq, String... fragment) {
        scene.pbx.request("INFO", within, cseq, within.isRequest() ? "scripted" : "bob", fragment);
        scene.pass(Duration.ofMillis(100));
    }
}
