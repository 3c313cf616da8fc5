// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.robolectric.Shadows.shadowOf;

import android.Manifest;
import android.app.Application;
import android.media.AudioDeviceInfo;
import android.media.AudioManager;
import android.media.audiofx.AudioEffect;
import android.os.Build;
import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.AudioUnavailableException.Reason;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.testkit.contracts.AudioPortContract;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.Lacks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.shadows.ShadowAudioEffect;

@Tag("slow")
class AndroidAudioTest {
    @TestFactory
    Stream<DynamicContainer> keeps_the_contract() {
        return ApiLevels.run(Kit.class);
    }

    @TestFactory
    Stream<DynamicContainer> on_android() {
        return ApiLevels.run(OnAndroid.class);
    }

    /** What is in every phone, and what its user plugs in or connects besides. */
    private static void plugIn(AudioManager audio, AudioDeviceInfo... more) {
        List<AudioDeviceInfo> inputs = new ArrayList<>();
        List<AudioDeviceInfo> outputs = new ArrayList<>();
        inputs.add(ShadowCallDevice.microphone(AudioDeviceInfo.TYPE_BUILTIN_MIC, 1, "Phone"));
        outputs.add(ShadowCallDevice.speaker(AudioDeviceInfo.TYPE_BUILTIN_SPEAKER, 2, "Phone"));
        outputs.add(ShadowCallDevice.speaker(AudioDeviceInfo.TYPE_BUILTIN_EARPIECE, 3, "Phone"));
        for (AudioDeviceInfo device : more) {
            (device.isSource() ? inputs : outputs).add(device);
        }
        shadowOf(audio).setInputDevices(inputs);
        shadowOf(audio).setOutputDevices(outputs);
    }

    @Config(shadows = {ShadowCallDevice.class, ShadowCallSpeaker.class})
    @Lacks(value = "change of the default", because = "Android itself moves the streams, which Robolectric does not")
    @Lacks(value = "a headset", because = "Android itself moves the streams, which Robolectric does not")
    static class Kit extends AudioPortContract {
        private final Application app = RuntimeEnvironment.getApplication();
        private final SoundHardware hardware = SoundHardware.install();

        @Override
        protected AudioPort port() {
            shadowOf(app).grantPermissions(Manifest.permission.RECORD_AUDIO);
            plugIn(app.getSystemService(AudioManager.class));
            return new AndroidAudio(app);
        }

        @AfterEach
        void remove() {
            hardware.remove();
        }

        @Override
        protected void await(BooleanSupplier condition) {
            Await.until(condition, Duration.ofSeconds(10));
        }

        @Override
        protected long nanoTime() {
            return System.nanoTime();
        }

        @Override
        protected boolean hasLoopback() {
            return true;
        }

        /** {@link SoundHardware} alone holds 400 ms. */
        @Override
        protected Duration longestDelay() {
            return Duration.ofMillis(700);
        }

        @Override
        protected boolean lose() {
            hardware.lose();
            return true;
        }

        @Override
        protected void restore() {
            hardware.restore();
        }
    }

    @Config(shadows = ShadowCallDevice.class)
    static class OnAndroid implements AudioStreamListener {
        private final Application app = RuntimeEnvironment.getApplication();
        private final AudioManager audio = app.getSystemService(AudioManager.class);
        private final SoundHardware hardware = SoundHardware.install();
        private final AndroidAudio port = new AndroidAudio(app);
        private final AtomicInteger interruptions = new AtomicInteger();
        private final AtomicInteger restorations = new AtomicInteger();

        @AfterEach
        void remove() {
            hardware.remove();
        }

        @Test
        void without_the_permission_the_microphone_is_refused_and_the_mode_is_as_before() {
            shadowOf(app).denyPermissions(Manifest.permission.RECORD_AUDIO);
            assertThatThrownBy(() -> port.openCapture(null, AudioFormat.NARROWBAND, frame -> {}, this))
                    .isInstanceOfSatisfying(
                            AudioUnavailableException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_PERMITTED));
            assertThat(audio.getMode()).isEqualTo(AudioManager.MODE_NORMAL);
        }

