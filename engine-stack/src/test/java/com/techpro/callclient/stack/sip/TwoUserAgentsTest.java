// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two engines and a bad network between them: every call has an outcome, and nothing is left of any. */
class TwoUserAgentsTest {
    private static final String ONE = "192.0.2.1";
    private static final String TWO = "192.0.2.2";

    private final VirtualTime time = VirtualTime.seeded(11);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 11);

    private record Pair(TestUserAgent one, TestUserAgent two) {}

    private Pair pair(SipTransport transport) {
        TestUserAgent one = new TestUserAgent(time, network, ONE, TWO, transport);
        TestUserAgent two = new TestUserAgent(time, network, TWO, ONE, transport);
        one.connect();
        two.connect();
        return new Pair(one, two);
    }

    private void run(TestUserAgent station, Runnable task) {
        station.loop.execute(task);
        time.settle();
    }

    private static void assertNothingLeft(Pair pair) {
        for (TestUserAgent station : List.of(pair.one, pair.two)) {
            SipCounters counters = station.counters();
            assertThat(counters.transactions().active()).as("transactions").isZero();
            assertThat(counters.dialogs()).as("dialogs").isZero();
            assertThat(counters.requests()).as("requests").isZero();
            assertThat(counters.untrustedSources()).isZero();
            assertThat(station.established()).isZero();
            assertThat(station.scheduler.pendingTimers()).as("timers").isZero();
        }
    }

    private List<String> storm(Pair pair, int calls) {
        for (int i = 0; i < calls; i++) {
            int number = i;
            TestUserAgent from = i % 2 == 0 ? pair.one : pair.two;
            String to = i % 2 == 0 ? TWO : ONE;
            run(from, () -> from.call(to, number, 2_000));
            time.advance(Duration.ofMillis(50));
        }
        time.advance(Duration.ofMinutes(3));
        List<String> all = new ArrayList<>(pair.one.heard);
        all.addAll(pair.two.heard);
        return all;
    }

    @Test
    void calls_over_a_network_that_loses_repeats_and_reorders() {
        network.defaultConditions(
                LinkConditions.LAN.withLoss(0.15).withDuplicates(0.1).withReordering(0.1, Duration.ofMillis(30)));
        Pair pair = pair(SipTransport.UDP);

        List<String> outcomes = storm(pair, 300);

        assertThat(outcomes).hasSizeGreaterThanOrEqualTo(300);
        assertThat(outcomes.stream().filter(o -> o.endsWith(" done"))).hasSizeGreaterThan(290);
        assertNothingLeft(pair);
    }

    @Test
    void the_same_seed_gives_the_same_packets() {
        List<byte[]> traces = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            VirtualTime clock = VirtualTime.seeded(5);
            SimulatedNetwork net = new SimulatedNetwork(clock, 5);
            net.defaultConditions(LinkConditions.LAN.withLoss(0.2).withJitter(Duration.ofMillis(20)));
            TestUserAgent one = new TestUserAgent(clock, net, ONE, TWO, SipTransport.UDP);
            TestUserAgent two = new TestUserAgent(clock, net, TWO, ONE, SipTransport.UDP);
            two.connect();
            for (int i = 0; i < 20; i++) {
                int number = i;
                one.loop.execute(() -> one.call(TWO, number, 1_000));
                clock.advance(Duration.ofMillis(100));
            }
            clock.advance(Duration.ofMinutes(2));
            assertThat(two.established()).isZero();
            traces.add(net.trace().toBytes());
        }

        assertThat(traces.get(0)).hasSizeGreaterThan(20_000).isEqualTo(traces.get(1));
    }

    @ParameterizedTest
    @EnumSource(
            value = SipTransport.class,
            names = {"UDP", "TCP"})
    void calls_on_either_cleartext_transport(SipTransport transport) {
        Pair pair = pair(transport);

        List<String> outcomes = storm(pair, 20);

        assertThat(outcomes).hasSize(20).allMatch(o -> o.endsWith(" done"));
        assertNothingLeft(pair);
    }

    @Test
    void a_partition_ends_every_call_with_a_timeout_and_leaves_nothing() {
        Pair pair = pair(SipTransport.UDP);
        run(pair.one, () -> pair.one.call(TWO, 1, 60_000));
        time.advance(Duration.ofSeconds(3));
        assertThat(pair.two.established()).isEqualTo(1);
        network.partition(ONE, TWO);
        run(pair.one, () -> pair.one.call(TWO, 2, 1_000));
        time.advance(Duration.ofMinutes(5));

        assertThat(pair.one.heard).containsExactlyInAnyOrder("2 timeout-response", "1 bye timeout-response");
        assertThat(pair.two.established())
                .as("the called side still waits: to notice silence is the media's business")
                .isEqualTo(1);
    }

    @Test
    void a_broken_connection_fails_pending_requests_and_is_reopened() {
        Pair pair = pair(SipTransport.TCP);
        run(pair.one, () -> pair.one.call(TWO, 1, 1_000));
        time.advance(Duration.ofMillis(500));
        network.resetStreams(ONE, TWO);
        time.advance(Duration.ofSeconds(1));
        assertThat(pair.one.heard).contains("flow lost", "1 unreachable");
        assertThat(pair.two.heard).contains("lost");

        run(pair.one, () -> pair.one.call(TWO, 2, 1_000));
        time.advance(Duration.ofMinutes(2));

        assertThat(pair.one.heard).contains("2 done");
        assertNothingLeft(pair);
    }

    @Test
    void a_stranger_on_a_connection_is_told_no_and_over_udp_nothing() {
        Pair pair = pair(SipTransport.TCP);
        TestUserAgent onTcp = new TestUserAgent(time, network, "203.0.113.3", ONE, SipTransport.TCP);
        TestUserAgent onUdp = new TestUserAgent(time, network, "203.0.113.4", ONE, SipTransport.UDP);

        run(onTcp, () -> onTcp.call(ONE, 1, 1_000));
        run(onUdp, () -> onUdp.call(ONE, 2, 1_000));
        time.advance(Duration.ofMinutes(1));

        assertThat(onTcp.heard).containsExactly("1 forbidden");
        assertThat(onUdp.heard).containsExactly("2 timeout-response");
        assertThat(pair.one.counters().untrustedSources())
                .as("one refused, and seven packets dropped")
                .isEqualTo(8);
        assertThat(pair.one.established()).isZero();
    }

    @Test
    void a_request_too_large_for_udp_goes_over_tcp() {
        Pair pair = pair(SipTransport.UDP);
        List<String> outcome = new ArrayList<>();
        for (int size : new int[] {10, 4_000}) {
            sendOptions(pair.one, size, outcome);
            time.advance(Duration.ofSeconds(1));
        }

        assertThat(outcome).containsExactly("200 by UDP", "200 by TCP");
    }

    @Test
    void a_large_request_of_an_endpoint_that_closes_fails_and_connects_nowhere() {
        Pair pair = pair(SipTransport.UDP);
        List<String> outcome = new ArrayList<>();
        sendOptions(pair.one, 10, outcome);
        time.advance(Duration.ofSeconds(1));
        int links = network.host(ONE).openLinks();
        network.conditionsBetween(ONE, TWO, LinkConditions.LAN.withDelay(Duration.ofMillis(500)));
        sendOptions(pair.one, 4_000, outcome);
        time.advance(Duration.ofMillis(600));
        run(pair.one, pair.one.endpoint::close);
        time.advance(Duration.ofMinutes(1));

        assertThat(outcome).containsExactly("200 by UDP", "unreachable");
        assertThat(network.host(ONE).openLinks()).isEqualTo(links);
    }

    private void sendOptions(TestUserAgent from, int size, List<String> outcome) {
        SipRequest.Builder request = from.endpoint
                .newRequest("OPTIONS", SipUri.of("sip:100@" + TWO + ":5060"))
                .body("text/plain", new byte[size]);
        run(
                from,
                () -> from.endpoint.send(request, new RequestListener() {
                    @Override
                    public void success(SipResponse response) {
                        outcome.add(response.status() + " by "
                                + SipTransport.valueOf(response.topVia().transport()));
                    }

                    @Override
                    public void rejected(SipResponse response, Failure why) {
                        outcome.add(why.code());
                    }

                    @Override
                    public void failed(Failure why) {
                        outcome.add(why.code());
                    }
                }));
    }
}
