// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.SipRegistrar;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.EstablishmentOutcome;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.AppLock.Mode;
import com.techpro.callclient.engine.lock.AppLock.Proof;
import com.techpro.callclient.engine.lock.AppLock.Settings;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.privacy.ErasureOutcome;
import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What an app sees of login, lock and the user's data, at the engine as at its fake. */
abstract class UserContract extends ClientUnderTest {
    static final String PIN = "274913";
    private static final Settings BY_PIN = new Settings(Mode.PIN, null, Duration.ZERO);

    @Test
    void a_user_logs_in_once_and_out() {
        LoginResult result = await(subject.login());
        assertThat(result).isInstanceOf(LoginResult.LoggedIn.class);
        assertThat(client.profile().extension()).isEqualTo("1001");
        assertThat(client.accounts()).containsExactly(((LoginResult.LoggedIn) result).account());
        assertThat(client.accounts().get(0).registration().state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(await(subject.login())).isEqualTo(new LoginResult.AlreadyLoggedIn());

        assertThat(await(client.logout(LogoutOptions.EVERYTHING)).unregistered())
                .isTrue();

        assertThat(client.profile()).isNull();
        assertThat(client.accounts()).isEmpty();
        assertThat(await(client.restore(SipRegistrar.phoneSystem()))).isEqualTo(new LoginResult.NothingStored());
        assertThat(await(subject.login())).isInstanceOf(LoginResult.LoggedIn.class);
    }

    @Test
    void logging_out_erases_the_users_data_and_ends_calls_and_lock() {
        await(subject.login());
        leaveTraces(client.accounts().get(0));
        Call call = talking(client.accounts().get(0));
        setPin();

        await(client.logout(LogoutOptions.EVERYTHING));

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.LocalHangUp());
        assertThat(client.lock().settings()).isEqualTo(Settings.OFF);
        assertNoTraces();
        assertThat(favorites()).isEmpty();
    }

    @Test
    void logging_out_keeps_the_favourites_if_asked_and_the_hosts_own_account() {
        await(subject.login());
        leaveTraces(client.accounts().get(0));
        Account own = client.addAccount(subject.anotherAccount());
        subject.settle();

        await(client.logout(LogoutOptions.EVERYTHING.keepingFavorites()));

        assertThat(client.accounts()).containsExactly(own);
        assertNoTraces();
        assertThat(favorites()).hasSize(1);
    }

    @Test
    void logging_out_of_a_locked_app_leaves_nothing() {
        leaveTraces(registered());
        setPin();
        client.lock().lockNow();

        await(client.logout(LogoutOptions.EVERYTHING.keepingFavorites()));

        assertThat(client.lock().isLocked()).isFalse();
        assertThat(client.accounts()).isEmpty();
        assertNoTraces();
        assertThat(favorites()).isEmpty();
    }

    @Test
    void erasing_leaves_no_account_no_login_and_no_data_also_while_locked() {
        for (boolean locked : new boolean[] {false, true}) {
            await(subject.login());
            leaveTraces(client.accounts().get(0));
            client.addAccount(subject.anotherAccount());
            subject.settle();
            setPin();
            if (locked) {
                client.lock().lockNow();
            }

            assertThat(await(client.privacy().erase())).isEqualTo(new ErasureOutcome.Erased());

            assertThat(client.lock().isLocked()).isFalse();
            assertThat(client.lock().settings()).isEqualTo(Settings.OFF);
            assertThat(client.profile()).isNull();
            assertThat(client.accounts()).isEmpty();
            assertNoTraces();
            assertThat(favorites()).isEmpty();
        }
    }

    private void leaveTraces(Account account) {
        await(incomingCall(account).reject(RejectReason.DECLINED));
        await(client.people().favorites().add(new Favorite("1002", "Bob")));
        await(client.incomingCalls().doNotDisturb().set(true));
        await(client.incomingCalls().forwarding().set(ForwardingRules.NONE.withBusy("1003")));
        assertThat(history()).hasSize(1);
    }

    private void assertNoTraces() {
        assertThat(history()).isEmpty();
        assertThat(client.incomingCalls().doNotDisturb().snapshot().on()).isFalse();
        assertThat(client.incomingCalls().forwarding().snapshot().rules()).isEqualTo(ForwardingRules.NONE);
        assertThat(client.calls()).isEmpty();
    }

