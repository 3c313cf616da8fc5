// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.lock.AppLock.Mode;
import com.techpro.callclient.engine.lock.AppLock.Proof;
import com.techpro.callclient.engine.lock.AppLock.Settings;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A PIN on an app whose account the host brings along, without any login. */
@Tag("slow")
class PinLockScenarioTest {
    private static final Settings AT_ONCE = new Settings(Mode.PIN, null, Duration.ZERO);
    private static final String MINE = "274913";

    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
    private PhoneScene scene;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void twoPhones() {
        scene = new PhoneScene(6);
        alice = start("192.0.2.1").registered().speaking(440);
        bob = scene.phone("bob", "192.0.2.2").registered().speaking(880);
        assertThat(await(alice.client.lock().setPin(Secret.of(MINE), AT_ONCE, new Proof.None()))
                        .result())
                .isEqualTo(Result.DONE);
        await(alice.client.people().favorites().add(new Favorite("1002", "Bob")));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_locked_app_dials_nobody_and_answers_and_the_pin_opens_it() {
        background(alice);

        assertThatThrownBy(() -> alice.account.dial("bob")).isInstanceOf(LockedException.class);
        assertThat(unlock(alice, "guess 7").attemptsLeft()).isEqualTo(4);
        assertThatThrownBy(() -> alice.client.people().favorites().snapshot()).isInstanceOf(LockedException.class);
        scene.talk(bob, alice);
        assertThat(alice.hears(880)).isGreaterThan(6_000);
        alice.incoming.hangUp();
        scene.until(() -> bob.client.calls().isEmpty() && alice.client.calls().isEmpty());

        alice.client.lock().appInForeground();
        assertThat(unlock(alice, MINE).isDone()).isTrue();
        scene.talk(alice, bob);
    }

    @Test
    void it_starts_locked_registers_all_the_same_and_counts_on() {
        background(alice);
        unlock(alice, "guess 7");
        unlock(alice, "guess 8");
        alice.client.close();
        scene.pass(Duration.ofSeconds(1));

        Phone again = start("192.0.2.4").registered();

        assertThat(again.locks).containsExactly(true);
        assertThat(again.client.lock().settings()).isEqualTo(AT_ONCE);
        assertThat(unlock(again, "guess 9").attemptsLeft()).isEqualTo(2);
        scene.pass(Duration.ofSeconds(30));
        assertThat(unlock(again, MINE).isDone()).isTrue();
        assertThat(again.client.people().favorites().snapshot().favorites()).hasSize(1);
    }

    @Test
    void forgotten_log_out_leaves_nothing_to_see_and_nothing_to_call_from() {
        Call call = scene.talk(alice, bob);
        background(alice);
        for (int i = 0; i < 5; i++) {
            scene.pass(unlock(alice, "guess " + i).retryIn());
        }
        assertThat(unlock(alice, MINE).result()).isEqualTo(Result.LOGOUT_NEEDED);
        assertThat(call.snapshot().state() == CallState.ENDED).as("calls go on").isFalse();

        LogoutResult out = await(alice.client.logout(LogoutOptions.EVERYTHING.keepingFavorites()));

        assertThat(out.leftover()).isNull();
        assertThat(disk.size()).isZero();
        assertThat(alice.client.lock().isLocked()).isFalse();
        assertThat(alice.client.people().favorites().snapshot().favorites()).isEmpty();
        assertThat(alice.client.people().history().snapshot().entries()).isEmpty();
        scene.until(() -> alice.client.accounts().isEmpty());
        assertThatThrownBy(() -> alice.account.dial("bob")).isInstanceOf(IllegalStateException.class);
        assertThat(call.snapshot().state() == CallState.ENDED).isTrue();
        assertThat(await(alice.client.lock().setPin(Secret.of("correct horse"), AT_ONCE, new Proof.None()))
                        .isDone())
                .isTrue();
        scene.pass(Duration.ofSeconds(2));
        assertThat(disk.size()).as("the lock alone").isEqualTo(1);
    }

    @Test
    void nobody_calls_between_logging_out_and_the_end_of_the_account() {
        background(alice);
        bob.incoming = null;

        CompletionStage<LogoutResult> out = alice.client.logout(LogoutOptions.EVERYTHING);
        scene.until(() -> !alice.client.lock().isLocked());
        if (!alice.client.accounts().isEmpty()) {
            assertThatThrownBy(() -> alice.account.dial("bob")).isInstanceOf(IllegalStateException.class);
        }
        await(out);
        scene.pass(Duration.ofSeconds(5));

        assertThat(bob.incoming).isNull();
        assertThat(alice.client.accounts()).isEmpty();
    }

    @Test
    void logging_out_of_an_open_app_keeps_the_hosts_account_and_the_data_asked_for() {
        await(alice.client.logout(LogoutOptions.EVERYTHING.keepingFavorites()));
        scene.pass(Duration.ofSeconds(2));

        assertThat(alice.client.lock().settings()).isEqualTo(Settings.OFF);
        assertThat(alice.client.people().favorites().snapshot().favorites()).hasSize(1);
        scene.talk(alice, bob);
    }

    @Test
    void a_login_that_comes_later_opens_by_its_password_too_and_log_out_ends_both() {
        await(alice.client.login(
                new TestPhoneSystem("alice", Policy.OPEN), Login.of("alice@example.com", Secret.of("secret"))));
        background(alice);
        for (int i = 0; i < 5; i++) {
            scene.pass(unlock(alice, "guess " + i).retryIn());
        }
        assertThat(unlock(alice, MINE).result()).isEqualTo(Result.PIN_BLOCKED);

        assertThat(await(alice.client.lock().unlock(Secret.of("secret"))).isDone())
                .isTrue();

        background(alice);
        assertThat(unlock(alice, MINE).isDone()).isTrue();
        await(alice.client.logout(LogoutOptions.EVERYTHING));
        assertThat(alice.client.lock().settings()).isEqualTo(Settings.OFF);
    }

    private Phone start(String address) {
        return scene.phone("alice", address, config -> config.platform(p -> p.store(new FakeSecureStore(disk))));
    }

    private void background(Phone phone) {
        phone.client.lock().appInForeground();
        phone.client.lock().appInBackground();
        scene.pass(Duration.ZERO);
        assertThat(phone.client.lock().isLocked()).isTrue();
    }

    private LockOutcome unlock(Phone phone, String pin) {
        return await(phone.client.lock().unlockWithPin(Secret.of(pin)));
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        scene.until(future::isDone);
        return future.join();
    }
}
