// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An installation that the registrar gave addresses of its own (RFC 5627), and how often it is heard of (RFC 6223). */
class GruuTest {
    private static final String PUBLIC = "sip:alice@example.com;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
    private static final String TEMPORARY = "sip:tgruu.7hs==jd7vnzga5w7fajsc7@example.com;gr";

    private ScriptedPhoneSystem scene;
    private String gruus = ";pub-gruu=\"" + PUBLIC + "\";temp-gruu=\"" + TEMPORARY + "\"";
    private String keep = "";

    @BeforeEach
    void open() {
        scene = new ScriptedPhoneSystem(5627, SipTransport.TCP, account -> account.usesGruu(true), config -> config);
        scene.pbx.on("REGISTER", register -> {
            String contact = register.header("Contact");
            String other = "<sip:alice@192.0.2.77>;+sip.instance=\"<urn:uuid:00000000-0000-4000-8000-000000000000>\""
                    + ";pub-gruu=\"sip:alice@example.com;gr=another\"";
            String bindings = register.header("Expires").equals("0")
                    ? ""
                    : "Contact: " + other + ";expires=600, " + contact + gruus + ";expires=600";
            if (keep.isEmpty()) {
                scene.pbx.respond(register, "200 OK", bindings);
            } else {
                scene.pbx.send("SIP/2.0 200 OK\nVia: "
                        + register.header("Via").replace(";keep", ";keep=" + keep) + "\nFrom: "
                        + register.header("From") + "\nTo: " + register.header("To") + ";tag=reg\nCall-ID: "
                        + register.header("Call-ID") + "\nCSeq: " + register.header("CSeq") + "\n" + bindings + "\n");
            }
        });
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private ScriptedMessage called(CallOptions options) {
        scene.pbx.forget();
        scene.alice.dial("bob", options);
        scene.until(() -> !scene.pbx.received("INVITE").isEmpty());
        return scene.pbx.last("INVITE");
    }

    @Test
    void the_public_address_is_asked_for_and_is_the_contact_of_calls_that_are_made() {
        scene.registered();
        assertThat(scene.pbx.last("REGISTER").header("Supported")).contains("gruu");
        ScriptedMessage invite = called(CallOptions.DEFAULT);
        assertThat(invite.uri("Contact")).isEqualTo(PUBLIC);
        assertThat(invite.header("Supported")).contains("gruu");
    }

    @Test
    void it_is_neither_asked_for_nor_used_unless_the_account_says_so() {
        try (ScriptedPhoneSystem plain = ScriptedPhoneSystem.tcp(5628)) {
            plain.pbx.on(
                    "REGISTER",
                    register -> plain.pbx.respond(
                            register,
                            "200 OK",
                            "Contact: " + register.header("Contact") + ";pub-gruu=\"" + PUBLIC + "\";expires=600"));
            plain.registered();
            assertThat(plain.pbx.last("REGISTER").header("Supported")).doesNotContain("gruu");
            plain.alice.dial("bob");
            plain.until(() -> !plain.pbx.received("INVITE").isEmpty());
            assertThat(plain.pbx.last("INVITE").uri("Contact")).contains("@192.0.2.1:");
            assertThat(plain.pbx.last("INVITE").header("Supported")).doesNotContain("gruu");
        }
    }

    @Test
    void a_SUBSCRIBE_has_the_address_of_the_flow_as_Contact() {
        scene.registered();
        scene.alice.watch("1002");
        scene.until(() -> !scene.pbx.received("SUBSCRIBE").isEmpty());
        assertThat(scene.pbx.last("SUBSCRIBE").uri("Contact")).contains("@192.0.2.1:");
    }

    @Test
    void the_registration_itself_keeps_the_address_of_the_flow() {
        scene.registered();
        scene.alice.register();
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.pbx.last("REGISTER").uri("Contact")).contains("@192.0.2.1:");
    }

    @Test
    void a_call_with_a_withheld_number_uses_the_temporary_GRUU() {
        scene.registered();
        ScriptedMessage invite = called(CallOptions.DEFAULT.withNumberWithheld(true));
        assertThat(invite.uri("Contact")).isEqualTo(TEMPORARY);
        scene.pbx.respond(
                invite,
                "200 OK",
                ScriptedPeer.lines(
                        "Contact: <sip:bob@192.0.2.10:5060>", ScriptedPeer.sdp(ScriptedPhoneSystem.HOST, 40_000, 1)));
        scene.pass(Duration.ofSeconds(1));
        scene.client.calls().get(0).hold();
        scene.until(() -> scene.pbx.received("INVITE").size() > 1);
        assertThat(scene.pbx.last("INVITE").uri("Contact"))
                .as("later requests of the call say no more")
                .isEqualTo(TEMPORARY);
    }

