// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.FakeContacts;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom one is connected with changes in the middle of a call: after a transfer, a pickup, in a ring group (RFC 3325, RFC 5876). */
class ConnectedLineTest {
    private static final String CONTACT = "Contact: <sip:bob@192.0.2.10:5060>";
    private static final String CAROL = "P-Asserted-Identity: \"Carol\" <sip:1003@192.0.2.10>";

    private ScriptedPhoneSystem scene;
    private ScriptedPeer pbx;

    @BeforeEach
    void phoneSystem() {
        scene = ScriptedPhoneSystem.udp(5).registered();
        pbx = scene.pbx;
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CAROL,
                "Remote-Party-ID: \"Carol\" <sip:1003@192.0.2.10>;party=calling;privacy=off;screen=no",
                "P-Asserted-Identity: \"Carol\" <sip:1003@192.0.2.10>, <tel:+4930123>\nPrivacy: none"
            })
    void an_UPDATE_without_SDP_updates_the_connected_identity(String identity) {
        Call call = incoming();
        pbx.request("UPDATE", pbx.last("SIP/2.0 200"), 2, "bob", CONTACT, identity);
        scene.until(() ->
                pbx.received("SIP/2.0 200").stream().anyMatch(m -> m.method().equals("UPDATE")));

        assertThat(called()).containsExactly("Carol 1003");
        assertThat(call.snapshot().caller().display()).isEqualTo("Carol");
        assertThat(call.snapshot().remote().user()).isEqualTo("1003");
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void a_reINVITE_changes_the_connected_party_and_an_unchanged_one_is_no_event() {
        Call call = incoming();
        ScriptedMessage answer = pbx.last("SIP/2.0 200");
        reInvite(answer, 2, CAROL);
        reInvite(answer, 3, CAROL);

        assertThat(called()).containsExactly("Carol 1003");
        assertThat(call.snapshot().remote().displayName()).isEqualTo("Carol");
    }

    @Test
    void an_identity_with_Privacy_is_withheld() {
        Call call = incoming();
        pbx.request("UPDATE", pbx.last("SIP/2.0 200"), 2, "bob", CONTACT, CAROL, "Privacy: id");
        scene.until(() -> !called().isEmpty());

        assertThat(call.snapshot().remote().withheld()).isTrue();
        assertThat(call.snapshot().caller()).isEqualTo(Caller.WITHHELD);
        pbx.request(
                "UPDATE",
                pbx.last("SIP/2.0 200"),
                3,
                "bob",
                CONTACT,
                "Remote-Party-ID: \"Carol\" <sip:1003@192.0.2.10>;party=calling;privacy=full");
        scene.pass(Duration.ofSeconds(1));
        assertThat(called()).hasSize(1);
        assertThat(call.snapshot().remote().withheld()).isTrue();
    }

    @Test
    void a_new_party_is_looked_up_first_and_reported_once() {
        try (ScriptedPhoneSystem known = new ScriptedPhoneSystem(
                        6,
                        SipTransport.UDP,
                        account -> account,
                        config -> config.platform(p -> p.contacts(new FakeContacts().add("Carol Contact", "1003"))
                                .permissions(new FakePermissions())))
                .registered()) {
            known.pbx.on("INVITE", invite -> known.pbx.respond(invite, "180 Ringing", CONTACT, CAROL));
            Call call = known.alice.dial("200");
            known.until(() -> call.snapshot().state() == CallState.RINGING_OUT);

            assertThat(known.told(CallEvent.CallerChanged.class)).hasSize(1);
            assertThat(call.snapshot().caller().display()).isEqualTo("Carol Contact");
            assertThat(call.snapshot().caller().source()).isEqualTo(Caller.Source.CONTACT);
        }
    }

    @Test
    void without_an_identity_nothing_changes() {
        Call call = incoming();
        pbx.request("UPDATE", pbx.last("SIP/2.0 200"), 2, "bob", CONTACT);
        scene.pass(Duration.ofSeconds(1));

        assertThat(called()).isEmpty();
        assertThat(call.snapshot().remote().user()).isEqualTo("bob");
    }

    @Test
    void ringing_and_answer_of_our_call_identify_the_connected_party() {
        pbx.on("INVITE", invite -> pbx.respond(invite, "180 Ringing", CONTACT, CAROL));
        Call call = scene.alice.dial("200");
        scene.until(() -> call.snapshot().state() == CallState.RINGING_OUT);
        assertThat(called()).containsExactly("Carol 1003");

        pbx.respond(
                pbx.last("INVITE"),
                "200 OK",
                lines(
                        CONTACT,
                        lines(
                                "Remote-Party-ID: \"Dave\" <sip:1004@192.0.2.10>;party=called;privacy=off;screen=yes",
                                sdp("192.0.2.10", 40_000, 1))));
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);

        assertThat(called()).containsExactly("Carol 1003", "Dave 1004");
        assertThat(call.snapshot().remote().user()).isEqualTo("1004");
    }

    @Test
    void the_history_keeps_the_dialled_number() {
        pbx.on(
                "INVITE",
                invite -> pbx.respond(invite, "200 OK", lines(CONTACT, lines(CAROL, sdp("192.0.2.10", 40_000, 1)))));
        pbx.on("BYE", bye -> pbx.respond(bye, "200 OK"));
        Call call = scene.alice.dial("200");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        call.hangUp();
        scene.until(() -> !scene.client.people().history().snapshot().entries().isEmpty());

        HistoryEntry entry =
                scene.client.people().history().snapshot().entries().get(0);
        assertThat(((HistoryEntry.CallRecord) entry).number()).isEqualTo("200");
    }

    @Test
    void only_the_phone_system_can_change_the_connected_party() {
        Call call = incoming();
        ScriptedMessage answer = pbx.last("SIP/2.0 200");
        try (ScriptedPeer stranger = ScriptedPeer.udp(scene.network.host("192.0.2.66"), "192.0.2.66", 5060)) {
            stranger.sendTo(pbx.remote().getHostString(), pbx.remote().getPort());
            stranger.request("UPDATE", answer, 3, "bob", CONTACT, CAROL);
            scene.pass(Duration.ofSeconds(1));
            assertThat(stranger.received()).isEmpty();
        }

        assertThat(called()).isEmpty();
        assertThat(call.snapshot().remote().user()).isEqualTo("bob");

        // It did arrive, and used up no number of the dialog's (RFC 3261 §12.2.2).
        CompletableFuture<ClientCounters> counters = scene.client.counters().toCompletableFuture();
        scene.until(counters::isDone);
        assertThat(counters.join().refusals()).containsEntry("untrusted-source", 1L);
        pbx.request("UPDATE", answer, 2, "bob", CONTACT, CAROL);
        scene.until(() -> !called().isEmpty());
        assertThat(called()).containsExactly("Carol 1003");
    }

    @Test
    void the_answer_to_our_UPDATE_identifies_the_connected_party() {
        scene.close();
        scene = new ScriptedPhoneSystem(
                        5, SipTransport.UDP, account -> account, config -> config.mediaTimeout(Duration.ofMinutes(5)))
                .registered();
        pbx = scene.pbx;
        pbx.on("UPDATE", update -> pbx.respond(update, "200 OK", CONTACT, CAROL));
        Call call = incoming(
                "Allow: INVITE, ACK, BYE, CANCEL, UPDATE", "Supported: timer", "Session-Expires: 90;refresher=uas");
        scene.pass(Duration.ofSeconds(50));

        assertThat(pbx.received("UPDATE")).hasSize(1);
        assertThat(called()).containsExactly("Carol 1003");
        assertThat(call.snapshot().remote().displayName()).isEqualTo("Carol");
    }

    private Call incoming(String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of(sdp("192.0.2.10", 40_000, 1)));
        scene.invite("line-1", "z9hG4bKline1", 1, all.toArray(new String[0]));
        scene.until(() -> !scene.incoming.isEmpty());
        scene.incoming.get(0).answer();
        scene.until(() -> !pbx.received("SIP/2.0 200").isEmpty());
        pbx.request("ACK", pbx.last("SIP/2.0 200"), 1, "bob");
        scene.until(() -> scene.incoming.get(0).snapshot().state() == CallState.ESTABLISHED);
        return scene.incoming.get(0);
    }

    private void reInvite(ScriptedMessage answer, int cseq, String identity) {
        pbx.request("INVITE", answer, cseq, "bob", lines(CONTACT, lines(identity, sdp("192.0.2.10", 40_000, cseq))));
        scene.until(() -> pbx.last("SIP/2.0 200").header("CSeq").equals(cseq + " INVITE"));
        pbx.request("ACK", answer, cseq, "bob");
        scene.pass(Duration.ofSeconds(1));
    }

    private List<String> called() {
        return scene.told(CallEvent.CallerChanged.class).stream()
                .map(event -> event.after().caller().display() + " "
                        + event.after().remote().user())
                .collect(Collectors.toList());
    }
}
