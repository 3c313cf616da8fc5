// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.testkit.pbx.fault.MediaImpairment;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong with keys, codecs and clocks, seen in the packets of phones that know nothing of our engine. */
class StreamFaultsOnTheWireTest extends FieldBehaviourScene {
    private static final int KEYS = 101;
    private static final int OPUS = 111;
    private static final String FORMATS = "0 8 9 111 101\r\na=rtpmap:9 G722/8000\r\na=rtpmap:111 opus/48000/2";

    private PlainPhone alice;
    private PlainPhone bob;
    private Rtp alices;
    private Rtp bobs;
    private String ok;

    private record Packet(int type, int source, int sequence, int timestamp, byte[] payload, long millis) {
        boolean endsKey() {
            return type == KEYS && payload[1] < 0;
        }
    }

    /** A phone's sound: numbered packets, and those that came. */
    private final class Rtp {
        private final List<Packet> heard = new ArrayList<>();
        private final DatagramLink link;
        private final InetSocketAddress pbxPort;
        private int source = 1;
        private int sequence;
        private int timestamp;

        private Rtp(String address, String description) throws IOException {
            this.link = network.host(address).openDatagram(new InetSocketAddress(address, 7_000), this::hear);
            String port = PlainPhone.bodyOf(description).replaceAll("(?s).*m=audio (\\d+) .*", "$1");
            this.pbxPort = new InetSocketAddress(PBX, Integer.parseInt(port));
        }

        private void hear(ByteBuffer packet, InetSocketAddress from) {
            byte[] all = new byte[packet.remaining()];
            packet.get(all);
            ByteBuffer header = ByteBuffer.wrap(all);
            heard.add(new Packet(
                    all[1] & 0x7f,
                    header.getInt(8),
                    header.getShort(2) & 0xffff,
                    header.getInt(4),
                    Arrays.copyOfRange(all, 12, all.length),
                    time.nanoTime() / 1_000_000));
        }

        /** 20 ms of one octet. */
        private void say(int type, int octet) {
            byte[] payload = new byte[160];
            Arrays.fill(payload, (byte) octet);
            send(type, timestamp, payload);
            timestamp += 160;
        }

        private void send(int type, int at, byte[] payload) {
            ByteBuffer packet = ByteBuffer.allocate(12 + payload.length);
            packet.put((byte) 0x80).put((byte) type).putShort((short) sequence++);
            packet.putInt(at).putInt(source).put(payload).flip();
            assertThat(link.send(packet, pbxPort)).isEqualTo(DatagramLink.SendStatus.SENT);
            time.advance(Duration.ofMillis(20));
        }

        /** 100 ms of a key of the dial pad, whose end is said three times (RFC 4733 §2.5.1.4). */
        private void press(int key) {
            for (int part = 1; part <= 7; part++) {
                int duration = 160 * Math.min(part, 5);
                byte[] payload = {
                    (byte) key, (byte) (part < 5 ? 10 : 0x80 | 10), (byte) (duration >> 8), (byte) duration
                };
                send(KEYS, timestamp, payload);
            }
            timestamp += 7 * 160;
        }

        private void assertNumberedWithoutGap() {
            int first = heard.get(0).sequence;
            assertThat(heard)
                    .extracting(Packet::sequence)
                    .isEqualTo(
                            IntStream.range(first, first + heard.size()).boxed().toList());
        }

        private List<Integer> keysHeard() {
            return heard.stream()
                    .filter(packet -> packet.type == KEYS)
                    .map(Packet::timestamp)
                    .distinct()
                    .toList();
        }
    }

    @BeforeEach
    void twoTalk() throws IOException {
        start();
        alice = phone("1001", "10.0.0.11", "a");
        bob = phone("1002", "10.0.0.12", "b");
        alice.dial("1002", "a", described("10.0.0.11"), aSecond);
        String invite = bob.requests("INVITE").get(0);
        bob.reply(invite, 200, described("10.0.0.12"));
        aSecond.run();
        ok = alice.last();
        alice.inDialog("ACK", ok, "");
        aSecond.run();
        alices = new Rtp("10.0.0.11", ok);
        bobs = new Rtp("10.0.0.12", invite);
    }

    private static String described(String host) {
        return sdp(host, "sendrecv").replace("0 101", FORMATS);
    }

    @AfterEach
    void over() {
        hangUp(alice, bob, ok);
        alices.link.close();
        bobs.link.close();
    }

    private void aliceSays(int packets) {
        for (int i = 0; i < packets; i++) {
            alices.say(0, i);
        }
        time.advance(Duration.ofMillis(100));
    }

