// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static com.techpro.callclient.testkit.soak.interop.SippScenario.called;
import static com.techpro.callclient.testkit.soak.interop.SippScenario.refused;

import com.techpro.callclient.testkit.soak.interop.SippScenario.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Unusual but legal, and broken: what SIPp does to the engine, and what must come of it. SIPp checks what it gets by itself. */
final class SippScenarios {
    private static final String REMOTE = "remote-hang-up";
    private static final String LOCAL = "local-hang-up";
    private static final String MD5 = "WWW-Authenticate: Digest realm=\"pbx.test\", nonce=\"%s\", algorithm=MD5%s";
    private static final String GARBAGE = "what is\nthis";

    private SippScenarios() {}

    static List<SippScenario> all() {
        List<SippScenario> all = new ArrayList<>();
        all.addAll(calls());
        all.addAll(requests());
        all.addAll(brokenInvites());
        all.addAll(transfersFromPeer());
        all.addAll(answers());
        all.addAll(refusals());
        all.addAll(passwords());
        all.addAll(callsInProgress());
        return all;
    }

    /** SIPp calls, and the call is taken or rings. */
    private static List<SippScenario> calls() {
        return List.of(
                called("late-offer", Part.ANSWERS, REMOTE),
                called("reinvite-without-sdp", Part.ANSWERS, REMOTE),
                // at 0, 500 and 1500 ms, and one for the BYE
                called("lost-ack", Part.ANSWERS, REMOTE).seen("SIP/2.0 200", 4, 5),
                // two for the INVITE, or more if ACK is late, and two for BYE
                called("everything-twice", Part.ANSWERS, REMOTE).seen("SIP/2.0 200", 4, Integer.MAX_VALUE),
                called("prack-from-peer", Part.ANSWERS_AFTER_PRACK, REMOTE).seen("PRACK sip:", 1, 3),
                called("prack-missing", Part.LETS_IT_RING, "cancelled-by-caller")
                        .seen("SIP/2.0 180", 3, 4),
                called("prack-of-another", Part.LETS_IT_RING, "cancelled-by-caller"),
                called("update-while-ringing", Part.LETS_IT_RING, "cancelled-by-caller"),
                called("forwarded", Part.FORWARDS, "forwarded").with("REASON", "deflection"),
                new SippScenario(
                                "forwarded: without ringing",
                                "forwarded",
                                Map.of("REASON", "unconditional"),
                                Part.FORWARDS_ALL,
                                null,
                                List.of(),
                                null,
                                "127.0.0.1")
                        .seen("SIP/2.0 180", 0),
                called("answered-elsewhere", Part.LETS_IT_RING, "answered-elsewhere"),
                called("cancel-while-ringing", Part.LETS_IT_RING, "cancelled-by-caller"),
                called("cancel-crosses-answer", Part.ANSWERS, REMOTE),
                called("merged-request", Part.LETS_IT_RING, "cancelled-by-caller"),
                called("glare-from-peer", Part.ANSWERS_AND_HOLDS, REMOTE),
                called("bye-before-ack", Part.ANSWERS, REMOTE),
                called("bye-wrong-tags", Part.ANSWERS, REMOTE),
                called("bye-twice", Part.ANSWERS, REMOTE),
                called("hold-by-zero-address", Part.ANSWERS, REMOTE),
                called("video-before-audio", Part.ANSWERS, REMOTE),
                called("lines-in-another-order", Part.ANSWERS, REMOTE),
                called("offer-fewer-lines", Part.ANSWERS, REMOTE),
                called("offer-refused-in-call", Part.ANSWERS, REMOTE),
                called("content-length-missing", Part.ANSWERS, REMOTE),
                called("odd-headers", Part.ANSWERS, REMOTE),
                called("no-contact", Part.ANSWERS, REMOTE),
                called("reinvite-without-sdp", Part.ANSWERS, REMOTE)
                        .titled("over IPv6")
                        .at("::1"),
                called("optional-body", Part.ANSWERS, REMOTE),
                called("offers-ipv6", Part.ANSWERS, REMOTE),
                called("long-headers", Part.ANSWERS, REMOTE)
                        .with("LONG", "long ".repeat(1600))
                        .with(
                                "MANY",
                                IntStream.range(0, 100)
                                        .mapToObj(i -> "X-Header-" + i + ": value " + i)
                                        .collect(Collectors.joining("\n"))),
                called("session-refreshed-by-peer", Part.ANSWERS, REMOTE));
    }

