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
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.conference.RoomsOutcome;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.update.UpdateAnswer;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The user's login, data and device, and how callbacks run. */
class FakeCallClientTest {
    private final FakeCallClient client = new FakeCallClient();

    private CompletionStage<LoginResult> login(String user) {
        return client.login(SipRegistrar.phoneSystem(), Login.of(user + "@pbx.example", Secret.of("x")));
    }

    @Test
    void a_login_is_accepted_and_restored_when_the_app_starts_again() {
        assertThat(client.await(login("1003"))).isInstanceOf(LoginResult.LoggedIn.class);
        assertThat(client.profile()).isEqualTo(Profile.ofExtension("1003"));
        client.account("1003").incomingCall("1002").remoteHangsUp();

        FakeCallClient next = client.restarted();

        assertThat(next.await(next.restore())).isInstanceOf(LoginResult.LoggedIn.class);
        next.advance(Duration.ofSeconds(1));
        assertThat(next.people().history().snapshot().entries()).hasSize(1);
        assertThat(next.account("1003").incomingCall("1002").snapshot().state()).isEqualTo(CallState.INCOMING);
        next.await(next.logout(LogoutOptions.EVERYTHING));
        assertThat(next.await(next.restore())).isEqualTo(new LoginResult.NothingStored());
    }

