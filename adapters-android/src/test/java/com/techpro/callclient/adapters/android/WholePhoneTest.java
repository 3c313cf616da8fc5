// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.robolectric.Shadows.shadowOf;

import android.app.Application;
import android.app.Notification;
import android.app.NotificationManager;
import android.media.AudioManager;
import android.os.Looper;
import android.provider.ContactsContract;
import android.telecom.Connection;
import com.techpro.callclient.adapters.android.AndroidNetworkMonitorTest.Connectivity;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.LogoutResult;
import com.techpro.callclient.engine.WakeOutcome;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.ports.contacts.Contact;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.push.PushToken;
import com.techpro.callclient.stack.jdk.JdkNetwork;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.LeakCheck;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PbxState;
import java.io.File;
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
import org.robolectric.shadows.ShadowPowerManager;

/** The engine with everything that this module has, on Android's framework, and the embedded PBX on loopback. In real time. */
class WholePhoneTest {
    @TestFactory
    Stream<DynamicContainer> on_every_api_level() {
        return ApiLevels.run(OnAndroid.class);
    }

    static class OnAndroid {
        private static final double OURS = 440;
        private static final double THEIRS = 1_000;
        private static final double END_TONE = 425;
        private static final double HEARD_TONE = 1_000;
        private static final double SPOKEN = 8_000;
        private static final double HEARD = 4_000;
        private static final double NOTHING = 200;
        private static final String BEN = "Ben Canary";
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
        private final JdkSchedulers pbxTime = new JdkSchedulers();
        private final JdkNetwork pbxNetwork = new JdkNetwork(pbxTime.workers());
        private final EmbeddedPbx pbx = EmbeddedPbx.builder()
                .extensions("1001", "1002")
                .provisioning()
                .pushGateway("fcm", pushed::add)
                .start(pbxNetwork, pbxTime);
        private final Colleague ben = new Colleague(pbx.account("1002").build(), Sound.tone(THEIRS, SPOKEN));
        private Set<Path> filesBefore;
        private PhoneApp phone;

        @BeforeEach
        void installTheApp() {
            AddressBook.install()
                    .hold(List.of(new Contact("1", BEN, null, List.of(new Contact.PhoneNumber("1002", "work")))));
            filesBefore = files();
            phone = new PhoneApp(app, telecom, permissions);
            connectivity.connect("192.0.2.1");
        }

        @AfterEach
        void close() {
            phone.close();
            ben.close();
            pbx.close();
            pbxNetwork.close();
            pbxTime.close();
            sound.remove();
            keystore.close();
            MainLooper.await(() -> true);
            assertThat(phone.failures).isEmpty();
            assertThat(ben.failures).isEmpty();
        }

        @Test
        void a_user_logs_in_talks_is_held_is_woken_and_logs_out_without_a_trace() {
            logIn();
            talksToWhomTheyCall();
            isHeldByTheSystem();
            theOtherHangsUp();
            missesACall();
            isWokenByACall();
            logOut();
            nothingIsLeftOfTheApp();
        }

        private void logIn() {
            LoginResult result = get(phone.client.login(pbx.phoneSystem(), pbx.login("1001")));
            assertThat(result).isInstanceOf(LoginResult.LoggedIn.class);
            assertThat(((LoginResult.LoggedIn) result).remembered()).isTrue();
            await("registered", () -> pbx.state().isRegistered("1001") && ben.isRegistered());
            assertThat(keystore.keys).hasSize(1);
            assertThat(files()).hasSizeGreaterThan(filesBefore.size());
        }

        private void talksToWhomTheyCall() {
            Call call = phone.client.accounts().get(0).dial("1002");
            await("the call", () -> call.snapshot().state() == CallState.ESTABLISHED);
            theyHearEachOther();
            await("Telecom", () -> telecom.last().getState() == Connection.STATE_ACTIVE);
            assertThat(telecom.last().getCallerDisplayName()).isEqualTo(BEN);
            assertThat(audio.getMode()).isEqualTo(AudioManager.MODE_IN_COMMUNICATION);
            assertThat(shadowOf(telecom.foreground.get()).isForegroundStopped()).isFalse();
        }

        /** As when the user takes a call of the mobile network. */
        private void isHeldByTheSystem() {
            telecom.last().onHold();
            await("hold at the other end", () -> ben.call().snapshot().hold() == HoldState.REMOTE);
            await("the devices are given back", this::devicesAreFree);
            sound.forget();
            ben.forget();
            await("a silent second there, and nothing moves here", this::isSilent);

            telecom.last().onUnhold();
            await("no hold at the other end", () -> ben.call().snapshot().hold() == HoldState.NONE);
            theyHearEachOther();
            assertThat(telecom.last().getState()).isEqualTo(Connection.STATE_ACTIVE);
        }

        private void theOtherHangsUp() {
            sound.forget();
            ben.call().hangUp();
            await("the tone of the end", () -> sound.hears(END_TONE) > HEARD_TONE);
            assertThat(telecom.last().getState()).isEqualTo(Connection.STATE_ACTIVE);
            theSystemsClockGoes(Duration.ofSeconds(3));
            await("the end", () -> telecom.last().getState() == Connection.STATE_DISCONNECTED);
            await("the devices are given back", this::devicesAreFree);
            assertThat(shadowOf(telecom.foreground.get()).isStoppedBySelf()).isTrue();
        }

