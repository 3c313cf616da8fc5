// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.engine.privacy.TrimmedStorage.Cache;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackOptions;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot.Arrival;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot.State;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.voicemail.VoicemailBox.Capability;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.Sound;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A message on the loudspeaker: promises C6, U5, C11 and S3. */
class PlaybackScenarioTest {
    private VoicemailScene office = new VoicemailScene();

    @AfterEach
    void close() {
        office.close();
    }

    private Playback play(int seconds) {
        String id = office.leave(1, "1002", seconds);
        office.loggedIn();
        Playback playback = office.alice.client.voicemail().play(id);
        office.until(playback, State.PLAYING);
        return playback;
    }

    @Test
    void C6_U5_a_message_is_heard_to_its_end_and_counts_as_heard_then() {
        Playback playback = play(3);
        assertThat(playback.snapshot().duration()).isEqualTo(Duration.ofSeconds(3));
        assertThat(office.mailbox.isHeard("m1")).as("opening marks nothing").isFalse();

        double tone = office.alice.hears(440);
        assertThat(tone).isBetween(7_000.0, 8_500.0);
        assertThat(playback.snapshot().position()).isBetween(Duration.ofMillis(900), Duration.ofMillis(1_200));

        office.until(playback, State.ENDED);
        assertThat(playback.snapshot().position()).isEqualTo(Duration.ofSeconds(3));
        assertThat(playback.snapshot().arrival()).isEqualTo(Arrival.COMPLETE);
        assertThat(playback.snapshot().problem()).isNull();
        office.scene.pass(Duration.ofSeconds(1));
        assertThat(office.mailbox.isHeard("m1")).isTrue();
        assertThat(office.shown().unheard()).isZero();
        assertThat(office.alice.audio.openStreams()).isZero();
        assertThat(office.mailbox.openStreams()).isZero();
    }

    @Test
    void every_sample_of_it_is_played_once_and_in_order() {
        String id = office.leave(1, "1002", 5);
        office.loggedIn();
        office.alice.audio.forgetHeard();
        Playback playback = office.alice.client.voicemail().play(id);
        office.until(playback, State.ENDED);

        short[] heard = office.alice.audio.heard();
        byte[] wav = VoicemailScene.tone(440, 40_000);
        int start = 0;
        while (heard[start] == 0) {
            start++;
        }
        // The first sample of a sine is zero itself.
        start--;
        for (int i = 0; i < 40_000; i++) {
            assertThat(heard[start + i]).as("sample " + i).isEqualTo((short)
                    ((wav[44 + 2 * i] & 0xFF) | wav[45 + 2 * i] << 8));
        }
    }

    @Test
    void it_can_be_paused_and_goes_on_where_it_was() {
        Playback playback = play(5);
        office.scene.pass(Duration.ofSeconds(1));

        playback.pause();
        office.until(playback, State.PAUSED);
        office.scene.pass(Duration.ofMillis(200));
        Duration at = playback.snapshot().position();
        assertThat(office.alice.audio.openStreams()).isZero();
        office.scene.pass(Duration.ofSeconds(10));
        assertThat(playback.snapshot().position()).isEqualTo(at);

        playback.resume();
        office.scene.pass(Duration.ofSeconds(1));
        assertThat(playback.snapshot().state()).isEqualTo(State.PLAYING);
        assertThat(playback.snapshot().position()).isBetween(at.plusMillis(900), at.plusMillis(1_100));
    }

