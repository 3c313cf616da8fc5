// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.fault.Reply;
import com.techpro.callclient.testkit.pbx.fault.Stub;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replies that a test has put in the place of the PBX's own, read by a phone of text alone. */
class StubbedRepliesTest {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final PlainPhoneScene scene = new PlainPhoneScene(time);
    private final PlainPhone phone = scene.phone;
    private final EmbeddedPbx pbx = scene.pbx;

    @AfterEach
    void nothing_is_left() {
        time.advance(Duration.ofSeconds(40));
        assertThat(pbx.openTransactions()).isZero();
        scene.close();
    }

    @Test
    void a_call_is_refused_once_as_the_test_says_and_then_by_the_pbx() {
        Stub busy = pbx.on("INVITE").to("600").replyOnce(486, "Busy Here And There");

        String answer = invite("a", "600");
        assertThat(answer).startsWith("SIP/2.0 486 Busy Here And There\r\n");
        assertThat(PlainPhone.headerOf(answer, "To")).startsWith("<sip:600@pbx.test>;tag=");
        assertThat(PlainPhone.headerOf(answer, "Call-ID")).isEqualTo("a");
        assertThat(busy.hits()).isOne();
        assertThat(invite("b", "600")).startsWith("SIP/2.0 401 ");
        assertThat(pbx.requests("INVITE")).hasSize(2);
    }

    @Test
    void a_request_that_is_repeated_gets_the_same_answer_and_counts_once() {
        Stub busy = pbx.on("OPTIONS").replyOnce(486);
        String options = phone.request("OPTIONS", "sip:pbx.test", "a");
        phone.send(options);
        time.advance(Duration.ofSeconds(1));
        String first = phone.last();
        phone.send(options);
        time.advance(Duration.ofSeconds(1));

        assertThat(phone.received()).hasSize(2);
        assertThat(phone.last()).isEqualTo(first).startsWith("SIP/2.0 486 Busy Here\r\n");
        assertThat(busy.hits()).isOne();
    }

    @Test
    void a_reply_has_headers_and_stays_until_it_is_removed() {
        Stub down = pbx.on("OPTIONS")
                .from("1001")
                .when(request -> request.callId().startsWith("x"))
                .reply(Reply.of(503).withHeader("Retry-After", "5"));

        assertThat(options("x1")).startsWith("SIP/2.0 503 ").contains("\r\nRetry-After: 5\r\n");
        assertThat(options("x2")).startsWith("SIP/2.0 503 ");
        assertThat(options("y")).startsWith("SIP/2.0 200 ");
        down.remove();
        assertThat(options("x3")).startsWith("SIP/2.0 200 ");
        assertThat(down.hits()).isEqualTo(2);
    }

    @Test
    void replies_given_once_are_a_queue() {
        pbx.on("OPTIONS").replyOnce(500);
        pbx.on("OPTIONS").replyOnce(404);

        assertThat(options("a")).startsWith("SIP/2.0 500 ");
        assertThat(options("b")).startsWith("SIP/2.0 404 ");
        assertThat(options("c")).startsWith("SIP/2.0 200 ");
    }

    private String invite(String callId, String number) {
        String uri = "sip:" + number + "@pbx.test";
        String contact = "Contact: <sip:1001@" + phone.host() + ">";
        String invite = phone.request("INVITE", uri, callId, contact);
        phone.send(invite);
        time.advance(Duration.ofMillis(100));
        String answer = phone.last();
        String ack = invite.replace("INVITE", "ACK")
                .replaceFirst("\r\nTo: [^\r]*", "\r\nTo: " + PlainPhone.headerOf(answer, "To"));
        phone.send(ack);
        time.advance(Duration.ofMillis(100));
        return answer;
    }

    private String options(String callId) {
        phone.send(phone.request("OPTIONS", "sip:pbx.test", callId));
        time.advance(Duration.ofMillis(100));
        return phone.last();
    }
}
