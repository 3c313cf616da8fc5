// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.cli.console.CallProgress.Outcome;
import com.techpro.callclient.testkit.cli.console.RecentCalls.Shown;
import com.techpro.callclient.testkit.pbx.live.LiveCall;
import com.techpro.callclient.testkit.pbx.trace.MessageTrace;
import com.techpro.callclient.testkit.pbx.trace.TracedMessage;
import com.techpro.callclient.testkit.pbx.trace.TracedMessage.Endpoint;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The list of the newest calls, tested message by message: the messages here follow RFC 3261 and
 * RFC 3515.
 */
class RecentCallsTest {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
    private static final Endpoint PBX = new Endpoint("PBX", new InetSocketAddress("127.0.0.1", 5061));
    private static final Endpoint PHONE = new Endpoint("", new InetSocketAddress("127.0.0.1", 40_000));

    private final RecentCalls recent = new RecentCalls(new MessageTrace(0, () -> START));
    private final List<TracedMessage> fresh = new ArrayList<>();
    private int count;

    /** Adds a message with the headers that all messages of a call have. */
    private RecentCallsTest sent(boolean byPbx, String startLine, String callId, String cseq, String more) {
        String text = startLine + "\r\nFrom: \"Anna\" <sip:1001@pbx.test>;tag=a\r\nTo: <sip:1002@pbx.test>"
                + (startLine.startsWith("SIP") && !startLine.contains(" 100 ") ? ";tag=b" : "") + "\r\nCall-ID: "
                + callId + "\r\nCSeq: " + cseq + "\r\n" + more + (more.contains("\r\n\r\n") ? "" : "\r\n");
        fresh.add(TracedMessage.of(
                START.plusMillis(count++),
                SipTransport.TLS,
                byPbx ? PBX : PHONE,
                byPbx ? PHONE : PBX,
                text.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    private RecentCallsTest request(boolean byPbx, String method, String callId, int cseq) {
        return sent(byPbx, method + " sip:1002@pbx.test SIP/2.0", callId, cseq + " " + method, "");
    }

    private RecentCallsTest response(boolean byPbx, String status, String callId, String cseq) {
        return sent(byPbx, "SIP/2.0 " + status, callId, cseq, "");
    }

    private List<Shown> shown(LiveCall... live) {
        List<Shown> shown = recent.update(List.copyOf(fresh), List.of(live));
        fresh.clear();
        return shown;
    }

    private void assertThatItIs(Outcome outcome, String last, LiveCall... live) {
        assertThat(shown(live)).singleElement().satisfies(call -> {
            assertThat(call.outcome()).isEqualTo(outcome);
            assertThat(call.last()).isEqualTo(last);
        });
    }

    private static LiveCall live(boolean talking, String... callIds) {
        return new LiveCall(
                START,
                talking,
                Stream.of(callIds)
                        .map(id -> new LiveCall.Side(
                                id,
                                "1001",
                                "1002",
                                SipTransport.TLS,
                                talking,
                                LiveCall.Keys.SDES,
                                "opus",
                                false,
                                0,
                                0,
                                0,
                                0,
                                1))
                        .toList());
    }

    private RecentCallsTest answered(String callId) {
        return request(false, "INVITE", callId, 1)
                .response(true, "100 Trying", callId, "1 INVITE")
                .response(true, "180 Ringing", callId, "1 INVITE")
                .response(true, "200 OK", callId, "1 INVITE")
                .request(false, "ACK", callId, 1);
    }

    @Test
    void a_call_that_is_given_up_is_cancelled_and_not_refused() {
        request(false, "INVITE", "a", 1).response(true, "100 Trying", "a", "1 INVITE");
        assertThatItIs(Outcome.CALLING, "INVITE");
        response(true, "180 Ringing", "a", "1 INVITE");
        assertThatItIs(Outcome.RINGING, "180 Ringing");
        request(false, "CANCEL", "a", 1).response(true, "200 OK", "a", "1 CANCEL");
        assertThatItIs(Outcome.RINGING, "CANCEL");
        response(true, "487 Request Terminated", "a", "1 INVITE").request(false, "ACK", "a", 1);
        assertThatItIs(Outcome.CANCELLED, "487 Request Terminated");
    }

    @Test
    void a_CANCEL_that_came_too_late_cancels_nothing() {
        answered("a")
                .request(false, "CANCEL", "a", 1)
                .response(true, "481 Call/Transaction Does Not Exist", "a", "1 CANCEL");
        assertThatItIs(Outcome.ANSWERED, "481 Call/Transaction Does Not Exist");
    }

    @Test
    void a_refused_call_shows_its_status() {
        request(false, "INVITE", "a", 1)
                .response(true, "486 Busy Here", "a", "1 INVITE")
                .request(false, "ACK", "a", 1);
        assertThat(shown()).singleElement().satisfies(call -> {
            assertThat(call.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(call.status()).isEqualTo(486);
            assertThat(call.last()).isEqualTo("486 Busy Here");
        });
    }

    @Test
    void a_challenge_is_a_step_and_one_that_answers_credentials_a_refusal() {
        request(false, "INVITE", "a", 1)
                .response(true, "401 Unauthorized", "a", "1 INVITE")
                .request(false, "ACK", "a", 1);
        assertThatItIs(Outcome.CHALLENGED, "401 Unauthorized");
        sent(false, "INVITE sip:1002@pbx.test SIP/2.0", "a", "2 INVITE", "Authorization: Digest username=\"1001\"\r\n");
        assertThatItIs(Outcome.CALLING, "INVITE");
        response(true, "401 Unauthorized", "a", "2 INVITE").request(false, "ACK", "a", 2);
        assertThatItIs(Outcome.REFUSED, "401 Unauthorized");
    }

    @Test
    void a_BYE_that_is_asked_for_a_password_has_not_ended_the_call() {
        answered("a");
        assertThatItIs(Outcome.ANSWERED, "200 OK");
        request(false, "BYE", "a", 2);
        assertThatItIs(Outcome.ENDED, "BYE");
        response(true, "407 Proxy Authentication Required", "a", "2 BYE");
        assertThatItIs(Outcome.ANSWERED, "BYE");
        request(false, "BYE", "a", 3).response(true, "200 OK", "a", "3 BYE");
        assertThatItIs(Outcome.ENDED, "BYE");
    }

    @Test
    void a_further_INVITE_that_is_refused_leaves_the_call_answered() {
        answered("a").request(true, "INVITE", "a", 7).response(false, "491 Request Pending", "a", "7 INVITE");
        assertThatItIs(Outcome.ANSWERED, "491 Request Pending");
    }

    @Test
    void a_transfer_is_told_once_it_worked() {
        answered("a").request(false, "REFER", "a", 2).response(true, "202 Accepted", "a", "2 REFER");
        assertThatItIs(Outcome.ANSWERED, "REFER");
        String fragment = "Event: refer\r\nContent-Type: message/sipfrag;version=2.0\r\n\r\nSIP/2.0 ";
        sent(true, "NOTIFY sip:1001@pbx.test SIP/2.0", "a", "1 NOTIFY", fragment + "180 Ringing\r\n");
        assertThat(shown()).singleElement().extracting(Shown::transferred).isEqualTo(false);
        sent(true, "NOTIFY sip:1001@pbx.test SIP/2.0", "a", "2 NOTIFY", fragment + "200 OK\r\n");
        request(false, "BYE", "a", 3).response(true, "200 OK", "a", "3 BYE");
        assertThat(shown()).singleElement().satisfies(call -> {
            assertThat(call.transferred()).isTrue();
            assertThat(call.last()).isEqualTo("BYE");
            assertThat(call.outcome()).isEqualTo(Outcome.ENDED);
        });
        // The other two continue.
        assertThatItIs(Outcome.ANSWERED, "BYE", live(true, "a"));
    }

    @Test
    void a_REFER_that_is_refused_tells_so() {
        answered("a").request(false, "REFER", "a", 2).response(true, "603 Decline", "a", "2 REFER");
        assertThatItIs(Outcome.ANSWERED, "603 Decline");
    }

    @Test
    void the_phones_of_a_group_that_are_cancelled_do_not_hide_the_answer() {
        request(false, "INVITE", "a", 1)
                .request(true, "INVITE", "b", 1)
                .request(true, "INVITE", "c", 1)
                .response(false, "180 Ringing", "b", "1 INVITE")
                .response(false, "200 OK", "c", "1 INVITE")
                .response(true, "200 OK", "a", "1 INVITE")
                .request(true, "CANCEL", "b", 1)
                .response(false, "487 Request Terminated", "b", "1 INVITE");
        assertThatItIs(Outcome.ANSWERED, "200 OK");
    }

    @Test
    void a_call_refused_before_it_was_shown_is_one_call_with_both_legs() {
        request(false, "INVITE", "a", 1)
                .request(true, "INVITE", "b", 1)
                .response(false, "486 Busy Here", "b", "1 INVITE")
                .request(true, "ACK", "b", 1)
                .response(true, "486 Busy Here", "a", "1 INVITE")
                .request(false, "ACK", "a", 1);
        assertThat(shown()).singleElement().satisfies(call -> {
            assertThat(call.messages()).isEqualTo(6);
            assertThat(call.outcome()).isEqualTo(Outcome.REFUSED);
        });
    }

    @Test
    void a_call_of_the_PBX_that_one_of_two_phones_answers_is_answered() {
        request(true, "INVITE", "a", 1).request(true, "INVITE", "b", 1);
        LiveCall ringing = live(false, "a", "b");
        assertThatItIs(Outcome.CALLING, "INVITE", ringing);
        response(false, "486 Busy Here", "a", "1 INVITE").response(false, "200 OK", "b", "1 INVITE");
        assertThatItIs(Outcome.ANSWERED, "200 OK", ringing);
    }

    @Test
    void a_call_that_is_gone_without_a_word_is_lost() {
        answered("a");
        assertThatItIs(Outcome.ANSWERED, "200 OK", live(true, "a"));
        assertThatItIs(Outcome.LOST, "200 OK");
    }

    @Test
    void an_INVITE_of_a_call_that_is_not_known_any_more_is_no_call() {
        fresh.add(TracedMessage.of(
                START,
                SipTransport.TLS,
                PHONE,
                PBX,
                "INVITE sip:1 SIP/2.0\r\nf: <sip:1@a>;tag=x\r\nt: <sip:2@a>;tag=y\r\ni: z\r\nCSeq: 2 INVITE\r\n\r\n"
                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(shown()).isEmpty();
    }

    @Test
    void the_newest_hundred_are_kept() {
        for (int i = 0; i <= RecentCalls.MOST; i++) {
            request(false, "INVITE", "call-" + i, 1).response(true, "404 Not Found", "call-" + i, "1 INVITE");
        }
        assertThat(shown())
                .hasSize(RecentCalls.MOST)
                .first()
                .extracting(Shown::id)
                .isEqualTo("call-100");
        assertThat(recent.capture("call-0")).isNull();
        assertThat(recent.capture("call-1")).isNotNull();
    }
}
