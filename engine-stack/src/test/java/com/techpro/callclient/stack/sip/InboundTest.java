// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes in: policy, calls, CANCEL, ACK, strangers (RFC 3261 §8.2, §9.2, §11.2, §13.3). */
class InboundTest {
    private final SipScene scene = new SipScene();
    private final SipEndpoint endpoint = scene.endpoint();
    private SipUri contact = SipScene.CALLEE;

    @BeforeEach
    void registered() {
        scene.register(endpoint);
        contact = scene.on(() -> endpoint.contact().uri());
    }

    private SipRequest.Builder from(String method, String branch) {
        return scene.fromPbx(method, contact, branch);
    }

    private void send(SipRequest.Builder request) {
        scene.pbx.send(request.build());
        scene.pass(20);
    }

    @Test
    void a_call_rings_is_answered_and_acknowledged() {
        send(from("INVITE", "a"));
        ServerTransactionHandle invite = scene.incoming.get(0);
        scene.run(() -> invite.respond(endpoint.response(invite, 180).build()));
        scene.pass(10);
        scene.run(() -> invite.respond(endpoint.response(invite, 200).build()));
        scene.pass(10);
        Dialog dialog = Dialog.uas(invite.request(), invite.localTag(), false);
        String tag = scene.pbx.responses.get(1).to().tag();

        assertThat(scene.pbx.statuses()).containsExactly(180, 200);
        assertThat(scene.pbx.responses.get(0).to().tag()).isEqualTo(tag).isEqualTo(invite.localTag());
        assertThat(scene.pbx.responses.get(1).contacts())
                .singleElement()
                .satisfies(c -> assertThat(c.uri().encode()).isEqualTo(contact.encode()));
        assertThat(dialog.id().remoteTag()).isEqualTo("caller");

        send(from("ACK", "ack").callId("incoming-a").to(invite.request().to().withTag(tag)));
        scene.pass(40_000);
        assertThat(scene.pbx.statuses()).as("no repetition after the ACK").containsExactly(180, 200);
        quietAfterClosing();
    }

    @Test
    void a_2xx_is_repeated_until_64_T1_and_then_the_call_hears_of_it() {
        send(from("INVITE", "a"));
        ServerTransactionHandle invite = scene.incoming.get(0);
        scene.run(() -> invite.respond(endpoint.response(invite, 200).build()));
        scene.pass(31_900);
        assertThat(scene.heard).containsExactly("invite");
        scene.pass(200);

        assertThat(scene.heard).containsExactly("invite", "no ack");
        assertThat(scene.pbx.statuses())
                .as("at 0, 0.5, 1.5, 3.5, 7.5 and every 4 s up to 31.5")
                .hasSize(11)
                .containsOnly(200);
        quietAfterClosing();
    }

    @Test
    void a_repeated_invite_is_absorbed_and_a_100_is_sent_after_200_ms() {
        SipRequest invite = from("INVITE", "a").build();
        scene.pbx.send(invite);
        scene.pass(500);
        scene.pbx.send(invite);
        scene.pass(50);

        assertThat(scene.heard).containsExactly("invite");
        assertThat(scene.pbx.statuses()).containsExactly(100, 100);
    }

    @Test
    void cancel_is_answered_and_ends_the_invite() {
        scene.ringing = true;
        send(from("INVITE", "a"));
        send(from("CANCEL", "a").add("Reason", "SIP;cause=200").add("Reason", "Q.850;cause=26"));
        send(from("ACK", "a").to(scene.pbx.responses.get(1).to()));

        assertThat(scene.heard).containsExactly("invite", "cancelled [SIP;cause=200, Q.850;cause=26]");
        assertThat(scene.pbx.statuses()).containsExactly(200, 487);
        assertThat(scene.pbx.responses.get(0).cseq().method()).isEqualTo("CANCEL");
        assertThat(scene.pbx.responses.get(0).to().tag())
                .isEqualTo(scene.pbx.responses.get(1).to().tag());
        quietAfterClosing();
    }

    @Test
    void a_late_cancel_changes_nothing_and_a_stray_one_is_481() {
        send(from("INVITE", "a"));
        scene.run(() -> scene.incoming.get(0).respond(486));
        send(from("CANCEL", "a"));
        send(from("CANCEL", "b"));

        assertThat(scene.heard).containsExactly("invite");
        assertThat(scene.pbx.statuses()).containsExactly(486, 200, 481);
    }

