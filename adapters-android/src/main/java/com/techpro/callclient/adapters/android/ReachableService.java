// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.AlarmManager;
import android.app.Notification;
import android.app.PendingIntent;
import android.app.Service;
import android.content.Context;
import android.content.Intent;
import android.os.IBinder;
import android.os.SystemClock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
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
 * <p>On the main thread. Android restarts the service after it had to end the process, so call
 * {@link #start} in {@code Application.onCreate} as well.
 */
public final class ReachableService extends Service {
    /** In Doze Android allows an app one such alarm about every nine minutes. */
    public static final int MOST_WAKE_UPS_AN_HOUR = 6;

    /** Each wake-up lasts until all accounts are registered, at most this long. */
    static final Duration BUDGET = Duration.ofSeconds(20);

    private static final int NOTIFICATION = 0x5162;
    private static final String WAKE = "com.techpro.callclient.WAKE";

    private static @Nullable Notification notification;
    private static boolean needed;
    /** Whether it was started and Android has not said so yet; then it must show a notification. */
    private static boolean starting;

    private static @Nullable ReachableService running;
    private static Duration interval = Duration.ZERO;
    private static Consumer<ForegroundRefusal> onRefusal = refusal -> {};

    /**
     * Starts it, or gives a running one another notification and budget.
     *
     * @param wakeUpsAnHour the budget: 1 to {@link #MOST_WAKE_UPS_AN_HOUR}
     * @param refused called if Android refuses it, at once or as it begins; then the app is
     *     reachable as long as Android lets its process live
     * @throws IllegalArgumentException if the budget is out of range
     */
    public static void start(
            Context context, Notification shown, int wakeUpsAnHour, Consumer<ForegroundRefusal> refused) {
        if (wakeUpsAnHour < 1 || wakeUpsAnHour > MOST_WAKE_UPS_AN_HOUR) {
            throw new IllegalArgumentException("a budget is 1 to " + MOST_WAKE_UPS_AN_HOUR + " wake-ups an hour");
        }
        notification = shown;
        needed = true;
        starting = true;
        interval = Duration.ofHours(1).dividedBy(wakeUpsAnHour);
        onRefusal = refused;
        ForegroundRefusal refusal = ForegroundStart.attempt(() -> {
            if (context.startForegroundService(new Intent(context, ReachableService.class)) == null) {
                throw new SecurityException("the app's manifest has no ReachableService");
            }
        });
        if (refusal != null) {
            needed = false;
            starting = false;
            refused.accept(refusal);
        }
    }

    /** Stops it, for example when the user logs out. */
    public static void stop(Context context) {
        needed = false;
        alarms(context).cancel(wakeUp(context));
        // One that is starting must show its notification first: Android ends the app of a service
        // that does not.
        ReachableService service = running;
        if (service != null && !starting) {
            service.end();
        }
    }

    @Override
    public int onStartCommand(@Nullable Intent intent, int flags, int startId) {
        Notification shown = notification;
        boolean alarm = intent != null && WAKE.equals(intent.getAction());
        starting &= alarm;
        if (starting && !needed) {
            return START_NOT_STICKY; // ends when its start arrives
        }
        if (shown == null || (alarm && !needed)) {
            end(); // stopped meanwhile, or restarted in a process that does not want it
            return START_NOT_STICKY;
        }
        running = this;
        if (alarm) {
            wake();
        } else {
            ForegroundRefusal refusal = ForegroundStart.attempt(() -> startForeground(NOTIFICATION, shown));
            if (refusal != null) {
                end();
                onRefusal.accept(refusal);
                return START_NOT_STICKY;
            }
            if (!needed) {
                end();
                return START_NOT_STICKY;
            }
        }
        alarms(this)
                .setAndAllowWhileIdle(
                        AlarmManager.ELAPSED_REALTIME_WAKEUP,
                        SystemClock.elapsedRealtime() + interval.toMillis(),
                        wakeUp(this));
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

    private void end() {
        running = null;
        notification = null;
        stopForeground(STOP_FOREGROUND_REMOVE);
        stopSelf();
    }

    private void wake() {
        WakeLockHold awake = WakeLockHold.acquire(this, BUDGET);
        CompletionStage<?> refresh = BackgroundRefresh.run(BUDGET);
        if (refresh == null) {
            awake.close();
        } else {
            var unused = refresh.thenRun(awake::close);
        }
    }

    private static AlarmManager alarms(Context context) {
        return context.getSystemService(AlarmManager.class);
    }

    private static PendingIntent wakeUp(Context context) {
        Intent wake = new Intent(context, ReachableService.class).setAction(WAKE);
        return PendingIntent.getService(context, 0, wake, PendingIntent.FLAG_IMMUTABLE);
    }
}
