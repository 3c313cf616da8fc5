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
 * Has Android run the app now and then, so that it registers again before its registration is forgotten. By {@link JobScheduler}, which every Android from API
 * 26 on has; WorkManager stands on it, and would add a database and its initializer to every app for one periodic job.
 *
 * <pre>{@code
 * // in Application.onCreate, whatever the process was started for
 * CompletionStage<?> restored = client.restore(phoneSystem);
 * BackgroundRefresh.serve(budget ->
 *         restored.thenCompose(done -> client.wake(WakeReason.BACKGROUND_REFRESH, budget)));
 * BackgroundRefresh.schedule(this, Duration.ofMinutes(15));
 * }</pre>
 *
 * <p>When it runs is Android's choice: about once a period while the app is used, in a maintenance window while the device dozes, once a day for an app that its
 * user has forgotten, and after a restart of the device not before the app was opened. So it keeps a registration of hours alive, and rings for no call.
 * {@link ReachableService} does more, and costs more. From any thread.
 */
public final class BackgroundRefresh {
    /** Android runs no job more often. */
    public static final Duration SHORTEST = Duration.ofMinutes(15);

    /** How long the app may run for it; Android would give ten minutes, and few seconds are needed. */
    static final Duration BUDGET = Duration.ofSeconds(30);

    private static final int JOB = 0x5161;
    private static volatile @Nullable Function<Duration, ? extends CompletionStage<?>> wake;

    private BackgroundRefresh() {}

    /**
     * What is done when Android runs the app for this, or {@link ReachableService} wakes it. A process that did not call this does nothing then.
     *
     * <p>Before {@code CallClient.restore} is done, the account of a login is not there. A wake-up
     * in that moment does nothing, so an app with a login waits for {@code restore} first.
     *
     * @param refresh is given how long the app may run; called on the main thread; the app may sleep again once its stage is done
     */
    public static void serve(Function<Duration, ? extends CompletionStage<?>> refresh) {
        wake = refresh;
    }

    /**
     * Leaves alone what is scheduled with that period already.
     *
     * @param period {@link #SHORTEST} or longer
     * @return whether Android took it
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

    /** As when the user logs out, or wants no calls in the background. */
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
            return CompletableFuture.completedFuture(false); // the app's own code: the job is over all the same
        }
    }
}