        /** Telecom sets the mode of a call before the engine opens its devices. */
        @Test
        void the_mode_that_telecom_has_set_is_not_requested_after_the_last_stream() throws Exception {
            audio.setMode(AudioManager.MODE_IN_COMMUNICATION);
            play(new AtomicInteger()).close();

            assertThat(audio.getMode()).as("this app's last request").isEqualTo(AudioManager.MODE_NORMAL);
        }

        @Test
        void audio_mode_and_focus_are_held_from_the_first_stream_to_the_last() throws Exception {
            AudioStream one = play(new AtomicInteger());
            assertThat(audio.getMode()).isEqualTo(AudioManager.MODE_IN_COMMUNICATION);
            assertThat(shadowOf(audio).getLastAudioFocusRequest().durationHint)
                    .isEqualTo(AudioManager.AUDIOFOCUS_GAIN_TRANSIENT);
            AudioStream other = play(new AtomicInteger());
            one.close();
            assertThat(audio.getMode()).isEqualTo(AudioManager.MODE_IN_COMMUNICATION);
            assertThat(shadowOf(audio).getLastAbandonedAudioFocusRequest()).isNull();
            other.close();
            other.close();
            assertThat(audio.getMode()).isEqualTo(AudioManager.MODE_NORMAL);
            assertThat(shadowOf(audio).getLastAbandonedAudioFocusRequest()).isNotNull();
        }

        @Test
        void audio_focus_changes_by_other_apps_are_reported() throws Exception {
            List<AudioFocus> heard = new ArrayList<>();
            port.watchFocus(heard::add);
            try (AudioStream stream = play(new AtomicInteger())) {
                AudioManager.OnAudioFocusChangeListener android = shadowOf(audio)
                        .getLastAudioFocusRequest()
                        .audioFocusRequest
                        .getOnAudioFocusChangeListener();
                android.onAudioFocusChange(AudioManager.AUDIOFOCUS_LOSS_TRANSIENT);
                android.onAudioFocusChange(AudioManager.AUDIOFOCUS_LOSS_TRANSIENT_CAN_DUCK);
                android.onAudioFocusChange(AudioManager.AUDIOFOCUS_GAIN);
                android.onAudioFocusChange(AudioManager.AUDIOFOCUS_LOSS);
            }
            assertThat(heard).containsExactly(AudioFocus.LOST_FOR_NOW, AudioFocus.GAINED, AudioFocus.LOST);
        }

        @Test
        void a_device_that_is_lost_is_not_asked_for_frames_until_it_is_back() throws Exception {
            shadowOf(app).grantPermissions(Manifest.permission.RECORD_AUDIO);
            AtomicInteger captured = new AtomicInteger();
            try (AudioStream stream =
                    port.openCapture(null, AudioFormat.NARROWBAND, frame -> captured.incrementAndGet(), this)) {
                Await.until("sound", () -> captured.get() > 3);
                hardware.lose();
                Await.until("the loss", () -> interruptions.get() == 1);
                int before = captured.get();
                Await.holdsWithin(() -> captured.get() > before, Duration.ofMillis(700));
                assertThat(captured).hasValue(before);
                assertThat(restorations).hasValue(0);
                hardware.restore();
                Await.until("the return", () -> restorations.get() == 1);
                assertThat(interruptions).hasValue(1);
            }
        }

        @Test
        void a_hung_device_is_lost_too_and_closing_its_stream_does_not_block() throws Exception {
            shadowOf(app).grantPermissions(Manifest.permission.RECORD_AUDIO);
            AtomicInteger captured = new AtomicInteger();
            try (AudioStream stream =
                    port.openCapture(null, AudioFormat.NARROWBAND, frame -> captured.incrementAndGet(), this)) {
                Await.until("sound", () -> captured.get() > 3);
                hardware.hang();
                Await.until("the loss", () -> interruptions.get() == 1, Duration.ofSeconds(2));
                hardware.restore();
                Await.until("the return", () -> restorations.get() == 1);
                hardware.hang();
            }
            assertThat(audio.getMode()).isEqualTo(AudioManager.MODE_NORMAL);
        }