    @Test
    void an_attended_transfer_names_the_address_of_the_very_phone() {
        scene.registered();
        scene.pbx.on("INVITE", this::answer);
        Call one = talking("bob");
        Call other = talking("carol");
        var unused = one.transferTo(other);
        scene.until(() -> !scene.pbx.received("REFER").isEmpty());
        assertThat(scene.pbx.last("REFER").header("Refer-To"))
                .startsWith("<sip:carol@example.com;gr=urn:uuid:carols-phone?Replaces=");
    }

    /** Carol's phone has an address of its own. */
    private void answer(ScriptedMessage invite) {
        String contact = invite.header("To").contains("carol")
                ? "Contact: <sip:carol@example.com;gr=urn:uuid:carols-phone>"
                : "Contact: <sip:bob@192.0.2.10:5060>";
        scene.pbx.respond(
                invite, "200 OK", ScriptedPeer.lines(contact, ScriptedPeer.sdp(ScriptedPhoneSystem.HOST, 40_000, 1)));
    }

    private Call talking(String user) {
        Call call = scene.alice.dial(user);
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        return call;
    }

    @Test
    void an_incoming_call_gets_the_public_GRUU_as_Contact() {
        scene.registered();
        scene.invite("one", "z9hG4bK1", 1, ScriptedPeer.sdp(ScriptedPhoneSystem.HOST, 40_000, 1));
        scene.until(() -> !scene.pbx.received("SIP/2.0 180").isEmpty());
        assertThat(scene.pbx.last("SIP/2.0 180").uri("Contact")).isEqualTo(PUBLIC);
        scene.incoming.get(0).reject(RejectReason.BUSY);
    }

    @Test
    void a_call_to_either_GRUU_rings_and_one_to_an_unknown_GRUU_is_rejected() {
        scene.registered();
        int calls = 0;
        for (String target : new String[] {PUBLIC, TEMPORARY}) {
            invite(target, ++calls);
            int expected = calls;
            scene.until(() -> scene.incoming.size() == expected);
            scene.incoming.get(calls - 1).reject(RejectReason.BUSY);
            scene.pass(Duration.ofSeconds(1));
        }
        invite("sip:tgruu.unknown@example.com;gr", ++calls);
        scene.until(() -> !scene.pbx.received("SIP/2.0 404").isEmpty());
        assertThat(scene.incoming).hasSize(2);
    }

    private void invite(String target, int number) {
        scene.pbx.send("INVITE " + target + " SIP/2.0\nVia: SIP/2.0/TCP 192.0.2.10:5060;branch=z9hG4bKg" + number
                + "\nMax-Forwards: 70\nFrom: <sip:bob@192.0.2.10>;tag=bob\nTo: <" + target + ">\nCall-ID: g" + number
                + "\nCSeq: 1 INVITE\nContact: <sip:bob@192.0.2.10:5060>\n"
                + String.join("\n", ScriptedPeer.sdp(ScriptedPhoneSystem.HOST, 40_000, 1)) + "\n");
    }

    @Test
    void an_invalid_GRUU_is_not_used() {
        gruus = ";pub-gruu=\"sip:alice@example.com\";temp-gruu=\"tel:+49\"";
        scene.registered();
        assertThat(called(CallOptions.DEFAULT).uri("Contact")).contains("@192.0.2.1:");
    }

    @Test
    void a_next_hop_that_says_how_often_it_wants_to_hear_of_us_does() {
        keep = "10";
        scene.pbx.answersPings(true);
        scene.registered();
        assertThat(scene.pbx.last("REGISTER").header("Via")).endsWith(";keep");
        scene.pass(Duration.ofSeconds(100));
        assertThat(scene.pbx.pings()).isBetween(10, 13);
    }

    @Test
    void one_that_says_nothing_hears_as_often_as_the_account_says() {
        scene.registered();
        scene.pass(Duration.ofSeconds(100));
        // One at once, and then every 16 to 20 s.
        assertThat(scene.pbx.pings()).isBetween(5, 7);
    }
}
