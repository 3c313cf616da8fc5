// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipUriTest {
    /** The pairs of RFC 3261 §19.1.4 that are equal. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "sip:%61lice@atlanta.com;transport=TCP sip:alice@AtlanTa.CoM;Transport=tcp",
                "sip:carol@chicago.com sip:carol@chicago.com;newparam=5",
                "sip:carol@chicago.com sip:carol@chicago.com;security=on",
                "sip:carol@chicago.com;newparam=5 sip:carol@chicago.com;security=on",
                "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com"
                        + " sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com",
                "sip:alice@atlanta.com?subject=project%20x&priority=urgent"
                        + " sip:alice@atlanta.com?priority=urgent&subject=project%20x",
                "sip:a@[2001:db8::1] SIP:a@[2001:DB8::1]",
                "tel:+1-201-555-0123 tel:+12015550123",
            })
    void equal(String one, String other) {
        assertThat(SipUri.of(one)).isEqualTo(SipUri.of(other)).hasSameHashCodeAs(SipUri.of(other));
    }

    /** The pairs of RFC 3261 §19.1.4 that are not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "SIP:ALICE@AtLanTa.CoM;Transport=udp sip:alice@AtLanTa.CoM;Transport=UDP",
                "sip:bob@biloxi.com sip:bob@biloxi.com:5060",
                "sip:bob@biloxi.com;transport=tcp;user=phone sip:bob@biloxi.com;transport=tcp",
                "sip:bob@biloxi.com:6000;transport=tcp;ttl=1 sip:bob@biloxi.com:6000;transport=tcp",
                "sip:carol@chicago.com sip:carol@chicago.com?Subject=next%20meeting",
                "sip:carol@chicago.com;security=on sip:carol@chicago.com;security=off",
                "sip:bob@phone21.boxesbybob.com sip:bob@192.0.2.4",
                "sip:a@example.com sips:a@example.com",
                "sip:example.com sip:a@example.com",
                "tel:+1 tel:+2",
            })
    void different(String one, String other) {
        assertThat(SipUri.of(one)).isNotEqualTo(SipUri.of(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:alice@example.com",
                "SIP:Alice:secret@Example.com:5061;Transport=TLS;lr?Subject=x&Priority=urgent",
                "sips:[2001:db8::1]:5061",
                "sip:*97@h",
                "sip:#31#@h",
                "sip:+1-234;ext=5@h;user=phone",
                "tel:+1-201-555-0123;phone-context=example.com",
                "urn:service:sos",
                "http://www.example.com/a?b"
            })
    void a_parsed_URI_is_encoded_to_the_same_bytes(String text) throws SipParseException {
        assertThat(SipUri.parse(text).encode()).isEqualTo(text);
    }

    @Test
    void parts() {
        SipUri uri = SipUri.of("sips:al%69ce:pw@[2001:DB8::1]:5071;Transport=TLS;lr;x=%41?Subject=a%20b");

        assertThat(uri.scheme()).isEqualTo("sips");
        assertThat(uri.isSecure()).isTrue();
        assertThat(uri.user()).isEqualTo("alice");
        assertThat(uri.host()).isEqualTo("2001:db8::1");
        assertThat(uri.port()).isEqualTo(5071);
        assertThat(uri.param("transport")).isEqualTo("TLS");
        assertThat(uri.param("x")).isEqualTo("A");
        assertThat(uri.isLooseRouter()).isTrue();
        assertThat(uri.headers()).containsEntry("Subject", "a b");
    }

    @Test
    void a_user_part_is_escaped_where_it_must_be() throws SipParseException {
        SipUri uri = SipUri.of("sip", "a b@c;d/\u00fc%\"<>#", "example.com", 0);

        assertThat(uri.encode()).isEqualTo("sip:a%20b%40c;d/%C3%BC%25%22%3C%3E%23@example.com");
        assertThat(SipUri.parse(uri.encode()).user()).isEqualTo("a b@c;d/\u00fc%\"<>#");
        assertThat(SipUri.of("sip", null, "2001:db8::1", 5060).encode()).isEqualTo("sip:[2001:db8::1]:5060");
    }

    @Test
    void parameters_come_and_go() {
        SipUri uri = SipUri.of("sip:a@h")
                .withParam("transport", "tcp")
                .withParam("lr", "")
                .withParam("x", "a b;c");

        assertThat(uri.encode()).isEqualTo("sip:a@h;transport=tcp;lr;x=a%20b%3Bc");
        assertThat(uri.withoutParam("LR").withoutParam("x").encode()).isEqualTo("sip:a@h;transport=tcp");
        assertThatIllegalArgumentException().isThrownBy(() -> uri.withParam("a;b", "c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "sip:",
                ":x",
                "1a:b",
                "sip:a@",
                "sip:@h",
                "sip:a@h:",
                "sip:a@h:0",
                "sip:a@h:65536",
                "sip:a@h:x",
                "sip:a b@h",
                "sip:a@h b",
                "sip:a@b@c",
                "sip:a%@h",
                "sip:a%4@h",
                "sip:a%zz@h",
                "sip:a@[::1",
                "sip:a@h\r\nX: y",
                "sip:a@h;x=\"y\"",
                "sip:<a>@h",
                "sip:a@h\u0000",
                "tel:",
                "tel:abc xyz",
                "mailto:",
                "sip:a@\u00fc"
            })
    void not_a_URI(String text) {
        assertThatThrownBy(() -> SipUri.parse(text)).isInstanceOf(SipParseException.class);
    }

    @Test
    void nothing_personal_is_printed() {
        assertThat(SipUri.of("sip:alice@example.com")).hasToString("sip:[redacted]");
        assertThat(NameAddr.of("Alice", SipUri.of("sip:alice@example.com")).toString())
                .doesNotContainIgnoringCase("alice");
    }
}
