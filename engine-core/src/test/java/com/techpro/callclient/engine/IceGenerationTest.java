// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.HOST;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Later offers of a phone system with ICE: another generation (RFC 8445 §9), the same, or none any more. */
class IceGenerationTest {
    private static final String UFRAG = LiteIcePeer.UFRAG;
    private static final String PASSWORD = LiteIcePeer.PASSWORD;
    private static final String NOWHERE = "a=candidate:%d 1 UDP %d 203.0.113.%d 50000 typ host";
    private static final String OTHER_UFRAG = "other";
    private static final String OTHER_PASSWORD = "another-password-of-it".replace('-', '+');

    @ParameterizedTest
    @CsvSource({
        "true, INVITE, true, true",
        "true, INVITE, true, false",
        "true, INVITE, false, true",
        "true, UPDATE, true, true",
        "false, INVITE, true, true",
        "false, UPDATE, false, true"
    })
    void a_changed_ufrag_or_password_restarts_ICE_and_media_uses_the_new_session(
            boolean incoming, String method, boolean otherName, boolean otherPassword) {
        String name = otherName ? OTHER_UFRAG : UFRAG;
        String password = otherPassword ? OTHER_PASSWORD : PASSWORD;
        try (LiteIceCall call = new LiteIceCall(8445, incoming);
                LiteIcePeer next =
                        new LiteIcePeer(call.scene.network.host(HOST), new InetSocketAddress(HOST, 40_002), password)) {
            call.begin("a=rtcp-mux");
            call.scene.pass(Duration.ofSeconds(1));
            String before = LiteIceCall.ufrag(call.first());

            ScriptedMessage answer =
                    call.offer(method, LiteIceCall.describedAt(40_002, 2, name, password, "a=rtcp-mux"));
            call.scene.pass(Duration.ofSeconds(1));
            next.heard = 0;
            call.peer.heard = 0;
            call.scene.pass(Duration.ofSeconds(1));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(LiteIceCall.ufrag(answer)).isNotEmpty().isNotEqualTo(before);
            assertThat(next.usernames).isNotEmpty().allMatch((name + ":" + LiteIceCall.ufrag(answer))::equals);
            assertThat(next.heard).isGreaterThan(40);
            assertThat(call.peer.heard).as("by the generation before").isZero();
        }
    }

    /** The phone offers RTCP on the port of RTP alone (RFC 8839 §4.2.1.2), and the answer does not agree. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_second_component_in_an_answer_to_an_offer_of_one_is_ignored(boolean incoming) {
        try (LiteIceCall call = new LiteIceCall(8448, incoming)) {
            Call talk = call.begin("a=rtcp-mux");
            call.scene.pass(Duration.ofSeconds(1));
            call.answering(LiteIceCall.described(
                    2, UFRAG, PASSWORD, "a=candidate:2 2 UDP 2130706430 " + HOST + " 40001 typ host"));
            talk.hold();
            call.scene.pass(Duration.ofSeconds(1));
            talk.resume();
            call.scene.pass(Duration.ofSeconds(1));
            call.peer.heard = 0;
            call.scene.pass(Duration.ofSeconds(1));

            assertThat(talk.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
            assertThat(call.peer.heard).isGreaterThan(40);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, INVITE", "true, UPDATE", "false, INVITE", "false, UPDATE"})
    void the_same_name_and_password_change_nothing(boolean incoming, String method) {
        try (LiteIceCall call = new LiteIceCall(8446, incoming)) {
            call.begin("a=rtcp-mux");
            call.scene.pass(Duration.ofSeconds(1));
            ScriptedMessage answer = call.offer(method, LiteIceCall.described(2, UFRAG, PASSWORD, "a=rtcp-mux"));
            assertThat(LiteIceCall.ufrag(answer)).isEqualTo(LiteIceCall.ufrag(call.first()));
            assertThat(candidatesOfSound(answer)).isNotEmpty().isEqualTo(candidatesOfSound(call.first()));
        }
    }

    /** RFC 8839 §6: it is for somebody whose name and password are not known, as where the far end is transferred. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_requested_offer_restarts_ICE_and_media_reaches_the_peer_that_answers(boolean incoming) {
        try (LiteIceCall call = new LiteIceCall(3725, incoming);
                LiteIcePeer next = new LiteIcePeer(
                        call.scene.network.host(HOST), new InetSocketAddress(HOST, 40_002), OTHER_PASSWORD)) {
            call.begin("a=rtcp-mux");
            call.scene.pass(Duration.ofSeconds(1));

            ScriptedMessage offer =
                    call.askForOffer(LiteIceCall.describedAt(40_002, 2, OTHER_UFRAG, OTHER_PASSWORD, "a=rtcp-mux"));
            call.scene.pass(Duration.ofSeconds(1));
            next.heard = 0;
            call.scene.pass(Duration.ofSeconds(1));

            String name = LiteIceCall.ufrag(offer);
            assertThat(name).isNotEmpty().isNotEqualTo(LiteIceCall.ufrag(call.first()));
            assertThat(offer.bodyLines("a=candidate:"))
                    .as("what is in use is among them")
                    .isEqualTo(candidatesOfSound(call.first()));
            assertThat(next.usernames).isNotEmpty().allMatch((OTHER_UFRAG + ":" + name)::equals);
            assertThat(next.heard).isGreaterThan(40);
        }
    }

    /** It refreshes the target, and asks for nothing. */
    @Test
    void an_UPDATE_without_an_offer_leaves_the_generation_alone() {
        try (LiteIceCall call = new LiteIceCall(3311, true)) {
            call.begin("a=rtcp-mux");
            call.scene.pass(Duration.ofSeconds(1));
            ScriptedMessage answer = call.offer("UPDATE");
            assertThat(answer.status()).isEqualTo(200);
            call.peer.heard = 0;
            call.scene.pass(Duration.ofSeconds(1));
            assertThat(call.peer.usernames)
                    .allMatch((LiteIcePeer.UFRAG + ":" + LiteIceCall.ufrag(call.first()))::equals);
            assertThat(call.peer.heard).isGreaterThan(40);
            assertThat(call.laterOffers()).isEmpty();
        }
    }

