// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.SoundLevel;
import com.techpro.callclient.ports.audio.AudioDevice;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Local three-way mixing: whoever is in it hears the two others and not himself, told apart by the pitch of their voices. */
class MergeScenarioTest {
    private static final double ANNA = 500;
    private static final double BERT = 800;
    private static final double CLEO = 1_250;

    /** A tone of full microphone level is thousands; what leaks is noise of the codec. */
    private static final double LOUD = 2_000;

    private static final double NOTHING = 150;

    private final PhoneScene scene = new PhoneScene(41);
    private Phone anna;
    private Phone bert;
    private Phone cleo;
    private Call toBert;
    private Call toCleo;

    @AfterEach
    void close() {
        scene.close();
    }

    /** Anna talks with Cleo, and Bert is on hold. */
    private void twoCalls(int mediaLoops) {
        anna = scene.phone("1001", "192.0.2.1", config -> config.lab(lab -> lab.mediaLoops(mediaLoops)))
                .registered()
                .speaking(ANNA);
        bert = scene.phone("1002", "192.0.2.2").registered().speaking(BERT);
        cleo = scene.phone("1003", "192.0.2.3").registered().speaking(CLEO);
        toBert = scene.talk(anna, bert);
        toCleo = scene.talk(anna, cleo);
        scene.until(() -> toBert.snapshot().hold() == HoldState.LOCAL);
    }

