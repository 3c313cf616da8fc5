// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.rtp.RtcpPacket;
import com.techpro.callclient.stack.media.rtp.RtcpWriter;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A far end that is played packet by packet: timestamps set anew, packets of other lengths, reports. */
class FarEndHabitsTest {
    private static final int MILLI = 8;

    private int sequence = 100;
    private int timestamp = 5_000;
    private int ssrc = 0x5eed;

    @ParameterizedTest
    @ValueSource(ints = {150, -150, 500, -500, 3_000, -3_000, 9_000, -9_000, 20_000, -20_000, 134_217_728})
    void timestamps_set_anew_under_the_same_number_cost_no_packet(int millis) throws IOException {
        try (var call = new TestCall(901)) {
            call.network.defaultConditions(LinkConditions.LAN.withJitter(Duration.ofMillis(25)));
            DatagramLink far = farEnd(call);
            speak(call, far, 250, 20);
            timestamp += millis * MILLI;
            speak(call, far, 250, 20);
            MediaStatistics figures = figures(call);
            assertThat(figures.late()).isZero();
            assertThat(figures.concealed()).isLessThan(3);
            assertThat(figures.jitter()).isLessThan(Duration.ofMillis(15));
            assertThat(figures.bufferDelay()).isLessThan(Duration.ofMillis(100));
            far.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 2_000, 5_000, 15_000})
    void timestamps_that_stood_still_while_nothing_was_sent_cost_no_packet(int millis) throws IOException {
        try (var call = new TestCall(902)) {
            call.network.defaultConditions(LinkConditions.LAN.withJitter(Duration.ofMillis(25)));
            DatagramLink far = farEnd(call);
            speak(call, far, 250, 20);
            call.run(Duration.ofMillis(millis));
            speak(call, far, 250, 20);
            MediaStatistics figures = figures(call);
            assertThat(figures.late()).isLessThan(millis < 1_000 ? 20 : 1);
            far.close();
        }
    }

    @Test
    void a_pause_that_the_timestamps_count_is_no_new_timeline() throws IOException {
        try (var call = new TestCall(903)) {
            DatagramLink far = farEnd(call);
            for (int i = 0; i < 10; i++) {
                speak(call, far, 50, 20);
                call.run(Duration.ofMillis(500));
                timestamp += 500 * MILLI;
            }
            MediaStatistics figures = figures(call);
            assertThat(figures.late()).isZero();
            assertThat(figures.framesLate()).isLessThan(3);
            assertThat(figures.jitter()).isLessThan(Duration.ofMillis(5));
            far.close();
        }
    }

    @Test
    void packets_held_up_for_long_and_then_delivered_at_once_leave_no_lasting_delay() throws IOException {
        try (var call = new TestCall(906)) {
            DatagramLink far = farEnd(call);
            speak(call, far, 250, 20);
            call.run(Duration.ofMillis(900));
            for (int i = 0; i < 45; i++) {
                speak(call, far, 1, 20, Duration.ZERO);
            }
            speak(call, far, 600, 20);
            assertThat(figures(call).late()).isLessThan(45);
            assertThat(figures(call).bufferDelay()).isLessThan(Duration.ofMillis(80));
            far.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 40, 60})
    void the_opinion_score_does_not_depend_on_how_long_packets_are(int millis) throws IOException {
        assertThat(mos(millis, packet -> false)).isGreaterThan(4.2);
        // Given one packet in twenty lost: 5 %, which G.107 and G.113 rate at 3.9 for G.711 with concealment
        assertThat(mos(millis, packet -> packet % 20 == 10)).isBetween(3.75, 4.05);
        assertThat(mos(millis, packet -> packet % 5 == 2)).isBetween(2.4, 2.85);
    }

    private double mos(int millis, IntPredicate lost) throws IOException {
        try (var call = new TestCall(904)) {
            DatagramLink far = farEnd(call);
            int packets = 12_000 / millis;
            for (int i = 0; i < packets; i++) {
                if (lost.test(i)) {
                    skip(millis);
                    call.run(Duration.ofMillis(millis));
                } else {
                    speak(call, far, 1, millis);
                }
            }
            double score = call.bob.session.statistics().mos();
            far.close();
            return score;
        }
    }

    /** A loop that is late finds what was agreed and the first packets after it at once, and serves no frame in between. */
    @Test
    void packets_that_come_between_a_resume_and_the_next_frame_are_heard() throws IOException {
        try (var call = new TestCall(912)) {
            DatagramLink far = farEnd(call);
            MediaParameters talking = Objects.requireNonNull(call.bob.parameters);
            speak(call, far, 50, 20);
            call.bob.configure(talking.withDirection(MediaDirection.SENDONLY));
            speak(call, far, 50, 20);
            call.bob.configure(talking);
            speak(call, far, 5, 20, Duration.ZERO);
            call.run(Duration.ofMillis(500));
            // A fifth of half a second at a root mean square of 5657
            assertThat(call.bob.heard(Duration.ofMillis(500)).loudness()).isGreaterThan(2_300);
            far.close();
        }
    }

    /** Music on hold that ends with a goodbye: of the first word after it no more is missing than what proves the next source (RFC 3550 §6.2.1). */
    @Test
    void RFC3550_6_6_a_source_that_says_goodbye_makes_way_at_once() throws IOException {
        assertThat(heardOfTwoSources(true)).isEqualTo(heardOfTwoSources(false) + 2);
    }

