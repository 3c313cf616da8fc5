// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.AudioLevels;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.MicrophoneWarning;
import com.techpro.callclient.engine.call.SoundLevel;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.testkit.contracts.Sound;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An app can draw a level meter of a call. */
class AudioLevelsTest {
    /** Of a tone whose amplitude is 8,000. */
    private static final double TONE = -15.3;

    private static final Sound HISS = (index, rate) -> {
        long mixed = index * 0x9E3779B97F4A7C15L;
        return (short) (((mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L >>> 50) - 8_192);
    };

    private final PhoneScene scene = new PhoneScene(27);
    private final Phone alice = scene.phone("alice", "192.0.2.1").registered().speaking(500);
    private final Phone bob = scene.phone("bob", "192.0.2.2").registered().speaking(800);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void both_levels_follow_the_sound() {
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(2));
        assertThat(call.audioLevels().microphone().rms()).isEqualTo(TONE, within(0.2));
        assertThat(call.audioLevels().speaker().rms()).isEqualTo(TONE, within(1.5));

        var unused = bob.incoming.setMuted(true);
        unused = call.setMuted(true);
        scene.pass(Duration.ofSeconds(1));
        assertThat(call.audioLevels().microphone()).isEqualTo(SoundLevel.SILENCE);
        assertThat(call.audioLevels().speaker().rms()).isLessThan(-60);
    }

    @Test
    void an_echo_that_the_device_claims_to_cancel_is_told_to_its_user_alone() {
        alice.audio.loopback();
        bob.audio.microphone(HISS);
        Call call = scene.talk(alice, bob);
        assertThat(call.audioLevels().warnings()).isEmpty();
        assertThat(bob.incoming.audioLevels().warnings()).isEmpty();
        scene.pass(Duration.ofSeconds(6));

        assertThat(call.voiceEffects().byDevice()).contains(VoiceEffect.ECHO_CANCELLATION);
        assertThat(call.audioLevels().warnings()).containsExactly(MicrophoneWarning.ECHO);
        assertThat(bob.incoming.audioLevels().warnings()).isEmpty();

        var unused = call.setMuted(true);
        scene.pass(Duration.ofMillis(100));
        assertThat(call.audioLevels().warnings()).isEmpty();
    }

    /** As of macOS, which gives silence to a program that may not use the microphone. */
    @Test
    void a_microphone_that_gives_only_silence_is_told_in_the_call() {
        Call call = scene.talk(alice, bob);
        alice.audio.microphone(Sound.SILENCE);
        scene.pass(Duration.ofSeconds(4));

        assertThat(call.audioLevels().warnings()).containsExactly(MicrophoneWarning.NO_SIGNAL);
    }

    @Test
    void there_are_none_before_the_devices_open_and_after_they_close() {
        Call call = alice.account.dial("bob");
        assertThat(call.audioLevels()).isEqualTo(AudioLevels.NONE);
        scene.until(() -> bob.incoming != null);
        bob.incoming.answer();
        scene.pass(Duration.ofSeconds(1));
        assertThat(call.audioLevels().speaker()).isNotNull();

        var unused = call.hold();
        scene.until(() -> call.snapshot().hold() == HoldState.LOCAL);
        scene.pass(Duration.ofSeconds(1));
        assertThat(call.audioLevels()).isEqualTo(AudioLevels.NONE);
    }
}
