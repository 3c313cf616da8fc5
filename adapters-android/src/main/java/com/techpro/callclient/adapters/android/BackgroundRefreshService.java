// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.job.JobParameters;
import android.app.job.JobService;
import java.util.concurrent.CompletionStage;

/**
 * Runs the job of {@link BackgroundRefresh} for Android, which keeps the device awake until the job
 * is finished.
 */
public final class BackgroundRefreshService extends JobService {
    @Override
    public boolean onStartJob(JobParameters job) {
        CompletionStage<?> refresh = BackgroundRefresh.run(BackgroundRefresh.BUDGET);
        if (refresh == null) {
            return false;
        }
        var unused = refresh.thenRun(() -> jobFinished(job, false));
        return true;
    }

    /** For example, the network is gone: the next period comes anyway. */
    @Override
    public boolean onStopJob(JobParameters job) {
        return false;
    }
}