    private static String lines(String first, String... more) {
        return Stream.concat(Stream.of(first), Stream.of(more)).collect(Collectors.joining("\n"));
    }

    private static SippScenario asked(String method, String status, String... headers) {
        return refused("asked")
                .titled(method + " " + status)
                .with("REQUEST-LINE", method + " @TARGET@")
                .with("HEADERS", lines("CSeq: 7 " + method, headers))
                .with("STATUS", status);
    }

    private static SippScenario askedInCall(String method, String status, String... headers) {
        return called("asked-in-call", Part.ANSWERS, REMOTE)
                .titled(method + " " + status)
                .with("REQUEST-LINE", method + " @TARGET@")
                .with("HEADERS", lines("CSeq: 7 " + method, headers))
                .with("STATUS", status);
    }

    private static List<SippScenario> requests() {
        return List.of(
                refused("unknown-body"),
                refused("unknown-method"),
                refused("unknown-extension"),
                refused("stray-bye"),
                refused("wrong-content-length"),
                refused("session-too-short"),
                refused("cancel-of-nothing"),
                asked("OPTIONS", "200"),
                asked("NOTIFY", "489", "Event: presence", "Subscription-State: active")
                        .titled("NOTIFY that nobody asked for"),
                asked("SUBSCRIBE", "405", "Event: dialog"),
                asked("PUBLISH", "405", "Event: presence"),
                asked("MESSAGE", "405").titled("MESSAGE that was readable on its way"),
                asked("REFER", "603", "Refer-To: <sip:2000@pbx.test>").titled("REFER outside a call"),
                asked("OPTIONS", "420", "Require: foo, bar").titled("OPTIONS that requires what nobody knows"),
                asked("OPTIONS", "404")
                        .titled("OPTIONS for nobody here")
                        .with("REQUEST-LINE", "OPTIONS sip:9@[remote_ip]"),
                asked("OPTIONS", "416").titled("OPTIONS for a number").with("REQUEST-LINE", "OPTIONS tel:+4912345"),
                askedInCall("INFO", "200"),
                askedInCall("OPTIONS", "200"),
                askedInCall("FOO", "405"),
                askedInCall("MESSAGE", "405"),
                askedInCall("SUBSCRIBE", "405", "Event: dialog"),
                askedInCall("NOTIFY", "481", "Event: presence", "Subscription-State: active"),
                askedInCall("UPDATE", "200").titled("UPDATE without an offer"),
                askedInCall("BYE", "420", "Require: foo").titled("BYE that requires what nobody knows"),
                askedInCall("PRACK", "481", "RAck: 1 1 INVITE").titled("PRACK of nothing"));
    }

    private static SippScenario without(String title, String status, String... headers) {
        return refused("invite-without")
                .titled(title)
                .with("URI", "@TARGET@")
                .with("HEADERS", String.join("\n", headers))
                .with("STATUS", status);
    }

