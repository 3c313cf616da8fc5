// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.robolectric.Shadows.shadowOf;

import android.Manifest;
import android.app.Activity;
import android.content.Intent;
import android.os.Looper;
import android.provider.Settings;
import android.view.View;
import android.view.ViewGroup;
import android.widget.EditText;
import com.techpro.callclient.adapters.android.ReachableService;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakePhoneSystem;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.FakeVoicemailBox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.After;
import org.junit.Test;
import org.robolectric.Robolectric;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;

/** The app as Android starts it, with a store and a phone system of the tests. Run by {@link ScreensTest}. */
@Config(
        sdk = {26, 30, 34, 35},
        application = ScreensOnAndroid.App.class)
public final class ScreensOnAndroid {
    /** An app whose users log in with any password. */
    public static final class App extends PhoneApplication {
        @Override
        protected SecureStorePort store() {
            return new FakeSecureStore();
        }

        @Override
        protected PhoneSystem phoneSystem() {
            return FakePhoneSystem.ofMailbox(new FakeVoicemailBox(new FakeVoicemailBox.Mailbox()));
        }
    }

    private static final List<Class<? extends Activity>> SCREENS = List.of(
            HomeActivity.class,
            LoginActivity.class,
            UnlockActivity.class,
            PinActivity.class,
            PermissionsActivity.class,
            DialActivity.class,
            CallActivity.class,
            IncomingCallActivity.class,
            HistoryActivity.class,
            VoicemailActivity.class,
            RoomActivity.class,
            ContactsActivity.class,
            LampsActivity.class,
            MessagesActivity.class,
            SettingsActivity.class);

    private final Phone phone =
            PhoneApplication.of(RuntimeEnvironment.getApplication()).phone();

    @After
    public void close() {
        phone.client().close();
    }

    @Test
    public void every_screen_starts_while_nobody_is_logged_in() {
        SCREENS.forEach(ScreensOnAndroid::startAndStop);
    }

    @Test
    public void every_screen_starts_while_logged_in_and_in_a_call() {
        login();
        assertThat(phone.dial("1002")).isTrue();
        SCREENS.forEach(ScreensOnAndroid::startAndStop);
    }

    @Test
    public void a_login_is_typed_and_its_screen_goes() {
        ActivityController<LoginActivity> login = start(LoginActivity.class);
        type(login.get(), "login_email", "anna@example.org");
        type(login.get(), "login_password", "secret");
        press(login.get(), "login");

        await(() -> login.get().isFinishing() && says("login_done"));
        assertThat(phone.account()).isPresent();
    }

    @Test
    public void keys_make_a_number_and_the_number_a_call() {
        login();
        shadowOf(RuntimeEnvironment.getApplication()).grantPermissions(Manifest.permission.RECORD_AUDIO);
        ActivityController<DialActivity> dial = start(DialActivity.class);
        for (String key : List.of("1", "0", "0", "2")) {
            press(dial.get(), "key_" + key);
        }
        press(dial.get(), "call");

        await(() -> CallActivity.class.getName().equals(nextStarted()));
        await(() -> phone.client().people().history().snapshot().entries().stream()
                .anyMatch(entry -> entry instanceof HistoryEntry.CallRecord call
                        && call.number().equals("1002")));
    }

    @Test
    public void a_locked_app_shows_no_private_screen() {
        login();
        ActivityController<SettingsActivity> settings = start(SettingsActivity.class);
        type(settings.get(), "lock_password", "secret");
        press(settings.get(), "lock_on");
        await(() -> says("done"));
        phone.client().lock().lockNow();
        await(() -> phone.client().lock().isLocked());

        start(HistoryActivity.class);
        assertThat(nextStarted()).isEqualTo(UnlockActivity.class.getName());

        ActivityController<UnlockActivity> unlock = start(UnlockActivity.class);
        type(unlock.get(), "login_password", "secret");
        press(unlock.get(), "unlock");
        await(() -> unlock.get().isFinishing());
        assertThat(phone.client().lock().isLocked()).isFalse();
    }

    @Test
    public void a_pin_of_the_users_own_is_typed_twice_and_opens_the_lock() {
        login();
        setPin("407916", "407961", "lock_password", "secret");
        await(() -> says("pin_differs"));
        assertThat(phone.client().lock().settings().mode()).isEqualTo(AppLock.Mode.NONE);

        ActivityController<PinActivity> set = setPin("407916", "407916", "lock_password", "secret");
        await(() -> set.get().isFinishing() && says("done"));
        phone.client().lock().lockNow();
        await(() -> phone.client().lock().isLocked());

        ActivityController<UnlockActivity> unlock = start(UnlockActivity.class);
        type(unlock.get(), "unlock_pin", "407961");
        press(unlock.get(), "unlock_by_pin");
        await(() -> phone.message()
                .endsWith(Texts.of(RuntimeEnvironment.getApplication(), "unlock_attempts", AppLock.PIN_ATTEMPTS - 1)));
        type(unlock.get(), "unlock_pin", "407916");
        press(unlock.get(), "unlock_by_pin");
        await(() -> unlock.get().isFinishing());
        assertThat(phone.client().lock().isLocked()).isFalse();
    }

