// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.LogoutResult;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole way of a login by e-mail and password, on real sockets: in, restart, out. */
class LoginScenarioTest {
    /** How its PBX behaves. */
    PbxBuilder profile(PbxBuilder builder) {
        return builder;
    }

    private final ExecutorService callbacks = Executors.newSingleThreadExecutor();
    private final EmbeddedPbx pbx =
            profile(EmbeddedPbx.builder()).extensions("1001").provisioning().start();
    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
    private CallClient client = newClient(Policy.OPEN);

    @AfterEach
    void close() throws Exception {
        get(client.shutdown(Duration.ofMillis(100)));
        pbx.close();
        callbacks.shutdownNow();
    }

    private CallClient newClient(Policy policy) {
        return CallClient.create(CallClientConfig.builder()
                .callbacks(callbacks)
                .platform(p -> p.store(new FakeSecureStore(disk)))
                .policy(policy)
                .build());
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private LoginResult.LoggedIn logIn() throws Exception {
        LoginResult result = get(client.login(pbx.phoneSystem(), pbx.login("1001")));
        assertThat(result).isInstanceOf(LoginResult.LoggedIn.class);
        awaitRegistered(true);
        return (LoginResult.LoggedIn) result;
    }

    private void awaitRegistered(boolean registered) {
        Await.until("registered: " + registered, () -> pbx.state().isRegistered("1001") == registered);
    }

    @Test
    void C2_the_account_and_the_profile_come_from_the_phone_system() throws Exception {
        LoginResult.LoggedIn user = logIn();

        assertThat(user.profile().extension()).isEqualTo("1001");
        assertThat(user.remembered()).isTrue();
        assertThat(client.profile()).isEqualTo(user.profile());
        assertThat(client.accounts()).containsExactly(user.account());
    }

    @Test
    void S6_after_logging_out_nothing_is_left_on_the_device_or_at_the_registrar() throws Exception {
        LoginResult.LoggedIn user = logIn();
        new FakeSecureStore(disk).write(Map.of("history", new byte[1], "favorites", new byte[1]));

        LogoutResult result = get(client.logout(LogoutOptions.EVERYTHING));

        assertThat(result).isEqualTo(new LogoutResult(true, null));
        assertThat(disk.size()).isZero();
        assertThat(pbx.state().isRegistered("1001")).isFalse();
        assertThat(client.accounts()).isEmpty();
        assertThat(client.profile()).isNull();
        Secret secret = user.account().sipAccount().password();
        assertThatThrownBy(() -> secret.use(SecretAccess.forAuthenticators(), String::new))
                .isInstanceOf(IllegalStateException.class);
        assertThat(get(client.restore(pbx.phoneSystem()))).isEqualTo(new LoginResult.NothingStored());
    }

    @Test
    void S6_a_call_that_logging_out_hangs_up_leaves_no_history() throws Exception {
        LoginResult.LoggedIn user = logIn();
        Call call = user.account().dial("1001");
        Await.until("the PBX was called", () -> pbx.state().requests("INVITE") > 0);

        LogoutResult result = get(client.logout(LogoutOptions.EVERYTHING));

        assertThat(call.snapshot().ending()).isNotNull();
        assertThat(result.leftover()).isNull();
        assertThat(new FakeSecureStore(disk).names()).isEmpty();
    }

    @Test
    void S6_favourites_stay_if_the_user_wants_to_keep_them() throws Exception {
        logIn();
        new FakeSecureStore(disk).write(Map.of("history", new byte[1], "favorites", new byte[] {7}));

        get(client.logout(LogoutOptions.EVERYTHING.keepingFavorites()));

        assertThat(new FakeSecureStore(disk).names()).isEqualTo(Set.of("favorites"));
    }

    @Test
    void S6_a_registrar_that_is_gone_does_not_keep_the_user_in() throws Exception {
        logIn();
        pbx.crash();

        LogoutResult result = get(client.logout(LogoutOptions.EVERYTHING.within(Duration.ofSeconds(2))));

        assertThat(result).isEqualTo(new LogoutResult(false, null));
        assertThat(disk.size()).isZero();
        assertThat(client.accounts()).isEmpty();
    }

    @Test
    void S6_a_failed_erasure_is_reported_and_can_be_repeated() throws Exception {
        logIn();
        disk.fail(SecureStoreException.Reason.LOCKED);

        assertThat(get(client.logout(LogoutOptions.EVERYTHING)).leftover())
                .isEqualTo(SecureStoreException.Reason.LOCKED);
        disk.fail(null);
        assertThat(get(client.logout(LogoutOptions.EVERYTHING)).leftover()).isNull();
        assertThat(disk.size()).isZero();
    }

    @Test
    void U6_a_restarted_app_is_logged_in_again_by_the_phone_system() throws Exception {
        logIn();
        get(client.shutdown(Duration.ofSeconds(5)));
        awaitRegistered(false);
        client = newClient(Policy.OPEN);

        LoginResult result = get(client.restore(pbx.phoneSystem()));

        assertThat(result)
                .isInstanceOfSatisfying(
                        LoginResult.LoggedIn.class,
                        user -> assertThat(user.remembered()).isTrue());
        awaitRegistered(true);
    }

    @Test
    void U2_a_stored_login_that_the_phone_system_does_not_take_any_more_lets_nobody_in() throws Exception {
        logIn();
        get(client.shutdown(Duration.ofSeconds(5)));
        byte[] stored = new FakeSecureStore(disk).read("account");
        String changed = new String(stored, StandardCharsets.UTF_8)
                .replaceFirst("\"password\":\"[^\"]*\"", "\"password\":\"old\"");
        new FakeSecureStore(disk).write(Map.of("account", changed.getBytes(StandardCharsets.UTF_8)));
        client = newClient(Policy.OPEN);

        assertThat(get(client.restore(pbx.phoneSystem())))
                .isEqualTo(new LoginResult.Refused(Reason.WRONG_CREDENTIALS, null));
        assertThat(client.accounts()).isEmpty();
    }

    @Test
    void S1_a_store_that_cannot_be_read_is_told_at_once_and_tried_again() throws Exception {
        logIn();
        get(client.shutdown(Duration.ofSeconds(5)));
        disk.fail(SecureStoreException.Reason.LOCKED);
        client = newClient(Policy.OPEN);
        LoginResult unreadable = new LoginResult.Unreadable(SecureStoreException.Reason.LOCKED);

        assertThat(get(client.restore(pbx.phoneSystem()))).isEqualTo(unreadable);
        assertThat(get(client.login(pbx.phoneSystem(), pbx.login("1001")))).isEqualTo(unreadable);

        disk.fail(null);
        assertThat(get(client.restore(pbx.phoneSystem()))).isInstanceOf(LoginResult.LoggedIn.class);
    }

    @Test
    void U2_a_wrong_password_adds_no_account_and_stores_nothing() throws Exception {
        Login right = pbx.login("1001");
        Login wrong = new Login(right.user(), Secret.of("guess"), right.server(), null, right.trust());

        assertThat(get(client.login(pbx.phoneSystem(), wrong)))
                .isEqualTo(new LoginResult.Refused(Reason.WRONG_CREDENTIALS, null));
        assertThat(client.accounts()).isEmpty();
        assertThat(disk.size()).isZero();
    }

    @Test
    void O1_a_host_that_the_apps_policy_does_not_allow_is_not_logged_in_to() throws Exception {
        get(client.shutdown(Duration.ofMillis(100)));
        client = newClient(new Policy(Set.of("other.test"), null, null, null, null, Set.of()));

        assertThat(get(client.login(pbx.phoneSystem(), pbx.login("1001"))))
                .isEqualTo(new LoginResult.Refused(Reason.POLICY, null));
        assertThat(pbx.refusedLogins()).isZero();
    }

    @Test
    void S1_a_store_that_cannot_be_read_is_told_and_not_waited_for() throws Exception {
        logIn();
        get(client.shutdown(Duration.ofSeconds(5)));
        disk.fail(SecureStoreException.Reason.WRONG_PASSPHRASE);
        client = newClient(Policy.OPEN);

        var unreadable = new LoginResult.Unreadable(SecureStoreException.Reason.WRONG_PASSPHRASE);
        assertThat(get(client.restore(pbx.phoneSystem()))).isEqualTo(unreadable);
        disk.fail(SecureStoreException.Reason.LOCKED);
        assertThat(get(client.login(pbx.phoneSystem(), pbx.login("1001"))))
                .isEqualTo(new LoginResult.Unreadable(SecureStoreException.Reason.LOCKED));
        assertThat(client.accounts()).isEmpty();

        disk.fail(null);
        assertThat(get(client.restore(pbx.phoneSystem()))).isInstanceOf(LoginResult.LoggedIn.class);
    }

    @Test
    void one_user_at_a_time() throws Exception {
        logIn();

        assertThat(get(client.login(pbx.phoneSystem(), pbx.login("1001"))))
                .isEqualTo(new LoginResult.AlreadyLoggedIn());
        assertThat(get(client.restore(pbx.phoneSystem()))).isEqualTo(new LoginResult.AlreadyLoggedIn());
        assertThat(client.accounts()).hasSize(1);
    }

    @Test
    void a_logout_overtakes_a_login() throws Exception {
        PhoneSystem slow = new PhoneSystem() {
            @Override
            public String kind() {
                return "slow";
            }

            @Override
            public LoginOutcome logIn(Login login, LoginContext context) {
                client.logout(LogoutOptions.EVERYTHING).toCompletableFuture().join();
                return pbx.phoneSystem().logIn(login, context);
            }
        };

        assertThat(get(client.login(slow, pbx.login("1001")))).isEqualTo(new LoginResult.LoggedOut());
        assertThat(client.accounts()).isEmpty();
        assertThat(disk.size()).isZero();
    }
}
