// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.SoundLevel;
import com.techpro.callclient.engine.internal.call.context.AudioGate;
import com.techpro.callclient.engine.internal.call.context.AudioStreams;
import com.techpro.callclient.engine.internal.call.context.EchoMemory;
import com.techpro.callclient.engine.internal.call.context.EchoMemory.DevicePair;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Sound;
import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.media.AudioEndpoint;
import com.techpro.callclient.stack.media.sound.LearntEcho;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When devices are opened and closed, step by step of loop and worker. */
class AudioPathTest {
    private static final AudioDevice BUILT_IN_MICROPHONE =
            new AudioDevice("mic", "Built-in", AudioDevice.Direction.CAPTURE, true);
    private static final AudioDevice BUILT_IN_SPEAKER =
            new AudioDevice("speaker", "Built-in", AudioDevice.Direction.PLAYBACK, true);
    private static final Sound BOTH = new Sound(true, true);
    private static final AudioFormat WIDEBAND = new AudioFormat(16_000, AudioFormat.NARROWBAND.frame());

    private static final com.techpro.callclient.testkit.contracts.Sound FAR =
            com.techpro.callclient.testkit.contracts.Sound.noise(1, 8_000);

    private final VirtualTime time = VirtualTime.seeded(4);
    private final Loop scheduler = time.openLoop("signalling");
    private final EngineLoop loop = new EngineLoop(scheduler);
    private final FakeAudio devices = new FakeAudio(scheduler);
    private final Queue<Runnable> worker = new ArrayDeque<>();
    private final AudioGate gate = new AudioGate(loop, () -> true, true);
    private final List<String> told = new ArrayList<>();
    private final List<AudioFormat> formats = new ArrayList<>();
    private final List<short[]> sent = new ArrayList<>();
    private final EchoMemory echoes = new EchoMemory();
    /** Of the microphone. */
    private AudioStreamListener lost;

    private final AudioPath path = new AudioPath(
            loop,
            worker::add,
            new Overheard(),
            CallOptions.DEFAULT,
            Set.of(VoiceEffect.ECHO_CANCELLATION),
            new Jack(),
            new AudioStreams(),
            gate,
            echoes,
            input -> {
                if (input instanceof CallInput.AudioInterrupted interrupted) {
                    told.add(interrupted.failure().code());
                } else {
                    told.add(input.getClass().getSimpleName());
                }
            });

    @BeforeEach
    void plugIn() {
        devices.devices(List.of(
                BUILT_IN_MICROPHONE,
                new AudioDevice("headset-mic", "Headset", AudioDevice.Direction.CAPTURE, false),
                BUILT_IN_SPEAKER,
                new AudioDevice("headset", "Headset", AudioDevice.Direction.PLAYBACK, false)));
    }

    @BeforeEach
    void want() {
        scheduler.execute(() -> path.want(BOTH));
        time.settle();
    }

    @AfterEach
    void close() {
        scheduler.execute(() -> path.want(Sound.NONE));
        time.settle();
        work();
        assertThat(devices.openStreams()).isZero();
        scheduler.close();
        time.settle();
    }

    /** A busy machine lets the loop wait for a processor, and what is said meanwhile would be lost. */
    @Test
    void the_microphone_is_opened_after_the_speaker_without_waiting_for_the_loop() {
        assertThat(worker).hasSize(2);
        worker.forEach(Runnable::run);
        worker.clear();
        assertThat(devices.openStreams()).isEqualTo(2);
    }

    @Test
    void a_device_no_longer_wanted_when_it_opens_is_closed_again() {
        worker.remove().run();
        scheduler.execute(() -> path.want(Sound.NONE));
        time.settle();
        work();
        assertThat(devices.opened()).isEqualTo(2);
        assertThat(devices.openStreams()).isZero();
    }

    @Test
    void while_one_is_being_opened_the_other_is_not_opened_twice() {
        worker.remove().run();
        time.settle();
        scheduler.execute(() -> path.want(BOTH));
        time.settle();
        work();
        assertThat(devices.opened()).isEqualTo(2);
        assertThat(devices.openStreams()).isEqualTo(2);
    }