    @Test
    void one_can_go_to_any_place_that_has_arrived() {
        Playback playback = play(20);

        playback.seek(Duration.ofSeconds(15));
        office.scene.pass(Duration.ofSeconds(1));
        assertThat(playback.snapshot().position()).isBetween(Duration.ofMillis(15_800), Duration.ofMillis(16_100));
        playback.seek(Duration.ofSeconds(2));
        office.scene.pass(Duration.ofSeconds(1));
        assertThat(playback.snapshot().position()).isBetween(Duration.ofMillis(2_800), Duration.ofMillis(3_100));
        assertThat(office.alice.hears(440)).isGreaterThan(7_000);

        playback.seek(Duration.ofHours(1));
        office.until(playback, State.ENDED);
        assertThat(playback.snapshot().position()).isEqualTo(Duration.ofSeconds(20));
        assertThatThrownBy(() -> playback.seek(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void playback_that_ended_restarts_from_the_beginning() {
        Playback playback = play(2);
        office.until(playback, State.ENDED);

        playback.resume();
        office.scene.pass(Duration.ofMillis(500));

        assertThat(playback.snapshot().state()).isEqualTo(State.PLAYING);
        assertThat(playback.snapshot().position()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void it_may_begin_somewhere_and_leave_the_mark_to_the_user() {
        String id = office.leave(1, "1002", 5);
        office.loggedIn();

        Playback playback = office.alice
                .client
                .voicemail()
                .play(id, PlaybackOptions.DEFAULT.from(Duration.ofSeconds(4)).withoutMarking());
        office.until(playback, State.PLAYING);

        assertThat(playback.snapshot().position()).isGreaterThanOrEqualTo(Duration.ofSeconds(4));
        office.until(playback, State.ENDED);
        office.scene.pass(Duration.ofSeconds(1));
        assertThat(office.mailbox.isHeard(id)).isFalse();
    }

    @Test
    void a_mailbox_that_marks_fetched_messages_as_heard_is_trusted() {
        office.mailbox.can(Set.of(Capability.READ_ON_FETCH));
        play(5);

        assertThat(office.mailbox.isHeard("m1")).isTrue();
        assertThat(office.shown().unheard()).isZero();
        assertThat(office.shown().messages().get(0).message().heard()).isTrue();
    }

    @Test
    void C11_the_microphone_is_never_opened() {
        office.alice.audio.devices(List.of(new AudioDevice("loud", "Loud", AudioDevice.Direction.PLAYBACK, true)));

        Playback playback = play(1);
        office.until(playback, State.ENDED);

        assertThat(office.alice.audio.opened()).isEqualTo(1);
    }

    @Test
    void sound_moves_to_the_earpiece_and_back() {
        office.alice.audio.devices(List.of(
                new AudioDevice("speaker", "Speaker", AudioDevice.Direction.PLAYBACK, true),
                new AudioDevice("earpiece", "Earpiece", AudioDevice.Direction.PLAYBACK, false)));
        Playback playback = play(10);

        playback.route("earpiece");
        office.scene.pass(Duration.ofMillis(200));

        assertThat(office.alice.audio.opened()).isEqualTo(2);
        assertThat(office.alice.audio.openStreams()).isEqualTo(1);
        assertThat(office.alice.hears(440)).isGreaterThan(7_000);
        playback.route("gone");
        office.scene.pass(Duration.ofMillis(200));
        assertThat(playback.snapshot().problem()).isEqualTo(VoicemailProblem.NO_SPEAKER);
        playback.route(null);
        playback.resume();
        office.scene.pass(Duration.ofMillis(200));
        assertThat(playback.snapshot().problem()).isNull();
        assertThat(office.alice.hears(440)).isGreaterThan(7_000);
    }

    @Test
    void a_loudspeaker_that_cannot_be_opened_is_said_and_tried_again_by_the_user() {
        String id = office.leave(1, "1002", 3);
        office.loggedIn();
        office.alice.audio.refuse(AudioUnavailableException.Reason.BUSY);

        Playback playback = office.alice.client.voicemail().play(id);
        office.scene.pass(Duration.ofSeconds(1));
        assertThat(playback.snapshot().state()).isEqualTo(State.PAUSED);
        assertThat(playback.snapshot().problem()).isEqualTo(VoicemailProblem.NO_SPEAKER);

        office.alice.audio.refuse(null);
        playback.resume();
        office.until(playback, State.ENDED);
        assertThat(playback.snapshot().problem()).isNull();
    }

    @Test
    void a_loudspeaker_that_is_lost_holds_the_position_until_it_is_back() {
        Playback playback = play(10);
        office.scene.pass(Duration.ofMillis(500));
        office.alice.audio.lose();
        office.scene.pass(Duration.ofMillis(100));
        Duration at = playback.snapshot().position();
        assertThat(playback.snapshot().problem()).isEqualTo(VoicemailProblem.NO_SPEAKER);

        office.scene.pass(Duration.ofSeconds(5));
        assertThat(playback.snapshot().position()).isEqualTo(at);
        office.alice.audio.restore();
        office.scene.pass(Duration.ofSeconds(1));
        assertThat(playback.snapshot().state()).isEqualTo(State.PLAYING);
        assertThat(playback.snapshot().problem()).isNull();
        assertThat(playback.snapshot().position()).isGreaterThan(at);
    }

    @Test
    void an_incoming_call_pauses_it_until_the_user_goes_on() {
        Phone bob = office.scene.phone("bob", "192.0.2.2").registered().speaking(880);
        office.alice.registered();
        Playback playback = play(20);

        Call out = bob.account.dial("alice");
        office.until(playback, State.PAUSED_BY_CALL);
        office.scene.pass(Duration.ofMillis(100));
        assertThat(office.alice.audio.openStreams()).isZero();
        Duration at = playback.snapshot().position();
        office.alice.incoming.answer();
        office.scene.until(() -> out.snapshot().state() == CallState.ESTABLISHED);
        assertThat(office.await(playback.resume())).isEqualTo(new CommandOutcome.Refused(CommandRefusal.IN_CALL));
        office.scene.pass(Duration.ofSeconds(1));
        assertThat(playback.snapshot().state()).isEqualTo(State.PAUSED_BY_CALL);
        assertThat(office.alice.hears(440)).as("the message in the call").isLessThan(300);
        out.hangUp();
        office.scene.pass(Duration.ofSeconds(2));
        assertThat(playback.snapshot().state()).isEqualTo(State.PAUSED_BY_CALL);
        assertThat(playback.snapshot().position()).isEqualTo(at);

        playback.resume();
        office.until(playback, State.PLAYING);
        assertThat(office.alice.hears(440)).isGreaterThan(7_000);
    }

    @Test
    void an_outgoing_call_pauses_playback_and_a_playback_started_in_a_call_waits() {
        office.scene.phone("bob", "192.0.2.2").registered();
        Playback playback = play(20);

        Call call = office.alice.account.dial("bob");
        office.until(playback, State.PAUSED_BY_CALL);

        Playback another = office.alice.client.voicemail().play("m1");
        office.scene.pass(Duration.ofSeconds(1));
        assertThat(playback.snapshot().state()).isEqualTo(State.CLOSED);
        assertThat(office.await(playback.resume())).isEqualTo(new CommandOutcome.Refused(CommandRefusal.ENDED));
        assertThat(another.snapshot().state()).isEqualTo(State.PAUSED_BY_CALL);
        assertThat(another.snapshot().arrived()).isEqualTo(Duration.ofSeconds(20));
        call.hangUp();
        office.scene.pass(Duration.ofSeconds(1));
        another.resume();
        office.until(another, State.PLAYING);
    }

    @Test
    void a_message_cut_short_plays_its_audio_and_is_reported_as_such() {
        byte[] wav = VoicemailScene.tone(440, 40_000);
        office.mailbox.deliver("1002", null, VoicemailScene.at(1), null, Arrays.copyOf(wav, 44 + 32_000));
        office.loggedIn();

        Playback playback = office.alice.client.voicemail().play("m1");
        office.until(playback, State.ENDED);

        assertThat(playback.snapshot().arrival()).isEqualTo(Arrival.CUT_SHORT);
        assertThat(playback.snapshot().position()).isEqualTo(Duration.ofSeconds(2));
        office.scene.pass(Duration.ofSeconds(1));
        assertThat(office.mailbox.isHeard("m1")).as("the end was not heard").isFalse();
    }

    @Test
    void a_broken_connection_keeps_the_received_audio_and_reports_the_problem() {
        office.mailbox.breakAudio(44 + 16_000);
        Playback playback = play(5);

        office.until(playback, State.ENDED);

        assertThat(playback.snapshot().arrival()).isEqualTo(Arrival.CUT_SHORT);
        assertThat(playback.snapshot().problem()).isEqualTo(VoicemailProblem.UNREACHABLE);
        assertThat(playback.snapshot().position()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(1));
    }

    @Test
    void an_unplayable_message_reports_its_reason() {
        office.mailbox.deliver(
                "1002", null, VoicemailScene.at(1), null, "#!AMR\n....".getBytes(StandardCharsets.UTF_8));
        office.mailbox.deliver("1002", null, VoicemailScene.at(2), null, new byte[0]);
        office.loggedIn();

        assertThat(failure("m1")).isEqualTo(VoicemailProblem.AMR);
        assertThat(failure("m2")).isEqualTo(VoicemailProblem.NO_SOUND);
        assertThat(failure("m3")).isEqualTo(VoicemailProblem.NO_SUCH_MESSAGE);
        office.mailbox.fail(Reason.UNTRUSTED);
        assertThat(failure("m1")).isEqualTo(VoicemailProblem.UNTRUSTED);
        office.await(office.alice.client.logout(LogoutOptions.EVERYTHING));
        assertThat(failure("m1")).isEqualTo(VoicemailProblem.NOT_AVAILABLE);
        assertThat(office.alice.audio.opened()).isZero();
    }

    private VoicemailProblem failure(String id) {
        Playback playback = office.alice.client.voicemail().play(id);
        office.until(playback, State.FAILED);
        assertThat(office.await(playback.resume())).isEqualTo(new CommandOutcome.Refused(CommandRefusal.NO_SOUND));
        return playback.snapshot().problem();
    }

    @Test
    void a_greeting_is_played_like_a_message() {
        String id = office.mailbox.greeting("busy", VoicemailScene.tone(440, 16_000));
        office.loggedIn();

        Playback playback = office.alice.client.voicemail().play(id);
        office.until(playback, State.PLAYING);

        assertThat(office.alice.hears(440)).isGreaterThan(7_000);
        office.until(playback, State.ENDED);
    }

    @Test
    void a_locked_app_goes_on_playing_and_can_only_pause_and_close() {
        office.close();
        office = new VoicemailScene(config -> config.platform(p -> p.store(new FakeSecureStore())), Policy.OPEN);
        office.scene.pass(Duration.ofSeconds(1));
        Playback playback = play(20);
        office.await(office.alice
                .client
                .lock()
                .change(
                        new AppLock.Settings(AppLock.Mode.PASSWORD, null, null),
                        new AppLock.Proof.Password(Secret.of("secret"))));
        office.alice.client.lock().lockNow();
        office.scene.until(() -> office.alice.client.lock().isLocked());

        assertThat(office.alice.hears(440)).isGreaterThan(7_000);
        assertThatThrownBy(() -> playback.seek(Duration.ZERO)).isInstanceOf(LockedException.class);
        assertThatThrownBy(playback::resume).isInstanceOf(LockedException.class);
        playback.pause();
        office.until(playback, State.PAUSED);
        playback.close();
        office.until(playback, State.CLOSED);
    }

    @Test
    void S3_closing_logging_out_and_erasing_end_it() {
        Playback playback = play(20);
        playback.close();
        playback.close();
        office.until(playback, State.CLOSED);
        office.scene.pass(Duration.ofMillis(100));
        assertThat(office.alice.audio.openStreams()).isZero();

        Playback second = office.alice.client.voicemail().play("m1");
        office.until(second, State.PLAYING);
        office.await(office.alice.client.logout(LogoutOptions.EVERYTHING));
        assertThat(second.snapshot().state()).isEqualTo(State.CLOSED);
        assertThat(office.alice.audio.openStreams()).isZero();

        office.close();
        office = new VoicemailScene();
        Playback third = play(20);
        office.await(office.alice.client.privacy().erase());
        office.scene.pass(Duration.ofMillis(100));
        assertThat(third.snapshot().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void S8_low_storage_keeps_only_the_audio_being_played() {
        Playback playback = play(20);

        assertThat(office.await(office.alice.client.privacy().trim()).items(Cache.VOICEMAIL_AUDIO))
                .isZero();
        assertThat(playback.snapshot().state()).isEqualTo(State.PLAYING);
        playback.pause();
        assertThat(office.await(office.alice.client.privacy().trim()).items(Cache.VOICEMAIL_AUDIO))
                .isEqualTo(1);
        assertThat(playback.snapshot().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void every_playback_state_change_is_reported() {
        Playback playback = play(2);
        playback.pause();
        office.until(playback, State.PAUSED);
        playback.resume();
        office.until(playback, State.ENDED);
        playback.close();
        office.until(playback, State.CLOSED);

        assertThat(states())
                .containsExactly(State.WAITING, State.PLAYING, State.PAUSED, State.PLAYING, State.ENDED, State.CLOSED);
        office.alice.audio.forgetHeard();
        office.scene.pass(Duration.ofSeconds(2));
        assertThat(Sound.amplitudeOf(440, office.alice.audio.heard(), 8_000)).isZero();
        office.alice.assertQuiet();
    }

    /** Told, each once. */
    private List<State> states() {
        List<State> states = new ArrayList<>();
        for (PlaybackSnapshot told : office.alice.playbacks) {
            if (states.isEmpty() || states.get(states.size() - 1) != told.state()) {
                states.add(told.state());
            }
        }
        return states;
    }
}
