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
 * Tracks the app's activity in front of the user, for actions that Android allows only from there:
 * permission prompts and the fingerprint dialogue. Create one in {@code Application.onCreate}.
 * Readable from any thread.
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
     * Reports each activity of the app that is no longer visible, on the main thread.
     *
     * @return removes the listener
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
