// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.CONTACT;
import static com.techpro.callclient.engine.ScriptedPhoneSystem.HOST;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A session description among other parts (RFC 5621), byte for byte as a phone system sends it. */
class MultipartBodyTest {
    private static final String MIXED = "Content-Type: multipart/mixed;boundary=\"a b\"";
    private static final String ALTERNATIVE = "Content-Type: multipart/alternative;boundary=\"a b\"";
    private static final String OPTIONAL = "Content-Disposition: signal;handling=optional";

    private final ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(5621).registered();

    @AfterEach
    void close() {
        scene.close();
    }

    private static String sdpPart(int port, String... more) {
        return lined(sdp(HOST, port, 1, more));
    }

    private static String part(String type, String header) {
        return "Content-Type: " + type + "\n" + (header.isEmpty() ? "" : header + "\n") + "\n" + type + " of its own\n";
    }

    private static String lined(String... lines) {
        return String.join("\n", lines) + "\n";
    }

    private static String[] body(String type, String... parts) {
        List<String> all = new ArrayList<>(List.of(type, ""));
        for (String part : parts) {
            all.add("--a b");
            all.addAll(Arrays.asList(part.split("\n", -1)));
        }
        all.add("--a b--");
        return all.toArray(new String[0]);
    }

    private void rings(String... lines) {
        scene.invite("one", "z9hG4bKone", 1, lines);
        scene.until(() -> !scene.incoming.isEmpty());
    }

