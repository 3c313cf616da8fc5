// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.locate.Locator;
import com.techpro.callclient.stack.sip.transport.Hop;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the prefix of a network's translator is asked for (RFC 7050). */
class Nat64Test {
    private final VirtualTime time = VirtualTime.seeded(7050);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 7050);
    private final SimulatedHost host = network.host("2001:db8::1");
    private final Loop loop = time.openLoop("engine");
    private final Nat64 nat64 = new Nat64(host, loop);
    private final List<String> heard = new ArrayList<>();

    private static InetSocketAddress at(String address) {
        return new InetSocketAddress(address, 5061);
    }

    private void known() {
        loop.execute(() -> nat64.whenKnown(() -> heard.add("known")));
        time.advance(Duration.ofSeconds(1));
    }

    private void translated() {
        network.dns().address("ipv4only.arpa", "192.0.0.170", "64:ff9b::192.0.0.170");
    }

    @Test
    void a_network_is_asked_once_until_this_device_has_another_address_there() {
        translated();
        known();
        known();
        assertThat(network.dns().queries()).isEqualTo(1);
        assertThat(nat64.reach(at("192.0.2.10"))).isEqualTo(at("64:ff9b::192.0.2.10"));

        host.moveTo("2001:db8::2");
        known();
        assertThat(network.dns().queries()).isEqualTo(2);
        assertThat(heard).hasSize(3);
    }

    @Test
    void concurrent_lookups_share_one_dns_answer() {
        translated();
        loop.execute(() -> {
            nat64.whenKnown(
                    () -> heard.add("first " + nat64.reach(at("192.0.2.10")).equals(at("192.0.2.10"))));
            nat64.whenKnown(() -> heard.add("second"));
        });
        time.advance(Duration.ofSeconds(1));

        assertThat(heard).containsExactly("first false", "second");
        assertThat(network.dns().queries()).isEqualTo(1);
    }

    @Test
    void a_name_server_that_fails_is_asked_again_and_nothing_is_mapped_meanwhile() {
        network.dns().failing("ipv4only.arpa", true);
        known();
        assertThat(heard).hasSize(1);
        assertThat(nat64.reach(at("192.0.2.10"))).isEqualTo(at("192.0.2.10"));

        network.dns().failing("ipv4only.arpa", false);
        translated();
        known();
        assertThat(nat64.reach(at("192.0.2.10"))).isEqualTo(at("64:ff9b::192.0.2.10"));
    }

    /** As the system's resolver tells of a failure in another language than English. */
    @Test
    void an_answer_without_addresses_is_none_and_the_network_is_asked_again() {
        known();
        assertThat(heard).hasSize(1);
        translated();
        known();

        assertThat(nat64.reach(at("192.0.2.10"))).isEqualTo(at("64:ff9b::192.0.2.10"));
    }

    @Test
    void a_name_server_that_never_answers_keeps_nobody_waiting() {
        network.dns().delay(Duration.ofHours(1));
        loop.execute(() -> nat64.whenKnown(() -> heard.add("known")));

        time.advance(Duration.ofSeconds(11));

        assertThat(heard).hasSize(1);
    }

    @Test
    void where_there_is_IPv4_again_nothing_is_mapped_any_more() {
        translated();
        known();
        host.moveTo("192.0.2.1", "2001:db8::1");
        known();

        assertThat(nat64.reach(at("192.0.2.10"))).isEqualTo(at("192.0.2.10"));
        assertThat(nat64.behind(at("64:ff9b::192.0.2.10").getAddress())).isNull();
        assertThat(network.dns().queries()).isEqualTo(1);
    }

    @Test
    void RFC6147_a_name_without_an_IPv6_address_is_reached_through_NAT64() {
        translated();
        network.dns()
                .address("plain.test", "192.0.2.10")
                .address("synthesized.test", "64:ff9b::192.0.2.10", "192.0.2.10");

        assertThat(hops("plain.test")).containsExactly(hop("plain.test"));
        assertThat(hops("synthesized.test")).containsExactly(hop("synthesized.test"));
        assertThat(hops("192.0.2.10")).containsExactly(hop("192.0.2.10"));
    }

    private static Hop hop(String name) {
        return new Hop(SipTransport.TLS, at("64:ff9b::192.0.2.10"), name);
    }

    private List<Hop> hops(String host) {
        List<Hop> found = new ArrayList<>();
        loop.execute(() -> new Locator(new EngineLoop(loop), network.dns(), time.random("srv"), nat64)
                .locate(new HostPort(host, 5061), SipTransport.TLS, location -> {
                    if (location instanceof Locator.Location.Located located) {
                        found.addAll(located.hops());
                    }
                }));
        time.advance(Duration.ofSeconds(1));
        return found;
    }
}