    @Test
    void five_wrong_pins_block_the_pin_and_only_logging_out_helps_without_a_login() {
        registered();
        setPin();
        client.lock().lockNow();

        for (int left = AppLock.PIN_ATTEMPTS - 1; left >= 0; left--) {
            LockOutcome outcome = wrongPin();
            assertThat(outcome.result()).isEqualTo(left == 0 ? Result.LOGOUT_NEEDED : Result.WRONG_PIN);
            assertThat(outcome.attemptsLeft()).isEqualTo(left);
        }

        assertThat(await(subject.tryPin()).result()).isEqualTo(Result.LOGOUT_NEEDED);
        assertThat(client.lock().isLocked()).isTrue();
        await(client.logout(LogoutOptions.EVERYTHING));
        assertThat(client.lock().isLocked()).isFalse();
    }

    @Test
    void the_password_of_the_login_opens_a_blocked_pin_which_then_counts_anew() {
        await(subject.login());
        setPin();
        client.lock().lockNow();
        for (int i = 0; i < AppLock.PIN_ATTEMPTS; i++) {
            wrongPin();
        }
        assertThat(await(subject.tryPin()).result()).isEqualTo(Result.PIN_BLOCKED);

        assertThat(await(subject.tryPassword()).isDone()).isTrue();

        client.lock().lockNow();
        assertThat(wrongPin().attemptsLeft()).isEqualTo(AppLock.PIN_ATTEMPTS - 1);
        assertThat(await(subject.tryPin()).isDone()).isTrue();
    }

    @Test
    void a_lock_is_told_once_each_way_and_without_one_nothing_locks() {
        registered();
        client.lock().lockNow();
        assertThat(client.lock().isLocked()).isFalse();
        setPin();
        told.clear();

        client.lock().lockNow();
        client.lock().lockNow();
        assertThat(client.lock().isLocked()).isTrue();
        await(subject.tryPin());
        client.lock().appInBackground();
        subject.settle();

        assertThat(client.lock().isLocked()).isTrue();
        assertThat(told).containsExactly("locked", "unlocked", "locked");
    }

    @Test
    void a_lock_is_changed_with_a_proof_only() {
        registered();
        assertThat(change(BY_PIN, new Proof.None()).result()).isEqualTo(Result.PROOF_NEEDED);
        assertThat(change(BY_PIN, new Proof.Pin(Secret.of(PIN))).result()).isEqualTo(Result.PIN_NOT_SET);
        assertThat(change(BY_PIN, subject.password()).result()).isEqualTo(Result.NOT_LOGGED_IN);
        setPin();
        assertThat(change(Settings.OFF, new Proof.None()).result()).isEqualTo(Result.PROOF_NEEDED);
        assertThat(client.lock().settings()).isEqualTo(BY_PIN);

        assertThat(change(Settings.OFF, new Proof.Pin(Secret.of(PIN))).isDone()).isTrue();

        client.lock().lockNow();
        assertThat(client.lock().isLocked()).isFalse();
        setPin(); // the mode without a PIN has deleted it
    }

    @Test
    void a_locked_app_shows_and_dials_nothing() {
        Account account = registered();
        setPin();
        client.lock().lockNow();

        for (Runnable forbidden : List.<Runnable>of(
                () -> account.dial(ClientSubject.FAR),
                () -> account.sendMessage(ClientSubject.FAR, "Hi"),
                () -> client.people().history().snapshot(),
                () -> client.people().history().clear(),
                () -> client.people().favorites().snapshot(),
                () -> client.people().favorites().add(new Favorite("1", "A")),
                () -> client.people().directory().lookUp("1002"),
                () -> client.incomingCalls().doNotDisturb().snapshot(),
                () -> client.incomingCalls().doNotDisturb().set(true),
                () -> client.incomingCalls().forwarding().snapshot(),
                () -> client.voicemail().snapshot(),
                () -> client.textMessages().snapshot(),
                () -> client.privacy().export(),
                () -> client.checkForUpdate("1.0"))) {
            assertThatThrownBy(forbidden::run).isInstanceOf(LockedException.class);
        }
        assertThat(await(client.privacy().trim())).isNotNull();
        assertThat(await(client.diagnostics())).isNotNull();
    }

