// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.judge.speech.Recording;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SoakAudioTest {
    private static final AudioStreamListener NOBODY = new AudioStreamListener() {
        @Override
        public void interrupted(String reason) {}

        @Override
        public void restored() {}
    };

    private final VirtualTime time = VirtualTime.seeded(1);
    private AudioClock clock;
    private SpeechSource talk;

    @BeforeEach
    void start() throws Exception {
        clock = new AudioClock(time.openLoop("audio", (thread, failure) -> {
            throw new AssertionError(failure);
        }));
        talk = new SpeechSource(SpeechClip.builtIn(), 1000);
    }

    @AfterEach
    void stop() {
        clock.close();
        time.close();
    }

    @Test
    void microphone_and_speaker_share_one_sample_count() throws Exception {
        SoakAudio audio = new SoakAudio(clock, talk, 10);
        // Given a line with a delay of exactly one frame
        var line = new ArrayDeque<short[]>();
        AudioStream microphone =
                audio.openCapture(null, AudioFormat.NARROWBAND, frame -> line.add(frame.clone()), NOBODY);
        AudioStream speaker = audio.openPlayback(
                null,
                AudioFormat.NARROWBAND,
                frame -> System.arraycopy(line.isEmpty() ? new short[80] : line.remove(), 0, frame, 0, 80),
                NOBODY);
        time.advance(Duration.ofSeconds(1));
        microphone.close();
        speaker.close();
        var recordings = new ArrayList<Recording>();
        audio.recording(recordings::add);
        time.advance(Duration.ofMillis(1));

        // Then each sample was played the same number of samples after it was said
        Recording heard = recordings.get(0);
        assertThat(heard.samples().length).isBetween(7800, 8000);
        int delay = 80 + 40;
        for (int i = 320; i < heard.samples().length; i++) {
            assertThat(heard.samples()[i]).isEqualTo(talk.at(heard.from() + i - delay));
        }
    }

    @Test
    void frames_keep_their_pace_however_late_the_machine_is() throws Exception {
        List<Long> frames = new ArrayList<>();
        SoakAudio audio = new SoakAudio(clock, talk, 10);
        AudioStream microphone =
                audio.openCapture(null, AudioFormat.NARROWBAND, frame -> frames.add(clock.position()), NOBODY);

        time.advance(Duration.ofSeconds(2));
        microphone.close();
        time.advance(Duration.ofSeconds(2));

        assertThat(frames).hasSizeBetween(199, 200);
        assertThat(clock.openStreams()).isZero();
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void a_muted_microphone_keeps_its_pace_and_says_nothing() throws Exception {
        List<Integer> levels = new ArrayList<>();
        AudioStream microphone = new SoakAudio(clock, talk, 10)
                .openCapture(null, AudioFormat.NARROWBAND, frame -> levels.add(loudest(frame)), NOBODY);
        microphone.setMuted(true);

        time.advance(Duration.ofSeconds(1));

        assertThat(levels).hasSizeBetween(99, 100).containsOnly(0);
        microphone.close();
    }

    @Test
    void a_recording_is_bounded() throws Exception {
        SoakAudio audio = new SoakAudio(clock, talk, 1);
        AudioStream speaker = audio.openPlayback(null, AudioFormat.NARROWBAND, frame -> {}, NOBODY);

        time.advance(Duration.ofSeconds(5));
        speaker.close();

        var recordings = new ArrayList<Recording>();
        audio.recording(recordings::add);
        time.advance(Duration.ofMillis(1));
        assertThat(recordings.get(0).samples()).hasSize(8000);
    }

    @Test
    void another_device_or_format_is_refused_with_its_reason() {
        SoakAudio audio = new SoakAudio(clock, talk, 1);

        assertThatThrownBy(() -> audio.openPlayback("other", AudioFormat.NARROWBAND, frame -> {}, NOBODY))
                .isInstanceOfSatisfying(
                        AudioUnavailableException.class,
                        refused -> assertThat(refused.reason())
                                .isEqualTo(AudioUnavailableException.Reason.NO_SUCH_DEVICE));
        assertThatThrownBy(() ->
                        audio.openCapture(null, new AudioFormat(16000, Duration.ofMillis(10)), frame -> {}, NOBODY))
                .isInstanceOfSatisfying(
                        AudioUnavailableException.class,
                        refused -> assertThat(refused.reason())
                                .isEqualTo(AudioUnavailableException.Reason.UNSUPPORTED_FORMAT));
    }

    @Test
    void a_wideband_card_has_the_rate_of_the_speech_and_the_same_time_base() throws Exception {
        SoakAudio audio = SoakAudio.wideband(clock, talk, 10);
        AudioFormat fullband = new AudioFormat(48_000, Duration.ofMillis(10));
        var line = new ArrayDeque<short[]>();
        AudioStream microphone = audio.openCapture(null, fullband, frame -> line.add(frame.clone()), NOBODY);
        AudioStream speaker = audio.openPlayback(
                null,
                fullband,
                frame -> System.arraycopy(line.isEmpty() ? new short[480] : line.remove(), 0, frame, 0, 480),
                NOBODY);
        time.advance(Duration.ofSeconds(1));
        microphone.close();
        speaker.close();
        var recordings = new ArrayList<Recording>();
        audio.recording(recordings::add);
        time.advance(Duration.ofMillis(1));

        Recording heard = recordings.get(0);
        Recording wideband = heard.at(SpeechClip.Rate.WIDEBAND);
        int delay = 80 + 40;
        assertThat(wideband.samples().length).isBetween(15_600, 16_000);
        for (int i = 1_000; i < wideband.samples().length - 100; i++) {
            long said = 2 * (heard.from() - delay) + i;
            assertThat((int) wideband.samples()[i]).isCloseTo(talk.at(SpeechClip.Rate.WIDEBAND, said), within(250));
        }
    }

    private static int loudest(short[] frame) {
        int most = 0;
        for (short sample : frame) {
            most = Math.max(most, Math.abs(sample));
        }
        return most;
    }
}
