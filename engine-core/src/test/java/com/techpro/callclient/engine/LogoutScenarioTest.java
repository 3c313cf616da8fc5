// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is gone at which moment of a log-out (promise S6), while the registrar takes its time. */
class LogoutScenarioTest {
    private final FakeSecureStore store = new FakeSecureStore();
    private final Secret password = Secret.of("provisioned");
    private ScriptedPhoneSystem scene;
    private boolean revoked;

    @BeforeEach
    void logIn() {
        scene = new ScriptedPhoneSystem(
                        91, SipTransport.UDP, account -> account, config -> config.platform(p -> p.store(store)))
                .registered();
        LoginResult login = await(scene.client.login(
                new CarolsPhoneSystem(), Login.of("carol@" + ScriptedPhoneSystem.HOST, Secret.of("typed"))));
        Account carol = ((LoginResult.LoggedIn) login).account();
        scene.until(() -> carol.registration().state() == RegistrationState.REGISTERED);
        await(scene.client.people().favorites().add(new Favorite("1002", "Bob")));
        scene.pass(Duration.ofSeconds(2));
        scene.pbx.on("REGISTER", register -> {});
    }

    @AfterEach
    void close() {
        scene.pbx.on("REGISTER", scene::accept);
        scene.close();
    }

    @Test
    void S6_the_device_is_erased_before_the_registrar_has_answered() throws Exception {
        assertThat(store.names()).contains(StoredName.ACCOUNT.text(), StoredName.FAVORITES.text());
        var logout = scene.client.logout(LogoutOptions.EVERYTHING).toCompletableFuture();
        scene.until(this::unregistering);

        assertThat(logout).isNotDone();
        assertThat(store.names()).isEmpty();
        assertThat(scene.client.people().favorites().snapshot().favorites()).isEmpty();

        answer(scene.pbx.last("REGISTER"));
        scene.until(logout::isDone);
        assertThat(store.names()).isEmpty();
    }

    @Test
    void S6_only_the_data_kept_on_request_remains_before_the_registrar_answers() throws Exception {
        var logout =
                scene.client.logout(LogoutOptions.EVERYTHING.keepingFavorites()).toCompletableFuture();
        scene.until(this::unregistering);

        assertThat(logout).isNotDone();
        assertThat(store.names()).containsExactly(StoredName.FAVORITES.text());

        answer(scene.pbx.last("REGISTER"));
        scene.until(logout::isDone);
        assertThat(store.names()).containsExactly(StoredName.FAVORITES.text());
    }

    @Test
    void S6_the_password_is_wiped_once_the_registrar_has_answered_and_not_before() {
        var logout = scene.client.logout(LogoutOptions.EVERYTHING).toCompletableFuture();
        scene.until(this::unregistering);
        assertThat(isWiped()).as("the registrar may challenge").isFalse();

        answer(scene.pbx.last("REGISTER"));
        scene.until(logout::isDone);

        assertThat(logout.join().unregistered()).isTrue();
        assertThat(revoked).isTrue();
        assertThat(isWiped()).isTrue();
    }

    @Test
    void S6_a_registrar_that_never_answers_keeps_neither_the_password_nor_anything_else() throws Exception {
        var logout = scene.client.logout(LogoutOptions.EVERYTHING).toCompletableFuture();
        scene.until(logout::isDone);

        assertThat(logout.join().unregistered()).isFalse();
        assertThat(isWiped()).isTrue();
        assertThat(store.names()).isEmpty();
    }

    private boolean unregistering() {
        return isCarols(scene.pbx.last("REGISTER"))
                && "0".equals(scene.pbx.last("REGISTER").header("Expires"));
    }

    private static boolean isCarols(ScriptedMessage register) {
        return register.header("To").contains("carol");
    }

    private void answer(ScriptedMessage register) {
        scene.accept(register);
    }

    private boolean isWiped() {
        return catchThrowableOfType(
                        IllegalStateException.class, () -> password.use(SecretAccess.forAuthenticators(), String::new))
                != null;
    }

    private <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> result = stage.toCompletableFuture();
        scene.until(result::isDone);
        return result.join();
    }

    private final class CarolsPhoneSystem extends TestPhoneSystem {
        private final SipAccount account = SipAccount.builder("carol", ScriptedPhoneSystem.HOST, password)
                .transport(SipTransport.UDP)
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                .build();

        CarolsPhoneSystem() {
            super("carol", Policy.OPEN);
        }

        @Override
        public LoginOutcome logIn(Login login, LoginContext context) {
            return new LoginOutcome.LoggedIn(this);
        }

        @Override
        public SipAccount sipAccount() {
            return account;
        }

        @Override
        public void logOut() {
            revoked = true;
        }
    }
}
