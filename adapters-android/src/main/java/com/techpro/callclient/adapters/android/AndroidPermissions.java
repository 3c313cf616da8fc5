// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.Manifest;
import android.app.Activity;
import android.app.ActivityManager;
import android.app.NotificationManager;
import android.content.Context;
import android.content.pm.PackageManager;
import android.os.Build;
import android.os.Handler;
import android.os.Looper;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.permission.PermissionPort;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Android's runtime permissions. It requests contacts, the microphone and, from API 33,
 * notifications, from the activity in front. Without one the answer is the present state. Other
 * permissions can only be changed in the system's settings, and are answered at once.
 *
 * <p>Android answers permanently denied permissions without a prompt. {@link #deniedForGood} tells
 * whether that seems to be so, for an app that then leads its user to the settings.
 */
public final class AndroidPermissions implements PermissionPort {
    private final Context context;
    private final ForegroundActivity foreground;
    private final PermissionRationale rationale;
    private final Handler main = new Handler(Looper.getMainLooper());
    // Both belong to the main thread; Android shows one prompt at a time.
    private final Queue<Request> waiting = new ArrayDeque<>();
    private @Nullable Request asking;
    private final Map<Permission, Boolean> deniedForGood = new EnumMap<>(Permission.class);

    private record Request(Permission permission, String name, Consumer<Boolean> answer) {}

    public AndroidPermissions(Context context, ForegroundActivity foreground, PermissionRationale rationale) {
        this.context = context.getApplicationContext();
        this.foreground = foreground;
        this.rationale = rationale;
    }

    @Override
    public boolean granted(Permission permission) {
        return switch (permission) {
            case NOTIFICATIONS -> service(NotificationManager.class).areNotificationsEnabled();
            case BACKGROUND_REFRESH ->
                Build.VERSION.SDK_INT < Build.VERSION_CODES.P
                        || !service(ActivityManager.class).isBackgroundRestricted();
            case CONTACTS -> has(Manifest.permission.READ_CONTACTS);
            case MICROPHONE -> has(Manifest.permission.RECORD_AUDIO);
            case BIOMETRICS -> has(biometrics());
            case NETWORK -> has(Manifest.permission.INTERNET);
        };
    }

    @Override
    public void request(Permission permission, Consumer<Boolean> answer) {
        String name = askable(permission);
        main.post(() -> {
            if (name == null || granted(permission)) {
                answer.accept(granted(permission));
            } else {
                waiting.add(new Request(permission, name, answer));
                askNext();
            }
        });
    }

    /**
     * Returns whether the last request was denied without a prompt, or so that the user will not be
     * asked again. Known since the start of the app, and only a hint: Android reports a dismissed
     * prompt in the same way.
     */
    public boolean deniedForGood(Permission permission) {
        synchronized (deniedForGood) {
            return !granted(permission) && Boolean.TRUE.equals(deniedForGood.get(permission));
        }
    }

    private void askNext() {
        if (asking != null) {
            return;
        }
        Request next = waiting.poll();
        if (next == null) {
            return;
        }
        asking = next;
        Activity activity = foreground.current();
        if (activity == null || granted(next.permission)) {
            answered(next);
        } else if (activity.shouldShowRequestPermissionRationale(next.name)) {
            rationale.show(activity, next.permission.reasonKey(), once(() -> ask(next)));
        } else {
            ask(next);
        }
    }

    private void ask(Request request) {
        Activity activity = foreground.current();
        if (activity == null) {
            answered(request);
        } else {
            PermissionRequestActivity.start(activity, request.name, asked -> {
                note(request, !asked.shouldShowRequestPermissionRationale(request.name));
                answered(request);
            });
        }
    }

    private void note(Request request, boolean forGood) {
        synchronized (deniedForGood) {
            deniedForGood.put(request.permission, forGood && !granted(request.permission));
        }
    }

    private void answered(Request request) {
        asking = null;
        try {
            request.answer.accept(granted(request.permission));
        } finally {
            askNext();
        }
    }

    /** Runs on the main thread, from any thread, and only the first time. */
    private Runnable once(Runnable step) {
        boolean[] done = {false};
        return () -> main.post(() -> {
            if (!done[0]) {
                done[0] = true;
                step.run();
            }
        });
    }

    /** Returns Android's name of it, if Android has a prompt for it. */
    private static @Nullable String askable(Permission permission) {
        return switch (permission) {
            case CONTACTS -> Manifest.permission.READ_CONTACTS;
            case MICROPHONE -> Manifest.permission.RECORD_AUDIO;
            case NOTIFICATIONS ->
                Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU ? null : Manifest.permission.POST_NOTIFICATIONS;
            default -> null;
        };
    }

    @SuppressWarnings("deprecation") // older versions know only the older name
    private static String biometrics() {
        return Build.VERSION.SDK_INT < Build.VERSION_CODES.P
                ? Manifest.permission.USE_FINGERPRINT
                : Manifest.permission.USE_BIOMETRIC;
    }

    private boolean has(String permission) {
        return context.checkSelfPermission(permission) == PackageManager.PERMISSION_GRANTED;
    }

    private <T> T service(Class<T> type) {
        return context.getSystemService(type);
    }
}
