// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutResult;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppUserTest {
    @TempDir
    Path home;

    @Test
    void a_user_logs_in_quits_comes_back_and_logs_out() {
        try (EmbeddedPbx pbx =
                        EmbeddedPbx.builder().extensions("1001").provisioning().start();
                AppUser user = new AppUser(home, Secret.of("open sesame"), pbx.phoneSystem(), AppUserTest::startApp)) {
            Login right = pbx.login("1001");
            Login wrong = new Login(right.user(), Secret.of("guess"), right.server(), null, right.trust());
            assertThat(user.logIn(wrong))
                    .isEqualTo(new LoginResult.Refused(LoginOutcome.Reason.WRONG_CREDENTIALS, null));

            assertThat(user.logIn(right)).isInstanceOf(LoginResult.LoggedIn.class);
            assertThat(user.client()
                            .people()
                            .favorites()
                            .add(new Favorite("1002", "Bo"))
                            .toCompletableFuture()
                            .join()
                            .isDone())
                    .isTrue();
            CallClient before = user.client();
            assertThat(user.restart()).isInstanceOf(LoginResult.LoggedIn.class);
            assertThat(user.client()).isNotSameAs(before);
            assertThat(user.client().people().favorites().snapshot().favorites())
                    .isEqualTo(List.of(new Favorite("1002", "Bo")));

            assertThat(user.logOut()).isEqualTo(new LogoutResult(true, null));
            assertThat(user.onDisk().values()).allMatch(content -> content.length == 0);
            assertThat(user.restart()).isEqualTo(new LoginResult.NothingStored());
            assertThat(pbx.state().isRegistered("1001")).isFalse();
        }
    }

    private static CallClient startApp(SecureStorePort store) {
        return CallClient.create(CallClientConfig.builder()
                .callbacks(Runnable::run)
                .platform(p -> p.store(store))
                .build());
    }
}
