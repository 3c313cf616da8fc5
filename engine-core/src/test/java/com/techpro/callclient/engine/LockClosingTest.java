// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.ports.biometric.BiometricPort.Answer;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeBiometrics;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever asked the lock something hears an outcome, whenever the client closes. */
class LockClosingTest {
    private PhoneScene scene;
    private FakeBiometrics sensor;
    private Phone alice;

    @BeforeEach
    void locked() {
        scene = new PhoneScene(61);
        sensor = new FakeBiometrics(scene.time.workers());
        alice = scene.phone(
                        "owner",
                        "192.0.2.1",
                        config -> config.platform(p -> p.store(new FakeSecureStore())
                                .biometrics(sensor)
                                .permissions(new FakePermissions())))
                .registered();
        TestPhoneSystem system = new TestPhoneSystem("alice", Policy.OPEN);
        await(alice.client.login(system, Login.of("alice@example.com", Secret.of("secret"))));
        var settings = new AppLock.Settings(AppLock.Mode.BIOMETRIC_OR_PASSWORD, null, null);
        await(alice.client.lock().change(settings, new AppLock.Proof.Password(Secret.of("secret"))));
        alice.client.lock().lockNow();
        scene.until(() -> alice.client.lock().isLocked());
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void attempts_under_way_when_the_client_closes_end() {
        CompletionStage<LockOutcome> first = alice.client.lock().unlock(Secret.of("secret"));
        CompletionStage<LockOutcome> second = alice.client.lock().unlock(Secret.of("secret"));

        alice.client.close();

        assertThat(await(first).result()).isIn(Result.DONE, Result.CANCELLED);
        assertThat(await(second).result()).isEqualTo(Result.CANCELLED);
    }

    @Test
    void a_question_that_nobody_answered_ends_with_the_client() {
        sensor.willAnswer(Answer.YES);
        sensor.hesitate();
        CompletionStage<LockOutcome> asked = alice.client.lock().unlockWithBiometrics();
        scene.until(() -> sensor.questions() == 1);

        alice.client.close();

        assertThat(await(asked).result()).isEqualTo(Result.CANCELLED);
        sensor.answerNow();
        scene.pass(Duration.ofSeconds(1));
        assertThat(alice.client.lock().isLocked()).isTrue();
    }

    @Test
    void a_closed_client_unlocks_nothing_any_more() {
        alice.client.close();
        scene.pass(Duration.ofSeconds(6));
        AppLock lock = alice.client.lock();

        assertThatIllegalStateException()
                .isThrownBy(() -> lock.unlock(Secret.of("secret")))
                .withMessage("the client is closed");
        assertThatIllegalStateException().isThrownBy(lock::unlockWithBiometrics);
        assertThatIllegalStateException()
                .isThrownBy(() -> lock.change(AppLock.Settings.OFF, new AppLock.Proof.Password(Secret.of("secret"))));
        assertThat(lock.isLocked()).isTrue();
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        scene.until(future::isDone);
        return future.join();
    }
}
