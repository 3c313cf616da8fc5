// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.app.Activity;
import android.app.Application;
import android.os.Bundle;
import com.techpro.callclient.engine.CallClient;
import org.jspecify.annotations.Nullable;

/** Tells the engine whether the user sees the app, so that the lock's time-out can run while it is in the background. */
final class AppVisibility implements Application.ActivityLifecycleCallbacks {
    private final CallClient client;
    private int started;

    AppVisibility(CallClient client) {
        this.client = client;
    }

    @Override
    public void onActivityStarted(Activity activity) {
        if (started++ == 0) {
            client.appInForeground();
        }
    }

    @Override
    public void onActivityStopped(Activity activity) {
        if (--started == 0) {
            client.appInBackground();
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