    /** Each packet is where a clock of that pace has it, but for the millisecond after which the PBX looks at its sockets. */
    private void assertPaceAtBobs(double faster) {
        Packet first = bobs.heard.get(0);
        for (Packet packet : bobs.heard) {
            double due = (packet.timestamp - first.timestamp) / 8 / (1 + faster);
            assertThat((double) packet.millis - first.millis).isBetween(due - 3, due + 3);
        }
        bobs.assertNumberedWithoutGap();
        assertThat(bobs.heard)
                .extracting(Packet::timestamp)
                .isEqualTo(IntStream.range(0, bobs.heard.size())
                        .map(i -> first.timestamp + 160 * i)
                        .boxed()
                        .toList());
    }

    @Test
    void a_fast_clock_says_more_packets_in_the_same_time() {
        pbx.faults().media("1002").toPhone().drift(0.001);
        aliceSays(5_000);

        assertThat(bobs.heard).hasSizeBetween(5_004, 5_006);
        assertPaceAtBobs(0.001);
    }

    @Test
    void a_slow_clock_says_fewer() {
        pbx.faults().media("1001").fromPhone().drift(-0.002);
        aliceSays(5_000);

        assertThat(bobs.heard).hasSizeBetween(4_989, 4_991);
        assertPaceAtBobs(-0.002);
        assertThat(pbx.liveCalls().get(0).legs().get(0).packets())
                .as("before the PBX counts them")
                .isEqualTo(bobs.heard.size());
        assertThat(pbx.liveCalls().get(0).legs().get(0).lost()).isZero();
    }

    @Test
    void a_clock_that_is_right_again_leaves_no_gap() {
        pbx.faults().media("1002").toPhone().drift(0.01);
        aliceSays(1_000);
        pbx.faults().clear();
        aliceSays(500);

        assertThat(bobs.heard).hasSizeBetween(1_509, 1_511);
        bobs.assertNumberedWithoutGap();
        List<Packet> later = bobs.heard.subList(1_100, bobs.heard.size());
        long late = later.get(0).millis - later.get(0).timestamp / 8;
        assertThat(later).allMatch(packet -> Math.abs(packet.millis - packet.timestamp / 8 - late) <= 105);
    }

    /** As after music on hold. */
    @Test
    void a_stream_that_comes_back_is_counted_as_it_was() {
        pbx.faults().media("1002").toPhone().drift(0.05);
        aliceSays(200);
        int left = alices.sequence;
        alices.source = 2;
        aliceSays(1);
        alices.source = 1;
        alices.sequence = left;
        aliceSays(200);

        bobs.heard.removeIf(packet -> packet.source == 2);
        assertThat(bobs.heard).hasSizeBetween(417, 421);
        bobs.assertNumberedWithoutGap();
    }

    @Test
    void keys_are_lost_whole_and_the_other_way_hears_all() {
        MediaImpairment way = pbx.faults().media("1002").toPhone().loseKeys(0.5);
        for (int i = 0; i < 100; i++) {
            aliceSays(3);
            alices.press(5);
            bobs.press(6);
        }
        aliceSays(3);

        assertThat(way.keysLost()).isBetween(25L, 75L);
        assertThat(bobs.keysHeard()).hasSize((int) (100 - way.keysLost()));
        assertThat(bobs.heard)
                .filteredOn(Packet::endsKey)
                .hasSize(3 * bobs.keysHeard().size());
        bobs.assertNumberedWithoutGap();
        assertThat(bobs.heard).filteredOn(packet -> packet.type == 0).hasSize(303);
        assertThat(alices.keysHeard()).hasSize(100);
    }

    @Test
    void keys_come_twice_each_whole() {
        MediaImpairment way = pbx.faults().media("1001").fromPhone().doubleKeys(1);
        alices.press(7);
        alices.press(7);
        aliceSays(3);

        List<Integer> keys = bobs.keysHeard();
        assertThat(keys).hasSize(4).isSorted();
        for (int key : keys) {
            List<Packet> parts = bobs.heard.stream()
                    .filter(packet -> packet.type == KEYS && packet.timestamp == key)
                    .toList();
            assertThat(parts).filteredOn(Packet::endsKey).hasSize(3);
            assertThat(parts.get(0).endsKey()).isFalse();
            assertThat(parts).allMatch(packet -> packet.payload[0] == 7);
        }
        bobs.assertNumberedWithoutGap();
        assertThat(way.keysDoubled()).isEqualTo(2);
        assertThat(way.keysLost()).isZero();
    }

