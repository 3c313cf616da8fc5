// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.Resolver.RecordType;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Promises S5 and S6: a login that comes to nothing leaves no session, secret, host, account or stored value. */
class AbandonedLoginTest {
    private static final String SIP_HOST = "phones.example.net";
    private static final String WEB_HOST = "web.example.org";

    private final FakeSecureStore store = new FakeSecureStore();

    /** Why it comes to nothing. */
    enum Ending {
        /** The phone system needs a host that the policy does not have. */
        HOST_NOT_PERMITTED("refused-policy", Set.of(SIP_HOST), null),
        /** The phone system's account encrypts less than the policy wants. */
        ACCOUNT_NOT_PERMITTED("refused-policy", null, SecurityFloor.DEFAULT),
        /** The user logs out while the phone system is asked. */
        LOGGED_OUT("logged-out", null, null);

        private final String code;
        private final Policy policy;

        Ending(String code, @Nullable Set<String> hosts, @Nullable SecurityFloor floor) {
            this.code = code;
            this.policy = new Policy(hosts, floor, null, null, null, Set.of());
        }
    }

    @ParameterizedTest
    @EnumSource
    void S5_S6_a_login_that_is_refused_or_overtaken_leaves_nothing(Ending ending) throws Exception {
        try (PhoneScene scene = new PhoneScene(5)) {
            scene.network.dns().address(WEB_HOST, PhoneScene.DOMAIN);
            Phone phone = scene.phone("owner", "192.0.2.1", config -> config.platform(p -> p.store(store)))
                    .registered();
            Kept system = new Kept(ending.policy, () -> {
                if (ending == Ending.LOGGED_OUT) {
                    var unused = phone.client.logout(LogoutOptions.EVERYTHING);
                }
            });
            var login = phone.client
                    .login(system, Login.of("alice@example.net", Secret.of("typed")))
                    .toCompletableFuture();
            scene.until(login::isDone);
            scene.pass(Duration.ofSeconds(5));

            assertThat(login.join().code()).isEqualTo(ending.code);
            assertThat(system.loggedOut).isOne();
            assertThatIllegalStateException()
                    .isThrownBy(() -> system.login.password().use(SecretAccess.forAuthenticators(), String::new));
            assertThat(lookUp(scene, system.context)).isInstanceOf(DnsAnswer.Refused.class);
            assertThat(phone.client.accounts()).hasSize(1);
            assertThat(store.names()).doesNotContain(StoredName.ACCOUNT.text());
        }
    }

    /** Whichever that is: a key derivation, a write. */
    @Test
    void S6_a_task_of_a_login_that_ends_after_the_log_out_stores_nothing() throws Exception {
        int held = 0;
        while (storedNothing(held)) {
            held++;
        }
        assertThat(held).as("tasks of a login").isGreaterThan(2);
    }

    /** The user need not wait for a phone system that is being asked, to log in again. */
    @Test
    void a_restoring_ends_with_the_log_out_that_overtakes_it() {
        try (PhoneScene scene = new PhoneScene(7)) {
            Kept system = new Kept(Policy.OPEN, () -> {});
            Phone before = scene.phone("owner", "192.0.2.1", config -> config.platform(p -> p.store(store)));
            var login = before.client
                    .login(system, Login.of("alice@example.net", Secret.of("typed")))
                    .toCompletableFuture();
            scene.until(login::isDone);
            before.client.close();
            HoldingWorkers workers = new HoldingWorkers(scene.time);
            Phone phone = scene.phone(
                    "owner",
                    "192.0.2.2",
                    config -> config.platform(p -> p.store(store)).lab(lab -> lab.schedulers(workers)));
            scene.pass(Duration.ofSeconds(5));
            // The first task reads the store.
            workers.hold(1);
            var restored = phone.client.restore(system).toCompletableFuture();
            scene.pass(Duration.ofSeconds(1));
            assertThat(workers.task).as("the phone system is asked").isNotNull();

            var unused = phone.client.logout(LogoutOptions.EVERYTHING);
            scene.pass(Duration.ofSeconds(1));

            assertThat(restored).isCompletedWithValue(new LoginResult.LoggedOut());
            workers.release();
        }
    }

    /** Returns false if a login has fewer tasks. */
    private boolean storedNothing(int held) throws Exception {
        try (PhoneScene scene = new PhoneScene(6)) {
            FakeSecureStore ofOne = new FakeSecureStore();
            HoldingWorkers workers = new HoldingWorkers(scene.time);
            Phone phone = scene.phone(
                            "owner",
                            "192.0.2.1",
                            config -> config.platform(p -> p.store(ofOne)).lab(lab -> lab.schedulers(workers)))
                    .registered();
            scene.pass(Duration.ofSeconds(5));
            workers.hold(held);
            var login = phone.client
                    .login(new Kept(Policy.OPEN, () -> {}), Login.of("alice@example.net", Secret.of("typed")))
                    .toCompletableFuture();
            scene.pass(Duration.ofSeconds(1));
            if (workers.task == null) {
                return false;
            }
            var logout = phone.client.logout(LogoutOptions.EVERYTHING).toCompletableFuture();
            scene.pass(Duration.ofMinutes(1));

            workers.release();
            scene.until(() -> login.isDone() && logout.isDone());
            scene.pass(Duration.ofSeconds(5));

            assertThat(ofOne.names()).as("task %d", held).isEmpty();
            assertThat(phone.client.accounts()).hasSize(1);
            return true;
        }
    }

    private static DnsAnswer lookUp(PhoneScene scene, LoginContext context) {
        List<DnsAnswer> heard = new ArrayList<>();
        context.resolver().resolve(WEB_HOST, RecordType.ADDRESS, heard::add);
        scene.until(() -> !heard.isEmpty());
        return heard.get(0);
    }

    /** A phone system that keeps what it was given for logging in. */
    private static final class Kept extends TestPhoneSystem {
        private final Runnable asked;
        private Login login;
        private LoginContext context;

        Kept(Policy policy, Runnable asked) {
            super("alice", policy);
            this.asked = asked;
        }

        @Override
        public LoginOutcome logIn(Login given, LoginContext means) {
            login = given;
            context = means;
            assertThat(means.allow(List.of(new HostPort(WEB_HOST, 443)))).isTrue();
            asked.run();
            return super.logIn(given, means);
        }

        @Override
        public List<HostPort> hosts() {
            return List.of(new HostPort(WEB_HOST, 443));
        }

        @Override
        public SipAccount sipAccount() {
            return SipAccount.builder("alice", PhoneScene.DOMAIN, Secret.of("provisioned"))
                    .transport(SipTransport.UDP)
                    .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                    .build();
        }
    }

    /** Schedulers of which one task waits until the test lets it go on. */
    private static final class HoldingWorkers implements Schedulers {
        private final VirtualTime time;
        private int before = -1;

        @Nullable
        Runnable task;

        HoldingWorkers(VirtualTime time) {
            this.time = time;
        }

        /** @param tasks that run before it, from now on */
        void hold(int tasks) {
            before = tasks;
        }

        void release() {
            time.workers().execute(task);
        }

        @Override
        public Loop openLoop(String name, Thread.UncaughtExceptionHandler failures) {
            return time.openLoop(name, failures);
        }

        @Override
        public Executor workers() {
            return next -> time.workers().execute(() -> {
                if (before-- == 0) {
                    task = next;
                } else {
                    next.run();
                }
            });
        }

        @Override
        public void close() {}
    }
}
