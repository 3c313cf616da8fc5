// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.robolectric.Shadows.shadowOf;

import android.Manifest;
import android.app.Activity;
import android.app.ActivityManager;
import android.app.Application;
import android.app.NotificationManager;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.os.Build;
import com.techpro.callclient.ports.permission.Permission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.robolectric.Robolectric;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.shadows.ShadowActivity;

/** The user before Android's permission questions, and the system that asks them: Robolectric shows none itself. */
final class PermissionUser {
    private final Application app;
    private final Set<String> forGood = new HashSet<>();
    private final List<String> reasons = new ArrayList<>();
    private int questions;
    private boolean yes;

    PermissionUser(Application app) {
        this.app = app;
    }

    AndroidPermissions permissions() {
        ForegroundActivity foreground = new ForegroundActivity(app);
        Robolectric.buildActivity(Activity.class).setup();
        return new AndroidPermissions(app, foreground, (activity, reasonKey, proceed) -> {
            reasons.add(reasonKey);
            proceed.run();
        });
    }

    List<String> reasons() {
        return reasons;
    }

    int questions() {
        return questions;
    }

    void willAnswer(boolean answer) {
        yes = answer;
    }

    @SuppressWarnings("deprecation") // USE_FINGERPRINT, which is what API 26 has
    boolean set(Permission permission, boolean granted) {
        switch (permission) {
            case NOTIFICATIONS -> {
                shadowOf(app.getSystemService(NotificationManager.class)).setNotificationsEnabled(granted);
                grant(Manifest.permission.POST_NOTIFICATIONS, granted);
            }
            case BACKGROUND_REFRESH -> {
                if (Build.VERSION.SDK_INT >= 28) {
                    shadowOf(app.getSystemService(ActivityManager.class)).setBackgroundRestricted(!granted);
                }
            }
            case CONTACTS -> grant(Manifest.permission.READ_CONTACTS, granted);
            case MICROPHONE -> grant(Manifest.permission.RECORD_AUDIO, granted);
            case NETWORK -> grant(Manifest.permission.INTERNET, granted);
            case BIOMETRICS -> {
                grant(Manifest.permission.USE_FINGERPRINT, granted);
                grant(Manifest.permission.USE_BIOMETRIC, granted);
            }
        }
        return true;
    }

    void denyForGood(Permission permission) {
        set(permission, false);
        String name = name(permission);
        forGood.add(name);
        shadowOf(app.getPackageManager()).setShouldShowRequestPermissionRationale(name, false);
    }

    /** Once denied, Android wants the app to say why it asks. */
    void hasBeenDeniedOnce(Permission permission) {
        shadowOf(app.getPackageManager()).setShouldShowRequestPermissionRationale(name(permission), true);
    }

    /** What Android does when an app starts an activity, and when that asks for a permission. */
    void look() {
        Intent started = shadowOf(app).getNextStartedActivity();
        if (started == null
                || started.getComponent() == null
                || !PermissionRequestActivity.class
                        .getName()
                        .equals(started.getComponent().getClassName())) {
            return;
        }
        ActivityController<PermissionRequestActivity> controller = Robolectric.buildActivity(
                        PermissionRequestActivity.class, started)
                .create();
        ShadowActivity.PermissionsRequest asked = shadowOf(controller.get()).getLastRequestedPermission();
        if (asked != null) {
            answer(controller.get(), asked);
        }
        controller.destroy();
    }

    private void answer(Activity activity, ShadowActivity.PermissionsRequest asked) {
        int[] results = new int[asked.requestedPermissions.length];
        for (int i = 0; i < results.length; i++) {
            String name = asked.requestedPermissions[i];
            boolean granted = false;
            if (!forGood.contains(name)) {
                questions++;
                granted = yes;
                grant(name, granted);
                shadowOf(app.getSystemService(NotificationManager.class)).setNotificationsEnabled(granted);
            }
            results[i] = granted ? PackageManager.PERMISSION_GRANTED : PackageManager.PERMISSION_DENIED;
        }
        activity.onRequestPermissionsResult(asked.requestCode, asked.requestedPermissions, results);
    }

    private void grant(String permission, boolean granted) {
        if (granted) {
            shadowOf(app).grantPermissions(permission);
        } else {
            shadowOf(app).denyPermissions(permission);
        }
    }

    private static String name(Permission permission) {
        return switch (permission) {
            case CONTACTS -> Manifest.permission.READ_CONTACTS;
            case MICROPHONE -> Manifest.permission.RECORD_AUDIO;
            case NOTIFICATIONS -> Manifest.permission.POST_NOTIFICATIONS;
            default -> throw new IllegalArgumentException(permission.name());
        };
    }
}