    @Test
    void one_request_on_two_ways_is_refused_the_second_time() {
        send(from("INVITE", "a"));
        send(from("INVITE", "b").callId("incoming-a"));

        assertThat(scene.heard).containsExactly("invite");
        assertThat(scene.pbx.statuses()).containsExactly(482);
        assertThat(scene.on(scene.stack::counters).transactions().merged()).isEqualTo(1);
    }

    @Test
    void the_rules_of_rfc_3261_section_8_2() {
        send(from("PUBLISH", "a"));
        assertThat(scene.pbx.responses.get(0).status()).isEqualTo(405);
        assertThat(scene.pbx.responses.get(0).headers("Allow")).contains("INVITE", "BYE");

        send(from("INVITE", "b").add("Require", "precondition").add("Require", "path"));
        assertThat(scene.pbx.responses.get(1).status()).isEqualTo(420);
        assertThat(scene.pbx.responses.get(1).headers("Unsupported")).containsExactly("precondition");

        send(from("OPTIONS", "c"));
        assertThat(scene.pbx.responses.get(2).status()).isEqualTo(200);
        assertThat(scene.pbx.responses.get(2).headers("Accept")).contains("application/sdp");
        assertThat(scene.pbx.responses.get(2).headers("Allow")).contains("INVITE");

        send(from("BYE", "d"));
        assertThat(scene.pbx.responses.get(3).status()).isEqualTo(481);

        send(scene.fromPbx("INVITE", SipUri.of("tel:+441632960083"), "e"));
        assertThat(scene.pbx.responses.get(4).status()).isEqualTo(416);

        send(scene.fromPbx("INVITE", SipUri.of("sip:2000@192.0.2.1"), "f"));
        assertThat(scene.pbx.responses.get(5).status()).isEqualTo(404);

        assertThat(scene.heard).isEmpty();
    }

    @Test
    void an_invite_to_a_contact_rewritten_by_the_phone_system_finds_its_account() {
        send(scene.fromPbx("INVITE", SipUri.of("sip:1001@198.51.100.1"), "a"));

        assertThat(scene.heard).containsExactly("invite");
    }

    @Test
    void other_requests_go_to_the_account() {
        send(from("NOTIFY", "a"));

        assertThat(scene.heard).containsExactly("request NOTIFY");
        scene.run(() -> scene.incoming.get(0).respond(200));
    }

    @Test
    void strangers_over_udp_get_no_answer_and_are_counted() {
        ScriptedPeer scanner = new ScriptedPeer(scene.network.host("203.0.113.66"), "203.0.113.66", 5060);
        for (String method : new String[] {"OPTIONS", "INVITE", "REGISTER", "BYE", "CANCEL"}) {
            scanner.send(
                    scene.fromPbx(method, contact, "s" + method)
                            .set("Via", "SIP/2.0/UDP 203.0.113.66:5060;branch=z9hG4bKs" + method + ";rport")
                            .build(),
                    scene.pbx.engineAddress());
        }
        scene.pass(6000);

        assertThat(scanner.responses).isEmpty();
        assertThat(scene.heard).isEmpty();
        SipCounters counters = scene.on(scene.stack::counters);
        assertThat(counters.untrustedSources()).isEqualTo(5);
        assertThat(counters.transactions().active()).isZero();
    }

    @Test
    void accounts_with_one_user_name_are_told_apart_by_their_contacts() {
        SipEndpoint second = scene.endpoint();
        scene.register(second);
        SipUri secondContact = scene.on(() -> second.contact().uri());
        assertThat(secondContact.encode()).isNotEqualTo(contact.encode());

        send(scene.fromPbx("INVITE", secondContact, "a"));

        ServerTransactionHandle invite = scene.incoming.get(0);
        assertThat(invite.request().requestUri().encode()).isEqualTo(secondContact.encode());
        assertThat(second.isAddressedBy(invite.request().requestUri())).isTrue();
        assertThat(endpoint.isAddressedBy(invite.request().requestUri())).isFalse();
    }

    @Test
    void the_account_is_told_when_its_flow_is_lost() {
        scene.run(scene.stack::close);
        scene.pass(10);

        assertThat(scene.heard).containsExactly("flow lost");
        assertThat(scene.scheduler.pendingTimers()).isZero();
        assertThat(scene.network.host(SipScene.ENGINE).openLinks()).isZero();
    }

    private void quietAfterClosing() {
        scene.run(endpoint::close);
        scene.assertQuiet();
        assertThat(scene.scheduler.pendingTimers()).isZero();
    }
}