    private static List<SippScenario> brokenInvites() {
        String from = "From: <sip:caller@pbx.test>;tag=caller";
        String to = "To: <sip:1001@pbx.test>";
        String hops = "Max-Forwards: 70";
        String cseq = "CSeq: 1 INVITE";
        String contact = "Contact: <sip:caller@[local_ip]:[local_port]>";
        return List.of(
                without("two To", "400", from, to, to, hops, cseq, contact),
                without("CSeq without a number", "400", from, to, hops, "CSeq: one INVITE", contact),
                without("a From that is no address", "400", "From: <<caller", to, hops, cseq, contact),
                without(
                        "two Replaces",
                        "400",
                        from,
                        to,
                        hops,
                        cseq,
                        contact,
                        "Replaces: a;to-tag=1;from-tag=2",
                        "Replaces: b;to-tag=1;from-tag=2"),
                without(
                        "Join is required",
                        "420",
                        from,
                        to,
                        hops,
                        cseq,
                        contact,
                        "Require: join",
                        "Join: a;to-tag=1;from-tag=2"),
                without("SIP/3.0", "505", from, to, hops, cseq, contact).with("URI", "@TARGET@ SIP/3.0\nX: "),
                refused("bad-description")
                        .titled("no description")
                        .with("STATUS", "400")
                        .with("GARBAGE", GARBAGE),
                refused("bad-description")
                        .titled("no media")
                        .with("STATUS", "488")
                        .with("GARBAGE", "v=0\no=sipp 1 1 IN IP4 127.0.0.1\ns=-\nt=0 0"),
                refused("bad-description")
                        .titled("a port that is none")
                        .with("STATUS", "400")
                        .with(
                                "GARBAGE",
                                "v=0\no=sipp 1 1 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 99999 RTP/AVP 0"),
                refused("content-length-too-short").with("STATUS", "400"),
                refused("replaces-nobody")
                        .with("HEADERS", "Replaces: nobody;to-tag=1;from-tag=2")
                        .with("STATUS", "481"));
    }

    private static SippScenario referTo(String target, String status) {
        return called("refer-elsewhere", Part.ANSWERS, REMOTE)
                .titled(target)
                .with("REFER-TO", target)
                .with("STATUS", status)
                .seen("INVITE sip:", 1);
    }

    /** SIPp is a transferor that lies. */
    private static List<SippScenario> transfersFromPeer() {
        return List.of(
                referTo("<sip:2000@203.0.113.9>", "603"),
                referTo("<sip:2000@elsewhere.test>", "603"),
                referTo("<sip:2000@elsewhere.test?Replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2>", "603"),
                referTo("<tel:+4912345>", "603"),
                referTo("<https://pbx.test/>", "603"),
                referTo("<sip:2000@pbx.test;method=BYE>", "603"),
                referTo("<<2000", "400"),
                called("refer-to-somebody-elses-dialog", Part.ANSWERS_AND_AGREES_TO_TRANSFER, REMOTE)
                        .with("STATUS", "481 Call/Transaction Does Not Exist")
                        .beyond("refused-late"));
    }

    private static SippScenario talk(String file) {
        return called(file, Part.DIALS_AND_HANGS_UP, LOCAL);
    }

    private static SippScenario badAnswer(String title, String code, String body) {
        return called("bad-answer", Part.DIALS, code).titled(title).with("BODY", body);
    }

