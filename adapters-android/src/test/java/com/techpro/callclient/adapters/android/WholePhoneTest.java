// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.robolectric.Shadows.shadowOf;

import android.app.Application;
import android.app.NotificationManager;
import android.media.AudioManager;
import android.os.Looper;
import android.telecom.Connection;
import com.techpro.callclient.adapters.android.AndroidNetworkMonitorTest.Connectivity;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.push.PushToken;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.LeakCheck;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.robolectric.RuntimeEnvironment;

/** The engine with everything that this module has, on Android's framework, and the embedded PBX on loopback. In real time. */
class WholePhoneTest {
    @TestFactory
    Stream<DynamicContainer> on_every_api_level() {
        return ApiLevels.run(OnAndroid.class);
    }

    static class OnAndroid {
        private static final double OURS = 440;
        private static final double THEIRS = 1_000;
        private static final double SPOKEN = 8_000;
        private static final double HEARD = 4_000;
        private static final Duration LIMIT = Duration.ofSeconds(30);

        @RegisterExtension
        final LeakCheck leaks = new LeakCheck();

        private final Application app = RuntimeEnvironment.getApplication();
        private final AudioManager audio = app.getSystemService(AudioManager.class);
        private final NotificationManager notifications = app.getSystemService(NotificationManager.class);
        private final FakeAndroidKeystore keystore = FakeAndroidKeystore.install();
        private final CallSound sound = CallSound.install(Sound.tone(OURS, SPOKEN));
        private final Telecom telecom = new Telecom(app);
        private final AndroidPermissions permissions = permitted();
        private final Connectivity connectivity = new Connectivity();
        private final List<PushToken> pushed = new CopyOnWriteArrayList<>();
        private final EmbeddedPbx pbx = EmbeddedPbx.builder()
                .extensions("1001", "1002")
                .provisioning()
                .pushGateway("fcm", pushed::add)
                .start();
        private final Colleague ben = new Colleague(pbx.account("1002").build(), Sound.tone(THEIRS, SPOKEN));
        private Set<Path> filesBefore;
        private PhoneApp phone;

        @BeforeEach
        void installTheApp() {
            filesBefore = files();
            phone = new PhoneApp(app, telecom, permissions);
            connectivity.connect("192.0.2.1");
        }

        @AfterEach
        void close() {
            phone.close();
            ben.close();
            pbx.close();
            sound.remove();
            keystore.close();
            MainLooper.await(() -> true);
            assertThat(phone.failures).isEmpty();
            assertThat(ben.failures).isEmpty();
        }

        @Test
        void a_user_logs_in_talks_is_held_is_woken_and_logs_out_without_a_trace() {
            logIn();
            call();
        }

        private void logIn() {
            LoginResult result = get(phone.client.login(pbx.phoneSystem(), pbx.login("1001")));
            assertThat(result).isInstanceOf(LoginResult.LoggedIn.class);
            assertThat(((LoginResult.LoggedIn) result).remembered()).isTrue();
            await("registered", () -> pbx.state().isRegistered("1001") && ben.isRegistered());
            assertThat(keystore.keys).hasSize(1);
            assertThat(files()).hasSizeGreaterThan(filesBefore.size());
        }

        private void call() {
            Call call = phone.client.accounts().get(0).dial("1002");
            await("the call", () -> call.snapshot().state() == CallState.ESTABLISHED);
            bothHear();
            await("Telecom", () -> telecom.last().getState() == Connection.STATE_ACTIVE);
            assertThat(audio.getMode()).isEqualTo(AudioManager.MODE_IN_COMMUNICATION);
        }

        private void bothHear() {
            sound.forget();
            ben.forget();
            await(
                    "speech both ways: here " + sound.hears(THEIRS) + ", there " + ben.hears(OURS),
                    () -> sound.hears(THEIRS) > HEARD && ben.hears(OURS) > HEARD);
        }

        private AndroidPermissions permitted() {
            PermissionUser user = new PermissionUser(app);
            for (Permission permission : Permission.values()) {
                user.set(permission, true);
            }
            return user.permissions();
        }

        private Set<Path> files() {
            try (Stream<Path> all = Files.walk(app.getDataDir().toPath())) {
                return new TreeSet<>(all.filter(Files::isRegularFile).toList());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private <T> T get(CompletionStage<T> stage) {
            CompletableFuture<T> future = stage.toCompletableFuture();
            await("an answer", future::isDone);
            return future.join();
        }

        /** What is posted to the main thread runs meanwhile, and what Telecom does. */
        private void await(String what, BooleanSupplier condition) {
            Await.until(
                    what,
                    () -> {
                        shadowOf(Looper.getMainLooper()).idle();
                        telecom.look();
                        return condition.getAsBoolean();
                    },
                    LIMIT);
        }
    }
}
