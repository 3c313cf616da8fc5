// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.UiModeManager;
import android.content.Context;
import android.content.pm.PackageManager;
import android.content.res.Configuration;
import android.os.Build;
import com.techpro.callclient.ports.device.DeviceInfo;
import org.jspecify.annotations.Nullable;

/** Identifies the app and Android, without serial number, model, or a person's name. */
public final class AndroidDevice {
    private static final int LONGEST = 64;
    private static final int TABLET_WIDTH_DP = 600;

    private AndroidDevice() {}

    public static DeviceInfo info(Context context) {
        PackageManager packages = context.getPackageManager();
        CharSequence label = context.getApplicationInfo().loadLabel(packages);
        String version;
        try {
            version = packages.getPackageInfo(context.getPackageName(), 0).versionName;
        } catch (PackageManager.NameNotFoundException e) {
            version = null; // of this very package: cannot happen
        }
        return new DeviceInfo(
                printable(label.toString(), "App"),
                printable(version, "0"),
                type(context),
                printable("Android " + Build.VERSION.RELEASE, "Android"));
    }

    private static String type(Context context) {
        Configuration configuration = context.getResources().getConfiguration();
        switch (context.getSystemService(UiModeManager.class).getCurrentModeType()) {
            case Configuration.UI_MODE_TYPE_TELEVISION:
                return "television";
            case Configuration.UI_MODE_TYPE_CAR:
                return "car";
            case Configuration.UI_MODE_TYPE_WATCH:
                return "watch";
            default:
                return configuration.smallestScreenWidthDp >= TABLET_WIDTH_DP ? "tablet" : "phone";
        }
    }

    /** Returns the characters of a text in any language that a {@code User-Agent} may contain. */
    private static String printable(@Nullable String text, String otherwise) {
        StringBuilder kept = new StringBuilder();
        String given = text == null ? "" : text;
        for (int i = 0; i < given.length() && kept.length() < LONGEST; i++) {
            char c = given.charAt(i);
            if (c >= ' ' && c <= '~' && c != '(' && c != ')') {
                kept.append(c);
            }
        }
        String trimmed = kept.toString().trim();
        return trimmed.isEmpty() ? otherwise : trimmed;
    }
}
