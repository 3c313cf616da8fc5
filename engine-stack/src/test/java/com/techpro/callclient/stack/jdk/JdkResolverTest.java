// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.DnsRecord;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.net.Resolver.RecordType;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.RandomDraws;
import com.techpro.callclient.testkit.contracts.ResolverContract;
import com.techpro.callclient.testkit.helpers.FakeNameServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
class JdkResolverTest extends ResolverContract {
    private final JdkSchedulers schedulers = new JdkSchedulers(2);
    private FakeNameServer server;
    private JdkResolver resolver;

    @BeforeEach
    void startServer() throws IOException {
        server = new FakeNameServer();
        resolver = new JdkResolver(schedulers.workers(), List.of(server.address()));
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
        resolver.close();
        schedulers.close();
    }

    @Override
    protected Resolver resolver() {
        return resolver;
    }

    @Override
    protected void await(BooleanSupplier condition) {
        Await.until(condition, Duration.ofSeconds(20));
    }

    @Override
    protected String knownName() {
        return "localhost";
    }

    @Override
    protected InetAddress knownAddress() {
        return new InetSocketAddress("127.0.0.1", 1).getAddress();
    }

    @Test
    void a_cut_answer_is_asked_for_again_over_TCP() {
        assertThat(ask("_sip._udp.large.test", RecordType.SRV))
                .isEqualTo(new DnsAnswer.Records(List.of(new DnsRecord.Srv(1, 1, 5060, "honest.test"))));
        assertThat(server.overTcp).hasValue(1);
    }

    @Test
    void answers_to_other_questions_and_rubbish_are_not_believed() {
        assertThat(ask("_sip._udp.spoofed.test", RecordType.SRV))
                .isEqualTo(new DnsAnswer.Records(List.of(new DnsRecord.Srv(1, 1, 5060, "honest.test"))));
    }

    /** RFC 5452 §9.1. Two at a time, since two of so many 16-bit numbers may be equal. */
    @Test
    void the_IDs_of_queries_are_random() {
        AtomicInteger asked = new AtomicInteger();
        RandomDraws.assertRandomOctets(() -> {
            ByteBuffer drawn = ByteBuffer.allocate(4);
            while (drawn.hasRemaining()) {
                ask("_sip._udp.n" + asked.incrementAndGet() + ".test", RecordType.SRV);
                drawn.putShort((short) server.lastId);
            }
            return drawn.array();
        });
        assertThat(server.queries).hasValue(asked.get());
    }

    @Test
    void an_alias_is_followed_inside_the_answer() {
        assertThat(ask("_sip._udp.alias.test", RecordType.SRV))
                .isEqualTo(new DnsAnswer.Records(List.of(new DnsRecord.Srv(1, 2, 5070, "three.example.test"))));
    }

    @Test
    @Tag("slow")
    void a_name_server_that_drips_its_answer_is_given_up() {
        assertThat(ask("_sip._udp.drip.test", RecordType.SRV)).isInstanceOf(DnsAnswer.Failed.class);
    }

    @Test
    void look_ups_that_take_their_time_keep_no_worker() {
        AtomicInteger answers = new AtomicInteger();
        for (int i = 0; i < JdkResolver.MOST; i++) {
            resolver.resolve("_sip._udp.drip.test", RecordType.SRV, answer -> answers.incrementAndGet());
        }
        await(() -> server.overTcp.get() >= JdkResolver.MOST);
        AtomicBoolean worked = new AtomicBoolean();

        schedulers.workers().execute(() -> worked.set(true));
        await(worked::get);

        assertThat(answers).hasValue(0);
    }

    @Test
    void a_look_up_beside_twelve_that_drip_is_answered_before_them() {
        AtomicInteger dripped = new AtomicInteger();
        for (int i = 0; i < 12; i++) {
            resolver.resolve("_sip._udp.drip.test", RecordType.SRV, answer -> dripped.incrementAndGet());
        }

        assertThat(ask("_sip._udp.alias.test", RecordType.SRV)).isInstanceOf(DnsAnswer.Records.class);
        assertThat(dripped).hasValue(0);
    }

    @Test
    void look_ups_at_a_name_server_end_when_it_is_closed() {
        AtomicInteger ended = new AtomicInteger();
        for (int i = 0; i < 7; i++) {
            resolver.resolve("_sip._udp.drip.test", RecordType.SRV, answer -> ended.incrementAndGet());
        }
        await(() -> server.overTcp.get() >= 7);

        resolver.close();

        // Sooner than any of them can time out.
        Await.until(() -> ended.get() == 7, Duration.ofSeconds(3));
    }

    @Test
    void look_ups_beyond_those_that_may_wait_fail_at_once() {
        int all = JdkResolver.MOST + JdkResolver.MOST_WAITING + 3;
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < all; i++) {
            resolver.resolve("_sip._udp.drip.test", RecordType.SRV, answer -> failed.incrementAndGet());
        }

        // Sooner than any of the others can fail.
        Await.until(() -> failed.get() == 3, Duration.ofSeconds(6));
    }

    @Test
    void without_a_name_server_it_cannot_be_found_out() {
        resolver.close();
        resolver = new JdkResolver(schedulers.workers(), List.of());

        assertThat(ask(SRV_NAME, RecordType.SRV)).isInstanceOf(DnsAnswer.Failed.class);
    }

    @Test
    void a_dead_name_server_is_passed_over() throws IOException {
        InetSocketAddress dead;
        try (var gone = new FakeNameServer()) {
            dead = gone.address();
        }
        resolver.close();
        resolver = new JdkResolver(schedulers.workers(), List.of(dead, server.address()));

        assertThat(ask(SRV_NAME, RecordType.SRV)).isInstanceOf(DnsAnswer.Records.class);
    }

    @Test
    void the_systems_name_servers_are_read_as_the_C_library_reads_them() {
        List<String> lines = List.of(
                "# comment",
                "search example.test",
                "nameserver 192.0.2.53",
                "  nameserver\t2001:db8::53  ",
                "nameserver not-an-address",
                "nameserver",
                "nameserver 192.0.2.54",
                "nameserver 192.0.2.55");

        assertThat(NameServers.parse(lines).stream().map(InetSocketAddress::getPort))
                .containsOnly(53);
        assertThat(NameServers.parse(lines).stream()
                        .map(server -> server.getAddress().getHostAddress()))
                .containsExactly("192.0.2.53", "2001:db8:0:0:0:0:0:53", "192.0.2.54");
    }

    @Test
    void a_broken_NAPTR_record_is_an_exception_and_never_a_loop() throws IOException {
        byte[] good = FakeNameServer.naptr(1, 2, "u", "E2U+sip", "!^.*$!sip:info@example.test!", "a.test");
        assertThat(DnsRecords.naptr(good).regexp()).isEqualTo("!^.*$!sip:info@example.test!");

        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> DnsRecords.naptr(cut)).isInstanceOf(IOException.class);
        }
        byte[] compressed = good.clone();
        compressed[good.length - 8] = (byte) 0xC0;
        assertThatThrownBy(() -> DnsRecords.naptr(compressed)).isInstanceOf(IOException.class);
    }
}
