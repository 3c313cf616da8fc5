// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.rtp.RtcpPacket;
import com.techpro.callclient.stack.media.rtp.xr.VoipMetrics;
import com.techpro.callclient.stack.media.rtp.xr.XrFormats;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExtendedReportsTest {
    private static void permit(TestCall.Party party, XrFormats formats) {
        party.configure(Objects.requireNonNull(party.parameters).withExtendedReports(formats));
    }

    private static TestCall talking(long seed, XrFormats alices, XrFormats bobs) {
        var call = new TestCall(seed);
        call.connect(SrtpSuite.AEAD_AES_256_GCM);
        permit(call.alice, alices);
        permit(call.bob, bobs);
        call.alice.speak(440);
        call.bob.speak(880);
        return call;
    }

    @Test
    void both_ends_of_a_lossy_call_show_the_same_figures() {
        try (TestCall call = talking(3611, XrFormats.ALL, XrFormats.ALL)) {
            call.network.conditions(
                    TestCall.ALICE,
                    TestCall.BOB,
                    LinkConditions.PERFECT.withDelay(Duration.ofMillis(30)).withLoss(0.1));
            call.network.conditions(
                    TestCall.BOB, TestCall.ALICE, LinkConditions.PERFECT.withDelay(Duration.ofMillis(30)));
            call.run(Duration.ofSeconds(120));

            MediaStatistics bob = call.bob.session.statistics();
            MediaStatistics.Remote told =
                    Objects.requireNonNull(call.alice.session.statistics().remote());
            VoipMetrics voip = Objects.requireNonNull(told.voip());
            assertThat(bob.bursts().lossRate()).isBetween(0.07, 0.13);
            // Bob's last report is some seconds old
            assertThat(voip.lossRate() / 256.0).isEqualTo(bob.bursts().lossRate(), within(0.015));
            assertThat(voip.burstDensity() / 256.0).isEqualTo(bob.bursts().burstDensity(), within(0.05));
            assertThat((double) voip.burstMillis())
                    .isEqualTo(bob.bursts().burstLength() * bob.packetLength().toMillis(), within(400.0));
            assertThat(voip.roundTripMillis()).isBetween(59, 70);
            assertThat(voip.endSystemMillis()).isBetween(40, 150);
            assertThat(voip.conversationalQuality()).isBetween(25, 40);
            assertThat(told.longestLoss()).isBetween(1, 8);

            // And of the other direction, in which nothing is lost
            VoipMetrics other = Objects.requireNonNull(
                    Objects.requireNonNull(call.bob.session.statistics().remote())
                            .voip());
            assertThat(other.lossRate()).isZero();
            assertThat(other.burstMillis()).isZero();
        }
    }

    @Test
    void only_permitted_blocks_are_sent() {
        XrFormats some = XrFormats.NONE.withVoipMetrics();
        try (TestCall call = talking(3612, some, XrFormats.NONE.with(XrFormats.RoundTrip.ALL))) {
            call.run(Duration.ofSeconds(20));
            assertThat(Objects.requireNonNull(call.bob.session.statistics().remote())
                            .voip())
                    .isNotNull();
            assertThat(Objects.requireNonNull(call.bob.session.statistics().remote())
                            .longestLoss())
                    .isNull();
            assertThat(Objects.requireNonNull(call.alice.session.statistics().remote())
                            .voip())
                    .isNull();
        }
    }

    /** RFC 3611 §4.4: who sends no media has no sender report that could be answered. */
    @Test
    void a_receiver_that_never_sends_learns_its_round_trip() {
        Duration trip = roundTripOfListener(XrFormats.ALL);
        assertThat(Objects.requireNonNull(trip).toMillis()).isBetween(99L, 110L);
    }

    @Test
    void without_extended_reports_that_receiver_learns_none() {
        assertThat(roundTripOfListener(XrFormats.NONE)).isNull();
    }

    private static @Nullable Duration roundTripOfListener(XrFormats formats) {
        try (var call = new TestCall(3613)) {
            call.network.defaultConditions(LinkConditions.PERFECT.withDelay(Duration.ofMillis(50)));
            call.alice.configure(TestCall.parameters(call.bob, null, null)
                    .withDirection(MediaDirection.RECVONLY)
                    .withExtendedReports(formats));
            call.bob.configure(TestCall.parameters(call.alice, null, null).withExtendedReports(formats));
            call.bob.speak(880);
            call.run(Duration.ofSeconds(20));
            assertThat(call.alice.session.statistics().packetsSent()).isZero();
            assertThat(call.alice.session.statistics().packetsReceived()).isPositive();
            return call.alice.session.statistics().roundTrip();
        }
    }

    /** RFC 3611 §4.7.3: half of the round trip and of what both ends add. */
    @Test
    void the_far_ends_own_delay_lowers_the_score() {
        double without = mosAtDelay(XrFormats.NONE);
        double with = mosAtDelay(XrFormats.ALL);
        assertThat(with).isLessThan(without - 0.05);
    }

    private static double mosAtDelay(XrFormats bobs) {
        // Bob's buffer waits for uneven packets, which Alice's does not have to
        try (TestCall call = talking(3614, XrFormats.NONE, bobs)) {
            call.network.conditions(
                    TestCall.ALICE,
                    TestCall.BOB,
                    LinkConditions.PERFECT.withDelay(Duration.ofMillis(130)).withJitter(Duration.ofMillis(120)));
            call.network.conditions(
                    TestCall.BOB, TestCall.ALICE, LinkConditions.PERFECT.withDelay(Duration.ofMillis(130)));
            call.run(Duration.ofSeconds(40));
            return call.alice.session.statistics().mos();
        }
    }

    @Test
    void losses_in_bursts_are_scored_below_as_many_single_ones() {
        try (TestCall call = talking(3615, XrFormats.ALL, XrFormats.ALL)) {
            call.run(Duration.ofSeconds(6));
            for (int i = 0; i < 4; i++) {
                call.network.conditions(TestCall.ALICE, TestCall.BOB, LinkConditions.PERFECT.withLoss(1));
                call.run(Duration.ofMillis(120));
                call.network.conditions(TestCall.ALICE, TestCall.BOB, LinkConditions.LAN);
                call.run(Duration.ofMillis(1_000));
            }
            call.run(Duration.ofSeconds(2));
            MediaStatistics bob = call.bob.session.statistics();
            assertThat(bob.bursts().burstRatio()).isGreaterThan(4);
            assertThat(bob.bursts().burstLength()).isBetween(5.0, 7.0);
            assertThat(bob.bursts().burstDensity()).isEqualTo(1);
        }
    }

    @Test
    void a_broken_block_is_counted_and_the_report_before_it_believed() {
        try (var call = new TestCall(3616)) {
            call.connect(null);
            permit(call.alice, XrFormats.ALL);
            call.alice.speak(440);
            call.run(Duration.ofSeconds(2));
            int ssrc = call.sentTo(call.bob).stream()
                    .filter(packet -> !RtcpPacket.isRtcp(ByteBuffer.wrap(packet)))
                    .map(packet -> ByteBuffer.wrap(packet).getInt(8))
                    .findFirst()
                    .orElseThrow();
            ByteBuffer report = ByteBuffer.allocate(48);
            report.putInt(0x81C9_0007).putInt(0xCAFE).putInt(ssrc).putInt(64 << 24);
            report.position(32);
            // Its own reports would come later
            call.bob.session.close();
            call.run(Duration.ofMillis(100));
            report.putInt(0x80CF_0003)
                    .putInt(0xCAFE)
                    .putInt(0x0700_0008)
                    .putInt(ssrc)
                    .flip();
            send(call, report);
            call.run(Duration.ofSeconds(1));

            MediaStatistics alice = call.alice.session.statistics();
            assertThat(alice.drops().malformed()).isOne();
            assertThat(Objects.requireNonNull(alice.remote()))
                    .returns(25.0, MediaStatistics.Remote::lossPercent)
                    .returns(null, MediaStatistics.Remote::voip);
        }
    }

    /** From Bob's host, at a port of its own. */
    private static void send(TestCall call, ByteBuffer packet) {
        try (var link = call.network
                .host(TestCall.BOB)
                .openDatagram(new InetSocketAddress(TestCall.BOB, 9_000), (bytes, from) -> {})) {
            link.send(packet, call.alice.session.localRtp());
            call.time.settle();
            call.run(Duration.ofMillis(100));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void each_second_of_a_call_is_in_its_history() {
        try (TestCall call = talking(3617, XrFormats.NONE, XrFormats.NONE)) {
            call.run(Duration.ofSeconds(20));
            call.network.conditions(TestCall.ALICE, TestCall.BOB, LinkConditions.LAN.withLoss(0.5));
            call.run(Duration.ofSeconds(20));
            var history = call.bob.session.statistics().history();
            assertThat(history.size()).isBetween(38, 41);
            List<Double> scores = new ArrayList<>();
            for (int i = 0; i < history.size(); i++) {
                scores.add(history.get(i).mos());
            }
            assertThat(scores.subList(2, 18)).allMatch(mos -> mos > 4.2);
            assertThat(scores.subList(30, 38)).allMatch(mos -> mos < 2.5);
        }
    }
}
