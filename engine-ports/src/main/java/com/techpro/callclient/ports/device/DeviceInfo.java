// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.device;

import java.util.Objects;

/**
 * Describes the app and its device, for compatibility and troubleshooting only (promise C9). It
 * appears in the {@code User-Agent} header and in the diagnostics that the user exports, nowhere
 * else. Each part is printable ASCII without parentheses, without a serial number or a person's
 * name.
 *
 * @param appName such as {@code AcmePhone}
 * @param appVersion such as {@code 3.1.4}
 * @param deviceType such as {@code phone}, {@code tablet}, {@code desktop}
 * @param osVersion such as {@code Android 14}
 */
public record DeviceInfo(String appName, String appVersion, String deviceType, String osVersion) {
    public DeviceInfo {
        check(appName, "appName");
        check(appVersion, "appVersion");
        check(deviceType, "deviceType");
        check(osVersion, "osVersion");
    }

    /** Returns the value of the {@code User-Agent} header (RFC 3261 §20.41). */
    public String userAgent() {
        return appName.replace(' ', '-') + "/" + appVersion.replace(' ', '-') + " (" + deviceType + "; " + osVersion
                + ")";
    }

    private static void check(String text, String name) {
        Objects.requireNonNull(text, name);
        if (text.isEmpty()
                || text.length() > 64
                || text.chars().anyMatch(c -> c < ' ' || c > '~' || c == '(' || c == ')')) {
            throw new IllegalArgumentException(
                    "device information is 1 to 64 printable ASCII characters without parentheses");
        }
    }
}
