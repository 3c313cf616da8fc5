// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What waits for the phone system's answer delays nothing else: it has workers of its own. */
class NetworkWorkersTest {
    private final Set<String> asked = new TreeSet<>();

    @Test
    void the_call_log_and_the_directory_are_read_by_network_workers() {
        try (PhoneScene scene = new PhoneScene(86)) {
            StallingWorkers schedulers = new StallingWorkers(scene.time);
            PhoneScene.Phone phone = scene.phone(
                    "owner",
                    "192.0.2.1",
                    config -> config.platform(p -> p.store(new FakeSecureStore()))
                            .lab(lab -> lab.schedulers(schedulers)));
            phone.registered();
            var login = phone.client
                    .login(new Watched(schedulers), Login.of("alice@example.com", Secret.of("the secret")))
                    .toCompletableFuture();
            scene.until(login::isDone);
            scene.pass(Duration.ofSeconds(5));

            assertThat(asked).containsExactly("call log by a network worker", "directory by a network worker");
        }
    }

    private final class Watched extends TestPhoneSystem {
        private final StallingWorkers schedulers;

        Watched(StallingWorkers schedulers) {
            super("alice", Policy.OPEN);
            this.schedulers = schedulers;
        }

        private void asked(String what) {
            asked.add(what + (schedulers.working() ? " by a network worker" : " by another"));
        }

        @Override
        public List<RemoteCall> recent(int limit) throws IOException {
            asked("call log");
            return super.recent(limit);
        }

        @Override
        public List<Entry> entries(int limit) throws IOException {
            asked("directory");
            return super.entries(limit);
        }
    }
}
