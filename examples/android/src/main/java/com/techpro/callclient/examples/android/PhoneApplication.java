// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.app.Activity;
import android.app.AlertDialog;
import android.app.Application;
import android.app.Notification;
import android.app.PendingIntent;
import android.content.Context;
import android.content.Intent;
import android.os.Handler;
import android.telecom.TelecomManager;
import com.techpro.callclient.adapters.android.AndroidAudio;
import com.techpro.callclient.adapters.android.AndroidBiometrics;
import com.techpro.callclient.adapters.android.AndroidCallUi;
import com.techpro.callclient.adapters.android.AndroidContacts;
import com.techpro.callclient.adapters.android.AndroidDevice;
import com.techpro.callclient.adapters.android.AndroidNetworkMonitor;
import com.techpro.callclient.adapters.android.AndroidNotifications;
import com.techpro.callclient.adapters.android.AndroidPermissions;
import com.techpro.callclient.adapters.android.AndroidPush;
import com.techpro.callclient.adapters.android.AndroidSecureStore;
import com.techpro.callclient.adapters.android.BackgroundRefresh;
import com.techpro.callclient.adapters.android.ForegroundActivity;
import com.techpro.callclient.adapters.android.KeyProtection;
import com.techpro.callclient.adapters.phonesystems.PhoneSystems;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.WakeReason;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.storage.SecureStorePort;
import org.jspecify.annotations.Nullable;

/**
 * The engine and its adapters while the process lives: a tap, a push or a call that starts it finds
 * them here.
 */
public class PhoneApplication extends Application {
    private final AndroidPush push = new AndroidPush();
    private @Nullable AndroidPermissions permissions;
    private @Nullable AndroidNotifications notifications;
    private @Nullable Reachable reachable;
    private @Nullable Phone phone;

    @Override
    public void onCreate() {
        super.onCreate();
        ForegroundActivity foreground = new ForegroundActivity(this);
        AndroidPermissions asked = new AndroidPermissions(this, foreground, PhoneApplication::explain);
        AndroidNetworkMonitor network = new AndroidNetworkMonitor(this);
        AndroidAudio audio = new AndroidAudio(this);
        AndroidNotifications notices = new AndroidNotifications(this, new PhoneNotifications(this));
        CallClientConfig.Builder config = CallClientConfig.builder()
                .callbacks(new Handler(getMainLooper())::post)
                .platform(p -> p.audio(audio)
                        .store(store())
                        .permissions(asked)
                        .biometrics(new AndroidBiometrics(this, foreground, reasonKey -> Texts.of(this, reasonKey)))
                        .contacts(new AndroidContacts(this))
                        .notifications(notices)
                        .networkMonitor(network)
                        .nameServers(network::nameServers)
                        .push(push)
                        .device(AndroidDevice.info(this))
                        .voicemailCache(getCacheDir().toPath().resolve("voicemail")))
                .keepTextMessages(500);
        if (getSystemService(TelecomManager.class) != null) {
            config.platform(p -> p.callUi(new AndroidCallUi(this, Texts.of(this, "app_name"), this::ongoingCall)
                    .ringingBy(notices)
                    .whenForegroundRefused(refusal -> phone().say(Texts.of(this, "foreground_refused")))));
        } else {
            audio.watchFocus(change -> phone().soundChanged(change)); // Telecom does this itself
        }
        CallClient client = CallClient.create(config.build());
        Reachable background = new Reachable(this, text -> phone().say(text));
        Phone made = new Phone(this, client, audio, background);
        client.addListener(made);
        registerActivityLifecycleCallbacks(
                new AppVisibility(client, () -> reachable().start()));
        made.restore(phoneSystem());
        BackgroundRefresh.serve(
                budget -> made.restored().thenCompose(done -> client.wake(WakeReason.BACKGROUND_REFRESH, budget)));
        if (asked.granted(Permission.BACKGROUND_REFRESH)) {
            BackgroundRefresh.schedule(this, BackgroundRefresh.SHORTEST);
        } else {
            BackgroundRefresh.cancel(this);
        }
        permissions = asked;
        notifications = notices;
        reachable = background;
        phone = made;
        reachable().start(); // Android starts the process for the service, and for its alarms
    }

    static PhoneApplication of(Context context) {
        return (PhoneApplication) context.getApplicationContext();
    }

    /** How this app's users log in; see docs/phone-systems.md for other kinds. */
    protected PhoneSystem phoneSystem() {
        return PhoneSystems.lpconfig("/provisioning");
    }

    /** The encrypted storage of login, lock, history and texts; Android never backs it up. */
    protected SecureStorePort store() {
        return new AndroidSecureStore(this, "phone", KeyProtection.STANDARD);
    }

    Phone phone() {
        return ready(phone);
    }

    AndroidPermissions permissions() {
        return ready(permissions);
    }

    AndroidNotifications notifications() {
        return ready(notifications);
    }

    Reachable reachable() {
        return ready(reachable);
    }

    /** Receives what the push provider sends: see {@link PhonePush}. */
    AndroidPush push() {
        return push;
    }

    private static <T> T ready(@Nullable T made) {
        if (made == null) {
            throw new IllegalStateException("Android has not called onCreate yet");
        }
        return made;
    }

    /** Explains a permission to a user who has denied it before; Android's prompt follows. */
    private static void explain(Activity activity, String reasonKey, Runnable proceed) {
        new AlertDialog.Builder(activity)
                .setMessage(Texts.of(activity, reasonKey))
                .setPositiveButton(Texts.of(activity, "next"), null)
                .setOnDismissListener(dialog -> proceed.run())
                .show();
    }

    /** The notification while the adapter's foreground service keeps the app running for a call. */
    private Notification ongoingCall() {
        return notifications()
                .ongoingCall(
                        Texts.of(this, "call_ongoing"),
                        PendingIntent.getActivity(
                                this, 0, new Intent(this, CallActivity.class), PendingIntent.FLAG_IMMUTABLE),
                        Texts.of(this, "hang_up"),
                        PendingIntent.getBroadcast(
                                this, 0, new Intent(this, HangUpReceiver.class), PendingIntent.FLAG_IMMUTABLE));
    }
}
