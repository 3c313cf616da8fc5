// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.CONTACT;
import static com.techpro.callclient.engine.ScriptedPhoneSystem.HOST;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.IceSettings.Candidates;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose candidates are kept that come by INFO, and what is told of ours; and when servers are asked at all. */
class TrickleRulesTest {
    private static final String SERVER = "203.0.113.1";
    private static final IceServer RELAY =
            IceServer.turn(SERVER, SimulatedTurnServer.USER, Secret.of(SimulatedTurnServer.PASSWORD));
    private static final String CANDIDATE = "a=candidate:1 1 UDP 2130706431 " + HOST + " 40000 typ host";
    private static final String NOWHERE = "a=candidate:%d 1 UDP %d 203.0.113.200 %d typ host";

    /** RFC 8839 §5.1, in what follows a description as in the description. */
    @ParameterizedTest
    @CsvSource({"true, NO_PRIVATE_ADDRESSES", "false, NO_PRIVATE_ADDRESSES", "true, ALL", "false, ALL"})
    void S5_the_raddr_of_a_relayed_candidate_is_withheld_in_a_fragment_too(boolean incoming, Candidates candidates) {
        try (ScriptedPhoneSystem scene = scene(8840, Use.OFFERED, candidates);
                LiteIcePeer peer = peer(scene)) {
            relayThatIsFarAway(scene);
            begin(scene, incoming, "a=ice-options:ice2 trickle");
            scene.until(() -> !scene.pbx.received("INFO").isEmpty());
            String relayed = scene.pbx.last("INFO").bodyLines("a=candidate:").stream()
                    .filter(line -> line.contains(" typ relay "))
                    .findFirst()
                    .orElseThrow();
            if (candidates == Candidates.ALL) {
                assertThat(relayed).contains(" raddr ").doesNotContain(" raddr 0.0.0.0 ");
            } else {
                assertThat(relayed).endsWith(" raddr 0.0.0.0 rport 9");
            }
            assertThat(peer.heard).isPositive();
        }
    }

    /** It must say both: that it takes such INFO (RFC 6086), and that it trickles (RFC 8840 §4.1). */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_far_end_without_trickle_in_its_SDP_gets_no_trickled_candidates(boolean incoming) {
        try (ScriptedPhoneSystem scene = scene(8841, Use.OFFERED, Candidates.ALL);
                LiteIcePeer peer = peer(scene)) {
            relayThatIsFarAway(scene);
            begin(scene, incoming, "a=ice-options:ice2");
            scene.pass(Duration.ofSeconds(3));
            assertThat(scene.pbx.received("INFO")).isEmpty();
            assertThat(peer.heard).isPositive();
        }
    }

