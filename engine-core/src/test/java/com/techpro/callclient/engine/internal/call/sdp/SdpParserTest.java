// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdpParserTest {
    private static final String START = "v=0\r\no=jdoe 3724394400 3724394405 IN IP4 198.51.100.1\r\n";

    @Test
    void RFC8866_5_the_example_of_the_specification_is_read() throws SdpException {
        SessionDescription description = parse(START
                + "s=Call to John Smith\r\n"
                + "i=SDP Offer #1\r\n"
                + "u=http://www.jdoe.example.com/home.html\r\n"
                + "e=Jane Doe <jane@jdoe.example.com>\r\n"
                + "p=+1 617 555-6011\r\n"
                + "c=IN IP4 198.51.100.1\r\n"
                + "t=0 0\r\n"
                + "m=audio 49170 RTP/AVP 0\r\n"
                + "m=audio 49180 RTP/AVP 0\r\n"
                + "m=video 51372 RTP/AVP 99\r\n"
                + "c=IN IP6 2001:db8::2\r\n"
                + "a=rtpmap:99 h263-1998/90000\r\n");

        assertThat(description.origin())
                .isEqualTo(new Origin("jdoe", "3724394400", "3724394405", "IN IP4 198.51.100.1"));
        assertThat(description.connection()).isEqualTo("IN IP4 198.51.100.1");
        assertThat(description.media()).extracting(MediaDescription::port).containsExactly(49170, 49180, 51372);
        assertThat(description.media().get(2).connection()).isEqualTo("IN IP6 2001:db8::2");
        assertThat(description.media().get(2).values("rtpmap")).containsExactly("99 h263-1998/90000");
    }

    @Test
    void an_encoded_description_is_parsed_back_unchanged() throws SdpException {
        SessionDescription description = parse(START
                + "s=-\r\n"
                + "c=IN IP4 192.0.2.1\r\n"
                + "t=0 0\r\n"
                + "a=sendonly\r\n"
                + "m=audio 4000 RTP/AVP 0 8\r\n"
                + "a=rtpmap:0 PCMU/8000\r\n");

        assertThat(SessionDescription.parse(description.encode())).isEqualTo(description);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=0\no=a 1 1 IN IP4 192.0.2.1\ns=x\nm=audio 4000 RTP/AVP 0\n", // bare line feeds, no t=
                "v=0\r\no=- 18446744073709551999 1 IN IP4 192.0.2.1\r\n", // more than 64 bits
                "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\nm=audio 4000/2 RTP/AVP 0\r\n\r\n", // a port count, an empty line
                "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP  0 \r\n", // extra spaces
                "\r\n\nv=0\r\no=a 1 1 IN IP4 192.0.2.1\r\n", // empty lines first
                "v=0\r\no=Bell  Alexander G 1 1 IN IP4 192.0.2.1\r\n" // a user with spaces
            })
    void sloppy_but_clear(String text) throws SdpException {
        assertThat(parse(text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v=1\r\no=a 1 1 IN IP4 192.0.2.1\r\n",
                "o=a 1 1 IN IP4 192.0.2.1\r\nv=0\r\n",
                "v=0\r\n",
                "v=0\r\no=a 1 1 IN IP4\r\n",
                "\r\n",
                "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\no=a 1 1 IN IP4 192.0.2.1\r\n",
                "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\nv=0\r\n",
                "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\nm=audio 65536 RTP/AVP 0\r\n",
                "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\nm=audio -1 RTP/AVP 0\r\n",
                "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\nm=audio 99999999999 RTP/AVP 0\r\n",
                "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\nm=audio \u0664\u0660 RTP/AVP 0\r\n",
                "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\nm=audio 4000\r\n",
                "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\na=\r\n",
                "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\nx=1\r\n",
                "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\nnonsense\r\n",
                "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\na=x:\u0000\r\n"
            })
    void malformed(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(SdpException.class);
    }

    @Test
    void size_and_counts_are_bounded() {
        assertTooMuch("a=x\r\n".repeat(257));
        assertTooMuch("m=audio 4000 RTP/AVP 0\r\n".repeat(33));
        assertTooMuch("m=audio 4000 RTP/AVP" + " 0".repeat(129) + "\r\n");
        assertTooMuch("a=x:" + "y".repeat(2_100) + "\r\n");
        assertTooMuch(("i=" + "y".repeat(1_000) + "\r\n").repeat(40));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IN IP4 phone.example",
                "IN IP4 1.2.3",
                "IN IP4 1.2.3.256",
                "IN IP4 224.2.1.1/127",
                "IN IP4 224.2.1.1",
                "IN IP6 ff02::1",
                "IN IP6 ::zz",
                "IN IP6 cafe",
                "IN IP6 fe80::1%eth0",
                "ATM NSAP 47"
            })
    void connections_that_are_no_literal_unicast_address(String connection) {
        assertThat(LiteralAddress.parseConnection(connection)).isNull();
    }

    @Test
    void descriptions_print_without_contents() throws SdpException {
        SessionDescription description = parse(START + "m=audio 4000 RTP/SAVP 0\r\na=crypto:1 X inline:SECRET\r\n");

        assertThat(description.toString()
                        + description.media()
                        + description.media().get(0).attributes()
                        + description.origin())
                .doesNotContain("SECRET")
                .doesNotContain("jdoe")
                .doesNotContain("198.51");
    }

    private static void assertTooMuch(String lines) {
        assertThatThrownBy(() -> parse(START + lines)).isInstanceOf(SdpException.class);
    }

    private static SessionDescription parse(String text) throws SdpException {
        return SessionDescription.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
