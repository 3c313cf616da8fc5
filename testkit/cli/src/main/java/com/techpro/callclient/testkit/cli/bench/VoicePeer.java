// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.testkit.soak.disk.TemporaryFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Another program's voice processing, which takes a whole recording in a process of its own. */
enum VoicePeer {
    /**
     * GStreamer's element, which is WebRTC's audio processing. As both signals come from one stereo file, {@code
     * webrtcechoprobe} has each 10 ms of the loudspeaker before the microphone's.
     */
    WEBRTC("webrtcdsp", List.of("gst-inspect-1.0", "--exists", "webrtcdsp")) {
        @Override
        List<String> command(Path both, Path out, int rate, boolean echo, boolean noise) {
            List<String> command = new ArrayList<>(List.of("gst-launch-1.0", "-q", "filesrc", "location=" + both));
            // Buffers of 10 ms: four bytes for each moment.
            command.addAll(List.of(
                    "blocksize=" + rate / 100 * 4, "!", "rawaudioparse", "sample-rate=" + rate, "num-channels=2"));
            command.addAll(List.of("!", "deinterleave", "name=d", "d.src_0", "!", "webrtcechoprobe", "name=p", "!"));
            command.addAll(List.of("fakesink", "sync=false", "async=false", "d.src_1", "!", "webrtcdsp", "probe=p"));
            command.addAll(List.of("echo-cancel=" + echo, "noise-suppression=" + noise, "gain-control=false", "!"));
            command.addAll(List.of("filesink", "location=" + out, "sync=false", "async=false"));
            return command;
        }
    },
    /** Xiph's library, driven by Python. */
    SPEEX("libspeexdsp", List.of("python3", "-c", script())) {
        @Override
        List<String> command(Path both, Path out, int rate, boolean echo, boolean noise) {
            List<String> command = new ArrayList<>(List.of("python3", "-c", script()));
            command.addAll(List.of(both.toString(), out.toString(), Integer.toString(rate)));
            command.addAll(List.of(echo ? "1" : "0", noise ? "1" : "0"));
            return command;
        }
    };

    private static final int SECONDS = 120;

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // it is unmodifiable
    private final List<String> check;

    VoicePeer(String title, List<String> check) {
        this.title = title;
        this.check = check;
    }

    /** Its name as its users know it. */
    String title() {
        return title;
    }

    boolean isInstalled() {
        try {
            return succeeds(check);
        } catch (IOException none) {
            return false;
        }
    }

    /**
     * What processes a recording; both files have samples of 16 bits.
     *
     * @param both the loudspeaker on the left, the microphone on the right
     */
    abstract List<String> command(Path both, Path out, int rate, boolean echo, boolean noise);

    /**
     * Processes a recording.
     *
     * @return the output as long as the input, or null if the process failed
     */
    short @Nullable [] process(short[] far, short[] mic, int rate, boolean echo, boolean noise) throws IOException {
        try (TemporaryFolder folder = new TemporaryFolder("callclient-sound")) {
            Path both = folder.path().resolve("both.raw");
            Path output = folder.path().resolve("out.raw");
            Files.write(both, stereo(far, mic));
            if (!succeeds(command(both, output, rate, echo, noise)) || !Files.exists(output)) {
                return null;
            }
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(output)).order(ByteOrder.LITTLE_ENDIAN);
            short[] samples = new short[bytes.remaining() / 2];
            bytes.asShortBuffer().get(samples);
            return Arrays.copyOf(samples, mic.length);
        }
    }

    private static boolean succeeds(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return false;
    }

    private static byte[] stereo(short[] left, short[] right) {
        ByteBuffer samples = ByteBuffer.allocate(left.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < left.length; i++) {
            samples.putShort(left[i]).putShort(right[i]);
        }
        return samples.array();
    }

    private static String script() {
        try (InputStream script = VoicePeer.class.getResourceAsStream("speexdsp.py")) {
            if (script == null) {
                throw new IllegalStateException("speexdsp.py is missing");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
