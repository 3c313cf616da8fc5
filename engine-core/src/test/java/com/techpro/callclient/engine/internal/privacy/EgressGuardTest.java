// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramLink.SendStatus;
import com.techpro.callclient.ports.net.DatagramPoller;
import com.techpro.callclient.ports.net.DestinationRefusedException;
import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.DnsRecord;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.net.Nat64;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promise S5: whom the engine may talk to, and that it talks to nobody else. */
class EgressGuardTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.10", 5061);
    private static final InetSocketAddress STRANGER = new InetSocketAddress("203.0.113.66", 5061);

    private final VirtualTime time = VirtualTime.seeded(1);
    private final SimulatedNetwork simulated = new SimulatedNetwork(time, 1);
    private final EgressGuard guard = new EgressGuard();
    private final Map<String, List<DnsRecord>> names = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private Network network;

    @BeforeEach
    void guarded() {
        network = guard.over(simulated.host("192.0.2.1"), time.workers());
    }

    @AfterEach
    void close() {
        network.close();
        simulated.close();
        time.close();
    }

    @Test
    void nothing_is_permitted_by_default() throws IOException {
        DatagramLink link = network.openDatagram(new InetSocketAddress("192.0.2.1", 0), (packet, from) -> {});
        assertThat(link.send(ByteBuffer.allocate(8), SERVER)).isEqualTo(SendStatus.UNREACHABLE);
        assertThat(connect(SERVER)).isInstanceOf(DestinationRefusedException.class);
        assertThatThrownBy(() -> network.localAddressFor(SERVER)).isInstanceOf(DestinationRefusedException.class);
        assertThatThrownBy(() -> network.listen(new InetSocketAddress("192.0.2.1", 0), stream -> {
                    throw new AssertionError("nobody can come in");
                }))
                .isInstanceOf(DestinationRefusedException.class);
        assertThat(resolve("example.com", Resolver.RecordType.ADDRESS)).isInstanceOf(DnsAnswer.Refused.class);
        assertThat(asked).isEmpty();
        assertThat(simulated.trace().packets()).isEmpty();
        assertThat(guard.refused()).isEqualTo(4);
    }

    @Test
    void media_is_sent_only_to_permitted_destinations() throws IOException {
        try (DatagramPoller poller = network.openPoller();
                MediaGrant call = guard.newMediaGrant(false)) {
            DatagramLink link = poller.open(new InetSocketAddress("192.0.2.1", 0), (packet, from) -> {});
            InetSocketAddress rtp = new InetSocketAddress("198.51.100.7", 20_000);
            assertThat(link.send(ByteBuffer.allocate(8), rtp)).isEqualTo(SendStatus.UNREACHABLE);
            assertThat(simulated.trace().packets()).isEmpty();
            call.replace(rtp, null);
            assertThat(link.send(ByteBuffer.allocate(8), rtp)).isEqualTo(SendStatus.SENT);
            assertThat(link.send(ByteBuffer.allocate(8), STRANGER)).isEqualTo(SendStatus.UNREACHABLE);
            assertThat(simulated.trace().packets()).hasSize(1);
        }
        assertThat(guard.refused()).isEqualTo(2);
    }

    @Test
    void a_grant_permits_a_literal_address_on_every_port_until_it_is_closed() throws IOException {
        EgressGrant one = guard.newGrant(Policy.OPEN);
        EgressGrant other = guard.newGrant(Policy.OPEN);
        one.allow("192.0.2.10");
        other.allow("192.0.2.10");
        DatagramLink link = network.openDatagram(new InetSocketAddress("192.0.2.1", 0), (packet, from) -> {});
        assertThat(link.send(ByteBuffer.allocate(8), SERVER)).isEqualTo(SendStatus.SENT);
        assertThat(link.send(ByteBuffer.allocate(8), STRANGER)).isEqualTo(SendStatus.UNREACHABLE);
        one.close();
        one.close();
        assertThat(link.send(ByteBuffer.allocate(8), SERVER)).isEqualTo(SendStatus.SENT);
        other.close();
        assertThat(link.send(ByteBuffer.allocate(8), SERVER)).isEqualTo(SendStatus.UNREACHABLE);
        other.allow("192.0.2.10");
        assertThat(guard.permitted()).isZero();
    }

    @Test
    void resolving_a_permitted_name_permits_its_addresses_and_no_others() {
        names.put("example.com", List.of(new DnsRecord.Naptr(1, 1, "s", "SIPS+D2T", "", "_sips._tcp.example.com.")));
        names.put("_sips._tcp.example.com", List.of(new DnsRecord.Srv(1, 1, 5061, "sip1.provider.net")));
        names.put("sip1.provider.net", List.of(new DnsRecord.Address(SERVER.getAddress())));
        EgressGrant grant = guard.newGrant(Policy.OPEN);
        grant.allow("Example.COM.");
        assertThat(resolve("sip1.provider.net", Resolver.RecordType.ADDRESS)).isInstanceOf(DnsAnswer.Refused.class);
        resolve("example.com", Resolver.RecordType.NAPTR);
        resolve("_sips._tcp.example.com", Resolver.RecordType.SRV);
        assertThat(guard.permits(SERVER)).isFalse();
        resolve("sip1.provider.net", Resolver.RecordType.ADDRESS);
        assertThat(guard.permits(SERVER)).isTrue();
        assertThat(guard.permits(STRANGER)).isFalse();
        assertThat(resolve("provider.net", Resolver.RecordType.ADDRESS)).isInstanceOf(DnsAnswer.Refused.class);
        assertThat(resolve("notexample.com", Resolver.RecordType.ADDRESS)).isInstanceOf(DnsAnswer.Refused.class);
        assertThat(resolve("www.example.com", Resolver.RecordType.ADDRESS)).isInstanceOf(DnsAnswer.Refused.class);
        grant.close();
        assertThat(guard.permits(SERVER)).isFalse();
        assertThat(guard.permitted()).isZero();
    }

    @Test
    void a_name_that_only_a_NAPTR_record_gives_may_be_resolved() {
        names.put("example.com", List.of(new DnsRecord.Naptr(1, 1, "s", "SIPS+D2T", "", "_sips._tcp.Provider.net.")));
        guard.newGrant(Policy.OPEN).allow("example.com");
        assertThat(resolve("_sips._tcp.provider.net", Resolver.RecordType.SRV)).isInstanceOf(DnsAnswer.Refused.class);
        resolve("example.com", Resolver.RecordType.NAPTR);
        assertThat(resolve("_sips._tcp.provider.net", Resolver.RecordType.SRV)).isInstanceOf(DnsAnswer.Records.class);
    }

    @ParameterizedTest
    @CsvSource({"example.com, example.com, true", "example.com, example.org, false", "example.org, example.com, false"})
    void a_list_is_permitted_only_if_each_of_its_hosts_is(String one, String other, boolean permitted) {
        EgressGrant grant = guard.newGrant(new Policy(Set.of("example.com"), null, null, null, null, Set.of()));
        assertThat(grant.allow(List.of(new HostPort(one, 5061), new HostPort(other, 5061))))
                .isEqualTo(permitted);
        resolve("example.com", Resolver.RecordType.ADDRESS);
        resolve("example.org", Resolver.RecordType.ADDRESS);
        assertThat(asked).hasSize(1).allMatch(name -> name.contains("example.com"));
    }

    @Test
    void a_policy_only_tightens_and_also_binds_the_targets_of_dns_records() {
        names.put("_sips._tcp.example.com", List.of(new DnsRecord.Srv(1, 1, 5061, "sip1.elsewhere.net")));
        names.put("sip1.elsewhere.net", List.of(new DnsRecord.Address(STRANGER.getAddress())));
        EgressGrant grant =
                guard.newGrant(new Policy(Set.of("example.com", "*.example.com"), null, null, null, null, Set.of()));
        assertThat(grant.allow("example.org")).isFalse();
        assertThat(grant.allow("192.0.2.10")).isFalse();
        assertThat(grant.allow("example.com")).isTrue();
        resolve("_sips._tcp.example.com", Resolver.RecordType.SRV);
        assertThat(resolve("sip1.elsewhere.net", Resolver.RecordType.ADDRESS)).isInstanceOf(DnsAnswer.Refused.class);
        assertThat(resolve("host.example.com", Resolver.RecordType.ADDRESS))
                .as("a policy permits nothing that nobody asked for")
                .isInstanceOf(DnsAnswer.Refused.class);
        assertThat(guard.permits(SERVER)).isFalse();
        assertThat(guard.permits(STRANGER)).isFalse();
    }

    @Test
    void a_name_server_cannot_make_the_guard_grow() throws UnknownHostException {
        PermittedDestinations destinations = new PermittedDestinations(Nat64.NONE);
        EgressGuard asked = new EgressGuard(destinations);
        EgressGrant grant = asked.newGrant(Policy.OPEN);
        grant.allow("example.com");
        for (int i = 0; i < 1_000; i++) {
            InetAddress address = InetAddress.getByAddress(new byte[] {10, 0, (byte) (i >> 8), (byte) i});
            destinations.learn("example.com", new DnsAnswer.Records(List.of(new DnsRecord.Address(address))));
            destinations.learn(
                    "example.com", new DnsAnswer.Records(List.of(new DnsRecord.Srv(1, 1, 1, "h" + i + ".net"))));
        }
        assertThat(asked.permitted()).isEqualTo(64);
        assertThat(asked.permits(new InetSocketAddress("10.0.3.231", 5060))).isTrue();
        assertThat(asked.permits(new InetSocketAddress("10.0.0.1", 5060))).isFalse();
        assertThat(destinations.permitsName("h0.net")).isFalse();
        assertThat(destinations.permitsName("h999.net")).isTrue();
        grant.close();
        assertThat(asked.permitted()).isZero();
    }

    @Test
    void media_goes_where_the_call_says_on_that_port_while_it_lasts() throws IOException {
        InetSocketAddress rtp = new InetSocketAddress("198.51.100.7", 20_000);
        MediaGrant call = guard.newMediaGrant(false);
        MediaGrant second = guard.newMediaGrant(false);
        assertThat(call.replace(rtp, null)).isTrue();
        assertThat(call.replace(rtp, null)).isTrue();
        assertThat(second.replace(rtp, null)).isTrue();
        assertThat(guard.permits(rtp)).isTrue();
        assertThat(guard.permits(new InetSocketAddress("198.51.100.7", 22))).isFalse();
        assertThat(connect(new InetSocketAddress("198.51.100.7", 22))).isInstanceOf(DestinationRefusedException.class);
        call.close();
        assertThat(guard.permits(rtp)).isTrue();
        second.close();
        assertThat(guard.permits(rtp)).isFalse();
        assertThat(call.replace(rtp, null)).isFalse();
        assertThat(guard.permitted()).isZero();
    }

    @Test
    void candidates_and_servers_are_permitted_with_their_port_during_the_call() {
        InetSocketAddress stun = new InetSocketAddress("203.0.113.1", 3478);
        InetSocketAddress candidate = new InetSocketAddress("198.51.100.7", 20_000);
        MediaGrant call = guard.newMediaGrant(false);
        MediaGrant second = guard.newMediaGrant(false);
        call.servers(List.of(stun, stun));
        second.servers(List.of(stun));
        assertThat(call.candidate(candidate)).isTrue();
        assertThat(call.candidate(candidate)).isTrue();
        assertThat(guard.permits(stun)).isTrue();
        assertThat(guard.permits(candidate)).isTrue();
        assertThat(guard.permits(new InetSocketAddress("203.0.113.1", 3479))).isFalse();
        assertThat(guard.permits(new InetSocketAddress("198.51.100.7", 20_001))).isFalse();

        // After a restart what is in use goes on, and after another it is over
        call.restarted();
        assertThat(guard.permits(candidate)).isTrue();
        call.restarted();
        assertThat(guard.permits(candidate)).isFalse();

        call.close();
        assertThat(guard.permits(stun)).as("the second call's").isTrue();
        second.close();
        assertThat(guard.permitted()).isZero();
        assertThat(call.candidate(candidate)).isFalse();
        call.servers(List.of(stun));
        assertThat(guard.permitted()).isZero();
    }

    @Test
    void no_candidate_is_a_group_or_this_machine_and_there_are_no_more_than_64() {
        MediaGrant call = guard.newMediaGrant(false);
        assertThat(call.candidate(new InetSocketAddress("127.0.0.1", 5000))).isFalse();
        assertThat(call.candidate(new InetSocketAddress("224.0.1.75", 5000))).isFalse();
        assertThat(call.candidate(new InetSocketAddress("0.0.0.0", 5000))).isFalse();
        assertThat(call.candidate(InetSocketAddress.createUnresolved("host.test", 5000)))
                .isFalse();
        for (int i = 0; i < 200; i++) {
            assertThat(call.candidate(new InetSocketAddress("198.51.100.7", 20_000 + i)))
                    .isEqualTo(i < 64);
        }
        assertThat(guard.permitted()).isEqualTo(64);
        call.close();
        assertThat(guard.permitted()).isZero();
    }

    @Test
    void media_goes_to_no_group_and_not_to_this_machine() {
        MediaGrant call = guard.newMediaGrant(false);
        assertThat(call.replace(new InetSocketAddress("127.0.0.1", 5000), null)).isFalse();
        assertThat(call.replace(new InetSocketAddress("::1", 5000), null)).isFalse();
        assertThat(call.replace(new InetSocketAddress("224.0.1.75", 5000), null))
                .isFalse();
        assertThat(call.replace(new InetSocketAddress("255.255.255.255", 5000), null))
                .isFalse();
        assertThat(call.replace(null, null)).isTrue();
        assertThat(call.replace(new InetSocketAddress("0.0.0.0", 5000), null))
                .as("on hold: nowhere")
                .isTrue();
        assertThat(guard.permitted()).isZero();
        assertThat(guard.newMediaGrant(true).replace(new InetSocketAddress("127.0.0.1", 5000), null))
                .isTrue();
    }

    @Test
    void neither_media_nor_reports_follow_to_a_group_or_to_this_machine() {
        MediaGrant call = guard.newMediaGrant(false);
        for (String nowhere : List.of("127.0.0.1", "::1", "224.0.1.75", "ff02::1", "255.255.255.255", "0.0.0.0")) {
            call.latched(new InetSocketAddress(nowhere, 5000));
            assertThat(guard.permitted()).as("media to %s", nowhere).isZero();
            call.reportsLatched(new InetSocketAddress(nowhere, 5001));
            assertThat(guard.permitted()).as("reports to %s", nowhere).isZero();
        }
    }

    @Test
    void after_ten_thousand_media_moves_only_the_current_addresses_are_permitted() {
        MediaGrant call = guard.newMediaGrant(false);
        for (int i = 0; i < 10_000; i++) {
            InetSocketAddress rtp = new InetSocketAddress("198.51.100.7", 10_000 + 2 * i);
            InetSocketAddress rtcp = new InetSocketAddress("198.51.100.7", 10_001 + 2 * i);
            InetSocketAddress mapped = new InetSocketAddress("203.0.113.9", 10_000 + i);
            assertThat(call.replace(rtp, rtcp)).isTrue();
            call.latched(mapped);
            call.reportsLatched(new InetSocketAddress("203.0.113.9", 40_000 + i));
            assertThat(guard.permits(rtp)).isTrue();
            assertThat(guard.permits(rtcp)).isTrue();
            assertThat(guard.permits(mapped)).isTrue();
            assertThat(guard.permitted()).isLessThanOrEqualTo(8);
        }
        assertThat(guard.permits(new InetSocketAddress("198.51.100.7", 10_000)))
                .as("where media was once")
                .isFalse();
        call.close();
        assertThat(guard.permitted()).isZero();
    }

    @Test
    void a_NAT_that_maps_a_call_anew_again_and_again_gets_no_more_than_one_address() {
        MediaGrant call = guard.newMediaGrant(false);
        call.replace(new InetSocketAddress("198.51.100.7", 20_000), null);
        for (int i = 0; i < 1_000; i++) {
            call.latched(new InetSocketAddress("203.0.113.9", 10_000 + i));
        }
        assertThat(guard.permits(new InetSocketAddress("203.0.113.9", 10_999))).isTrue();
        assertThat(guard.permitted()).isEqualTo(2);
        // The same address again is no move: what authenticated stays.
        call.replace(new InetSocketAddress("198.51.100.7", 20_000), null);
        assertThat(guard.permits(new InetSocketAddress("203.0.113.9", 10_999))).isTrue();
    }

    /** RFC 5763 §5: the true client may come after strangers. */
    @Test
    void of_addresses_that_handshakes_come_from_the_latest_eight_are_permitted() {
        MediaGrant call = guard.newMediaGrant(false);
        for (int i = 0; i < 1_000; i++) {
            InetSocketAddress from = new InetSocketAddress("203.0.113.9", 10_000 + i);
            call.handshake(from);
            assertThat(guard.permits(from)).isTrue();
            assertThat(guard.permitted()).isLessThanOrEqualTo(8);
        }
        assertThat(guard.permits(new InetSocketAddress("203.0.113.9", 10_992))).isTrue();
        assertThat(guard.permits(new InetSocketAddress("203.0.113.9", 10_991))).isFalse();
        call.close();
        assertThat(guard.permitted()).isZero();
    }

    @Test
    void packets_on_their_way_out_may_go_where_media_was_until_it_moves_once_more() {
        MediaGrant call = guard.newMediaGrant(false);
        InetSocketAddress first = new InetSocketAddress("198.51.100.7", 20_000);
        call.replace(first, null);
        call.replace(new InetSocketAddress("198.51.100.8", 20_000), null);
        assertThat(guard.permits(first)).isTrue();
        call.replace(new InetSocketAddress("198.51.100.9", 20_000), null);
        assertThat(guard.permits(first)).isFalse();
        assertThat(call.replace(new InetSocketAddress("127.0.0.1", 20_000), null))
                .isFalse();
        assertThat(guard.permits(new InetSocketAddress("198.51.100.9", 20_000)))
                .as("what is refused changes nothing")
                .isTrue();
    }

    @Test
    void sockets_for_libraries_connect_to_permitted_hosts_alone() throws IOException {
        try (Socket socket = guard.sockets().createSocket()) {
            assertThatThrownBy(() -> socket.connect(STRANGER, 1_000)).isInstanceOf(DestinationRefusedException.class);
        }
        assertThatThrownBy(() -> guard.sockets().createSocket(STRANGER.getAddress(), 443))
                .isInstanceOf(DestinationRefusedException.class);
        assertThatThrownBy(() -> guard.sockets().createSocket("example.com", 443))
                .as("a socket looks nothing up itself")
                .isInstanceOf(DestinationRefusedException.class);
        assertThat(guard.refused()).isEqualTo(2);
    }

    @Test
    void O2_refusals_and_the_guard_itself_print_no_destination() {
        guard.newGrant(Policy.OPEN).allow("phones.example.com");
        guard.permits(STRANGER);
        assertThat(guard.toString()).doesNotContain("example", "203.0");
        assertThat(new DestinationRefusedException().toString()).doesNotContain("example", "203.0");
    }

    private IOException connect(InetSocketAddress to) {
        List<IOException> heard = new ArrayList<>();
        network.connect(to, new StreamHandler() {
            @Override
            public void connected(StreamLink link) {
                throw new AssertionError("connected");
            }

            @Override
            public void received(StreamLink link, ByteBuffer bytes) {
                throw new AssertionError("received");
            }

            @Override
            public void closed(StreamLink link, IOException cause) {
                heard.add(cause);
            }
        });
        assertThat(heard).as("never inside the call").isEmpty();
        time.runUntil(() -> !heard.isEmpty(), Duration.ofSeconds(1));
        return heard.get(0);
    }

    private DnsAnswer resolve(String name, Resolver.RecordType type) {
        Resolver below = (wanted, kind, answer) -> {
            asked.add(wanted);
            answer.accept(new DnsAnswer.Records(names.getOrDefault(wanted, List.of())));
        };
        List<DnsAnswer> heard = new ArrayList<>();
        guard.over(below, time.workers()).resolve(name, type, heard::add);
        time.runUntil(() -> !heard.isEmpty(), Duration.ofSeconds(1));
        return heard.get(0);
    }

    @Test
    void S5_exactly_the_mapped_addresses_of_permitted_hosts_are_permitted() {
        Loop loop = time.openLoop("translated");
        Nat64 nat64 = new Nat64(simulated.host("2001:db8::64"), loop);
        EgressGuard translated = new EgressGuard(nat64);
        EgressGrant grant = translated.newGrant(Policy.OPEN);
        grant.allow("192.0.2.10");
        assertThat(translated.permits(at("64:ff9b::192.0.2.10")))
                .as("no translator is known")
                .isFalse();
        simulated.dns().address("ipv4only.arpa", "192.0.0.170", "64:ff9b::192.0.0.170");
        loop.execute(() -> nat64.whenKnown(() -> {}));
        time.advance(Duration.ofSeconds(1));

        assertThat(translated.permits(at("64:ff9b::192.0.2.10"))).isTrue();
        assertThat(translated.permits(at("64:ff9b::192.0.2.11"))).isFalse();
        assertThat(translated.permits(at("64:ff9b:0:0:0:1:192.0.2.10"))).isFalse();
        assertThat(translated.permits(at("2001:db8::c000:20a"))).isFalse();
        grant.close();
        assertThat(translated.permits(at("64:ff9b::192.0.2.10"))).isFalse();
    }

    private static InetSocketAddress at(String address) {
        return new InetSocketAddress(address, 5061);
    }
}
