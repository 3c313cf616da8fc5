// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Telephone events of senders that set their timestamps in ways of their own. */
class TelephoneEventReceiverTest {
    private static final int FRAME = 160;
    private static final long FRAME_NANOS = 20_000_000;
    private static final String TEN = "1234567890";

    private final List<String> keys = new ArrayList<>();
    private final TelephoneEventReceiver receiver =
            new TelephoneEventReceiver((digit, length) -> keys.add(String.valueOf(digit)));
    private long now;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000_000, 0x7FFF_FF00, 0x8000_0000, 0x9000_0000, 0xFFFF_FE00})
    void a_first_key_with_a_timestamp_base_of_its_own_does_not_hide_the_ten_after_it(int base) {
        for (int first : new int[] {base + 0x1000_0000, base - 0x1000_0000, base + 0x8000_0000, base + 9_000}) {
            keys.clear();
            var ears = new TelephoneEventReceiver((digit, length) -> keys.add(String.valueOf(digit)));
            press(ears, '#', first);
            pressAll(ears, base);
            assertThat(String.join("", keys)).as("first at %x", first).isEqualTo("#" + TEN);
        }
    }

    @Test
    void ten_keys_in_a_row_over_the_wrap_of_the_timestamp_are_ten_keys() {
        pressAll(receiver, -5 * 8 * FRAME);
        assertThat(String.join("", keys)).isEqualTo(TEN);
    }

    @Test
    void a_base_that_changes_before_each_key_makes_each_a_key() {
        int base = 0x4000_0000;
        for (char digit : TEN.toCharArray()) {
            press(receiver, digit, base);
            base = base * 31 + 17;
        }
        assertThat(String.join("", keys)).isEqualTo(TEN);
    }

    @Test
    void a_packet_of_a_key_already_told_that_comes_late_is_not_a_key_again() {
        press(receiver, '1', 1000);
        press(receiver, '2', 3000);
        packet(receiver, '3', 5000, 1, false);
        packet(receiver, '1', 1000, 5, true);
        packet(receiver, '2', 3000, 5, true);
        packet(receiver, '3', 5000, 2, true);
        packet(receiver, '2', 3000, 5, true);
        assertThat(keys).containsExactly("1", "2", "3");
    }

    @Test
    void a_late_packet_of_the_segment_before_does_not_end_a_long_key() {
        packet(receiver, '9', 100, 1, false);
        packet(receiver, '9', 100 + 0xFFFF, 1, false);
        packet(receiver, '9', 100, 2, false);
        packet(receiver, '9', 100 + 0xFFFF, 2, true);
        assertThat(keys).containsExactly("9");
    }

    @Test
    void events_with_one_timestamp_are_told_apart_by_the_time_between_them() {
        for (char digit : TEN.toCharArray()) {
            press(receiver, digit, 0);
            now += 3_000_000_000L;
        }
        assertThat(String.join("", keys)).isEqualTo(TEN);
    }

    @Test
    void another_source_may_use_the_timestamps_of_the_one_before() {
        press(receiver, '1', 1000);
        receiver.restart();
        press(receiver, '2', 1000);
        assertThat(keys).containsExactly("1", "2");
    }

    private void pressAll(TelephoneEventReceiver ears, int base) {
        int timestamp = base;
        for (char digit : TEN.toCharArray()) {
            press(ears, digit, timestamp);
            timestamp += 8 * FRAME;
        }
    }

    private void press(TelephoneEventReceiver ears, char digit, int timestamp) {
        for (int i = 1; i <= 5; i++) {
            packet(ears, digit, timestamp, i, false);
        }
        for (int i = 0; i < 3; i++) {
            packet(ears, digit, timestamp, 5, true);
        }
    }

    private void packet(TelephoneEventReceiver ears, char digit, int timestamp, int frames, boolean ends) {
        ByteBuffer payload = ByteBuffer.allocate(4);
        payload.put((byte) TelephoneEvent.of(digit))
                .put((byte) (ends ? 0x8A : 10))
                .putShort((short) (frames * FRAME));
        now += FRAME_NANOS;
        assertThat(ears.received(timestamp, payload, 0, 4, 8_000, now)).isTrue();
        ears.check(now);
    }
}