    /** RFC 3891: a session of its own, with or without an offer. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_call_taken_over_by_Replaces_gets_new_ICE_credentials(boolean offers) {
        try (LiteIceCall call = new LiteIceCall(3891, true);
                LiteIcePeer next = new LiteIcePeer(
                        call.scene.network.host(HOST), new InetSocketAddress(HOST, 40_002), OTHER_PASSWORD)) {
            call.begin("a=rtcp-mux");
            call.scene.pass(Duration.ofSeconds(1));
            String[] theirs = LiteIceCall.describedAt(40_002, 1, OTHER_UFRAG, OTHER_PASSWORD, "a=rtcp-mux");
            String replaces =
                    "Replaces: one;from-tag=bob;to-tag=" + call.first().parameter("To", "tag");

            call.scene.invite("two", "z9hG4bKtwo", 1, offers ? lines(replaces, theirs) : new String[] {replaces});
            call.scene.until(() -> call.scene.pbx.received("SIP/2.0 ").stream()
                    .anyMatch(message ->
                            message.status() >= 200 && message.header("Call-ID").equals("two")));
            ScriptedMessage answer = call.scene.pbx.last("SIP/2.0 ");
            assertThat(answer.status()).isEqualTo(200);
            call.scene.pbx.request("ACK", answer, 1, "bob", offers ? new String[0] : theirs);
            call.scene.pass(Duration.ofSeconds(1));
            next.heard = 0;
            call.scene.pass(Duration.ofSeconds(1));

            assertThat(LiteIceCall.ufrag(answer)).isNotEmpty().isNotEqualTo(LiteIceCall.ufrag(call.first()));
            assertThat(next.usernames).isNotEmpty().allMatch((OTHER_UFRAG + ":" + LiteIceCall.ufrag(answer))::equals);
            assertThat(next.heard).isGreaterThan(40);
        }
    }

    /** What the egress guard permits for a call is bounded, and a generation that is over takes none of the room. */
    @Test
    void the_candidates_of_the_last_generation_are_checked_however_many_there_were_before() {
        try (LiteIceCall call = new LiteIceCall(8447, true)) {
            call.begin("a=rtcp-mux");
            call.scene.pass(Duration.ofSeconds(1));
            for (int generation = 1; generation <= 4; generation++) {
                List<String> many = new ArrayList<>();
                for (int i = 0; i < 30; i++) {
                    many.add(String.format(NOWHERE, 10 + i, 1_000_000 - i, generation * 31 + i));
                }
                call.offer(
                        "INVITE",
                        sdp(
                                HOST,
                                40_000,
                                1 + generation,
                                lines(
                                        "a=ice-ufrag:gen" + generation,
                                        lines("a=ice-pwd:" + PASSWORD, many.toArray(new String[0])))));
                call.scene.pass(Duration.ofSeconds(4));
            }
            assertThat(call.scene.network.trace().packets().stream()
                            .map(packet -> packet.to().getAddress().getHostAddress())
                            .filter(to -> to.startsWith("203.0.113.") && last(to) >= 4 * 31)
                            .distinct())
                    .hasSize(30);
        }
    }

    private static List<String> candidatesOfSound(ScriptedMessage description) {
        return description.bodyLines("a=candidate:").stream()
                .filter(candidate -> candidate.contains(" 1 UDP "))
                .collect(Collectors.toList());
    }

