// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.internal.client.ClientInsides;
import com.techpro.callclient.engine.lock.AppLock.Mode;
import com.techpro.callclient.engine.lock.AppLock.Settings;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a locked app still does, and what it does not. */
class AppLockScenarioTest {
    private static final Settings AT_ONCE = new Settings(Mode.PASSWORD, null, Duration.ZERO);

    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
    private PhoneScene scene;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void twoPhones() {
        scene = new PhoneScene(5);
        alice = scene.phone("alice", "192.0.2.1", config -> config.platform(p -> p.store(new FakeSecureStore(disk))))
                .registered()
                .speaking(440);
        bob = scene.phone("bob", "192.0.2.2").registered().speaking(880);
        prove(alice, "secret");
        assertThat(outcome(alice.client.lock().change(AT_ONCE, Secret.of("secret"))))
                .isEqualTo(Result.DONE);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_locked_app_does_not_dial_and_an_unlocked_one_does_again() {
        background();

        assertThatThrownBy(() -> alice.account.dial("bob")).isInstanceOf(LockedException.class);
        assertThat(outcome(alice.client.lock().unlock(Secret.of("guess")))).isEqualTo(Result.WRONG_PASSWORD);
        assertThatThrownBy(() -> alice.account.dial("bob")).isInstanceOf(LockedException.class);
        scene.pass(Duration.ofSeconds(5));
        assertThat(bob.incoming).isNull();

        alice.client.lock().appInForeground();
        assertThat(outcome(alice.client.lock().unlock(Secret.of("secret")))).isEqualTo(Result.DONE);
        scene.talk(alice, bob);
    }

    @Test
    void a_report_for_a_support_ticket_names_nobody_and_needs_no_unlocking() {
        background();

        var report = alice.client.diagnostics().toCompletableFuture();
        scene.until(report::isDone);
        assertThat(report.join().accounts()).hasSize(1);
    }

    @Test
    void a_call_in_progress_goes_on_and_can_be_held_and_ended() {
        Call call = scene.talk(alice, bob);
        background();

        assertThat(alice.hears(880)).isGreaterThan(6_000);
        assertThat(bob.hears(440)).isGreaterThan(6_000);
        call.hold();
        scene.until(() -> bob.incoming.snapshot().hold() == HoldState.REMOTE);
        call.hangUp();
        scene.until(() -> bob.ending() != null);

        assertThat(alice.account.registration().state()).isEqualTo(RegistrationState.REGISTERED);
        alice.assertQuiet();
    }

    @Test
    void an_incoming_call_is_answered_while_locked_unless_the_host_forbids_it() {
        background();
        scene.talk(bob, alice);
        assertThat(alice.hears(880)).isGreaterThan(6_000);

        Phone strict = scene.phone(
                        "carol",
                        "192.0.2.3",
                        config -> config.platform(p -> p.store(new FakeSecureStore()))
                                .answerWhileLocked(false))
                .registered();
        prove(strict, "secret");
        outcome(strict.client.lock().change(AT_ONCE, Secret.of("secret")));
        strict.client.lock().appInBackground();
        scene.pass(Duration.ZERO);
        bob.account.dial("carol");
        scene.until(() -> strict.incoming != null);

        assertThatThrownBy(() -> strict.incoming.answer()).isInstanceOf(LockedException.class);
        scene.pass(Duration.ofSeconds(1));
        assertThat(strict.incoming.snapshot().state()).isEqualTo(CallState.INCOMING);
        assertThat(strict.audio.openStreams()).isZero();
        strict.incoming.reject(RejectReason.BUSY);
        scene.until(() -> strict.ending() != null);
    }

    @Test
    void a_restarted_app_is_locked_and_the_host_is_told() {
        background();
        alice.client.close();
        scene.pass(Duration.ofSeconds(1));

        Phone again = scene.phone(
                        "alice", "192.0.2.4", config -> config.platform(p -> p.store(new FakeSecureStore(disk))))
                .registered();

        assertThat(again.client.lock().isLocked()).isTrue();
        assertThat(again.locks).containsExactly(true);
        assertThatThrownBy(() -> again.account.dial("bob")).isInstanceOf(LockedException.class);
        assertThat(outcome(again.client.lock().unlock(Secret.of("secret")))).isEqualTo(Result.DONE);
        assertThat(again.locks).containsExactly(true, false);
    }

    @Test
    void a_locked_app_that_may_not_be_answered_does_not_ring_and_one_that_may_be_does() {
        CallTones ring = CallTones.DEFAULT.withRegion("DE");
        Phone strict = scene.phone(
                        "carol",
                        "192.0.2.3",
                        config -> config.platform(p -> p.store(new FakeSecureStore()))
                                .answerWhileLocked(false)
                                .tones(ring))
                .registered();
        Phone open = scene.phone(
                        "dora",
                        "192.0.2.4",
                        config -> config.platform(p -> p.store(new FakeSecureStore()))
                                .tones(ring))
                .registered();
        for (Phone phone : List.of(strict, open)) {
            prove(phone, "secret");
            outcome(phone.client.lock().change(AT_ONCE, Secret.of("secret")));
            phone.client.lock().appInBackground();
        }
        bob.account.dial("carol");
        bob.account.dial("dora");
        scene.until(() -> strict.incoming != null && open.incoming != null);
        scene.pass(Duration.ofSeconds(1));

        assertThat(strict.audio.opened()).isZero();
        assertThat(open.hears(660) + open.hears(880)).isZero();
        scene.pass(Duration.ofSeconds(2));
        assertThat(open.hears(880)).isGreaterThan(2_000);

        strict.client.lock().appInForeground();
        assertThat(outcome(strict.client.lock().unlock(Secret.of("secret")))).isEqualTo(Result.DONE);
        assertThat(strict.hears(880)).as("the user is there").isGreaterThan(2_000);
        strict.client.lock().appInBackground();
        scene.pass(Duration.ofMillis(200));
        assertThat(strict.audio.openStreams()).isZero();
    }

    private void background() {
        alice.client.lock().appInBackground();
        scene.pass(Duration.ZERO);
        assertThat(alice.client.lock().isLocked()).isTrue();
    }

    /** As logging in does once the phone system has accepted the password. */
    private void prove(Phone phone, String password) {
        ClientInsides.proved(phone.client, Secret.of(password));
        scene.pass(Duration.ZERO);
    }

    private Result outcome(CompletionStage<LockOutcome> stage) {
        scene.pass(Duration.ZERO);
        return stage.toCompletableFuture().getNow(null).result();
    }
}
