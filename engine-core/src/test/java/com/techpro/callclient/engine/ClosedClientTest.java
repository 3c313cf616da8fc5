// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.presence.PresenceStatus;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever asked the client something is answered, also if it closes first; whoever asks later hears that it is closed. */
class ClosedClientTest {
    private final PhoneScene scene = new PhoneScene(63);
    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
    private final Phone alice = scene.phone(
                    "owner", "192.0.2.1", config -> config.platform(p -> p.store(new FakeSecureStore(disk))))
            .registered();

    @AfterEach
    void close() {
        scene.close();
    }

    private Map<String, CompletionStage<?>> askEverything() {
        Map<String, CompletionStage<?>> asked = new LinkedHashMap<>();
        CallClient client = alice.client;
        asked.put("login", client.login(system(), login()));
        asked.put("logout", client.logout(LogoutOptions.EVERYTHING));
        asked.put("trim", client.privacy().trim());
        asked.put("export", client.privacy().export());
        asked.put("erase", client.privacy().erase());
        asked.put("updates.check", client.updates().check("1.0"));
        asked.put("wake", client.wake(WakeReason.PUSH, Duration.ofSeconds(20)));
        asked.put("lookUp", client.people().directory().lookUp("1002"));
        asked.put("search", client.people().directory().search("bob", 10));
        asked.put("favorite", client.people().favorites().add(new Favorite("1002", "Bob")));
        asked.put("rooms", client.conferences().rooms());
        asked.put("delete", client.voicemail().delete("m1"));
        asked.put("greetings", client.voicemail().greetings());
        asked.put("callWhenFree", alice.account.callWhenFree("1002").outcome());
        asked.put("doNotDisturb", client.incomingCalls().doNotDisturb().set(true));
        asked.put("callForwarding", client.incomingCalls().forwarding().set(ForwardingRules.NONE.withAlways("1003")));
        asked.put("counters", client.counters());
        asked.put("publishPresence", alice.account.publishPresence(PresenceStatus.BUSY));
        asked.put("withdrawPresence", alice.account.withdrawPresence());
        asked.put("sendMessage", alice.account.sendMessage("1002", "x"));
        return asked;
    }

    private static TestPhoneSystem system() {
        return new TestPhoneSystem("alice", Policy.OPEN);
    }

    private static Login login() {
        return Login.of("alice@example.com", Secret.of("secret"));
    }

    private void assertAnswered(Map<String, CompletionStage<?>> asked) {
        scene.pass(Duration.ofSeconds(30));
        assertThat(asked)
                .allSatisfy((what, stage) ->
                        assertThat(stage.toCompletableFuture()).as(what).isCompleted());
    }

    @Test
    void operations_pending_at_close_are_answered() {
        Map<String, CompletionStage<?>> asked = askEverything();

        alice.client.close();

        assertAnswered(asked);
    }

    /** The phone system is asked on a worker, which answers too late. */
    @Test
    void a_command_that_the_closing_overtakes_is_refused_as_that() {
        await(alice.client.login(system(), login()));
        CompletionStage<CommandOutcome> directory =
                alice.client.people().directory().refresh();
        CompletionStage<CommandOutcome> history =
                alice.client.people().history().refresh();

        alice.client.close();

        CommandOutcome closed = new CommandOutcome.Refused(CommandRefusal.CLIENT_CLOSED);
        assertThat(await(directory)).isEqualTo(closed);
        assertThat(await(history)).isEqualTo(closed);
    }

