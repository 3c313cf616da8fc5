// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.techpro.callclient.stack.sip.message.ParseOutcome.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SipMessageTest {
    private static final Via VIA = new Via("TLS", "2001:db8::1", 5061, Map.of("branch", "z9hG4bK1"));

    private static SipRequest.Builder invite() {
        return SipRequest.builder("INVITE", SipUri.of("sip:bob@example.com"))
                .via(VIA)
                .from(NameAddr.of("Alice \"A\" \\ B", SipUri.of("sip:alice@example.com"))
                        .withTag("f1"))
                .to(NameAddr.of(SipUri.of("sip:bob@example.com")))
                .callId("id@host")
                .cseq(7, "INVITE");
    }

    private static SipMessage reparsed(SipMessage message) {
        byte[] bytes = message.encode();
        return ((Parsed) new SipParser().parse(bytes, 0, bytes.length)).message();
    }

    private static String text(SipMessage message) {
        return new String(message.encode(), StandardCharsets.UTF_8);
    }

    @Test
    void a_built_request_encodes_all_its_fields() {
        SipRequest request = invite().contact(NameAddr.of(SipUri.of("sip:alice@[2001:db8::1]:5061;transport=tls")))
                .addRoute(NameAddr.of(SipUri.of("sip:proxy.example.com;lr")))
                .set("User-Agent", "x/1")
                .body("application/sdp", "v=0\r\n")
                .build();

        assertThat(text(request))
                .isEqualTo("INVITE sip:bob@example.com SIP/2.0\r\n"
                        + "Via: SIP/2.0/TLS [2001:db8::1]:5061;branch=z9hG4bK1\r\n"
                        + "From: \"Alice \\\"A\\\" \\\\ B\" <sip:alice@example.com>;tag=f1\r\n"
                        + "To: <sip:bob@example.com>\r\n"
                        + "Call-ID: id@host\r\n"
                        + "CSeq: 7 INVITE\r\n"
                        + "Contact: <sip:alice@[2001:db8::1]:5061;transport=tls>\r\n"
                        + "Route: <sip:proxy.example.com;lr>\r\n"
                        + "User-Agent: x/1\r\n"
                        + "Content-Type: application/sdp\r\n"
                        + "Max-Forwards: 70\r\n"
                        + "Content-Length: 5\r\n\r\nv=0\r\n");
        SipMessage back = reparsed(request);
        assertThat(back.from().displayName()).isEqualTo("Alice \"A\" \\ B");
        assertThat(back.contentType()).isEqualTo("application/sdp");
        assertThat(back.header("l")).isEqualTo("5");
        assertThat(back.topVia()).isEqualTo(VIA);
    }

    @Test
    void a_name_in_any_language_survives() {
        SipRequest request = invite().from(
                        NameAddr.of("J\u00fcrgen \u96fb\u8a71 \ud83d\ude00", SipUri.of("sip:j@example.com")))
                .build();

        assertThat(reparsed(request).from().displayName()).isEqualTo("J\u00fcrgen \u96fb\u8a71 \ud83d\ude00");
    }

    @Test
    void no_value_can_start_another_header() {
        assertThatIllegalArgumentException().isThrownBy(() -> invite().set("Subject", "x\r\nEvil: y"));
        assertThatIllegalArgumentException().isThrownBy(() -> invite().add("Subject", "x\ny"));
        assertThatIllegalArgumentException().isThrownBy(() -> invite().set("Sub ject", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> invite().set("Content-Length", "7"));
        assertThatIllegalArgumentException().isThrownBy(() -> invite().set("Contact", "nonsense"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NameAddr.of("x\r\nEvil: y", SipUri.of("sip:a@example.com")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NameAddr.of(SipUri.of("sip:a@example.com")).withParam("tag", "x;y"));
        assertThatIllegalArgumentException().isThrownBy(() -> VIA.withParam("a b", "c"));
        assertThatIllegalArgumentException().isThrownBy(() -> SipRequest.builder("IN VITE", SipUri.of("sip:h")));
        SipRequest request = invite().build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SipResponse.respondTo(request, 200).reason("OK\r\nEvil: y"));
    }

    @Test
    void lists_are_read_value_by_value_and_taken_apart_from_the_front() {
        SipRequest request = (SipRequest) reparsed(invite().set("Allow", "INVITE, ACK,, BYE")
                .add("Allow", "CANCEL")
                .add("Record-Route", "<sip:a;lr>")
                .add("Record-Route", "<sip:b;lr>")
                .addFirst("Route", "<sip:two;lr>")
                .addFirst("Route", "\"one, really\" <sip:one;lr>")
                .set("Authorization", "Digest username=\"a\", realm=\"b\"")
                .build());

        assertThat(request.headers("allow")).containsExactly("INVITE", "ACK", "BYE", "CANCEL");
        assertThat(request.header("Allow")).isEqualTo("INVITE");
        assertThat(request.headers("Authorization")).hasSize(1);
        assertThat(request.recordRoutes())
                .extracting(route -> route.uri().host())
                .containsExactly("a", "b");
        assertThat(request.routes()).extracting(route -> route.uri().host()).containsExactly("one", "two");
        SipRequest popped =
                request.toBuilder().removeFirst("Route").removeFirst("Via").build();
        assertThat(popped.routes()).hasSize(1);
        assertThat(popped.vias()).isEmpty();
        assertThatIllegalStateException().isThrownBy(popped::topVia);
    }

    @Test
    void compact_names_are_the_same_headers() {
        SipRequest request =
                invite().set("k", "timer").set("x", "90").set("o", "presence").build();

        assertThat(text(request)).contains("Supported: timer\r\nSession-Expires: 90\r\nEvent: presence\r\n");
        assertThat(request.header("supported")).isEqualTo("timer");
        assertThat(request.number("Session-Expires")).isEqualTo(90);
        assertThat(request.number("Expires")).isEqualTo(-1);
        assertThat(request.number("Supported")).isEqualTo(-1);
    }

    @Test
    void section_8_2_6_2_a_response_copies_the_identifying_headers_of_its_request() {
        SipRequest request = invite().add("Record-Route", "<sip:a;lr>")
                .set("Timestamp", "54")
                .build();

        SipResponse ringing = SipResponse.respondTo(request, 180).toTag("t1").build();

        assertThat(text(ringing))
                .startsWith("SIP/2.0 180 Ringing\r\nVia: ")
                .contains("To: <sip:bob@example.com>;tag=t1\r\n")
                .contains("Record-Route: <sip:a;lr>\r\n")
                .doesNotContain("Timestamp")
                .doesNotContain("Max-Forwards");
        assertThat(text(SipResponse.respondTo(request, 100).build()))
                .contains("Timestamp: 54\r\n")
                .doesNotContain("Record-Route");
        assertThat(text(SipResponse.respondTo(request, 486).build())).doesNotContain("Record-Route");
        assertThat(((SipResponse) reparsed(ringing)).status()).isEqualTo(180);
    }

    @Test
    void a_message_without_a_mandatory_header_is_not_built() {
        assertThatIllegalStateException()
                .isThrownBy(() -> invite().remove("From").build());
        assertThatIllegalStateException()
                .isThrownBy(() -> invite().remove("Call-ID").build());
        assertThatIllegalStateException()
                .isThrownBy(() -> invite().remove("CSeq").build());
    }

    @Test
    void building_from_a_message_does_not_change_it() {
        SipRequest request = invite().body("text/plain", "abc").build();
        request.body()[0] = 'x';
        SipRequest changed =
                request.toBuilder().callId("other").body(null, new byte[0]).build();

        assertThat(request.callId()).isEqualTo("id@host");
        assertThat(request.bodyText()).isEqualTo("abc");
        assertThat(changed.contentType()).isNull();
        assertThat(changed.hasBody()).isFalse();
    }

    @Test
    void a_wildcard_contact_is_no_address() {
        SipMessage message = reparsed(invite().set("Contact", "*").build());

        assertThat(message.isContactWildcard()).isTrue();
        assertThat(message.contacts()).isEmpty();
    }

    @Test
    void printing_tells_the_method_and_nothing_personal() {
        SipRequest request = invite().body("text/plain", "secret").build();

        assertThat(request).hasToString("INVITE 7 INVITE, body 6 bytes");
        assertThat(SipResponse.respondTo(request, 200).build()).hasToString("200 to 7 INVITE, body 0 bytes");
    }
}
