// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.Manifest;
import android.app.Notification;
import android.app.Service;
import android.content.Context;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.content.pm.ServiceInfo;
import android.os.Build;
import android.os.IBinder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the app running, and its microphone open, while there is a call. On the main thread.
 *
 * <p>It ends itself: Android ends an app whose foreground service was stopped from outside before it had shown its notification.
 */
public final class CallForegroundService extends Service {
    private static final int NOTIFICATION = 0x5160;

    private static @Nullable Notification notification;
    private static boolean needed;
    private static @Nullable CallForegroundService running;

    static void start(Context context, Notification ongoing) {
        notification = ongoing;
        needed = true;
        try {
            context.startForegroundService(new Intent(context, CallForegroundService.class));
        } catch (IllegalStateException e) {
            needed = false; // from API 31 on, in the background: the call goes on, as long as Android lets the app run
        }
    }

    static void stop() {
        needed = false;
        CallForegroundService service = running;
        if (service != null) {
            service.end();
        }
    }

    @Override
    public int onStartCommand(@Nullable Intent intent, int flags, int startId) {
        Notification shown = notification;
        if (shown == null) {
            stopSelf(); // not one that start() asked for
            return START_NOT_STICKY;
        }
        running = this;
        show(shown);
        if (!needed) {
            end(); // the call was over before this began; but the notification had to be shown first
        }
        return START_NOT_STICKY;
    }

    @Override
    public void onDestroy() {
        running = null;
        super.onDestroy();
    }

    @Override
    public @Nullable IBinder onBind(Intent intent) {
        return null;
    }

    private void show(Notification shown) {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.Q) {
            startForeground(NOTIFICATION, shown);
        } else if (Build.VERSION.SDK_INT < Build.VERSION_CODES.R || !mayRecord()) {
            startForeground(NOTIFICATION, shown, ServiceInfo.FOREGROUND_SERVICE_TYPE_PHONE_CALL);
        } else {
            try {
                startForeground(
                        NOTIFICATION,
                        shown,
                        ServiceInfo.FOREGROUND_SERVICE_TYPE_PHONE_CALL
                                | ServiceInfo.FOREGROUND_SERVICE_TYPE_MICROPHONE);
            } catch (SecurityException e) {
                // From API 34 on, for an app that came from the background.
                startForeground(NOTIFICATION, shown, ServiceInfo.FOREGROUND_SERVICE_TYPE_PHONE_CALL);
            }
        }
    }

    private boolean mayRecord() {
        return checkSelfPermission(Manifest.permission.RECORD_AUDIO) == PackageManager.PERMISSION_GRANTED;
    }

    private void end() {
        running = null;
        notification = null;
        stopForeground(STOP_FOREGROUND_REMOVE);
        stopSelf();
    }
}
