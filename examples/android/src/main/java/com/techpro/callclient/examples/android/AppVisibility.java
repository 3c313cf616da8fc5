// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.app.Activity;
import android.app.Application;
import android.os.Bundle;
import com.techpro.callclient.engine.CallClient;
import org.jspecify.annotations.Nullable;

/**
 * Tells the engine whether the app is visible, so that the lock's time-out can run in the
 * background.
 */
final class AppVisibility implements Application.ActivityLifecycleCallbacks {
    private final CallClient client;
    private final Runnable seen;
    private int started;

    /** @param seen runs whenever the user returns to the app */
    AppVisibility(CallClient client, Runnable seen) {
        this.client = client;
        this.seen = seen;
    }

    @Override
    public void onActivityStarted(Activity activity) {
        if (started++ == 0) {
            client.lock().appInForeground();
            seen.run();
        }
    }

    @Override
    public void onActivityStopped(Activity activity) {
        if (--started == 0) {
            client.lock().appInBackground();
        }
    }

    @Override
    public void onActivityCreated(Activity activity, @Nullable Bundle state) {}

    @Override
    public void onActivityResumed(Activity activity) {}

    @Override
    public void onActivityPaused(Activity activity) {}

    @Override
    public void onActivitySaveInstanceState(Activity activity, Bundle state) {}

    @Override
    public void onActivityDestroyed(Activity activity) {}
}
