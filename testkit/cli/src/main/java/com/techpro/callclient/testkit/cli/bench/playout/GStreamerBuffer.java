// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench.playout;

import com.techpro.callclient.testkit.cli.bench.playout.NetworkTrace.Arrival;
import com.techpro.callclient.testkit.contracts.TemporaryFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * GStreamer's {@code rtpjitterbuffer} and {@code spanplc}, as a process of its own. It reads the packets from a
 * file at the times of their arrival, in real time, so several run at once.
 */
final class GStreamerBuffer implements RealTimePlayers.Player {
    private static final int PORT = 4_000;
    /** Beyond the recording's own length. */
    private static final int SPARE_SECONDS = 60;

    private final NetworkTrace trace;
    private final int latencyMillis;
    private final TemporaryFolder folder;
    private final Path output;
    private final Process process;

    private GStreamerBuffer(NetworkTrace trace, int latencyMillis) throws IOException {
        this.trace = trace;
        this.latencyMillis = latencyMillis;
        folder = new TemporaryFolder("callclient-playout");
        Path input = folder.path().resolve("in.pcap");
        output = folder.path().resolve("out.raw");
        Files.write(input, pcap(trace));
        List<String> command = new ArrayList<>(List.of("gst-launch-1.0", "-q", "filesrc", "location=" + input, "!"));
        command.addAll(List.of("pcapparse", "dst-port=" + PORT, "!"));
        command.addAll(List.of("application/x-rtp,media=audio,clock-rate=8000,encoding-name=PCMU,payload=0", "!"));
        command.addAll(List.of("identity", "sync=true", "!", "rtpjitterbuffer", "do-lost=true"));
        command.addAll(List.of("latency=" + latencyMillis, "!", "rtppcmudepay", "!", "mulawdec", "!", "spanplc", "!"));
        // As GStreamer's speakers do, it puts up with 40 ms of misplacement before it splices.
        command.addAll(List.of("audiorate", "!", "filesink", "location=" + output, "sync=false"));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Starts to play; null if GStreamer is not installed. */
    static @Nullable GStreamerBuffer start(NetworkTrace trace, int latencyMillis) throws IOException {
        try {
            return new GStreamerBuffer(trace, latencyMillis);
        } catch (IOException none) {
            return null;
        }
    }

    @Override
    public short @Nullable [] played(int samples) throws IOException {
        int seconds = samples / NetworkTrace.SAMPLE_RATE + SPARE_SECONDS;
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS) || process.exitValue() != 0 || !Files.exists(output)) {
                return null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(output)).order(ByteOrder.LITTLE_ENDIAN);
        short[] sound = new short[bytes.remaining() / 2];
        bytes.asShortBuffer().get(sound);
        // Its clock starts with the first packet, and a sink would play each sample that much later.
        int from = (int) ((trace.arrivals().get(0).millis() + latencyMillis) * 8);
        short[] played = new short[samples];
        System.arraycopy(sound, 0, played, from, Math.min(sound.length, samples - from));
        return played;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        folder.close();
    }

    /** The file format of libpcap 2.4, with IPv4 packets without a link layer. */
    private static byte[] pcap(NetworkTrace trace) {
        ByteBuffer file = ByteBuffer.allocate(24 + trace.arrivals().size() * (16 + 20 + 8 + 12 + NetworkTrace.FRAME));
        file.putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0);
        file.putInt(65_535).putInt(101);
        for (Arrival arrival : trace.arrivals()) {
            int udp = 8 + 12 + arrival.payload().length;
            long micros = (long) (arrival.millis() * 1_000);
            file.putInt((int) (micros / 1_000_000)).putInt((int) (micros % 1_000_000));
            file.putInt(20 + udp).putInt(20 + udp);
            file.put((byte) 0x45).put((byte) 0).putShort((short) (20 + udp)).putInt(0);
            file.put((byte) 64)
                    .put((byte) 17)
                    .putShort((short) 0)
                    .putInt(0x7f000001)
                    .putInt(0x7f000001);
            file.putShort((short) PORT)
                    .putShort((short) PORT)
                    .putShort((short) udp)
                    .putShort((short) 0);
            file.put((byte) 0x80)
                    .put((byte) 0)
                    .putShort((short) arrival.sequence())
                    .putInt(arrival.timestamp());
            file.putInt(arrival.ssrc()).put(arrival.payload());
        }
        return Arrays.copyOf(file.array(), file.position());
    }
}