    @Test
    void another_microphone_opens_after_the_former_one_and_the_speaker_stays() {
        work();
        use("headset-mic", null);
        assertThat(worker).hasSize(1);
        worker.remove().run();
        assertThat(devices.devicesInUse()).containsExactly("speaker");
        time.settle();
        work();

        assertThat(devices.devicesInUse()).containsExactly("speaker", "headset-mic");
        assertThat(told).isEmpty();
    }

    @Test
    void devices_chosen_while_the_former_ones_open_are_the_ones_in_the_end() {
        worker.remove().run();
        use("headset-mic", "headset");
        use("mic", "headset");
        work();

        assertThat(devices.devicesInUse()).containsExactlyInAnyOrder("headset", "mic");
    }

    @Test
    void the_devices_in_use_are_not_reopened() {
        work();
        use(null, null);

        assertThat(worker).isEmpty();
    }

    @Test
    void devices_chosen_on_hold_are_opened_when_the_call_is_resumed() {
        work();
        scheduler.execute(() -> path.want(Sound.NONE));
        time.settle();
        work();
        use("headset-mic", "headset");
        assertThat(worker).isEmpty();
        scheduler.execute(() -> path.want(BOTH));
        time.settle();
        work();

        assertThat(devices.devicesInUse()).containsExactly("headset", "headset-mic");
    }

    @Test
    void a_chosen_device_that_fails_is_told_and_another_is_tried_without_waiting() {
        work();
        use("unplugged", null);
        work();
        assertThat(told).containsExactly("audio-unavailable");
        assertThat(devices.devicesInUse()).containsExactly("speaker");
        use("headset-mic", null);
        work();

        assertThat(devices.devicesInUse()).containsExactly("speaker", "headset-mic");
        assertThat(told).containsExactly("audio-unavailable", "AudioRestored");
    }

    @Test
    void each_choice_that_fails_is_told() {
        work();
        use("unplugged", null);
        work();
        use("unplugged, too", null);
        work();
        assertThat(told).containsExactly("audio-unavailable", "audio-unavailable");
        use("headset-mic", null);
        work();

        assertThat(told).endsWith("AudioRestored").hasSize(3);
    }

    @Test
    void another_speaker_does_not_bring_a_lost_microphone_back() {
        work();
        lost.interrupted("gone");
        time.settle();
        use(null, "headset");
        work();
        assertThat(told).containsExactly("audio-unavailable");
        assertThat(path.levels().microphone()).isEqualTo(SoundLevel.SILENCE);
        lost.restored();
        time.settle();

        assertThat(told).containsExactly("audio-unavailable", "AudioRestored");
        assertThat(path.levels().microphone()).isNotEqualTo(SoundLevel.SILENCE);
    }

    @Test
    void a_wide_band_device_after_a_narrow_band_one_is_opened_in_wide_band() {
        devices.narrowband();
        scheduler.execute(() -> path.want(BOTH, WIDEBAND.sampleRate()));
        time.settle();
        work();
        formats.clear();
        use("headset-mic", null);
        work();

        assertThat(formats).contains(WIDEBAND).endsWith(AudioFormat.NARROWBAND);
        assertThat(devices.devicesInUse()).containsExactlyInAnyOrder("speaker", "headset-mic");
    }

    @Test
    void a_headset_that_the_port_returns_to_is_not_opened_a_second_time() {
        work();
        use("headset-mic", null);
        work();
        devices.devices(List.of(BUILT_IN_MICROPHONE, BUILT_IN_SPEAKER));
        passTime(Duration.ofSeconds(3));
        assertThat(devices.devicesInUse()).containsExactly("speaker", "mic");
        assertThat(told).containsExactly("audio-unavailable", "AudioRestored");
        plugIn();
        passTime(Duration.ofSeconds(10));

        assertThat(devices.devicesInUse()).containsExactly("speaker", "headset-mic");
        assertThat(devices.opened()).isEqualTo(3);
    }

    @Test
    void the_microphone_is_silent_until_its_processing_begins() {
        work();

        assertThat(sent).isNotEmpty().allMatch(samples -> Arrays.equals(samples, new short[3]));
    }

