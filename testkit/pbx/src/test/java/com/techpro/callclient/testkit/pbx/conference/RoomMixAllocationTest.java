// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.conference;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.Allocation;
import com.techpro.callclient.testkit.pbx.fault.MediaFaults;
import com.techpro.callclient.testkit.pbx.media.FrameClock;
import com.techpro.callclient.testkit.pbx.media.MediaPlane;
import com.techpro.callclient.testkit.pbx.media.ProgrammeSource;
import com.techpro.callclient.testkit.pbx.media.VoiceFormat;
import com.techpro.callclient.testkit.pbx.signalling.PbxFailures;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A room of ten, four of them talking, in both laws. What encrypting and sending a packet costs is {@link RoomBenchmark}'s to tell. */
class RoomMixAllocationTest {
    private static final int PARTICIPANTS = 10;
    private static final int TALKERS = 4;
    private static final int MINUTE = 3_000;

    private final VirtualTime time = VirtualTime.seeded(1);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 1);
    private final ByteBuffer packet = ByteBuffer.allocate(12 + FrameClock.SAMPLES);
    private int sent;

    @Test
    void nothing_is_allocated_for_a_mixed_frame() throws IOException {
        MediaPlane plane = new MediaPlane(
                time, network.host("192.0.2.1"), new MediaFaults(Seeds.random(1)), Seeds.random(2), new PbxFailures());
        RoomMix mix = new RoomMix(plane);
        List<ProgrammeSource> stations = new ArrayList<>();
        List<RoomMix.Seat> seats = new ArrayList<>();
        for (int i = 0; i < PARTICIPANTS; i++) {
            ProgrammeSource station = new ProgrammeSource(plane, Seeds.random(i));
            RoomMix.Seat seat = mix.new Seat(new Nobody(), station);
            station.with(seat);
            G711 law = i % 2 == 0 ? G711.ULAW : G711.ALAW;
            // Nobody listens, so that nothing is sent; what would be is mixed and encoded all the same.
            station.speak(
                    plane.openPort(InetAddress.getByName("192.0.2.1")),
                    new VoiceFormat(law.equals(G711.ULAW) ? 0 : 8, law, -1, false));
            stations.add(station);
            seats.add(seat);
        }
        time.settle();

        long bytes = Allocation.in(MINUTE, mix::beat, () -> talk(stations));

        assertThat(seats.stream().filter(RoomMix.Seat::talking)).hasSize(TALKERS);
        assertThat(bytes).as("bytes in a minute").isZero();
        stations.forEach(ProgrammeSource::close);
        time.settle();
        plane.close();
        network.close();
        time.close();
    }

    private void talk(List<ProgrammeSource> stations) {
        for (int i = 0; i < TALKERS; i++) {
            packet.clear();
            packet.put((byte) 0x80).put((byte) (i % 2 == 0 ? 0 : 8));
            packet.putShort((short) sent).putInt(sent * FrameClock.SAMPLES).putInt(i);
            while (packet.hasRemaining()) {
                packet.put((byte) 0x90);
            }
            packet.flip();
            stations.get(i).rtp(packet);
        }
        sent++;
    }
}
