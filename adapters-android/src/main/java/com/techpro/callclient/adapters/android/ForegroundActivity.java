// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.Activity;
import android.app.Application;
import android.os.Bundle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows which activity of the app the user has in front, for what Android only does from there: questions about permissions, the fingerprint
 * dialogue. Make one in {@code Application.onCreate}. May be asked from any thread.
 */
public final class ForegroundActivity {
    private final List<Consumer<Activity>> stopListeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Activity resumed;

    public ForegroundActivity(Application application) {
        application.registerActivityLifecycleCallbacks(new Callbacks());
    }

    /** Null while no activity of the app is in front. */
    @Nullable
    Activity current() {
        return resumed;
    }

    /**
     * Tells of each activity of the app that cannot be seen any more, on the main thread.
     *
     * @return to be run when that is no longer of interest
     */
    Runnable whenStopped(Consumer<Activity> listener) {
        stopListeners.add(listener);
        return () -> stopListeners.remove(listener);
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
        public void onActivityStopped(Activity activity) {
            stopListeners.forEach(listener -> listener.accept(activity));
        }

        @Override
        public void onActivitySaveInstanceState(Activity activity, Bundle state) {}

        @Override
        public void onActivityDestroyed(Activity activity) {}
    }
}
