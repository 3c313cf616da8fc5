// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When the server machines do things: 100 Trying, timers G, H, I, L (RFC 3261 §17.2.1, RFC 6026 §7.1) and J (§17.2.2). */
class ServerTimersTest {
    private final Bench udp = new Bench(false);
    private final Bench tcp = new Bench(true);

    private static InviteServerTransaction invite(Bench bench) {
        InviteServerTransaction machine = new InviteServerTransaction(Bench.request("INVITE"), bench.surroundings());
        bench.on(machine::start);
        return machine;
    }

    private static ServerTransaction options(Bench bench) {
        return new ServerTransaction(bench.surroundings());
    }

    @Test
    void a_100_is_sent_after_200_ms_of_silence_and_repeated_for_a_repeated_invite() {
        InviteServerTransaction machine = invite(udp);
        udp.after(500, () -> udp.receive(machine, "INVITE"));

        assertThat(udp.log).containsExactly("200 send 100", "500 send 100");
    }

    @Test
    void no_100_after_the_user_has_spoken() {
        InviteServerTransaction machine = invite(udp);
        udp.after(100, () -> machine.respond(Bench.response("INVITE", 180)));
        udp.after(900, () -> udp.receive(machine, "INVITE"));

        assertThat(udp.log).containsExactly("100 send 180", "1000 send 180");
        assertThat(udp.scheduler.pendingTimers()).isZero();
    }

    @Test
    void a_failure_is_repeated_by_G_up_to_T2_until_H() {
        InviteServerTransaction machine = invite(udp);
        udp.on(() -> machine.respond(Bench.response("INVITE", 486)));
        udp.toTheEnd();

        assertThat(udp.log)
                .startsWith("0 send 486", "500 send 486", "1500 send 486", "3500 send 486", "7500 send 486")
                .contains("11500 send 486")
                .endsWith("31500 send 486", "32000 gone");
    }

    @Test
    void the_ack_stops_G_and_I_absorbs_more() {
        InviteServerTransaction machine = invite(udp);
        udp.on(() -> machine.respond(Bench.response("INVITE", 486)));
        udp.after(600, () -> udp.receive(machine, "ACK"));
        udp.after(400, () -> udp.receive(machine, "ACK"));
        udp.after(100, () -> udp.receive(machine, "INVITE"));
        udp.toTheEnd();

        assertThat(udp.log).containsExactly("0 send 486", "500 send 486", "5600 gone");
    }

    @Test
    void on_a_reliable_transport_a_failure_is_sent_once_and_I_is_zero() {
        InviteServerTransaction machine = invite(tcp);
        tcp.on(() -> machine.respond(Bench.response("INVITE", 486)));
        tcp.after(3000, () -> tcp.receive(machine, "ACK"));

        assertThat(tcp.log).containsExactly("0 send 486", "3000 gone");
        assertThat(tcp.scheduler.pendingTimers()).isZero();
    }

    @Test
    void without_an_ack_a_reliable_transport_still_waits_for_H() {
        InviteServerTransaction machine = invite(tcp);
        tcp.on(() -> machine.respond(Bench.response("INVITE", 486)));
        tcp.toTheEnd();

        assertThat(tcp.log).containsExactly("0 send 486", "32000 gone");
    }

    @Test
    void accepted_absorbs_invites_and_passes_acks_until_L() {
        InviteServerTransaction machine = invite(udp);
        udp.on(() -> machine.respond(Bench.response("INVITE", 200)));
        udp.after(500, () -> udp.receive(machine, "INVITE"));
        udp.after(100, () -> udp.receive(machine, "ACK"));
        udp.after(100, () -> machine.respond(Bench.response("INVITE", 486)));
        udp.toTheEnd();

        assertThat(udp.log).containsExactly("0 send 200", "600 up ACK", "32000 gone");
    }

    @Test
    void RFC6026_8_8_a_lost_flow_ends_nothing_and_is_reported_only_before_the_answer() {
        InviteServerTransaction owed = invite(tcp);
        tcp.on(() -> tcp.lose(owed));
        assertThat(tcp.log).containsExactly("0 lost");
        tcp.on(() -> owed.respond(Bench.response("INVITE", 486)));
        tcp.on(() -> tcp.lose(owed));
        tcp.toTheEnd();
        assertThat(tcp.log).containsExactly("0 lost", "0 send 486", "32000 gone");

        InviteServerTransaction answered = invite(udp);
        udp.on(() -> answered.respond(Bench.response("INVITE", 200)));
        udp.on(() -> udp.lose(answered));
        udp.toTheEnd();
        assertThat(udp.log).containsExactly("0 send 200", "32000 gone");
        assertThat(udp.scheduler.pendingTimers() + tcp.scheduler.pendingTimers())
                .isZero();
    }

    @Test
    void a_repeated_request_is_absorbed_and_then_answered_identically_until_timer_J() {
        ServerTransaction machine = options(udp);
        udp.on(() -> udp.receive(machine, "OPTIONS"));
        udp.after(300, () -> machine.respond(Bench.response("OPTIONS", 200)));
        udp.after(200, () -> udp.receive(machine, "OPTIONS"));
        udp.on(() -> machine.respond(Bench.response("OPTIONS", 500)));
        udp.after(500, () -> udp.receive(machine, "OPTIONS"));
        udp.toTheEnd();

        assertThat(udp.log).containsExactly("300 send 200", "500 send 200", "1000 send 200", "32300 gone");
    }

    @Test
    void a_provisional_response_is_repeated_too() {
        ServerTransaction machine = options(udp);
        udp.on(() -> machine.respond(Bench.response("OPTIONS", 183)));
        udp.after(500, () -> udp.receive(machine, "OPTIONS"));

        assertThat(udp.log).containsExactly("0 send 183", "500 send 183");
    }

    @Test
    void on_a_reliable_transport_J_is_zero() {
        ServerTransaction machine = options(tcp);
        tcp.after(50, () -> machine.respond(Bench.response("OPTIONS", 200)));

        assertThat(tcp.log).containsExactly("50 send 200", "50 gone");
    }
}
