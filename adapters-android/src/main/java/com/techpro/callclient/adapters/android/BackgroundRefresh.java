// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.job.JobInfo;
import android.app.job.JobScheduler;
import android.content.ComponentName;
import android.content.Context;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets Android run the app now and then, so that it registers again before its registration
 * expires. It uses {@link JobScheduler}, which every Android from API 26 on has. WorkManager builds
 * on that, and would add a database and an initializer to every app for one periodic job.
 *
 * <pre>{@code
 * // in Application.onCreate, whatever the process was started for
 * CompletionStage<?> restored = client.restore(phoneSystem);
 * BackgroundRefresh.serve(budget ->
 *         restored.thenCompose(done -> client.wake(WakeReason.BACKGROUND_REFRESH, budget)));
 * BackgroundRefresh.schedule(this, Duration.ofMinutes(15));
 * }</pre>
 *
 * <p>Android decides when it runs. That is about once per period while the app is used, in a
 * maintenance window while the device dozes, and once a day for a forgotten app. After a restart of
 * the device it does not run before the app was opened. So it keeps a registration of hours alive,
 * but does not make calls ring. {@link ReachableService} does more, and costs more. From any
 * thread.
 */
public final class BackgroundRefresh {
    /** Android runs no job more often. */
    public static final Duration SHORTEST = Duration.ofMinutes(15);

    /**
     * How long the app may run for it; Android would give ten minutes, and a few seconds are
     * needed.
     */
    static final Duration BUDGET = Duration.ofSeconds(30);

    private static final int JOB = 0x5161;
    private static volatile @Nullable Function<Duration, ? extends CompletionStage<?>> wake;

    private BackgroundRefresh() {}

    /**
     * Sets the action for when Android runs the app for this, or {@link ReachableService} wakes it.
     * A process that has not called this does nothing then.
     *
     * <p>The account of a login does not exist before {@code CallClient.restore} is done. A wake-up
     * at that time does nothing, so an app with a login waits for {@code restore} first.
     *
     * @param refresh receives how long the app may run; called on the main thread; the app may
     *     sleep again once its stage is done
     */
    public static void serve(Function<Duration, ? extends CompletionStage<?>> refresh) {
        wake = refresh;
    }

    /**
     * Schedules the job; does nothing if one with that period is already scheduled.
     *
     * @param period {@link #SHORTEST} or longer
     * @return whether Android accepted it
     * @throws IllegalArgumentException if the period is shorter
     */
    public static boolean schedule(Context context, Duration period) {
        if (period.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("Android refreshes no app more often than every 15 minutes");
        }
        JobScheduler scheduler = context.getSystemService(JobScheduler.class);
        JobInfo pending = scheduler.getPendingJob(JOB);
        if (pending != null && pending.getIntervalMillis() == period.toMillis()) {
            return true;
        }
        JobInfo job = new JobInfo.Builder(JOB, new ComponentName(context, BackgroundRefreshService.class))
                .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
                .setPeriodic(period.toMillis())
                .build();
        return scheduler.schedule(job) == JobScheduler.RESULT_SUCCESS;
    }

    /** Cancels the job, for example when the user logs out or wants no calls in the background. */
    public static void cancel(Context context) {
        context.getSystemService(JobScheduler.class).cancel(JOB);
    }

    /** Null if there is nothing to do; its stage never fails. */
    static @Nullable CompletionStage<?> run(Duration budget) {
        Function<Duration, ? extends CompletionStage<?>> refresh = wake;
        if (refresh == null) {
            return null;
        }
        try {
            return refresh.apply(budget).handle((done, failure) -> true);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(false); // the app's failure ends it too
        }
    }
}
