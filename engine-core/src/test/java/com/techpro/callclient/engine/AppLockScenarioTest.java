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
import com.techpro.callclient.engine.lock.AppLock.Proof;
import com.techpro.callclient.engine.lock.AppLock.Settings;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.callui.UiCall;
import com.techpro.callclient.ports.notification.Notice;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeCallUi;
import com.techpro.callclient.testkit.contracts.FakeNotifications;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a locked app still does, and what it does not. */
@Tag("slow")
class AppLockScenarioTest {
    private static final Settings AT_ONCE = new Settings(Mode.PASSWORD, null, Duration.ZERO);

    private static final TestPhoneSystem DORA = new TestPhoneSystem("dora", Policy.OPEN);

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
        assertThat(outcome(alice.client.lock().change(AT_ONCE, new Proof.Password(Secret.of("secret")))))
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

        Phone strict = lockedPhone("carol", config -> config.answerWhileLocked(false));
        bob.account.dial("carol");
        scene.until(() -> strict.incoming != null);

        assertThatThrownBy(() -> strict.incoming.answer()).isInstanceOf(LockedException.class);
        scene.pass(Duration.ofSeconds(1));
        assertThat(strict.incoming.snapshot().state()).isEqualTo(CallState.INCOMING);
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

    /** As when a push starts a process that Android ended. */
    @ParameterizedTest
    @EnumSource(names = {"PASSWORD", "PIN"})
    void a_restarted_app_registers_its_login_and_rings_behind_the_lock(Mode mode) {
        FakeSecureStore.Disk loginDisk = new FakeSecureStore.Disk();
        Phone before = owner("192.0.2.5", loginDisk);
        await(before.client.login(DORA, Login.of("dora@example.com", Secret.of("the secret"))));
        Settings locking = new Settings(mode, null, Duration.ZERO);
        Proof.Password proof = new Proof.Password(Secret.of("the secret"));
        assertThat(outcome(
                        mode == Mode.PIN
                                ? before.client.lock().setPin(Secret.of("274913"), locking, proof)
                                : before.client.lock().change(locking, proof)))
                .isEqualTo(Result.DONE);
        before.client.close();
        scene.pass(Duration.ofSeconds(6));

        Phone again = owner("192.0.2.6", loginDisk);
        LoginResult.LoggedIn restored = (LoginResult.LoggedIn) await(again.client.restore(DORA));
        scene.until(() -> restored.account().registration().state() == RegistrationState.REGISTERED);
        var woken = again.client.wake(WakeReason.PUSH, Duration.ofSeconds(20));
        assertThat(again.locks).containsExactly(true);

        Call missed = bob.account.dial("dora");
        scene.until(() -> again.incoming != null);
        assertThat(await(woken).result()).isEqualTo(WakeOutcome.Result.CALL);
        missed.hangUp();
        scene.until(() -> again.client.calls().isEmpty());
        Call out = bob.account.dial("dora");
        scene.until(() -> again.client.calls().size() == 1);
        await(again.incoming.answer());
        scene.until(() -> out.snapshot().state() == CallState.ESTABLISHED);
        out.hangUp();
        scene.until(() -> again.client.calls().isEmpty());

        assertThat(again.client.lock().isLocked()).isTrue();
        assertThatThrownBy(() -> restored.account().dial("bob")).isInstanceOf(LockedException.class);
        assertThatThrownBy(() -> again.client.people().history().snapshot()).isInstanceOf(LockedException.class);
        assertThat(outcome(again.client.lock().unlock(Secret.of("guess")))).isEqualTo(Result.WRONG_PASSWORD);
        assertThat(outcome(again.client.lock().unlock(Secret.of("the secret")))).isEqualTo(Result.DONE);
        assertThat(again.client.people().history().snapshot().entries()).hasSize(2);
    }

    /** Somebody else's phone system would accept any password. */
    @Test
    void U2_a_login_waits_until_the_app_is_open() {
        background();
        var login = alice.client
                .login(DORA, Login.of("dora@example.com", Secret.of("of a stranger")))
                .toCompletableFuture();
        scene.pass(Duration.ofMinutes(1));

        assertThat(login).isNotDone();
        assertThat(alice.client.lock().isLocked()).isTrue();
        assertThat(outcome(alice.client.lock().unlock(Secret.of("of a stranger"))))
                .isEqualTo(Result.WRONG_PASSWORD);
        assertThat(outcome(alice.client.lock().unlock(Secret.of("secret")))).isEqualTo(Result.DONE);
        assertThat(await(login).code()).isEqualTo("logged-in");
    }

    @Test
    void a_locked_app_rings_whether_it_may_be_answered_or_not() {
        CallTones ring = CallTones.DEFAULT.withRegion("DE");
        Phone strict =
                lockedPhone("carol", config -> config.answerWhileLocked(false).tones(ring));
        Phone open = lockedPhone("dora", config -> config.tones(ring));
        bob.account.dial("carol");
        bob.account.dial("dora");
        scene.until(() -> strict.incoming != null && open.incoming != null);
        scene.pass(Duration.ofSeconds(1));

        assertThat(strict.hears(660) + strict.hears(880)).isZero();
        scene.pass(Duration.ofSeconds(2));
        assertThat(strict.hears(880)).isGreaterThan(2_000);
        assertThat(open.audio.openStreams()).isOne();
    }

