// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.testkit.contracts.AudioPortContract;
import com.techpro.callclient.testkit.contracts.Lacks;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Lacks(value = "loopback", because = "the file that is recorded is not the one that is played")
@Lacks(value = "loss of the devices", because = "files stay")
@Lacks(value = "change of the default", because = "the files are chosen once")
@Lacks(value = "a headset", because = "files stay")
class FileAudioTest extends AudioPortContract {
    private static final AudioStreamListener DEAF = new AudioStreamListener() {
        @Override
        public void interrupted(String reason) {}

        @Override
        public void restored() {}
    };

    private final VirtualTime time = VirtualTime.seeded(5);

    @TempDir
    Path directory;

    private Path microphone;
    private Path speaker;
    private FileAudio audio;

    @BeforeEach
    void openFiles() throws IOException {
        microphone = directory.resolve("says.wav");
        speaker = directory.resolve("heard.wav");
        short[] counting = new short[400];
        for (int i = 0; i < counting.length; i++) {
            counting[i] = (short) (i + 1);
        }
        WavFile.write(microphone, counting, 8000);
        audio = new FileAudio(time.openLoop("files"), microphone, speaker);
    }

    @AfterEach
    void closeFiles() throws IOException {
        audio.close();
    }

    @Override
    protected AudioPort port() {
        return audio;
    }

    @Override
    protected void await(BooleanSupplier condition) {
        time.runUntil(condition, Duration.ofSeconds(10));
    }

    @Override
    protected long nanoTime() {
        return time.nanoTime();
    }

    @Test
    void theMicrophoneHearsTheFileOverAndOverAndGoesOnAfterAHoldWhereItStopped() throws Exception {
        List<Short> heard = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try (AudioStream stream =
                    audio.openCapture(null, AudioFormat.NARROWBAND, frame -> addAll(heard, frame), DEAF)) {
                time.advance(Duration.ofMillis(60));
            }
        }

        assertThat(heard).hasSize(960);
        for (int i = 0; i < 960; i++) {
            assertThat(heard.get(i)).isEqualTo((short) (i % 400 + 1));
        }
    }

    @Test
    void oneRecordingHoldsAllThatWasPlayed() throws Exception {
        for (int value = 1; value <= 2; value++) {
            short said = (short) (1000 * value);
            try (AudioStream stream =
                    audio.openPlayback(null, AudioFormat.NARROWBAND, frame -> Arrays.fill(frame, said), DEAF)) {
                time.advance(Duration.ofSeconds(1));
            }
        }
        audio.close();

        short[] recorded = WavFile.read(speaker, 8000);
        assertThat(recorded).hasSize(16_000);
        assertThat(Arrays.copyOf(recorded, 8000)).containsOnly((short) 1000);
        assertThat(Arrays.copyOfRange(recorded, 8000, 16_000)).containsOnly((short) 2000);
    }

    @Test
    void oneRecordingHoldsCallsOfSeveralSampleRates() throws Exception {
        for (int rate : new int[] {16_000, 8_000}) {
            AudioFormat format = new AudioFormat(rate, AudioFormat.NARROWBAND.frame());
            try (AudioStream stream =
                    audio.openPlayback(null, format, frame -> Arrays.fill(frame, (short) 1000), DEAF)) {
                time.advance(Duration.ofSeconds(1));
            }
        }
        audio.close();

        assertThat(WavFile.read(speaker, 16_000)).hasSizeBetween(31_900, 32_000);
    }

    @Test
    void aRecordingThatWasNeverClosedCanBePlayedToItsLastWholeSecond() throws Exception {
        audio.openPlayback(null, AudioFormat.NARROWBAND, frame -> Arrays.fill(frame, (short) 5), DEAF);
        time.advance(Duration.ofMillis(2500));

        assertThat(WavFile.read(speaker, 8000)).hasSize(16_000);
    }

    @Test
    void filesThatCannotServeAreRefusedWithTheReason() throws Exception {
        Files.writeString(microphone, "no sound");
        assertRefused(
                AudioUnavailableException.Reason.FAILED,
                "not a WAV file",
                () -> audio.openCapture(null, AudioFormat.NARROWBAND, frame -> {}, DEAF));

        WavFile.write(microphone, new short[0], 8000);
        assertRefused(
                AudioUnavailableException.Reason.FAILED,
                "no sound",
                () -> audio.openCapture(null, AudioFormat.NARROWBAND, frame -> {}, DEAF));

        FileAudio nowhere = new FileAudio(time.openLoop("x"), null, directory.resolve("missing/heard.wav"));
        assertRefused(
                AudioUnavailableException.Reason.FAILED,
                "speaker's file",
                () -> nowhere.openPlayback(null, AudioFormat.NARROWBAND, frame -> {}, DEAF));
        assertRefused(
                AudioUnavailableException.Reason.NO_SUCH_DEVICE,
                "no such device",
                () -> nowhere.openCapture(null, AudioFormat.NARROWBAND, frame -> {}, DEAF));
    }

    private static void assertRefused(AudioUnavailableException.Reason reason, String words, ThrowingCallable opening) {
        assertThatThrownBy(opening)
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        AudioUnavailableException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    private static void addAll(List<Short> heard, short[] frame) {
        for (short sample : frame) {
            heard.add(sample);
        }
    }
}