    @Test
    void calls_go_on_and_are_answered_behind_the_lock() {
        Account account = registered();
        setPin();
        client.lock().lockNow();

        Call call = incomingCall(account);
        assertThat(await(call.answer()).isDone()).isTrue();
        assertThat(await(call.hold()).isDone()).isTrue();
        assertThatThrownBy(() -> call.transfer("1003")).isInstanceOf(LockedException.class);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);

        call.hangUp();
        subject.settle();
        await(subject.tryPin());

        assertThat(history()).hasSize(1);
    }

    @Test
    void a_login_waits_for_the_lock() {
        setPin();
        client.lock().lockNow();
        CompletionStage<LoginResult> login = subject.login();
        subject.settle();
        assertThat(login.toCompletableFuture()).isNotDone();
        assertThat(await(subject.login())).isEqualTo(new LoginResult.InProgress());

        await(subject.tryPin());

        assertThat(await(login)).isInstanceOf(LoginResult.LoggedIn.class);
    }

    @Test
    void favourites_are_added_renamed_moved_and_removed() {
        var favorites = client.people().favorites();
        for (String number : List.of("1", "2", "3")) {
            assertThat(await(favorites.add(new Favorite(number, "old"))).isDone())
                    .isTrue();
        }
        assertThat(await(favorites.add(new Favorite("1", "new"))).isDone()).isTrue();
        assertThat(await(favorites.move("3", 0)).isDone()).isTrue();
        assertThat(await(favorites.remove("2")).isDone()).isTrue();
        assertThat(await(favorites.remove("2"))).isEqualTo(new CommandOutcome.Refused(CommandRefusal.NO_SUCH_FAVORITE));
        assertThat(await(favorites.move("2", 0)))
                .isEqualTo(new CommandOutcome.Refused(CommandRefusal.NO_SUCH_FAVORITE));

        assertThat(favorites()).containsExactly(new Favorite("3", "old"), new Favorite("1", "new"));
        assertThat(told)
                .containsExactly(
                        "favorites 1", "favorites 2", "favorites 3", "favorites 3", "favorites 3", "favorites 2");
    }

    @Test
    void a_closed_client_ends_calls_and_open_stages_and_takes_no_commands() {
        Account account = registered();
        Call call = account.dial(ClientSubject.FAR);
        CompletionStage<EstablishmentOutcome> established = call.whenEstablished();

        client.close();
        client.close();

        assertThat(await(established)).isInstanceOf(EstablishmentOutcome.Ended.class);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ENDED);
        for (Runnable forbidden : List.<Runnable>of(
                () -> account.dial(ClientSubject.FAR),
                () -> client.addAccount(subject.sipAccount()),
                () -> client.addListener(this),
                () -> client.logout(LogoutOptions.EVERYTHING),
                () -> call.hold(),
                () -> subject.login(),
                () -> client.lock().lockNow())) {
            assertThatThrownBy(forbidden::run).isInstanceOf(IllegalStateException.class);
        }
        assertThat(await(client.counters())).isNotNull();
        assertThat(await(client.diagnostics())).isNotNull();
        await(client.shutdown(Duration.ofSeconds(1)));
    }

    @Test
    void shutting_down_hangs_up_and_unregisters() {
        Call call = talking(registered());

        await(client.shutdown(Duration.ofSeconds(1)));

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.LocalHangUp());
        assertThat(client.accounts()).isEmpty();
    }

    /** Tries a wrong PIN, and waits until the next may come. */
    private LockOutcome wrongPin() {
        LockOutcome outcome = await(subject.tryWrongPin());
        for (Duration left = outcome.retryIn(); !left.isNegative(); left = left.minus(ClientSubject.A_WHILE)) {
            subject.settle();
        }
        return outcome;
    }

    private void setPin() {
        Proof proof = client.profile() == null ? new Proof.None() : subject.password();
        assertThat(await(client.lock().setPin(Secret.of(PIN), BY_PIN, proof)).isDone())
                .isTrue();
        told.clear();
    }

    private LockOutcome change(Settings settings, Proof proof) {
        return await(client.lock().change(settings, proof));
    }

    private List<Favorite> favorites() {
        return client.people().favorites().snapshot().favorites();
    }
}
