// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelephoneEventTest {
    private static final int FRAME = 160;

    private final TelephoneEventSender sender = new TelephoneEventSender(FRAME);
    private final List<String> keys = new ArrayList<>();
    private final TelephoneEventReceiver receiver =
            new TelephoneEventReceiver((digit, length) -> keys.add(digit + " " + length.toNanos() / 125_000));

    private record Sent(boolean marker, int timestamp, byte[] payload) {
        int event() {
            return payload[0];
        }

        boolean ends() {
            return payload[1] < 0;
        }

        int duration() {
            return ByteBuffer.wrap(payload).getShort(2) & 0xFFFF;
        }
    }

    @Test
    void a_key_is_sent_as_rfc_4733_section_2_5_1_wants() {
        assertThat(sender.press('5', Duration.ofMillis(100), 8000)).isTrue();
        List<Sent> packets = send(1000);

        assertThat(packets).extracting(Sent::event).containsOnly(5);
        assertThat(packets).extracting(Sent::marker).containsExactly(true, false, false, false, false, false, false);
        assertThat(packets).extracting(Sent::timestamp).containsOnly(1000);
        assertThat(packets).extracting(Sent::duration).containsExactly(160, 320, 480, 640, 800, 800, 800);
        assertThat(packets).extracting(Sent::ends).containsExactly(false, false, false, false, true, true, true);
    }

    @Test
    void a_cut_digit_ends_with_three_end_packets_and_drops_the_queued_digits() {
        for (int frames = 1; frames <= 7; frames++) {
            keys.clear();
            sender.press('5', Duration.ofMillis(100), 8000);
            sender.press('6', Duration.ofMillis(100), 8000);
            List<Sent> packets = new ArrayList<>();
            for (int i = 0; i < frames; i++) {
                assertThat(sender.active(1000 + i * FRAME)).isTrue();
                packets.add(sent());
            }
            while (sender.cut()) {
                packets.add(sent());
            }
            assertThat(sender.active(90_000)).isFalse();
            assertThat(packets.stream().filter(Sent::ends))
                    .as("cut after %d", frames)
                    .hasSize(3);
            assertThat(packets).extracting(Sent::timestamp).containsOnly(1000);
            Sent last = packets.get(packets.size() - 1);
            assertThat(last.duration()).isEqualTo(Math.min(frames, 5) * FRAME);
            deliver(packets);
            assertThat(keys).containsExactly("5 " + last.duration());
            receiver.restart();
            sender.clear();
            for (int pause = 0; pause < 5; pause++) {
                assertThat(sender.active(0)).isFalse();
            }
        }
    }

    @Test
    void every_key_arrives_once_and_nothing_else_is_a_key() {
        for (char digit : "0123456789*#ABCDabcd".toCharArray()) {
            assertThat(sender.press(digit, Duration.ofMillis(40), 8000)).isTrue();
        }
        assertThat(sender.press('x', Duration.ofMillis(40), 8000)).isFalse();
        deliver(send(7));
        assertThat(String.join("", keys).replace(" 320", "")).isEqualTo("0123456789*#ABCDABCD");
    }

    @Test
    void between_two_keys_there_is_room_for_audio() {
        sender.press('1', Duration.ofMillis(40), 8000);
        sender.press('1', Duration.ofMillis(40), 8000);
        int audio = 0;
        int eventsSeen = 0;
        for (int frame = 0; frame < 20; frame++) {
            if (sender.active(frame * FRAME)) {
                sender.write(ByteBuffer.allocate(4));
                eventsSeen++;
            } else if (eventsSeen == 4) {
                audio++;
            }
        }
        assertThat(eventsSeen).isEqualTo(8);
        assertThat(audio).isEqualTo(3);
    }

    @Test
    void a_long_key_goes_on_in_segments_and_is_told_of_whole() {
        // Given ten seconds: 80,000 units, more than 16 bits hold
        sender.press('9', Duration.ofSeconds(10), 8000);
        List<Sent> packets = send(50);

        assertThat(packets).extracting(Sent::marker).startsWith(true).containsOnlyOnce(true);
        assertThat(packets).extracting(Sent::timestamp).containsOnly(50, 50 + 0xFFFF);
        assertThat(packets.stream()
                        .filter(p -> p.timestamp == 50)
                        .map(Sent::duration)
                        .max(Integer::compare))
                .contains(0xFFFF);
        deliver(packets);
        assertThat(keys).containsExactly("9 80000");
    }

    @Test
    void loss_and_reordering_neither_double_nor_swallow_a_key() {
        for (int seed = 0; seed < 500; seed++) {
            var random = Seeds.random(seed);
            var heard = new ArrayList<String>();
            var ears = new TelephoneEventReceiver((digit, length) -> heard.add(String.valueOf(digit)));
            for (char digit : "1123".toCharArray()) {
                sender.press(digit, Duration.ofMillis(100), 8000);
            }
            List<Sent> packets = send(random.nextInt());
            // When neighbours swap places and a third is lost, but not all of a key
            List<Sent> network = new ArrayList<>();
            int lastTimestamp = packets.get(0).timestamp() - 1;
            for (Sent packet : packets) {
                if (packet.timestamp() != lastTimestamp || random.nextInt(3) != 0) {
                    network.add(packet);
                }
                lastTimestamp = packet.timestamp();
            }
            for (int i = 1; i < network.size(); i++) {
                if (random.nextInt(4) == 0
                        && network.get(i).timestamp() == network.get(i - 1).timestamp()) {
                    Collections.swap(network, i, i - 1);
                }
            }
            long now = 0;
            for (Sent packet : network) {
                now += 20_000_000;
                ears.received(packet.timestamp, ByteBuffer.wrap(packet.payload), 0, 4, 8_000, now);
            }
            ears.check(now + 1_000_000_000);
            assertThat(heard).as("seed %d", seed).containsExactly("1", "1", "2", "3");
        }
    }

    @Test
    void a_digit_with_a_lost_end_ends_by_silence() {
        sender.press('7', Duration.ofMillis(200), 8000);
        List<Sent> packets = send(0).subList(0, 5);
        deliver(packets);
        assertThat(keys).isEmpty();
        receiver.check(5 * 20_000_000L + 100_000_000);
        assertThat(keys).isEmpty();
        receiver.check(5 * 20_000_000L + 300_000_000);
        assertThat(keys).containsExactly("7 800");
        // And its late end changes nothing
        sender.clear();
        deliver(packets);
        assertThat(keys).hasSize(1);
    }

    @Test
    void short_payloads_and_other_events_are_no_keys() {
        assertThat(receiver.received(1, ByteBuffer.wrap(new byte[3]), 0, 3, 8_000, 0))
                .isFalse();
        assertThat(receiver.received(1, ByteBuffer.wrap(new byte[] {16, -118, 0, 100}), 0, 4, 8_000, 0))
                .isTrue();
        assertThat(keys).isEmpty();
    }

    private List<Sent> send(int timestamp) {
        var packets = new ArrayList<Sent>();
        int quiet = 0;
        for (int now = timestamp; quiet < 10; now += FRAME) {
            if (!sender.active(now)) {
                quiet++;
                continue;
            }
            quiet = 0;
            packets.add(sent());
        }
        return packets;
    }

    private Sent sent() {
        boolean marker = sender.marker();
        int stamp = sender.timestamp();
        ByteBuffer payload = ByteBuffer.allocate(4);
        sender.write(payload);
        return new Sent(marker, stamp, payload.array());
    }

    private void deliver(List<Sent> packets) {
        long now = 0;
        for (Sent packet : packets) {
            now += 20_000_000;
            assertThat(receiver.received(packet.timestamp, ByteBuffer.wrap(packet.payload), 0, 4, 8_000, now))
                    .isTrue();
        }
    }
}
