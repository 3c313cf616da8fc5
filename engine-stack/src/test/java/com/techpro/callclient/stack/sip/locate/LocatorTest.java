// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.locate;

import static com.techpro.callclient.ports.phonesystem.SipTransport.TCP;
import static com.techpro.callclient.ports.phonesystem.SipTransport.TLS;
import static com.techpro.callclient.ports.phonesystem.SipTransport.UDP;
import static com.techpro.callclient.ports.phonesystem.SipTransport.WS;
import static com.techpro.callclient.ports.phonesystem.SipTransport.WSS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.net.DnsRecord.Srv;
import com.techpro.callclient.ports.net.Resolver.RecordType;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.locate.Locator.Location;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transport.Hop;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.SimulatedDns;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LocatorTest {
    private static final List<SipTransport> ALL = List.of(TLS, TCP, UDP);

    private final VirtualTime time = VirtualTime.seeded(4);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 4);
    private final SimulatedDns dns = network.dns();
    private final EngineLoop loop = new EngineLoop(time.openLoop("engine"));
    private final Locator locator = new Locator(loop, dns, time.random("srv"));

    LocatorTest() {
        dns.address("plain.example", "192.0.2.1")
                .address("dual.example", "2001:db8::1", "2001:db8::2", "192.0.2.1")
                // NAPTR prefers TLS, then TCP, then UDP.
                .naptr("full.example", 10, 50, "SIPS+D2T", "_sips._tcp.full.example")
                .naptr("full.example", 20, 50, "SIP+D2T", "_sip._tcp.full.example")
                .naptr("full.example", 20, 60, "SIP+D2U", "_sip._udp.full.example")
                .naptr("full.example", 5, 50, "E2U+email", "nothing.example")
                .srv("_sips._tcp.full.example", 1, 0, 5071, "s1.full.example")
                .srv("_sips._tcp.full.example", 2, 0, 5072, "s2.full.example")
                .srv("_sip._tcp.full.example", 1, 0, 5073, "s1.full.example")
                .srv("_sip._udp.full.example", 1, 0, 5074, "s2.full.example")
                .address("s1.full.example", "192.0.2.11")
                .address("s2.full.example", "192.0.2.12")
                .address("full.example", "192.0.2.99")
                // SRV without NAPTR.
                .srv("_sip._udp.srv.example", 1, 0, 5080, "s1.full.example")
                .srv("_sip._tcp.srv.example", 1, 0, 5081, "s2.full.example")
                .address("srv.example", "192.0.2.98")
                // WebSockets, with NAPTR and without.
                .naptr("web.example", 10, 50, "SIPS+D2W", "_sips._ws.web.example")
                .naptr("web.example", 20, 50, "SIP+D2W", "_sip._ws.web.example")
                .srv("_sips._ws.web.example", 1, 0, 8443, "s1.full.example")
                .srv("_sip._ws.web.example", 1, 0, 8080, "s1.full.example")
                .srv("_sips._ws.direct.example", 1, 0, 8444, "s2.full.example")
                // Decidedly no such service.
                .srv("_sip._udp.none.example", 0, 0, 0, ".")
                .address("none.example", "192.0.2.97")
                // The first server's name leads nowhere.
                .srv("_sip._udp.half.example", 1, 0, 5060, "gone.example")
                .srv("_sip._udp.half.example", 2, 0, 5060, "s2.full.example");
    }

    private List<String> found(Consumer<Consumer<Location>> question) {
        List<Location> answers = new ArrayList<>();
        loop.execute(() -> {
            question.accept(answers::add);
            assertThat(answers).as("never inside the call").isEmpty();
        });
        time.advance(Duration.ofSeconds(60));
        assertThat(answers).hasSize(1);
        if (answers.get(0) instanceof Location.NotLocated failed) {
            return List.of(failed.failure().code());
        }
        List<String> hops = new ArrayList<>();
        for (Hop hop : ((Location.Located) answers.get(0)).hops()) {
            hops.add(hop.transport() + " " + hop.address().getAddress().getHostAddress() + " "
                    + hop.address().getPort() + " " + hop.tlsName());
        }
        return hops;
    }

    @Test
    void a_resolver_that_throws_or_answers_twice_is_answered_for_once() {
        Locator throwing = new Locator(
                loop,
                (name, type, answer) -> {
                    throw new IllegalStateException("shut down");
                },
                Seeds.random(1));
        assertThat(found(answer -> throwing.locate(SipUri.of("sip:full.example"), ALL, answer)))
                .containsExactly("dns");

        Locator twice = new Locator(
                loop,
                (name, type, answer) -> {
                    dns.resolve(name, type, answer);
                    dns.resolve(name, type, answer);
                },
                time.random("srv"));
        assertThat(found(answer -> twice.locate(SipUri.of("sip:full.example"), List.of(TLS), answer)))
                .containsExactly("TLS 192.0.2.11 5071 full.example", "TLS 192.0.2.12 5072 full.example");
    }

    @Test
    void name_servers_that_never_answer_end_a_search_within_forty_seconds() {
        List<Location> answers = new ArrayList<>();
        Locator silent = new Locator(loop, (name, type, answer) -> {}, Seeds.random(1));
        loop.execute(() -> silent.locate(SipUri.of("sip:full.example"), ALL, answers::add));

        time.advance(Duration.ofSeconds(41));

        assertThat(answers).containsExactly(new Location.NotLocated(new Failure.Dns()));
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void a_home_router_that_answers_for_addresses_alone_is_good_enough() {
        Locator home = new Locator(
                loop,
                (name, type, answer) -> {
                    if (type == RecordType.ADDRESS) {
                        dns.resolve(name, type, answer);
                    }
                },
                Seeds.random(1));

        assertThat(found(answer -> home.locate(SipUri.of("sip:plain.example"), List.of(TLS), answer)))
                .containsExactly("TLS 192.0.2.1 5061 plain.example");
    }

    @Test
    void a_search_that_is_cancelled_answers_at_once_and_asks_no_more() {
        List<Location> answers = new ArrayList<>();
        dns.delay(Duration.ofSeconds(3));
        loop.execute(() -> {
            Locator.Search search = locator.locate(SipUri.of("sip:full.example"), ALL, answers::add);
            search.cancel();
            assertThat(answers).as("never inside the call").isEmpty();
        });
        time.advance(Duration.ofMillis(1));
        assertThat(answers).containsExactly(new Location.NotLocated(new Failure.Unreachable()));

        time.advance(Duration.ofSeconds(60));

        assertThat(answers).hasSize(1);
        assertThat(dns.queries()).isOne();
    }

    static List<Arguments> uris() {
        return List.of(
                // Numeric hosts and explicit ports are taken at their word (§4.1, §4.2).
                row("sip:192.0.2.7", ALL, "UDP 192.0.2.7 5060 192.0.2.7"),
                row("sip:192.0.2.7:5090", ALL, "UDP 192.0.2.7 5090 192.0.2.7"),
                row("sip:192.0.2.7;transport=tcp", ALL, "TCP 192.0.2.7 5060 192.0.2.7"),
                row("sip:192.0.2.7;transport=tls", ALL, "TLS 192.0.2.7 5061 192.0.2.7"),
                row("sips:192.0.2.7", ALL, "TLS 192.0.2.7 5061 192.0.2.7"),
                row("sip:[2001:db8::7]", ALL, "UDP 2001:db8:0:0:0:0:0:7 5060 2001:db8::7"),
                row("sip:full.example:5090", ALL, "UDP 192.0.2.99 5090 full.example"),
                row("sips:full.example:5090", ALL, "TLS 192.0.2.99 5090 full.example"),
                row("sip:full.example:5090", List.of(TLS), "TLS 192.0.2.99 5090 full.example"),
                row("sip:full.example;maddr=192.0.2.50", ALL, "UDP 192.0.2.50 5060 full.example"),
                row("sip:full.example;maddr=plain.example", ALL, "UDP 192.0.2.1 5060 full.example"),
                // NAPTR, then SRV of each service in its order.
                row(
                        "sip:full.example",
                        ALL,
                        "TLS 192.0.2.11 5071 full.example",
                        "TLS 192.0.2.12 5072 full.example",
                        "TCP 192.0.2.11 5073 full.example",
                        "UDP 192.0.2.12 5074 full.example"),
                row("sip:full.example", List.of(UDP), "UDP 192.0.2.12 5074 full.example"),
                row("sips:full.example", ALL, "TLS 192.0.2.11 5071 full.example", "TLS 192.0.2.12 5072 full.example"),
                // A transport in the URI asks for that SRV.
                row("sip:full.example;transport=tcp", ALL, "TCP 192.0.2.11 5073 full.example"),
                row("sip:full.example;transport=UDP", ALL, "UDP 192.0.2.12 5074 full.example"),
                // SRV of each transport without NAPTR, in the order of ours.
                row("sip:srv.example", ALL, "TCP 192.0.2.12 5081 srv.example", "UDP 192.0.2.11 5080 srv.example"),
                row("sips:srv.example", ALL, "TLS 192.0.2.98 5061 srv.example"),
                // Neither: the host is the server.
                row("sip:plain.example", ALL, "UDP 192.0.2.1 5060 plain.example"),
                row("sip:plain.example", List.of(TLS, TCP), "TLS 192.0.2.1 5061 plain.example"),
                row(
                        "sip:dual.example",
                        List.of(UDP),
                        "UDP 2001:db8:0:0:0:0:0:1 5060 dual.example",
                        "UDP 192.0.2.1 5060 dual.example",
                        "UDP 2001:db8:0:0:0:0:0:2 5060 dual.example"),
                row("sip:half.example", List.of(UDP), "UDP 192.0.2.12 5060 half.example"),
                // A WebSocket's parameter does not tell whether it is encrypted (RFC 7118 §5).
                row("sip:192.0.2.7;transport=ws", List.of(WSS), "WSS 192.0.2.7 443 192.0.2.7"),
                row("sip:192.0.2.7;transport=ws", List.of(WS), "WS 192.0.2.7 80 192.0.2.7"),
                row("sips:web.example", List.of(WS, WSS), "WSS 192.0.2.11 8443 web.example"),
                row("sip:web.example", List.of(WS), "WS 192.0.2.11 8080 web.example"),
                row("sip:plain.example;transport=ws", ALL, "protocol-violation"),
                row("sips:plain.example;transport=ws", List.of(WS), "protocol-violation"),
                // What cannot be.
                row("sip:none.example", List.of(UDP), "dns"),
                row("sip:unknown.example", ALL, "dns"),
                row("sip:1.2.3.400", ALL, "dns"),
                row("sips:plain.example;transport=udp", ALL, "protocol-violation"),
                row("sip:plain.example;transport=sctp", ALL, "protocol-violation"),
                row("sips:plain.example", List.of(UDP), "protocol-violation"),
                row("tel:+12015550123", ALL, "protocol-violation"));
    }

    private static Arguments row(String uri, List<SipTransport> allowed, String... hops) {
        return Arguments.of(uri, allowed, List.of(hops));
    }

    @ParameterizedTest(name = "{0} over {1}")
    @MethodSource("uris")
    void a_URI_leads_to_its_hops(String uri, List<SipTransport> allowed, List<String> hops) {
        assertThat(found(answer -> locator.locate(SipUri.of(uri), allowed, answer)))
                .containsExactlyElementsOf(hops);
    }

    static List<Arguments> servers() {
        return List.of(
                Arguments.of("192.0.2.7", TLS, List.of("TLS 192.0.2.7 5061 192.0.2.7")),
                Arguments.of("[2001:db8::7]:5090", TCP, List.of("TCP 2001:db8:0:0:0:0:0:7 5090 2001:db8::7")),
                Arguments.of(
                        "full.example",
                        TLS,
                        List.of("TLS 192.0.2.11 5071 full.example", "TLS 192.0.2.12 5072 full.example")),
                Arguments.of("full.example:5099", TLS, List.of("TLS 192.0.2.99 5099 full.example")),
                Arguments.of("plain.example", TLS, List.of("TLS 192.0.2.1 5061 plain.example")),
                Arguments.of("192.0.2.7", WSS, List.of("WSS 192.0.2.7 443 192.0.2.7")),
                Arguments.of("plain.example", WSS, List.of("WSS 192.0.2.1 443 plain.example")),
                Arguments.of("direct.example", WSS, List.of("WSS 192.0.2.12 8444 direct.example")),
                Arguments.of("unknown.example", TLS, List.of("dns")));
    }

    @ParameterizedTest(name = "{0} over {1}")
    @MethodSource("servers")
    void a_configured_server_leads_to_its_hops(String server, SipTransport transport, List<String> hops) {
        assertThat(found(answer -> locator.locate(HostPort.parse(server), transport, answer)))
                .containsExactlyElementsOf(hops);
    }

    @Test
    void failing_NAPTR_and_SRV_do_not_stand_in_the_way_of_an_address() {
        dns.failing("_sip._udp.plain.example", true);

        assertThat(found(answer -> locator.locate(SipUri.of("sip:plain.example"), List.of(UDP), answer)))
                .containsExactly("UDP 192.0.2.1 5060 plain.example");
    }

    @Test
    void a_failing_address_is_a_DNS_failure() {
        dns.failing("plain.example", true);

        assertThat(found(answer -> locator.locate(HostPort.parse("plain.example"), UDP, answer)))
                .containsExactly(new Failure.Dns().code());
    }

    @Test
    void however_many_servers_there_are_only_sixteen_hops_are_handed_out() {
        for (int i = 0; i < 100; i++) {
            dns.srv("_sip._udp.many.example", i, 0, 5060 + i, "s1.full.example");
        }

        assertThat(found(answer -> locator.locate(HostPort.parse("many.example"), UDP, answer)))
                .hasSize(16);
    }

    @Test
    void RFC_2782_weights_share_the_load_and_priority_comes_first() {
        List<Srv> records = List.of(
                new Srv(2, 100, 1, "backup"),
                new Srv(1, 60, 1, "a"),
                new Srv(1, 20, 1, "b"),
                new Srv(1, 20, 1, "c"),
                new Srv(1, 0, 1, "rare"));
        Random random = Seeds.random(5);
        Map<String, Integer> first = new HashMap<>();

        for (int i = 0; i < 10_000; i++) {
            List<Srv> order = SrvOrder.of(records, random);
            assertThat(order).hasSize(5).containsAll(records).last().isEqualTo(records.get(0));
            first.merge(order.get(0).target(), 1, Integer::sum);
        }

        assertThat(first.get("a")).isCloseTo(6_000, within(300));
        assertThat(first.get("b")).isCloseTo(2_000, within(200));
        assertThat(first.get("c")).isCloseTo(2_000, within(200));
        assertThat(first.get("rare")).isBetween(20, 250);
    }
}