    private static int last(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf('.') + 1));
    }

    /** No call's media can be there, so nothing is even tried. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void S5_candidates_on_this_machine_and_of_everybody_are_not_checked(boolean trickled) {
        String[] impossible = {
            "a=candidate:2 1 UDP 2130706430 127.0.0.1 40000 typ host",
            "a=candidate:3 1 UDP 2130706429 255.255.255.255 40000 typ host",
            "a=rtcp-mux",
            "a=mid:0",
            "a=ice-options:trickle"
        };
        try (LiteIceCall call = new LiteIceCall(8448, true)) {
            call.begin(trickled ? new String[] {"a=rtcp-mux", "a=mid:0", "a=ice-options:trickle"} : impossible);
            if (trickled) {
                call.inform(
                        "a=ice-ufrag:" + UFRAG,
                        "a=ice-pwd:" + PASSWORD,
                        "m=audio 9 RTP/AVP 0",
                        "a=mid:0",
                        impossible[0],
                        impossible[1]);
            }
            call.scene.pass(Duration.ofSeconds(2));
            assertThat(call.peer.usernames).isNotEmpty();
            var counted = call.scene.client.counters().toCompletableFuture();
            call.scene.until(counted::isDone);
            assertThat(counted.join().drops()).doesNotContainKey("destination-refused");
        }
    }

    /** As where it was transferred to a phone without ICE and back: nothing is checked any more. */
    @ParameterizedTest
    @CsvSource({"true, INVITE", "true, UPDATE", "false, INVITE", "false, UPDATE"})
    void a_far_end_that_did_without_once_is_told_of_no_ICE_again(boolean incoming, String method) {
        try (LiteIceCall call = new LiteIceCall(8449, incoming);
                LiteIcePeer plain = new LiteIcePeer(
                        call.scene.network.host("192.0.2.12"), new InetSocketAddress("192.0.2.12", 50_000))) {
            Call talk = call.begin("a=rtcp-mux");
            call.scene.pass(Duration.ofSeconds(1));

            ScriptedMessage without = call.offer(method, sdp("192.0.2.12", 50_000, 2, "a=rtcp-mux"));
            call.scene.pass(Duration.ofSeconds(1));
            assertThat(without.bodyLines("a=ice-")).isEmpty();
            assertThat(plain.heard).isGreaterThan(40);

            call.peer.usernames.clear();
            call.peer.heard = 0;
            ScriptedMessage again =
                    call.offer(method, LiteIceCall.described(3, OTHER_UFRAG, PASSWORD, "a=rtcp-mux", "a=mid:0"));
            call.scene.pass(Duration.ofSeconds(1));
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.bodyLines("a=ice-")).isEmpty();
            assertThat(again.bodyLines("a=candidate:")).isEmpty();
            assertThat(call.peer.usernames).isEmpty();
            assertThat(call.peer.heard).isGreaterThan(40);

            // And once more with another name, which is no restart of anything
            ScriptedMessage third = call.offer(method, LiteIceCall.described(4, "third", PASSWORD, "a=rtcp-mux"));
            assertThat(third.status()).isEqualTo(200);
            assertThat(third.bodyLines("a=ice-")).isEmpty();

            call.answering(sdp(HOST, 40_000, 5, "a=rtcp-mux", "a=recvonly"));
            talk.hold();
            call.scene.until(() -> call.laterOffers().size() == 1);
            ScriptedMessage hold = call.laterOffers().get(0);
            assertThat(hold.bodyLines("a=sendonly")).hasSize(1);
            assertThat(hold.bodyLines("a=ice-")).isEmpty();
            assertThat(hold.bodyLines("a=candidate:")).isEmpty();
            assertThat(talk.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        }
    }

    @Test
    void an_answer_without_ICE_leaves_later_offers_without_it() {
        try (LiteIceCall call = new LiteIceCall(8450, false)) {
            call.answering(sdp(HOST, 40_000, 1));
            Call talk = call.begin();
            assertThat(LiteIceCall.ufrag(call.first())).isNotEmpty();
            call.scene.pass(Duration.ofMillis(500));
            assertThat(call.peer.heard).isGreaterThan(20);
            assertThat(call.laterOffers()).isEmpty();

            call.answering(sdp(HOST, 40_000, 2, "a=recvonly"));
            talk.hold();
            call.scene.until(() -> call.laterOffers().size() == 1);
            ScriptedMessage hold = call.laterOffers().get(0);
            assertThat(hold.bodyLines("a=ice-")).isEmpty();
            assertThat(hold.bodyLines("a=candidate:")).isEmpty();
            assertThat(hold.bodyLines("m=audio ").get(0).split(" ")[0])
                    .isEqualTo(call.first().bodyLines("m=audio ").get(0).split(" ")[0]);
        }
    }
}
