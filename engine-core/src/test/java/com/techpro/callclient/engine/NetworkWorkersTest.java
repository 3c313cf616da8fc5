// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.privacy.ErasureOutcome;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** What waits for the phone system's answer delays nothing else: it has workers of its own. */
class NetworkWorkersTest {
    private final Set<String> asked = new TreeSet<>();
    private boolean onNetwork;
    /** Whether tasks never end. */
    private boolean hung;

    @Test
    void the_call_log_and_the_directory_are_read_by_network_workers() {
        try (PhoneScene scene = new PhoneScene(86)) {
            Schedulers schedulers = apart(scene.time);
            PhoneScene.Phone phone = scene.phone(
                    "owner",
                    "192.0.2.1",
                    config -> config.platform(p -> p.store(new FakeSecureStore()))
                            .lab(lab -> lab.schedulers(schedulers)));
            phone.registered();
            var login = phone.client
                    .login(new Watched(), Login.of("alice@example.com", Secret.of("the secret")))
                    .toCompletableFuture();
            scene.until(login::isDone);
            scene.pass(Duration.ofSeconds(5));

            assertThat(asked).containsExactly("call log by a network worker", "directory by a network worker");
        }
    }

    @Test
    void a_phone_system_that_hangs_keeps_nobody_from_logging_out_and_erasing() {
        try (PhoneScene scene = new PhoneScene(87)) {
            FakeSecureStore store = new FakeSecureStore();
            PhoneScene.Phone phone = scene.phone(
                    "owner",
                    "192.0.2.1",
                    config -> config.platform(p -> p.store(store)).lab(lab -> lab.schedulers(apart(scene.time))));
            phone.registered();
            TestPhoneSystem system = new TestPhoneSystem("alice", Policy.OPEN);
            Login login = Login.of("alice@example.com", Secret.of("the secret"));
            var first = phone.client.login(system, login).toCompletableFuture();
            scene.until(first::isDone);
            hung = true;
            var loggedOut = phone.client.logout(LogoutOptions.EVERYTHING).toCompletableFuture();
            scene.pass(Duration.ofSeconds(20));
            assertThat(loggedOut).isCompleted();
            hung = false;
            var second = phone.client.login(system, login).toCompletableFuture();
            scene.until(second::isDone);
            assertThat(second.join().code()).isEqualTo("logged-in");

            hung = true;
            var erased = phone.client.privacy().erase().toCompletableFuture();
            scene.pass(Duration.ofSeconds(8));
            phone.client.addAccount(PhoneScene.account("latecomer"));
            scene.pass(Duration.ofSeconds(30));
            assertThat(erased).isCompletedWithValue(new ErasureOutcome.Erased());
            assertThat(phone.client.accounts()).isEmpty();
        }
    }

    private Schedulers apart(Schedulers all) {
        return new Schedulers() {
            @Override
            public Loop openLoop(String name, Thread.UncaughtExceptionHandler failures) {
                return all.openLoop(name, failures);
            }

            @Override
            public Executor workers() {
                return all.workers();
            }

            @Override
            public Executor networkWorkers() {
                return task -> all.workers().execute(() -> {
                    if (hung) {
                        return;
                    }
                    onNetwork = true;
                    task.run();
                    onNetwork = false;
                });
            }

            @Override
            public void close() {}
        };
    }

    private final class Watched extends TestPhoneSystem {
        Watched() {
            super("alice", Policy.OPEN);
        }

        private void asked(String what) {
            asked.add(what + (onNetwork ? " by a network worker" : " by another"));
        }

        @Override
        public List<RemoteCall> recent(int limit) {
            asked("call log");
            return super.recent(limit);
        }

        @Override
        public List<Entry> entries(int limit) {
            asked("directory");
            return super.entries(limit);
        }
    }
}
