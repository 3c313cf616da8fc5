// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.rtp.RtcpPacket;
import com.techpro.callclient.stack.media.rtp.RtcpWriter;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.stack.media.srtp.SrtpContext;
import com.techpro.callclient.stack.media.srtp.SrtpStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SSRCs that collide, come back or change in the middle of a call (RFC 3550 §8.2). */
class SourcesTest {
    private static final Duration FRAME = Duration.ofMillis(20);
    private static final int ELSEWHERE = 4444;

    @Test
    void a_number_that_another_has_chosen_too_is_said_goodbye_to_and_changed() throws IOException {
        try (var call = new TestCall(301)) {
            call.connect(null);
            call.bob.speak(1000);
            call.run(Duration.ofSeconds(2));
            int before = onlySource(rtp(call.sentTo(call.alice)));
            call.network.trace().clear();

            DatagramLink other = aliceElsewhere(call);
            other.send(speech(before, 7, 0, 440), call.bob.address());
            call.run(Duration.ofSeconds(2));

            List<RtpPacket> after = rtp(call.sentTo(call.alice));
            assertThat(onlySource(after)).isNotEqualTo(before);
            // RFC 3711 §3.3.1: the new source's roll-over counter begins with 0 at the far end
            assertThat(after.get(0).sequence()).isLessThan(1 << 15);
            byte[] goodbye = call.sentTo(call.alice).stream()
                    .filter(SourcesTest::isReport)
                    .findFirst()
                    .orElseThrow();
            assertThat(ByteBuffer.wrap(goodbye).getInt(goodbye.length - 4)).isEqualTo(before);
            assertThat(goodbye[goodbye.length - 7] & 0xFF).as("packet type").isEqualTo(203);
            assertThat(call.alice.heard(Duration.ofSeconds(1)).power(1000)).isGreaterThan(0.9);
        }
    }

    @Test
    void a_report_under_our_number_is_a_collision_too_even_if_it_reports_on_nobody() throws IOException {
        try (var call = new TestCall(302)) {
            call.connect(null);
            call.run(Duration.ofSeconds(1));
            int before = onlySource(rtp(call.sentTo(call.alice)));
            call.network.trace().clear();

            ByteBuffer report = ByteBuffer.allocate(100);
            new RtcpWriter(report).receiverReport(before);
            aliceElsewhere(call).send(report.flip(), call.bob.address());
            call.run(Duration.ofSeconds(1));

            assertThat(rtp(call.sentTo(call.alice)).get(10).ssrc()).isNotEqualTo(before);
        }
    }

    @Test
    void our_own_packets_coming_back_are_dropped_and_no_further_number_is_taken() throws IOException {
        try (var call = new TestCall(303)) {
            call.connect(null);
            call.alice.speak(440);
            call.bob.speak(1000);
            call.run(Duration.ofSeconds(1));

            // Given somebody on the way who sends back all that we send, reports too
            DatagramLink mirror = aliceElsewhere(call);
            Set<Integer> numbers = new HashSet<>();
            for (int i = 0; i < 1000; i++) {
                call.network.trace().clear();
                call.run(FRAME);
                for (byte[] packet : call.sentTo(call.alice)) {
                    mirror.send(ByteBuffer.wrap(packet), call.bob.address());
                }
                rtp(call.sentTo(call.alice)).forEach(packet -> numbers.add(packet.ssrc()));
            }

            MediaStatistics statistics = call.bob.session.statistics();
            assertThat(statistics.drops().unknownSource()).isGreaterThan(900);
            assertThat(call.bob.heard(Duration.ofSeconds(5)).power(440)).isGreaterThan(0.9);
            assertThat(statistics.lost()).isZero();
            assertThat(numbers).hasSize(2);
            assertThat(call.alice.heard(Duration.ofSeconds(5)).power(1000)).isGreaterThan(0.9);
        }
    }

