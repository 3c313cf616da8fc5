// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** When the client machines do things: timers A, B, D, M (RFC 3261 §17.1.1, RFC 6026 §7.2) and E, F, K (§17.1.2). */
class ClientTimersTest {
    private final Bench udp = new Bench(false);
    private final Bench tcp = new Bench(true);

    private static InviteClientTransaction invite(Bench bench) {
        InviteClientTransaction machine =
                new InviteClientTransaction(Bench.request("INVITE"), bench, bench.surroundings());
        bench.on(machine::start);
        return machine;
    }

    private static ClientTransaction options(Bench bench) {
        ClientTransaction machine = new ClientTransaction(Bench.request("OPTIONS"), bench, bench.surroundings());
        bench.on(machine::start);
        return machine;
    }

    @Test
    void timer_A_doubles_without_limit_until_B_ends_it() {
        invite(udp);
        udp.toTheEnd();

        assertThat(udp.log)
                .containsExactly(
                        "0 send INVITE",
                        "500 send INVITE",
                        "1500 send INVITE",
                        "3500 send INVITE",
                        "7500 send INVITE",
                        "15500 send INVITE",
                        "31500 send INVITE",
                        "32000 failed timeout-response",
                        "32000 gone");
    }

    @Test
    void a_reliable_transport_repeats_nothing() {
        invite(tcp);
        tcp.toTheEnd();

        assertThat(tcp.log).containsExactly("0 send INVITE", "32000 failed timeout-response", "32000 gone");
    }

    @Test
    void a_provisional_response_stops_A_and_B_for_good() {
        InviteClientTransaction machine = invite(udp);
        udp.after(700, () -> machine.received(Bench.response("INVITE", 180)));
        udp.time.advance(java.time.Duration.ofHours(1));

        assertThat(udp.log).containsExactly("0 send INVITE", "500 send INVITE", "700 up 180");
        assertThat(udp.scheduler.pendingTimers()).isZero();
    }

    @Test
    void a_failure_is_acknowledged_each_time_for_timer_D() {
        InviteClientTransaction machine = invite(udp);
        udp.after(100, () -> machine.received(Bench.response("INVITE", 486)));
        udp.after(500, () -> machine.received(Bench.response("INVITE", 486)));
        udp.after(1000, () -> machine.received(Bench.response("INVITE", 180)));
        udp.toTheEnd();

        assertThat(udp.log)
                .containsExactly("0 send INVITE", "100 send ACK", "100 up 486", "600 send ACK", "32100 gone");
    }

    @Test
    void on_a_reliable_transport_timer_D_is_zero() {
        InviteClientTransaction machine = invite(tcp);
        tcp.after(100, () -> machine.received(Bench.response("INVITE", 486)));

        assertThat(tcp.log).containsExactly("0 send INVITE", "100 send ACK", "100 up 486", "100 gone");
    }

    @Test
    void every_2xx_goes_up_until_timer_M_and_is_not_acknowledged_here() {
        InviteClientTransaction machine = invite(udp);
        udp.after(100, () -> machine.received(Bench.response("INVITE", 200)));
        udp.after(500, () -> machine.received(Bench.response("INVITE", 200)));
        udp.after(500, () -> machine.received(Bench.response("INVITE", 486)));
        udp.toTheEnd();

        assertThat(udp.log).containsExactly("0 send INVITE", "100 up 200", "600 up 200", "32100 gone");
    }

    @Test
    void a_cancelled_invite_that_nobody_ends_is_given_up_after_64_T1() {
        InviteClientTransaction machine = invite(udp);
        udp.after(100, () -> machine.received(Bench.response("INVITE", 180)));
        udp.after(900, machine::cancelSent);
        udp.toTheEnd();

        assertThat(udp.log)
                .containsExactly("0 send INVITE", "100 up 180", "33000 failed timeout-response", "33000 gone");
    }

    @Test
    void a_transport_error_ends_it_with_its_reason() {
        InviteClientTransaction machine = invite(tcp);
        tcp.after(10, () -> machine.transportFailed(new Failure.Unreachable()));

        assertThat(tcp.log).containsExactly("0 send INVITE", "10 failed unreachable", "10 gone");
        assertThat(machine.isTerminated()).isTrue();
        assertThat(tcp.scheduler.pendingTimers()).isZero();
    }

    @Test
    void the_ack_of_a_failure_is_the_invites_twin() {
        InviteClientTransaction machine = new InviteClientTransaction(
                Bench.request("INVITE").toBuilder()
                        .set("Route", "<sip:proxy.example;lr>")
                        .build(),
                udp,
                udp.surroundings());
        udp.on(machine::start);
        udp.on(() -> machine.received(Bench.response("INVITE", 486)));

        assertThat(new String(udp.sent.get(1).encode(), StandardCharsets.UTF_8))
                .startsWith("ACK sip:1002@pbx.example SIP/2.0\r\n")
                .contains("Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKabc\r\n")
                .contains("CSeq: 1 ACK\r\n")
                .contains("Call-ID: call\r\n")
                .contains("From: <sip:1001@pbx.example>;tag=a\r\n")
                .contains("To: <sip:1002@pbx.example>;tag=b\r\n")
                .contains("Route: <sip:proxy.example;lr>\r\n");
    }

    @Test
    void timer_E_doubles_up_to_T2_until_F_ends_it() {
        options(udp);
        udp.toTheEnd();

        assertThat(udp.log)
                .containsExactly(
                        "0 send OPTIONS",
                        "500 send OPTIONS",
                        "1500 send OPTIONS",
                        "3500 send OPTIONS",
                        "7500 send OPTIONS",
                        "11500 send OPTIONS",
                        "15500 send OPTIONS",
                        "19500 send OPTIONS",
                        "23500 send OPTIONS",
                        "27500 send OPTIONS",
                        "31500 send OPTIONS",
                        "32000 failed timeout-response",
                        "32000 gone");
    }

    @Test
    void in_proceeding_timer_E_is_T2_and_F_still_runs() {
        ClientTransaction machine = options(udp);
        udp.after(700, () -> machine.received(Bench.response("OPTIONS", 100)));
        udp.toTheEnd();

        assertThat(udp.log)
                .startsWith(
                        "0 send OPTIONS", "500 send OPTIONS", "700 up 100", "1500 send OPTIONS", "5500 send OPTIONS")
                .endsWith("29500 send OPTIONS", "32000 failed timeout-response", "32000 gone");
    }

    @Test
    void repeated_responses_are_absorbed_for_timer_K() {
        ClientTransaction machine = options(udp);
        udp.after(100, () -> machine.received(Bench.response("OPTIONS", 200)));
        udp.after(400, () -> machine.received(Bench.response("OPTIONS", 200)));
        udp.toTheEnd();

        assertThat(udp.log).containsExactly("0 send OPTIONS", "100 up 200", "5100 gone");
    }

    @Test
    void on_a_reliable_transport_there_is_no_E_and_K_is_zero() {
        ClientTransaction machine = options(tcp);
        tcp.after(5000, () -> machine.received(Bench.response("OPTIONS", 200)));

        assertThat(tcp.log).containsExactly("0 send OPTIONS", "5000 up 200", "5000 gone");
        assertThat(tcp.scheduler.pendingTimers()).isZero();
    }
}
