// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.AuthenticationProblem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketHandshakeTest {
    /** The nonce of RFC 6455 §1.3 and RFC 7118 §8. */
    private static final Random THE_SAMPLE_NONCE = new Random() {
        private static final long serialVersionUID = 1L;

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy("the sample nonce".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 16);
        }
    };

    private final WebSocketHandshake client = new WebSocketHandshake("proxy.example.com", "/", THE_SAMPLE_NONCE);

    private static HttpHead head(String text) {
        return new HttpHead.Collector()
                .feed(ByteBuffer.wrap(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII).replace("\r\n", "\n");
    }

    /** RFC 7118 §8.1 F1, of a client that is no browser. */
    private static final String REQUEST = """
            GET / HTTP/1.1
            Host: proxy.example.com
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Protocol: sip

            """;

    /** RFC 7118 §8.1 F2. */
    private static final String ANSWER = """
            HTTP/1.1 101 Switching Protocols
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
            Sec-WebSocket-Protocol: sip

            """;

    @Test
    void the_request_is_that_of_the_RFC() {
        assertThat(text(client.request())).isEqualTo(REQUEST);
    }

    @Test
    void the_answer_of_the_RFC_is_accepted() {
        assertThat(client.refusal(head(ANSWER))).isNull();
    }

    @Test
    void the_answer_to_the_RFCs_request_is_the_RFCs() {
        assertThat(text(WebSocketHandshake.answer(head(REQUEST)))).isEqualTo(ANSWER);
        assertThat(text(WebSocketHandshake.answer(
                        head(REQUEST.replace("Sec-WebSocket-P", "Origin: https://www.example.com\nSec-WebSocket-P")))))
                .isEqualTo(ANSWER);
    }

    @ParameterizedTest
    @CsvSource({
        "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=, AAAALMBiTxaQ9kYGzzhZRbK+xOo=",
        "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=, S3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
        "Sec-WebSocket-Accept, X-Accept",
        "Protocol: sip, Protocol: chat",
        "Protocol: sip, Protocol: 'sip, chat'",
        "Sec-WebSocket-Protocol: sip, X-Protocol: sip",
        "Upgrade: websocket, Upgrade: h2c",
        "Connection: Upgrade, Connection: close",
        "HTTP/1.1 101, HTTP/1.0 101",
        "HTTP/1.1 101, SIP/2.0 101"
    })
    void an_answer_that_is_not_quite_right_is_refused(String good, String bad) {
        assertThat(ANSWER).contains(good);

        assertThat(client.refusal(head(ANSWER.replace(good, bad))))
                .isEqualTo(new Failure.ProtocolViolation("websocket handshake"));
    }

    @Test
    void an_answer_with_an_extension_that_nobody_offered_is_refused() {
        String extended = ANSWER.replace("Connection:", "Sec-WebSocket-Extensions: permessage-deflate\nConnection:");

        assertThat(client.refusal(head(extended))).isEqualTo(new Failure.ProtocolViolation("websocket handshake"));
    }

    @Test
    void fields_may_be_written_otherwise() {
        assertThat(client.refusal(head(ANSWER.replace("Upgrade: websocket", "UPGRADE:WebSocket")
                        .replace("Connection: Upgrade", "connection: keep-alive, upgrade"))))
                .isNull();
    }

    private Failure refusal(String status, String fields) {
        return client.refusal(head("HTTP/1.1 " + status + "\n" + fields + "\n"));
    }

    @Test
    void other_statuses_are_told_apart() {
        assertThat(refusal("401 Unauthorized", ""))
                .isEqualTo(new Failure.AuthenticationFailed(AuthenticationProblem.UNSUPPORTED));
        assertThat(refusal("403 Forbidden", "")).isEqualTo(new Failure.Forbidden());
        assertThat(refusal("404 Not Found", "")).isEqualTo(new Failure.Rejected(404));
        assertThat(refusal("302 Found", "Location: wss://elsewhere.example.com/\n"))
                .isEqualTo(new Failure.Redirected(302));
        assertThat(refusal("200 OK", "")).isEqualTo(new Failure.Rejected(200));
        assertThat(refusal("503 Service Unavailable", "Retry-After: 120\n"))
                .isEqualTo(new Failure.ServerError(503, Duration.ofMinutes(2)));
        assertThat(refusal("503 Service Unavailable", "")).isEqualTo(new Failure.ServerError(503, null));
        assertThat(refusal("503 Service Unavailable", "Retry-After: 999999999\n"))
                .isEqualTo(new Failure.ServerError(503, Duration.ofDays(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "GET / , POST / , 405",
        "HTTP/1.1, HTTP/1.0, 400",
        "Host, X-Host, 400",
        "Upgrade: websocket, Upgrade: h2c, 426",
        "Version: 13, Version: 8, 426",
        "Protocol: sip, Protocol: chat, 400",
        "dGhlIHNhbXBsZSBub25jZQ==, c2hvcnQ=, 400",
        "dGhlIHNhbXBsZSBub25jZQ==, ???, 400"
    })
    void a_request_that_is_not_quite_right_is_refused(String good, String bad, String status) {
        String answer = text(WebSocketHandshake.answer(head(REQUEST.replace(good.trim(), bad.trim()))));

        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("Connection: close");
        assertThat(WebSocketHandshake.opens(answer.getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
    }

    @Test
    void of_several_subprotocols_sip_is_taken() {
        assertThat(text(WebSocketHandshake.answer(head(REQUEST.replace("Protocol: sip", "Protocol: chat, sip")))))
                .isEqualTo(ANSWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X y: 1", "no colon", " folded: line", ": nameless"})
    void a_head_with_a_line_that_is_no_field_is_none(String line) {
        HttpHead.Collector collector = new HttpHead.Collector();

        assertThat(collector.feed(ByteBuffer.wrap(
                        ("GET / HTTP/1.1\r\n" + line + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII))))
                .isNull();
        assertThat(collector.hasFailed()).isTrue();
        assertThat(text(WebSocketHandshake.answer(null))).startsWith("HTTP/1.1 400");
    }

    @Test
    void a_head_without_end_is_given_up() {
        HttpHead.Collector collector = new HttpHead.Collector();
        ByteBuffer endless = ByteBuffer.wrap(new byte[1_000_000]);

        assertThat(collector.feed(endless)).isNull();

        assertThat(collector.hasFailed()).isTrue();
        assertThat(endless.position()).isEqualTo(HttpHead.LONGEST);
    }

    @Test
    void bytes_after_an_http_head_stay_in_the_buffer() {
        ByteBuffer bytes = ByteBuffer.wrap("HTTP/1.1 101 x\r\n\r\nframes".getBytes(StandardCharsets.US_ASCII));

        assertThat(new HttpHead.Collector().feed(bytes)).isNotNull();
        assertThat(bytes.remaining()).isEqualTo(6);
    }
}
