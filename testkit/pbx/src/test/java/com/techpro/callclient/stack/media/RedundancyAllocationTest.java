// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.PayloadTypeMap.Redundancy;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.pbx.Allocation;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedundancyAllocationTest {
    private static final InetSocketAddress FAR = new InetSocketAddress("192.0.2.1", 4000);
    private static final int RED = 97;
    private static final int ROUNDS = 1_000;

    private final SrtpKeys keys = SrtpKeys.generate(SrtpSuite.AEAD_AES_128_GCM, Seeds.random(1));
    private final MediaParameters parameters = new MediaParameters(
            FAR,
            null,
            PayloadFormat.ofStatic(G711.ULAW),
            null,
            PayloadTypeMap.of(List.of(), List.of()).with(new Redundancy(RED, RED, 8_000)),
            20,
            MediaDirection.SENDRECV,
            new Keying.Sdes(keys, keys));
    private final DropCounters drops = new DropCounters();
    private final AudioReceiver receiver =
            new AudioReceiver(drops, PayloadFormat.ofStatic(G711.ULAW), (digit, length) -> {});
    private final RtpPacket view = new RtpPacket();
    private final ByteBuffer packet = ByteBuffer.allocate(2_048);
    private final AudioSender sender = new AudioSender(
            Seeds.random(1),
            PayloadFormat.ofStatic(G711.ULAW),
            new OutgoingPackets(() -> false, () -> packet.clear(), this::sent));
    private final CaptureSink microphone = sender.capture(8_000);
    private final short[] spoken = new short[160];
    private final short[] heard = new short[160];
    private long now;
    private int packets;
    private int redundant;

    private void sent(ByteBuffer sent) {
        redundant += (sent.get(1) & 0x7F) == RED ? 1 : 0;
        // Every tenth is lost
        if (++packets % 10 != 0 && view.wrap(sent)) {
            receiver.received(parameters, view, sent, FAR, now);
        }
    }

    @Test
    void redundancy_sent_and_played_allocates_nothing_by_packet() {
        receiver.expects(true);
        sender.lossReported(12);
        sender.lossReported(12);

        long allocated = Allocation.in(ROUNDS, this::frame, () -> microphone.captured(spoken));

        assertThat(allocated).isZero();
        assertThat(redundant).isGreaterThan(packets - 20);
        assertThat(receiver.playout().recovered()).isGreaterThan(packets / 10 - 20);
        assertThat(drops.snapshot()).isEqualTo(MediaStatistics.Drops.NONE);
    }

    private void frame() {
        now += MediaLoop.FRAME_NANOS;
        sender.serve(parameters, now);
        receiver.playout().next(heard, (int) (now / 125_000));
    }
}
