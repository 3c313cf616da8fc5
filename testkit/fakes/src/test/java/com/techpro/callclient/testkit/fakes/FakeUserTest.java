// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.SipRegistrar;
import com.techpro.callclient.engine.WakeOutcome;
import com.techpro.callclient.engine.WakeReason;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOutcome;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.conference.RoomsOutcome;
import com.techpro.callclient.engine.conference.Roster;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.people.Person;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The user's login, lock and data. */
class FakeUserTest {
    private final FakeCallClient client = new FakeCallClient();

    private CompletionStage<LoginResult> login() {
        return client.login(SipRegistrar.phoneSystem(), Login.of("1003@pbx.example", Secret.of("x")));
    }

    @Test
    void a_login_is_accepted_and_restored() {
        assertThat(login().toCompletableFuture().join()).isInstanceOf(LoginResult.LoggedIn.class);
        assertThat(client.profile()).isEqualTo(Profile.ofExtension("1003"));
        assertThat(login()).isCompletedWithValue(new LoginResult.AlreadyLoggedIn());
        client.logout(LogoutOptions.EVERYTHING);
        assertThat(client.profile()).isNull();
        assertThat(client.accounts()).isEmpty();
        assertThat(client.restore()).isCompletedWithValue(new LoginResult.NothingStored());

        client.logins().remember(Profile.ofExtension("1004"));
        assertThat(client.restore().toCompletableFuture().join()).isInstanceOf(LoginResult.LoggedIn.class);
    }

    @Test
    void a_login_is_refused_late() {
        client.logins().answerLater();
        var result = login();
        assertThat(result).isNotDone();

        client.logins().refuse(LoginOutcome.Reason.WRONG_CREDENTIALS);

        assertThat(result).isCompletedWithValue(new LoginResult.Refused(LoginOutcome.Reason.WRONG_CREDENTIALS, null));
        assertThat(client.profile()).isNull();
    }

    @Test
    void a_locked_app_restores_its_login_and_a_new_one_waits() {
        assertThat(client.lock().lockNow()).as("there is no lock").isFalse();
        client.lock().lockedByPin();
        assertThat(client.lock().lockNow()).isTrue();
        var fresh = login();
        assertThat(fresh).isNotDone();
        client.logout(LogoutOptions.EVERYTHING);

        client.lock().lockedByPin();
        client.logins().remember(Profile.ofExtension("1004"));
        assertThat(client.restore().toCompletableFuture().join()).isInstanceOf(LoginResult.LoggedIn.class);
        assertThat(client.lock().isLocked()).isTrue();
    }

    @Test
    void a_locked_app_may_answer_unless_that_is_forbidden() {
        FakeAccount account = client.loggedIn("Anna");
        client.lock().lockedByPin();
        FakeCall call = account.incomingCall("1002");
        client.answerWhileLocked(false);
        assertThatThrownBy(call::answer).isInstanceOf(LockedException.class);
        client.answerWhileLocked(true);

        assertThat(call.answer().toCompletableFuture().join().isDone()).isTrue();
    }

    @Test
    void ended_calls_are_in_the_history_the_newest_first() {
        FakeAccount account = client.loggedIn("Anna");
        client.setTime(Instant.parse("2026-01-01T10:00:00Z"));
        account.incomingCall("1002", "Bob").remoteHangsUp();
        client.setTime(Instant.parse("2026-01-01T11:00:00Z"));
        FakeCall call = account.dial("1003");
        call.remoteAnswers();
        client.setTime(Instant.parse("2026-01-01T11:01:00Z"));
        call.hangUp();

        List<HistoryEntry> entries = client.people().history().snapshot().entries();
        assertThat(entries)
                .extracting(entry -> ((HistoryEntry.CallRecord) entry).outcome())
                .containsExactly(CallOutcome.ANSWERED, CallOutcome.MISSED);
        assertThat(((HistoryEntry.CallRecord) entries.get(0)).duration()).isEqualTo(Duration.ofMinutes(1));
        client.people().history().delete(entries.get(0).id());
        assertThat(client.people().history().snapshot().entries()).hasSize(1);
    }

