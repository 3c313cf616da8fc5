// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.stack.media.Keying;
import com.techpro.callclient.stack.media.MediaDirection;
import com.techpro.callclient.stack.media.MediaEngine;
import com.techpro.callclient.stack.media.MediaListener;
import com.techpro.callclient.stack.media.MediaParameters;
import com.techpro.callclient.stack.media.MediaSession;
import com.techpro.callclient.stack.media.MediaStatistics;
import com.techpro.callclient.stack.media.PayloadTypeMap;
import com.techpro.callclient.stack.media.PayloadTypeMap.Redundancy;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.contracts.PacketTrace;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redundant audio data (RFC 2198) of GStreamer's {@code rtpredenc} and for its {@code rtpreddec}; packets go through files, framed by RFC 4571. */
@Tag("interop")
@Timeout(120)
class RedundancyInteropTest implements MediaListener {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration FRAME_TIME = Duration.ofMillis(20);
    private static final String ALICE = "192.0.2.1";
    private static final String BOB = "192.0.2.2";
    private static final int RED = 97;
    private static final int FRAME = 160;
    private static final int HEADER = 12;
    private static final int PACKETS = 500;

    @TempDir
    Path directory;

    private final VirtualTime time = VirtualTime.seeded(2198);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 2198);
    private final Random random = Seeds.random(2198);

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void packets_of_GStreamer_make_up_for_lost_ones(int distance) throws IOException {
        byte[] spoken = new byte[PACKETS * FRAME];
        random.nextBytes(spoken);
        Files.write(directory.resolve("spoken.ulaw"), spoken);
        gstreamer("filesrc location=spoken.ulaw ! rawaudioparse format=mulaw sample-rate=8000 num-channels=1"
                + " ! rtppcmupay pt=0 min-ptime=20000000 max-ptime=20000000"
                + " ! rtpredenc pt=" + RED + " distance=" + distance + " ! rtpstreampay ! filesink location=sent");
        List<byte[]> packets = framed(Files.readAllBytes(directory.resolve("sent")));
        assertThat(packets).hasSizeBetween(PACKETS - 2, PACKETS);

        SimulatedHost host = network.host(BOB);
        try (Party bob = new Party(host, BOB)) {
            DatagramLink far =
                    network.host(ALICE).openDatagram(new InetSocketAddress(ALICE, 4000), (packet, from) -> {});
            bob.configure(new InetSocketAddress(ALICE, 4000));
            List<Integer> lost = new ArrayList<>();
            short[] heard = new short[packets.size() * FRAME];
            for (int i = 0; i < packets.size(); i++) {
                if (i % 20 == 13) {
                    lost.add(i);
                } else {
                    far.send(ByteBuffer.wrap(packets.get(i)), bob.session.localRtp());
                }
                time.advance(FRAME_TIME);
                System.arraycopy(bob.fetch(), 0, heard, i * FRAME, FRAME);
            }
            time.advance(Duration.ofSeconds(1));

            MediaStatistics statistics = bob.session.statistics();
            assertThat(statistics.lost()).isEqualTo(lost.size());
            // The first loss meets a buffer that does not wait yet.
            assertThat(statistics.recovered()).isGreaterThanOrEqualTo(lost.size() - 2L);
            // In clear the first packet of a source is not played (RFC 3550 §A.1).
            assertThat(statistics.drops()).isEqualTo(new MediaStatistics.Drops(0, 0, 0, 0, 0, 1, 0, 0, 0));
            assertThat(lost.subList(2, lost.size()))
                    .allSatisfy(packet -> assertThat(isHeard(heard, spoken, packet))
                            .as("packet %d", packet)
                            .isTrue());
        }
    }

    /** As many in a row are lost as a packet has blocks for. */
    @ParameterizedTest
    @CsvSource({"0.05, 1", "0.25, 2"})
    void GStreamer_makes_up_for_lost_packets_by_ours(double loss, int blocks) throws IOException {
        network.defaultConditions(LinkConditions.LAN);
        SimulatedHost aliceHost = network.host(ALICE);
        SimulatedHost bobHost = network.host(BOB);
        try (Party alice = new Party(aliceHost, ALICE);
                Party bob = new Party(bobHost, BOB)) {
            alice.configure(bob.session.localRtp());
            bob.configure(alice.session.localRtp());
            network.conditions(ALICE, BOB, LinkConditions.LAN.withLoss(loss));
            speak(alice, bob, 30);
            network.trace().clear();
            speak(alice, bob, 6);

            List<byte[]> sent = network.trace().packets().stream()
                    .filter(packet -> packet.to().equals(bob.session.localRtp()))
                    .map(PacketTrace.Packet::payload)
                    .filter(packet -> (packet[1] & 0x7F) == RED)
                    .toList();
            assertThat(sent).hasSizeBetween(290, 310);
            Map<Integer, byte[]> primaries = new TreeMap<>();
            ByteArrayOutputStream arrived = new ByteArrayOutputStream();
            for (int i = 0; i < sent.size(); i++) {
                byte[] packet = sent.get(i);
                primaries.put(number(packet), Arrays.copyOfRange(packet, packet.length - FRAME, packet.length));
                boolean isLost = i > 10 && i % 20 < blocks;
                if (!isLost) {
                    arrived.write(packet.length >> 8);
                    arrived.write(packet.length);
                    arrived.write(packet);
                }
            }
            Files.write(directory.resolve("arrived"), arrived.toByteArray());
            gstreamer("filesrc location=arrived ! application/x-rtp-stream,media=audio,clock-rate=8000,"
                    + "encoding-name=RED,payload=" + RED + " ! rtpstreamdepay ! rtpreddec pt=" + RED
                    + " ! rtpstreampay ! filesink location=read");

            Map<Integer, byte[]> read = new TreeMap<>();
            for (byte[] packet : framed(Files.readAllBytes(directory.resolve("read")))) {
                assertThat(packet[1] & 0x7F).isZero();
                read.put(number(packet), Arrays.copyOfRange(packet, HEADER, packet.length));
            }
            assertThat(read.keySet()).containsAll(primaries.keySet());
            assertThat(primaries)
                    .allSatisfy((number, primary) ->
                            assertThat(read.get(number)).as("packet %d", number).isEqualTo(primary));
        }
    }

    private void speak(Party alice, Party bob, int seconds) {
        for (int i = 0; i < seconds * 50; i++) {
            short[] frame = new short[FRAME];
            for (int k = 0; k < FRAME; k++) {
                frame[k] = (short) random.nextInt();
            }
            alice.session.audioIn(8_000).captured(frame);
            time.advance(FRAME_TIME);
            bob.fetch();
        }
    }

    private void gstreamer(String pipeline) {
        List<String> command = new ArrayList<>(List.of("gst-launch-1.0", "-q"));
        Collections.addAll(command, pipeline.split(" "));
        PeerProcess.run(directory, LIMIT, command.toArray(new String[0]));
    }

    /** RFC 4571 §2: each packet follows its length. */
    private static List<byte[]> framed(byte[] octets) {
        List<byte[]> packets = new ArrayList<>();
        for (int at = 0; at < octets.length; ) {
            int length = (octets[at] & 0xFF) << 8 | octets[at + 1] & 0xFF;
            packets.add(Arrays.copyOfRange(octets, at + 2, at + 2 + length));
            at += 2 + length;
        }
        return packets;
    }

    private static int number(byte[] packet) {
        return (packet[2] & 0xFF) << 8 | packet[3] & 0xFF;
    }

    /** Its middle, as the buffer may cut and stretch, and there are crossfades to what is made up. */
    private static boolean isHeard(short[] heard, byte[] spoken, int packet) {
        short[] middle = new short[40];
        for (int i = 0; i < middle.length; i++) {
            middle[i] = G711.ULAW.decode(spoken[packet * FRAME + 60 + i]);
        }
        for (int at = 0; at + middle.length <= heard.length; at++) {
            if (Arrays.equals(heard, at, at + middle.length, middle, 0, middle.length)) {
                return true;
            }
        }
        return false;
    }

    /** An end of a call in clear. */
    private final class Party implements AutoCloseable {
        private final MediaEngine engine;
        private final MediaSession session;
        private final short[] frame = new short[FRAME];

        Party(SimulatedHost host, String address) throws IOException {
            engine = new MediaEngine(time, host, time.random(address), 2, (thread, failure) -> {
                throw new AssertionError(failure);
            });
            session = engine.open(InetAddress.getByName(address), RedundancyInteropTest.this);
        }

        void configure(InetSocketAddress far) {
            session.configure(new MediaParameters(
                    far,
                    null,
                    PayloadFormat.ofStatic(G711.ULAW),
                    -1,
                    PayloadTypeMap.of(List.of(), List.of()).with(new Redundancy(RED, RED, 8_000)),
                    20,
                    MediaDirection.SENDRECV,
                    new Keying.Clear()));
            time.settle();
        }

        short[] fetch() {
            session.audioOut(8_000).fill(frame);
            return frame;
        }

        @Override
        public void close() {
            session.close();
            time.advance(Duration.ofSeconds(1));
            engine.close();
            time.settle();
        }
    }

    @Override
    public void dtmf(char digit, Duration length) {}

    @Override
    public void remoteLatched(InetSocketAddress from) {}

    @Override
    public void rtpTimeout(Duration silence) {}

    @Override
    public void resumed() {}

    @Override
    public void failed(Reason reason) {
        throw new AssertionError(reason);
    }
}
