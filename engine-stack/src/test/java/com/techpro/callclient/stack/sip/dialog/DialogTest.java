// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** RFC 3261 §12, with the routes of §16.12.1. */
class DialogTest {
    private static SipRequest.Builder invite() {
        return SipRequest.builder("INVITE", SipUri.of("sip:bob@domain.example"))
                .set("Via", "SIP/2.0/UDP u1.example;branch=z9hG4bK1")
                .from(NameAddr.of(SipUri.of("sip:alice@u1.example")).withTag("a"))
                .to(NameAddr.of(SipUri.of("sip:bob@domain.example")))
                .callId("c")
                .cseq(7, "INVITE")
                .contact(NameAddr.of(SipUri.of("sip:caller@u1.example")))
                .add("Record-Route", "<sip:p2.example;lr>")
                .add("Record-Route", "<sip:p1.example;lr>");
    }

    private static SipResponse.Builder answer(int status, String tag) {
        return SipResponse.respondTo(invite().build(), status)
                .toTag(tag)
                .contact(NameAddr.of(SipUri.of("sip:callee@u2.example")));
    }

    private static String text(SipRequest.Builder request) {
        return new String(request.build().encode(), StandardCharsets.UTF_8);
    }

    @Test
    void the_caller_goes_through_the_proxies_nearest_first() {
        Dialog dialog = Dialog.uac(invite().build(), answer(200, "b").build());

        assertThat(text(dialog.request("BYE")))
                .startsWith("BYE sip:callee@u2.example SIP/2.0\r\n")
                .contains("Route: <sip:p1.example;lr>\r\nRoute: <sip:p2.example;lr>\r\n")
                .contains("From: <sip:alice@u1.example>;tag=a\r\n")
                .contains("To: <sip:bob@domain.example>;tag=b\r\n")
                .contains("CSeq: 8 BYE\r\n");
        assertThat(dialog.nextHop().encode()).isEqualTo("sip:p1.example;lr");
        assertThat(dialog.isEarly()).isFalse();
    }

    @Test
    void a_dialog_says_whether_it_is_anonymous_and_prints_nobody() {
        SipRequest withheld = invite().add("Privacy", "id").build();
        Dialog early = Dialog.uac(withheld, answer(180, "b").build());
        Dialog confirmed = Dialog.uac(invite().build(), answer(200, "b").build());

        assertThat(early.isAnonymous()).isTrue();
        assertThat(confirmed.isAnonymous()).isFalse();
        assertThat(early).hasToString("Dialog[early]");
        assertThat(confirmed).hasToString("Dialog[confirmed]");
        assertThat(confirmed.id()).hasToString("DialogId[redacted]");
    }

    @Test
    void the_called_side_goes_through_them_in_the_order_they_stand() {
        Dialog dialog = Dialog.uas(invite().build(), "b", false);

        assertThat(text(dialog.request("BYE")))
                .startsWith("BYE sip:caller@u1.example SIP/2.0\r\n")
                .contains("Route: <sip:p2.example;lr>\r\nRoute: <sip:p1.example;lr>\r\n")
                .contains("From: <sip:bob@domain.example>;tag=b\r\n")
                .contains("To: <sip:alice@u1.example>;tag=a\r\n")
                .contains("CSeq: 1 BYE\r\n");
        assertThat(dialog.id()).isEqualTo(new DialogId("c", "b", "a"));
    }

    @Test
    void a_strict_router_becomes_the_request_uri_and_the_target_the_last_route() {
        SipRequest request = invite().remove("Record-Route")
                .add("Record-Route", "<sip:p3.example;lr>")
                .add("Record-Route", "<sip:p1.example>")
                .build();
        SipResponse ok = SipResponse.respondTo(request, 200)
                .toTag("b")
                .contact(NameAddr.of(SipUri.of("sip:callee@u2.example")))
                .build();
        Dialog dialog = Dialog.uac(request, ok);

        assertThat(text(dialog.request("BYE")))
                .startsWith("BYE sip:p1.example SIP/2.0\r\n")
                .contains("Route: <sip:p3.example;lr>\r\nRoute: <sip:callee@u2.example>\r\n");
        assertThat(dialog.nextHop().encode()).isEqualTo("sip:p1.example");
    }

    @Test
    void a_2xx_replaces_the_route_set_of_the_early_dialog() {
        Dialog dialog = Dialog.uac(
                invite().build(), answer(180, "b").remove("Record-Route").build());
        assertThat(dialog.isEarly()).isTrue();
        assertThat(dialog.routeSet()).isEmpty();

        dialog.confirm(answer(200, "b")
                .contact(NameAddr.of(SipUri.of("sip:moved@u2.example")))
                .build());

        assertThat(dialog.isEarly()).isFalse();
        assertThat(dialog.routeSet()).hasSize(2);
        assertThat(dialog.remoteTarget().encode()).isEqualTo("sip:moved@u2.example");
    }

