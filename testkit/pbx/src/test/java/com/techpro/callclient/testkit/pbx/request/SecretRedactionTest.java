// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretRedactionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Authorization: Digest username=\"1001\", response=\"s3cret\"|Authorization: Digest [redacted]",
                "Proxy-Authorization: Bearer s3cret|Proxy-Authorization: Bearer [redacted]",
                "Authorization: s3cret|Authorization: [redacted]",
                "X-Api-Key: s3cret and more|X-Api-Key: [redacted]",
                "Cookie: id=s3cret|Cookie: [redacted]",
                "From: <sip:1001:s3cret@pbx.test>;tag=1|From: <sip:1001:[redacted]@pbx.test>;tag=1",
                "Contact: <sip:1001@10.0.0.2:5060;pn-provider=fcm;pn-prid=s3cret;pn-param=p>|"
                        + "Contact: <sip:1001@10.0.0.2:5060;pn-provider=fcm;pn-prid=[redacted];pn-param=p>",
                "To: <sip:1002@[2001:db8::1]:5060>|To: <sip:1002@[2001:db8::1]:5060>",
                "P-Asserted-Identity: <sip:+49301234@pbx.test>|P-Asserted-Identity: <sip:+49301234@pbx.test>"
            })
    void a_header_without_its_secret(String header, String redacted) {
        assertThat(message(header, "", null)).isEqualTo("INVITE sip:1 SIP/2.0\r\n" + redacted + "\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:s3cret==|a=crypto:1 AES_CM_128_HMAC_SHA1_80 [redacted]",
                "a=crypto:s3cret|a=crypto:[redacted]",
                "k=base64:s3cret|k=[redacted]",
                "a=ice-pwd:s3cret|a=ice-pwd:[redacted]",
                "a=key-mgmt:mikey s3cret|a=key-mgmt:[redacted]",
                "a=fingerprint:sha-256 AB:CD|a=fingerprint:sha-256 AB:CD",
                "a=rtpmap:0 PCMU/8000|a=rtpmap:0 PCMU/8000"
            })
    void a_description_without_its_keys(String line, String redacted) {
        assertThat(message("To: x", "v=0\r\n" + line + "\r\n", "application/sdp"))
                .endsWith("v=0\r\n" + redacted + "\r\n");
    }

    @Test
    void other_bodies_are_left_out() {
        assertThat(message("To: x", "Signal=5\r\n", "application/dtmf-relay"))
                .endsWith("\r\n\r\n[10 characters of application/dtmf-relay]");
    }

    @Test
    void the_request_uri_has_no_password_either() {
        assertThat(SecretRedaction.ofMessage(
                        "sips:1:s3cret@a", "INVITE sips:1:s3cret@a SIP/2.0\r\nTo: x\r\n\r\n", null))
                .isEqualTo("INVITE sips:1:[redacted]@a SIP/2.0\r\nTo: x\r\n\r\n");
    }

    /** Reading one line gives what the whole has. */
    @Test
    void start_and_headers_of_the_wire_have_no_secrets_either() {
        byte[] wire = ("INVITE sip:1:s3cret@a SIP/2.0\r\nto: x\r\nCall-ID : 7\r\nToken: s3cret\r\n"
                        + "Contact: <sip:2:s3cret@b>\r\n ;pn-prid=s3cret\r\n\r\nBody: of it")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(SecretRedaction.startOfWire(wire)).isEqualTo("INVITE sip:1:[redacted]@a SIP/2.0");
        assertThat(SecretRedaction.headerOfWire(wire, "To")).isEqualTo("x");
        assertThat(SecretRedaction.headerOfWire(wire, "Call-ID")).isEqualTo("7");
        assertThat(SecretRedaction.headerOfWire(wire, "Token")).isEqualTo("[redacted]");
        assertThat(SecretRedaction.headerOfWire(wire, "Contact")).isEqualTo("<sip:2:[redacted]@b> ;pn-prid=[redacted]");
        assertThat(SecretRedaction.headerOfWire(wire, "T")).isEmpty();
        assertThat(SecretRedaction.headerOfWire(wire, "Body")).isEmpty();
        assertThat(SecretRedaction.ofWire(wire))
                .contains(SecretRedaction.startOfWire(wire), "\r\nCall-ID: 7\r\nToken: [redacted]\r\n");
        assertThat(SecretRedaction.startOfWire(new byte[0])).isEmpty();
    }

    private static String message(String header, String body, String type) {
        return SecretRedaction.ofMessage("sip:1", "INVITE sip:1 SIP/2.0\r\n" + header + "\r\n\r\n" + body, type);
    }
}
