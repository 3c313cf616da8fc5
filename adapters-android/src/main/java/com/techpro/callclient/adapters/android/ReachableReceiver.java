// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.os.Handler;
import android.os.Looper;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Receives the alarms of {@link ReachableService}, the restart of the device, and the update of the
 * app. Android keeps the device awake until {@link #onReceive} returns, and a wake lock does so
 * until all accounts are registered. The library's manifest declares it.
 */
public final class ReachableReceiver extends BroadcastReceiver {
    /** Each wake-up lasts at most this long. */
    static final Duration BUDGET = Duration.ofSeconds(20);

    @Override
    public void onReceive(Context context, Intent intent) {
        if (!ReachableService.resume(context)) {
            return;
        }
        WakeLockHold awake = WakeLockHold.acquire(context, BUDGET);
        CompletionStage<?> refresh = BackgroundRefresh.run(BUDGET);
        if (refresh == null) {
            awake.close();
            return;
        }
        PendingResult broadcast = goAsync(); // or Android may stop the process now
        AtomicBoolean finished = new AtomicBoolean();
        Runnable finish = () -> {
            if (finished.compareAndSet(false, true)) {
                awake.close();
                broadcast.finish();
            }
        };
        var unused = refresh.thenRun(finish);
        new Handler(Looper.getMainLooper()).postDelayed(finish, BUDGET.toMillis());
    }
}
