// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.robolectric.Shadows.shadowOf;

import android.os.Looper;
import com.techpro.callclient.testkit.contracts.Await;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting on the thread that is Android's main thread in these tests: what is posted to it runs meanwhile. */
final class MainLooper {
    private MainLooper() {}

    static void await(BooleanSupplier condition) {
        await(() -> {}, condition);
    }

    /** @param meanwhile done again and again: what a user or another process does */
    static void await(Runnable meanwhile, BooleanSupplier condition) {
        Await.until(
                () -> {
                    shadowOf(Looper.getMainLooper()).idle();
                    meanwhile.run();
                    return condition.getAsBoolean();
                },
                Duration.ofSeconds(10));
    }
}
