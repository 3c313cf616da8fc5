// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keys pressed at a far end that is played packet by packet. */
class ReceivedKeysTest {
    private static final int FRAME = 160;

    private int sequence = 100;
    private int ssrc = 0x5eed;

    @Test
    void a_digit_first_in_the_stream_with_its_own_timestamp_base_hides_no_later_digit() throws IOException {
        try (var call = new TestCall(701)) {
            DatagramLink far = farEnd(call);
            press(call, far, '#', 0x9000_0000);
            int timestamp = 5_000;
            for (char digit : "1234567890".toCharArray()) {
                timestamp = speak(call, far, timestamp, 10);
                press(call, far, digit, timestamp);
                timestamp += 8 * FRAME;
            }
            assertThat(keys(call)).isEqualTo("#1234567890");
            far.close();
        }
    }

    @Test
    void a_change_of_ssrc_or_a_sequence_number_jump_neither_repeats_nor_hides_a_digit() throws IOException {
        try (var call = new TestCall(702)) {
            DatagramLink far = farEnd(call);
            int timestamp = speak(call, far, 5_000, 10);
            press(call, far, '1', timestamp);
            // Given a jump of the sequence numbers in the middle of a key
            for (int i = 1; i <= 4; i++) {
                event(call, far, '2', 20_000, i, false);
            }
            sequence += 20_000;
            for (int i = 5; i <= 8; i++) {
                event(call, far, '2', 20_000, i, i == 8);
            }
            // And another source that begins where the first one did
            call.run(Duration.ofMillis(100));
            ssrc++;
            speak(call, far, 5_000, 10);
            press(call, far, '3', 20_000);
            assertThat(keys(call)).isEqualTo("123");
            far.close();
        }
    }

    /** Alice's session makes way for a link of its own at its address. */
    private static DatagramLink farEnd(TestCall call) throws IOException {
        call.connect(null);
        call.alice.session.close();
        call.run(Duration.ofMillis(1));
        return call.alice.host.openDatagram(call.alice.address(), (packet, from) -> {});
    }

    private int speak(TestCall call, DatagramLink far, int timestamp, int packets) {
        for (int i = 0; i < packets; i++) {
            ByteBuffer packet = ByteBuffer.allocate(12 + FRAME);
            RtpPacket.writeHeader(packet, false, 0, sequence, timestamp + i * FRAME, ssrc);
            send(call, far, packet.put(new byte[FRAME]));
        }
        return timestamp + packets * FRAME;
    }

    private void press(TestCall call, DatagramLink far, char digit, int timestamp) {
        for (int i = 1; i <= 5; i++) {
            event(call, far, digit, timestamp, i, false);
        }
        for (int i = 0; i < 3; i++) {
            event(call, far, digit, timestamp, 5, true);
        }
    }

    private void event(TestCall call, DatagramLink far, char digit, int timestamp, int frames, boolean ends) {
        ByteBuffer packet = ByteBuffer.allocate(16);
        RtpPacket.writeHeader(packet, frames == 1, TestCall.EVENTS, sequence, timestamp, ssrc);
        packet.put((byte) "0123456789*#ABCD".indexOf(digit)).put((byte) (ends ? 0x8A : 10));
        send(call, far, packet.putShort((short) (frames * FRAME)));
    }

    private void send(TestCall call, DatagramLink far, ByteBuffer packet) {
        sequence = sequence + 1 & 0xFFFF;
        far.send(packet.flip(), call.bob.address());
        call.run(Duration.ofMillis(20));
    }

    private static String keys(TestCall call) {
        call.run(Duration.ofSeconds(1));
        return call.bob.events.stream()
                .filter(event -> event.startsWith("dtmf"))
                .map(event -> event.substring(5, 6))
                .collect(Collectors.joining());
    }
}
