// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may send within a dialog: its account's phone system and whom that named, and nobody else who learned the tags. */
class DialogTrustTest {
    private static final String STRANGER = "203.0.113.66";
    private static final String FAR_END = "192.0.2.77";

    private final SipScene scene = new SipScene();
    private final SipEndpoint endpoint = scene.endpoint();
    private final List<String> inDialog = new ArrayList<>();
    private SipUri contact;
    private ServerTransactionHandle invite;
    private Dialog dialog;
    private int sent;

    @BeforeEach
    void aCall() {
        scene.register(endpoint);
        contact = scene.on(() -> endpoint.contact().uri());
        scene.pbx.send(scene.fromPbx("INVITE", contact, "call")
                .contact(NameAddr.of(SipUri.of("sip:1002@" + FAR_END + ":5060")))
                .build());
        scene.pass(20);
        invite = scene.incoming.get(0);
        dialog = scene.answer(endpoint, invite, inDialog);
        scene.pass(20);
        scene.pbx.responses.clear();
    }

    private ScriptedPeer peer(String address) {
        return new ScriptedPeer(scene.network.host(address), address, 5060);
    }

    private SipRequest within(String method, long cseq, String from) {
        return scene.fromPbx(method, contact, "d" + sent++)
                .set("Via", "SIP/2.0/UDP " + from + ":5060;branch=z9hG4bKd" + sent + ";rport")
                .callId("incoming-call")
                .cseq(cseq, method)
                .to(invite.request().to().withTag(invite.localTag()))
                .contact(NameAddr.of(SipUri.of("sip:evil@" + from)))
                .build();
    }

    private void send(ScriptedPeer from, SipRequest request) {
        from.send(request, scene.pbx.engineAddress());
        scene.pass(20);
    }

    private void acknowledged() {
        send(scene.pbx, within("ACK", 1, SipScene.PBX));
        inDialog.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "UPDATE", "BYE", "INFO", "NOTIFY", "OPTIONS", "PRACK"})
    void an_untrusted_source_that_knows_the_tags_is_refused_and_changes_no_dialog_state(String method) {
        acknowledged();
        ScriptedPeer stranger = peer(STRANGER);
        send(stranger, within(method, 1_000, STRANGER));

        assertThat(stranger.statuses()).containsExactly(403);
        assertThat(inDialog).isEmpty();
        assertThat(dialog.remoteTarget().encode()).isEqualTo("sip:1002@" + FAR_END + ":5060");
        assertThat(scene.on(scene.stack::counters).untrustedSources()).isEqualTo(1);
        send(scene.pbx, within("INFO", 2, SipScene.PBX));
        assertThat(inDialog).as("the CSeq is not used up").containsExactly("INFO");
    }

    @Test
    void the_phone_system_is_trusted_from_any_port() {
        acknowledged();
        ScriptedPeer other = new ScriptedPeer(scene.network.host(SipScene.PBX), SipScene.PBX, 5090);
        send(other, within("INFO", 2, SipScene.PBX));

        assertThat(other.statuses()).containsExactly(200);
    }

    @Test
    void without_a_recorded_route_the_far_end_itself_sends_from_where_its_contact_says() {
        acknowledged();
        ScriptedPeer farEnd = peer(FAR_END);
        send(farEnd, within("BYE", 2, FAR_END));

        assertThat(farEnd.statuses()).containsExactly(200);
        assertThat(inDialog).containsExactly("BYE");
    }

    @Test
    void another_accounts_phone_system_is_no_more_than_a_stranger() {
        acknowledged();
        scene.network.dns().address("other.example", "198.51.100.20");
        SipAccount second = SipAccount.builder("2001", "other.example", Secret.of("secret"))
                .transport(SipTransport.UDP)
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                .build();
        ScriptedPeer other = peer("198.51.100.20");
        SipEndpoint elsewhere = scene.endpoint(second);
        scene.run(() -> elsewhere.send(elsewhere.newRegister(), scene.listener("register")));
        scene.pass(100);
        send(other, within("BYE", 2, "198.51.100.20"));

        assertThat(other.statuses()).containsExactly(403);
        assertThat(inDialog).isEmpty();
    }

    @Test
    void a_strangers_ack_does_not_end_the_wait_for_the_real_one() {
        send(peer(STRANGER), within("ACK", 1, STRANGER));
        scene.pass(1_000);

        assertThat(inDialog).isEmpty();
        assertThat(scene.pbx.statuses()).as("the 200 is repeated").contains(200, 200);
        send(scene.pbx, within("ACK", 1, SipScene.PBX));
        assertThat(inDialog).containsExactly("ACK");
    }

    @Test
    void a_strangers_cancel_does_not_end_a_call_that_rings() {
        acknowledged();
        scene.ringing = true;
        scene.pbx.send(scene.fromPbx("INVITE", contact, "second").build());
        scene.pass(20);
        send(peer(STRANGER), scene.fromPbx("CANCEL", contact, "second").build());

        assertThat(scene.heard).doesNotContain("cancelled []");
        scene.pbx.send(scene.fromPbx("CANCEL", contact, "second").build());
        scene.pass(20);
        assertThat(scene.heard).contains("cancelled []");
    }
}
