// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.techpro.callclient.stack.sip.message.ParseOutcome.Parsed;
import com.techpro.callclient.stack.sip.message.ParseOutcome.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the grammar library is known to trip over, each closed in front of it. */
class ParserTrapsTest {
    private static final String HEAD = "OPTIONS sip:a@example.com SIP/2.0\r\n"
            + "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx\r\n"
            + "From: <sip:b@example.com>;tag=1\r\n"
            + "To: <sip:a@example.com>\r\n"
            + "Call-ID: c\r\n"
            + "CSeq: 1 OPTIONS\r\n";

    private final SipParser parser = new SipParser();

    private ParseOutcome parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return assertTimeoutPreemptively(Duration.ofSeconds(10), () -> parser.parse(bytes, 0, bytes.length));
    }

    private ParseOutcome with(String header) {
        return parse(HEAD + header + "\r\n\r\n");
    }

    private void assertRejected(ParseOutcome outcome, Rejection reason) {
        assertThat(outcome).isInstanceOf(Rejected.class);
        assertThat(((Rejected) outcome).reason()).isEqualTo(reason);
        assertThat(parser.rejections()).containsEntry(reason, 1L);
    }

    @Test
    void trap_via_comment_with_bracket_and_backslash_does_not_loop() {
        assertRejected(
                parse(HEAD.replace(";branch=z9hG4bKx", ";branch=z9hG4bKx (\\") + "\r\n"), Rejection.MALFORMED_HEADER);
    }

    @Test
    void trap_a_fold_is_a_space() {
        Parsed parsed = (Parsed) with("Subject: one\r\n two\r\n\t  three");

        assertThat(parsed.message().header("Subject")).isEqualTo("one two three");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIP/7.0", "SIP/2.1", "SIP/20", "SIP/2.0.0", "SIP/"})
    void trap_another_version_is_not_2_0(String version) {
        ParseOutcome outcome = parse(HEAD.replace("com SIP/2.0", "com " + version) + "\r\n");

        assertRejected(outcome, Rejection.VERSION);
        assertThat(((Rejected) outcome).answer().status()).isEqualTo(505);
    }

    @Test
    void trap_another_version_in_a_via_is_not_2_0() {
        assertRejected(parse(HEAD.replace("Via: SIP/2.0", "Via: SIP/7.0") + "\r\n"), Rejection.VERSION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: <sip:x@example.com>;tag=2",
                "f: <sip:x@example.com>;tag=2",
                "To: <sip:x@example.com>",
                "Call-ID: d",
                "i: d",
                "CSeq: 2 OPTIONS",
                "Max-Forwards: 1\r\nMax-Forwards: 2",
                "Content-Length: 0\r\nl: 0",
                "Content-Type: a/b\r\nc: a/b",
                "Expires: 1\r\nExpires: 1",
                "RSeq: 1\r\nRSeq: 1"
            })
    void trap_a_header_that_appears_once_does_not_appear_twice(String header) {
        ParseOutcome outcome = with(header);

        assertRejected(outcome, Rejection.REPEATED_HEADER);
        assertThat(((Rejected) outcome).answer().status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RSeq: 99999999999999999999",
                "RSeq: x",
                "RSeq: 0",
                "RSeq: -1",
                "RAck: 99999999999999999999 1 INVITE",
                "RAck: 1 99999999999999999999 INVITE",
                "RAck: 1",
                "RAck: x y z",
                "Max-Forwards: 256",
                "Max-Forwards: 99999999999999999999",
                "Max-Forwards: -1"
            })
    void trap_a_number_that_is_none_is_a_rejection_and_not_an_exception(String header) {
        assertRejected(with(header), Rejection.MALFORMED_HEADER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rport=x", "rport=0", "rport=65536", "rport=99999999999999999999", "rport=-1", "rport=\"5\""})
    void trap_an_rport_that_is_no_port_is_a_rejection_and_not_an_exception(String rport) {
        assertRejected(
                parse(HEAD.replace("branch=z9hG4bKx", "branch=z9hG4bKx;" + rport) + "\r\n"),
                Rejection.MALFORMED_HEADER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2000000000", "2147483648", "99999999999999999999", "65536", "-1", "+1", "1 2", "", "0x10", "1,1"
            })
    void trap_a_content_length_beyond_any_message_is_not_believed(String length) {
        ParseOutcome outcome = with("Content-Length: " + length);

        assertRejected(outcome, Rejection.CONTENT_LENGTH);
        assertThat(((Rejected) outcome).answer().status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Contact: <sip:b@example.com> garbage",
                "Contact: sip:b@example.com garbage",
                "Contact: <sip:b@example.com garbage>",
                "Contact: <sip:b@example.com>;a=1;a=2",
                "Contact: <sip:b@example.com>;a=1=2",
                "Contact: <sip:b@example.com>;;",
                "Contact: <sip:b@example.com",
                "Contact: < sip:b@example.com >",
                "Reply-To: x\r\nContact: a;b <sip:b@example.com>",
                "Contact: \"b <sip:b@example.com>",
                "Contact: \"b\" sip:b@example.com",
                "Contact: <sip:b@example.com:99999>",
                "Contact: <sip:b@example.com;a=\"q\">",
                "Contact: <sip:@example.com>",
                "Contact: <sip:%zz@example.com>",
                "Contact: <sip:%4@example.com>",
                "Contact: ",
                "Contact: <sip:a@example.com>,,<sip:b@example.com>",
                "Route: not a uri",
                "Record-Route: <>",
                "Contact: <sip:>",
                "Contact: <:>",
                "Contact: <tel:>"
            })
    void trap_trailing_garbage_and_doubled_parameters_are_not_swallowed(String header) {
        assertRejected(with(header), Rejection.MALFORMED_HEADER);
    }

    @Test
    void trap_an_unquoted_display_name_has_no_comma() {
        assertRejected(parse(HEAD.replace("From: <", "From: Bell, Alexander <") + "\r\n"), Rejection.MALFORMED_HEADER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: a\rb", "X: a\nb", "X: a\n", "X\r\n: b", " X: a", "X Y: a", ": a", "novalue", "X"})
    void trap_lines_that_two_readers_could_read_in_two_ways_are_refused(String header) {
        assertThat(with(header)).isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Expires: 6\u0000",
                "Expires: \u00006",
                "Expires:\r\n \u0000 6",
                "Expires:\r\n 6\u0000",
                "Max-Forwards: 70\u0001",
                "Subject: a\u0000b",
                "Subject: a\u007f",
                "Subject: \\\u0000",
                "X-Any: \u001b[2J",
                "Contact: \"a\u0007b\" <sip:b@example.com>",
                "Contact: <sip:b@example.com>;q=0.5\u0000",
                "Require: \u0000",
                "Allow: INVITE,\u0000ACK"
            })
    void trap_a_control_character_that_no_escape_protects_is_malformed(String header) {
        ParseOutcome outcome = with(header);

        assertRejected(outcome, Rejection.MALFORMED_HEADER);
        assertThat(((Rejected) outcome).answer().status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Contact: \"bell \\\u0007 nul \\\u0000 del \\\u007f\" <sip:b@example.com>",
                "User-Agent: phone (\\\u0000 (inner \\\u007f))",
                "Subject: one\ttwo",
                "Subject: \u00e4 \u4f60"
            })
    void an_escaped_control_character_a_tab_and_non_ASCII_text_are_accepted(String header) {
        assertThat(with(header)).isInstanceOf(Parsed.class);
    }

    @Test
    void a_control_character_in_the_start_line_is_malformed() {
        assertRejected(parse(HEAD.replace("sip:a@", "sip:a\u0000@") + "\r\n"), Rejection.MALFORMED_START_LINE);
        String response = HEAD.replace("OPTIONS sip:a@example.com SIP/2.0", "SIP/2.0 200 O\u0000K") + "\r\n";
        assertThat(((Rejected) parse(response)).reason()).isEqualTo(Rejection.MALFORMED_START_LINE);
    }

    @Test
    void a_control_character_is_not_sent_back() {
        Rejected rejected = (Rejected) parse(HEAD.replace("Call-ID: c", "Call-ID: c\u0000") + "\r\n");

        assertThat(rejected.reason()).isEqualTo(Rejection.MALFORMED_HEADER);
        assertThat(rejected.answer()).isNull();
    }

    @Test
    void trap_megabytes_of_headers_are_bounded_in_line_count_and_size() {
        String line = "X: " + "a".repeat(9_000);
        assertThat(((Rejected) with(line)).reason()).isEqualTo(Rejection.LINE_TOO_LONG);
        String folded = "X: a" + ("\r\n " + "a".repeat(1_000)).repeat(9);
        assertThat(((Rejected) with(folded)).reason()).isEqualTo(Rejection.LINE_TOO_LONG);
        String many = "X: a\r\n".repeat(201).trim();
        assertThat(((Rejected) with(many)).reason()).isEqualTo(Rejection.TOO_MANY_HEADERS);
        String vias = "Via: " + "SIP/2.0/UDP h;branch=z9hG4bKq, ".repeat(201) + "SIP/2.0/UDP h";
        assertThat(((Rejected) with(vias)).reason()).isEqualTo(Rejection.TOO_MANY_VALUES);
        String params = "Contact: <sip:h>" + nth(70);
        assertThat(((Rejected) with(params)).reason()).isEqualTo(Rejection.TOO_MANY_VALUES);
        String uriParams = "Contact: <sip:h" + nth(70) + ">";
        assertThat(((Rejected) with(uriParams)).reason()).isEqualTo(Rejection.TOO_MANY_VALUES);
        String whole = "X: " + ("a".repeat(4_000) + "\r\nX: ").repeat(17) + "a";
        assertThat(((Rejected) with(whole)).reason()).isEqualTo(Rejection.TOO_LARGE);
    }

    private static String nth(int count) {
        StringBuilder params = new StringBuilder();
        for (int i = 0; i < count; i++) {
            params.append(";p").append(i);
        }
        return params.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "\r\n\r\n",
                "x",
                "GET / HTTP/1.1\r\n\r\n",
                "\u0000\u0000\u0000\u0000",
                "SIP/2.0\r\n\r\n"
            })
    void trap_data_that_is_not_SIP_is_rejected_and_never_answered(String text) {
        ParseOutcome outcome = parse(text);

        assertThat(outcome).isInstanceOf(Rejected.class);
        assertThat(((Rejected) outcome).answer()).isNull();
    }

    @Test
    void a_malformed_ACK_or_response_is_never_answered() {
        String ack = HEAD.replace("OPTIONS", "ACK") + "CSeq: 1 ACK\r\n\r\n";
        assertThat(((Rejected) parse(ack)).answer()).isNull();
        String response = HEAD.replace("OPTIONS sip:a@example.com SIP/2.0", "SIP/2.0 200 OK") + "Call-ID: d\r\n\r\n";
        assertThat(((Rejected) parse(response)).answer()).isNull();
    }

    @Test
    void an_answer_to_a_malformed_request_repeats_its_headers_as_they_came() {
        Rejected rejected = (Rejected) parse(
                HEAD.replace("CSeq: 1", "CSeq: 36893488147419103232").replace("To: <", "To: \"unclosed <") + "\r\n");

        String answer = new String(rejected.answer().encode(), StandardCharsets.UTF_8);

        assertThat(answer)
                .startsWith("SIP/2.0 400 Bad Request\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx\r\n")
                .contains("To: \"unclosed <sip:a@example.com>\r\n")
                .contains("CSeq: 36893488147419103232 OPTIONS\r\n")
                .endsWith("Content-Length: 0\r\n\r\n");
    }
}
