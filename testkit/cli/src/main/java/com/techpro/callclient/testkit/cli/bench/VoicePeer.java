// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.testkit.contracts.TemporaryFolder;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Another program's voice processing, which takes a whole recording in a process of its own. */
enum VoicePeer {
    /**
     * GStreamer's element, which is WebRTC's audio processing. As both signals come from one stereo file, {@code
     * webrtcechoprobe} has each 10 ms of the loudspeaker before the microphone's.
     */
    WEBRTC("webrtcdsp") {
        @Override
        List<String> command(Path both, Path out, int rate, boolean echo, boolean noise) {
            List<String> command = new ArrayList<>(List.of("gst-launch-1.0", "-q", "filesrc", "location=" + both));
            // Buffers of 10 ms: four bytes for each moment.
            command.addAll(List.of(
                    "blocksize=" + rate / 100 * 4, "!", "rawaudioparse", "sample-rate=" + rate, "num-channels=2"));
            command.addAll(List.of("!", "deinterleave", "name=d", "d.src_0", "!"));
            command.addAll(resampled(rate, TAKEN));
            command.addAll(List.of("webrtcechoprobe", "name=p", "!", "fakesink", "sync=false", "async=false"));
            command.addAll(List.of("d.src_1", "!"));
            command.addAll(resampled(rate, TAKEN));
            command.addAll(List.of("webrtcdsp", "probe=p", "echo-cancel=" + echo, "noise-suppression=" + noise));
            command.addAll(List.of("gain-control=false", "!"));
            command.addAll(resampled(rate, rate));
            command.addAll(List.of("filesink", "location=" + out, "sync=false", "async=false"));
            return command;
        }

        /** It takes 8, 16, 32 and 48 kHz. */
        private List<String> resampled(int rate, int to) {
            return rate % 8000 == 0 ? List.of() : List.of("audioresample", "!", "audio/x-raw,rate=" + to, "!");
        }

        @Override
        @Nullable
        String version() {
            String element = output(List.of("gst-inspect-1.0", "webrtcdsp"));
            Matcher version = Pattern.compile("Version +([0-9.]+)").matcher(element);
            Matcher file = Pattern.compile("Filename +(\\S+)").matcher(element);
            if (!version.find() || !file.find()) {
                return null;
            }
            Matcher library = Pattern.compile("libwebrtc-audio-processing-([0-9]+)\\.so\\.([0-9]+)")
                    .matcher(output(List.of("ldd", file.group(1))));
            return title() + " " + version.group(1) + " with webrtc-audio-processing "
                    + (library.find() ? library.group(1) + "." + library.group(2) : "of unknown version");
        }
    },
    /** Xiph's library, driven by Python. */
    SPEEX("libspeexdsp") {
        @Override
        List<String> command(Path both, Path out, int rate, boolean echo, boolean noise) {
            List<String> command = new ArrayList<>(List.of("python3", "-c", script()));
            command.addAll(List.of(both.toString(), out.toString(), Integer.toString(rate)));
            command.addAll(List.of(echo ? "1" : "0", noise ? "1" : "0"));
            return command;
        }

        @Override
        @Nullable
        String version() {
            String file = output(List.of("python3", "-c", script()));
            return file.isBlank() ? null : file.strip();
        }
    };

    private static final int SECONDS = 120;

    /** What a rate that it does not take becomes. */
    private static final int TAKEN = 48000;

    private final String title;

    VoicePeer(String title) {
        this.title = title;
    }

    /** Its name as its users know it. */
    String title() {
        return title;
    }

    /** Its name and version; null if it is not installed. */
    abstract @Nullable String version();

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
        return ended(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** What a program prints; empty if it fails or is not installed. */
    private static String output(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String printed;
            try (InputStream out = process.getInputStream()) {
                printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            }
            return ended(process) ? printed : "";
        } catch (IOException notInstalled) {
            return "";
        }
    }

    private static boolean ended(Process process) {
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
