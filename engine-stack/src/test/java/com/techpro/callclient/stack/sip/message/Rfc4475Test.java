// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.sip.message.ParseOutcome.Parsed;
import com.techpro.callclient.stack.sip.message.ParseOutcome.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The 49 torture messages, as datagrams. */
class Rfc4475Test {
    static List<TortureMessage> all() {
        return TortureMessage.ALL;
    }

    private static ParseOutcome outcome(TortureMessage torture) {
        byte[] bytes = torture.bytes();
        return new SipParser().parse(bytes, 0, bytes.length);
    }

    private static SipMessage message(String file) {
        TortureMessage torture = TortureMessage.ALL.stream()
                .filter(each -> each.file().equals(file))
                .findFirst()
                .orElseThrow();
        return ((Parsed) outcome(torture)).message();
    }

    private static SipRequest request(String file) {
        return (SipRequest) message(file);
    }

    @Test
    void there_are_49_of_them() {
        assertThat(TortureMessage.ALL).hasSize(49);
    }

    @ParameterizedTest
    @MethodSource("all")
    void is_understood_or_refused_as_its_section_says(TortureMessage torture) {
        ParseOutcome outcome = outcome(torture);

        if (torture.rejection() == null) {
            assertThat(outcome).isInstanceOf(Parsed.class);
        } else {
            assertThat(outcome).isInstanceOf(Rejected.class);
            Rejected rejected = (Rejected) outcome;
            assertThat(rejected.reason()).isEqualTo(torture.rejection());
            int answer = rejected.answer() == null ? 0 : rejected.answer().status();
            assertThat(answer).isEqualTo(torture.answer());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_parsed_message_is_encoded_and_parsed_again(TortureMessage torture) {
        if (outcome(torture) instanceof Parsed first) {
            byte[] encoded = first.message().encode();

            ParseOutcome second = new SipParser().parse(encoded, 0, encoded.length);

            assertThat(second).isInstanceOf(Parsed.class);
            assertThat(((Parsed) second).message().encode()).isEqualTo(encoded);
        }
    }

    @Test
    void section_3_1_1_1_white_space_and_folds_mean_one_space() {
        SipRequest wsinv = request("wsinv");

        assertThat(wsinv.from().displayName()).isEqualTo("J Rosenberg \\\"");
        assertThat(wsinv.from().tag()).isEqualTo("98asjd8");
        assertThat(wsinv.to().tag()).isEqualTo("1918181833n");
        assertThat(wsinv.cseq()).isEqualTo(new CSeq(9, "INVITE"));
        assertThat(wsinv.number("Max-Forwards")).isEqualTo(68);
        assertThat(wsinv.header("Subject")).isEmpty();
        assertThat(wsinv.header("NewFangledHeader")).isEqualTo("newfangled value continued newfangled value");
        assertThat(wsinv.header("UnknownHeaderWithUnusualValue")).isEqualTo(";;,,;;,;");
        assertThat(wsinv.vias()).extracting(Via::transport).containsExactly("UDP", "TCP", "UDP");
        assertThat(wsinv.vias()).extracting(Via::branch).containsExactly("390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239");
        assertThat(wsinv.routes().get(0).uri().isLooseRouter()).isTrue();
        NameAddr contact = wsinv.contacts().get(0);
        assertThat(contact.displayName()).isEqualTo("Quoted string \"\"");
        assertThat(contact.params())
                .containsEntry("newparam", "newvalue")
                .containsEntry("secondparam", "")
                .containsEntry("q", "0.33");
        assertThat(wsinv.body()).hasSize(150);
    }

    @Test
    void section_3_1_1_2_every_token_character_is_one() {
        SipRequest intmeth = request("intmeth");

        assertThat(intmeth.method()).isEqualTo("!interesting-Method0123456789_*+`.%indeed'~");
        assertThat(intmeth.from().displayName()).isEqualTo("token1~` token2'+_ token3*%!.-");
        assertThat(intmeth.to().displayName()).isEqualTo("BEL:\u0007 NUL:\u0000 DEL:\u007f");
        assertThat(intmeth.requestUri().user()).isEqualTo("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*");
        assertThat(intmeth.callId()).isEqualTo("intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{");
    }

    @Test
    void section_3_1_1_3_escapes_are_decoded() {
        SipRequest esc01 = request("esc01");

        assertThat(esc01.requestUri().user()).isEqualTo("sips:user@example.com");
        assertThat(esc01.requestUri().host()).isEqualTo("example.net");
        assertThat(esc01.to().uri()).isEqualTo(SipUri.of("sip:user@example.com"));
        assertThat(esc01.from().uri().user()).isEqualTo("I have spaces");
        assertThat(esc01.contacts().get(0).uri().params())
                .containsEntry("lr", "")
                .containsEntry("name", "value%41");
    }

    @Test
    void section_3_1_1_4_an_escaped_null_ends_nothing() {
        SipRequest escnull = request("escnull");

        assertThat(escnull.to().uri().user()).isEqualTo("null-\u0000-null");
        assertThat(escnull.contacts())
                .extracting(contact -> contact.uri().user())
                .containsExactly("\u0000", "\u0000\u0000");
    }

    @Test
    void section_3_1_1_5_a_percent_sign_outside_a_URI_escapes_nothing() {
        SipRequest esc02 = request("esc02");

        assertThat(esc02.method()).isEqualTo("RE%47IST%45R");
        assertThat(esc02.to().displayName()).isEqualTo("%Z%45");
        assertThat(esc02.contacts()).hasSize(2);
        assertThat(esc02.topVia().branch()).isEqualTo("z9hG4bK209%fzsnel234");
    }

    @Test
    void section_3_1_1_8_bytes_after_the_body_of_a_datagram_are_ignored() {
        assertThat(request("dblreq").method()).isEqualTo("REGISTER");
        assertThat(request("dblreq").hasBody()).isFalse();
    }

    @Test
    void section_3_1_1_9_a_semicolon_in_a_user_part_belongs_to_it() {
        assertThat(request("semiuri").requestUri().user()).isEqualTo("user;par=u@example.net");
        assertThat(request("semiuri").headers("Accept")).hasSize(6);
    }

    @Test
    void section_3_1_1_11_a_binary_body_is_kept_to_the_byte() {
        byte[] whole = TortureMessage.ALL.get(10).bytes();
        byte[] body = request("mpart01").body();

        assertThat(body).hasSize(553);
        assertThat(new String(whole, StandardCharsets.ISO_8859_1))
                .endsWith(new String(body, StandardCharsets.ISO_8859_1));
    }

    @Test
    void sections_3_1_1_12_and_13_a_reason_is_any_text_or_none() {
        assertThat(((SipResponse) message("unreason")).reason()).startsWith("= 2**3 * 5**2 \u043d\u043e");
        assertThat(((SipResponse) message("noreason")).reason()).isEmpty();
    }

    @Test
    void section_3_1_2_12_a_date_that_is_not_GMT_is_not_believed() {
        assertThat(request("baddate").hasHeader("Date")).isFalse();
    }

    @Test
    void section_3_2_1_the_bare_cookie_is_not_a_unique_branch() {
        assertThat(request("badbranch").topVia().hasUniqueBranch()).isFalse();
    }

    @Test
    void sections_3_3_12_and_13_a_parameter_without_brackets_belongs_to_the_header() {
        assertThat(request("cparam01").contacts().get(0).params()).containsKey("unknownparam");
        assertThat(request("cparam01").contacts().get(0).uri().params()).isEmpty();
        assertThat(request("cparam02").contacts().get(0).params()).isEmpty();
        assertThat(request("cparam02").contacts().get(0).uri().params()).containsKey("unknownparam");
    }

    @Test
    void section_3_3_14_URI_headers_inside_brackets_are_kept() {
        assertThat(request("regescrt").contacts().get(0).uri().headers())
                .containsEntry("Route", "<sip:sip.example.com>");
    }

    @Test
    void section_3_4_1_a_request_of_RFC_2543_has_neither_tag_nor_cookie() {
        SipRequest inv2543 = request("inv2543");

        assertThat(inv2543.from().tag()).isNull();
        assertThat(inv2543.topVia().hasUniqueBranch()).isFalse();
        assertThat(inv2543.bodyText()).startsWith("v=0").endsWith("RTP/AVP 0\r\n");
    }
}
