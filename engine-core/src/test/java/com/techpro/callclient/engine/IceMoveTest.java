// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.CONTACT;
import static com.techpro.callclient.engine.ScriptedPhoneSystem.HOST;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.net.NetworkMonitor;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.FakeNetworkMonitor;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a phone system is told of media with ICE when the address, or only the connection, is another one. */
class IceMoveTest {
    private static final String NEW = "198.51.100.77";

    private final FakeNetworkMonitor monitor = new FakeNetworkMonitor(Runnable::run);

    private LiteIceCall udp(long seed, boolean incoming) {
        return new LiteIceCall(
                seed, SipTransport.UDP, incoming, config -> config.platform(p -> p.networkMonitor(monitor)));
    }

    private static String[] described(String... more) {
        return LiteIceCall.described(1, LiteIcePeer.UFRAG, LiteIcePeer.PASSWORD, more);
    }

    private void move(LiteIceCall call) {
        call.scene.phone.moveTo(NEW);
        monitor.become(NetworkMonitor.Status.on("second"));
    }

    /** Another generation at the new address, with nothing of the old one. */
    private static void isFoundAtTheNewAddress(ScriptedMessage description, ScriptedMessage before) {
        assertThat(LiteIceCall.ufrag(description)).isNotEmpty().isNotEqualTo(LiteIceCall.ufrag(before));
        assertThat(description.bodyLines("a=ice-pwd:")).isNotEqualTo(before.bodyLines("a=ice-pwd:"));
        assertThat(description.bodyLines("a=candidate:"))
                .isNotEmpty()
                .allMatch(candidate -> candidate.contains(" " + NEW + " "));
        assertThat(description.bodyLines("c=")).isNotEmpty().allMatch(("IN IP4 " + NEW)::equals);
        assertThat(description.body()).doesNotContain(" " + ScriptedPhoneSystem.PHONE + " ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void C10_a_call_that_moves_offers_candidates_of_its_new_address_once(boolean incoming) {
        try (LiteIceCall call = udp(101, incoming)) {
            Call talk = call.begin("a=rtcp-mux", "a=recvonly");
            call.scene.pass(Duration.ofSeconds(1));
            move(call);
            call.scene.until(() -> !call.laterOffers().isEmpty());
            call.scene.pass(Duration.ofSeconds(1));
            call.peer.heard = 0;
            call.scene.pass(Duration.ofSeconds(1));

            assertThat(call.laterOffers()).hasSize(1);
            isFoundAtTheNewAddress(call.laterOffers().get(0), call.first());
            assertThat(call.laterOffers().get(0).uri("Contact")).contains(NEW);
            assertThat(call.peer.usernames)
                    .contains(LiteIcePeer.UFRAG + ":"
                            + LiteIceCall.ufrag(call.laterOffers().get(0)));
            assertThat(call.peer.heard).isGreaterThan(40);
            assertThat(talk.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        }
    }

    /** RFC 3264 §8.3.1. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void C10_a_call_without_ICE_offers_the_plain_new_address(boolean incoming) {
        try (LiteIceCall call = udp(102, incoming)) {
            String[] plain = sdp(HOST, 40_000, 1, "a=recvonly");
            call.answering(plain);
            if (incoming) {
                call.scene.answered(plain);
            } else {
                call.begin();
            }
            call.scene.pass(Duration.ofSeconds(1));
            move(call);
            call.scene.until(() -> !call.laterOffers().isEmpty());
            call.scene.pass(Duration.ofSeconds(2));

            assertThat(call.laterOffers()).hasSize(1);
            ScriptedMessage offer = call.laterOffers().get(0);
            assertThat(offer.bodyLines("c=")).isNotEmpty().allMatch(("IN IP4 " + NEW)::equals);
            assertThat(offer.bodyLines("a=ice-")).isEmpty();
            assertThat(offer.bodyLines("a=candidate:")).isEmpty();
        }
    }

    @Test
    void C10_a_call_awaiting_its_ACK_sends_its_new_address_after_the_ACK() {
        try (LiteIceCall call = udp(103, true)) {
            call.scene.invite("one", "z9hG4bKone", 1, described("a=recvonly", "a=rtcp-mux"));
            call.scene.until(() -> !call.scene.incoming.isEmpty());
            call.scene.incoming.get(0).answer();
            call.scene.until(() -> !call.scene.pbx.received("SIP/2.0 200").isEmpty());
            ScriptedMessage answer = call.scene.pbx.last("SIP/2.0 200");
            move(call);
            call.scene.pass(Duration.ofSeconds(2));
            assertThat(call.laterOffers()).isEmpty();

            call.scene.pbx.request("ACK", answer, 1, "bob");
            call.scene.until(() -> !call.laterOffers().isEmpty());
            isFoundAtTheNewAddress(call.laterOffers().get(0), answer);
        }
    }

    /** RFC 3261 §9.1: what rang for the INVITE from the old address is given up, and rings anew. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void C10_a_call_that_is_not_answered_yet_rings_anew_when_there_is_a_network_again(boolean sameAddress) {
        try (LiteIceCall call = udp(104, false)) {
            call.scene.pbx.on("INVITE", invite -> call.scene.pbx.respond(invite, "180 Ringing", CONTACT));
            call.scene.pbx.on("CANCEL", cancel -> call.scene.pbx.respond(cancel, "200 OK"));
            Call talk = call.scene.alice.dial("bob");
            call.scene.until(() -> talk.snapshot().state() == CallState.RINGING_OUT);
            ScriptedMessage first = call.scene.pbx.last("INVITE");
            monitor.become(NetworkMonitor.Status.OFFLINE);
            call.scene.pass(Duration.ofSeconds(2));
            call.scene.pbx.forget();
            if (!sameAddress) {
                call.scene.phone.moveTo(NEW);
            }
            monitor.become(NetworkMonitor.Status.on("second"));

            call.scene.until(() -> !call.scene.pbx.received("INVITE").isEmpty());
            ScriptedMessage anew = call.scene.pbx.last("INVITE");
            assertThat(anew.header("Call-ID") + anew.header("CSeq"))
                    .isNotEqualTo(first.header("Call-ID") + first.header("CSeq"));
            if (sameAddress) {
                assertThat(anew.bodyLines("a=candidate:")).isEqualTo(first.bodyLines("a=candidate:"));
            } else {
                isFoundAtTheNewAddress(anew, first);
            }
            call.scene.until(() -> talk.snapshot().state() == CallState.RINGING_OUT);
            call.scene.pbx.respond(anew, "200 OK", lines(CONTACT, described("a=rtcp-mux")));
            call.scene.until(() -> talk.snapshot().state() == CallState.ESTABLISHED);
            call.scene.pass(Duration.ofSeconds(2));
            assertThat(call.peer.usernames)
                    .isNotEmpty()
                    .allMatch((LiteIcePeer.UFRAG + ":" + LiteIceCall.ufrag(anew))::equals);
            assertThat(call.peer.heard).isGreaterThan(80);
        }
    }

    /** RFC 3261 §12.2: the connection alone is another one, and no candidates are gathered that anybody could wait for. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_new_connection_from_the_same_address_sends_UPDATE_and_keeps_the_media_path(boolean incoming) {
        try (LiteIceCall call = new LiteIceCall(105, SipTransport.TCP, incoming, config -> config)) {
            Call talk = call.begin("a=rtcp-mux", "a=recvonly");
            call.scene.pass(Duration.ofSeconds(1));
            int before = call.scene.pbx.received("REGISTER").size();
            call.scene.pbx.disconnect();
            call.scene.until(() -> call.scene.pbx.received("REGISTER").size() > before);

            call.scene.until(() -> !call.scene.pbx.received("UPDATE").isEmpty());
            ScriptedMessage update = call.scene.pbx.last("UPDATE");
            assertThat(update.uri("Contact"))
                    .isEqualTo(call.scene.pbx.last("REGISTER").uri("Contact"))
                    .isNotEqualTo(call.first().uri("Contact"));
            assertThat(update.body()).isEmpty();
            call.peer.heard = 0;
            call.scene.pass(Duration.ofSeconds(2));
            assertThat(call.peer.heard).isGreaterThan(80);
            assertThat(call.laterOffers()).isEmpty();
            assertThat(call.peer.usernames)
                    .allMatch((LiteIcePeer.UFRAG + ":" + LiteIceCall.ufrag(call.first()))::equals);
            assertThat(talk.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        }
    }
}