    /** The engine dials. */
    private static List<SippScenario> answers() {
        String sdp = "Content-Type: application/sdp\nContent-Length: [len]\n\n"
                + "v=0\no=sipp 1 1 IN IP4 [local_ip]\ns=-\nc=IN IP4 [media_ip]\nt=0 0\n";
        return List.of(
                talk("early-media").seen("ACK sip:", 1),
                talk("prack-from-us").titled("over IPv6").seen("ACK sip:", 1).at("::1"),
                talk("progress-without-sdp").seen("ACK sip:", 1),
                talk("two-answers").seen("ACK sip:", 2),
                talk("bye-crossing").seen("ACK sip:", 1),
                talk("prack-from-us").seen("ACK sip:", 1),
                called("ringing-of-three", Part.DIALS_A_FORK_AND_HANGS_UP, LOCAL)
                        .seen("ACK sip:", 1),
                talk("ringing-of-two-and-both-answer").seen("ACK sip:", 2, 4),
                talk("answer-repeated").seen("ACK sip:", 2, Integer.MAX_VALUE),
                talk("ringing-after-answer").seen("ACK sip:", 1).seen("SIP/2.0 486", 1),
                talk("ringing-many-times").seen("ACK sip:", 1),
                talk("answers-of-others").seen("ACK sip:", 1),
                talk("contact-missing").seen("ACK sip:", 1),
                talk("odd-answer").seen("ACK sip:", 1),
                talk("strict-router").seen("ACK sip:strict@", 1),
                talk("invite-lost").seen("INVITE sip:", 2, 4).seen("ACK sip:", 1),
                talk("bye-lost").seen("ACK sip:", 1),
                talk("bye-asked-for-password").seen("ACK sip:", 1),
                talk("two-routers").seen("ACK sip:called@", 1),
                talk("session-too-short-for-peer").seen("INVITE sip:", 2).seen("ACK sip:", 2),
                talk("offers-in-early-dialog").seen("ACK sip:", 1),
                talk("ringing-out-of-order").seen("PRACK sip:", 2).seen("ACK sip:", 1),
                called("cancelled-and-answered", Part.DIALS_AND_GIVES_UP, "cancelled")
                        .seen("BYE sip:", 1, 2),
                called("cancelled", Part.DIALS_AND_GIVES_UP, "cancelled").seen("CANCEL sip:", 1, 3),
                called("bye-overtakes-answer", Part.DIALS, REMOTE),
                badAnswer("no answer to the offer", "protocol-violation", "Content-Length: 0\n"),
                badAnswer(
                        "no description",
                        "protocol-violation",
                        "Content-Type: application/sdp\nContent-Length: [len]\n\n" + GARBAGE + "\n"),
                badAnswer(
                        "a codec that was not offered",
                        "no-common-codec",
                        sdp + "m=audio [media_port] RTP/AVP 97\na=rtpmap:97 X-UNHEARD/8000\n"),
                badAnswer("the sound refused", "no-common-codec", sdp + "m=audio 0 RTP/AVP 0\n"),
                talk("bad-answer")
                        .titled("a line too many")
                        .with("BODY", sdp + "m=audio [media_port] RTP/AVP 0\nm=video 20002 RTP/AVP 99\n")
                        .seen("ACK sip:", 1),
                badAnswer(
                        "a body of another kind",
                        "protocol-violation",
                        "Content-Type: text/plain\nContent-Length: [len]\n\nhello\n"));
    }

    private static SippScenario refusal(String status, String code, String... extra) {
        return called("refused", Part.DIALS, code)
                .titled(status)
                .with("STATUS", status)
                .with("EXTRA", String.join("\n", extra) + "\n")
                .seen("INVITE sip:", 1)
                .seen("ACK sip:", 1, 2);
    }

    private static List<SippScenario> refusals() {
        String after = "Retry-After: 30";
        return List.of(
                refusal("486 Busy Here", "busy", after),
                refusal("600 Busy Everywhere", "busy", after),
                refusal("603 Decline", "declined", after),
                refusal("404 Not Found", "not-found", after),
                refusal("480 Temporarily Unavailable", "unavailable", after),
                refusal("403 Forbidden", "forbidden", after),
                refusal("488 Not Acceptable Here", "media-refused", after),
                refusal("302 Moved Temporarily", "redirected-302", after),
                refusal("500 Server Internal Error", "server-error-500", after),
                refusal("503 Service Unavailable", "server-error-503", after),
                refusal(
                        "300 Multiple Choices",
                        "redirected-300",
                        "Contact: <sip:a@elsewhere.test>, <sip:b@elsewhere.test>"),
                refusal("302 To Yourself", "redirected-302", "Contact: <sip:2000@pbx.test>"),
                refusal("305 Use Proxy", "redirected-305", "Contact: <sip:203.0.113.9>"),
                refusal("408 Request Timeout", "no-answer", after),
                refusal("410 Gone", "not-found"),
                refusal("420 Bad Extension", "rejected-420", "Unsupported: foo"),
                refusal("421 Extension Required", "rejected-421", "Require: foo"),
                refusal("422 Session Interval Too Small", "session-interval-too-small"),
                refusal("484 Address Incomplete", "not-found"),
                refusal("491 Request Pending", "rejected-491"),
                refusal("499 Unheard Of", "rejected-499"),
                refusal("513 Message Too Large", "server-error-513"),
                refusal("504 Server Time-out", "server-error-504", "Retry-After: soon"),
                refusal("606 Not Acceptable", "media-refused"),
                refusal("699 Unheard Of", "rejected-699"));
    }