    private Map<String, ThrowingCallable> everyVerb(Call call, Conference room, Playback playback) {
        Map<String, ThrowingCallable> verbs = new LinkedHashMap<>();
        CallClient client = alice.client;
        verbs.put("addAccount", () -> client.addAccount(PhoneScene.account("1002")));
        verbs.put("login", () -> client.login(system(), login()));
        verbs.put("restore", () -> client.restore(system()));
        verbs.put("logout", () -> client.logout(LogoutOptions.EVERYTHING));
        verbs.put("lock.appInBackground", client.lock()::appInBackground);
        verbs.put("lock.appInForeground", client.lock()::appInForeground);
        verbs.put("routeAudio", () -> client.routeAudio(AudioRoute.SPEAKER));
        verbs.put("privacy.trim", client.privacy()::trim);
        verbs.put("privacy.export", client.privacy()::export);
        verbs.put("privacy.erase", client.privacy()::erase);
        verbs.put("updates.check", () -> client.updates().check("1.0"));
        verbs.put("account.dial", () -> alice.account.dial("1002"));
        verbs.put("account.join", () -> alice.account.join("8000"));
        verbs.put("account.watch", () -> alice.account.watch("1002"));
        verbs.put("account.callWhenFree", () -> alice.account.callWhenFree("1002"));
        verbs.put("account.publishPresence", () -> alice.account.publishPresence(PresenceStatus.BUSY));
        verbs.put("account.withdrawPresence", () -> alice.account.withdrawPresence());
        verbs.put("account.sendMessage", () -> alice.account.sendMessage("1002", "x"));
        verbs.put("account.remove", alice.account::remove);
        verbs.put("call.answer", call::answer);
        verbs.put("call.reject", () -> call.reject(RejectReason.BUSY));
        verbs.put("call.hangUp", call::hangUp);
        verbs.put("call.hold", call::hold);
        verbs.put("call.resume", call::resume);
        verbs.put("call.sendDtmf", () -> call.sendDtmf("1"));
        verbs.put("call.setMuted", () -> call.setMuted(true));
        verbs.put("call.merge", () -> call.merge(Objects.requireNonNull(room.call())));
        verbs.put("room.leave", room::leave);
        verbs.put("room.setMuted", () -> room.setMuted(true));
        verbs.put("room.add", () -> room.add("1003"));
        verbs.put("lock.lockNow", () -> client.lock().lockNow());
        verbs.put("lock.userActive", () -> client.lock().userActive());
        verbs.put("lookUp", () -> client.people().directory().lookUp("1002"));
        verbs.put("search", () -> client.people().directory().search("bob", 10));
        verbs.put("directory.refresh", () -> client.people().directory().refresh());
        verbs.put("history.delete", () -> client.people().history().delete("h1"));
        verbs.put("history.clear", () -> client.people().history().clear());
        verbs.put("history.refresh", () -> client.people().history().refresh());
        verbs.put("favorites.add", () -> client.people().favorites().add(new Favorite("1002", "Bob")));
        verbs.put("favorites.remove", () -> client.people().favorites().remove("1002"));
        verbs.put("favorites.move", () -> client.people().favorites().move("1002", 0));
        verbs.put("textMessages.markRead", () -> client.textMessages().markRead("bob@example.com"));
        verbs.put("textMessages.delete", () -> client.textMessages().delete("t1"));
        verbs.put("textMessages.deleteConversation", () -> client.textMessages().deleteConversation("bob@example.com"));
        verbs.put("textMessages.clear", () -> client.textMessages().clear());
        verbs.put("rooms", () -> client.conferences().rooms());
        verbs.put("rooms.refresh", () -> client.conferences().refresh());
        verbs.put("voicemail.refresh", () -> client.voicemail().refresh());
        verbs.put("voicemail.more", () -> client.voicemail().more());
        verbs.put("voicemail.markHeard", () -> client.voicemail().markHeard("m1", true));
        verbs.put("voicemail.delete", () -> client.voicemail().delete("m1"));
        verbs.put("voicemail.undelete", () -> client.voicemail().undelete("m1"));
        verbs.put("voicemail.purge", () -> client.voicemail().purge());
        verbs.put("voicemail.greetings", () -> client.voicemail().greetings());
        verbs.put("voicemail.play", () -> client.voicemail().play("m1"));
        verbs.put("voicemail.callBack", () -> client.voicemail().callBack("m1"));
        verbs.put("voicemail.dialVoicemail", () -> client.voicemail().dialVoicemail());
        verbs.put("playback.pause", playback::pause);
        verbs.put("playback.resume", playback::resume);
        verbs.put("playback.seek", () -> playback.seek(Duration.ZERO));
        verbs.put("playback.route", () -> playback.route(null));
        return verbs;
    }

    @Test
    void every_verb_of_a_closed_client_says_that_it_is_closed() {
        Call call = alice.account.dial("1002");
        Conference room = alice.account.join("8000");
        Playback playback = alice.client.voicemail().play("m1");
        alice.client.close();

        assertThat(everyVerb(call, room, playback))
                .allSatisfy((what, verb) -> assertThatIllegalStateException()
                        .as(what)
                        .isThrownBy(verb::call)
                        .withMessage("the client is closed"));
    }

    @Test
    void operations_that_can_report_a_closed_client_do_so() {
        alice.client.close();
        scene.pass(Duration.ofSeconds(10));

        assertThat(await(alice.client.wake(WakeReason.PUSH, Duration.ofSeconds(20)))
                        .result())
                .isEqualTo(WakeOutcome.Result.CLOSED);
        assertThat(await(alice.client.counters()).calls()).isZero();
        await(alice.client.shutdown(Duration.ZERO));
        alice.client.close();
    }

    @Test
    void states_are_final_once_it_is_closed() {
        Call call = alice.account.dial("1002");
        scene.pass(Duration.ofMillis(20));
        alice.client.close();
        scene.pass(Duration.ofSeconds(40));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ENDED);
        assertThat(alice.client.calls()).isEmpty();
        assertThat(alice.client.accounts()).isEmpty();
        assertThat(alice.account.registration().state()).isEqualTo(RegistrationState.UNREGISTERED);
    }

    @Test
    void a_login_that_waits_for_the_lock_ends_as_logged_out() {
        await(alice.client.login(system(), login()));
        await(alice.client
                .lock()
                .change(
                        new AppLock.Settings(AppLock.Mode.PASSWORD, null, null),
                        new AppLock.Proof.Password(Secret.of("secret"))));
        alice.client.close();
        scene.pass(Duration.ofSeconds(10));
        Phone again =
                scene.phone("again", "192.0.2.2", config -> config.platform(p -> p.store(new FakeSecureStore(disk))));
        CompletionStage<LoginResult> waiting = again.client.login(system(), login());
        scene.pass(Duration.ofSeconds(10));
        assertThat(waiting.toCompletableFuture()).isNotDone();

        again.client.close();

        assertThat(await(waiting)).isEqualTo(new LoginResult.LoggedOut());
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        scene.until(future::isDone);
        return future.join();
    }
}
