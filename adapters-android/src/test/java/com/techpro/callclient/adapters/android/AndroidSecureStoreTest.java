// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.robolectric.Shadows.shadowOf;

import android.app.Application;
import android.content.pm.PackageManager;
import android.os.Build;
import android.os.UserManager;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.testkit.contracts.Lacks;
import com.techpro.callclient.testkit.contracts.SecureStoreContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.robolectric.RuntimeEnvironment;

class AndroidSecureStoreTest {
    private static final KeyProtection ASKS_FOR_THE_USER = new KeyProtection(false, Duration.ofMinutes(1));

    @TestFactory
    Stream<DynamicContainer> keeps_the_contract() {
        return ApiLevels.run(Kit.class);
    }

    @TestFactory
    Stream<DynamicContainer> on_android() {
        return ApiLevels.run(OnAndroid.class);
    }

    @Lacks(
            value = {"failing with FULL", "a disk that is full at each step"},
            because = "the vault file is that of adapters-keystore, whose tests fill the disk")
    static class Kit extends SecureStoreContract {
        private final Application app = RuntimeEnvironment.getApplication();
        private final StoreFiles files = new StoreFiles(AndroidSecureStore.directory(app, "kit"));
        private final FakeAndroidKeystore keystore = FakeAndroidKeystore.install();

        @AfterEach
        void removeKeystore() {
            keystore.close();
        }

        @Override
        protected SecureStorePort create() {
            return new AndroidSecureStore(app, "kit", KeyProtection.STANDARD);
        }

        @Override
        protected boolean fail(Reason reason) {
            switch (reason) {
                case LOCKED -> shadowOf(app.getSystemService(UserManager.class)).setUserUnlocked(false);
                case UNAVAILABLE -> keystore.close();
                default -> {
                    return false;
                }
            }
            return true;
        }

        @Override
        protected void heal() {
            shadowOf(app.getSystemService(UserManager.class)).setUserUnlocked(true);
            keystore.returnToService();
        }

        @Override
        protected Path directory() {
            return files.directory();
        }

        @Override
        protected boolean tamper() {
            return files.tamper();
        }

        @Override
        protected Runnable copy() {
            return files.copy();
        }

        @Override
        protected byte[] remains() {
            return files.bytes();
        }
    }

    static class OnAndroid {
        private final Application app = RuntimeEnvironment.getApplication();
        private final FakeAndroidKeystore keystore = FakeAndroidKeystore.install();

        @AfterEach
        void removeKeystore() {
            keystore.close();
        }

        @Test
        void it_lies_where_android_makes_no_backup_and_erasing_leaves_neither_keys_nor_values() throws Exception {
            Path directory = AndroidSecureStore.directory(app, "main");
            try (AndroidSecureStore store = store(KeyProtection.STANDARD)) {
                store.write(Map.of("a", new byte[] {1}));
                assertThat(keystore.keys).containsOnlyKeys("callclient-main");
                assertThat(app.getNoBackupFilesDir().toPath().resolve("callclient/main/vault/vault"))
                        .exists();
                store.erase();
            }
            assertThat(keystore.keys).isEmpty();
            try (Stream<Path> left = Files.walk(directory)) {
                assertThat(left.filter(Files::isRegularFile)).containsExactly(directory.resolve("vault/vault.lock"));
            }
        }

        @Test
        void a_key_that_wants_the_user_is_locked_without_and_can_be_erased_all_the_same() throws Exception {
            try (AndroidSecureStore store = store(ASKS_FOR_THE_USER)) {
                store.write(Map.of("a", new byte[] {1}));
                var specification = keystore.keys.get("callclient-main").specification;
                assertThat(specification.isUserAuthenticationRequired()).isTrue();
                assertThat(specification.getUserAuthenticationValidityDurationSeconds())
                        .isEqualTo(60);
            }
            keystore.userAuthenticated = false;
            try (AndroidSecureStore store = store(ASKS_FOR_THE_USER)) {
                assertFails(Reason.LOCKED, () -> store.read("a"));
                assertFails(Reason.LOCKED, () -> store.write(Map.of("a", new byte[] {2})));
                keystore.userAuthenticated = true;
                assertThat(store.read("a")).containsExactly(1);
                keystore.userAuthenticated = false;
                store.erase();
                assertThat(keystore.keys).isEmpty();
            }
        }