    @Test
    void a_doubled_digit_without_an_end_arrives_twice_before_the_next_speech() {
        pbx.faults().media("1002").toPhone().doubleKeys(1);
        alices.send(KEYS, alices.timestamp, new byte[] {3, 10, 0, (byte) 160});
        alices.timestamp += 320;
        aliceSays(2);

        assertThat(bobs.keysHeard()).hasSize(2);
        bobs.assertNumberedWithoutGap();
        assertThat(bobs.heard).extracting(Packet::type).endsWith(KEYS, 0, 0);
    }

    /** What µ-law's zero and its two ends are in A-law (ITU-T G.711, tables 3 and 4). */
    @Test
    void the_codec_changes_to_another_of_the_answer_and_back() {
        MediaImpairment way = pbx.faults().media("1002").toPhone().changeCodec("pcma");
        alices.say(0, 0xff);
        alices.say(0, 0x80);
        alices.say(0, 0x00);
        way.changeCodec("");
        alices.say(0, 0x80);

        assertThat(bobs.heard).extracting(Packet::type).containsExactly(8, 8, 8, 0);
        assertThat(bobs.heard).extracting(packet -> packet.payload[80] & 0xff).containsExactly(0xd5, 0xaa, 0x2a, 0x80);
        assertThat(bobs.heard).allMatch(packet -> packet.payload.length == 160);
        bobs.assertNumberedWithoutGap();
        assertThat(way.recoded()).isEqualTo(3);
    }

    @Test
    void a_codec_of_another_sampling_rate_has_packets_of_the_same_length() {
        pbx.faults().media("1001").fromPhone().changeCodec("PCMU");
        for (int i = 0; i < 50; i++) {
            alices.say(9, i);
        }

        assertThat(bobs.heard).hasSize(50).allMatch(packet -> packet.type == 0 && packet.payload.length == 160);
        bobs.assertNumberedWithoutGap();
    }

    @Test
    void a_codec_of_another_clock_goes_on_by_that_and_back_from_where_it_is() {
        MediaImpairment way = pbx.faults().media("1002").toPhone();
        aliceSays(2);
        way.changeCodec("opus");
        aliceSays(3);
        way.changeCodec("");
        aliceSays(2);

        assertThat(bobs.heard).extracting(Packet::type).containsExactly(0, 0, OPUS, OPUS, OPUS, 0, 0);
        bobs.assertNumberedWithoutGap();
        assertThat(bobs.heard).extracting(Packet::source).containsOnly(bobs.heard.get(0).source);
        int first = bobs.heard.get(0).timestamp;
        assertThat(bobs.heard)
                .extracting(packet -> packet.timestamp - first)
                .containsExactly(0, 160, 320, 1_280, 2_240, 3_200, 3_360);
        assertThat(bobs.heard.subList(2, 5)).allMatch(StreamFaultsOnTheWireTest::isOneFrameOf20Milliseconds);
        assertThat(way.recoded()).isEqualTo(3);
    }

    /** RFC 6716 §3.1, table 2: the last of SILK's four lengths but two, of the hybrid's two and of CELT's four. */
    private static boolean isOneFrameOf20Milliseconds(Packet packet) {
        int config = (packet.payload[0] & 0xff) >> 3;
        boolean longEnough = config < 12 ? config % 4 == 1 : config < 16 ? config % 2 == 1 : config % 4 == 3;
        return longEnough && (packet.payload[0] & 3) == 0;
    }

    @Test
    void keys_among_packets_of_another_clock_are_one_key_each() {
        pbx.faults().media("1002").toPhone().changeCodec("opus");
        aliceSays(2);
        alices.press(5);
        aliceSays(1);

        assertThat(bobs.keysHeard()).hasSize(1);
        assertThat(bobs.heard.stream().filter(Packet::endsKey)).hasSize(3);
        Packet before = bobs.heard.get(1);
        assertThat(bobs.keysHeard()).containsExactly(before.timestamp + 960);
        bobs.assertNumberedWithoutGap();
    }

    @Test
    void a_packet_of_a_length_that_opus_has_not_stays_as_it_is() {
        MediaImpairment way = pbx.faults().media("1002").toPhone().changeCodec("opus");
        alices.send(0, 0, new byte[240]);
        alices.send(0, 240, new byte[240]);

        assertThat(bobs.heard).extracting(Packet::type).containsExactly(0, 0);
        assertThat(bobs.heard.get(1).timestamp - bobs.heard.get(0).timestamp).isEqualTo(240);
        assertThat(way.recoded()).isZero();
    }

    @Test
    void a_codec_that_is_not_in_the_answer_is_not_spoken() {
        MediaImpairment way = pbx.faults().media("1002").toPhone().changeCodec("speex");
        alices.say(0, 0x80);

        assertThat(bobs.heard).extracting(Packet::type).containsExactly(0);
        assertThat(way.recoded()).isZero();
    }
}
