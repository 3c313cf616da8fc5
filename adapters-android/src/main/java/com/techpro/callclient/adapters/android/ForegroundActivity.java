// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.Activity;
import android.app.Application;
import android.os.Bundle;
import org.jspecify.annotations.Nullable;

/**
 * Knows which activity of the app the user has in front, for what Android only does from there: questions about permissions, the fingerprint
 * dialogue. Make one in {@code Application.onCreate}. May be asked from any thread.
 */
public final class ForegroundActivity {
    private volatile @Nullable Activity resumed;

    public ForegroundActivity(Application application) {
        application.registerActivityLifecycleCallbacks(new Callbacks());
    }

    /** Null while no activity of the app is in front. */
    @Nullable
    Activity current() {
        return resumed;
    }

    private final class Callbacks implements Application.ActivityLifecycleCallbacks {
        @Override
        public void onActivityCreated(Activity activity, @Nullable Bundle state) {}

        @Override
        public void onActivityStarted(Activity activity) {}

        @Override
        public void onActivityResumed(Activity activity) {
            resumed = activity;
        }

        @Override
        public void onActivityPaused(Activity activity) {
            if (activity.equals(resumed)) {
                resumed = null;
            }
        }

        @Override
        public void onActivityStopped(Activity activity) {}

        @Override
        public void onActivitySaveInstanceState(Activity activity, Bundle state) {}

        @Override
        public void onActivityDestroyed(Activity activity) {}
    }
}
