// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.ports.audio.AudioDevice;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A headset is put on in the middle of a call. */
class DeviceSwitchTest {
    private static final double ALICE = 500;
    private static final double BOB = 800;
    private static final double LOUD = 2_000;

    private final PhoneScene scene = new PhoneScene(26);
    private final Phone alice = scene.phone("alice", "192.0.2.1").registered().speaking(ALICE);
    private final Phone bob = scene.phone("bob", "192.0.2.2").registered().speaking(BOB);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void sound_continues_both_ways_after_less_than_a_tenth_of_a_second() {
        headset();
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(1));
        bob.audio.forgetHeard();
        alice.audio.forgetHeard();
        assertThat(call.useDevices("headset-mic", "headset")
                        .toCompletableFuture()
                        .getNow(null))
                .isNull();
        scene.pass(Duration.ofSeconds(2));

        assertThat(alice.audio.devicesInUse()).containsExactlyInAnyOrder("headset-mic", "headset");
        assertThat(longestSilence(bob)).isLessThan(Duration.ofMillis(100));
        assertThat(longestSilence(alice)).isLessThan(Duration.ofMillis(100));
        assertThat(alice.hears(BOB)).isGreaterThan(LOUD);
        assertThat(bob.hears(ALICE)).isGreaterThan(LOUD);
        assertThat(alice.told(CallEvent.AudioInterrupted.class)).isEmpty();
    }

    @Test
    void the_choice_holds_after_hold_and_resume() {
        headset();
        Call call = scene.talk(alice, bob);
        var unused = call.useDevices(null, "headset");
        scene.pass(Duration.ofSeconds(1));
        unused = call.hold();
        scene.until(() -> call.snapshot().hold() == HoldState.LOCAL);
        scene.pass(Duration.ofSeconds(1));
        unused = call.resume();
        scene.pass(Duration.ofSeconds(2));

        assertThat(alice.audio.devicesInUse()).containsExactlyInAnyOrder("microphone", "headset");
    }

    @Test
    void a_microphone_chosen_while_muted_is_muted_and_gives_no_warning_once_it_is_heard() {
        headset();
        Call call = scene.talk(alice, bob);
        var unused = call.setMuted(true);
        scene.pass(Duration.ofSeconds(1));
        unused = call.useDevices("headset-mic", null);
        scene.pass(Duration.ofSeconds(1));
        bob.audio.forgetHeard();
        scene.pass(Duration.ofSeconds(30));

        assertThat(alice.audio.devicesInUse()).contains("headset-mic");
        assertThat(alice.audio.mutedDevices()).containsExactly("headset-mic");
        assertThat(longestSilence(bob)).isGreaterThan(Duration.ofSeconds(29));

        unused = call.setMuted(false);
        scene.pass(Duration.ofMillis(10));
        assertThat(call.audioLevels().warnings()).isEmpty();
        scene.pass(Duration.ofSeconds(2));
        assertThat(alice.audio.mutedDevices()).isEmpty();
        assertThat(bob.hears(ALICE)).isGreaterThan(LOUD);
    }

    @Test
    void devices_chosen_while_it_rings_there_are_used_from_the_first_word_on() {
        headset();
        Call call = alice.account.dial("bob");
        var chosen = call.useDevices("headset-mic", "headset").toCompletableFuture();
        scene.until(() -> bob.incoming != null);
        assertThat(chosen.join()).isInstanceOf(CommandOutcome.Done.class);
        bob.incoming.answer();
        scene.pass(Duration.ofSeconds(2));

        assertThat(alice.audio.opened()).isEqualTo(2);
        assertThat(alice.audio.devicesInUse()).containsExactlyInAnyOrder("headset-mic", "headset");
    }

    @Test
    void a_call_that_rings_here_gets_its_devices_with_the_answer() {
        var unused = alice.account.dial("bob");
        scene.until(() -> bob.incoming != null);
        var refused = bob.incoming.useDevices("headset-mic", null).toCompletableFuture();
        scene.pass(Duration.ofSeconds(1));

        assertThat(refused.join()).isEqualTo(new CommandOutcome.Refused(CommandRefusal.NOT_ANSWERED));
        assertThat(bob.told(CallEvent.CommandRefused.class))
                .extracting(CallEvent.CommandRefused::command)
                .containsExactly(CallCommand.USE_DEVICES);
    }

    private void headset() {
        alice.audio.devices(List.of(
                new AudioDevice("microphone", "Built-in", AudioDevice.Direction.CAPTURE, true),
                new AudioDevice("headset-mic", "Headset", AudioDevice.Direction.CAPTURE, false),
                new AudioDevice("speaker", "Built-in", AudioDevice.Direction.PLAYBACK, true),
                new AudioDevice("headset", "Headset", AudioDevice.Direction.PLAYBACK, false)));
    }

    /** The longest time in which the speaker played next to nothing. */
    private static Duration longestSilence(Phone phone) {
        int longest = 0;
        int silent = 0;
        for (short sample : phone.audio.heard()) {
            silent = Math.abs(sample) < 100 ? silent + 1 : 0;
            longest = Math.max(longest, silent);
        }
        return Duration.ofMillis(1_000L * longest / phone.audio.heardRate());
    }
}
