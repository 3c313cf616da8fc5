// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A login that is remembered, and the password of its account that is changed. */
class RememberedPasswordTest {
    private final FakeSecureStore store = new FakeSecureStore();

    @Test
    void whereTheLoginIsTheAccountAnAcceptedPasswordIsRemembered() throws Exception {
        try (ScriptedPhoneSystem scene = remembering(1)) {
            Account account = loggedIn(scene, "sip");
            scene.pbx.on("REGISTER", register -> refuse(scene, register));
            account.updateCredentials(Secret.of("mistyped"));
            scene.until(() -> account.registration().state() == RegistrationState.FAILED);
            scene.pass(Duration.ofSeconds(5));
            assertThat(remembered()).contains("\"before\"");

            scene.pbx.on("REGISTER", scene::accept);
            Secret changed = Secret.of("after");
            account.updateCredentials(changed);
            changed.wipe();
            scene.pass(Duration.ofSeconds(5));

            assertThat(account.registration().state()).isEqualTo(RegistrationState.REGISTERED);
            assertThat(remembered())
                    .contains("\"after\"", "\"alice@" + ScriptedPhoneSystem.HOST + "\"", "\"port\":5060")
                    .doesNotContain("before", "mistyped");
        }
    }

    @Test
    void whereThePhoneSystemGaveTheAccountAPasswordOfItsOwnTheLoginStays() throws Exception {
        try (ScriptedPhoneSystem scene = remembering(2)) {
            Account account = loggedIn(scene, "test");
            account.updateCredentials(Secret.of("after"));
            scene.pass(Duration.ofSeconds(5));

            assertThat(remembered()).contains("\"before\"").doesNotContain("after");
        }
    }

    @Test
    void anotherAccountOfTheClientAndALoginThatIsOverChangeNothing() throws Exception {
        try (ScriptedPhoneSystem scene = remembering(3)) {
            Account account = loggedIn(scene, "sip");
            scene.alice.updateCredentials(Secret.of("of another"));
            scene.pass(Duration.ofSeconds(5));
            assertThat(remembered()).contains("\"before\"").doesNotContain("of another");

            account.updateCredentials(Secret.of("after"));
            var logout = scene.client.logout(LogoutOptions.EVERYTHING).toCompletableFuture();
            scene.until(logout::isDone);
            scene.pass(Duration.ofSeconds(5));

            assertThat(store.read(StoredName.ACCOUNT.text())).isNull();
        }
    }

    /** It is stored behind the lock too; the log-out comes while the store is being read. */
    @Test
    void a_password_that_was_accepted_behind_the_lock_is_not_stored_after_a_log_out() throws Exception {
        ObservedStore observed = new ObservedStore(store);
        try (ScriptedPhoneSystem scene = remembering(5, observed)) {
            AppLock lock = scene.client.lock();
            var set = lock.setPin(
                    Secret.of("274913"), new AppLock.Settings(AppLock.Mode.PIN, null, null), new AppLock.Proof.None());
            scene.until(set.toCompletableFuture()::isDone);
            Account account = loggedIn(scene, "sip");
            scene.pbx.on("REGISTER", register -> {});
            account.updateCredentials(Secret.of("of the last user"));
            scene.pass(Duration.ofSeconds(1));
            lock.lockNow();
            List<CompletionStage<LogoutResult>> logouts = new ArrayList<>();
            observed.whenRead = () -> logouts.add(scene.client.logout(LogoutOptions.EVERYTHING));
            scene.accept(scene.pbx.last("REGISTER"));
            scene.pass(Duration.ofSeconds(2));

            assertThat(logouts).hasSize(1);
            assertThat(store.read(StoredName.ACCOUNT.text())).isNull();

            scene.pbx.on("REGISTER", scene::accept);
            observed.whenRead = () -> {};
            scene.until(logouts.get(0).toCompletableFuture()::isDone);
            loggedIn(scene, "sip");
            scene.pass(Duration.ofSeconds(5));
            assertThat(remembered()).contains("\"before\"").doesNotContain("of the last user");
        }
    }

    @Test
    void withoutAStoreThePasswordChangesAllTheSame() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(4)) {
            scene.registered();
            Account account = loggedIn(scene, "sip");
            account.updateCredentials(Secret.of("after"));
            scene.pass(Duration.ofSeconds(5));

            assertThat(account.registration().state()).isEqualTo(RegistrationState.REGISTERED);
        }
    }

    private ScriptedPhoneSystem remembering(long seed) {
        return remembering(seed, store);
    }

    private static ScriptedPhoneSystem remembering(long seed, SecureStorePort kept) {
        return new ScriptedPhoneSystem(
                        seed, SipTransport.UDP, account -> account, config -> config.platform(p -> p.store(kept)))
                .registered();
    }

    private static Account loggedIn(ScriptedPhoneSystem scene, String kind) {
        HostPort server = HostPort.parse(ScriptedPhoneSystem.HOST + ":5060");
        var result = scene.client
                .login(
                        new ClearTextPhoneSystem(kind),
                        Login.of("alice@" + ScriptedPhoneSystem.HOST, Secret.of("before"))
                                .at(server))
                .toCompletableFuture();
        scene.until(result::isDone);
        Account account = ((LoginResult.LoggedIn) result.join()).account();
        scene.until(() -> account.registration().state() == RegistrationState.REGISTERED);
        return account;
    }

    private String remembered() throws Exception {
        return new String(store.read(StoredName.ACCOUNT.text()), StandardCharsets.UTF_8);
    }

    private static void refuse(ScriptedPhoneSystem scene, ScriptedMessage register) {
        scene.pbx.respond(register, "403 Forbidden");
    }

    /** Its accounts register without encryption, as the scripted registrar asks. */
    private static final class ClearTextPhoneSystem implements PhoneSystem {
        private final String kind;

        ClearTextPhoneSystem(String kind) {
            this.kind = kind;
        }

        @Override
        public String kind() {
            return kind;
        }

        @Override
        public LoginOutcome logIn(Login login, LoginContext context) {
            SipAccount account = SipAccount.builder("carol", ScriptedPhoneSystem.HOST, Secret.of("provisioned"))
                    .transport(SipTransport.UDP)
                    .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                    .build();
            return new LoginOutcome.LoggedIn(new TestPhoneSystem("carol", Policy.OPEN) {
                @Override
                public SipAccount sipAccount() {
                    return account;
                }
            });
        }
    }

    /** Runs what a test wants while the login is being read. */
    private static final class ObservedStore implements SecureStorePort {
        private final SecureStorePort store;
        private Runnable whenRead = () -> {};

        ObservedStore(SecureStorePort store) {
            this.store = store;
        }

        @Override
        public byte @Nullable [] read(String name) throws SecureStoreException {
            if (name.equals(StoredName.ACCOUNT.text())) {
                whenRead.run();
            }
            return store.read(name);
        }

        @Override
        public Set<String> names() throws SecureStoreException {
            return store.names();
        }

        @Override
        public void write(Map<String, byte @Nullable []> changes) throws SecureStoreException {
            store.write(changes);
        }

        @Override
        public void erase() throws SecureStoreException {
            store.erase();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
