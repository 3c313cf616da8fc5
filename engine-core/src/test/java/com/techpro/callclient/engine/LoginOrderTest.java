// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** In which order a host hears of a login and of the account that it gives. */
class LoginOrderTest {
    private final List<String> heard = new ArrayList<>();

    private final CallClientListener listener = new CallClientListener() {
        @Override
        public void registrationChanged(Account account, RegistrationSnapshot after) {
            if (account.id().equals("a2")) {
                heard.add(after.state().name());
            }
        }
    };

    @Test
    void theLoginResultComesBeforeTheFirstEventOfItsAccount() {
        try (PhoneScene scene = new PhoneScene(1)) {
            FakeSecureStore store = new FakeSecureStore();
            PhoneScene.Phone phone = scene.phone(
                    "owner",
                    "192.0.2.1",
                    config -> config.platform(p -> p.store(store)).listener(listener));
            phone.registered();

            var unused = phone.client
                    .login(
                            new TestPhoneSystem("alice", Policy.OPEN),
                            Login.of("alice@example.com", Secret.of("the secret")))
                    .thenAccept(result -> heard.add("login"));
            scene.until(() -> heard.contains("REGISTERED"));

            assertThat(heard).containsExactly("login", "REGISTERING", "REGISTERED");
            heard.clear();
            var logout = phone.client.logout(LogoutOptions.EVERYTHING).toCompletableFuture();
            scene.until(logout::isDone);
            assertThat(logout.join().unregistered()).isTrue();
        }
    }

    /** As a keyring that asks the user first, or a vault whose key is derived on a busy machine. */
    @Test
    void the_account_registers_while_the_login_is_being_stored() {
        try (PhoneScene scene = new PhoneScene(5)) {
            Loop disk = scene.time.openLoop("disk");
            Duration[] access = {Duration.ZERO};
            Schedulers schedulers = new Schedulers() {
                @Override
                public Loop openLoop(String name, Thread.UncaughtExceptionHandler failures) {
                    return scene.time.openLoop(name, failures);
                }

                @Override
                public Executor workers() {
                    return task -> disk.schedule(access[0], task);
                }

                @Override
                public Executor networkWorkers() {
                    return scene.time.workers();
                }

                @Override
                public void close() {}
            };
            PhoneScene.Phone phone = scene.phone(
                    "owner",
                    "192.0.2.1",
                    config -> config.lab(lab -> lab.schedulers(schedulers))
                            .platform(p -> p.store(new FakeSecureStore()))
                            .listener(listener));
            phone.registered();
            access[0] = Duration.ofSeconds(16);

            var unused = phone.client
                    .login(
                            new TestPhoneSystem("alice", Policy.OPEN),
                            Login.of("alice@example.com", Secret.of("the secret")))
                    .thenAccept(result -> heard.add("login " + ((LoginResult.LoggedIn) result).remembered()));
            scene.until(() -> scene.proxy.knows("alice"), Duration.ofSeconds(2));
            assertThat(heard).isEmpty();
            scene.until(() -> !heard.isEmpty(), Duration.ofMinutes(1));

            assertThat(heard).containsExactly("login true", "REGISTERED");
        }
    }

    @Test
    void a_second_login_is_refused_while_the_first_continues_and_afterwards() {
        try (PhoneScene scene = new PhoneScene(3)) {
            PhoneScene.Phone phone =
                    scene.phone("owner", "192.0.2.1", config -> config.platform(p -> p.store(new FakeSecureStore())));
            phone.registered();
            TestPhoneSystem system = new TestPhoneSystem("alice", Policy.OPEN);
            Login login = Login.of("alice@example.com", Secret.of("the secret"));

            var first = phone.client.login(system, login).toCompletableFuture();
            var second = phone.client.login(system, login).toCompletableFuture();
            var restored = phone.client.restore(system).toCompletableFuture();
            scene.until(() -> first.isDone() && second.isDone() && restored.isDone());
            var third = phone.client.login(system, login).toCompletableFuture();
            scene.until(third::isDone);

            assertThat(first.join().code()).isEqualTo("logged-in");
            assertThat(second.join()).isEqualTo(new LoginResult.InProgress());
            assertThat(restored.join()).isEqualTo(new LoginResult.InProgress());
            assertThat(third.join()).isEqualTo(new LoginResult.AlreadyLoggedIn());
            assertThat(phone.client.accounts()).hasSize(2);
        }
    }

    /** As when the user presses "log out" twice. */
    @Test
    void a_login_between_two_logouts_is_the_only_one() {
        try (PhoneScene scene = new PhoneScene(4)) {
            PhoneScene.Phone phone =
                    scene.phone("owner", "192.0.2.1", config -> config.platform(p -> p.store(new FakeSecureStore())));
            phone.registered();
            TestPhoneSystem system = new TestPhoneSystem("alice", Policy.OPEN);
            Login login = Login.of("alice@example.com", Secret.of("the secret"));
            List<LoginResult> results = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                var unused = phone.client
                        .logout(LogoutOptions.EVERYTHING)
                        .thenAccept(done -> phone.client.login(system, login).thenAccept(results::add));
            }
            scene.until(() -> results.size() == 2);
            scene.pass(Duration.ofSeconds(5));

            assertThat(results).extracting(LoginResult::code).containsExactlyInAnyOrder("in-progress", "logged-in");
            assertThat(phone.client.accounts()).hasSize(2);
            assertThat(system.loggedOut).isZero();
        }
    }

    @Test
    void aLogoutBeforeTheLoginIsThroughEndsWithNothingRegistered() {
        try (PhoneScene scene = new PhoneScene(2)) {
            PhoneScene.Phone phone = scene.phone(
                    "owner",
                    "192.0.2.1",
                    config ->
                            config.platform(p -> p.store(new FakeSecureStore())).listener(listener));
            phone.registered();

            var login = phone.client
                    .login(
                            new TestPhoneSystem("alice", Policy.OPEN),
                            Login.of("alice@example.com", Secret.of("the secret")))
                    .toCompletableFuture();
            scene.until(() -> phone.client.accounts().size() == 2);
            var logout = phone.client.logout(LogoutOptions.EVERYTHING).toCompletableFuture();
            scene.until(() -> logout.isDone() && login.isDone());
            scene.pass(Duration.ofSeconds(5));

            assertThat(login.join()).isEqualTo(new LoginResult.LoggedOut());
            assertThat(phone.client.accounts()).hasSize(1);
            assertThat(scene.proxy.knows("alice")).isFalse();
        }
    }
}