    private long heardOfTwoSources(boolean goodbye) throws IOException {
        try (var call = new TestCall(911)) {
            DatagramLink far = farEnd(call);
            speak(call, far, 100, 20);
            if (goodbye) {
                ByteBuffer bye = ByteBuffer.allocate(16);
                bye.putInt(0x80C9_0001)
                        .putInt(ssrc)
                        .putInt(0x81CB_0001)
                        .putInt(ssrc)
                        .flip();
                far.send(bye, call.bob.address());
            }
            ssrc++;
            speak(call, far, 100, 20);
            long heard = figures(call).packetsReceived();
            far.close();
            return heard;
        }
    }

    @Test
    void a_report_about_a_new_source_does_not_name_the_report_of_the_one_before() throws IOException {
        try (var call = new TestCall(905)) {
            DatagramLink far = farEnd(call);
            speak(call, far, 50, 20);
            senderReport(call, far, 0x1111_2222);
            call.network.trace().clear();
            speak(call, far, 500, 20);
            assertThat(lastReports(call, ssrc)).isNotEmpty().allMatch(last -> last == 0x1111_2222);

            int former = ssrc;
            ssrc = 0xf00;
            call.run(Duration.ofMillis(200));
            speak(call, far, 10, 20);
            call.network.trace().clear();
            speak(call, far, 500, 20);
            assertThat(lastReports(call, former)).isEmpty();
            assertThat(lastReports(call, ssrc)).isNotEmpty().allMatch(last -> last == 0);
            senderReport(call, far, 0x3333_4444);
            call.network.trace().clear();
            speak(call, far, 500, 20);
            assertThat(lastReports(call, ssrc)).isNotEmpty().allMatch(last -> last == 0x3333_4444);
            far.close();
        }
    }

    @Test
    void RFC3550_6_4_1_reports_tell_how_unevenly_the_far_ends_packets_came() throws IOException {
        try (var call = new TestCall(907)) {
            call.network.defaultConditions(LinkConditions.PERFECT);
            DatagramLink far = farEnd(call);
            // Given packets of 20 ms that come 8 and 32 ms after one another: each differs by 12 ms, 96 in RTP units
            for (int i = 0; i < 500; i++) {
                speak(call, far, 1, 20, Duration.ofMillis(i % 2 == 0 ? 8 : 32));
            }

            List<Block> blocks = blocks(call, ssrc);
            assertThat(blocks).isNotEmpty();
            assertThat(blocks.get(blocks.size() - 1).jitter()).isBetween(94L, 98L);
            far.close();
        }
    }

    private static DatagramLink farEnd(TestCall call) throws IOException {
        call.connect(null);
        call.alice.session.close();
        call.run(Duration.ofMillis(1));
        return call.alice.host.openDatagram(call.alice.address(), (packet, from) -> {});
    }

    private void speak(TestCall call, DatagramLink far, int packets, int millis) {
        speak(call, far, packets, millis, Duration.ofMillis(millis));
    }

    private void speak(TestCall call, DatagramLink far, int packets, int millis, Duration pace) {
        int samples = millis * MILLI;
        for (int i = 0; i < packets; i++) {
            ByteBuffer packet = ByteBuffer.allocate(12 + samples);
            RtpPacket.writeHeader(packet, false, 0, sequence, timestamp, ssrc);
            for (int k = 0; k < samples; k++) {
                packet.put(G711.ULAW.encode((short) (8000 * Math.sin(2 * Math.PI * 440 * (timestamp + k) / 8000))));
            }
            skip(millis);
            far.send(packet.flip(), call.bob.address());
            call.run(pace);
        }
    }

    private void skip(int millis) {
        sequence = sequence + 1 & 0xFFFF;
        timestamp += millis * MILLI;
    }

    private void senderReport(TestCall call, DatagramLink far, int ntpMiddle) {
        ByteBuffer report = ByteBuffer.allocate(100);
        var writer = new RtcpWriter(report);
        writer.senderReport(ssrc, (long) ntpMiddle << 16, timestamp, 1, 160);
        writer.sourceDescription(ssrc, new byte[] {'a'});
        far.send(report.flip(), call.bob.address());
        call.run(Duration.ofMillis(20));
    }

    /** The LSR of each block about a source that was sent to the far end. */
    private static List<Integer> lastReports(TestCall call, int about) {
        return blocks(call, about).stream().map(Block::last).toList();
    }

    private record Block(int last, long jitter) {}

    /** Of the report blocks about a source that were sent to the far end. */
    private static List<Block> blocks(TestCall call, int about) {
        var found = new ArrayList<Block>();
        for (byte[] packet : call.sentTo(call.alice)) {
            if (!RtcpPacket.isRtcp(ByteBuffer.wrap(packet))) {
                continue;
            }
            assertThat(RtcpPacket.read(ByteBuffer.wrap(packet), new RtcpPacket.Reader() {
                        @Override
                        public void reporter(int reporter) {}

                        @Override
                        public void senderReport(int of, int ntp, int rtp, long packets, long octets) {}

                        @Override
                        public void reportBlock(
                                int reporter, int subject, int fraction, int lost, long jitter, int last, int delay) {
                            if (subject == about) {
                                found.add(new Block(last, jitter));
                            }
                        }

                        @Override
                        public void goodbye(int of) {}
                    }))
                    .isTrue();
        }
        return found;
    }

    private static MediaStatistics figures(TestCall call) {
        return call.bob.session.statistics();
    }
}
