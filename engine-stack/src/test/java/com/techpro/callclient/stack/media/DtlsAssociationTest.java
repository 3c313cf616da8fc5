// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.media.dtls.DtlsFailure;
import com.techpro.callclient.stack.media.dtls.DtlsHandshakes;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import com.techpro.callclient.stack.media.dtls.DtlsKeys;
import com.techpro.callclient.stack.media.dtls.DtlsRole;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two associations that reach each other directly, and what is thrown between them with the client's address. */
class DtlsAssociationTest {
    private static final List<SrtpSuite> SUITES = List.of(SrtpSuite.AEAD_AES_256_GCM);
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 1);
    private static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.2", 2);

    private final VirtualTime time = VirtualTime.seeded(5);
    private final Loop loop = time.openLoop("media");
    private final DtlsHandshakes handshakes = new DtlsHandshakes(time.workers(), time.random("handshakes"));
    private final DtlsIdentity mine = new DtlsIdentity(time.random("mine"), time.now());
    private final DtlsIdentity theirs = new DtlsIdentity(time.random("theirs"), time.now());
    private final End client = new End(CLIENT);
    private final End server = new End(SERVER);
    private boolean cut;

    @AfterEach
    void close() {
        loop.execute(client.association::close);
        loop.execute(server.association::close);
        time.settle();
        assertThat(handshakes.running()).isZero();
        assertThat(loop.pendingTimers()).isZero();
        time.close();
    }

    private void begin() {
        loop.execute(() -> server.association.begin(dtls(DtlsRole.SERVER, theirs, mine, 0)));
        loop.execute(() -> client.association.begin(dtls(DtlsRole.CLIENT, mine, theirs, 0)));
    }

    private static Keying.Dtls dtls(DtlsRole role, DtlsIdentity own, DtlsIdentity other, int resets) {
        return new Keying.Dtls(role, own, List.of(other.fingerprint()), SUITES, null, resets);
    }

    private static ByteBuffer forged(int number) {
        return StrayRecords.CLIENT_HELLO.datagrams().get(0).putInt(30, number);
    }

    /** Forged with the client's address: to the true client nothing happens. */
    @Test
    void hellos_without_end_after_the_handshake_cost_little_and_keep_no_true_one_away() {
        begin();
        time.advance(Duration.ofSeconds(1));
        assertThat(server.keys).hasSize(1);
        int[] most = {0};
        int[] begun = {0};
        cut = true;
        server.told = (datagram, to) -> begun[0]++;
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            loop.execute(() -> server.association.received(forged(number), CLIENT));
            time.advance(Duration.ofMillis(2));
            most[0] = Math.max(most[0], handshakes.running());
        }
        assertThat(most[0]).isEqualTo(1);
        // One a half second, each sent a few times as nobody answers.
        assertThat(begun[0]).isLessThan(40);
        assertThat(server.keys).hasSize(1);

        cut = false;
        time.advance(Duration.ofSeconds(1));
        loop.execute(() -> client.association.renew(dtls(DtlsRole.CLIENT, mine, theirs, 1)));
        time.advance(Duration.ofSeconds(2));
        assertThat(server.keys).hasSize(2);
        assertThat(client.keys).hasSize(2);
        assertThat(server.failures).isEmpty();
    }

    /** ICE finds the way after the answer, and the client's repetitions come ever more rarely. */
    @Test
    void RFC5763_6_7_1_a_hello_that_waits_for_a_path_leaves_with_it() {
        client.pathless = true;
        begin();
        time.advance(Duration.ofMillis(200));
        assertThat(client.sent).isZero();

        client.pathless = false;
        loop.execute(client.association::pathFound);
        time.settle();
        assertThat(client.sent).isEqualTo(1);
        loop.execute(client.association::pathFound);
        time.settle();
        assertThat(client.sent).as("once").isEqualTo(1);
        time.advance(Duration.ofMillis(10));
        assertThat(client.keys).hasSize(1);
        assertThat(server.keys).hasSize(1);
    }

    @Test
    void a_forged_hello_before_the_true_one_only_makes_it_later() {
        loop.execute(() -> server.association.begin(dtls(DtlsRole.SERVER, theirs, mine, 0)));
        loop.execute(() -> server.association.received(forged(1), CLIENT));
        time.advance(Duration.ofMillis(5));
        loop.execute(() -> client.association.begin(dtls(DtlsRole.CLIENT, mine, theirs, 0)));
        time.advance(Duration.ofMillis(300));
        assertThat(server.keys).isEmpty();
        time.advance(Duration.ofSeconds(2));
        assertThat(server.keys).hasSize(1);
        assertThat(client.keys).hasSize(1);
    }

    /** Without a cipher suite they fail at once. */
    @Test
    void hellos_of_ever_other_addresses_are_answered_four_times_a_second() {
        loop.execute(() -> server.association.begin(dtls(DtlsRole.SERVER, theirs, mine, 0)));
        for (int i = 0; i < 1_000; i++) {
            InetSocketAddress other = new InetSocketAddress("203.0.113.66", 5_000 + i);
            ByteBuffer hello = forged(i).putShort(63, (short) 0);
            loop.execute(() -> server.association.received(hello, other));
            time.advance(Duration.ofMillis(2));
        }
        assertThat(server.answered).hasSize(8);

        loop.execute(() -> client.association.begin(dtls(DtlsRole.CLIENT, mine, theirs, 0)));
        time.advance(Duration.ofMillis(50));
        assertThat(server.keys).hasSize(1);
    }

    /** As where a re-INVITE is answered while the handshake is on its way: some have forgotten it then, and others not. */
    @Test
    void a_server_that_calls_its_association_new_in_mid_handshake_may_go_on_with_it() {
        begin();
        time.advance(Duration.ofMillis(1));
        loop.execute(() -> client.association.renew(dtls(DtlsRole.CLIENT, mine, theirs, 1)));
        time.advance(Duration.ofMillis(300));
        assertThat(client.keys).hasSize(1);
        time.advance(Duration.ofSeconds(5));
        assertThat(client.keys).hasSize(1);
        assertThat(server.keys).hasSize(1);
    }

    @Test
    void a_server_that_forgot_in_mid_handshake_is_asked_again_after_a_second() {
        cut = true;
        begin();
        time.advance(Duration.ofMillis(20));
        loop.execute(() -> server.association.begin(dtls(DtlsRole.SERVER, theirs, mine, 0)));
        loop.execute(() -> client.association.renew(dtls(DtlsRole.CLIENT, mine, theirs, 1)));
        time.advance(Duration.ofMillis(980));
        int sent = client.sent;
        cut = false;
        time.advance(Duration.ofMillis(60));
        assertThat(client.sent).isGreaterThan(sent);
        assertThat(client.keys).hasSize(1);
    }

    /**
     * Browsers and WebRTC's library send such a hello now: its hybrid key share does not fit one datagram. BouncyCastle has DTLS 1.2, which it
     * offers as well.
     */
    @ParameterizedTest(name = "before the answer: {0}, swapped: {1}")
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void RFC9147_4_a_hello_of_DTLS_1_3_in_two_fragments_gets_an_answer_of_1_2(boolean before, boolean swapped) {
        List<ByteBuffer> answers = new ArrayList<>();
        server.told = (datagram, to) -> answers.add(datagram);
        cut = true;
        Runnable hello = () -> {
            // Its repetition has other record numbers.
            for (int first : swapped ? new int[] {1, 0, 3, 2} : new int[] {0, 1}) {
                server.association.received(hybridHello(first, first % 2), CLIENT);
            }
        };
        Runnable answer = () -> server.association.begin(dtls(DtlsRole.SERVER, theirs, mine, 0));
        loop.execute(before ? hello : answer);
        time.settle();
        loop.execute(before ? answer : hello);
        time.advance(Duration.ofMillis(100));

        ByteBuffer serverHello = answers.get(0);
        assertThat(serverHello.get(0)).as("handshake record").isEqualTo((byte) 22);
        assertThat(serverHello.get(13)).as("ServerHello").isEqualTo((byte) 2);
        assertThat(serverHello.getShort(25)).as("DTLS 1.2").isEqualTo((short) 0xfefd);
        assertThat(server.failures).isEmpty();
    }

    /** One half of a hello that offers DTLS 1.3 and 1.2, X25519MLKEM768 (draft-ietf-tls-ecdhe-mlkem §4) and X25519. */
    private static ByteBuffer hybridHello(int record, int half) {
        String shares = "11ec 04c0" + "a7".repeat(1_216) + "001d 0020" + "5c".repeat(32);
        String extensions = "002b 0005 04 fefc fefd" + "0033 04ea 04e8" + shares + "000a 0008 0006 11ec 001d 0017"
                + "000d 0004 0002 0403" + "000b 0002 01 00" + "000e 0005 0002 0008 00" + "002d 0002 01 01"
                + "0017 0000" + "ff01 0001 00";
        String octets = ("fefd" + "5a".repeat(32) + "00 00 0004 1301 c02b 01 00" + length(extensions) + extensions)
                .replace(" ", "");
        byte[] body = HexFormat.of().parseHex(octets);
        int from = half * 1_100;
        int length = Math.min(1_100, body.length - from);
        return ByteBuffer.allocate(25 + length)
                .put((byte) 22)
                .putShort((short) 0xfefd)
                .putLong(record)
                .putShort((short) (12 + length))
                .putInt(1 << 24 | body.length)
                .putShort((short) 0)
                .put((byte) 0)
                .putShort((short) from)
                .put((byte) 0)
                .putShort((short) length)
                .put(body, from, length)
                .flip();
    }

    private static String length(String octets) {
        return String.format("%04x", octets.replace(" ", "").length() / 2);
    }

    /** The table of the class comment. */
    @ParameterizedTest(name = "{0}, {2} from an address that is {1}")
    @CsvSource({
        // role, source,     datagram,     answered, unwanted, unknown source, handshakes
        "none,   EXPECTED,   CLIENT_HELLO, false, 0, 0, 0",
        "none,   EXPECTED,   SERVER_HELLO, false, 1, 0, 0",
        "SERVER, UNCHECKED,  CLIENT_HELLO, false, 0, 0, 0",
        "SERVER, UNCHECKED,  FATAL_ALERT,  false, 1, 0, 0",
        "SERVER, EXPECTED,   CLIENT_HELLO, true,  0, 0, 1",
        "SERVER, UNEXPECTED, CLIENT_HELLO, false, 0, 0, 1", // the answer is too long for a stranger
        "SERVER, EXPECTED,   FATAL_ALERT,  false, 0, 1, 0",
        "CLIENT, EXPECTED,   FATAL_ALERT,  false, 0, 0, 1",
        "CLIENT, UNEXPECTED, FATAL_ALERT,  false, 0, 1, 1",
        "CLIENT, UNCHECKED,  FATAL_ALERT,  false, 1, 0, 1"
    })
    void a_datagram_is_answered_kept_or_dropped(
            String role,
            DtlsAssociation.Source source,
            StrayRecords datagram,
            boolean answered,
            int unwanted,
            int unknownSource,
            int running) {
        DropCounters drops = new DropCounters();
        Set<@Nullable InetSocketAddress> sentTo = new HashSet<>();
        DtlsAssociation one = new DtlsAssociation(
                handshakes,
                loop,
                drops,
                MediaLink.RTP,
                from -> source,
                outcome -> sentTo.add(((DtlsAssociation.Datagram) outcome).to()));
        loop.execute(() -> {
            if (!role.equals("none")) {
                one.begin(dtls(DtlsRole.valueOf(role), mine, theirs, 0));
            }
            one.received(datagram.datagrams().get(0), CLIENT);
        });
        time.settle();

        assertThat(sentTo.contains(CLIENT)).isEqualTo(answered);
        assertThat(drops.unwanted).isEqualTo(unwanted);
        assertThat(drops.unknownSource).isEqualTo(unknownSource);
        assertThat(handshakes.running()).isEqualTo(running);
        loop.execute(one::close);
    }

    /** One end, and the way from it to the other. */
    private final class End {
        private final InetSocketAddress address;
        private final DtlsAssociation association;
        private final List<DtlsKeys> keys = new ArrayList<>();
        private final List<DtlsFailure> failures = new ArrayList<>();
        private int sent;
        private final Set<InetSocketAddress> answered = new HashSet<>();
        /** No address is known to send to. */
        private boolean pathless;

        private @Nullable BiConsumer<ByteBuffer, InetSocketAddress> told;

        End(InetSocketAddress address) {
            this.address = address;
            association = new DtlsAssociation(
                    handshakes, loop, new DropCounters(), MediaLink.RTP, DtlsAssociationTest::judge, this::take);
        }

        private void take(DtlsAssociation.Outcome outcome) {
            if (outcome instanceof DtlsAssociation.Datagram datagram) {
                send(datagram.bytes(), datagram.to());
            } else if (outcome instanceof DtlsAssociation.Established established) {
                keys.add(established.keys());
            } else if (outcome instanceof DtlsAssociation.Failed failed) {
                failures.add(failed.reason());
            }
        }

        private void send(ByteBuffer datagram, @Nullable InetSocketAddress to) {
            if (pathless) {
                association.unsent(to);
                return;
            }
            sent++;
            if (to != null && judge(to) == DtlsAssociation.Source.UNEXPECTED) {
                answered.add(to);
            }
            if (told != null) {
                told.accept(datagram, Objects.requireNonNullElse(to, address));
            }
            if (!cut && (to == null || to.equals(CLIENT))) {
                End other = address.equals(CLIENT) ? server : client;
                loop.schedule(Duration.ofMillis(1), () -> other.association.received(datagram, address));
            }
        }
    }

    private static DtlsAssociation.Source judge(InetSocketAddress from) {
        boolean expected = from.equals(CLIENT) || from.equals(SERVER);
        return expected ? DtlsAssociation.Source.EXPECTED : DtlsAssociation.Source.UNEXPECTED;
    }
}