        /** Robolectric's stands still unless a test moves it. */
        private void theSystemsClockGoes(Duration time) {
            shadowOf(Looper.getMainLooper()).idleFor(time);
        }

        private void missesACall() {
            int before = telecom.connections().size();
            ben.dials("1001");
            await("it rings", () -> telecom.connections().size() > before && shown().equals(List.of(BEN)));
            ben.call().hangUp();
            await("the missed call is told", () -> shown().equals(List.of("Missed " + BEN)));
        }

        /** Android ends the process, and starts another for a push. */
        private void isWokenByACall() {
            phone.close();
            await("the PBX notices", this::isAsleep);
            int before = telecom.connections().size();
            ben.dials("1001");
            await("the push", () -> !pushed.isEmpty());
            assertThat(pushed).containsExactly(new PushToken("fcm", PhoneApp.TOKEN, PhoneApp.PROJECT));

            phone = new PhoneApp(app, telecom, permissions);
            CompletionStage<WakeOutcome> woken = phone.woken(pbx.phoneSystem());
            assertThat(ShadowPowerManager.getLatestWakeLock().isHeld()).isTrue();
            assertThat(get(woken).result()).isEqualTo(WakeOutcome.Result.CALL);
            assertThat(ShadowPowerManager.getLatestWakeLock().isHeld()).isFalse();
            await("it rings", () -> telecom.connections().size() > before && shown().contains(BEN));
            telecom.last().onAnswer();
            theyHearEachOther();
            await("it rings no more", () -> !shown().contains(BEN));
            assertThat(ben.call().snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        }

        /** While they talk. */
        private void logOut() {
            assertThat(get(phone.client.logout(LogoutOptions.EVERYTHING))).isEqualTo(new LogoutResult(true, null));
            assertThat(files()).isEqualTo(filesBefore);
            assertThat(keystore.keys).isEmpty();
            assertThat(pbx.state().isRegistered("1001")).isFalse();
            await("the other end's end", () -> ben.call().snapshot().ending() != null);
            await("the end", () -> telecom.last().getState() == Connection.STATE_DISCONNECTED);
            assertThat(telecom.remembered()).isEmpty();
            await("the devices are given back", this::devicesAreFree);
            assertThat(audio.isMicrophoneMute()).isFalse();
            assertThat(shadowOf(telecom.foreground.get()).isForegroundStopped()).isTrue();
            assertThat(shadowOf(telecom.foreground.get()).isStoppedBySelf()).isTrue();
            assertThat(shown()).isEmpty();
            assertThat(ShadowPowerManager.getLatestWakeLock().isHeld()).isFalse();
        }

        private void nothingIsLeftOfTheApp() {
            get(phone.client.shutdown(Duration.ofSeconds(1)));
            phone.close();
            await("the account is gone", () -> telecom.accounts() == 0);
            assertThat(connectivity.registrations()).isZero();
            assertThat(shadowOf(app.getContentResolver()).getContentObservers(ContactsContract.AUTHORITY_URI))
                    .isEmpty();
            assertThat(files()).isEqualTo(filesBefore);
        }

        /** Registered, with nothing to reach it by but a push. */
        private boolean isAsleep() {
            List<PbxState.Registration> devices = pbx.state().registrations().stream()
                    .filter(each -> each.extension().equals("1001"))
                    .toList();
            return devices.size() == 1 && !devices.get(0).connected();
        }

        private boolean devicesAreFree() {
            return audio.getMode() == AudioManager.MODE_NORMAL
                    && shadowOf(audio).getLastAudioFocusRequest().audioFocusRequest
                            == shadowOf(audio).getLastAbandonedAudioFocusRequest();
        }

        /** The first lines of the notifications. */
        private List<String> shown() {
            return Stream.of(notifications.getActiveNotifications())
                    .map(each ->
                            String.valueOf(each.getNotification().extras.getCharSequence(Notification.EXTRA_TITLE)))
                    .toList();
        }

        /** Looks at a second, and at another one if what was under way before came in it. */
        private boolean isSilent() {
            boolean silent = ben.loudness() < NOTHING && sound.moves() == 0;
            if (!silent) {
                sound.forget();
                ben.forget();
            }
            return silent && ben.heardSeconds() > 1;
        }

        private void theyHearEachOther() {
            sound.forget();
            ben.forget();
            await("their speech here", () -> sound.hears(THEIRS) > HEARD && sound.hears(OURS) < NOTHING);
            await("our speech there", () -> ben.hears(OURS) > HEARD && ben.hears(THEIRS) < NOTHING);
        }

        private AndroidPermissions permitted() {
            PermissionUser user = new PermissionUser(app);
            for (Permission permission : Permission.values()) {
                user.set(permission, true);
            }
            return user.permissions();
        }

        /** Those of the app that hold anything: what the vault locks is empty. */
        private Set<Path> files() {
            try (Stream<Path> all = Files.walk(app.getDataDir().toPath())) {
                return new TreeSet<>(all.map(Path::toFile)
                        .filter(file -> file.isFile() && file.length() > 0)
                        .map(File::toPath)
                        .toList());
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
