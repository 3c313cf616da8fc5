// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.stack.media.srtp.SrtpContext;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Where media goes, and who can change that: symmetric RTP, but only for whoever holds the key. */
class LatchingTest {
    private static final String STRANGER = "203.0.113.66";

    @Test
    void media_follows_authentic_packets_through_a_nat() {
        try (var call = new TestCall(101, true)) {
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            call.bob.speak(440);
            call.run(Duration.ofSeconds(3));
            assertThat(call.bob.events).containsOnlyOnce("latched " + TestCall.NAT + ":20000");
            assertThat(call.alice.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
        }
    }

    @Test
    void media_follows_when_the_nat_is_rebound() {
        try (var call = new TestCall(102, true)) {
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            call.bob.speak(440);
            call.run(Duration.ofSeconds(3));
            call.network.nat(TestCall.NAT).rebind();
            call.run(Duration.ofSeconds(3));
            assertThat(call.bob.events).contains("latched " + TestCall.NAT + ":20001");
            assertThat(call.alice.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
        }
    }

    @Test
    void in_clear_text_nothing_is_sent_where_the_signalling_did_not_say() {
        try (var call = new TestCall(103, true)) {
            call.connect(null);
            call.run(Duration.ofSeconds(3));
            assertThat(call.bob.events).noneMatch(event -> event.startsWith("latched"));
            assertThat(call.network.trace().packets())
                    .filteredOn(packet -> packet.from().equals(call.bob.session.localRtp()))
                    .isNotEmpty()
                    .allMatch(packet -> packet.to().equals(call.alice.session.localRtp()));
        }
    }

    @Test
    void a_stranger_without_the_key_gets_nothing_and_disturbs_nothing() throws IOException {
        try (var call = new TestCall(104)) {
            call.connect(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
            call.alice.speak(440);
            call.run(Duration.ofSeconds(2));
            var context =
                    new SrtpContext(SrtpKeys.generate(SrtpSuite.AES_CM_128_HMAC_SHA1_80, call.time.random("other")));
            DatagramLink link = stranger(call);
            for (int i = 0; i < 50; i++) {
                ByteBuffer packet = rtp(i);
                assertThat(context.protectRtp(packet)).isNotNull();
                link.send(packet, call.bob.session.localRtp());
                link.send(rtp(i), call.bob.session.localRtp());
                call.run(Duration.ofMillis(20));
            }
            call.run(Duration.ofSeconds(2));
            assertThat(call.bob.session.statistics().drops().notAuthentic()).isEqualTo(100);
            assertThat(call.bob.events).isEmpty();
            assertThat(call.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
            assertThat(call.network.trace().packets())
                    .noneMatch(packet -> packet.to().equals(link.localAddress()));
        }
    }

    @Test
    void packets_recorded_and_sent_again_from_elsewhere_are_replays() throws IOException {
        try (var call = new TestCall(105)) {
            call.connect(SrtpSuite.AEAD_AES_256_GCM);
            call.run(Duration.ofSeconds(1));
            DatagramLink link = stranger(call);
            // Given that the true sender has gone quiet, so that another address could be latched
            call.network.partition(TestCall.ALICE, TestCall.BOB);
            call.run(Duration.ofSeconds(1));
            for (byte[] packet : call.sentTo(call.bob).subList(0, 40)) {
                link.send(ByteBuffer.wrap(packet), call.bob.session.localRtp());
            }
            call.run(Duration.ofSeconds(2));
            assertThat(call.bob.session.statistics().drops().replayed()).isEqualTo(40);
            assertThat(call.bob.events).noneMatch(event -> event.startsWith("latched"));
        }
    }

    @Test
    void a_silent_far_end_is_not_replaced_by_one_without_the_key() throws IOException {
        try (var call = new TestCall(107, true)) {
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            call.run(Duration.ofSeconds(2));
            // Given a NAT that forgets, at the moment at which somebody else begins to send
            call.network.partition(TestCall.NAT, TestCall.BOB);
            call.run(Duration.ofSeconds(1));
            DatagramLink link = stranger(call);
            var context = new SrtpContext(SrtpKeys.generate(SrtpSuite.AEAD_AES_128_GCM, call.time.random("other")));
            for (int i = 0; i < 50; i++) {
                ByteBuffer packet = rtp(i);
                assertThat(context.protectRtp(packet)).isNotNull();
                link.send(packet, call.bob.session.localRtp());
                call.run(Duration.ofMillis(20));
            }
            assertThat(call.network.trace().packets())
                    .noneMatch(packet -> packet.to().equals(link.localAddress()));
            // Then the true one is believed as soon as it is back, wherever it comes from
            call.network.nat(TestCall.NAT).rebind();
            call.network.heal(TestCall.NAT, TestCall.BOB);
            call.bob.speak(440);
            call.run(Duration.ofSeconds(3));
            assertThat(call.bob.events).contains("latched " + TestCall.NAT + ":20001");
            assertThat(call.alice.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
        }
    }

    @Test
    void in_clear_text_only_the_signalled_host_is_heard() throws IOException {
        try (var call = new TestCall(106)) {
            call.connect(null);
            call.run(Duration.ofSeconds(1));
            DatagramLink link = stranger(call);
            for (int i = 0; i < 50; i++) {
                link.send(rtp(i), call.bob.session.localRtp());
            }
            call.run(Duration.ofSeconds(2));
            assertThat(call.bob.session.statistics().drops().unknownSource()).isGreaterThanOrEqualTo(32);
        }
    }

    private static DatagramLink stranger(TestCall call) throws IOException {
        return call.network.host(STRANGER).openDatagram(new InetSocketAddress(STRANGER, 4444), (packet, from) -> {});
    }

    private static ByteBuffer rtp(int sequence) {
        ByteBuffer packet = ByteBuffer.allocate(12 + 160 + SrtpContext.MAX_TRAILER);
        RtpPacket.writeHeader(packet, false, 0, sequence, sequence * 160, 0x5eed);
        return packet.put(new byte[160]).flip();
    }
}
