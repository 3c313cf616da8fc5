// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.content.Context;
import android.os.PowerManager;
import java.time.Duration;

/**
 * Keeps the processor awake while a push is handled, at most for the budget of
 * {@code CallClient.wake}. Android wakes an app for a message and lets the device doze again as
 * soon as the receiver has returned.
 *
 * <pre>{@code
 * WakeLockHold awake = WakeLockHold.acquire(context, BUDGET);
 * client.wake(WakeReason.PUSH, BUDGET).whenComplete((outcome, failure) -> awake.close());
 * }</pre>
 */
public final class WakeLockHold implements AutoCloseable {
    private static final Duration MOST = Duration.ofMinutes(10);

    private final PowerManager.WakeLock lock;

    private WakeLockHold(PowerManager.WakeLock lock) {
        this.lock = lock;
    }

    /** @param budget more than zero, at most ten minutes; the lock always ends after it */
    public static WakeLockHold acquire(Context context, Duration budget) {
        if (budget.isNegative() || budget.isZero() || budget.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("a budget is more than nothing and at most ten minutes");
        }
        PowerManager.WakeLock lock = context.getSystemService(PowerManager.class)
                .newWakeLock(PowerManager.PARTIAL_WAKE_LOCK, "callclient:wake");
        lock.setReferenceCounted(false);
        lock.acquire(budget.toMillis());
        return new WakeLockHold(lock);
    }

    /** Lets the device sleep. Closing twice, or after the budget has expired, does nothing. */
    @Override
    public void close() {
        lock.release();
    }
}