    @Test
    void callers_are_named_by_the_directory_and_favourites_have_lamps() {
        FakeAccount account = client.loggedIn("Anna");
        client.people()
                .directory()
                .knows(new Person(Caller.Source.CONTACT, "Robert Miller", null, List.of("+49 30 123456")));
        assertThat(account.incomingCall("+4930123456", "Bob")
                        .snapshot()
                        .caller()
                        .display())
                .isEqualTo("Robert Miller");
        assertThat(client.people()
                        .directory()
                        .search("mil", 5)
                        .toCompletableFuture()
                        .join())
                .hasSize(1);

        client.people().favorites().add(new Favorite("1005", "Carl"));
        client.people().favorites().add(new Favorite("1006", "Dora"));
        client.people().favorites().add(new Favorite("no number: at all", "Emil"));
        client.people().favorites().move("1006", 0);
        client.people().favorites().showLamps(account.id());
        account.extensionIs("1005", LampState.TALKING);
        var favorites = client.people().favorites().snapshot();
        assertThat(favorites.favorites()).extracting(Favorite::name).containsExactly("Dora", "Carl", "Emil");
        assertThat(favorites.lamps()).containsOnlyKeys("1005", "1006");
        assertThat(favorites.lamps().get("1005").state()).isEqualTo(LampState.TALKING);
    }

    @Test
    void a_voicemail_message_is_played_and_deleted() {
        client.loggedIn("Anna");
        String id = client.voicemail().messageArrives("1002", Duration.ofSeconds(9));
        assertThat(client.voicemail().snapshot().unheard()).isEqualTo(1);
        FakePlayback playback = client.voicemail().play(id);
        assertThat(playback.snapshot().state()).isEqualTo(PlaybackSnapshot.State.PLAYING);
        playback.playedToEnd();
        assertThat(client.voicemail().snapshot().unheard()).isZero();

        client.voicemail().delete(id);
        assertThat(client.voicemail().snapshot().messages()).isEmpty();
        client.voicemail().undelete(id);
        assertThat(client.voicemail().callBack(id)).isSameAs(client.lastCall());
        assertThat(client.voicemail()
                        .delete("no such")
                        .toCompletableFuture()
                        .join()
                        .problem())
                .isEqualTo(VoicemailProblem.NO_SUCH_MESSAGE);
        client.voicemail().requestsFailWith(VoicemailProblem.UNREACHABLE);
        assertThat(client.voicemail().delete(id).toCompletableFuture().join().problem())
                .isEqualTo(VoicemailProblem.UNREACHABLE);
    }

    @Test
    void a_room_is_joined_and_left() {
        FakeAccount account = client.loggedIn("Anna");
        client.conferences()
                .roomsAre(new RoomsOutcome.Listed(List.of(new ConferenceDirectory.Room("Team", "8000", false, "*6"))));
        List<ConferenceSnapshot.State> told = new ArrayList<>();
        client.addListener(new CallClientListener() {
            @Override
            public void conferenceChanged(Conference conference, ConferenceSnapshot after) {
                told.add(after.state());
            }
        });
        FakeConference room = account.join("8000");
        assertThat(room.snapshot().name()).isEqualTo("Team");
        assertThat(room.add("1002")).isCompletedWithValue(new ConferenceOutcome.Unsupported());
        room.call().remoteAnswers();
        assertThat(room.toggleRoomMute()).isCompletedWithValue(new CommandOutcome.Done());
        assertThat(room.toggleMembersMute())
                .isCompletedWithValue(new CommandOutcome.Refused(CommandRefusal.UNKNOWN_KEYS));
        assertThat(room.call().sentDtmf()).isEqualTo("*6");
        assertThat(room.add("1002")).isCompletedWithValue(new ConferenceOutcome.Done());
        room.rosterIs(new Roster.Unsupported());
        assertThat(client.conferences().joined()).containsExactly(room);

        room.leave();

        assertThat(told)
                .containsExactly(
                        ConferenceSnapshot.State.JOINED,
                        ConferenceSnapshot.State.JOINED,
                        ConferenceSnapshot.State.ENDED);
        assertThat(client.people().history().snapshot().entries())
                .singleElement()
                .isInstanceOf(HistoryEntry.ConferenceRecord.class);
    }

    @Test
    void a_wake_up_ends_with_a_call_or_with_its_time() {
        assertThat(client.wake(WakeReason.PUSH, Duration.ofSeconds(9)))
                .isCompletedWithValue(new WakeOutcome(WakeOutcome.Result.NO_ACCOUNT, null));
        FakeAccount account = client.loggedIn("Anna");
        var first = client.wake(WakeReason.PUSH, Duration.ofSeconds(9));
        client.wakeTimeIsUp();
        assertThat(first).isCompletedWithValue(new WakeOutcome(WakeOutcome.Result.NO_CALL, null));
        var second = client.wake(WakeReason.PUSH, Duration.ofSeconds(9));
        account.incomingCall("1002");
        assertThat(second).isCompletedWithValue(new WakeOutcome(WakeOutcome.Result.CALL, null));
    }

    @Test
    void erasing_leaves_no_texts() {
        FakeAccount account = client.loggedIn("Anna");
        account.textArrives("1002", "hello");

        client.privacy().erase();

        assertThat(client.textMessages().snapshot().conversations()).isEmpty();
    }
}
