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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the app running, and its microphone open, during a call. On the main thread.
 *
 * <p>It stops itself: Android kills an app whose foreground service was stopped from outside before
 * it had shown its notification.
 */
public final class CallForegroundService extends Service {
    private static final int NOTIFICATION = 0x5160;

    private static @Nullable Notification notification;
    private static boolean needed;
    private static @Nullable CallForegroundService running;
    private static Consumer<ForegroundRefusal> onRefusal = refusal -> {};

    /**
     * @param refused called if Android refuses it, at once or as it begins; the call continues as
     *     long as Android lets the app run
     */
    static void start(Context context, Notification ongoing, Consumer<ForegroundRefusal> refused) {
        notification = ongoing;
        onRefusal = refused;
        needed = true;
        ForegroundRefusal refusal = ForegroundStart.attempt(
                () -> context.startForegroundService(new Intent(context, CallForegroundService.class)));
        if (refusal != null) {
            needed = false;
            refused.accept(refusal);
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
            stopSelf(); // not one that start() requested
            return START_NOT_STICKY;
        }
        running = this;
        ForegroundRefusal refusal = show(shown);
        if (refusal != null) {
            end();
            onRefusal.accept(refusal);
        } else if (!needed) {
            end(); // the call ended before this began; but the notification had to be shown first
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

    private @Nullable ForegroundRefusal show(Notification shown) {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.Q) {
            return ForegroundStart.attempt(() -> startForeground(NOTIFICATION, shown));
        }
        int call = ServiceInfo.FOREGROUND_SERVICE_TYPE_PHONE_CALL;
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R && mayRecord()) {
            int both = call | ServiceInfo.FOREGROUND_SERVICE_TYPE_MICROPHONE;
            ForegroundRefusal refusal = ForegroundStart.attempt(() -> startForeground(NOTIFICATION, shown, both));
            if (refusal != ForegroundRefusal.NOT_PERMITTED) {
                return refusal;
            } // from API 34 on, in the background: without the microphone type
        }
        return ForegroundStart.attempt(() -> startForeground(NOTIFICATION, shown, call));
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
