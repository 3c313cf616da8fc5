// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The connection to the phone system was lost and made anew from the same address: calls go on, and the phone system learns where their
 * requests are to go now (RFC 3261 §12.2: target refresh).
 */
class DialogFollowsFlowTest {
    private static final String CONTACT = "Contact: <sip:bob@192.0.2.10:5060;transport=tcp>";
    private static final String WITH_UPDATE = CONTACT + "\nAllow: INVITE, ACK, CANCEL, BYE, UPDATE";

    private ScriptedPhoneSystem scene;
    private ScriptedPeer pbx;
    private String answering = WITH_UPDATE;

    @BeforeEach
    void phoneSystem() {
        scene = ScriptedPhoneSystem.tcp(2).registered();
        pbx = scene.pbx;
        pbx.on("INVITE", this::ok);
        pbx.on("UPDATE", update -> pbx.respond(update, "200 OK", CONTACT));
        pbx.on("BYE", bye -> pbx.respond(bye, "200 OK"));
    }

    private void ok(ScriptedMessage invite) {
        String direction = invite.bodyLines("a=sendonly").isEmpty() ? "a=sendrecv" : "a=recvonly";
        pbx.respond(invite, "200 OK", lines(answering, sdp("192.0.2.10", 40_000, 1, direction)));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void each_call_tells_its_new_contact_by_UPDATE_and_sound_is_left_alone() {
        Call call = established("bob");
        ScriptedMessage first = pbx.last("INVITE");
        reconnect();

        scene.until(() -> !pbx.received("UPDATE").isEmpty());
        scene.pass(Duration.ofSeconds(5));
        assertThat(pbx.received("UPDATE")).hasSize(1);
        ScriptedMessage update = pbx.last("UPDATE");
        assertThat(update.uri("Contact")).isEqualTo(pbx.last("REGISTER").uri("Contact"));
        assertThat(update.uri("Contact")).isNotEqualTo(first.uri("Contact"));
        assertThat(update.header("Call-ID")).isEqualTo(first.header("Call-ID"));
        assertThat(update.body()).isEmpty();
        assertThat(pbx.received("INVITE")).hasSize(1);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);

        // And once more, which is another connection again.
        pbx.forget();
        reconnect();
        scene.until(() -> !pbx.received("UPDATE").isEmpty());
        assertThat(pbx.last("UPDATE").uri("Contact"))
                .isEqualTo(pbx.last("REGISTER").uri("Contact"));
    }

    @Test
    void a_phone_system_without_UPDATE_is_told_by_reINVITE_of_the_same_media() {
        answering = CONTACT + "\nAllow: INVITE, ACK, CANCEL, BYE";
        Call call = established("bob");
        ScriptedMessage first = pbx.last("INVITE");
        reconnect();

        scene.until(
                () -> pbx.received("INVITE").size() == 2 && pbx.received("ACK").size() == 2);
        ScriptedMessage second = pbx.last("INVITE");
        assertThat(second.uri("Contact")).isEqualTo(pbx.last("REGISTER").uri("Contact"));
        assertThat(withoutOrder(second)).isEqualTo(withoutOrder(first));
        assertThat(second.body()).contains(" RTP/AVP 0 ");
        scene.pass(Duration.ofSeconds(5));
        assertThat(pbx.received("INVITE")).hasSize(2);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    /** The lines and formats of a description; the codec in use is the first of a later one, which has another version. */
    private static List<String> withoutOrder(ScriptedMessage described) {
        return described
                .body()
                .lines()
                .filter(line -> !line.startsWith("o="))
                .flatMap(line -> line.startsWith("m=") ? Stream.of(line.split(" ")) : Stream.of(line))
                .sorted()
                .collect(Collectors.toList());
    }

    @Test
    void an_UPDATE_that_is_not_known_after_all_becomes_a_reINVITE() {
        pbx.on("UPDATE", update -> pbx.respond(update, "501 Not Implemented"));
        established("bob");
        reconnect();

        scene.until(() -> pbx.received("INVITE").size() == 2);
        assertThat(pbx.last("INVITE").uri("Contact"))
                .isEqualTo(pbx.last("REGISTER").uri("Contact"));
    }

    @Test
    void a_call_on_hold_stays_on_hold() {
        answering = CONTACT + "\nAllow: INVITE, ACK, CANCEL, BYE";
        Call call = established("bob");
        call.hold();
        scene.until(() -> pbx.received("INVITE").size() == 2);
        scene.pass(Duration.ofSeconds(1));
        String held = pbx.last("INVITE").body();
        reconnect();

        scene.until(() -> pbx.received("INVITE").size() == 3);
        assertThat(held).contains("a=sendonly");
        assertThat(pbx.last("INVITE").body()).isEqualTo(held);
        assertThat(pbx.last("INVITE").uri("Contact"))
                .isEqualTo(pbx.last("REGISTER").uri("Contact"));
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.LOCAL);
    }