    @Test
    void a_2xx_that_the_other_side_s_request_overtook_does_not_bring_back_its_old_contact() {
        Dialog dialog = Dialog.uac(invite().build(), answer(200, "b").build());
        long crossing = dialog.request("INVITE").build().cseq().number();
        NameAddr moved = NameAddr.of(SipUri.of("sip:moved@u2.example"));

        dialog.refreshTarget(invite().contact(moved).build());
        dialog.confirm(answer(200, "b").cseq(crossing, "INVITE").build());

        assertThat(dialog.remoteTarget().encode()).isEqualTo("sip:moved@u2.example");
        long later = dialog.request("INVITE").build().cseq().number();
        dialog.confirm(answer(200, "b").cseq(later, "INVITE").build());
        assertThat(dialog.remoteTarget().encode()).isEqualTo("sip:callee@u2.example");
    }

    @Test
    void the_ack_has_the_number_of_its_invite_even_when_other_requests_came_between() {
        Dialog dialog = Dialog.uac(invite().build(), answer(200, "b").build());
        dialog.request("INFO");

        assertThat(text(dialog.ack(7))).startsWith("ACK sip:callee@u2.example").contains("CSeq: 7 ACK\r\n");
        assertThat(text(dialog.request("BYE"))).contains("CSeq: 9 BYE\r\n");
    }

    @Test
    void requests_of_the_other_side_must_count_up() {
        Dialog dialog = Dialog.uas(invite().build(), "b", false);

        assertThat(dialog.accept(inDialog(9))).isTrue();
        assertThat(dialog.accept(inDialog(8))).isFalse();
        assertThat(dialog.accept(inDialog(10))).isTrue();
        Dialog caller = Dialog.uac(invite().build(), answer(200, "b").build());
        assertThat(caller.accept(inDialog(0))).as("any first number is right").isTrue();
    }

    @Test
    void a_number_that_comes_twice_is_not_out_of_order() {
        Dialog dialog = Dialog.uas(invite().build(), "b", false);

        assertThat(dialog.accept(inDialog(7))).isTrue();
        assertThat(dialog.accept(inDialog(6))).isFalse();
    }

    @Test
    void RFC4579_5_1_the_other_side_is_a_conference_as_long_as_its_contact_says_so() {
        NameAddr focus = address("<sip:room@u2.example>;isfocus");
        NameAddr plain = address("<sip:room@u2.example>");
        Dialog dialog = Dialog.uac(invite().build(), answer(180, "b").build());
        assertThat(dialog.isFocus()).isFalse();

        dialog.confirm(answer(200, "b").contact(focus).build());
        assertThat(dialog.isFocus()).isTrue();
        dialog.refreshTarget(invite().remove("Contact").build());
        assertThat(dialog.isFocus()).as("who says nothing stays what it is").isTrue();
        dialog.refreshTarget(invite().contact(plain).build());
        assertThat(dialog.isFocus()).isFalse();

        assertThat(Dialog.uas(invite().contact(focus).build(), "b", false).isFocus())
                .isTrue();
    }

    @Test
    void RFC3261_12_1_a_dialog_is_secure_if_it_was_begun_with_a_sips_URI() {
        SipRequest secure = SipRequest.builder("INVITE", SipUri.of("sips:bob@domain.example"))
                .from(invite().build().from())
                .to(invite().build().to())
                .callId("c")
                .cseq(7, "INVITE")
                .contact(NameAddr.of(SipUri.of("sips:caller@u1.example")))
                .build();

        assertThat(Dialog.uas(secure, "b", false).isSecure()).isTrue();
        assertThat(Dialog.uac(secure, answer(200, "b").build()).isSecure()).isTrue();
        assertThat(Dialog.uas(invite().build(), "b", false).isSecure()).isFalse();
    }

    private static NameAddr address(String text) {
        try {
            return NameAddr.parse(text);
        } catch (SipParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static SipRequest inDialog(long cseq) {
        return invite().method("INFO").cseq(cseq, "INFO").build();
    }

    @Test
    void a_peer_without_tags_is_tolerated() {
        SipRequest old = invite().from(NameAddr.of(SipUri.of("sip:alice@u1.example")))
                .remove("Contact")
                .build();

        Dialog dialog = Dialog.uas(old, "b", true);

        assertThat(dialog.id())
                .isEqualTo(DialogId.ofReceivedRequest(
                        invite().from(old.from()).to(old.to().withTag("b")).build()));
        assertThat(dialog.remoteTarget().encode()).isEqualTo("sip:alice@u1.example");
    }

    @Test
    void printing_reveals_no_party() {
        Dialog dialog = Dialog.uas(invite().build(), "b", false);

        assertThat(dialog + " " + dialog.id()).doesNotContain("alice").doesNotContain("bob");
    }
}