    private static List<SippScenario> passwords() {
        String sha256 = MD5.replace("MD5", "SHA-256").formatted("s", ", qop=\"auth\"");
        String answered = "@INCOMING-INVITE@\n  @ANSWER@\n  @BYE-ANSWERED@";
        return List.of(
                talk("password-asked")
                        .titled("401")
                        .with("STATUS", "401 Unauthorized")
                        .with("CHALLENGE", MD5.formatted("a", ""))
                        .seen("ACK sip:", 2),
                talk("password-asked")
                        .titled("407, SHA-256 and then MD5")
                        .with("STATUS", "407 Proxy Authentication Required")
                        .with("CHALLENGE", (sha256 + "\n" + MD5.formatted("m", "")).replace("WWW-", "Proxy-"))
                        .seen("Proxy-Authorization: Digest", 1, 9)
                        .seen("ACK sip:", 2),
                talk("password-asked-again")
                        .titled("stale")
                        .with("STATUS", "401 Unauthorized")
                        .with("FIRST-CHALLENGE", MD5.formatted("a", ""))
                        .with("CHALLENGE", MD5.formatted("b", ", stale=true"))
                        .with("THEN", answered)
                        .seen("ACK sip:", 3),
                called("password-asked-again", Part.DIALS, "wrong-credentials")
                        .titled("wrong")
                        .with("STATUS", "401 Unauthorized")
                        .with("FIRST-CHALLENGE", MD5.formatted("a", ""))
                        .with("CHALLENGE", MD5.formatted("b", ""))
                        .with("THEN", "")
                        .seen("INVITE sip:", 2),
                refusal(
                        "401 Unauthorized",
                        "authentication-unsupported",
                        MD5.replace("MD5", "FOO-7").formatted("a", "")));
    }

    private static List<SippScenario> callsInProgress() {
        List<String> notifications = IntStream.range(10, 30)
                .mapToObj(number -> Sipp.part("trying", Map.of("NUMBER", Integer.toString(number))))
                .collect(Collectors.toList());
        return List.of(
                called("glare-from-us", Part.DIALS_AND_HOLDS, LOCAL).seen("ACK sip:", 3),
                called("hold-refused", Part.DIALS_AND_HOLDS, LOCAL)
                        .titled("488")
                        .with("STATUS", "488 Not Acceptable Here"),
                called("hold-refused", Part.DIALS_AND_HOLDS, LOCAL)
                        .titled("500")
                        .with("STATUS", "500 Server Internal Error"),
                called("hold-asked-for-password", Part.DIALS_AND_HOLDS, LOCAL).seen("ACK sip:", 3),
                called("call-forgotten", Part.DIALS_AND_LOSES_ON_HOLD, "rejected-481"),
                talk("reinvite-from-called").seen("ACK sip:", 2),
                called("trying-for-ever", Part.DIALS_AND_TRANSFERS, "transferred")
                        .with("TRYING", String.join("\n", notifications))
                        .seen("NOTIFY sip:", 20, 24),
                called("transfer-told-nonsense", Part.DIALS_AND_TRANSFERS, "transferred"),
                called("transfer-without-notice", Part.DIALS_AND_TRANSFERS, "transferred"),
                called("transfer-refused", Part.DIALS_AND_TRANSFERS_IN_VAIN, LOCAL)
                        .titled("603")
                        .with("STATUS", "603 Decline"),
                called("transfer-refused", Part.DIALS_AND_TRANSFERS_IN_VAIN, LOCAL)
                        .titled("501")
                        .with("STATUS", "501 Not Implemented"));
    }
}
