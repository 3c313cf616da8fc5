// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both roles against each other; what OpenSSL thinks of them is in OpenSslDtlsTest. */
@Timeout(60)
class DtlsHandshakeTest {
    private static final int SEQUENCE_END = 10;

    private DtlsScene scene = new DtlsScene(1);

    @AfterEach
    void close() {
        scene.close();
        assertThat(scene.handshakes.running()).isZero();
        assertThat(scene.loop.pendingTimers()).isZero();
    }

    private void run() {
        scene.begin();
        scene.time.advance(DtlsHandshake.DEADLINE.plusSeconds(1));
    }

    private void bothHaveTheSameKeys() {
        DtlsKeys ours = Objects.requireNonNull(scene.client.keys, () -> "client: " + scene.client.failure);
        DtlsKeys theirs = Objects.requireNonNull(scene.server.keys, () -> "server: " + scene.server.failure);
        assertThat(ours.local()).isEqualTo(theirs.remote());
        assertThat(ours.remote()).isEqualTo(theirs.local());
        assertThat(ours.local()).isNotEqualTo(ours.remote());
        assertThat(scene.client.told + scene.server.told).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void both_ends_have_the_same_keys(SrtpSuite suite) {
        scene.server.suites = List.of(suite);
        run();
        bothHaveTheSameKeys();
        assertThat(Objects.requireNonNull(scene.client.keys).local().suite()).isEqualTo(suite);
    }

    @Test
    void without_loss_it_takes_two_round_trips_and_nothing_is_sent_twice() {
        run();
        assertThat(scene.server.established).isEqualTo(DtlsScene.ONE_WAY.multipliedBy(3));
        assertThat(scene.client.established).isEqualTo(DtlsScene.ONE_WAY.multipliedBy(4));
        // Hello; certificate, key exchange, verification and finished, some of them together.
        assertThat(scene.client.sent).isEqualTo(2);
        assertThat(scene.server.sent).isEqualTo(2);
    }

    /** RFC 6347 §4.2.4. Its own time comes 60 ms after its flight. */
    @Test
    void a_flight_is_sent_again_at_once_when_theirs_comes_again() {
        List<byte[]> fromClient = new ArrayList<>();
        scene.client.forged = datagram -> {
            fromClient.add(datagram.array().clone());
            return datagram;
        };
        scene.server.cut = true;
        scene.begin();
        scene.time.advance(DtlsScene.ONE_WAY.plusMillis(1));
        assertThat(scene.server.sent).isEqualTo(1);
        byte[] again = fromClient.get(0);
        again[SEQUENCE_END] = 1;
        scene.loop.execute(() -> receive(scene.server, again));
        scene.time.advance(Duration.ofMillis(1));
        assertThat(scene.server.sent).isEqualTo(2);
    }

    /** As Linphone does. Our certificate is of the other kind, in which the client would take it as well. */
    @Test
    void a_client_that_likes_RSA_better_is_shown_the_certificate_there_is() {
        scene.client.forged = DtlsHandshakeTest::withCipherSuitesReversed;
        scene.begin();
        // Until the hello is answered: what the client finishes is of the one that it sent
        scene.time.advance(DtlsScene.ONE_WAY.multipliedBy(2));
        assertThat(scene.server.sent).isPositive();
        assertThat(scene.server.failure).isNull();
    }

    private static ByteBuffer withCipherSuitesReversed(ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.duplicate().get(bytes);
        int[] suites = SrtpNegotiation.CLIENT_CIPHER_SUITES;
        for (int at = 0; at + 2 * suites.length <= bytes.length; at++) {
            ByteBuffer list = ByteBuffer.wrap(bytes, at, 2 * suites.length);
            if (IntStream.of(suites).allMatch(suite -> list.getShort() == (short) suite)) {
                for (int i = 0; i < suites.length; i++) {
                    list.putShort(at + 2 * i, (short) suites[suites.length - 1 - i]);
                }
            }
        }
        return ByteBuffer.wrap(bytes);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void loss_repetition_and_overtaking_delay_it_and_no_more(long seed) {
        scene = new DtlsScene(seed);
        scene.lost = 0.2;
        scene.repeated = 0.2;
        scene.jitter = Duration.ofMillis(40);
        run();
        bothHaveTheSameKeys();
    }

    @Test
    void the_same_seed_gives_the_same_run() {
        List<List<String>> runs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            scene.close();
            scene = new DtlsScene(7);
            scene.lost = 0.1;
            scene.jitter = Duration.ofMillis(10);
            run();
            runs.add(scene.trace);
        }
        assertThat(runs.get(0)).isEqualTo(runs.get(1));
    }

    @Test
    void a_flight_without_an_answer_is_sent_again_after_60_ms_and_twice_as_long_each_time() {
        scene.server.cut = true;
        scene.begin();
        scene.time.advance(Duration.ofMillis(60 + 120 + 240 - 1));
        assertThat(scene.client.sent).isEqualTo(3);
        scene.time.advance(Duration.ofMillis(1));
        assertThat(scene.client.sent).isEqualTo(4);
    }

    @Test
    void a_last_flight_that_was_lost_is_sent_again_when_theirs_is_repeated() {
        scene.begin();
        scene.time.runUntil(() -> scene.client.sent >= 2, Duration.ofSeconds(5));
        scene.server.cut = true;
        scene.time.advance(DtlsScene.ONE_WAY.multipliedBy(2));
        assertThat(scene.server.keys).isNotNull();
        assertThat(scene.client.keys).isNull();
        scene.server.cut = false;
        scene.time.advance(Duration.ofSeconds(1));
        bothHaveTheSameKeys();
    }

    @ParameterizedTest
    @EnumSource(DtlsRole.class)
    void a_certificate_that_the_signalling_did_not_tell_of_is_refused(DtlsRole by) {
        DtlsScene.End wary = by == DtlsRole.CLIENT ? scene.client : scene.server;
        DtlsScene.End other = scene.other(wary);
        wary.begin(List.of(wary.identity.fingerprint()));
        other.begin(List.of(wary.identity.fingerprint()));
        scene.time.advance(DtlsHandshake.DEADLINE.plusSeconds(1));
        assertThat(wary.failure).isEqualTo(DtlsFailure.FINGERPRINT);
        assertThat(other.failure).isEqualTo(DtlsFailure.REFUSED);
    }

    @Test
    void one_of_several_fingerprints_is_enough() {
        scene.server.begin(List.of(scene.server.identity.fingerprint(), scene.client.identity.fingerprint()));
        scene.client.begin(List.of(scene.server.identity.fingerprint()));
        scene.time.advance(Duration.ofSeconds(5));
        bothHaveTheSameKeys();
    }

    @Test
    void without_a_suite_in_common_there_are_no_keys() {
        scene.client.suites = List.of(SrtpSuite.AEAD_AES_256_GCM);
        scene.server.suites = List.of(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        run();
        assertThat(scene.server.failure).isEqualTo(DtlsFailure.SRTP_PROFILE);
        assertThat(scene.client.failure).isEqualTo(DtlsFailure.REFUSED);
    }

    @Test
    void a_handshake_without_any_response_fails_at_the_deadline() {
        scene.server.cut = true;
        run();
        assertThat(scene.client.failure).isEqualTo(DtlsFailure.TIMEOUT);
        assertThat(scene.client.told).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 13, 14, 200, 2048})
    void junk_received_during_a_handshake_is_ignored(int length) {
        scene.begin();
        byte[] junk = new byte[length];
        scene.time.random("junk").nextBytes(junk);
        junk[0] = 22;
        for (int i = 0; i < 20; i++) {
            scene.loop.schedule(Duration.ofMillis(7L * i), () -> {
                receive(scene.client, junk);
                receive(scene.server, junk);
            });
        }
        scene.time.advance(Duration.ofSeconds(10));
        bothHaveTheSameKeys();
    }

    /** RFC 6347 §4.1.2.7: they may be forged, with the other side's address; alone, and after a record that is none of the handshake's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "15fefd000000000000007700020228",
                "15fefd000000000000007700020100",
                "14fefd0000000000000078000102" + "15fefd000000000000007700020228",
                // Of a number that is far ahead of the true ones
                "14fefd00007fffffffffff000102",
                // Of another version, which no record of the handshake has
                "16feff0000000000000077000100"
            })
    void forged_records_in_clear_text_end_nothing(String octets) {
        scene.begin();
        for (int i = 0; i < 40; i++) {
            byte[] alert = HexFormat.of().parseHex(octets);
            alert[10] = (byte) i;
            scene.loop.schedule(Duration.ofMillis(3L * i), () -> {
                receive(scene.client, alert);
                receive(scene.server, alert);
            });
        }
        scene.time.advance(Duration.ofSeconds(10));
        bothHaveTheSameKeys();
    }

    /** RFC 5246 §6.2.1: no record of a handshake is empty. */
    @Test
    void empty_records_take_no_room_from_those_of_the_handshake() {
        scene.begin();
        for (int i = 0; i < 300; i++) {
            byte[] empty = HexFormat.of().parseHex("16fefd00000000000000000000");
            empty[9] = (byte) (i >> 8);
            empty[10] = (byte) i;
            scene.loop.schedule(Duration.ofNanos(50_000L * i), () -> {
                receive(scene.client, empty);
                receive(scene.server, empty);
            });
        }
        scene.time.advance(Duration.ofSeconds(10));
        bothHaveTheSameKeys();
        assertThat(scene.client.established).isEqualTo(DtlsScene.ONE_WAY.multipliedBy(4));
    }

    private static void receive(DtlsScene.End end, byte[] datagram) {
        if (end.handshake != null) {
            end.handshake.received(ByteBuffer.wrap(datagram));
        }
    }

    @Test
    void more_than_may_be_in_hand_are_refused_with_a_word() {
        for (int i = 0; i < DtlsHandshakes.MOST; i++) {
            assertThat(scene.handshakes.enter()).isTrue();
        }
        run();
        assertThat(scene.client.failure).isEqualTo(DtlsFailure.TOO_MANY);
        for (int i = 0; i < DtlsHandshakes.MOST; i++) {
            scene.handshakes.leave();
        }
    }

    @Test
    void closing_it_is_no_failure_and_leaves_nothing() {
        scene.begin();
        scene.time.advance(DtlsScene.ONE_WAY.multipliedBy(2));
        scene.client.close();
        scene.server.close();
        scene.time.advance(Duration.ofSeconds(30));
        assertThat(scene.client.told + scene.server.told).isZero();
    }
}
