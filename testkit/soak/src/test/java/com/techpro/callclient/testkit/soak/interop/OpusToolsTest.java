// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.media.codec.Decoder;
import com.techpro.callclient.stack.media.codec.Encoder;
import com.techpro.callclient.stack.media.codec.Opus;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Speech through our Opus and libopus, by its own tools {@code opusenc} and {@code opusdec}. Both decoders must come to the same samples, but for rounding. */
@Tag("interop")
class OpusToolsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int RATE = 48_000;
    private static final int FRAME = RATE / 50;
    private static final int PRE_SKIP = 312;
    /** The one decodes in fixed point, the other in floating point. */
    private static final double SAME_DECIBELS = 40;

    @TempDir
    static Path directory;

    private static short[] speech;

    @BeforeAll
    static void speak() throws IOException {
        run(
                "espeak-ng",
                "-D",
                "-w",
                "raw.wav",
                "She sells sea shells by the sea shore, and six thick thistle sticks are whistling in the whispering wind.");
        run("sox", "raw.wav", "-r", "48000", "-c", "1", "-b", "16", "speech.wav");
        speech = WavFile.read(directory.resolve("speech.wav"), RATE);
        assertThat(speech.length).isGreaterThan(4 * RATE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--bitrate 12 --speech",
                "--bitrate 24 --speech --expect-loss 10",
                "--bitrate 64 --music",
                "--bitrate 24 --framesize 60",
                "--bitrate 32 --framesize 2.5",
                "--bitrate 16 --speech --hard-cbr"
            })
    void speech_encoded_by_libopus_decodes_as_it_does_in_libopus(String options) throws IOException {
        List<String> command = new ArrayList<>(List.of("opusenc", "--quiet"));
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of("speech.wav", "theirs.opus"));
        run(command.toArray(String[]::new));

        short[] heard = decoded(OggOpus.read(directory.resolve("theirs.opus")));

        short[] reference = opusdec("theirs.opus");
        assertThat(decibels(reference, heard, PRE_SKIP)).isGreaterThan(SAME_DECIBELS);
        // How loud it makes it is libopus's affair, and differs from processor to processor; that there is speech at
        // all is ours.
        assertThat(loudness(heard) / loudness(speech)).isBetween(0.6, 1.5);
    }

    /** How much of a waveform is kept depends on what is said: without {@code -D} espeak-ng never says a thing twice alike. */
    @ParameterizedTest
    @CsvSource({
        "useinbandfec=1, 0.8",
        "maxplaybackrate=8000, 0.8",
        "maxplaybackrate=16000;maxaveragebitrate=24000, 0.8",
        "cbr=1, 0.8",
        "maxaveragebitrate=8000, 0.75"
    })
    void speech_that_we_encode_decodes_the_same_in_libopus_and_here(String fmtp, double likeness) throws IOException {
        List<byte[]> packets = encoded(Opus.INSTANCE.newEncoder(fmtp));
        OggOpus.write(directory.resolve("ours.opus"), packets);

        short[] theirs = opusdec("ours.opus");

        assertThat(decibels(theirs, decoded(packets), PRE_SKIP)).isGreaterThan(SAME_DECIBELS);
        assertThat(likeness(theirs, 0)).isGreaterThan(likeness);
        assertThat(loudness(theirs) / loudness(speech)).isBetween(0.8, 1.2);
    }

    @Test
    void a_file_of_ours_is_one_to_opusinfo() throws IOException {
        OggOpus.write(directory.resolve("ours.opus"), encoded(Opus.INSTANCE.newEncoder("useinbandfec=1")));

        String told = run("opusinfo", "ours.opus");

        assertThat(told)
                .contains("20.0ms (max),   20.0ms (avg),   20.0ms (min)")
                .doesNotContain("WARNING");
    }

    private static List<byte[]> encoded(Encoder encoder) {
        List<byte[]> packets = new ArrayList<>();
        byte[] payload = new byte[1_500];
        for (int at = 0; at + FRAME <= speech.length; at += FRAME) {
            int octets = encoder.encode(speech, at, payload, 0, FRAME);
            packets.add(Arrays.copyOf(payload, octets));
        }
        return packets;
    }

    private static short[] decoded(List<byte[]> packets) {
        Decoder decoder = Opus.INSTANCE.newDecoder();
        short[] heard = new short
                [packets.stream()
                        .mapToInt(packet -> decoder.samples(packet, 0, packet.length))
                        .sum()];
        int at = 0;
        for (byte[] packet : packets) {
            at += decoder.decode(packet, 0, heard, at, packet.length);
        }
        return heard;
    }

    private static short[] opusdec(String file) throws IOException {
        run("opusdec", "--quiet", "--no-dither", "--rate", "48000", "--force-wav", file, "decoded.wav");
        return WavFile.read(directory.resolve("decoded.wav"), RATE);
    }

    /** How far what differs is below what is the same. */
    private static double decibels(short[] reference, short[] heard, int skipped) {
        double energy = 0;
        double error = 0;
        for (int i = 0; i < Math.min(reference.length, heard.length - skipped); i++) {
            double difference = reference[i] - heard[i + skipped];
            energy += (double) reference[i] * reference[i];
            error += difference * difference;
        }
        return 10 * Math.log10(energy / Math.max(1, error));
    }

    private static double likeness(short[] heard, int skipped) {
        double product = 0;
        double one = 0;
        double other = 0;
        for (int i = 0; i < Math.min(speech.length, heard.length - skipped); i++) {
            product += (double) speech[i] * heard[i + skipped];
            one += (double) speech[i] * speech[i];
            other += (double) heard[i + skipped] * heard[i + skipped];
        }
        return product / Math.sqrt(one * other);
    }

    private static double loudness(short[] samples) {
        double energy = 0;
        for (short sample : samples) {
            energy += (double) sample * sample;
        }
        return Math.sqrt(energy / samples.length);
    }

    private static String run(String... command) {
        return PeerProcess.run(directory, LIMIT, command);
    }
}
