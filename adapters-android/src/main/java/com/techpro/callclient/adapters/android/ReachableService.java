// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.Manifest;
import android.app.AlarmManager;
import android.app.Notification;
import android.app.NotificationManager;
import android.app.PendingIntent;
import android.app.Service;
import android.content.Context;
import android.content.Intent;
import android.content.SharedPreferences;
import android.content.pm.PackageManager;
import android.net.Uri;
import android.os.Handler;
import android.os.IBinder;
import android.os.Looper;
import android.os.PowerManager;
import android.os.SystemClock;
import android.provider.Settings;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the app's process and its connection to a phone system without push. The cost is a
 * permanent notification and some wake-ups per hour. It is a foreground service with alarms that
 * also fire while the device dozes. Each does what {@link BackgroundRefresh#serve} was given. The
 * library's manifest does not declare it, because app stores ask for the reason.
 * {@code docs/android-background.md} has the lines for the app's manifest, the cost, and the
 * limits.
 *
 * <p>On the main thread. Call {@link #start} in {@code Application.onCreate} as well: Android ends
 * the process at times, and starts it again for the service, for an alarm, after a restart of the
 * device and after an update of the app. Each is an occasion to show the service again. From API 31
 * on Android may refuse that to an app in the background, unless its user has exempted it from
 * battery optimisation ({@link #exemptionRequest}). While it is refused, alarms still wake the app,
 * and a notification asks the user to open it.
 */
public final class ReachableService extends Service {
    /** In Doze Android allows an app one such alarm about every nine minutes. */
    public static final int MOST_WAKE_UPS_AN_HOUR = 6;

    private static final int NOTIFICATION = 0x5162;
    /** Preferences with one entry: whether the user was asked to open the app. */
    private static final String ASKED = "com.techpro.callclient.reachable";

    private static @Nullable Notification notification;
    private static @Nullable Notification request;
    private static boolean needed;
    /** Whether it was started and Android has not said so yet; then it must show a notification. */
    private static boolean starting;
    /** Whether the app knows that Android refuses what it started. */
    private static boolean told;

    private static @Nullable ReachableService running;
    private static Duration interval = Duration.ZERO;
    private static Consumer<ForegroundRefusal> onRefusal = refusal -> {};

    /**
     * Starts it, or gives a running one other notifications and another budget.
     *
     * @param shown the notification of the running service
     * @param openRequest asks the user to open the app, and does so when tapped; shown while
     *     Android refuses the service because the app is in the background, once until it runs
     * @param wakeUpsAnHour the budget: 1 to {@link #MOST_WAKE_UPS_AN_HOUR}
     * @param refused called once if Android refuses it, at once or later. After
     *     {@link ForegroundRefusal#IN_BACKGROUND} the alarms go on, and each tries again; the app
     *     is reachable as long as Android lets its process live
     * @throws IllegalArgumentException if the budget is out of range
     */
    public static void start(
            Context context,
            Notification shown,
            Notification openRequest,
            int wakeUpsAnHour,
            Consumer<ForegroundRefusal> refused) {
        if (wakeUpsAnHour < 1 || wakeUpsAnHour > MOST_WAKE_UPS_AN_HOUR) {
            throw new IllegalArgumentException("a budget is 1 to " + MOST_WAKE_UPS_AN_HOUR + " wake-ups an hour");
        }
        notification = shown;
        request = openRequest;
        interval = Duration.ofHours(1).dividedBy(wakeUpsAnHour);
        onRefusal = refused;
        needed = true;
        told = false;
        scheduleWakeUp(context);
        bringUp(context);
    }

    /** Stops it, for example when the user logs out. */
    public static void stop(Context context) {
        needed = false;
        alarms(context).cancel(wakeUp(context));
        if (asked(context).contains(ASKED)) {
            asked(context).edit().clear().apply();
            context.getSystemService(NotificationManager.class).cancel(NOTIFICATION);
        }
        // One that is starting must show its notification first: Android ends the app of a service
        // that does not.
        ReachableService service = running;
        if (service != null && !starting) {
            service.end();
        }
    }

    /**
     * Returns what asks the user to exempt the app from battery optimisation, for
     * {@code startActivity}; null if it is exempt. Ask once, when the user chooses to be reachable.
     * With the permission {@code REQUEST_IGNORE_BATTERY_OPTIMIZATIONS} it is a dialog, without it
     * the system's list of apps.
     */
    public static @Nullable Intent exemptionRequest(Context context) {
        String app = context.getPackageName();
        if (context.getSystemService(PowerManager.class).isIgnoringBatteryOptimizations(app)) {
            return null;
        }
        return context.checkSelfPermission(Manifest.permission.REQUEST_IGNORE_BATTERY_OPTIMIZATIONS)
                        == PackageManager.PERMISSION_GRANTED
                ? new Intent(Settings.ACTION_REQUEST_IGNORE_BATTERY_OPTIMIZATIONS, Uri.fromParts("package", app, null))
                : new Intent(Settings.ACTION_IGNORE_BATTERY_OPTIMIZATION_SETTINGS);
    }

    /**
     * Android woke the app, for an alarm or after a restart.
     *
     * @return false if nobody started the service in this process
     */
    static boolean resume(Context context) {
        if (needed) {
            scheduleWakeUp(context);
            if (running == null && !starting) {
                bringUp(context);
            }
        }
        return needed;
    }

    @Override
    public int onStartCommand(@Nullable Intent intent, int flags, int startId) {
        Notification shown = notification;
        starting &= intent == null; // Android restarts it
        if (starting && !needed) {
            return START_NOT_STICKY; // ends when its start arrives
        }
        if (shown == null) {
            end(); // restarted in a process that does not want it
            return START_NOT_STICKY;
        }
        running = this;
        ForegroundRefusal refusal = ForegroundStart.attempt(() -> startForeground(NOTIFICATION, shown));
        if (refusal != null) {
            end();
            tell(this, refusal);
            return START_NOT_STICKY;
        }
        if (!needed) {
            end();
            return START_NOT_STICKY;
        }
        told = false;
        asked(this).edit().clear().apply(); // its notification has replaced the request
        return START_STICKY;
    }

    @Override
    public @Nullable IBinder onBind(Intent intent) {
        return null;
    }

    @Override
    public void onDestroy() {
        if (equals(running)) {
            running = null;
        }
        super.onDestroy();
    }

    private static void bringUp(Context context) {
        starting = true;
        ForegroundRefusal refusal = ForegroundStart.attempt(() -> {
            if (context.startForegroundService(new Intent(context, ReachableService.class)) == null) {
                throw new SecurityException("the app's manifest has no ReachableService");
            }
        });
        if (refusal != null) {
            starting = false;
            tell(context, refusal);
        }
    }

    private static void tell(Context context, ForegroundRefusal refusal) {
        if (refusal == ForegroundRefusal.NOT_PERMITTED) {
            stop(context);
            onRefusal.accept(refusal);
            return;
        }
        // Later: what Android started the process for may still show the service.
        new Handler(Looper.getMainLooper()).post(() -> {
            if (needed && running == null && !starting && !told) {
                told = true;
                askToOpen(context);
                onRefusal.accept(refusal);
            }
        });
    }

    /** The service's own notification, once it is shown, replaces this one. */
    private static void askToOpen(Context context) {
        if (!asked(context).contains(ASKED)) {
            asked(context).edit().putBoolean(ASKED, true).apply();
            context.getSystemService(NotificationManager.class).notify(NOTIFICATION, request);
        }
    }

    private void end() {
        running = null;
        if (!needed) {
            notification = null;
        }
        stopForeground(STOP_FOREGROUND_REMOVE);
        stopSelf();
    }

    private static void scheduleWakeUp(Context context) {
        alarms(context)
                .setAndAllowWhileIdle(
                        AlarmManager.ELAPSED_REALTIME_WAKEUP,
                        SystemClock.elapsedRealtime() + interval.toMillis(),
                        wakeUp(context));
    }

    private static AlarmManager alarms(Context context) {
        return context.getSystemService(AlarmManager.class);
    }

    private static PendingIntent wakeUp(Context context) {
        Intent wake = new Intent(context, ReachableReceiver.class);
        return PendingIntent.getBroadcast(context, 0, wake, PendingIntent.FLAG_IMMUTABLE);
    }

    private static SharedPreferences asked(Context context) {
        return context.getSharedPreferences(ASKED, Context.MODE_PRIVATE);
    }
}
