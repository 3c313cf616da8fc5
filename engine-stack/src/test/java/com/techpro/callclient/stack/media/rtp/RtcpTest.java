// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpTest {
    private final List<String> heard = new ArrayList<>();
    private final RtcpPacket.Reader reader = new RtcpPacket.Reader() {
        @Override
        public void reporter(int ssrc) {
            heard.add(String.format("from %x", ssrc));
        }

        @Override
        public void senderReport(int ssrc, int ntpMiddle, int rtpTimestamp, long packets, long octets) {
            heard.add(String.format("SR %x %x %x %d %d", ssrc, ntpMiddle, rtpTimestamp, packets, octets));
        }

        @Override
        public void reportBlock(
                int reporter, int about, int fraction, int lost, long jitter, int lastReport, int delay) {
            heard.add(String.format(
                    "block %x %x %d %d %d %x %x", reporter, about, fraction, lost, jitter, lastReport, delay));
        }

        @Override
        public void goodbye(int ssrc) {
            heard.add(String.format("BYE %x", ssrc));
        }

        @Override
        public void extendedReport(ByteBuffer packet, int from, int end) {
            heard.add("XR " + from + " " + end);
        }
    };

    @Test
    void a_sender_report_is_laid_out_as_section_6_4_1_draws_it() {
        ByteBuffer packet = ByteBuffer.allocate(200);
        var writer = new RtcpWriter(packet);
        writer.senderReport(0x11111111, 0x0123456789abcdefL, 0x22222222, 5, 800);
        writer.reportBlock(0x33333333, 0x40, -2, 0x00010007, 9, 0x44444444, 0x55555555);
        writer.sourceDescription(0x11111111, "abc".getBytes(StandardCharsets.US_ASCII));
        writer.goodbye(0x11111111);

        assertThat(HexFormat.of().formatHex(packet.array(), 0, packet.position()))
                .isEqualTo("81c8000c" + "11111111" + "0123456789abcdef" + "22222222" + "00000005" + "00000320"
                        + "33333333" + "40fffffe" + "00010007" + "00000009" + "44444444" + "55555555"
                        // the chunk ends with at least one zero, and on a word
                        + "81ca0003" + "11111111" + "0103616263000000"
                        + "81cb0001" + "11111111");
    }

    @Test
    void written_packets_are_read_back() {
        ByteBuffer packet = ByteBuffer.allocate(200);
        packet.position(8);
        var writer = new RtcpWriter(packet);
        writer.senderReport(0xa, 0x0123456789abcdefL, 0xb, 0xFFFFFFFFL, 7);
        writer.reportBlock(0xc, 255, 0x7FFFFFFFL, 1, 0xFFFFFFFFL, 2, 3);
        writer.reportBlock(0xd, 0, -0x7FFFFFFFL, 1, 0, 0, 0);
        writer.sourceDescription(0xa, RtcpWriter.randomCname(Seeds.random(1)));
        writer.goodbye(0xa);
        packet.flip().position(8);

        assertThat(RtcpPacket.read(packet, reader)).isTrue();
        assertThat(heard)
                .containsExactly(
                        "from a",
                        "SR a 456789ab b 4294967295 7",
                        "block a c 255 8388607 4294967295 2 3",
                        "block a d 0 -8388608 0 0 0",
                        "BYE a");
        assertThat(packet.position()).isEqualTo(8);
    }

    @Test
    void unknown_packets_of_a_compound_are_passed_over() {
        assertThat(RtcpPacket.read(
                        hex("80c90001" + "0000000a" + "80cc0002" + "0000000a" + "41424344" + "80ff0000" + "81cb0001"
                                + "0000000a"),
                        reader))
                .isTrue();
        assertThat(heard).containsExactly("from a", "BYE a");
    }

    @Test
    void an_extended_report_is_passed_on_whole() {
        assertThat(RtcpPacket.read(
                        hex("80c900010000000a" + "80cf0004" + "0000000a" + "04000002" + "0000000000000000"), reader))
                .isTrue();
        assertThat(heard).containsExactly("from a", "XR 8 28");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80c9",
                "80c90001",
                // goodbye first: a compound begins with a report
                "81cb00010000000a",
                // version 1
                "40c900010000000a",
                // longer than it is
                "80c900020000000a",
                // an extended report without its sender
                "80cf0000",
                "80c900010000000a80cf0000",
                // a count without its blocks
                "81c900010000000a",
                "80c800010000000a",
                // padding before the last
                "a0c900010000000a80c900010000000a",
                // a tail that is no packet
                "80c900010000000a80",
                "80c900010000000a82cb00010000000a",
            })
    void an_invalid_compound_packet_is_refused_as_a_whole(String octets) {
        assertThat(RtcpPacket.read(hex(octets), reader)).isFalse();
        assertThat(heard).isEmpty();
    }

    @Test
    void media_and_reports_on_one_port_are_told_apart_by_rfc_5761() {
        for (int second = 0; second < 256; second++) {
            boolean report = RtcpPacket.isRtcp(ByteBuffer.wrap(new byte[] {(byte) 0x80, (byte) second}));
            assertThat(report).isEqualTo(second >= 64 && second <= 95 || second >= 192 && second <= 223);
        }
        assertThat(RtcpPacket.isRtcp(ByteBuffer.wrap(new byte[1]))).isFalse();
    }

    @Test
    void the_canonical_name_is_random_and_fits_a_chunk() {
        assertThat(RtcpWriter.randomCname(Seeds.random(1)))
                .hasSize(16)
                .isNotEqualTo(RtcpWriter.randomCname(Seeds.random(2)));
    }

    @Test
    void ntp_time_counts_from_1900_in_binary_fractions() {
        // RFC 5905 figure 4: the first day of Unix
        assertThat(NtpTime.of(Instant.EPOCH)).isEqualTo(2_208_988_800L << 32);
        assertThat(NtpTime.of(Instant.ofEpochSecond(0, 500_000_000)) & 0xFFFFFFFFL)
                .isEqualTo(0x80000000L);
        assertThat(NtpTime.middle(0x0123456789abcdefL)).isEqualTo(0x456789ab);
        assertThat(NtpTime.nanos(NtpTime.units(1_500_000_000L))).isEqualTo(1_500_000_000L);
    }

    @Test
    void reports_are_five_seconds_apart_on_average_and_spread_around_it() {
        long now = 0;
        var interval = new RtcpInterval(Seeds.random(3550), 80_000, now);
        List<Double> gaps = new ArrayList<>();
        long last = 0;
        while (gaps.size() < 2000) {
            now += 20_000_000;
            if (interval.due(now, 2, 2, true)) {
                gaps.add((now - last) / 1e9);
                last = now;
                interval.sent(now, 100, 2, 2, true);
            }
        }
        double first = gaps.remove(0);
        assertThat(first).isBetween(2.5 * 0.5 / 1.22, 2.5 * 1.5 / 1.21 + 0.02);
        double mean = gaps.stream().mapToDouble(g -> g).average().orElse(0);
        // Reconsideration raises the average of the compensated draw back to about the intended one
        assertThat(mean).isBetween(4.5, 5.5);
        assertThat(gaps).allMatch(g -> g > 5 * 0.5 / 1.22 && g < 5 * 1.5 / 1.21 + 0.1);
        assertThat(gaps.stream().mapToDouble(g -> g).max().orElse(0)).isGreaterThan(5.5);
        assertThat(gaps.stream().mapToDouble(g -> g).min().orElse(9)).isLessThan(3.5);
    }

    private static ByteBuffer hex(String octets) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(octets));
    }
}
