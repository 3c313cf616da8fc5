// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read without the library has the library's result; what the library refuses is not read without it. */
class PlainGrammarTest {
    private static final int TEXTS = 60_000;
    private static final String[] PARTS = {
        "sip:",
        "sips:",
        "SIP:",
        "alice",
        "+49301234",
        "*98",
        "a_b",
        "o'hara",
        "!x~",
        "pa%20ss",
        "@",
        "@",
        ":",
        "example.com",
        "192.0.2.7",
        "h",
        "a-b.c-d",
        "-a",
        "a-",
        ".a",
        "a.",
        "a..b",
        "a_b.c",
        "1a",
        "1.2",
        "999.1.1.1",
        "[2001:db8::1]",
        "::1",
        ":5060",
        ":0",
        ":1",
        ":65535",
        ":65536",
        ":00005",
        ":000005060",
        ":99999999999",
        ":x",
        ";lr",
        ";lr=on",
        ";transport=TLS",
        ";Transport=udp",
        ";user=phone",
        ";ttl=5",
        ";ttl=x",
        ";maddr=192.0.2.1",
        ";method=INVITE",
        ";ob",
        ";line=a1",
        ";a=b;a=c",
        ";gr=urn:uuid:f81d4fae-7dec",
        ";x=",
        ";=x",
        ";;",
        ";x=[::1]",
        ";x=a=b",
        ";x='!~*_+",
        ";x=a%41",
        "?a=b",
        "&c=d",
        "/",
        ",",
        " ",
        "\t",
        "\u00e4",
        "\u0001",
        "<",
        ">",
        "(c)",
        "\\",
        "SIP/2.0/UDP ",
        "SIP/2.0/TLS ",
        "sip/2.0/tcp ",
        "SIP/2.0/x-Y ",
        "SIP/2.0/ ",
        "SIP/3.0/UDP ",
        "SIP / 2.0 / UDP ",
        "SIP/2.0/UDP\t",
        ""
    };

    private final Random random = Seeds.random(4475);

    private String text(String... likely) {
        StringBuilder text = new StringBuilder();
        for (String part : likely) {
            text.append(random.nextInt(8) == 0 ? PARTS[random.nextInt(PARTS.length)] : part);
            text.append(random.nextInt(8) == 0 ? PARTS[random.nextInt(PARTS.length)] : "");
        }
        if (random.nextInt(4) == 0 && text.length() > 0) {
            text.setCharAt(random.nextInt(text.length()), (char) (1 + random.nextInt(140)));
        }
        return text.toString();
    }

    private String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @Test
    void a_URI_has_the_parts_that_the_library_finds() throws SipParseException {
        int plain = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = text(
                    any("sip:", "sips:"),
                    any("alice@", "+4930@", "*98@", ""),
                    any("example.com", "192.0.2.7", "h"),
                    any("", ":5060", ":1"),
                    any("", ";lr", ";transport=TLS", ";gr=urn:uuid:f8-1"),
                    any("", ";Line=A1", ";ob"));
            UriParts parts = PlainGrammar.sipUri(text);
            if (parts != null) {
                plain++;
                UriParts library = UriParser.checked(text);
                assertThat(parts).as(text).usingRecursiveComparison().isEqualTo(library);
                assertThat(order(parts.params())).as(text).isEqualTo(order(library.params()));
            }
        }
        assertThat(plain).as("texts that the library was not needed for").isBetween(TEXTS / 10, TEXTS * 3 / 4);
    }

    @Test
    void a_Via_has_the_values_that_the_library_finds() throws SipParseException {
        int plain = 0;
        Map<String, String> params = Map.of("branch", "z9hG4bK1");
        for (int i = 0; i < TEXTS; i++) {
            String text = text(
                    any("SIP/2.0/UDP ", "SIP/2.0/TLS ", "SIP/2.0/x-Y "),
                    any("example.com", "192.0.2.7", "Host"),
                    any("", ":5060", ":1"));
            Via via = PlainGrammar.via(text, text.length(), params);
            if (via != null) {
                plain++;
                assertThat(via).as(text).isEqualTo(JainGrammar.sentBy(text, params, true));
            }
        }
        assertThat(plain).as("texts that the library was not needed for").isBetween(TEXTS / 10, TEXTS * 3 / 4);
    }

    private static List<String> order(Map<String, String> params) {
        return new ArrayList<>(params.keySet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:1001@192.0.2.7:49152;line=a1;transport=tls",
                "sip:pbx.example.com;transport=tls;lr",
                "sips:+4930123@pbx.example.com:5061",
                "sip:alice@example.com;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
                "sip:192.0.2.1"
            })
    void a_URI_of_a_usual_INVITE_needs_no_library(String uri) {
        assertThat(PlainGrammar.sipUri(uri)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIP/2.0/TLS pbx.example.com:5061", "SIP/2.0/UDP 192.0.2.1"})
    void a_Via_of_a_usual_INVITE_needs_no_library(String via) {
        assertThat(PlainGrammar.via(via, via.length(), Map.of())).isNotNull();
    }

    @Test
    void more_parameters_than_the_bound_are_refused() {
        StringBuilder uri = new StringBuilder("sip:h");
        for (int i = 0; i < MessageLimits.DEFAULT.parameters(); i++) {
            uri.append(";p").append(i);
        }
        assertThat(PlainGrammar.sipUri(uri.toString())).isNotNull();
        assertThat(PlainGrammar.sipUri(uri + ";more")).isNull();
        assertThatCode(() -> SipUri.parse(uri + ";more")).isInstanceOf(SipParseException.class);
    }
}
