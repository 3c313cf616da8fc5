// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.robolectric.Shadows.shadowOf;

import android.app.Application;
import android.app.Notification;
import android.content.Context;
import android.content.Intent;
import android.os.Build;
import android.telecom.CallAudioState;
import android.telecom.Connection;
import android.telecom.TelecomManager;
import com.techpro.callclient.ports.callui.AudioRoute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.robolectric.Robolectric;
import org.robolectric.android.controller.ServiceController;
import org.robolectric.shadows.ShadowTelecomManager;

/** Android's Telecom: decides on each call that it is told of, and does what a user does with a headset or another app's call. */
final class Telecom {
    private final Application app;
    private final ShadowTelecomManager shadow;
    private final Set<Object> decided = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Connection> connections = new ArrayList<>();
    final CallConnectionService service = Robolectric.setupService(CallConnectionService.class);
    ServiceController<CallForegroundService> foreground;
    boolean refusing;
    /** Somebody speaks with the mobile network: it shows an incoming call itself. */
    boolean asking;

    Telecom(Application app) {
        this.app = app;
        shadow = shadowOf(app.getSystemService(TelecomManager.class));
        shadow.setConnectionService(service);
    }

    AndroidCallUi ui() {
        return ui(app);
    }

    AndroidCallUi ui(Context context) {
        return new AndroidCallUi(
                context,
                "Acme Phone",
                () -> new Notification.Builder(app, "calls")
                        .setSmallIcon(android.R.drawable.sym_def_app_icon)
                        .build());
    }

    /** What the system does by itself. */
    void look() {
        for (ShadowTelecomManager.IncomingCallRecord call : shadow.getAllIncomingCalls()) {
            if (decided.add(call)) {
                if (refusing) {
                    shadow.denyIncomingCall(call);
                } else {
                    Connection connection = shadow.allowIncomingCall(call);
                    connections.add(connection);
                    if (!asking) {
                        connection.onShowIncomingCallUi();
                    }
                }
            }
        }
        for (ShadowTelecomManager.OutgoingCallRecord call : shadow.getAllOutgoingCalls()) {
            if (decided.add(call)) {
                if (refusing) {
                    shadow.denyOutgoingCall(call);
                } else {
                    connections.add(shadow.allowOutgoingCall(call));
                }
            }
        }
        Intent started = shadowOf(app).getNextStartedService();
        if (started != null) {
            foreground = Robolectric.buildService(CallForegroundService.class, started)
                    .create()
                    .startCommand(0, 1);
        }
    }

    int accounts() {
        return shadow.getAllPhoneAccountsCount();
    }

    List<Connection> connections() {
        return connections;
    }

    /** The call that came last. */
    Connection last() {
        return connections.get(connections.size() - 1);
    }

    /** As this API level says it: from 34 on in both ways. */
    @SuppressWarnings("deprecation")
    void audio(boolean muted, AudioRoute route, AudioRoute... supported) {
        int mask = 0;
        for (AudioRoute each : supported) {
            mask |= CallAudioRoutes.toAndroid(each);
        }
        CallAudioState state = new CallAudioState(muted, CallAudioRoutes.toAndroid(route), mask);
        for (Connection connection : connections) {
            connection.onCallAudioStateChanged(state);
            if (Build.VERSION.SDK_INT >= 34) {
                TelecomEndpoints.tell(connection, muted, route, supported);
            }
        }
    }

    /** All that the calls that are not over say of people. */
    String remembered() {
        StringBuilder all = new StringBuilder();
        for (Connection connection : connections) {
            if (connection.getState() != Connection.STATE_DISCONNECTED) {
                all.append(connection.getAddress()).append(connection.getCallerDisplayName());
            }
        }
        return all.toString();
    }
}
