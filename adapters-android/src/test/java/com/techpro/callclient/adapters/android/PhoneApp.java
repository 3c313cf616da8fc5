// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.Application;
import android.os.Handler;
import android.os.Looper;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A process of an app that embeds the engine with all that this module has, and does its own part on the main thread. */
final class PhoneApp implements CallClientListener, AutoCloseable {
    static final String STORE = "main";
    static final String PROJECT = "project";
    static final String TOKEN = "token";

    private final AndroidSecureStore store;
    private final AndroidNetworkMonitor monitor;
    private final AndroidContacts contacts;
    final CallClient client;
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    final List<Call> incoming = new ArrayList<>();

    PhoneApp(Application app, Telecom telecom, AndroidPermissions permissions) {
        store = new AndroidSecureStore(app, STORE, KeyProtection.STANDARD);
        monitor = new AndroidNetworkMonitor(app);
        contacts = new AndroidContacts(app);
        AndroidPush push = new AndroidPush();
        push.fcm(PROJECT, TOKEN);
        Handler main = new Handler(Looper.getMainLooper());
        client = CallClient.create(CallClientConfig.builder()
                .audio(new AndroidAudio(app))
                .callUi(telecom.ui())
                .store(store)
                .networkMonitor(monitor)
                .nameServers(monitor::nameServers)
                .permissions(permissions)
                .contacts(contacts)
                .notifications(new AndroidNotifications(app, new TestStyle(app)))
                .push(push)
                .device(AndroidDevice.info(app))
                .callbacks(main::post)
                .failures((thread, failure) -> failures.add(failure))
                .listener(this)
                .build());
    }

    @Override
    public void incomingCall(Call call, CallSnapshot snapshot) {
        incoming.add(call);
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