    @Test
    void answering_a_locked_app_on_the_call_screen_asks_for_unlocking() {
        for (boolean onScreen : List.of(true, false)) {
            FakeCallUi screen = new FakeCallUi(scene.time.openLoop("system")::execute);
            String user = onScreen ? "carol" : "dora";
            Phone carol = lockedPhone(
                    user,
                    config -> config.answerWhileLocked(false)
                            .platform(p -> p.callUi(screen).permissions(new FakePermissions())));
            Call call = bob.account.dial(user);
            scene.until(() -> carol.incoming != null);
            String id = carol.incoming.id();

            screen.userAnswers(id);
            scene.pass(Duration.ofSeconds(5));
            assertThat(carol.unlocksNeeded).containsExactly(carol.incoming);
            assertThat(carol.incoming.snapshot().state()).isEqualTo(CallState.INCOMING);
            assertThat(call.snapshot().state()).isEqualTo(CallState.RINGING_OUT);

            unlock(carol);
            if (onScreen) {
                screen.userAnswers(id);
            } else {
                carol.incoming.answer();
            }
            scene.until(() -> screen.isConnected(id));
            assertThat(carol.unlocksNeeded).hasSize(1);
            call.hangUp();
            scene.until(() -> carol.ending() != null);
        }
    }

    @Test
    void O1_a_policy_forbids_answering_while_locked() {
        Policy policy = new Policy(null, null, null, null, null, Set.of(Policy.Feature.ANSWER_WHILE_LOCKED));
        Phone carol = lockedPhone("carol", config -> config.policy(policy));
        bob.account.dial("carol");
        scene.until(() -> carol.incoming != null);
        assertThatThrownBy(() -> carol.incoming.answer()).isInstanceOf(LockedException.class);

        unlock(carol);
        await(carol.incoming.answer());
        scene.until(() -> carol.incoming.snapshot().state() == CallState.ESTABLISHED);
    }

    @ParameterizedTest
    @CsvSource({"true,true,bob", "true,false,bob", "false,true,''", "false,false,bob"})
    void the_system_gets_the_caller_unless_the_app_is_locked_and_hides_it(
            boolean shown, boolean locked, String number) {
        FakeCallUi screen = new FakeCallUi(scene.time.openLoop("system")::execute);
        FakeNotifications notices = new FakeNotifications();
        Phone carol = lockedPhone(
                "carol",
                config -> config.showCallerWhileLocked(shown)
                        .platform(p -> p.callUi(screen).notifications(notices).permissions(new FakePermissions())));
        if (!locked) {
            unlock(carol);
        }
        Call call = bob.account.dial("carol");
        scene.until(() -> carol.incoming != null);
        String id = carol.incoming.id();

        assertThat(screen.told()).containsExactly(new UiCall(id, null, number));
        assertThat(notices.shown()).singleElement().isEqualTo(new Notice.IncomingCall("call-" + id, id, null, number));
        assertThat(carol.incoming.snapshot().caller().number()).isEqualTo("bob");

        call.hangUp();
        scene.until(() -> carol.ending() != null);
        assertThat(notices.shown()).singleElement().isInstanceOfSatisfying(Notice.MissedCall.class, missed -> {
            assertThat(missed.name()).isNull();
            assertThat(missed.number()).isEqualTo(number);
        });
    }

    @Test
    void a_hidden_caller_is_named_while_the_app_is_unlocked() {
        FakeNotifications notices = new FakeNotifications();
        Phone carol = lockedPhone(
                "carol",
                config -> config.showCallerWhileLocked(false)
                        .platform(p -> p.notifications(notices).permissions(new FakePermissions())));
        bob.account.dial("carol");
        scene.until(() -> carol.incoming != null);
        String id = carol.incoming.id();

        for (String number : List.of("", "bob", "")) {
            assertThat(notices.shown())
                    .singleElement()
                    .isEqualTo(new Notice.IncomingCall("call-" + id, id, null, number));
            if (carol.client.lock().isLocked()) {
                unlock(carol);
            } else {
                carol.client.lock().appInBackground();
                scene.pass(Duration.ZERO);
            }
        }
    }

    private Phone lockedPhone(String user, UnaryOperator<CallClientConfig.Builder> settings) {
        Phone phone = scene.phone(
                        user,
                        user.equals("carol") ? "192.0.2.3" : "192.0.2.4",
                        config -> settings.apply(config.platform(p -> p.store(new FakeSecureStore()))))
                .registered();
        prove(phone, "secret");
        outcome(phone.client.lock().change(AT_ONCE, new Proof.Password(Secret.of("secret"))));
        phone.client.lock().appInBackground();
        scene.pass(Duration.ZERO);
        assertThat(phone.client.lock().isLocked()).isTrue();
        return phone;
    }

    private void unlock(Phone phone) {
        phone.client.lock().appInForeground();
        assertThat(outcome(phone.client.lock().unlock(Secret.of("secret")))).isEqualTo(Result.DONE);
    }

    private Phone owner(String address, FakeSecureStore.Disk with) {
        return scene.phone("owner", address, config -> config.platform(p -> p.store(new FakeSecureStore(with))));
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        scene.until(future::isDone);
        return future.join();
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
