// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A PulseAudio of our own whose microphone hears its loudspeaker as in a room, and a person there. The loudspeaker is a null
 * sink; what is recorded from its monitor goes through a decaying impulse response into a pipe, which is the microphone. A JVM started in its
 * {@link #environment} has them as JavaSound's default devices.
 */
final class EchoRoom implements AutoCloseable {
    static final int RATE = 16_000;

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final String LOUDSPEAKER = "loudspeaker";
    private static final String MICROPHONE = "microphone";
    private static final int CHUNK = RATE / 100;
    /** From loudspeaker to microphone, besides what the sound server buffers. */
    private static final int DELAY = RATE * 30 / 1000;
    /** Until the response has decayed by 60 dB. */
    private static final int DECAY = RATE / 10;

    private final Path directory;
    private final PeerProcess server;
    private final float[] response;
    private final Process recorder;
    private final Process listener;
    private final Path pipe;
    private short[] words = {};
    private int said;
    private boolean loud;

    /** @param loss the echo return loss, in dB */
    EchoRoom(Path directory, double loss) {
        this.directory = directory;
        response = response(loss);
        pipe = directory.resolve("microphone.pipe");
        try {
            Files.createDirectories(directory.resolve("run"));
            Files.writeString(
                    directory.resolve(".asoundrc"),
                    "pcm.!default { type pulse hint { show on description \"Pulse\" } }\nctl.!default { type pulse }\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = PeerProcess.start(
                directory,
                environment(),
                List.of(
                        "pulseaudio",
                        "-n",
                        "--daemonize=no",
                        "--exit-idle-time=-1",
                        "--use-pid-file=no",
                        "-L",
                        "module-native-protocol-unix socket=" + directory.resolve("pulse") + " auth-anonymous=1",
                        "-L",
                        "module-null-sink sink_name=" + LOUDSPEAKER + " rate=48000 norewinds=1",
                        "-L",
                        "module-pipe-source source_name=" + MICROPHONE + " file=" + pipe
                                + " format=s16le channels=1 rate=" + RATE));
        Await.until("PulseAudio runs; it printed " + server.output(), () -> control("info") == 0, LIMIT);
        control("set-default-sink", LOUDSPEAKER);
        control("set-default-source", MICROPHONE);
        recorder = record(LOUDSPEAKER + ".monitor", ProcessBuilder.Redirect.PIPE);
        // While nothing records, the server does not read the pipe, and the microphone would be late.
        listener = record(MICROPHONE, ProcessBuilder.Redirect.DISCARD);
        Thread thread = new Thread(this::filter, "echo-room");
        thread.setDaemon(true);
        thread.start();
    }

    /** What a process has to be told so that this room's devices are its default ones. */
    Map<String, String> environment() {
        return Map.of(
                "HOME", directory.toString(),
                "XDG_RUNTIME_DIR", directory.resolve("run").toString(),
                "PULSE_SERVER", "unix:" + directory.resolve("pulse"));
    }

    private static float[] response(double loss) {
        Random random = Seeds.random(30);
        double[] taps = new double[DELAY + DECAY];
        double energy = 0;
        for (int i = 0; i < DECAY; i++) {
            taps[DELAY + i] = i == 0 ? 1 : 0.08 * random.nextGaussian() * Math.pow(10, -3.0 * i / DECAY);
            energy += taps[DELAY + i] * taps[DELAY + i];
        }
        float[] scaled = new float[taps.length];
        for (int i = 0; i < taps.length; i++) {
            scaled[i] = (float) (taps[i] * Math.pow(10, -loss / 20) / Math.sqrt(energy));
        }
        return scaled;
    }

    private int control(String... words) {
        String[] command = new String[words.length + 1];
        command[0] = "pactl";
        System.arraycopy(words, 0, command, 1, words.length);
        try (PeerProcess running = PeerProcess.start(directory, environment(), List.of(command))) {
            return running.await(LIMIT);
        }
    }

    private Process record(String source, ProcessBuilder.Redirect to) {
        try {
            ProcessBuilder builder = new ProcessBuilder("parec", "--raw", "--format=s16le", "--channels=1");
            builder.command().addAll(List.of("--rate=" + RATE, "--device=" + source));
            builder.command().add("--latency-msec=10");
            builder.environment().putAll(environment());
            builder.redirectOutput(to)
                    .redirectError(directory.resolve("parec.log").toFile());
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void filter() {
        float[] history = new float[response.length - 1 + CHUNK];
        byte[] bytes = new byte[2 * CHUNK];
        ByteBuffer samples = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        short[] mixed = new short[CHUNK];
        try (InputStream in = recorder.getInputStream();
                OutputStream out = Files.newOutputStream(pipe)) {
            while (true) {
                if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                    throw new EOFException("the loudspeaker's monitor ended");
                }
                System.arraycopy(history, CHUNK, history, 0, history.length - CHUNK);
                for (int i = 0; i < CHUNK; i++) {
                    history[response.length - 1 + i] = samples.getShort(2 * i);
                }
                mix(history, mixed);
                for (int i = 0; i < CHUNK; i++) {
                    samples.putShort(2 * i, mixed[i]);
                }
                out.write(bytes);
            }
        } catch (IOException ended) {
            // The room was closed. If not, nothing more is heard, and a test says so.
            return;
        }
    }

    private synchronized void mix(float[] history, short[] mixed) {
        for (int i = 0; i < CHUNK; i++) {
            float sum = 0;
            int newest = response.length - 1 + i;
            for (int j = 0; j < response.length; j++) {
                sum += response[j] * history[newest - j];
            }
            loud |= Math.abs(history[newest]) > 300;
            int word = said < words.length ? words[said++] : 0;
            mixed[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum) + word));
        }
    }

    synchronized void forgetLoudspeaker() {
        loud = false;
    }

    /** Waits until the loudspeaker has been heard since it was forgotten. */
    void awaitLoudspeaker() {
        Await.until(
                "the loudspeaker is heard",
                () -> {
                    synchronized (this) {
                        return loud;
                    }
                },
                LIMIT);
    }

    /** The person in the room says this, once. */
    synchronized void say(short[] samples) {
        words = samples.clone();
        said = 0;
    }

    @Override
    public void close() {
        recorder.destroyForcibly();
        listener.destroyForcibly();
        server.close();
    }
}