    @Test
    public void a_pin_is_changed_by_the_one_so_far_and_removed_by_it() {
        login();
        ActivityController<PinActivity> first = setPin("407916", "407916", "lock_password", "secret");
        await(() -> first.get().isFinishing());
        ActivityController<PinActivity> second = setPin("285013", "285013", "pin_so_far", "407916");
        await(() -> second.get().isFinishing());
        ActivityController<PinActivity> off = start(PinActivity.class);
        type(off.get(), "pin_so_far", "407916");
        press(off.get(), "lock_off");
        await(() -> !phone.message().equals(text("done")));
        assertThat(phone.client().lock().settings().mode()).isEqualTo(AppLock.Mode.PIN);
        type(off.get(), "pin_so_far", "285013");
        press(off.get(), "lock_off");
        await(() -> off.get().isFinishing());
        assertThat(phone.client().lock().settings().mode()).isEqualTo(AppLock.Mode.NONE);
    }

    private static ActivityController<PinActivity> setPin(String pin, String again, String proof, String secret) {
        ActivityController<PinActivity> screen = start(PinActivity.class);
        type(screen.get(), proof, secret);
        type(screen.get(), "pin_new", pin);
        type(screen.get(), "pin_again", again);
        press(screen.get(), "pin_set");
        return screen;
    }

    @Test
    public void the_app_waits_for_calls_in_the_background_only_if_its_user_wants_that() {
        login();
        ActivityController<SettingsActivity> settings = start(SettingsActivity.class);
        assertThat(startedServices()).doesNotContain(ReachableService.class.getName());
        settings.get().getWindow().getDecorView().findViewWithTag("reachable").performClick();
        assertThat(startedServices()).contains(ReachableService.class.getName());
        assertThat(shadowOf(settings.get()).getNextStartedActivity().getAction())
                .isEqualTo(Settings.ACTION_IGNORE_BATTERY_OPTIMIZATION_SETTINGS);
        press(settings.get(), "logout");
        assertThat(PhoneApplication.of(RuntimeEnvironment.getApplication())
                        .reachable()
                        .wanted())
                .isFalse();
    }

    private static List<String> startedServices() {
        List<String> names = new ArrayList<>();
        for (Intent next = shadowOf(RuntimeEnvironment.getApplication()).getNextStartedService();
                next != null;
                next = shadowOf(RuntimeEnvironment.getApplication()).getNextStartedService()) {
            names.add(next.getComponent().getClassName());
        }
        return names;
    }

    @Test
    public void a_log_out_leaves_nobody() {
        login();
        ActivityController<SettingsActivity> settings = start(SettingsActivity.class);
        press(settings.get(), "logout");
        await(() -> says("logout_done"));
        assertThat(phone.account()).isEmpty();
    }

    private void login() {
        phone.login(new App().phoneSystem(), Login.of("anna@example.org", Secret.of("secret")));
        await(() -> says("login_done"));
    }

    private boolean says(String key) {
        return phone.message().equals(text(key));
    }

    private static String text(String key) {
        return Texts.of(RuntimeEnvironment.getApplication(), key);
    }

    private static void startAndStop(Class<? extends Activity> screen) {
        start(screen).pause().stop().destroy();
    }

    private static <A extends Activity> ActivityController<A> start(Class<A> screen) {
        ActivityController<A> controller = Robolectric.buildActivity(screen).setup();
        await(() -> true);
        return controller;
    }

    private static String nextStarted() {
        Intent started = shadowOf(RuntimeEnvironment.getApplication()).getNextStartedActivity();
        return started == null || started.getComponent() == null
                ? ""
                : started.getComponent().getClassName();
    }

    /** A field is found by its hint, a button by its tag. */
    private static void type(Activity screen, String hint, String text) {
        find(
                        screen.getWindow().getDecorView(),
                        view -> view instanceof EditText field && text(hint).contentEquals(field.getHint()))
                .map(EditText.class::cast)
                .orElseThrow()
                .setText(text);
    }

    private static void press(Activity screen, String tag) {
        find(screen.getWindow().getDecorView(), view -> tag.equals(view.getTag()))
                .orElseThrow()
                .performClick();
    }

    private static Optional<View> find(View root, Predicate<View> wanted) {
        if (wanted.test(root)) {
            return Optional.of(root);
        }
        if (root instanceof ViewGroup group) {
            for (int i = 0; i < group.getChildCount(); i++) {
                Optional<View> found = find(group.getChildAt(i), wanted);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** What is posted to the main thread, which is this one, runs meanwhile. */
    private static void await(BooleanSupplier condition) {
        Await.until(
                () -> {
                    shadowOf(Looper.getMainLooper()).idle();
                    return condition.getAsBoolean();
                },
                Duration.ofSeconds(60));
    }
}