        @Test
        void a_key_that_android_gave_up_is_missing_until_the_store_is_erased() throws Exception {
            try (AndroidSecureStore store = store(ASKS_FOR_THE_USER)) {
                store.write(Map.of("a", new byte[] {1}));
            }
            keystore.keys.get("callclient-main").invalidated = true;
            try (AndroidSecureStore store = store(ASKS_FOR_THE_USER)) {
                assertFails(Reason.KEY_MISSING, () -> store.read("a"));
                assertFails(Reason.KEY_MISSING, () -> store.write(Map.of("a", new byte[] {2})));
                store.erase();
                store.write(Map.of("a", new byte[] {3}));
                assertThat(store.read("a")).containsExactly(3);
            }
        }

        @Test
        void no_new_key_is_made_over_entries_of_one_that_is_gone() throws Exception {
            try (AndroidSecureStore store = store(KeyProtection.STANDARD)) {
                store.write(Map.of("a", new byte[] {1}));
                keystore.keys.clear();
                assertFails(Reason.KEY_MISSING, () -> store.write(Map.of("a", new byte[] {2})));
                assertThat(keystore.keys).isEmpty();
            }
            try (AndroidSecureStore store = store(KeyProtection.STANDARD)) {
                assertFails(Reason.KEY_MISSING, () -> store.read("a"));
                assertThat(keystore.keys).isEmpty();
            }
        }

        @Test
        void entries_do_not_open_under_each_others_names_and_damage_is_told() throws Exception {
            Path keyring = AndroidSecureStore.directory(app, "main").resolve("keyring");
            try (AndroidSecureStore store = store(KeyProtection.STANDARD)) {
                store.write(Map.of("a", new byte[] {1}));
            }
            byte[] entry = Files.readAllBytes(keyring.resolve("vault-key"));
            byte[] version = entry.clone();
            version[0] = 9;
            for (byte[] damaged : new byte[][] {
                Files.readAllBytes(keyring.resolve("vault-generation")), new byte[0], new byte[5_000], {1, 2, 3}
            }) {
                Files.write(keyring.resolve("vault-key"), damaged);
                try (AndroidSecureStore store = store(KeyProtection.STANDARD)) {
                    assertFails(Reason.CORRUPT, () -> store.read("a"));
                }
            }
            Files.write(keyring.resolve("vault-key"), version);
            try (AndroidSecureStore store = store(KeyProtection.STANDARD)) {
                assertFails(Reason.TOO_NEW, () -> store.read("a"));
            }
            Files.write(keyring.resolve("vault-key"), entry);
            try (AndroidSecureStore store = store(KeyProtection.STANDARD)) {
                assertThat(store.read("a")).containsExactly(1);
            }
        }

        @Test
        void the_key_is_in_the_strong_box_where_there_is_one_with_room() throws Exception {
            shadowOf(app.getPackageManager()).setSystemFeature(PackageManager.FEATURE_STRONGBOX_KEYSTORE, true);
            try (AndroidSecureStore store = store(KeyProtection.STANDARD)) {
                store.write(Map.of("a", new byte[] {1}));
                assertThat(strongBoxed()).isEqualTo(Build.VERSION.SDK_INT >= 28);
                store.erase();
                keystore.strongBoxFull = true;
                store.write(Map.of("a", new byte[] {2}));
                assertThat(strongBoxed()).isFalse();
                assertThat(store.read("a")).containsExactly(2);
            }
        }

        @Test
        void names_that_are_no_directory_and_times_that_android_does_not_know_are_refused() {
            for (String name : new String[] {"", "..", "a/b", "A", "x".repeat(33)}) {
                assertThatThrownBy(() -> new AndroidSecureStore(app, name, KeyProtection.STANDARD))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            for (Duration time : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(400)}) {
                assertThatThrownBy(() -> new KeyProtection(false, time)).isInstanceOf(IllegalArgumentException.class);
            }
        }

        private boolean strongBoxed() {
            return Build.VERSION.SDK_INT >= 28
                    && keystore.keys.get("callclient-main").specification.isStrongBoxBacked();
        }

        private AndroidSecureStore store(KeyProtection protection) {
            return new AndroidSecureStore(app, "main", protection);
        }

        private interface Use {
            void run() throws Exception;
        }

        private static void assertFails(Reason reason, Use use) {
            assertThatThrownBy(use::run)
                    .isInstanceOfSatisfying(
                            SecureStoreException.class,
                            failure -> assertThat(failure.reason())
                                    .as("%s", failure.getCause())
                                    .isEqualTo(reason));
        }
    }
}