    @Test
    void in_clear_text_a_third_partys_packets_under_the_far_ends_number_are_not_heard() throws IOException {
        try (var call = new TestCall(304)) {
            call.connect(null);
            call.alice.speak(440);
            call.run(Duration.ofSeconds(1));
            RtpPacket last = last(rtp(call.sentTo(call.bob)));
            DatagramLink third = aliceElsewhere(call);
            for (int i = 0; i < 100; i++) {
                third.send(
                        speech(last.ssrc(), last.sequence() + 3 + i, last.timestamp() + (3 + i) * 160, 1000),
                        call.bob.address());
                call.run(FRAME);
            }
            assertThat(call.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
            assertThat(call.bob.session.statistics().drops().unknownSource()).isGreaterThan(45);

            // And once the true one has fallen silent, it may as well have moved
            call.alice.configure(call.alice.parameters.withDirection(MediaDirection.INACTIVE));
            call.run(Duration.ofMillis(200));
            for (int i = 0; i < 100; i++) {
                third.send(
                        speech(last.ssrc(), last.sequence() + 110 + i, last.timestamp() + (110 + i) * 160, 1000),
                        call.bob.address());
                call.run(FRAME);
            }
            assertThat(call.bob.heard(Duration.ofSeconds(1)).power(1000)).isGreaterThan(0.9);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_far_end_that_starts_over_with_another_number_is_heard_on(SrtpSuite suite) throws IOException {
        try (var call = new TestCall(305)) {
            call.connect(suite);
            call.alice.speak(440);
            call.run(Duration.ofSeconds(2));
            // Given another program on the same port: other SSRC, sequence and timestamp, same key
            var context = new SrtpContext(TestCall.local(call.alice.parameters));
            call.alice.session.close();
            call.run(Duration.ofMillis(1));
            DatagramLink restarted = call.alice.host.openDatagram(call.alice.address(), (packet, from) -> {});
            speak(call, restarted, context, 0x5eed, 60_000, 100);

            MediaStatistics statistics = call.bob.session.statistics();
            assertThat(call.bob.events).isEmpty();
            assertThat(call.bob.heard(Duration.ofSeconds(1)).power(1000)).isGreaterThan(0.9);
            assertThat(statistics.lost()).isZero();
            assertThat(statistics.drops().unknownSource()).isLessThan(5);
            restarted.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_authentic_far_end_that_changes_its_number_in_mid_speech_loses_no_packet(SrtpSuite suite)
            throws IOException {
        try (var call = new TestCall(308)) {
            call.connect(suite);
            call.alice.session.close();
            call.run(Duration.ofMillis(1));
            DatagramLink far = call.alice.host.openDatagram(call.alice.address(), (packet, from) -> {});
            var context = new SrtpContext(TestCall.local(call.alice.parameters));
            call.run(Duration.ofMillis(1_100));
            long before = call.bob.session.statistics().packetsReceived();
            speak(call, far, context, 0x01d, 60_000, 100);
            speak(call, far, context, 0x3e3, 100, 100);
            speak(call, far, context, 0x3e4, 65_530, 3);
            speak(call, far, context, 0x3e5, 65_530, 100);
            call.run(Duration.ofSeconds(1));

            MediaStatistics statistics = call.bob.session.statistics();
            assertThat(statistics.packetsReceived() - before).isEqualTo(303);
            assertThat(statistics.drops()).isEqualTo(MediaStatistics.Drops.NONE);
            assertThat(statistics.lost()).isZero();
            assertThat(statistics.late()).isZero();
            far.close();
        }
    }

    @Test
    void late_packets_of_an_old_SSRC_and_the_first_of_the_new_one_are_received() throws IOException {
        try (var call = new TestCall(309)) {
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            call.alice.session.close();
            call.run(Duration.ofMillis(1));
            DatagramLink far = call.alice.host.openDatagram(call.alice.address(), (packet, from) -> {});
            var context = new SrtpContext(TestCall.local(call.alice.parameters));
            speak(call, far, context, 0x01d, 100, 100);
            long before = call.bob.session.statistics().packetsReceived();
            ByteBuffer last = speech(0x01d, 200, 100 * 160, 1000);
            assertThat(context.protectRtp(last)).isEqualTo(SrtpStatus.OK);
            ByteBuffer first = speech(0x3e3, 100, 0, 1000);
            assertThat(context.protectRtp(first)).isEqualTo(SrtpStatus.OK);
            far.send(first, call.bob.address());
            call.run(Duration.ofMillis(5));
            far.send(last, call.bob.address());
            call.run(Duration.ofMillis(15));
            speak(call, far, context, 0x3e3, 101, 100);
            call.run(Duration.ofSeconds(1));
            assertThat(call.bob.session.statistics().drops()).isEqualTo(MediaStatistics.Drops.NONE);
            assertThat(call.bob.session.statistics().packetsReceived() - before).isGreaterThanOrEqualTo(102);
            far.close();
        }
    }

    @Test
    void a_far_end_that_moves_and_changes_its_number_is_followed_if_it_has_the_key() throws IOException {
        try (var call = new TestCall(306)) {
            call.connect(SrtpSuite.AEAD_AES_256_GCM);
            call.alice.speak(440);
            call.run(Duration.ofSeconds(2));
            call.alice.configure(call.alice.parameters.withDirection(MediaDirection.INACTIVE));
            call.run(Duration.ofMillis(300));
            call.network.trace().clear();
            DatagramLink moved = aliceElsewhere(call);
            speak(call, moved, new SrtpContext(TestCall.local(call.alice.parameters)), 0x5eed, 60_000, 100);

            assertThat(call.bob.events).containsExactly("latched " + TestCall.ALICE + ":" + ELSEWHERE);
            assertThat(call.bob.heard(Duration.ofSeconds(1)).power(1000)).isGreaterThan(0.9);
            assertThat(call.network.trace().packets())
                    .filteredOn(packet -> packet.to().equals(moved.localAddress()))
                    .hasSizeGreaterThan(80);
        }
    }

    @Test
    void a_concurrent_source_with_the_same_key_is_dropped_and_media_does_not_flap() throws IOException {
        try (var call = new TestCall(307)) {
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            call.alice.speak(440);
            call.run(Duration.ofSeconds(2));
            speak(call, aliceElsewhere(call), new SrtpContext(TestCall.local(call.alice.parameters)), 0x5eed, 100, 200);
            assertThat(call.bob.events).isEmpty();
            assertThat(call.bob.heard(Duration.ofSeconds(2)).power(440)).isGreaterThan(0.9);
            assertThat(call.bob.session.statistics().drops().unknownSource()).isGreaterThan(140);
        }
    }

    private static void speak(
            TestCall call, DatagramLink through, SrtpContext context, int ssrc, int firstSequence, int packets) {
        for (int i = 0; i < packets; i++) {
            ByteBuffer packet = speech(ssrc, firstSequence + i & 0xFFFF, i * 160, 1000);
            assertThat(context.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
            through.send(packet, call.bob.address());
            call.run(FRAME);
        }
    }

    private static ByteBuffer speech(int ssrc, int sequence, int timestamp, double frequency) {
        ByteBuffer packet = ByteBuffer.allocate(12 + 160 + SrtpContext.MAX_TRAILER);
        RtpPacket.writeHeader(packet, false, 0, sequence & 0xFFFF, timestamp, ssrc);
        for (int i = 0; i < 160; i++) {
            double phase = 2 * Math.PI * frequency * (timestamp + i) / 8000;
            packet.put(G711.ULAW.encode((short) (8000 * Math.sin(phase))));
        }
        return packet.flip();
    }

    /** Another port of the host that the signalling named. */
    private static DatagramLink aliceElsewhere(TestCall call) throws IOException {
        return call.alice.host.openDatagram(new InetSocketAddress(TestCall.ALICE, ELSEWHERE), (packet, from) -> {});
    }

    private static List<RtpPacket> rtp(List<byte[]> packets) {
        return packets.stream()
                .filter(packet -> !isReport(packet))
                .flatMap(SourcesTest::view)
                .toList();
    }

    private static Stream<RtpPacket> view(byte[] packet) {
        RtpPacket view = new RtpPacket();
        return view.wrap(ByteBuffer.wrap(packet)) ? Stream.of(view) : Stream.empty();
    }

    private static RtpPacket last(List<RtpPacket> packets) {
        return packets.get(packets.size() - 1);
    }

    private static int onlySource(List<RtpPacket> packets) {
        assertThat(packets.stream().map(RtpPacket::ssrc).distinct()).hasSize(1);
        return packets.get(0).ssrc();
    }

    private static boolean isReport(byte[] packet) {
        return RtcpPacket.isRtcp(ByteBuffer.wrap(packet));
    }
}
