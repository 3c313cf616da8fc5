// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.PayloadTypeMap.TelephoneEvents;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import com.techpro.callclient.stack.media.dtls.DtlsRole;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.contracts.PacketTrace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions whose keys come by a handshake on their own way, in virtual time. */
class DtlsMediaTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final List<SrtpSuite> SUITES = List.of(SrtpSuite.values());

    private final TestCall call = new TestCall(21);
    private final DtlsIdentity alice = new DtlsIdentity(call.time.random("alice"), call.time.now());
    private final DtlsIdentity bob = new DtlsIdentity(call.time.random("bob"), call.time.now());

    @AfterEach
    void close() {
        call.close();
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void sound_goes_both_ways_once_the_keys_are_there(SrtpSuite suite) throws Exception {
        call.alice.speak(440);
        call.bob.speak(880);
        agree(List.of(suite));
        call.run(Duration.ofSeconds(2));

        assertThat(call.alice.events).containsExactly("keyed " + suite);
        assertThat(call.bob.events).containsExactly("keyed " + suite);
        assertThat(call.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
        assertThat(call.alice.heard(Duration.ofSeconds(1)).power(880)).isGreaterThan(0.9);
    }

    /** RFC 5763 §6.7: there is no clear text before the keys, and not even silence. */
    @Test
    void nothing_but_the_handshake_is_sent_before_it_is_done() throws Exception {
        call.network.defaultConditions(LinkConditions.LAN.withDelay(Duration.ofMillis(80)));
        call.alice.speak(440);
        agree(SUITES);
        call.run(Duration.ofMillis(150));
        assertThat(call.alice.events).isEmpty();
        assertThat(call.sentTo(call.bob)).isNotEmpty().allMatch(DtlsMediaTest::isDtls);
        assertThat(call.sentTo(call.alice)).allMatch(DtlsMediaTest::isDtls);
        call.run(Duration.ofSeconds(2));
        assertThat(call.sentTo(call.bob)).anyMatch(packet -> !isDtls(packet));
        assertThat(call.alice.events).hasSize(1);
    }

    /** Half a second of them may be played once the keys are there; a flood may not fill the memory. */
    @Test
    void before_the_keys_only_the_latest_packet_is_held() throws Exception {
        call.alice.configure(parameters(call.bob, DtlsRole.SERVER, alice, bob, SUITES));
        call.time.settle();
        try (DatagramLink elsewhere = stranger()) {
            for (int sequence = 1; sequence <= 100; sequence++) {
                ByteBuffer packet = ByteBuffer.allocate(172);
                packet.put((byte) 0x80).put((byte) 0).putShort((short) sequence);
                packet.position(0);
                elsewhere.send(packet, call.alice.address());
            }
            call.run(Duration.ofMillis(100));
        }
        assertThat(call.alice.events).isEmpty();

        call.bob.configure(parameters(call.alice, DtlsRole.CLIENT, bob, alice, SUITES));
        call.run(Duration.ofSeconds(2));

        assertThat(call.alice.events).hasSize(1);
        assertThat(call.alice.session.statistics().drops())
                .returns(75L, MediaStatistics.Drops::beforeKeys)
                .returns(25L, MediaStatistics.Drops::notAuthentic);
    }

    /** Who calls an announcement presses a key as soon as it is answered. */
    @Test
    void a_key_pressed_before_the_handshake_is_done_is_sent_after_it() throws Exception {
        call.network.defaultConditions(LinkConditions.LAN.withDelay(Duration.ofMillis(80)));
        agree(SUITES);
        call.alice.session.sendDtmf('1', Duration.ofMillis(100));
        call.alice.session.sendDtmf('2', Duration.ofMillis(100));
        call.run(Duration.ofMillis(150));
        assertThat(call.alice.events).isEmpty();

        call.run(Duration.ofSeconds(2));

        assertThat(call.bob.events)
                .filteredOn(event -> event.startsWith("dtmf"))
                .containsExactly("dtmf 1 100", "dtmf 2 100");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_network_that_loses_every_fifth_packet_only_makes_it_later(long seed) throws Exception {
        try (TestCall lossy = new TestCall(seed)) {
            lossy.network.defaultConditions(LinkConditions.LAN.withLoss(0.2));
            lossy.alice.speak(440);
            agree(lossy, SUITES);
            lossy.run(Duration.ofSeconds(6));
            assertThat(lossy.alice.events).contains("keyed AEAD_AES_256_GCM");
            assertThat(lossy.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.3);
        }
    }

    /** The ends' own answers to the offer and the ACK may overtake each other. */
    @Test
    void a_handshake_that_begins_before_the_answer_has_come_is_not_lost() throws Exception {
        call.alice.speak(440);
        call.bob.configure(parameters(call.alice, DtlsRole.CLIENT, bob, alice, SUITES));
        call.run(Duration.ofMillis(10));
        call.alice.configure(parameters(call.bob, DtlsRole.SERVER, alice, bob, SUITES));
        // Before the first flight is sent again, which is after 60 ms
        call.run(Duration.ofMillis(45));
        assertThat(call.bob.events).containsExactly("keyed AEAD_AES_256_GCM");
    }

    @Test
    void a_peer_with_another_certificate_gets_no_keys() throws Exception {
        DtlsIdentity mallory = new DtlsIdentity(call.time.random("mallory"), call.time.now());
        call.alice.configure(parameters(call.bob, DtlsRole.SERVER, alice, bob, SUITES));
        call.bob.configure(parameters(call.alice, DtlsRole.CLIENT, mallory, alice, SUITES));
        call.run(Duration.ofSeconds(2));
        assertThat(call.alice.events).containsExactly("failed SOMEBODY_ELSE");
        assertThat(call.sentTo(call.bob)).allMatch(DtlsMediaTest::isDtls);
    }

    @Test
    void a_far_end_that_never_answers_is_given_up() {
        call.alice.configure(parameters(call.bob, DtlsRole.CLIENT, alice, bob, SUITES));
        call.run(Duration.ofSeconds(11));
        assertThat(call.alice.events).contains("failed NO_KEYS");
    }

    @Test
    void a_hold_and_the_same_keying_again_make_no_second_handshake() throws Exception {
        agree(SUITES);
        call.run(Duration.ofSeconds(1));
        call.network.trace().clear();
        MediaParameters held = call.alice.parameters.withDirection(MediaDirection.SENDONLY);
        call.alice.configure(held);
        call.run(Duration.ofSeconds(1));
        call.alice.configure(held.withDirection(MediaDirection.SENDRECV));
        call.run(Duration.ofSeconds(1));
        assertThat(call.sentTo(call.bob)).isNotEmpty().noneMatch(DtlsMediaTest::isDtls);
        assertThat(call.alice.events).hasSize(1);
    }

    @Test
    void a_second_handshake_that_nobody_takes_part_in_leaves_the_keys_there_are() throws Exception {
        call.alice.speak(440);
        agree(SUITES);
        call.run(Duration.ofSeconds(1));
        call.alice.configure(parameters(call.bob, DtlsRole.CLIENT, alice, bob, SUITES));
        call.run(Duration.ofSeconds(12));
        assertThat(call.alice.events).containsExactly("keyed AEAD_AES_256_GCM");
        assertThat(call.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
    }

    /** As a phone system does that puts somebody else at the other end. */
    @Test
    void another_certificate_makes_another_handshake_and_sound_goes_on_with_its_keys() throws Exception {
        call.alice.speak(440);
        agree(SUITES);
        call.run(Duration.ofSeconds(1));
        DtlsIdentity carol = new DtlsIdentity(call.time.random("carol"), call.time.now());
        call.alice.configure(parameters(call.bob, DtlsRole.SERVER, alice, carol, SUITES));
        call.bob.configure(parameters(call.alice, DtlsRole.CLIENT, carol, alice, SUITES));
        call.run(Duration.ofSeconds(2));
        assertThat(call.alice.events).hasSize(2).allMatch("keyed AEAD_AES_256_GCM"::equals);
        assertThat(call.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
    }

    /** A phone system that forgets its handshake at a re-INVITE, of which nothing is said, and begins another. */
    @Test
    void RFC6347_4_2_8_a_client_that_begins_again_gets_new_keys_from_the_address_it_had() throws Exception {
        call.alice.speak(440);
        call.bob.speak(880);
        agree(SUITES);
        call.run(Duration.ofSeconds(1));
        for (int resets = 1; resets <= 3; resets++) {
            call.bob.configure(reset(parameters(call.alice, DtlsRole.CLIENT, bob, alice, SUITES), resets));
            call.run(Duration.ofSeconds(2));
            assertThat(call.alice.events).hasSize(1 + resets).allMatch("keyed AEAD_AES_256_GCM"::equals);
            assertThat(call.bob.events).hasSize(1 + resets).allMatch("keyed AEAD_AES_256_GCM"::equals);
            assertThat(call.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
            assertThat(call.alice.heard(Duration.ofSeconds(1)).power(880)).isGreaterThan(0.9);
        }
    }

    /** Asterisk, for one, has no keys before any more once it has others; what it gets under them is lost. */
    @ParameterizedTest
    @ValueSource(ints = {1, 20, 60, 85})
    void media_pauses_between_the_clients_and_the_servers_last_flight_without_loss(int delay) throws Exception {
        call.network.defaultConditions(LinkConditions.PERFECT.withDelay(Duration.ofMillis(delay)));
        talkAndBeginAgain(call);

        List<PacketTrace.Packet> sent = call.network.trace().packets().stream()
                .filter(packet -> packet.to().equals(call.alice.address()))
                .toList();
        Duration lastFlight = sent.stream()
                .filter(packet -> changesCipher(packet.payload()))
                .map(PacketTrace.Packet::at)
                .filter(at -> at.compareTo(SECOND) > 0)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Duration answered = lastFlight.plusMillis(2L * delay);
        assertThat(sent)
                .filteredOn(packet -> isRtp(packet.payload()))
                .isNotEmpty()
                .noneMatch(packet ->
                        packet.at().compareTo(lastFlight) > 0 && packet.at().compareTo(answered) < 0);
        assertThat(call.alice.session.statistics().lost()).isZero();
    }

    /** It has not got our last flight, or has forgotten the handshake: its keys are there, and read what is under those before. */
    @ParameterizedTest
    @CsvSource({"1, 40", "5, 40", "15, 80", "40, 180", "150, 220"})
    void from_a_server_that_does_not_answer_in_its_time_nothing_is_withheld(int delay, int longest) throws Exception {
        call.network.defaultConditions(LinkConditions.PERFECT.withDelay(Duration.ofMillis(delay)));
        call.alice.speak(440);
        call.bob.speak(880);
        agree(SUITES);
        call.run(Duration.ofSeconds(3));
        call.network.trace().clear();
        call.bob.configure(reset(parameters(call.alice, DtlsRole.CLIENT, bob, alice, SUITES), 1));
        call.time.runUntil(() -> call.sentTo(call.alice).stream().anyMatch(DtlsMediaTest::changesCipher), SECOND);
        call.network.conditions(TestCall.ALICE, TestCall.BOB, LinkConditions.PERFECT.withLoss(1));
        call.network.trace().clear();
        Duration silent = call.time.elapsed();
        call.run(SECOND);

        Duration next = call.network.trace().packets().stream()
                .filter(packet -> packet.to().equals(call.alice.address()) && isRtp(packet.payload()))
                .map(PacketTrace.Packet::at)
                .findFirst()
                .orElseThrow();
        assertThat(next.minus(silent)).isLessThanOrEqualTo(Duration.ofMillis(longest));
        assertThat(call.alice.session.statistics().lost()).isZero();
    }

    /** The server's first packets under the new keys overtake its last flight. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void RFC5764_5_2_packets_that_arrive_before_their_new_keys_are_buffered(long seed) throws Exception {
        try (TestCall uneven = new TestCall(seed)) {
            uneven.network.defaultConditions(
                    LinkConditions.PERFECT.withDelay(Duration.ofMillis(40)).withReordering(0.5, Duration.ofMillis(90)));
            talkAndBeginAgain(uneven);
            assertThat(uneven.bob.session.statistics().drops()).isEqualTo(MediaStatistics.Drops.NONE);
        }
    }

    private void talkAndBeginAgain(TestCall between) throws Exception {
        between.alice.speak(440);
        between.bob.speak(880);
        agree(between, SUITES);
        between.run(Duration.ofSeconds(1));
        between.bob.configure(reset(parameters(between.alice, DtlsRole.CLIENT, bob, alice, SUITES), 1));
        between.run(Duration.ofSeconds(3));
        assertThat(between.alice.events).hasSize(2).allMatch("keyed AEAD_AES_256_GCM"::equals);
        assertThat(between.bob.events).hasSize(2).allMatch("keyed AEAD_AES_256_GCM"::equals);
    }

    /** RFC 5764 §5.2 wants the keys kept for a time: as long as a handshake may take. */
    @ParameterizedTest
    @CsvSource({"3, 0", "11, 1"})
    void the_keys_before_are_kept_for_ten_seconds(int seconds, int notAuthentic) throws Exception {
        ByteBuffer late = sentAndLost();
        // Which says nothing under the next keys: a packet of long ago would be taken for a replay.
        call.bob.configure(reset(parameters(call.alice, DtlsRole.CLIENT, bob, alice, SUITES), 1)
                .withDirection(MediaDirection.RECVONLY));
        call.run(Duration.ofSeconds(seconds));
        assertThat(call.alice.events)
                .filteredOn("keyed AEAD_AES_256_GCM"::equals)
                .hasSize(2);

        arrives(late);

        assertThat(call.alice.session.statistics().drops().notAuthentic()).isEqualTo(notAuthentic);
        assertThat(call.alice.events).as("media stays where it was").noneMatch(event -> event.startsWith("latched"));
    }

    @Test
    void S4_the_keys_of_a_replaced_peer_are_discarded() throws Exception {
        ByteBuffer late = sentAndLost();
        DtlsIdentity carol = new DtlsIdentity(call.time.random("carol"), call.time.now());
        call.alice.configure(parameters(call.bob, DtlsRole.SERVER, alice, carol, SUITES));
        // Which says nothing under the next keys: a packet of long ago would be taken for a replay.
        call.bob.configure(
                parameters(call.alice, DtlsRole.CLIENT, carol, alice, SUITES).withDirection(MediaDirection.RECVONLY));
        call.run(Duration.ofSeconds(3));
        assertThat(call.alice.events).hasSize(2);

        arrives(late);

        assertThat(call.alice.session.statistics().drops().notAuthentic()).isOne();
    }

    /** A packet of Bob's under the first keys that has not arrived. */
    private ByteBuffer sentAndLost() throws Exception {
        call.alice.speak(440);
        call.bob.speak(880);
        agree(SUITES);
        call.run(Duration.ofSeconds(1));
        call.network.partition(TestCall.BOB, TestCall.ALICE);
        call.network.trace().clear();
        call.run(Duration.ofMillis(100));
        List<byte[]> sent = call.sentTo(call.alice);
        call.network.heal(TestCall.BOB, TestCall.ALICE);
        call.run(Duration.ofMillis(500));
        return ByteBuffer.wrap(sent.get(sent.size() - 1));
    }

    private void arrives(ByteBuffer late) throws IOException {
        try (DatagramLink elsewhere = stranger()) {
            elsewhere.send(late, call.alice.address());
            call.run(Duration.ofSeconds(2));
        }
    }

    /** Its word comes with the answer; as a server it waits for the client. */
    @Test
    void RFC8842_a_new_association_of_the_server_restarts_the_client() throws Exception {
        call.alice.speak(440);
        call.bob.speak(880);
        agree(SUITES);
        call.run(Duration.ofSeconds(1));
        call.alice.configure(reset(parameters(call.bob, DtlsRole.SERVER, alice, bob, SUITES), 1));
        call.run(Duration.ofSeconds(1));
        assertThat(call.bob.events).hasSize(1);
        call.bob.configure(reset(parameters(call.alice, DtlsRole.CLIENT, bob, alice, SUITES), 1));
        call.run(Duration.ofSeconds(2));
        assertThat(call.alice.events).hasSize(2).allMatch("keyed AEAD_AES_256_GCM"::equals);
        assertThat(call.alice.heard(Duration.ofSeconds(1)).power(880)).isGreaterThan(0.9);
    }

    @Test
    void a_second_handshake_with_another_certificate_keeps_the_current_keys() throws Exception {
        call.alice.speak(440);
        call.bob.speak(880);
        agree(SUITES);
        call.run(Duration.ofSeconds(1));
        DtlsIdentity mallory = new DtlsIdentity(call.time.random("mallory"), call.time.now());
        call.bob.configure(parameters(call.alice, DtlsRole.CLIENT, mallory, alice, SUITES));
        call.run(Duration.ofSeconds(12));

        assertThat(call.alice.events).containsExactly("keyed AEAD_AES_256_GCM");
        assertThat(call.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
        assertThat(call.alice.heard(Duration.ofSeconds(1)).power(880)).isGreaterThan(0.9);
    }

    private static MediaParameters reset(MediaParameters agreed, int resets) {
        Keying.Dtls dtls = (Keying.Dtls) agreed.keying();
        return new MediaParameters(
                agreed.remoteRtp(),
                agreed.remoteRtcp(),
                agreed.codec(),
                agreed.telephoneEvents(),
                agreed.received(),
                agreed.packetMillis(),
                agreed.direction(),
                new Keying.Dtls(dtls.role(), dtls.own(), dtls.theirs(), dtls.suites(), null, resets));
    }

    /** It says its private address, and is seen to come from the NAT's. */
    @Test
    void a_client_behind_a_NAT_is_answered_at_its_source_address_and_media_follows() throws Exception {
        try (TestCall natted = new TestCall(22, true)) {
            natted.alice.speak(440);
            natted.bob.speak(880);
            natted.bob.configure(parameters(natted.alice, DtlsRole.SERVER, bob, alice, SUITES));
            natted.alice.configure(parameters(natted.bob, DtlsRole.CLIENT, alice, bob, SUITES));
            natted.run(Duration.ofSeconds(2));

            assertThat(natted.bob.events)
                    .containsExactly(
                            "handshake " + TestCall.NAT + ":20000",
                            "latched " + TestCall.NAT + ":20000",
                            "keyed AEAD_AES_256_GCM");
            assertThat(natted.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
            assertThat(natted.alice.heard(Duration.ofSeconds(1)).power(880)).isGreaterThan(0.9);
        }
    }

    @Test
    void where_another_certificate_comes_from_no_media_goes() throws Exception {
        try (TestCall natted = new TestCall(23, true)) {
            DtlsIdentity mallory = new DtlsIdentity(natted.time.random("mallory"), natted.time.now());
            natted.bob.configure(parameters(natted.alice, DtlsRole.SERVER, bob, alice, SUITES));
            natted.alice.configure(parameters(natted.bob, DtlsRole.CLIENT, mallory, bob, SUITES));
            // The other side may still come
            natted.run(Duration.ofSeconds(9));
            assertThat(natted.bob.events).noneMatch(event -> event.startsWith("failed"));
            natted.run(Duration.ofSeconds(2));

            assertThat(natted.bob.events)
                    .filteredOn(event -> !event.startsWith("silent"))
                    .containsExactly("handshake " + TestCall.NAT + ":20000", "failed SOMEBODY_ELSE");
            assertThat(natted.network.trace().packets())
                    .filteredOn(packet -> packet.from().equals(natted.bob.address()))
                    .isNotEmpty()
                    .allMatch(packet -> isDtls(packet.payload()));
        }
    }

    /** Whoever forges an address gets little sent there, and none if the other side is where it should be. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_forged_address_gets_little_DTLS_traffic_and_none_if_the_peer_is_reachable(boolean there) throws Exception {
        if (!there) {
            call.network.partition(TestCall.BOB, TestCall.ALICE);
        }
        call.bob.configure(parameters(call.alice, DtlsRole.CLIENT, bob, alice, SUITES));
        call.alice.configure(parameters(call.bob, DtlsRole.SERVER, alice, bob, SUITES));
        call.run(Duration.ofMillis(500));
        ByteBuffer hello = ByteBuffer.wrap(call.sentTo(call.alice).get(0));
        try (DatagramLink stranger = stranger()) {
            stranger.send(hello.duplicate(), call.alice.address());
            call.run(Duration.ofSeconds(8));

            int octets = call.network.trace().packets().stream()
                    .filter(packet -> packet.to().equals(stranger.localAddress()))
                    .mapToInt(packet -> packet.payload().length)
                    .sum();
            assertThat(octets).isBetween(there ? 0 : 1, there ? 0 : 5 * hello.remaining());
            assertThat(call.alice.events).noneMatch(event -> event.startsWith("latched"));
            assertThat(call.alice.events.contains("keyed AEAD_AES_256_GCM")).isEqualTo(there);
        }
    }

    @Test
    void media_stays_at_its_address_during_a_handshake_of_another_party() throws Exception {
        call.alice.speak(440);
        agree(SUITES);
        call.run(Duration.ofSeconds(1));
        ByteBuffer hello = ByteBuffer.wrap(call.sentTo(call.alice).stream()
                .filter(DtlsMediaTest::isDtls)
                .findFirst()
                .orElseThrow());
        DtlsIdentity carol = new DtlsIdentity(call.time.random("carol"), call.time.now());
        call.alice.configure(parameters(call.bob, DtlsRole.SERVER, alice, carol, SUITES));
        try (DatagramLink stranger = stranger()) {
            stranger.send(hello, call.alice.address());
            call.run(Duration.ofSeconds(1));

            assertThat(call.network.trace().packets())
                    .filteredOn(packet -> packet.to().equals(stranger.localAddress()))
                    .isNotEmpty()
                    .allMatch(packet -> isDtls(packet.payload()));
        }
    }

    private DatagramLink stranger() throws IOException {
        return call.network
                .host("203.0.113.66")
                .openDatagram(new InetSocketAddress("203.0.113.66", 5_000), (packet, from) -> {});
    }

    private void agree(List<SrtpSuite> suites) {
        agree(call, suites);
    }

    private void agree(TestCall between, List<SrtpSuite> suites) {
        between.alice.configure(parameters(between.bob, DtlsRole.SERVER, alice, bob, suites));
        between.bob.configure(parameters(between.alice, DtlsRole.CLIENT, bob, alice, suites));
        between.time.settle();
    }

    private static MediaParameters parameters(
            TestCall.Party to, DtlsRole role, DtlsIdentity own, DtlsIdentity theirs, List<SrtpSuite> suites) {
        PayloadFormat codec = PayloadFormat.ofStatic(G711.ULAW);
        return new MediaParameters(
                to.address(),
                null,
                codec,
                TestCall.EVENTS,
                PayloadTypeMap.of(List.of(codec), List.of(new TelephoneEvents(TestCall.EVENTS, 8_000))),
                20,
                MediaDirection.SENDRECV,
                new Keying.Dtls(role, own, List.of(theirs.fingerprint()), suites));
    }

    /** Of a record that is in a client's last flight, in the middle of it (RFC 5246 §7.3). */
    private static boolean changesCipher(byte[] packet) {
        for (int at = 0; isDtls(packet) && at + 13 <= packet.length; ) {
            if (packet[at] == 20) {
                return true;
            }
            at += 13 + ((packet[at + 11] & 0xFF) << 8 | packet[at + 12] & 0xFF);
        }
        return false;
    }

    private static boolean isRtp(byte[] packet) {
        return packet[0] == (byte) 0x80 && (packet[1] & 0x7F) == 0;
    }

    private static boolean isDtls(byte[] packet) {
        return packet[0] >= 20 && packet[0] < 64;
    }
}
