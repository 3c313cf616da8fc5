// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The refusal of a request that was not parsed: what RFC 3261 §8.2.6.2 says it repeats, and nothing else. */
class InitialRequestTest {
    private static final String INVITE = "INVITE sip:1001:x@192.0.2.1:5060;ob SIP/2.0\r\n"
            + "Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bKa;rport, SIP/2.0/TCP one.example;branch=z9hG4bKb\r\n"
            + "v: SIP/2.0/TLS two.example;branch=z9hG4bKc\r\n"
            + "From: \"Ann, B\" <sip:1002@pbx.example>;tag=f\r\n"
            + "t: <sip:1001@pbx.example>\r\n"
            + "i: call-1\r\n"
            + "CSeq: 7\r\n INVITE\r\n"
            + "Contact: <sip:1002@192.0.2.10>\r\n"
            + "l: 0\r\n\r\n";

    private static InitialRequest read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return InitialRequest.read(bytes, 0, bytes.length);
    }

    private static String refusal(String text) {
        InitialRequest request = read(text);
        Via top = request.topVia().withParam("received", "192.0.2.11").withParam("rport", "5099");
        return new String(request.refusal(503, top, 3), StandardCharsets.UTF_8);
    }

    @Test
    void it_repeats_the_headers_that_a_response_copies() {
        assertThat(refusal(INVITE))
                .matches("SIP/2.0 503 Service Unavailable\r\n"
                        + "Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bKa;rport=5099;received=192.0.2.11\r\n"
                        + "Via: SIP/2.0/TCP one.example;branch=z9hG4bKb\r\n"
                        + "Via: SIP/2.0/TLS two.example;branch=z9hG4bKc\r\n"
                        + "From: \"Ann, B\" <sip:1002@pbx.example>;tag=f\r\n"
                        + "To: <sip:1001@pbx.example>;tag=overload-[0-9a-f]+\r\n"
                        + "Call-ID: call-1\r\n"
                        + "CSeq: 7 INVITE\r\n"
                        + "Retry-After: 3\r\n"
                        + "Content-Length: 0\r\n\r\n");
        assertThat(read(INVITE).user()).isEqualTo("1001");
    }

    @Test
    void to_a_repetition_it_is_the_same_and_to_another_request_it_has_another_tag() {
        assertThat(refusal(INVITE)).isEqualTo(refusal(INVITE));
        assertThat(refusal(INVITE))
                .isNotEqualTo(refusal(INVITE.replace("call-1", "call-2")).replace("call-2", "call-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"t: <sip:1001@pbx.example>\r\n", "i: call-1\r\n", "CSeq: 7\r\n INVITE\r\n", " SIP/2.0\r\nVia"})
    void a_request_that_cannot_be_answered_unparsed_is_left_to_the_parser(String missing) {
        assertThat(read(INVITE.replace(missing, missing.endsWith("Via") ? " SIP/7.0\r\nVia" : "")))
                .isNull();
        assertThat(read(INVITE.replace("i: call-1", "i: call-1\r\nCall-ID: call-2")))
                .isNull();
        assertThat(read(INVITE.replace("call-1", "call\u0001"))).isNull();
        assertThat(read(INVITE.replace("t: <sip:1001@pbx.example>", "t: <sip:1001@pbx.example>;tag=1")))
                .isNull();
        assertThat(read("")).isNull();
    }
}