    /** Answers, and returns whether the INVITE's description was taken for the offer. */
    private boolean offered() {
        scene.incoming.get(0).answer();
        scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());
        return scene.pbx.last("SIP/2.0 200").bodyLines("m=audio ").get(0).endsWith(" RTP/AVP 0 101");
    }

    private ScriptedMessage refused(int status, String... lines) {
        scene.invite("one", "z9hG4bKone", 1, lines);
        scene.until(() -> !scene.pbx.received("SIP/2.0 " + status).isEmpty());
        assertThat(scene.incoming).isEmpty();
        return scene.pbx.last("SIP/2.0 " + status);
    }

    @ParameterizedTest
    @CsvSource({
        "application/pidf+xml, Content-Disposition: render;handling=optional",
        "application/pidf+xml, 'Content-ID: <a@b>\nContent-Disposition: by-reference'",
        "application/ISUP;version=itu-t92+;base=itu-t92+, 'Content-Disposition: signal;\n handling=OPTIONAL'",
        "image/jpeg, 'Content-Transfer-Encoding: base64\nContent-Disposition: icon; handling=optional'",
        "application/sdp, Content-Disposition: early-session;handling=optional",
        "application/sdp, 'Content-Encoding: gzip\nContent-Disposition: session;handling=optional'",
    })
    void a_description_beside_a_part_that_need_not_be_understood_is_an_offer(String type, String header) {
        rings(body(MIXED, part(type, header), sdpPart(40_000, "a=ptime:20")));
        assertThat(offered()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "application/ISUP;version=itu-t92+, Content-Disposition: signal;handling=required",
        "application/ISUP;version=itu-t92+, Content-Disposition: signal",
        "application/pidf+xml, ''",
        "application/pidf+xml, Content-ID: <other@b>",
        "application/sdp, Content-Disposition: early-session",
        "text/plain, 'Content-Transfer-Encoding: base64'",
    })
    void a_required_part_of_an_unknown_type_is_refused_with_the_known_types(String type, String header) {
        String[] body = body(MIXED, sdpPart(40_000), part(type, header));
        assertThat(refused(415, lines("Geolocation: <cid:a@b>", body)).header("Accept"))
                .isEqualTo("application/sdp, multipart/mixed, multipart/alternative");
    }

    @Test
    void RFC6442_a_location_that_only_the_Geolocation_header_refers_to_is_not_required() {
        rings(lines(
                "Geolocation: <sip:x@example.com>, <cid:a@b>",
                body(MIXED, sdpPart(40_000), part("application/pidf+xml", "Content-ID: <a@b>"))));
        assertThat(offered()).isTrue();
    }

    @Test
    void the_last_alternative_that_is_understood_is_taken() {
        rings(body(
                ALTERNATIVE,
                sdpPart(40_000).replace("RTP/AVP 0 8 101", "RTP/AVP 18"),
                sdpPart(40_000),
                part("application/x-better", OPTIONAL)));
        assertThat(offered()).isTrue();
    }

    @Test
    void alternatives_none_of_which_is_understood_are_refused() {
        refused(415, body(ALTERNATIVE, part("text/plain", ""), part("text/html", "")));
    }

    @Test
    void parts_without_a_description_are_an_INVITE_without_an_offer() {
        rings(body(MIXED, part("application/ISUP", OPTIONAL)));
        assertThat(offered()).as("the 200 has an offer with all codecs").isFalse();
    }

    @Test
    void the_description_in_a_body_within_a_body_is_found() {
        String boundary = "a bc";
        String inner = "Content-Type: multipart/mixed;boundary=\"" + boundary + "\"\n\n--" + boundary + "\n"
                + sdpPart(40_000) + "--" + boundary + "--\nepilogue\n";
        rings(body(MIXED, inner));
        assertThat(offered()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 10})
    void a_body_nested_too_deeply_is_malformed(int depth) {
        String nested = sdpPart(40_000);
        for (int i = 0; i < depth; i++) {
            nested =
                    "Content-Type: multipart/mixed;boundary=n" + i + "\n\n--n" + i + "\n" + nested + "--n" + i + "--\n";
        }
        refused(400, nested.split("\n", -1));
    }

    @Test
    void a_body_of_too_many_parts_is_malformed() {
        String[] parts = new String[17];
        Arrays.fill(parts, part("text/plain", OPTIONAL));
        refused(400, body(MIXED, parts));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: multipart/mixed",
                "Content-Type: multipart/mixed;boundary=other",
                "Content-Type: multipart/mixed;boundary=\"\""
            })
    void a_body_without_its_boundary_is_malformed(String type) {
        refused(400, body(type, sdpPart(40_000)));
    }

    @Test
    void a_body_without_end_is_malformed() {
        refused(400, lines(MIXED, "", "--a b", sdpPart(40_000)));
    }

    @Test
    void preamble_bare_line_feeds_and_space_after_a_boundary_do_no_harm() {
        String body = "preamble --a b\n\n--a b \t\nContent-Disposition: signal; handling=optional\n\n"
                + "--a bis no boundary\n--a b\n" + sdpPart(40_000).trim() + "\n--a b--epilogue";
        String head = "INVITE " + scene.pbx.last("REGISTER").uri("Contact") + " SIP/2.0\r\nVia: SIP/2.0/UDP " + HOST
                + ":5060;branch=z9hG4bKlf\r\nMax-Forwards: 70\r\nFrom: <sip:bob@" + HOST + ">;tag=b\r\nTo: <sip:alice@"
                + HOST + ">\r\nCall-ID: lf\r\nCSeq: 1 INVITE\r\n" + CONTACT + "\r\n" + MIXED + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n";
        scene.pbx.sendBytes((head + body).getBytes(StandardCharsets.ISO_8859_1));
        scene.until(() -> !scene.incoming.isEmpty());
        assertThat(offered()).isTrue();
    }

    /** A response cannot be refused: the description counts whatever is beside it. */
    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "true, true"})
    void an_answer_among_other_parts_establishes_the_call(boolean early, boolean late) {
        String[] answer = lines(CONTACT, body(MIXED, part("application/ISUP", ""), sdpPart(40_000)));
        scene.pbx.on("INVITE", invite -> {
            scene.pbx.respond(invite, "183 Session Progress", early ? answer : new String[] {CONTACT});
            scene.pbx.respond(invite, "200 OK", late ? answer : new String[] {CONTACT});
        });
        scene.established();

        assertThat(scene.pbx.received("BYE")).isEmpty();
    }

    @Test
    void an_answer_in_an_ACK_among_other_parts_establishes_the_call() {
        rings();
        Call call = scene.incoming.get(0);
        call.answer();
        scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());
        scene.pbx.request(
                "ACK", scene.pbx.last("SIP/2.0 200"), 1, "bob", body(MIXED, sdpPart(40_000), part("image/png", "")));
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        assertThat(scene.pbx.received("BYE")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "UPDATE"})
    void an_offer_within_the_call_among_other_parts_is_answered(String method) {
        scene.answered(sdp(HOST, 40_000, 1));
        ScriptedMessage last = scene.pbx.last("SIP/2.0 200");
        scene.pbx.request(
                method,
                last,
                2,
                "bob",
                lines(CONTACT, body(MIXED, part("application/ISUP", OPTIONAL), sdpPart(40_000, "a=sendonly"))));
        scene.until(() -> scene.pbx.last("SIP/2.0").header("CSeq").equals("2 " + method));
        assertThat(scene.pbx.last("SIP/2.0 200").bodyLines("a=recvonly")).hasSize(1);

        scene.pbx.request(
                method, last, 3, "bob", lines(CONTACT, body(MIXED, part("application/ISUP", ""), sdpPart(40_000))));
        scene.until(() -> !scene.pbx.received("SIP/2.0 415").isEmpty());
        assertThat(scene.pbx.last("SIP/2.0 415").header("Accept")).startsWith("application/sdp, ");
    }

    @Test
    void a_PRACK_may_carry_an_optional_part_but_no_offer() {
        rings(lines("Require: 100rel", sdp(HOST, 40_000, 1)));
        scene.until(() -> !scene.pbx.received("SIP/2.0 180").isEmpty());
        ScriptedMessage ringing = scene.pbx.last("SIP/2.0 180");
        String acknowledged = "RAck: " + ringing.header("RSeq") + " 1 INVITE";
        scene.pbx.request("PRACK", ringing, 2, "bob", lines(acknowledged, body(MIXED, part("a/b", OPTIONAL))));
        scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());

        scene.pbx.request("PRACK", ringing, 3, "bob", lines(acknowledged, body(MIXED, sdpPart(40_000))));
        scene.until(() -> scene.pbx.last("SIP/2.0").header("CSeq").equals("3 PRACK"));
        assertThat(scene.pbx.last("SIP/2.0").startLine()).startsWith("SIP/2.0 488");

        scene.pbx.request("PRACK", ringing, 4, "bob", lines(acknowledged, body(MIXED, part("a/b", ""))));
        scene.until(() -> !scene.pbx.received("SIP/2.0 415").isEmpty());
    }
}