        @Test
        void a_stream_may_be_closed_by_its_own_callback() throws Exception {
            AtomicInteger played = new AtomicInteger();
            AudioStream[] stream = new AudioStream[1];
            synchronized (stream) {
                stream[0] = port.openPlayback(
                        null,
                        AudioFormat.NARROWBAND,
                        frame -> {
                            synchronized (stream) {
                                played.incrementAndGet();
                                stream[0].close();
                            }
                        },
                        this);
            }
            Await.until("the end", () -> audio.getMode() == AudioManager.MODE_NORMAL);
            assertThat(played).hasValue(1);
        }

        @Test
        void a_connected_headset_comes_first_and_unsuitable_devices_are_left_out() {
            plugIn(audio, ShadowCallDevice.speaker(AudioDeviceInfo.TYPE_HDMI, 9, "Screen"));
            assertThat(defaults()).containsExactly("microphone", "earpiece");
            assertThat(port.devices()).hasSize(3);
            plugIn(
                    audio,
                    ShadowCallDevice.speaker(AudioDeviceInfo.TYPE_WIRED_HEADSET, 4, "Phone"),
                    ShadowCallDevice.microphone(AudioDeviceInfo.TYPE_WIRED_HEADSET, 5, "Phone"));
            assertThat(defaults()).containsExactly("headset", "headset");
        }

        @Test
        void ids_outlive_androids_numbers_and_tell_two_of_a_kind_apart() {
            plugIn(
                    audio,
                    ShadowCallDevice.speaker(AudioDeviceInfo.TYPE_BLUETOOTH_SCO, 7, "Ear One"),
                    ShadowCallDevice.speaker(AudioDeviceInfo.TYPE_USB_DEVICE, 8, "Desk"),
                    ShadowCallDevice.speaker(AudioDeviceInfo.TYPE_USB_DEVICE, 9, "Desk"));
            List<AudioDevice> before = port.devices();
            plugIn(
                    audio,
                    ShadowCallDevice.speaker(AudioDeviceInfo.TYPE_BLUETOOTH_SCO, 17, "Ear One"),
                    ShadowCallDevice.speaker(AudioDeviceInfo.TYPE_USB_DEVICE, 18, "Desk"),
                    ShadowCallDevice.speaker(AudioDeviceInfo.TYPE_USB_DEVICE, 19, "Desk"));
            assertThat(new AndroidAudio(app).devices()).isEqualTo(before);
            assertThat(before)
                    .extracting(AudioDevice::id)
                    .contains("bluetooth:Ear One", "usb:Desk", "usb:Desk#2")
                    .doesNotHaveDuplicates();
            assertThat(before).extracting(AudioDevice::name).contains("Ear One", "Desk", "speaker");
        }

        @Test
        void the_platforms_effects_are_used_and_told_while_a_microphone_is_open() throws Exception {
            shadowOf(app).grantPermissions(Manifest.permission.RECORD_AUDIO);
            String any = "00000000-0000-0000-0000-000000000001";
            ShadowAudioEffect.addEffect(new AudioEffect.Descriptor(
                    AudioEffect.EFFECT_TYPE_AEC.toString(), any, AudioEffect.EFFECT_PRE_PROCESSING, "echo", "maker"));
            try (AudioStream stream = port.openCapture(null, AudioFormat.NARROWBAND, frame -> {}, this)) {
                assertThat(stream.voiceEffects()).containsExactly(VoiceEffect.ECHO_CANCELLATION);
                if (Build.VERSION.SDK_INT < 30) { // Robolectric keeps no list of later ones
                    assertThat(ShadowAudioEffect.getAudioEffects())
                            .singleElement()
                            .satisfies(effect -> assertThat(effect.getEnabled()).isTrue());
                }
            }
        }

        private List<String> defaults() {
            return port.devices().stream()
                    .filter(AudioDevice::systemDefault)
                    .map(AudioDevice::id)
                    .toList();
        }

        private AudioStream play(AtomicInteger played) throws AudioUnavailableException {
            return port.openPlayback(null, AudioFormat.NARROWBAND, frame -> played.incrementAndGet(), this);
        }

        @Override
        public void interrupted(String reason) {
            interruptions.incrementAndGet();
        }

        @Override
        public void restored() {
            restorations.incrementAndGet();
        }
    }
}