    @Test
    void the_learnt_echo_of_two_devices_is_remembered_when_one_is_exchanged() {
        devices.voiceEffects(Set.of());
        work();
        passTime(Duration.ofSeconds(2));
        assertThat(echoes.of(new DevicePair("mic", "speaker"))).isNull();
        use(null, "headset");
        work();
        passTime(Duration.ofSeconds(2));

        assertThat(echoes.of(new DevicePair("mic", "speaker")).none()).isTrue();
        assertThat(echoes.of(new DevicePair("mic", "headset"))).isNull();
        use("headset-mic", null);
        work();
        assertThat(echoes.of(new DevicePair("mic", "headset")).none()).isTrue();
    }

    @Test
    void a_stream_begins_with_the_learnt_echo_of_its_devices() {
        DevicePair used = new DevicePair("mic", "speaker");
        devices.voiceEffects(Set.of());
        work();
        passTime(Duration.ofSeconds(2));
        want(Sound.NONE);
        LearntEcho learnt = echoes.of(used);
        want(BOTH);
        for (int i = 0; i < 16; i++) {
            echoes.keep(new DevicePair("mic", "speaker " + i), learnt);
        }
        assertThat(echoes.of(used)).isNull();
        want(Sound.NONE);

        assertThat(echoes.of(used)).isNotNull().isSameAs(learnt);
    }

    @Test
    void the_learnt_echo_is_remembered_for_a_microphone_that_comes_back() {
        devices.voiceEffects(Set.of());
        work();
        passTime(Duration.ofSeconds(2));
        lost.interrupted("gone");
        time.settle();
        work();

        assertThat(echoes.of(new DevicePair("mic", "speaker"))).isNotNull();
    }

    @Test
    void the_learnt_echo_is_remembered_when_the_default_device_changes() {
        devices.voiceEffects(Set.of());
        work();
        passTime(Duration.ofSeconds(2));
        devices.devices(
                List.of(BUILT_IN_MICROPHONE, new AudioDevice("dock", "Dock", AudioDevice.Direction.PLAYBACK, true)));
        passTime(Duration.ofSeconds(2));
        passTime(Duration.ofSeconds(2));

        assertThat(echoes.of(new DevicePair("mic", "speaker")).none()).isTrue();
        use("headset-mic", null);
        work();
        assertThat(echoes.of(new DevicePair("mic", "dock")).none()).isTrue();
    }

    private void passTime(Duration time) {
        this.time.advance(time);
        work();
    }

    private void want(Sound sound) {
        scheduler.execute(() -> path.want(sound));
        time.settle();
        work();
    }

    private void use(@Nullable String microphone, @Nullable String speaker) {
        scheduler.execute(() -> path.useDevices(microphone, speaker));
        time.settle();
    }

    private void work() {
        while (!worker.isEmpty()) {
            worker.remove().run();
            time.settle();
        }
    }

    /** Devices of which the test can lose the microphone alone. */
    private final class Overheard implements AudioPort {
        @Override
        public List<AudioDevice> devices() {
            return devices.devices();
        }

        @Override
        public AudioStream openCapture(
                @Nullable String device, AudioFormat format, CaptureSink sink, AudioStreamListener listener)
                throws AudioUnavailableException {
            formats.add(format);
            lost = listener;
            sink.captured(new short[] {1, 2, 3});
            return devices.openCapture(device, format, sink, listener);
        }

        @Override
        public AudioStream openPlayback(
                @Nullable String device, AudioFormat format, PlaybackSource source, AudioStreamListener listener)
                throws AudioUnavailableException {
            formats.add(format);
            return devices.openPlayback(device, format, source, listener);
        }
    }

    private final class Jack implements AudioEndpoint {
        @Override
        public CaptureSink audioIn(int sampleRate) {
            return samples -> sent.add(samples.clone());
        }

        @Override
        public PlaybackSource audioOut(int sampleRate) {
            return new PlaybackSource() {
                private long played;

                @Override
                public void fill(short[] samples) {
                    for (int i = 0; i < samples.length; i++) {
                        samples[i] = FAR.at(played++, sampleRate);
                    }
                }
            };
        }
    }
}
