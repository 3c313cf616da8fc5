// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.internal.media.codec.Codec;
import com.techpro.callclient.engine.internal.media.rtp.RtpPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AudioSenderTest {
    private static final int FRAME = AudioSender.FRAME;

    private final List<RtpPacket> sent = new ArrayList<>();
    private final MediaParameters parameters = new MediaParameters(
            new InetSocketAddress("192.0.2.1", 4000), null, Codec.PCMU, 101, Direction.SENDRECV, null, null);
    private final AudioSender sender = new AudioSender(new Random(1), new AudioSender.Transmitter() {
        @Override
        public ByteBuffer buffer() {
            return ByteBuffer.allocate(200);
        }

        @Override
        public void sendRtp(ByteBuffer packet) {
            RtpPacket view = new RtpPacket();
            assertThat(view.wrap(packet)).isTrue();
            sent.add(view);
        }
    });
    private long now;

    @Test
    void each_frame_is_a_packet_a_frame_later() {
        for (int i = 0; i < 5; i++) {
            capture(1);
            serve();
        }
        assertThat(sent).hasSize(5);
        for (int i = 1; i < 5; i++) {
            assertThat(sent.get(i).timestamp() - sent.get(i - 1).timestamp()).isEqualTo(FRAME);
            assertThat(sent.get(i).marker()).isFalse();
        }
        assertThat(sent.get(0).marker()).isTrue();
    }

    @Test
    void what_a_loop_held_up_for_long_leaves_out_has_its_time_but_no_sequence_number() {
        capture(1);
        serve();
        // Given a loop held up for a quarter of a second
        capture(12);
        serve();

        // Then the newest two frames are sent, as far from the others as they were spoken, and a listener need not wait
        RtpPacket before = sent.get(0);
        RtpPacket after = sent.get(1);
        assertThat(sent).hasSize(2);
        assertThat(after.timestamp() - before.timestamp()).isEqualTo(11 * FRAME);
        assertThat(after.sequence() - before.sequence() & 0xFFFF).isEqualTo(1);
        assertThat(after.marker()).isTrue();
        serve();
        assertThat(sent.get(2).timestamp() - after.timestamp()).isEqualTo(FRAME);
    }

    private void capture(int frames) {
        for (int i = 0; i < frames; i++) {
            sender.capture().captured(new short[FRAME]);
        }
    }

    private void serve() {
        now += 20_000_000;
        sender.serve(parameters, now);
    }
}
