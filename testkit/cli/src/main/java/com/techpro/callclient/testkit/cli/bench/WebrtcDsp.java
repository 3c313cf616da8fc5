// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.testkit.soak.disk.TemporaryFolder;
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
 * GStreamer's {@code webrtcdsp}, which is WebRTC's audio processing, as a process of its own. Both signals come from one
 * stereo file, so that {@code webrtcechoprobe} has each 10 ms of the loudspeaker before the microphone's.
 */
final class WebrtcDsp {
    private static final int SECONDS = 120;

    private WebrtcDsp() {}

    /** Whether GStreamer and this plugin are installed. */
    static boolean installed() throws IOException {
        try {
            Process process = new ProcessBuilder("gst-inspect-1.0", "--exists", "webrtcdsp")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return finished(process) && process.exitValue() == 0;
        } catch (IOException none) {
            return false;
        }
    }

    /**
     * Processes a recording.
     *
     * @return the output as long as the input, or null if the process failed
     */
    static short @Nullable [] process(short[] far, short[] mic, int rate, boolean echo, boolean noise)
            throws IOException {
        try (TemporaryFolder folder = new TemporaryFolder("callclient-sound")) {
            Path input = folder.path().resolve("in.raw");
            Path output = folder.path().resolve("out.raw");
            Files.write(input, stereo(far, mic));
            List<String> command = new ArrayList<>(List.of("gst-launch-1.0", "-q", "filesrc", "location=" + input));
            // Buffers of 10 ms: four bytes for each moment.
            command.addAll(List.of(
                    "blocksize=" + rate / 100 * 4, "!", "rawaudioparse", "sample-rate=" + rate, "num-channels=2"));
            command.addAll(List.of("!", "deinterleave", "name=d", "d.src_0", "!", "webrtcechoprobe", "name=p", "!"));
            command.addAll(List.of("fakesink", "sync=false", "async=false", "d.src_1", "!", "webrtcdsp", "probe=p"));
            command.addAll(List.of("echo-cancel=" + echo, "noise-suppression=" + noise, "gain-control=false", "!"));
            command.addAll(List.of("filesink", "location=" + output, "sync=false", "async=false"));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!finished(process) || process.exitValue() != 0 || !Files.exists(output)) {
                return null;
            }
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(output)).order(ByteOrder.LITTLE_ENDIAN);
            short[] samples = new short[bytes.remaining() / 2];
            bytes.asShortBuffer().get(samples);
            return Arrays.copyOf(samples, mic.length);
        }
    }

    private static boolean finished(Process process) {
        try {
            if (process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                return true;
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
}
