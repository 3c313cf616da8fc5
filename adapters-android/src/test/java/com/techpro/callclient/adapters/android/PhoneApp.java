// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.Application;
import android.os.Handler;
import android.os.Looper;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.WakeOutcome;
import com.techpro.callclient.engine.WakeReason;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A process of an app that embeds the engine with all that this module has, and does its own part on the main thread. */
final class PhoneApp implements AutoCloseable {
    static final String STORE = "main";
    static final String PROJECT = "project";
    static final String TOKEN = "token";

    private static final Duration BUDGET = Duration.ofSeconds(20);

    private final Application app;
    private final AndroidSecureStore store;
    private final AndroidNetworkMonitor monitor;
    private final AndroidContacts contacts;
    final CallClient client;
    final List<Throwable> failures = new CopyOnWriteArrayList<>();

    PhoneApp(Application app, Telecom telecom, AndroidPermissions permissions) {
        this.app = app;
        store = new AndroidSecureStore(app, STORE, KeyProtection.STANDARD);
        monitor = new AndroidNetworkMonitor(app);
        contacts = new AndroidContacts(app);
        AndroidNotifications notifications = new AndroidNotifications(app, new TestStyle(app));
        AndroidPush push = new AndroidPush();
        push.fcm(PROJECT, TOKEN);
        Handler main = new Handler(Looper.getMainLooper());
        client = CallClient.create(CallClientConfig.builder()
                .platform(p -> p.audio(new AndroidAudio(app))
                        .callUi(telecom.ui().ringingBy(notifications))
                        .store(store)
                        .networkMonitor(monitor)
                        .nameServers(monitor::nameServers)
                        .permissions(permissions)
                        .contacts(contacts)
                        .biometrics(new AndroidBiometrics(app, new ForegroundActivity(app), reasonKey -> reasonKey))
                        .notifications(notifications)
                        .push(push)
                        .device(AndroidDevice.info(app)))
                .tones(CallTones.DEFAULT.withRegion("DE"))
                .callbacks(main::post)
                .failures((thread, failure) -> failures.add(failure))
                .build());
    }

    /** {@code FirebaseMessagingService.onMessageReceived}, in a process begun for it. */
    CompletionStage<WakeOutcome> woken(PhoneSystem system) {
        WakeLockHold awake = WakeLockHold.acquire(app, BUDGET);
        return client.restore(system)
                .thenCompose(restored -> client.wake(WakeReason.PUSH, BUDGET))
                .whenComplete((outcome, failure) -> awake.close());
    }

    /** What a process that ends takes with it, be it killed. */
    @Override
    public void close() {
        client.close();
        contacts.close();
        monitor.close();
        store.close();
    }
}