    /** Nobody could tell yet whose they are. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void candidates_of_an_unanswered_ICE_restart_are_sent_after_the_answer(boolean incoming) {
        try (ScriptedPhoneSystem scene = scene(8846, Use.OFFERED, Candidates.ALL);
                LiteIcePeer peer = peer(scene)) {
            relayThatIsFarAway(scene);
            begin(scene, incoming, "a=ice-options:ice2 trickle");
            scene.until(() -> !scene.pbx.received("INFO").isEmpty());
            scene.pass(Duration.ofMillis(500));
            scene.pbx.forget();
            // No sound comes: another generation is offered
            scene.pbx.on("INVITE", invite -> scene.pbx.respond(invite, "100 Trying"));
            scene.until(() -> !scene.pbx.received("INVITE").isEmpty());
            ScriptedMessage offer = scene.pbx.last("INVITE");
            assertThat(offer.body()).doesNotContain(" typ relay ");
            scene.pass(Duration.ofSeconds(2));
            assertThat(scene.pbx.received("INFO")).isEmpty();

            scene.pbx.respond(offer, "200 OK", lines(CONTACT, description("a=ice-options:ice2 trickle")));
            scene.until(() -> !scene.pbx.received("INFO").isEmpty());
            ScriptedMessage info = scene.pbx.last("INFO");
            assertThat(info.bodyLines("a=ice-ufrag:")).isEqualTo(offer.bodyLines("a=ice-ufrag:"));
            assertThat(info.body()).contains(" typ relay ");
            assertThat(peer.heard).isPositive();
        }
    }

    /** RFC 8840 §4.4: each fragment repeats those before it, so the last of a phone's is enough. */
    @Test
    void of_many_fragments_before_the_answer_the_last_of_each_phone_is_kept() {
        try (ScriptedPhoneSystem scene = scene(8842, Use.OFFERED, Candidates.ALL);
                LiteIcePeer peer = peer(scene)) {
            ScriptedMessage invite = ringing(scene);
            List<String> candidates = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                candidates.add(String.format(NOWHERE, 10 + i, 1_000 + i, 50_000 + i));
                inform(scene, invite, i + 1, LiteIcePeer.PASSWORD, candidates);
            }
            candidates.add(CANDIDATE);
            inform(scene, invite, 7, LiteIcePeer.PASSWORD, candidates);
            answer(scene, invite, LiteIcePeer.PASSWORD);
            scene.pass(Duration.ofSeconds(2));
            assertThat(peer.usernames).isNotEmpty();
            assertThat(peer.heard).isGreaterThan(40);
        }
    }

    /** Which of them answers is not known yet; that many ring at once is rare, and what nobody asked for is not kept without end. */
    @ParameterizedTest
    @CsvSource({"1, true", "4, true", "5, false"})
    void the_fragments_of_four_phones_that_ring_are_kept(int answering, boolean kept) {
        try (ScriptedPhoneSystem scene = scene(8843, Use.OFFERED, Candidates.ALL);
                LiteIcePeer peer = new LiteIcePeer(
                        scene.network.host(HOST), new InetSocketAddress(HOST, 40_000), password(answering))) {
            ScriptedMessage invite = ringing(scene);
            for (int phone = 1; phone <= 5; phone++) {
                inform(scene, invite, phone, password(phone), List.of(CANDIDATE));
            }
            answer(scene, invite, password(answering));
            scene.pass(Duration.ofSeconds(1));
            assertThat(!peer.usernames.isEmpty()).isEqualTo(kept);

            inform(scene, invite, 6, password(answering), List.of(CANDIDATE));
            scene.pass(Duration.ofSeconds(2));
            assertThat(peer.heard).isGreaterThan(40);
        }
    }

    private static String password(int phone) {
        return "password+of+twenty+two+" + phone;
    }

    /** RFC 6086 §4.2.2: the package makes no sense in a call without ICE, whichever side does without. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void candidates_are_refused_in_a_call_that_does_without_ICE(boolean offeredHere) {
        try (ScriptedPhoneSystem scene = scene(8844, offeredHere ? Use.OFFERED : Use.NEVER, Candidates.ALL)) {
            ScriptedMessage invite = ringing(scene);
            assertThat(invite.bodyLines("a=ice-ufrag:").isEmpty()).isEqualTo(!offeredHere);
            scene.pbx.respond(invite, "200 OK", lines(CONTACT, sdp(HOST, 40_000, 1)));
            scene.pass(Duration.ofMillis(200));
            inform(scene, invite, 1, LiteIcePeer.PASSWORD, List.of(CANDIDATE));
            assertThat(scene.pbx.last("SIP/2.0 ").startLine()).startsWith("SIP/2.0 469 ");
        }
    }

    /** Nobody learns of a call that needs them not. */
    @ParameterizedTest
    @CsvSource({
        // How the account uses it, whether it is called, whether ICE is offered to it, whether servers are asked
        "NEVER, true, true, false",
        "NEVER, true, false, false",
        "NEVER, false, false, false",
        "WHEN_OFFERED, true, true, true",
        "WHEN_OFFERED, true, false, false",
        "WHEN_OFFERED, false, false, false",
        "OFFERED, true, true, true",
        "OFFERED, true, false, false",
        "OFFERED, false, false, true"
    })
    void servers_are_asked_where_there_is_ICE_alone(Use use, boolean incoming, boolean theirs, boolean asked) {
        for (Candidates candidates : List.of(Candidates.ALL, Candidates.NO_PRIVATE_ADDRESSES)) {
            assertAsked(use, candidates, incoming, theirs, asked);
        }
        boolean relayed = use != Use.NEVER;
        assertAsked(use, Candidates.RELAYED_ONLY, incoming, theirs, relayed);
    }

    private void assertAsked(Use use, Candidates candidates, boolean incoming, boolean theirs, boolean asked) {
        try (ScriptedPhoneSystem scene = scene(8845, use, candidates)) {
            SimulatedTurnServer server = new SimulatedTurnServer(scene.network.host(SERVER));
            if (incoming) {
                scene.answered(
                        theirs
                                ? LiteIceCall.described(1, LiteIcePeer.UFRAG, LiteIcePeer.PASSWORD, "a=rtcp-mux")
                                : sdp(HOST, 40_000, 1));
            } else {
                ringing(scene);
            }
            scene.pass(Duration.ofSeconds(1));
            assertThat(!server.requests().isEmpty()).as(candidates.toString()).isEqualTo(asked);
        }
    }

    private static ScriptedPhoneSystem scene(long seed, Use use, Candidates candidates) {
        return new ScriptedPhoneSystem(
                        seed,
                        SipTransport.UDP,
                        account -> account.ice(IceSettings.DEFAULT
                                .withUse(use)
                                .withCandidates(candidates)
                                .withServers(List.of(RELAY))),
                        config -> config)
                .registered();
    }

    private static LiteIcePeer peer(ScriptedPhoneSystem scene) {
        return new LiteIcePeer(scene.network.host(HOST), new InetSocketAddress(HOST, 40_000));
    }

    private static void relayThatIsFarAway(ScriptedPhoneSystem scene) {
        var unused = new SimulatedTurnServer(scene.network.host(SERVER));
        scene.network.conditionsBetween(
                ScriptedPhoneSystem.PHONE, SERVER, LinkConditions.PERFECT.withDelay(Duration.ofMillis(300)));
        scene.pbx.on("INFO", info -> scene.pbx.respond(info, "200 OK"));
    }

    private static String[] description(String options) {
        return lines(
                "Recv-Info: trickle-ice",
                LiteIceCall.described(1, LiteIcePeer.UFRAG, LiteIcePeer.PASSWORD, options, "a=mid:0", "a=rtcp-mux"));
    }

    private static void begin(ScriptedPhoneSystem scene, boolean incoming, String options) {
        String[] description = description(options);
        if (incoming) {
            scene.answered(description);
        } else {
            scene.pbx.on("INVITE", invite -> scene.pbx.respond(invite, "200 OK", lines(CONTACT, description)));
            scene.established();
        }
        scene.pass(Duration.ofMillis(100));
    }

    private static ScriptedMessage ringing(ScriptedPhoneSystem scene) {
        scene.pbx.on("INVITE", invite -> scene.pbx.respond(invite, "180 Ringing", CONTACT));
        Call call = scene.alice.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.RINGING_OUT);
        return scene.pbx.last("INVITE");
    }

    private static void answer(ScriptedPhoneSystem scene, ScriptedMessage invite, String password) {
        scene.pbx.respond(
                invite,
                "200 OK",
                lines(
                        CONTACT,
                        lines(
                                "Recv-Info: trickle-ice",
                                sdp(
                                        "0.0.0.0",
                                        9,
                                        1,
                                        "a=ice-lite",
                                        "a=ice-options:ice2 trickle",
                                        "a=ice-ufrag:" + LiteIcePeer.UFRAG,
                                        "a=ice-pwd:" + password,
                                        "a=mid:0",
                                        "a=rtcp-mux"))));
        scene.pass(Duration.ofMillis(100));
    }

    private static void inform(
            ScriptedPhoneSystem scene, ScriptedMessage invite, int cseq, String password, List<String> candidates) {
        scene.pbx.request(
                "INFO",
                invite,
                cseq,
                "scripted",
                LiteIcePeer.fragment(password, "0", candidates.toArray(new String[0])));
        scene.pass(Duration.ofMillis(50));
        assertThat(scene.pbx.last("SIP/2.0 ").header("CSeq")).isEqualTo(cseq + " INFO");
    }
}
