// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp.xr;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.media.quality.ReceptionLog;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XrTest {
    private static final VoipMetrics METRICS =
            new VoipMetrics(1, 2, 3, 4, 0x0506, 0x0708, 0x090a, 0x0b0c, 16, 93, 44, 43, 0xF0, 0x0d0e, 0x0f10, 0x1112);

    private final ByteBuffer packet = ByteBuffer.allocate(1_000);
    private final XrWriter writer = new XrWriter(packet, 0x11111111);
    private final ReceptionLog log = new ReceptionLog();
    private final List<String> heard = new ArrayList<>();
    private final XrPacket.Reader reader = new XrPacket.Reader() {
        @Override
        public void referenceTime(int reporter, int ntpMiddle) {
            heard.add(String.format("RRTR %x %x", reporter, ntpMiddle));
        }

        @Override
        public void delaySinceReference(int to, int lastReference, int delaySince) {
            heard.add(String.format("DLRR %x %x %x", to, lastReference, delaySince));
        }

        @Override
        public void lossRle(int about, int packets, int lost, int longestRun) {
            heard.add(String.format("RLE %x %d %d %d", about, packets, lost, longestRun));
        }

        @Override
        public void summary(int about, long lost, long duplicates, long meanJitter) {
            heard.add(String.format("summary %x %d %d %d", about, lost, duplicates, meanJitter));
        }

        @Override
        public void voipMetrics(int about, VoipMetrics metrics) {
            heard.add(String.format("VoIP %x %s", about, metrics.equals(METRICS)));
        }
    };

    private String written() {
        writer.end();
        return HexFormat.of().formatHex(packet.array(), 0, packet.position());
    }

    private boolean readBack() {
        writer.end();
        return XrPacket.read(packet, 0, packet.position(), reader);
    }

    private void receive(String fates, int first) {
        for (int i = 0; i < fates.length(); i++) {
            if (fates.charAt(i) == 'r') {
                log.received(first + i & 0xFFFF);
            }
        }
    }

    @Test
    void RFC3611_4_4_and_4_5_reference_times_are_laid_out_as_drawn() {
        writer.referenceTime(0x0123456789abcdefL);
        writer.delaySinceReference(0x22222222, 0x33333333, 0x44444444);
        assertThat(written())
                .isEqualTo("80cf0008" + "11111111" + "04000002" + "0123456789abcdef" + "05000003" + "22222222"
                        + "33333333" + "44444444");
        assertThat(readBack()).isTrue();
        assertThat(heard).containsExactly("RRTR 11111111 456789ab", "DLRR 22222222 33333333 44444444");
    }

    /** RFC 3611 §4.5: a mixer answers several in one block. */
    @Test
    void every_entry_of_a_block_is_read_and_the_rest_of_one_is_not() {
        assertThat(read("80cf0009" + "0000000a" + "05000007" + "000000010000000200000003" + "000000040000000500000006"
                        + "00000007"))
                .isTrue();
        assertThat(heard).containsExactly("DLRR 1 2 3", "DLRR 4 5 6");
    }

    @Test
    void figures_that_do_not_fit_their_fields_are_the_nearest_that_do() {
        writer.voipMetrics(
                0x22222222,
                new VoipMetrics(256, -1, 300, 255, 65_536, -1, 70_000, 65_535, 16, 256, -1, 43, 0, 65_536, -1, 0));
        assertThat(written())
                .isEqualTo("80cf000a" + "11111111" + "07000008" + "22222222" + "ff00ffff" + "ffff0000" + "ffffffff"
                        + "7f7f7f10" + "ff7f002b" + "0000ffff" + "00000000");
    }

    @Test
    void RFC3611_4_7_VoIP_metrics_are_laid_out_as_drawn() {
        writer.voipMetrics(0x22222222, METRICS);
        assertThat(written())
                .isEqualTo("80cf000a" + "11111111" + "07000008" + "22222222" + "01020304" + "05060708" + "090a0b0c"
                        + "7f7f7f10" + "5d7f2c2b" + "f0000d0e" + "0f101112");
        assertThat(readBack()).isTrue();
        assertThat(heard).containsExactly("VoIP 22222222 true");
    }

    @Test
    void RFC3611_4_6_a_summary_is_laid_out_as_drawn() {
        receive("rrlr", 0x0100);
        log.received(0x0100);
        log.transit(1);
        log.transit(3);
        writer.summary(0x22222222, log, XrFormats.ALL);
        assertThat(written())
                .isEqualTo("80cf000b" + "11111111" + "06e00009" + "22222222" + "01000104" + "00000001" + "00000001"
                        + "00000001" + "00000003" + "00000002" + "00000001" + "00000000");
        assertThat(readBack()).isTrue();
        assertThat(heard).containsExactly("summary 22222222 1 1 2");
    }

    @Test
    void a_summary_has_only_permitted_fields() {
        receive("rrlr", 0x0100);
        log.received(0x0100);
        log.transit(3);
        writer.summary(0x22222222, log, XrFormats.NONE.withSummary(false, true, false));
        assertThat(written()).contains("06400009").contains("01000104" + "00000000" + "00000001" + "00000000");
        assertThat(readBack()).isTrue();
        assertThat(heard).containsExactly("summary 22222222 -1 1 -1");
    }

    /** Twenty received are a run, what follows is too varied for one, and the rest is a run again. */
    @Test
    void RFC3611_4_1_losses_are_laid_out_as_drawn() {
        receive("r".repeat(20) + "lrlrlrlrlrlrlrl" + "rr", 0xFFF0);
        writer.lossRle(0x22222222, log, 256);
        assertThat(written())
                .isEqualTo("80cf0006" + "11111111" + "01000004" + "22222222" + "fff00015" + "4014" + "aaaa" + "4002"
                        + "0000");
        assertThat(readBack()).isTrue();
        assertThat(heard).containsExactly("RLE 22222222 37 8 1");
    }

    @Test
    void a_block_of_losses_ends_with_the_room_and_says_how_far_it_goes() {
        receive("lrlrlrlrlrlrlrr".repeat(20), 0);
        writer.lossRle(0x22222222, log, 20);
        assertThat(readBack()).isTrue();
        // Four chunks of fifteen, from the first packet that arrived on
        assertThat(packet.position()).isEqualTo(8 + 12 + 8);
        assertThat(heard).containsExactly("RLE 22222222 60 28 1");
    }

    @Test
    void any_losses_are_read_as_they_were_written() {
        Random random = Seeds.random(3611);
        for (int round = 0; round < 300; round++) {
            var some = new ReceptionLog();
            int packets = 1 + random.nextInt(600);
            double loss = random.nextDouble();
            int lost = 0;
            some.received(round * 200 & 0xFFFF);
            for (int i = 1; i < packets; i++) {
                if (i == packets - 1 || random.nextDouble() >= loss) {
                    some.received(round * 200 + i & 0xFFFF);
                } else {
                    lost++;
                }
            }
            heard.clear();
            ByteBuffer to = ByteBuffer.allocate(1_000);
            var one = new XrWriter(to, 1);
            one.lossRle(0x22, some, 800);
            one.end();
            assertThat(XrPacket.read(to, 0, to.position(), reader)).isTrue();
            assertThat(heard).singleElement().asString().startsWith("RLE 22 " + packets + " " + lost + " ");
        }
    }

    @Test
    void nothing_to_report_is_no_packet() {
        writer.lossRle(1, log, 256);
        assertThat(written()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // an unknown block, and one of a known type with another length: both are skipped
                "80cf0006" + "0000000a" + "ff000001" + "00000000" + "07000001" + "00000000" + "04000000",
                // thinned losses (§4.1) are not read
                "80cf0005" + "0000000a" + "01010003" + "00000001" + "00000009" + "40090000",
                // no entry
                "80cf0002" + "0000000a" + "05000000",
                // a summary and VoIP metrics that are a word too long
                "80cf000c" + "0000000a" + "06e0000a" + "0000000100000001" + "0000000100000001" + "0000000100000001"
                        + "0000000100000001" + "0000000100000001",
                "80cf000b" + "0000000a" + "07000009" + "0000000100000001" + "0000000100000001" + "0000000100000001"
                        + "0000000100000001" + "00000001",
            })
    void blocks_that_are_not_understood_are_skipped(String octets) {
        assertThat(read(octets)).isTrue();
        assertThat(heard).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // one word too long, and very much so
                "80cf0004" + "0000000a" + "04000003" + "0000000000000000",
                "80cf0004" + "0000000a" + "0400ffff" + "0000000000000000",
                // a good one before it is not read either
                "80cf0005" + "0000000a" + "04000002" + "0000000000000000" + "05000001",
            })
    void a_block_longer_than_its_packet_spoils_the_packet(String octets) {
        assertThat(read(octets)).isFalse();
        assertThat(heard).isEmpty();
    }

    @Test
    void losses_beyond_the_interval_mean_nothing() {
        // Runs of 16383 lost, of an interval of five; then a hundred thousand would follow
        assertThat(read("80cf0006" + "0000000a" + "01000004" + "00000001" + "00000005" + "3fff3fff" + "3fff3fff"))
                .isTrue();
        assertThat(heard).containsExactly("RLE 1 5 5 5");
    }

    private boolean read(String octets) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(octets));
        return XrPacket.read(bytes, 0, bytes.limit(), reader);
    }
}
