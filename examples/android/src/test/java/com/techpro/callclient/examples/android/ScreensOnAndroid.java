// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.app.Activity;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.testkit.contracts.FakePhoneSystem;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.FakeVoicemailBox;
import java.util.List;
import org.junit.After;
import org.junit.Test;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;

/** The app as Android starts it, with a store and a phone system of the tests. Run by {@link ScreensTest}. */
@Config(
        sdk = {26, 30, 34},
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
            return FakePhoneSystem.ofMailbox(new FakeVoicemailBox());
        }
    }

    private static final List<Class<? extends Activity>> SCREENS = List.of(
            HomeActivity.class,
            LoginActivity.class,
            UnlockActivity.class,
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
}
