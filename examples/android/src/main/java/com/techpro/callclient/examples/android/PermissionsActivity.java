// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.content.Intent;
import android.net.Uri;
import android.os.Bundle;
import android.provider.Settings;
import android.view.View;
import android.widget.Button;
import android.widget.LinearLayout;
import com.techpro.callclient.adapters.android.AndroidNotifications;
import com.techpro.callclient.adapters.android.AndroidPermissions;
import com.techpro.callclient.ports.permission.Permission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the app may do, why it asks, and what works without. */
public final class PermissionsActivity extends Screen {
    private LinearLayout permissions;
    private Button fullScreen;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        permissions = list();
        fullScreen = button("permission_full_screen", this::openFullScreenSettings);
        button("permission_settings", this::openSettings);
    }

    @Override
    boolean isPrivate() {
        return false;
    }

    @Override
    void refresh() {
        AndroidNotifications notifications = PhoneApplication.of(this).notifications();
        boolean ask = !notifications.canFillScreen() && notifications.fillScreenSettings() != null;
        fullScreen.setVisibility(ask ? View.VISIBLE : View.GONE);
        show(
                permissions,
                List.of(Permission.values()),
                this::words,
                List.of(new Action<>("permission_allow", this::ask)));
    }

    /** Android asks; where it does not any more, the settings are the only way. */
    private void ask(Permission permission) {
        AndroidPermissions port = PhoneApplication.of(this).permissions();
        if (port.deniedForGood(permission)) {
            openSettings();
        } else {
            port.request(permission, granted -> phone().changed());
        }
    }

    private void openFullScreenSettings() {
        Intent page = PhoneApplication.of(this).notifications().fillScreenSettings();
        if (page != null) {
            startActivity(page);
        }
    }

    private void openSettings() {
        startActivity(new Intent(
                Settings.ACTION_APPLICATION_DETAILS_SETTINGS, Uri.fromParts("package", getPackageName(), null)));
    }

    private String words(Permission permission) {
        boolean granted = PhoneApplication.of(this).permissions().granted(permission);
        return text(permission.reasonKey())
                + " "
                + text(
                        granted
                                ? "permission_granted"
                                : permission.optional() ? "permission_optional" : "permission_needed");
    }
}