    private void merged(int mediaLoops) {
        twoCalls(mediaLoops);
        toCleo.merge(toBert);
        scene.until(() -> toBert.snapshot().mergedWith() != null
                && toBert.snapshot().hold() == HoldState.NONE
                && bert.incoming.snapshot().hold() == HoldState.NONE);
        scene.pass(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void each_hears_the_two_others_and_not_himself_on_one_media_loop_and_on_two(int mediaLoops) {
        merged(mediaLoops);

        assertThat(toBert.snapshot().mergedWith()).isEqualTo(toCleo.id());
        assertThat(toCleo.snapshot().mergedWith()).isEqualTo(toBert.id());
        assertThat(anna.hears(BERT)).isGreaterThan(LOUD);
        assertThat(anna.hears(CLEO)).isGreaterThan(LOUD);
        assertThat(anna.hears(ANNA)).isLessThan(NOTHING);
        assertThat(bert.hears(ANNA)).isGreaterThan(LOUD);
        assertThat(bert.hears(CLEO)).isGreaterThan(LOUD);
        assertThat(bert.hears(BERT)).isLessThan(NOTHING);
        assertThat(cleo.hears(ANNA)).isGreaterThan(LOUD);
        assertThat(cleo.hears(BERT)).isGreaterThan(LOUD);
        assertThat(cleo.hears(CLEO)).isLessThan(NOTHING);
    }

    @Test
    void devices_chosen_in_one_of_the_calls_are_those_of_the_mix() {
        merged(1);
        takeHeadset();

        assertThat(anna.audio.devicesInUse()).containsExactlyInAnyOrder("headset-mic", "headset");
        assertThat(toBert.audioLevels().speaker()).isNotNull();
        assertThat(anna.hears(CLEO)).isGreaterThan(LOUD);
        assertThat(cleo.hears(ANNA)).isGreaterThan(LOUD);

        toBert.hangUp();
        scene.pass(Duration.ofSeconds(2));
        assertThat(anna.audio.devicesInUse()).containsExactlyInAnyOrder("headset-mic", "headset");
    }

    private void takeHeadset() {
        anna.audio.devices(List.of(
                new AudioDevice("headset-mic", "Headset", AudioDevice.Direction.CAPTURE, false),
                new AudioDevice("headset", "Headset", AudioDevice.Direction.PLAYBACK, false)));
        var unused = toBert.useDevices("headset-mic", "headset");
        scene.pass(Duration.ofSeconds(1));
    }

    @Test
    void devices_chosen_in_one_call_are_those_of_the_other_ones_next_mix() {
        merged(1);
        takeHeadset();
        toBert.hangUp();
        scene.pass(Duration.ofSeconds(2));
        Phone dora = scene.phone("1004", "192.0.2.4").registered();
        Call toDora = scene.talk(anna, dora);
        toCleo.merge(toDora);
        scene.until(() -> toCleo.snapshot().mergedWith() != null);
        scene.pass(Duration.ofSeconds(2));

        assertThat(anna.audio.devicesInUse()).containsExactlyInAnyOrder("headset-mic", "headset");
    }

    @Test
    void microphone_and_speaker_are_opened_once_for_both() {
        merged(1);

        assertThat(anna.counters().audioStreams()).isEqualTo(2);
        assertThat(anna.audio.openStreams()).isEqualTo(2);
    }

    @Test
    void muting_one_call_mutes_the_user_towards_that_far_end_alone() {
        merged(2);

        toBert.setMuted(true);
        scene.pass(Duration.ofSeconds(1));

        assertThat(bert.hears(ANNA)).isLessThan(NOTHING);
        assertThat(bert.hears(CLEO)).as("the others are heard on").isGreaterThan(LOUD);
        assertThat(cleo.hears(ANNA)).isGreaterThan(LOUD);
        assertThat(toBert.audioLevels().microphone()).isEqualTo(SoundLevel.SILENCE);
        assertThat(toCleo.audioLevels().microphone()).isNotEqualTo(SoundLevel.SILENCE);

        toBert.setMuted(false);
        scene.pass(Duration.ofSeconds(1));
        assertThat(bert.hears(ANNA)).isGreaterThan(LOUD);
    }

    @Test
    void a_muted_call_stays_muted_in_the_mix_and_after_it() {
        twoCalls(1);
        toCleo.setMuted(true);
        toCleo.merge(toBert);
        scene.until(() -> bert.incoming.snapshot().hold() == HoldState.NONE);
        scene.pass(Duration.ofSeconds(1));

        assertThat(cleo.hears(ANNA)).isLessThan(NOTHING);
        assertThat(cleo.hears(BERT)).isGreaterThan(LOUD);
        assertThat(bert.hears(ANNA)).isGreaterThan(LOUD);

        bert.incoming.hangUp();
        scene.until(() -> toCleo.snapshot().mergedWith() == null);
        scene.pass(Duration.ofSeconds(1));
        assertThat(cleo.hears(ANNA)).isLessThan(NOTHING);
        toCleo.setMuted(false);
        scene.pass(Duration.ofSeconds(1));
        assertThat(cleo.hears(ANNA)).isGreaterThan(LOUD);
    }

    @Test
    void a_held_party_hears_nothing_and_the_other_call_continues() {
        merged(2);

        toBert.hold();
        scene.until(() -> bert.incoming.snapshot().hold() == HoldState.REMOTE);
        scene.pass(Duration.ofSeconds(1));

        assertThat(toCleo.snapshot().mergedWith()).isNull();
        assertThat(toBert.snapshot().mergedWith()).isNull();
        assertThat(bert.hears(ANNA)).isLessThan(NOTHING);
        assertThat(bert.hears(CLEO)).isLessThan(NOTHING);
        assertThat(cleo.hears(ANNA)).isGreaterThan(LOUD);
        assertThat(cleo.hears(BERT)).isLessThan(NOTHING);
        assertThat(anna.hears(CLEO)).isGreaterThan(LOUD);
    }

    @Test
    void a_far_end_that_holds_leaves_two_calls_of_which_one_is_talked_on() {
        merged(1);

        bert.incoming.hold();
        scene.until(() -> toBert.snapshot().hold() == HoldState.BOTH);
        scene.pass(Duration.ofSeconds(1));

        assertThat(toCleo.snapshot().mergedWith()).isNull();
        assertThat(toCleo.snapshot().hold()).isEqualTo(HoldState.NONE);
        assertThat(cleo.hears(ANNA)).isGreaterThan(LOUD);
        assertThat(cleo.hears(BERT)).isLessThan(NOTHING);
        assertThat(anna.audio.openStreams()).isEqualTo(2);
    }

    @Test
    void a_party_that_hangs_up_leaves_the_other_call_unchanged() {
        merged(2);

        bert.incoming.hangUp();
        scene.until(() -> toBert.snapshot().state() == CallState.ENDED);
        scene.pass(Duration.ofSeconds(1));

        assertThat(toCleo.snapshot().mergedWith()).isNull();
        assertThat(cleo.hears(ANNA)).isGreaterThan(LOUD);
        assertThat(anna.hears(CLEO)).isGreaterThan(LOUD);

        toCleo.hangUp();
        anna.assertQuiet();
    }

    @Test
    void calls_that_were_mixed_can_be_mixed_again() {
        merged(1);
        toCleo.hold();
        scene.until(() -> cleo.incoming.snapshot().hold() == HoldState.REMOTE);

        toBert.merge(toCleo);
        scene.until(() -> cleo.incoming.snapshot().hold() == HoldState.NONE);
        scene.pass(Duration.ofSeconds(1));

        assertThat(cleo.hears(BERT)).isGreaterThan(LOUD);
        assertThat(anna.told(CallEvent.MergeChanged.class)).hasSize(6);
    }

    @Test
    void both_leave_at_once_and_nothing_stays() {
        merged(2);

        anna.client.calls().forEach(Call::hangUp);

        anna.assertQuiet();
        bert.assertQuiet();
        cleo.assertQuiet();
    }

    @Test
    void a_call_that_rings_or_is_held_by_its_far_end_is_not_mixed() {
        twoCalls(1);
        cleo.incoming.hold();
        scene.until(() -> toCleo.snapshot().hold() == HoldState.REMOTE);

        toCleo.merge(toBert);
        scene.pass(Duration.ofSeconds(2));

        assertThat(toBert.snapshot().hold()).isEqualTo(HoldState.LOCAL);
        assertThat(anna.told(CallEvent.MergeChanged.class)).isEmpty();
        assertThatThrownBy(() -> toBert.merge(toBert)).isInstanceOf(IllegalArgumentException.class);
    }
}
