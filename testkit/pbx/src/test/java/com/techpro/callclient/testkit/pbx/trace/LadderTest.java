// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.trace.TracedMessage.Endpoint;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class LadderTest {
    private static final Instant START = Instant.parse("2030-01-01T12:00:00Z");
    private static final Endpoint PBX = new Endpoint("PBX", new InetSocketAddress("10.0.0.1", 5061));
    private static final Endpoint ANNA = new Endpoint("", new InetSocketAddress("10.0.0.11", 40001));
    private static final Endpoint BEN = new Endpoint("", new InetSocketAddress("10.0.0.12", 40002));

    @Test
    void messages_are_arrows_between_lanes_in_the_order_of_their_times() throws Exception {
        String page = page(
                List.of(
                        message(40, PBX, ANNA, "SIP/2.0 180 Ringing", "1 INVITE", "", ""),
                        message(0, ANNA, PBX, "INVITE sip:1002@pbx.test SIP/2.0", "1 INVITE", "", ""),
                        message(20, PBX, BEN, "INVITE sip:1002@10.0.0.12 SIP/2.0", "1 INVITE", "", "")),
                List.of(new StateMark(START.plusMillis(30), "1002", "rings")));

        Document svg = svg(page);
        assertThat(texts(svg, "name")).containsExactly("1001", "PBX", "1002");
        assertThat(texts(svg, "label")).containsExactly("1. INVITE", "2. INVITE", "3. 180 Ringing · INVITE");
        assertThat(texts(svg, "state")).containsExactly("rings");
        assertThat(texts(svg, "small")).contains("+0.000 s", "+0.020 s", "+0.030 s", "+0.040 s", "10.0.0.11:40001");
        assertThat(page).contains("href=\"#m3\"", "<article id=\"m3\">", "href=\"#a3\"");
    }

    @Test
    void it_says_how_media_stand_and_where_keys_are_from() throws Exception {
        String sdes =
                "v=0\r\nm=audio 4000 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:s3cret\r\na=sendonly\r\n";
        String dtls = "v=0\r\na=fingerprint:sha-256 AB\r\nm=audio 4000 UDP/TLS/RTP/SAVP 0\r\nm=video 0 RTP/AVP 9\r\n";
        String none = "v=0\r\nm=audio 4000 RTP/AVP 0\r\n";

        Document svg = svg(page(
                List.of(
                        message(
                                0,
                                ANNA,
                                PBX,
                                "INVITE sip:2 SIP/2.0",
                                "1 INVITE",
                                "Content-Type: application/sdp",
                                sdes),
                        message(1, PBX, ANNA, "SIP/2.0 200 OK", "1 INVITE", "c: application/SDP", dtls),
                        message(2, ANNA, PBX, "ACK sip:2 SIP/2.0", "1 ACK", "Content-Type: application/sdp", none)),
                List.of()));

        assertThat(texts(svg, "small"))
                .contains(
                        "audio sendonly, keys by SDES",
                        "audio sendrecv, keys by DTLS; video refused",
                        "audio sendrecv, not encrypted");
    }

    @Test
    void no_secret_is_in_it_however_it_was_written() {
        String body =
                "v=0\r\nk=base64:s3cret\r\nm=audio 1 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:s3cret\r\n"
                        + "a=ice-pwd:s3cret\r\ns3cret in a line that is none\r\na=other:x inline:s3cret\r\n";
        String headers =
                "Authorization: Digest username=\"1001\",\r\n response=\"s3cret\"\r\nproxy-authorization:Digest s3cret\r\n"
                        + "Authorization : Basic s3cret\r\nContact: <sip:1001:s3cret@10.0.0.11;pn-prid=s3cret;x-token=s3cret>\r\n"
                        + "Refer-To: <sip:1003@pbx.test?Authorization=s3cret&Replaces=abc>\r\nX-Api-Key: s3cret\r\nSubject: one\r\n\ttwo\r\n\"s3cret\": loose\r\n"
                        + "s3cret without a colon\r\nAlert-Info: <https://a/?access_token=s3cret>\r\nContent-Type: application/sdp";

        String page = page(
                List.of(
                        message(0, ANNA, PBX, "INVITE sips:1002:s3cret@pbx.test SIP/2.0", "1 INVITE", headers, body),
                        message(1, ANNA, PBX, "s3cret GARBAGE", "1 INVITE", headers, body),
                        message(
                                2,
                                ANNA,
                                PBX,
                                "MESSAGE sip:2 SIP/2.0",
                                "1 MESSAGE",
                                "Content-Type: text/plain",
                                "s3cret")),
                List.of());

        assertThat(page).doesNotContain("s3cret");
        assertThat(page)
                .contains(
                        "[redacted]",
                        "[6 characters of text/plain]",
                        "Replaces=abc",
                        "Subject: one two",
                        "[unreadable line]");
    }

    @Test
    void a_hostile_name_is_text_and_no_more() throws Exception {
        String hostile =
                "\"</pre><script>alert(1)</script><img src=x onerror='alert(2)'>\" <sip:\"><svg/onload=alert(3)>@pbx.test>";
        TracedMessage message = TracedMessage.of(
                START,
                SipTransport.TLS,
                ANNA,
                PBX,
                ("INVITE sip:2 SIP/2.0\r\nFrom: " + hostile
                                + ";tag=1\r\nTo: <sip:2>\r\nCSeq: 1 <b>\r\nX-Bidi: \u202Eabc\u0007\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));

        String page = Ladder.html(
                "<script>title</script>",
                "<i>note</i>",
                List.of(message),
                List.of(new StateMark(START, "<u>", "</title><script>")));

        String content = page.substring(page.indexOf("</style>"));
        assertThat(content)
                .doesNotContain("<script", "<img", "<i>", "<b>", "<u>", "<svg/")
                .doesNotContain("\u202E", "\u0007");
        assertThat(content).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
        assertThat(page).contains("default-src 'none'");
        svg(page);
    }

    @Test
    void a_message_that_is_repeated_says_so_and_one_that_cannot_be_read_is_a_question() throws Exception {
        TracedMessage first = message(0, ANNA, PBX, "OPTIONS sip:2 SIP/2.0", "1 OPTIONS", "", "");
        TracedMessage again = message(500, ANNA, PBX, "OPTIONS sip:2 SIP/2.0", "1 OPTIONS", "", "");
        TracedMessage garbled = message(600, PBX, ANNA, "\u0001\u0002", "1 OPTIONS", "", "");

        assertThat(texts(svg(page(List.of(first, again, garbled), List.of())), "label"))
                .containsExactly("1. OPTIONS", "2. OPTIONS (again)", "3. ?");
    }

    @Test
    void a_challenge_is_no_failure_and_wrong_credentials_are() throws Exception {
        String credentials = "Call-ID: a\r\nAuthorization: Digest username=\"1001\"";
        Document svg = svg(page(
                List.of(
                        message(0, ANNA, PBX, "REGISTER sip:pbx.test SIP/2.0", "1 REGISTER", "Call-ID: a", ""),
                        message(1, PBX, ANNA, "SIP/2.0 401 Unauthorized", "1 REGISTER", "Call-ID: a", ""),
                        message(2, ANNA, PBX, "REGISTER sip:pbx.test SIP/2.0", "2 REGISTER", credentials, ""),
                        message(3, PBX, ANNA, "SIP/2.0 401 Unauthorized", "2 REGISTER", "Call-ID: a", ""),
                        message(4, ANNA, PBX, "INVITE sip:2 SIP/2.0", "2 INVITE", "Call-ID: b", ""),
                        message(
                                5,
                                PBX,
                                ANNA,
                                "SIP/2.0 407 Proxy Authentication Required",
                                "2 INVITE",
                                "Call-ID: b",
                                ""),
                        message(6, PBX, ANNA, "SIP/2.0 486 Busy Here", "3 INVITE", "Call-ID: b", "")),
                List.of()));

        assertThat(arrows(svg))
                .containsExactly("request", "progress", "request", "failure", "request", "progress", "failure");
    }

    private static List<String> arrows(Document svg) {
        var all = svg.getElementsByTagName("a");
        return java.util.stream.IntStream.range(0, all.getLength())
                .mapToObj(all::item)
                .map(arrow -> arrow.getAttributes()
                        .getNamedItem("class")
                        .getNodeValue()
                        .replace("arrow ", ""))
                .toList();
    }

    @Test
    void of_nothing_there_is_a_page_too() throws Exception {
        assertThat(texts(svg(page(List.of(), List.of())), "label")).isEmpty();
    }

    static TracedMessage message(
            int millis, Endpoint from, Endpoint to, String start, String cseq, String headers, String body) {
        String text = start + "\r\nFrom: <sip:1001@pbx.test>;tag=1\r\nTo: <sip:1002@pbx.test>\r\nCSeq: " + cseq + "\r\n"
                + (headers.isEmpty() ? "" : headers + "\r\n") + "\r\n" + body;
        return TracedMessage.of(
                START.plusMillis(millis), SipTransport.TLS, from, to, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String page(List<TracedMessage> messages, List<StateMark> marks) {
        return Ladder.html("a call", "", messages, marks);
    }

    /** The diagram is XML, too: nothing in it is left open. */
    private static Document svg(String page) throws Exception {
        Matcher svg = Pattern.compile("<svg .*</svg>", Pattern.DOTALL).matcher(page);
        assertThat(svg.find()).isTrue();
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg.group())));
    }

    private static List<String> texts(Document svg, String style) {
        var all = svg.getElementsByTagName("text");
        return java.util.stream.IntStream.range(0, all.getLength())
                .mapToObj(all::item)
                .filter(text -> text.getAttributes()
                        .getNamedItem("class")
                        .getNodeValue()
                        .equals(style))
                .map(text -> text.getTextContent())
                .toList();
    }
}
