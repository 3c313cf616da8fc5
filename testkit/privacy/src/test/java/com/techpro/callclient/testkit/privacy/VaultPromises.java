// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promises about what is on the disk, with a real vault. Part of {@link PrivacyPromises}. */
interface VaultPromises {
    @Test
    default void S1_a_modified_vault_is_detected_and_left_unchanged(@TempDir Path home) throws IOException {
        try (EmbeddedPbx pbx = pbx()) {
            logIn(pbx, home);
            byte[] changed = Files.readAllBytes(vault(home));
            changed[changed.length - 1] ^= 1;
            Files.write(vault(home), changed);

            assertThat(restored(pbx, home)).isEqualTo(new LoginResult.Unreadable(Reason.CORRUPT));

            assertThat(Files.readAllBytes(vault(home))).isEqualTo(changed);
        }
    }

    @Test
    default void S2_a_restored_older_vault_is_detected(@TempDir Path home) throws IOException {
        try (EmbeddedPbx pbx = pbx()) {
            byte[] older = logIn(pbx, home);
            assertThat(Files.readAllBytes(vault(home))).isNotEqualTo(older);
            Files.write(vault(home), older);

            assertThat(restored(pbx, home)).isEqualTo(new LoginResult.Unreadable(Reason.ROLLED_BACK));

            assertThat(Files.readAllBytes(vault(home))).isEqualTo(older);
        }
    }

    /** On an app without a login, whose lock is a PIN of the user's own. */
    @Test
    default void S2_a_restored_older_vault_gives_back_no_PIN_attempt(@TempDir Path home) throws IOException {
        AppLock.Settings settings = new AppLock.Settings(AppLock.Mode.PIN, null, null);
        try (EmbeddedPbx pbx = pbx()) {
            byte[] older;
            try (AppUser user = user(home, pbx)) {
                AppLock lock = user.client().lock();
                assertThat(after(lock.setPin(Secret.of("274913"), settings, new AppLock.Proof.None())))
                        .isEqualTo(Result.DONE);
                older = Files.readAllBytes(vault(home));
                assertThat(after(lock.unlockWithPin(Secret.of("482160")))).isEqualTo(Result.WRONG_PIN);
            }
            try (AppUser user = user(home, pbx)) {
                AppLock lock = user.client().lock();
                assertThat(lock.unlockWithPin(Secret.of("482161"))
                                .toCompletableFuture()
                                .join())
                        .isEqualTo(new LockOutcome(Result.WRONG_PIN, Duration.ZERO, 3));
                assertThat(lock.isLocked()).isTrue();
            }
            Files.write(vault(home), older);

            try (AppUser user = user(home, pbx)) {
                assertThat(after(user.client().lock().unlockWithPin(Secret.of("274913"))))
                        .isEqualTo(Result.STORE_FAILED);
                assertThat(user.client().lock().isLocked()).isTrue();
            }
            assertThat(Files.readAllBytes(vault(home))).isEqualTo(older);
        }
    }

    private static Result after(CompletionStage<LockOutcome> stage) {
        return stage.toCompletableFuture().join().result();
    }

    /** Logs in, adds a favourite and quits; gives the vault as it was before the favourite. */
    private static byte[] logIn(EmbeddedPbx pbx, Path home) throws IOException {
        try (AppUser user = user(home, pbx)) {
            assertThat(user.logIn(pbx.login("1001"))).isInstanceOf(LoginResult.LoggedIn.class);
            byte[] before = Files.readAllBytes(vault(home));
            user.client()
                    .people()
                    .favorites()
                    .add(new Favorite("1002", "Ombeline Wren"))
                    .toCompletableFuture()
                    .join();
            return before;
        }
    }

    private static LoginResult restored(EmbeddedPbx pbx, Path home) {
        try (AppUser user = user(home, pbx)) {
            return user.client()
                    .restore(pbx.phoneSystem())
                    .toCompletableFuture()
                    .join();
        }
    }

    private static EmbeddedPbx pbx() {
        return EmbeddedPbx.builder().extensions("1001").provisioning().start();
    }

    private static AppUser user(Path home, EmbeddedPbx pbx) {
        return new AppUser(home, Secret.of("open sesame"), pbx.phoneSystem(), VaultPromises::startApp);
    }

    private static CallClient startApp(SecureStorePort store) {
        return CallClient.create(CallClientConfig.builder()
                .callbacks(Runnable::run)
                .platform(p -> p.store(store))
                .build());
    }

    private static Path vault(Path home) {
        return home.resolve("vault").resolve("vault");
    }
}
