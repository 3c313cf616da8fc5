// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.conference;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.jdk.JdkNetwork;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.srtp.SrtpContext;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.fault.MediaFaults;
import com.techpro.callclient.testkit.pbx.media.MediaAgreement;
import com.techpro.callclient.testkit.pbx.media.MediaPlane;
import com.techpro.callclient.testkit.pbx.media.MediaPort;
import com.techpro.callclient.testkit.pbx.media.ProgrammeSource;
import com.techpro.callclient.testkit.pbx.media.VoiceFormat;
import com.techpro.callclient.testkit.pbx.signalling.PbxFailures;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a participant of a full room costs: thirty on loopback with AES-256-GCM, three of them speaking, the others silent but sending, as phones do. It
 * counts the CPU time of the media loop alone, with its sockets and its SRTP, and what it allocates; it reports, and judges nothing but that it worked.
 */
@Tag("benchmark")
class RoomBenchmark {
    private static final int PARTICIPANTS = 30;
    private static final int SPEAKERS = 3;
    private static final int WARM_UP_FRAMES = 1_500;
    private static final int FRAMES = 1_500;

    private final Random random = Seeds.random(1);
    private final JdkSchedulers schedulers = new JdkSchedulers();
    private final JdkNetwork network = new JdkNetwork(schedulers.workers());

    @Test
    void cpu_per_participant_of_a_mixed_room_of_thirty() throws Exception {
        MediaPlane plane = new MediaPlane(schedulers, network, new MediaFaults(random), random, new PbxFailures());
        RoomMix mix = new RoomMix(plane);
        List<Phone> phones = new ArrayList<>();
        List<ProgrammeSource> stations = new ArrayList<>();
        for (int i = 0; i < PARTICIPANTS; i++) {
            Phone phone = new Phone(i);
            phones.add(phone);
            MediaPort port = plane.openPort(InetAddress.getLoopbackAddress());
            SrtpKeys here = SrtpKeys.generate(SrtpSuite.AEAD_AES_256_GCM, random);
            port.configure(new MediaAgreement(phone.address(), null, 1, here, phone.keys));
            ProgrammeSource station = new ProgrammeSource(plane, random);
            station.with(mix.new Seat(new Nobody(), station));
            port.deliverTo(station);
            station.speak(port, new VoiceFormat(0, G711.ULAW, 101, true));
            phone.pbx = port.localAddress();
            stations.add(station);
        }

        run(phones, WARM_UP_FRAMES);
        Usage before = usage(plane);
        run(phones, FRAMES);
        Usage after = usage(plane);

        double seconds = FRAMES * 0.02;
        double cpu = (after.cpuNanos - before.cpuNanos) / 1e9;
        System.out.printf(
                "room of %d: media loop %.1f %% of a core, %.3f ms of CPU a participant and second, %.0f bytes"
                        + " allocated a participant and frame, %d packets in, %d out%n",
                PARTICIPANTS,
                100 * cpu / seconds,
                1000 * cpu / seconds / PARTICIPANTS,
                (double) (after.allocated - before.allocated) / FRAMES / PARTICIPANTS,
                after.in - before.in,
                after.out - before.out);
        assertThat(after.out - before.out).isGreaterThan(FRAMES * PARTICIPANTS * 9L / 10);
        assertThat(plane.packetsRefused()).isZero();
        stations.forEach(ProgrammeSource::close);
        phones.forEach(phone -> phone.socket.close());
        plane.close();
        network.close();
        schedulers.close();
    }

    private static void run(List<Phone> phones, int frames) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Thread sender = new Thread(
                () -> {
                    long due = System.nanoTime();
                    for (int frame = 0; frame < frames; frame++) {
                        phones.forEach(Phone::send);
                        due += 20_000_000;
                        while (System.nanoTime() - due < 0) {
                            java.util.concurrent.locks.LockSupport.parkNanos(due - System.nanoTime());
                        }
                    }
                    done.countDown();
                },
                "thirty phones");
        sender.start();
        assertThat(done.await(frames * 20L * 3, TimeUnit.MILLISECONDS)).isTrue();
    }

    private record Usage(long cpuNanos, long allocated, long in, long out) {}

    /** Of the media loop's own thread. */
    private static Usage usage(MediaPlane plane) throws InterruptedException {
        AtomicLong cpu = new AtomicLong();
        AtomicLong allocated = new AtomicLong();
        CountDownLatch read = new CountDownLatch(1);
        plane.loop().execute(() -> {
            com.sun.management.ThreadMXBean threads =
                    (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
            cpu.set(threads.getCurrentThreadCpuTime());
            allocated.set(threads.getThreadAllocatedBytes(Thread.currentThread().getId()));
            read.countDown();
        });
        assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();
        return new Usage(cpu.get(), allocated.get(), plane.packetsIn(), plane.packetsOut());
    }

    /** Sends a tone or silence, encrypted, and reads nothing: what the kernel drops costs the room as much. */
    private final class Phone {
        private final SrtpKeys keys = SrtpKeys.generate(SrtpSuite.AEAD_AES_256_GCM, random);
        private final SrtpContext context = new SrtpContext(keys);
        private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        private final ByteBuffer packet = ByteBuffer.allocate(300);
        private final Sound sound;
        private final int ssrc = random.nextInt();
        private InetSocketAddress pbx = new InetSocketAddress(0);
        private int sequence = 1;
        private int timestamp;

        private Phone(int index) throws java.net.SocketException {
            sound = index < SPEAKERS ? Sound.tone(400 + 170 * index, 8_000) : Sound.SILENCE;
        }

        private InetSocketAddress address() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        private void send() {
            packet.clear();
            packet.put((byte) 0x80).put((byte) 0).putShort((short) sequence++);
            packet.putInt(timestamp).putInt(ssrc);
            for (int i = 0; i < 160; i++) {
                packet.put(G711.ULAW.encode(sound.at(timestamp + i, 8_000)));
            }
            timestamp += 160;
            packet.flip();
            context.protectRtp(packet);
            try {
                socket.send(new DatagramPacket(packet.array(), packet.limit(), pbx));
            } catch (java.io.IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