    @Test
    void a_login_is_refused_and_later_accepted_as_another_user() {
        client.logins().refuse(LoginOutcome.Reason.WRONG_CREDENTIALS);
        assertThat(client.await(login("1003")))
                .isEqualTo(new LoginResult.Refused(LoginOutcome.Reason.WRONG_CREDENTIALS, null));
        client.logins().accept(Profile.ofExtension("1005"));
        client.await(login("1003"));
        assertThat(client.profile()).isEqualTo(Profile.ofExtension("1005"));
        assertThatThrownBy(() -> client.loggedIn("Ben")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_history_has_the_times_that_passed() {
        FakeAccount account = client.loggedIn("Anna");
        account.incomingCall("1002", "Bob").remoteHangsUp();
        client.contacts().add("Robert Miller", "1003");
        Call call = account.account().dial("1003");
        client.lastCall().remoteAnswers();
        client.advance(Duration.ofMinutes(1));
        call.hangUp();
        client.advance(Duration.ofSeconds(1));

        List<HistoryEntry> entries = client.people().history().snapshot().entries();
        assertThat(entries)
                .extracting(entry -> ((HistoryEntry.CallRecord) entry).outcome())
                .containsExactly(CallOutcome.ANSWERED, CallOutcome.MISSED);
        assertThat(((HistoryEntry.CallRecord) entries.get(0)).duration())
                .isBetween(Duration.ofMinutes(1), Duration.ofSeconds(61));
        assertThat(call.snapshot().caller().display()).isEqualTo("Robert Miller");
        assertThat(client.requests()).containsSubsequence("REGISTER 1001", "INVITE 1003", "BYE 1003");
    }

    @Test
    void a_denied_microphone_leaves_the_call_ringing() {
        client.permissions().deny(Permission.MICROPHONE);
        FakeCall call = client.loggedIn("Anna").incomingCall("1002");

        assertThat(client.await(call.call().answer()))
                .isEqualTo(new CommandOutcome.Refused(CommandRefusal.MICROPHONE_DENIED));
        assertThat(call.snapshot().state()).isEqualTo(CallState.INCOMING);
        client.permissions().grant(Permission.MICROPHONE);
        assertThat(client.await(call.call().answer())).isEqualTo(new CommandOutcome.Done());
    }

    @Test
    void a_voicemail_message_arrives() {
        client.loggedIn("Anna");
        client.logins().mailbox().deliver("1002", "Bob", VirtualTime.START, Duration.ofSeconds(9), new byte[44]);
        client.advance(Duration.ofSeconds(5));

        assertThat(client.voicemail().snapshot().unheard()).isEqualTo(1);
    }

    @Test
    void a_room_is_joined_and_left() {
        ConferenceDirectory.Room team = new ConferenceDirectory.Room("Team", "8000", false, "*6");
        client.logins().roomsAre(List.of(team));
        FakeAccount account = client.loggedIn("Anna");
        assertThat(client.await(client.conferences().rooms())).isInstanceOf(RoomsOutcome.Listed.class);
        var room = account.account().join("8000");
        client.lastCall().remoteAnswers();
        assertThat(room.snapshot().state()).isEqualTo(ConferenceSnapshot.State.JOINED);
        assertThat(client.await(room.toggleRoomMute())).isEqualTo(new CommandOutcome.Done());
        client.advance(Duration.ofSeconds(1));
        assertThat(client.lastCall().sentDtmf()).isEqualTo("*6");

        room.leave();
        client.advance(Duration.ofSeconds(1));

        assertThat(room.snapshot().state()).isEqualTo(ConferenceSnapshot.State.ENDED);
    }

    @Test
    void a_wake_up_ends_with_a_call_or_with_its_time() {
        FakeAccount account = client.loggedIn("Anna");
        var first = client.wake(WakeReason.PUSH, Duration.ofSeconds(9));
        assertThat(client.await(first)).isEqualTo(new WakeOutcome(WakeOutcome.Result.NO_CALL, null));
        var second = client.wake(WakeReason.PUSH, Duration.ofSeconds(9));
        account.incomingCall("1002");
        assertThat(client.await(second)).isEqualTo(new WakeOutcome(WakeOutcome.Result.CALL, null));
    }

    @Test
    void an_update_is_found() {
        assertThat(client.await(client.updates().check("1.0"))).isEqualTo(new UpdateAnswer.UpToDate());
        UpdateAnswer failed = new UpdateAnswer.Failed(UpdateAnswer.Problem.UNREACHABLE);
        client.updateIs(failed);
        assertThat(client.await(client.updates().check("1.0"))).isEqualTo(failed);
    }

    @Test
    void a_listener_that_throws_disturbs_nobody() {
        IllegalArgumentException defect = new IllegalArgumentException("of the app");
        client.addListener(new CallClientListener() {
            @Override
            public void incomingCall(Call call, CallSnapshot snapshot) {
                throw defect;
            }
        });

        FakeCall call = client.loggedIn("Anna").incomingCall("1002");

        assertThat(client.callbackFailures()).containsExactly(defect);
        assertThat(client.await(call.call().answer())).isEqualTo(new CommandOutcome.Done());
    }

    @Test
    void time_does_not_pass_inside_a_listener() {
        FakeCall call = client.loggedIn("Anna").incomingCall("1002");
        call.call().addListener((from, event) -> client.advance(Duration.ofSeconds(1)));

        client.advance(Duration.ofSeconds(1));

        assertThat(client.callbackFailures()).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void callbacks_run_on_the_executor_of_the_settings() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        FakeCallClient queued = new FakeCallClient(config -> config.callbacks(tasks::add));
        FakeCall call = queued.loggedIn("Anna").incomingCall("1002");
        List<CallState> told = new ArrayList<>();
        call.call().addListener((from, event) -> told.add(event.after().state()));
        queued.advance(Duration.ofSeconds(1));
        assertThat(told).isEmpty();

        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }

        assertThat(told).containsExactly(CallState.INCOMING);
    }

    @Test
    void a_client_that_closes_ends_its_calls_and_completes_open_stages() {
        Call call = client.loggedIn("Anna").account().dial("1002");
        var established = call.whenEstablished();

        client.close();
        client.advance(Duration.ofSeconds(1));

        assertThat(established.toCompletableFuture()).isDone();
        assertThat(call.snapshot().state()).isEqualTo(CallState.ENDED);
        assertThatThrownBy(() -> client.loggedIn("Ben")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(call::hold).isInstanceOf(IllegalStateException.class);
    }
}