    @Test
    void a_call_that_we_answered_tells_it_as_well() {
        scene.invite("in-2", "z9hG4bKin2", 1, lines("Allow: INVITE, ACK, BYE, UPDATE", sdp("192.0.2.10", 40_000, 1)));
        scene.until(() -> !scene.incoming.isEmpty());
        scene.incoming.get(0).answer();
        scene.until(() -> !pbx.received("SIP/2.0 200").isEmpty());
        pbx.request("ACK", pbx.last("SIP/2.0 200"), 1, "bob");
        scene.until(() -> scene.incoming.get(0).snapshot().state() == CallState.ESTABLISHED);
        reconnect();

        scene.until(() -> !pbx.received("UPDATE").isEmpty());
        assertThat(pbx.last("UPDATE").header("Call-ID")).isEqualTo("in-2");
        assertThat(pbx.last("UPDATE").uri("Contact"))
                .isEqualTo(pbx.last("REGISTER").uri("Contact"));
    }

    @Test
    void a_refusal_for_now_is_tried_again_and_one_for_good_is_not() {
        established("bob");
        pbx.on("UPDATE", update -> pbx.respond(update, "491 Request Pending"));
        reconnect();
        scene.until(() -> pbx.received("UPDATE").size() == 2);
        pbx.on("UPDATE", update -> pbx.respond(update, "403 Forbidden"));
        scene.until(() -> pbx.received("UPDATE").size() == 3);
        scene.pass(Duration.ofSeconds(20));
        assertThat(pbx.received("UPDATE")).hasSize(3);
        assertThat(pbx.received("BYE")).isEmpty();
    }

    /**
     * Their re-INVITE crosses the first UPDATE, and the Contact changes again before that is answered.
     *
     * @param late what the first UPDATE is answered with; nothing if empty
     */
    @ParameterizedTest
    @ValueSource(strings = {"200 OK", "403 Forbidden", ""})
    void the_result_of_an_UPDATE_says_nothing_about_a_later_one(String late) {
        scene.close();
        scene = new ScriptedPhoneSystem(
                2, SipTransport.UDP, account -> account, config -> config.mediaTimeout(Duration.ofMinutes(5)));
        pbx = scene.pbx;
        answering = ScriptedPhoneSystem.CONTACT + "\nAllow: INVITE, ACK, CANCEL, BYE, UPDATE";
        registerAt(62_000);
        pbx.on("INVITE", this::ok);
        scene.registered();
        scene.pass(Duration.ofSeconds(1));
        established("bob");
        registerAt(62_001);
        scene.until(() -> !pbx.received("UPDATE").isEmpty());
        ScriptedMessage first = pbx.last("UPDATE");
        pbx.request("INVITE", first, 1, "scripted", lines(answering, sdp(ScriptedPhoneSystem.HOST, 40_000, 2)));
        scene.until(() -> !pbx.received("SIP/2.0 200").isEmpty());
        scene.pass(Duration.ofSeconds(10));
        registerAt(62_002);
        scene.until(() -> !pbx.last("UPDATE").header("CSeq").equals(first.header("CSeq")));
        ScriptedMessage second = pbx.last("UPDATE");

        if (late.isEmpty()) {
            scene.pass(Duration.ofSeconds(25));
        } else {
            pbx.respond(first, late, ScriptedPhoneSystem.CONTACT);
            scene.pass(Duration.ofSeconds(1));
        }
        pbx.respond(second, "491 Request Pending");
        scene.until(() -> !pbx.last("UPDATE").header("CSeq").equals(second.header("CSeq")));

        assertThat(pbx.last("UPDATE").uri("Contact"))
                .isEqualTo(second.uri("Contact"))
                .contains("@203.0.113.7:62002");
    }

    /** The phone registers and is seen behind a NAT (RFC 3581). */
    private void registerAt(int rport) {
        pbx.on(
                "REGISTER",
                register -> pbx.send("SIP/2.0 200 OK\nVia: "
                        + register.header("Via").replace(";rport", ";received=203.0.113.7;rport=" + rport)
                        + "\nFrom: " + register.header("From") + "\nTo: " + register.header("To") + ";tag=s\nCall-ID: "
                        + register.header("Call-ID") + "\nCSeq: " + register.header("CSeq")
                        + "\nContact: " + register.header("Contact") + ";expires=600"));
        scene.alice.register();
    }

    private Call established(String whom) {
        Call call = scene.alice.dial(whom);
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        scene.until(() -> !pbx.received("ACK").isEmpty());
        return call;
    }

    private void reconnect() {
        int before = pbx.received("REGISTER").size();
        pbx.disconnect();
        scene.until(() -> pbx.received("REGISTER").size() > before);
        scene.registered();
    }
}
