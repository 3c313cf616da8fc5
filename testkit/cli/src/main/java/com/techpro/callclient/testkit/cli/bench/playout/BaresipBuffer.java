// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench.playout;

import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.testkit.cli.bench.playout.NetworkTrace.Arrival;
import com.techpro.callclient.testkit.contracts.TemporaryFolder;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * baresip's jitter buffer as its package sets it up, with {@code spandsp}'s concealment, in a call of its own. Its
 * speaker is its microphone ({@code aubridge}), so it sends back what it plays, and both ways are timed by one clock. Each
 * returned frame counts as heard when baresip's device fetched it, as if the device had no delay.
 */
final class BaresipBuffer implements RealTimePlayers.Player {
    private static final Duration START = Duration.ofSeconds(10);
    private static final int SPARE_SECONDS = 60;
    /** From the answer to the first sample. */
    private static final double LEAD_MILLIS = 300;

    private static final int HEADER = 12;
    /** Which the device's thread may fetch while it starts. */
    private static final int FIRST_FRAMES = 25;

    private static final String CONFIGURATION = String.join(
            "\n",
            "poll_method epoll",
            "sip_listen 127.0.0.1:0",
            "audio_source aubridge,loop",
            "audio_player aubridge,loop",
            "audio_alert aubridge,alert",
            "audio_path /nonexistent",
            "module_path /usr/lib/baresip/modules",
            "module g711.so",
            "module plc.so",
            "module aubridge.so",
            "module_app account.so",
            "module_app menu.so",
            // The defaults of baresip 1.1.
            "audio_buffer 20-160",
            "jitter_buffer_type fixed",
            "jitter_buffer_delay 5-10",
            "");

    private final TemporaryFolder folder;
    private final BaresipCall call;
    private final Process process;
    private final ReturnedSound returned = new ReturnedSound();
    private final FutureTask<short[]> task;

    private BaresipBuffer(NetworkTrace trace, int samples) throws IOException {
        folder = new TemporaryFolder("callclient-baresip");
        Files.writeString(folder.path().resolve("config"), CONFIGURATION);
        Files.writeString(
                folder.path().resolve("accounts"), "<sip:peer@127.0.0.1>;regint=0;audio_codecs=PCMU/8000/1\n");
        Files.writeString(folder.path().resolve("contacts"), "");
        call = new BaresipCall();
        String directory = folder.path().toString();
        try {
            process = new ProcessBuilder("baresip", "-4", "-f", directory, "-e", "/dial " + call.uri())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException none) {
            call.close();
            folder.close();
            throw none;
        }
        task = new FutureTask<>(() -> run(trace, samples));
        Thread thread = new Thread(task, "callclient-baresip");
        thread.setDaemon(true);
        thread.start();
    }

    /** Starts to play; null if baresip is not installed. */
    static @Nullable BaresipBuffer start(NetworkTrace trace, int samples) throws IOException {
        try {
            return new BaresipBuffer(trace, samples);
        } catch (IOException none) {
            return null;
        }
    }

    @Override
    public short @Nullable [] played(int samples) {
        try {
            return task.get(samples / NetworkTrace.SAMPLE_RATE + SPARE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public String note() {
        return String.format(Locale.ROOT, ", its clock up to %.0f ms late", returned.latest());
    }

    private short[] run(NetworkTrace trace, int samples) throws IOException {
        InetSocketAddress peer = call.answer(START);
        DatagramSocket media = call.media();
        List<Arrival> arrivals = trace.arrivals();
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        long start = System.nanoTime();
        double end = samples * 1000.0 / NetworkTrace.SAMPLE_RATE;
        int next = 0;
        for (double now = -LEAD_MILLIS; now < end; now = (System.nanoTime() - start) / 1e6 - LEAD_MILLIS) {
            while (next < arrivals.size() && arrivals.get(next).millis() <= now) {
                byte[] bytes = rtp(arrivals.get(next++));
                media.send(new DatagramPacket(bytes, bytes.length, peer));
            }
            double until = next < arrivals.size() ? arrivals.get(next).millis() : end;
            media.setSoTimeout(Math.max(1, (int) (until - now)));
            try {
                media.receive(packet);
                double at = (System.nanoTime() - start) / 1e6 - LEAD_MILLIS;
                returned.add(at, ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
            } catch (SocketTimeoutException due) {
                // The next packet is to be sent.
            }
        }
        call.bye();
        return returned.sound(samples);
    }

    private static byte[] rtp(Arrival arrival) {
        ByteBuffer packet = ByteBuffer.allocate(HEADER + arrival.payload().length);
        packet.put((byte) 0x80).put((byte) 0).putShort((short) arrival.sequence());
        packet.putInt(arrival.timestamp()).putInt(arrival.ssrc()).put(arrival.payload());
        return packet.array();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        call.close();
        folder.close();
    }

    /** What comes back, by the clock of baresip's device: its RTP timestamps, as early as any frame was seen to be. */
    static final class ReturnedSound {
        private final List<byte[]> payloads = new ArrayList<>();
        private final List<Integer> positions = new ArrayList<>();
        private int first;
        private final List<Double> starts = new ArrayList<>();
        private double origin = Double.POSITIVE_INFINITY;

        /** Adds an RTP packet with PCMU; others are passed over. */
        void add(double millis, ByteBuffer packet) {
            if (packet.remaining() <= HEADER || (packet.get(1) & 0x7F) != 0) {
                return;
            }
            int timestamp = packet.getInt(4);
            if (payloads.isEmpty()) {
                first = timestamp;
            }
            byte[] payload = new byte[packet.remaining() - HEADER];
            packet.position(HEADER);
            packet.get(payload);
            payloads.add(payload);
            positions.add(timestamp - first);
            double start = millis - (timestamp - first) * 1000.0 / NetworkTrace.SAMPLE_RATE;
            starts.add(start);
            origin = Math.min(origin, start);
        }

        /** By how many milliseconds a frame came late at most, not counting the first ones; a busy machine's doing. */
        double latest() {
            return starts.stream()
                    .skip(FIRST_FRAMES)
                    .mapToDouble(start -> start - origin)
                    .max()
                    .orElse(Double.NaN);
        }

        /** Sample n is heard n / 8 ms after the trace's first sample was spoken. */
        short[] sound(int samples) {
            short[] sound = new short[samples];
            int from = payloads.isEmpty() ? 0 : (int) Math.round(origin * NetworkTrace.SAMPLE_RATE / 1000);
            for (int i = 0; i < payloads.size(); i++) {
                int at = from + positions.get(i);
                for (int j = 0; j < payloads.get(i).length; j++) {
                    if (at + j >= 0 && at + j < samples) {
                        sound[at + j] = G711.ULAW.decode(payloads.get(i)[j]);
                    }
                }
            }
            return sound;
        }
    }
}
