// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The session flows of RFC 3665 §3 in which a user agent takes part, message by message: what alice sends, in which order, and what of it belongs to
 * what. Everybody else, proxies included, is a scripted peer. §3.5 is between other servers alone; §3.4, a proxy that does not answer, is a matter of RFC 3263.
 */
class Rfc3665SessionTest {
    private static final String BOB = "Contact: <sip:bob@192.0.2.10:5060;transport=tcp>";
    private static final String BOBS_URI = "sip:bob@192.0.2.10:5060;transport=tcp";
    private static final String[] PROXIES = {
        "Record-Route: <sip:ss2.biloxi.example.com;lr>", "Record-Route: <sip:192.0.2.10:5060;transport=tcp;lr>"
    };

    private final ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(3665).registered();

    @AfterEach
    void close() {
        scene.close();
    }

    // ---- §3.1: session establishment ----

    @Test
    void s31_a_session_established_by_us_and_ended_by_the_other() {
        answerInvites();
        Call call = establish();

        ScriptedMessage invite = scene.pbx.last("INVITE");
        ScriptedMessage ack = scene.pbx.last("ACK");
        assertThat(invite.parameter("To", "tag")).isNull();
        assertThat(invite.header("Max-Forwards")).isEqualTo("70");
        assertBelongsToTheSession(ack, invite);
        assertThat(ack.requestUri()).isEqualTo(BOBS_URI);
        assertThat(ack.header("CSeq")).isEqualTo(number(invite) + " ACK");
        assertThat(ack.parameter("Via", "branch"))
                .as("the ACK of a 2xx is a transaction of its own (RFC 3261 §13.2.2.4)")
                .isNotEqualTo(invite.parameter("Via", "branch"));
        assertThat(ack.body()).isEmpty();

        scene.pbx.request("BYE", invite, 1, "scripted");
        until("SIP/2.0 200");

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.RemoteHangUp());
        assertThat(calls()).containsExactly("INVITE", "ACK", "200 BYE");
    }

    @Test
    void s31_a_session_established_by_the_other_and_ended_by_us() {
        scene.invite("in", "z9hG4bKin", 1, sdp("192.0.2.10", 40_000, 1));
        until("SIP/2.0 180");
        Call call = scene.incoming.get(0);
        call.answer();
        until("SIP/2.0 200");
        ScriptedMessage ringing = scene.pbx.last("SIP/2.0 180");
        ScriptedMessage ok = scene.pbx.last("SIP/2.0 200");
        assertThat(ok.parameter("To", "tag")).isNotEmpty().isEqualTo(ringing.parameter("To", "tag"));
        assertThat(ok.header("CSeq")).isEqualTo("1 INVITE");
        assertThat(ok.uri("Contact")).startsWith("sip:");
        assertThat(ok.bodyLines("m=audio ")).hasSize(1);
        scene.pbx.request("ACK", ok, 1, "bob");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);

        scene.pbx.on("BYE", bye -> scene.pbx.respond(bye, "200 OK"));
        call.hangUp();
        until("BYE");

        ScriptedMessage bye = scene.pbx.last("BYE");
        assertThat(bye.requestUri()).isEqualTo("sip:bob@192.0.2.10:5060");
        assertThat(bye.parameter("From", "tag")).isEqualTo(ok.parameter("To", "tag"));
        assertThat(bye.parameter("To", "tag")).isEqualTo("bob");
        assertThat(bye.header("Call-ID")).isEqualTo("in");
        assertThat(calls()).containsExactly("180 INVITE", "200 INVITE", "BYE");
    }

    // ---- §3.2, §3.3: through proxies that ask for a password ----

    @Test
    void s32_a_proxy_asks_for_the_password_and_the_route_is_kept() throws Exception {
        scene.pbx.on("INVITE", invite -> {
            if (invite.headers("Proxy-Authorization").isEmpty()) {
                scene.pbx.respond(invite, "407 Proxy Authentication Required", challenge("192.0.2.10", "f84f1cec"));
            } else {
                scene.pbx.respond(invite, "100 Trying");
                scene.pbx.respond(invite, "180 Ringing", lines(BOB, PROXIES));
                scene.pbx.respond(
                        invite,
                        "200 OK",
                        lines(BOB, lines(PROXIES[0], lines(PROXIES[1], sdp("192.0.2.10", 40_000, 1)))));
            }
        });
        establish();

        ScriptedMessage first = scene.pbx.received("INVITE").get(0);
        ScriptedMessage refusalsAck = scene.pbx.received("ACK").get(0);
        ScriptedMessage second = scene.pbx.received("INVITE").get(1);
        ScriptedMessage ack = scene.pbx.received("ACK").get(1);
        assertAcknowledgesARefusal(refusalsAck, first);
        assertThat(second.header("Call-ID")).isEqualTo(first.header("Call-ID"));
        assertThat(second.header("From")).isEqualTo(first.header("From"));
        assertThat(second.parameter("To", "tag")).isNull();
        assertThat(number(second)).isEqualTo(number(first) + 1);
        assertThat(second.parameter("Via", "branch")).isNotEqualTo(first.parameter("Via", "branch"));
        assertAnswers(second.header("Proxy-Authorization"), "192.0.2.10", "f84f1cec", second.requestUri());

        // RFC 3261 §12.1.2: the route set is the Record-Routes in reverse order; §22.1: the ACK carries the INVITE's
        // credentials.
        assertThat(ack.requestUri()).isEqualTo(BOBS_URI);
        assertThat(String.join(", ", ack.headers("Route")).replace(" ", ""))
                .isEqualTo("<sip:192.0.2.10:5060;transport=tcp;lr>,<sip:ss2.biloxi.example.com;lr>");
        assertThat(ack.header("Proxy-Authorization")).isEqualTo(second.header("Proxy-Authorization"));
        assertThat(calls()).containsExactly("INVITE", "ACK", "INVITE", "ACK");
    }

    @Test
    void s33_two_proxies_ask_one_after_the_other_and_both_are_answered_from_then_on() throws Exception {
        scene.pbx.on("INVITE", invite -> {
            String answered = String.join("\n", invite.headers("Proxy-Authorization"));
            if (!answered.contains("\"atlanta.example.com\"")) {
                scene.pbx.respond(invite, "407 Proxy Authentication Required", challenge("atlanta.example.com", "one"));
            } else if (!answered.contains("\"biloxi.example.com\"")) {
                scene.pbx.respond(invite, "407 Proxy Authentication Required", challenge("biloxi.example.com", "two"));
            } else {
                scene.pbx.respond(invite, "200 OK", lines(BOB, sdp("192.0.2.10", 40_000, 1)));
            }
        });
        establish();

        ScriptedMessage third = scene.pbx.last("INVITE");
        assertThat(third.headers("Proxy-Authorization")).hasSize(2);
        assertThat(number(third)).isEqualTo(number(scene.pbx.received("INVITE").get(0)) + 2);
        for (String credentials : third.headers("Proxy-Authorization")) {
            boolean one = credentials.contains("atlanta");
            assertAnswers(
                    credentials,
                    one ? "atlanta.example.com" : "biloxi.example.com",
                    one ? "one" : "two",
                    third.requestUri());
        }
        assertThat(calls()).containsExactly("INVITE", "ACK", "INVITE", "ACK", "INVITE", "ACK");
    }

    // ---- §3.6: redirection ----

    @Test
    void s36_a_redirection_is_told_and_not_followed() {
        scene.pbx.on(
                "INVITE",
                invite -> scene.pbx.respond(
                        invite, "302 Moved Temporarily", "Contact: <sip:bob@192.0.2.10:5060;transport=tcp;line=2>"));
        Call call = scene.alice.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.ENDED);
        scene.pass(Duration.ofSeconds(40));

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Failed(new Failure.Redirected(302)));
        assertAcknowledgesARefusal(scene.pbx.last("ACK"), scene.pbx.last("INVITE"));
        assertThat(calls()).containsExactly("INVITE", "ACK");
    }

    // ---- §3.7: re-INVITE ----

    @Test
    void s37_the_other_moves_to_another_address_in_the_middle_of_the_session() {
        answerInvites();
        Call call = establish();
        ScriptedMessage invite = scene.pbx.last("INVITE");

        scene.pbx.request(
                "INVITE",
                invite,
                14,
                "scripted",
                lines("Contact: <sip:bob@192.0.2.10:5060;transport=tcp;moved=1>", sdp("192.0.2.11", 47_172, 2)));
        until("SIP/2.0 200");
        ScriptedMessage ok = scene.pbx.last("SIP/2.0 200");
        scene.pbx.request("ACK", ok, 14, "scripted");
        scene.pass(Duration.ofSeconds(1));

        assertThat(ok.header("CSeq")).isEqualTo("14 INVITE");
        assertThat(origin(ok).get(1))
                .as("the same session")
                .isEqualTo(origin(invite).get(1));
        assertThat(ok.bodyLines("m=audio ")).hasSize(1);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);

        scene.pbx.on("BYE", bye -> scene.pbx.respond(bye, "200 OK"));
        call.hangUp();
        until("BYE");
        assertThat(scene.pbx.last("BYE").requestUri())
                .as("a re-INVITE moves the remote target (RFC 3261 §12.2.2)")
                .isEqualTo("sip:bob@192.0.2.10:5060;transport=tcp;moved=1");
        assertThat(calls()).containsExactly("INVITE", "ACK", "200 INVITE", "BYE");
    }

    @Test
    void s37_hold_and_resume_are_re_INVITEs_in_the_dialog() {
        answerInvites();
        Call call = establish();
        ScriptedMessage invite = scene.pbx.last("INVITE");

        scene.pbx.on("INVITE", again -> {
            boolean held = again.bodyLines("a=sendonly").size() == 1;
            scene.pbx.respond(
                    again,
                    "200 OK",
                    lines(BOB, sdp("192.0.2.10", 40_000, held ? 2 : 3, held ? "a=recvonly" : "a=sendrecv")));
        });
        call.hold();
        scene.until(() -> call.snapshot().hold() == HoldState.LOCAL);
        scene.until(() -> scene.pbx.received("ACK").size() == 2);
        ScriptedMessage hold = scene.pbx.last("INVITE");
        call.resume();
        scene.until(() -> call.snapshot().hold() == HoldState.NONE);
        scene.until(() -> scene.pbx.received("ACK").size() == 3);
        ScriptedMessage resumed = scene.pbx.last("INVITE");

        assertBelongsToTheSession(hold, invite);
        assertThat(hold.requestUri()).isEqualTo(BOBS_URI);
        assertThat(number(hold)).isEqualTo(number(invite) + 1);
        assertThat(number(resumed)).isEqualTo(number(invite) + 2);
        assertThat(hold.bodyLines("a=sendonly")).hasSize(1);
        assertThat(resumed.bodyLines("a=sendonly")).isEmpty();
        // RFC 3264 §8: the same origin, and one more for each other content.
        assertThat(origin(hold)).isEqualTo(withVersion(origin(invite), 1));
        assertThat(origin(resumed)).isEqualTo(withVersion(origin(invite), 2));
        assertThat(scene.pbx.received("ACK").get(1).header("CSeq")).isEqualTo(number(hold) + " ACK");
        assertThat(calls()).containsExactly("INVITE", "ACK", "INVITE", "ACK", "INVITE", "ACK");
    }

    // ---- §3.8: no answer ----

    @Test
    void s38_we_give_up_while_it_rings() {
        scene.pbx.on("INVITE", invite -> {
            scene.pbx.respond(invite, "100 Trying");
            scene.pbx.respond(invite, "180 Ringing", BOB);
        });
        scene.pbx.on("CANCEL", cancel -> {
            scene.pbx.respond(cancel, "200 OK");
            scene.pbx.respond(scene.pbx.last("INVITE"), "487 Request Terminated");
        });
        Call call = scene.alice.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.RINGING_OUT);
        call.hangUp();
        until("ACK");

        ScriptedMessage invite = scene.pbx.last("INVITE");
        ScriptedMessage cancel = scene.pbx.last("CANCEL");
        // RFC 3261 §9.1.
        assertThat(cancel.requestUri()).isEqualTo(invite.requestUri());
        assertThat(cancel.header("Call-ID")).isEqualTo(invite.header("Call-ID"));
        assertThat(cancel.header("From")).isEqualTo(invite.header("From"));
        assertThat(cancel.header("To")).isEqualTo(invite.header("To"));
        assertThat(cancel.header("CSeq")).isEqualTo(number(invite) + " CANCEL");
        assertThat(cancel.headers("Via")).containsExactly(invite.header("Via"));
        assertAcknowledgesARefusal(scene.pbx.last("ACK"), invite);
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Cancelled());
        assertThat(calls()).containsExactly("INVITE", "CANCEL", "ACK");
    }

    @Test
    void s38_the_other_gives_up_while_it_rings_here() {
        ScriptedMessage invite = scene.invite("in", "z9hG4bKin", 1, sdp("192.0.2.10", 40_000, 1));
        until("SIP/2.0 180");
        scene.pbx.send(invite.text()
                .substring(0, invite.text().indexOf("Content-Type:"))
                .replaceFirst("^INVITE", "CANCEL")
                .replace("CSeq: 1 INVITE", "CSeq: 1 CANCEL"));
        until("SIP/2.0 487");
        ScriptedMessage terminated = scene.pbx.last("SIP/2.0 487");
        acknowledgeRefusal(invite, terminated);
        scene.pass(Duration.ofSeconds(40));

        assertThat(scene.pbx.last("SIP/2.0 200").summary()).isEqualTo("200 CANCEL");
        assertThat(terminated.header("Via")).contains("branch=z9hG4bKin");
        assertThat(terminated.parameter("To", "tag"))
                .isEqualTo(scene.pbx.last("SIP/2.0 180").parameter("To", "tag"));
        assertThat(scene.incoming.get(0).snapshot().ending()).isEqualTo(new CallEnding.CancelledByCaller());
        assertThat(calls()).containsExactlyInAnyOrder("180 INVITE", "200 CANCEL", "487 INVITE");
    }

    // ---- §3.9 to §3.11: busy, no response, not available ----

    @Test
    void s39_the_other_is_busy() {
        assertThat(refusedWith("486 Busy Here")).isEqualTo(new CallEnding.Busy());
    }

    @Test
    void s39_we_are_busy() {
        ScriptedMessage invite = scene.invite("in", "z9hG4bKin", 1, sdp("192.0.2.10", 40_000, 1));
        until("SIP/2.0 180");
        scene.incoming.get(0).reject(RejectReason.BUSY);
        until("SIP/2.0 486");
        acknowledgeRefusal(invite, scene.pbx.last("SIP/2.0 486"));
        scene.pass(Duration.ofSeconds(40));

        assertThat(calls()).containsExactly("180 INVITE", "486 INVITE");
    }

    @Test
    void s310_the_others_phone_does_not_respond_to_its_proxy() {
        assertThat(refusedWith("408 Request Timeout")).isEqualTo(new CallEnding.NoAnswer());
    }

    @Test
    void s311_the_other_is_temporarily_not_available() {
        assertThat(refusedWith("480 Temporarily Unavailable")).isEqualTo(new CallEnding.Unavailable());
    }

    private CallEnding refusedWith(String status) {
        scene.pbx.on("INVITE", invite -> {
            scene.pbx.respond(invite, "100 Trying");
            scene.pbx.respond(invite, status);
        });
        Call call = scene.alice.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.ENDED);
        scene.pass(Duration.ofSeconds(40));

        assertAcknowledgesARefusal(scene.pbx.last("ACK"), scene.pbx.last("INVITE"));
        assertThat(calls()).containsExactly("INVITE", "ACK");
        return call.snapshot().ending();
    }

    // ---- What the flows have in common ----

    private void answerInvites() {
        scene.pbx.on("INVITE", invite -> {
            scene.pbx.respond(invite, "180 Ringing", BOB);
            scene.pbx.respond(invite, "200 OK", lines(BOB, sdp("192.0.2.10", 40_000, 1)));
        });
    }

    private Call establish() {
        Call call = scene.alice.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        scene.until(() ->
                scene.pbx.received("ACK").size() == scene.pbx.received("INVITE").size());
        return call;
    }

    private void until(String beginning) {
        scene.until(() -> !scene.pbx.received(beginning).isEmpty());
    }

    /** What alice sent but for her registration, in order. */
    private List<String> calls() {
        return scene.pbx.received().stream()
                .filter(message -> !message.method().equals("REGISTER"))
                .map(ScriptedMessage::summary)
                .toList();
    }

    private void assertBelongsToTheSession(ScriptedMessage request, ScriptedMessage invite) {
        assertThat(request.header("Call-ID")).isEqualTo(invite.header("Call-ID"));
        assertThat(request.parameter("From", "tag")).isEqualTo(invite.parameter("From", "tag"));
        assertThat(request.parameter("To", "tag")).isEqualTo("scripted");
    }

    /** RFC 3261 §17.1.1.3: in the INVITE's own transaction, to the same place, with the To of the response. */
    private static void assertAcknowledgesARefusal(ScriptedMessage ack, ScriptedMessage invite) {
        assertThat(ack.requestUri()).isEqualTo(invite.requestUri());
        assertThat(ack.headers("Via")).containsExactly(invite.header("Via"));
        assertThat(ack.header("Call-ID")).isEqualTo(invite.header("Call-ID"));
        assertThat(ack.header("From")).isEqualTo(invite.header("From"));
        assertThat(ack.parameter("To", "tag")).isEqualTo("scripted");
        assertThat(ack.header("CSeq")).isEqualTo(number(invite) + " ACK");
    }

    private void acknowledgeRefusal(ScriptedMessage invite, ScriptedMessage refusal) {
        scene.pbx.send("ACK " + invite.requestUri() + " SIP/2.0\nVia: " + invite.header("Via")
                + "\nMax-Forwards: 70\nFrom: " + invite.header("From") + "\nTo: " + refusal.header("To")
                + "\nCall-ID: " + invite.header("Call-ID") + "\nCSeq: " + number(invite) + " ACK\n");
    }

    private static int number(ScriptedMessage message) {
        return Integer.parseInt(message.header("CSeq").split(" ", 2)[0]);
    }

    private static List<String> origin(ScriptedMessage message) {
        return List.of(message.bodyLines("o=").get(0).split(" ", -1));
    }

    private static List<String> withVersion(List<String> origin, int more) {
        return List.of(
                origin.get(0),
                origin.get(1),
                Long.toString(Long.parseLong(origin.get(2)) + more),
                origin.get(3),
                origin.get(4),
                origin.get(5));
    }

    private static String challenge(String realm, String nonce) {
        return "Proxy-Authenticate: Digest realm=\"" + realm + "\", qop=\"auth\", nonce=\"" + nonce
                + "\", opaque=\"\", stale=FALSE, algorithm=MD5";
    }

    /** RFC 7616 §3.4.1, worked out here. */
    private static void assertAnswers(String credentials, String realm, String nonce, String uri)
            throws NoSuchAlgorithmException {
        assertThat(value(credentials, "username")).isEqualTo("alice");
        assertThat(value(credentials, "realm")).isEqualTo(realm);
        assertThat(value(credentials, "nonce")).isEqualTo(nonce);
        assertThat(value(credentials, "uri")).isEqualTo(uri);
        String secret = md5("alice:" + realm + ":pw-alice");
        String what = md5("INVITE:" + uri);
        assertThat(value(credentials, "response"))
                .isEqualTo(md5(String.join(
                        ":",
                        secret,
                        nonce,
                        value(credentials, "nc"),
                        value(credentials, "cnonce"),
                        value(credentials, "qop"),
                        what)));
    }

    private static String value(String credentials, String name) {
        Matcher found = Pattern.compile("[ ,]" + name + "=\"?([^\",]*)").matcher(credentials);
        return found.find() ? found.group(1) : "";
    }

    private static String md5(String text) throws NoSuchAlgorithmException {
        StringBuilder hex = new StringBuilder();
        for (byte one : MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8))) {
            hex.append(String.format("%02x", one));
        }
        return hex.toString();
    }
}
